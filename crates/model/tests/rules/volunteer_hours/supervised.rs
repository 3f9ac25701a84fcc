//! Who is named as supervisor says who came; codes at the meeting point; 我走了.

use xinmei_model::{DutyCodeFault, DutyScan, Feed, Key, Post, Take, derived, feeds_of};

use super::{chain::key, *};

/// The scene with a class teacher as the supervisor of its post.
fn supervised() -> (Scene, Staff, Id<Post>) {
    let mut scene = scene();
    let class = scene.world.class(2024, 3);
    let teacher = scene.world.teacher("张晓梅", class);
    let post = scene.world.get(scene.shift).post;
    scene.names(post, Some(teacher.person));
    (scene, teacher, post)
}

impl Scene {
    /// The desk names somebody else as supervisor, or nobody.
    fn names(&mut self, post: Id<Post>, supervisor: Option<Id<Person>>) {
        let before = self.world.get(post);
        let mut draft = self.world.post_draft(self.world.campus, &[]);
        draft.id = post;
        draft.terms.supervisor = supervisor;
        let change = VolunteerAct::ChangePost { post: Box::new(draft), version: before.version };
        self.world.does(self.desk.actor(), &Act::Volunteer(change));
    }

    fn take_of(&self, who: Id<Person>) -> Take {
        self.world.get(derived("take", self.shift.uuid(), who.uuid()))
    }

    /// As the school's server writes it.
    fn seal(&mut self, who: Id<Person>) -> Take {
        let row = Row::from(self.take_of(who));
        let message = row.unsigned(self.world.school).expect("somebody who comes");
        let seal =
            data_encoding::BASE64URL_NOPAD.encode(&ed25519_dalek::Signer::sign(&key(), &message).to_bytes());
        self.world.put(row.signed(seal), [Feed::Person(who)]);
        self.take_of(who)
    }
}

#[test]
fn the_supervisor_marks_their_own_post_and_nothing_else() {
    let (mut scene, teacher, post) = supervised();
    let said = [(scene.wang, came("08:00", Some("09:30")), 0)];
    // The supervisor's device foresees it with what it was sent.
    let act = mark(scene.shift, &said);
    let actor = teacher.actor();
    let foreseen = scene.world.ask_on_device_of(teacher.person, |facts| decide(facts, &actor, &act));
    assert!(foreseen.is_ok(), "{foreseen:?}");
    scene.world.does(actor, &act);
    assert_eq!(scene.entry(scene.wang).entered.person, teacher.person);
    // Nobody approves what they entered, and no supervisor approves at all.
    let no = Refusal::NoPower { power: Power::ManageShifts };
    let id = scene.entry(scene.wang).id;
    assert_eq!(scene.world.refuses(actor, &approve(id, 90)), no);
    scene.world.does(scene.desk.actor(), &approve(id, 90));
    // In the hat of a parent, of another post, and as anybody else: no.
    assert_eq!(scene.world.refuses(guardian(teacher.person), &act), no);
    let (_, others) = scene.world.post(scene.desk, &[("2026-10-13T08:00", "2026-10-13T09:30", 5)]);
    assert_eq!(scene.world.refuses(actor, &mark(others[0], &[(scene.liu, missed(""), 0)])), no);
    assert!(!scene.world.feeds_of(teacher.person).contains(&Feed::Desk(post.uuid())));
}

#[test]
fn the_roll_goes_with_the_supervisor_and_says_no_more_than_who_comes() {
    let (mut scene, teacher, post) = supervised();
    scene.both_came();
    let row = OnDuty::of(scene.shift, scene.wang);
    let sees = |scene: &Scene, who: Id<Person>| {
        (scene.world.sees(who, scene.take_of(scene.wang).id), scene.world.sees(who, row))
    };
    assert_eq!(sees(&scene, teacher.person), (true, true));
    assert!(!scene.world.sees(teacher.person, scene.entry(scene.wang).id), "hours are the desk's");
    // Who only asks, or was asked, is the desk's to know.
    let chen = scene.world.staff("陈静", RoleKind::SubjectTeacher, scene.world.campus).person;
    scene.world.now = time("07:00");
    let offer = VolunteerAct::OfferShift {
        shift: scene.shift,
        people: vec![chen],
        words: "请来".into(),
        until: None,
    };
    scene.world.does(scene.desk.actor(), &Act::Volunteer(offer));
    assert!(!scene.world.sees(teacher.person, scene.take_of(chen).id));
    assert!(scene.world.sees(scene.desk.person, scene.take_of(chen).id));
    // A new supervisor gets it, and the one before has it no more.
    scene.names(post, Some(chen));
    assert_eq!(sees(&scene, teacher.person), (false, false));
    assert_eq!(sees(&scene, chen), (true, true));
    // It ends when nothing may be said of the last shift any more.
    scene.world.now = at("2026-10-13T09:30").saturating_add(limits::DUTY_AFTER).timestamp();
    assert!(!scene.world.feeds_of(chen).contains(&Feed::Duty(post)));
}

#[test]
fn a_code_is_of_one_person_and_shift_and_what_is_made_up_is_named() {
    let mut scene = scene();
    let (school, public) = (scene.world.school, key().verifying_key().to_bytes());
    assert_eq!(scene.take_of(scene.wang).code(), None, "not before the school signed it");
    let wang = scene.seal(scene.wang);
    let code = wang.code().expect("sealed");
    assert_eq!(code.len(), 130);
    let read = |text: &str| Take::of_code(text, school, &public);
    assert_eq!(read(&code), Ok(wang.id));
    assert_eq!(read(&format!(" {} \n", code.to_lowercase())), Ok(wang.id), "as scanners type it");
    // The seal of one in the code of another is signed by nobody.
    let mut liu = scene.take_of(scene.liu);
    liu.seal = wang.seal.clone();
    assert_eq!(read(&liu.code().unwrap()), Err(DutyCodeFault::NotSigned));
    assert_eq!(read(&code[..120]), Err(DutyCodeFault::Unreadable));
    assert_eq!(read("6901234567892"), Err(DutyCodeFault::Unreadable));
    let elsewhere = Take::of_code(&code, Id::new(uuid::Uuid::from_u128(99)), &public);
    assert_eq!(elsewhere, Err(DutyCodeFault::NotSigned), "another school's");
    // Whoever gave it back has no code; taken again it is the same one.
    scene.world.now = time("07:00");
    scene.world.does(guardian(scene.wang), &Act::DropShift { shift: scene.shift, on_behalf_of: None });
    assert_eq!(scene.take_of(scene.wang).code(), None);
    scene.world.does(guardian(scene.wang), &take(scene.shift));
    assert_eq!(scene.take_of(scene.wang).code(), Some(code));
}

#[test]
fn a_code_checks_in_then_out_and_read_twice_it_says_so() {
    let (now, soon) = (time("08:00"), time("08:01"));
    assert_eq!(DutyScan::of(None, now), DutyScan::In);
    assert_eq!(DutyScan::of(Some(&missed("发烧")), now), DutyScan::In, "who stands there came");
    let inside = DutyScan::In.says(now);
    assert_eq!(DutyScan::of(inside.as_ref(), soon), DutyScan::AlreadyIn { from: now });
    let out = DutyScan::of(inside.as_ref(), time("09:00"));
    assert_eq!(out, DutyScan::Out { from: now });
    let gone = out.says(time("09:00"));
    assert_eq!(gone, Some(came("08:00", Some("09:00"))));
    assert_eq!(DutyScan::of(gone.as_ref(), time("09:20")), DutyScan::AlreadyOut { until: time("09:00") });
    assert_eq!(DutyScan::AlreadyIn { from: now }.says(soon), None);
}

#[test]
fn a_volunteer_says_when_they_left_and_whoever_saw_them_come_does_not_approve_it() {
    let mut scene = scene();
    let out = |until: &str| step(HoursAct::CheckOut { shift: scene.shift, until: time(until) });
    let (at_nine, later) = (out("09:00"), out("09:20"));
    let nothing = Refusal::NotFound { what: "on-duty".into() };
    assert_eq!(scene.world.refuses(guardian(scene.wang), &at_nine), nothing, "nobody saw them come");
    scene.world.does(scene.desk.actor(), &mark(scene.shift, &[(scene.wang, came("08:00", None), 0)]));
    assert_eq!(scene.world.refuses(guardian(scene.liu), &at_nine), nothing, "one's own alone");
    // Offline too: one's own rows are on one's own device.
    let actor = guardian(scene.wang);
    let foreseen = scene.world.ask_on_device_of(scene.wang, |facts| decide(facts, &actor, &at_nine));
    assert!(foreseen.is_ok(), "{foreseen:?}");
    scene.world.does(actor, &at_nine);
    let row: OnDuty = scene.world.get(OnDuty::of(scene.shift, scene.wang));
    assert_eq!(
        (row.holds.clone(), row.marks[1].by, row.disputed),
        (came("08:00", Some("09:00")), Some(scene.wang), false)
    );
    let entry = scene.entry(scene.wang);
    assert_eq!((entry.minutes, entry.entered.person), (60, scene.desk.person));
    assert_eq!(scene.world.refuses(scene.desk.actor(), &approve(entry.id, 60)), Refusal::HoursOwn);
    assert_eq!(scene.world.refuses(actor, &later), Refusal::HoursSettled, "once");
    // The desk that says otherwise without having seen it is told of; then one of them settles it.
    scene
        .world
        .does(scene.desk.actor(), &mark(scene.shift, &[(scene.wang, came("08:00", Some("09:30")), 1)]));
    let row: OnDuty = scene.world.get(row.id);
    assert_eq!((row.holds, row.disputed), (came("08:00", Some("09:30")), true));
    let until_before = step(HoursAct::CheckOut { shift: scene.shift, until: time("07:59") });
    scene.world.does(scene.desk.actor(), &mark(scene.shift, &[(scene.liu, came("08:00", None), 0)]));
    assert_eq!(scene.world.refuses(guardian(scene.liu), &until_before), malformed("until"));
}

#[test]
fn two_kiosks_that_did_not_know_of_each_other_saw_one_arrival() {
    let (mut scene, teacher, _) = supervised();
    let read = |scene: &mut Scene, by: Staff, from: &str| {
        scene.world.does(by.actor(), &mark(scene.shift, &[(scene.wang, came(from, None), 0)]));
        let row: OnDuty = scene.world.get(OnDuty::of(scene.shift, scene.wang));
        (row.holds, row.count, row.disputed)
    };
    let desk = scene.desk;
    assert_eq!(read(&mut scene, desk, "08:05"), (came("08:05", None), 1, false));
    assert_eq!(read(&mut scene, teacher, "08:01"), (came("08:01", None), 2, false), "the first of them");
    assert_eq!(read(&mut scene, desk, "08:10"), (came("08:01", None), 3, false));
    // Read an hour later it may have been meant as leaving: somebody looks.
    assert_eq!(read(&mut scene, teacher, "09:10"), (came("09:10", None), 4, true));
}

#[test]
fn who_leaves_settles_no_dispute_of_two_desks_and_a_shift_called_off_is_left_by_nobody() {
    let mut scene = scene();
    let (wang, liu, shift) = (scene.wang, scene.liu, scene.shift);
    scene.world.does(scene.desk.actor(), &mark(shift, &[(wang, came("08:00", None), 0)]));
    scene.world.does(scene.other.actor(), &mark(shift, &[(wang, missed(""), 0)]));
    let out = step(HoursAct::CheckOut { shift, until: time("09:00") });
    scene.world.does(guardian(wang), &out);
    let row: OnDuty = scene.world.get(OnDuty::of(shift, wang));
    assert_eq!((row.holds, row.disputed), (came("08:00", Some("09:00")), true));

    scene.world.now = time("07:50");
    scene.world.does(scene.desk.actor(), &mark(shift, &[(liu, came("07:45", None), 0)]));
    let off = VolunteerAct::CallOffShift { shift, reason: "下雨".into() };
    scene.world.does(scene.desk.actor(), &Act::Volunteer(off));
    scene.world.now = time("09:10");
    assert_eq!(scene.world.refuses(guardian(liu), &out), Refusal::HoursSettled);
}

#[test]
fn of_a_post_that_has_run_for_years_one_shift_is_read_at_a_pull() {
    let (mut scene, teacher, post) = supervised();
    let pulls = |scene: &Scene| {
        let mut read = std::collections::BTreeSet::new();
        let feeds = scene.world.ask(|facts| {
            let feeds = feeds_of(facts, teacher.person);
            if let Err(Stop::Needs(keys)) = &feeds {
                read.extend(keys.iter().filter_map(|key| match key {
                    Key::List(List::ShiftsOf(of) | List::LatestShiftsOf(of), most) if *of == post => {
                        Some(*most)
                    }
                    _ => None,
                }));
            }
            feeds
        });
        (feeds.unwrap().contains(&Feed::Duty(post)), read.into_iter().collect::<Vec<_>>())
    };
    assert_eq!(pulls(&scene), (true, vec![1]));
    // Another shift much later, and one that begins after it and ends before it does.
    let before = scene.world.get(post);
    let times = [("2027-06-01T08:00", "2027-06-01T20:00", 5), ("2027-06-01T09:00", "2027-06-01T10:00", 5)];
    let draft = scene.world.post_draft(scene.world.campus, &times);
    let terms = before.terms.clone();
    let draft = xinmei_model::PostDraft { id: post, terms, ..draft };
    let change = VolunteerAct::ChangePost { post: Box::new(draft), version: before.version };
    scene.world.does(scene.desk.actor(), &Act::Volunteer(change));
    let last = at("2027-06-01T20:00").saturating_add(limits::DUTY_AFTER).timestamp();
    scene.world.edit(teacher.role, |role| role.to = None);
    scene.world.now = last - jiff::SignedDuration::from_secs(1);
    assert_eq!(pulls(&scene), (true, vec![1]));
    scene.world.now = last;
    assert_eq!(pulls(&scene), (false, vec![1]));
}
