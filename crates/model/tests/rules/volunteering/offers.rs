//! Who is asked to come holds no place: the first yes has it, and nobody is left waiting for an answer that cannot come.

use super::*;
use xinmei_model::{OfferFrom, TakeOffer};

fn offer(shift: Id<Shift>, people: &[Id<Person>]) -> VolunteerAct {
    VolunteerAct::OfferShift {
        shift, people: people.to_vec(), words: " 周二早上缺人 ".into(), until: None
    }
}

fn says(shift: Id<Shift>, agrees: bool) -> Act {
    let reason = if agrees { String::new() } else { " 出差 ".into() };
    Act::Volunteer(VolunteerAct::AnswerOffer { shift, agrees, reason, on_behalf_of: None })
}

impl Scene {
    fn offered(&self, who: usize, shift: Id<Shift>) -> Option<TakeOffer> {
        let takes: Vec<Take> = self.world.list(List::TakesOf(shift));
        takes.into_iter().find(|take| take.person == self.people[who]).and_then(|take| take.offer)
    }

    fn one_shift(&mut self, needed: u32) -> Id<Shift> {
        self.post(&[("08:00", "09:00", needed)], PostTerms::default()).shifts[0].id
    }
}

#[test]
fn the_first_yes_has_the_last_place_and_the_others_are_released() {
    let mut scene = scene();
    let shift = scene.one_shift(1);
    let people = scene.people.clone();
    scene.desk_does(offer(shift, &people));
    assert_eq!(scene.world.allotment(shift.uuid()).used, 0, "an offer holds no place");
    let asked = scene.offered(0, shift).unwrap();
    assert_eq!(
        (asked.source, asked.by, asked.by_name.as_str()),
        (OfferFrom::Desk, Some(scene.desk.person), "周协调")
    );
    assert_eq!((asked.words.as_str(), asked.until), ("周二早上缺人", at(&format!("{DAY}08:00")).timestamp()));
    scene.world.does(guardian(people[1]), &says(shift, true));
    let states = [0, 1, 2].map(|who| scene.state(who, shift));
    assert_eq!(states, [TakeState::Released, TakeState::Taken, TakeState::Released].map(Some));
    assert_eq!(scene.world.allotment(shift.uuid()).used, 1);
    // It is not told them as if they were expected, nor the desk as if nobody were.
    assert_eq!(scene.world.refuses(guardian(people[0]), &says(shift, true)), Refusal::ShiftFull);
    let came = |by: &str| Refusal::AnsweredAlready { by: by.into() };
    let name = scene.world.get(people[1]).name;
    let back = VolunteerAct::ReleaseOffer { shift, person: people[1] };
    assert_eq!(scene.desk_refused(back), came(&name));
    assert_eq!(scene.world.refuses(guardian(people[1]), &says(shift, false)), came(&name));
    assert!(scene.offered(1, shift).is_some(), "that they were asked stays");
    // Whoever was released may be asked again once somebody is missing.
    scene.world.does(guardian(people[1]), &drop_shift(shift));
    scene.desk_does(offer(shift, &people[..1]));
    assert_eq!(scene.state(0, shift), Some(TakeState::Offered));
}

#[test]
fn while_there_is_a_place_the_others_are_still_asked() {
    let mut scene = scene();
    let shift = scene.one_shift(2);
    let people = scene.people.clone();
    scene.desk_does(offer(shift, &people));
    scene.world.does(guardian(people[0]), &says(shift, true));
    scene.world.does(guardian(people[1]), &says(shift, false));
    let states = [0, 1, 2].map(|who| scene.state(who, shift));
    assert_eq!(states, [TakeState::Taken, TakeState::SaidNo, TakeState::Offered].map(Some));
    let takes: Vec<Take> = scene.world.list(List::TakesOf(shift));
    assert_eq!(takes.iter().find(|take| take.person == people[1]).unwrap().reason, "出差");
    // Somebody who was not asked takes the last place: the third is released as well.
    scene.world.does(scene.desk.actor(), &take(shift));
    assert_eq!(scene.state(2, shift), Some(TakeState::Released));
}

#[test]
fn the_desk_asks_all_of_them_or_nobody() {
    let mut scene = scene();
    let class = scene.world.class(2024, 5);
    let stranger = scene.world.person("陌生人");
    let training = scene.qualification("护学岗培训", false);
    let terms = PostTerms { requires: vec![training], ..PostTerms::default() };
    let trained = scene.post(&[("08:00", "09:00", 3)], terms).shifts[0].id;
    let open = scene.one_shift(2);
    let people = scene.people.clone();
    assert!(matches!(scene.desk_refused(offer(trained, &people[..1])), Refusal::MissingQualification { .. }));
    let not_found = Refusal::NotFound { what: "person".into() };
    assert_eq!(scene.desk_refused(offer(open, &[people[0], stranger])), not_found);
    assert_eq!(scene.state(0, open), None);
    for nobody in [vec![], vec![people[0], people[0]]] {
        assert_eq!(scene.desk_refused(offer(open, &nobody)), malformed("people"));
    }
    let many: Vec<_> = (0..=limits::OFFERED_AT_ONCE).map(|_| scene.world.fresh()).collect();
    assert!(matches!(scene.desk_refused(offer(open, &many)), Refusal::TooMany { .. }));
    let teacher = scene.world.teacher("张晓梅", class).actor();
    let no_power = Refusal::NoPower { power: Power::ManageShifts };
    assert_eq!(scene.world.refuses(teacher, &Act::Volunteer(offer(open, &people[..1]))), no_power);
    scene.world.does(guardian(people[0]), &take(open));
    assert_eq!(
        scene.desk_refused(offer(open, &people[..2])),
        Refusal::ShiftAlready,
        "who comes is not asked"
    );
    scene.desk_does(offer(open, &people[1..2]));
    assert_eq!(scene.desk_refused(offer(open, &people[1..2])), Refusal::ShiftAlready, "nor who is asked");
    scene.world.does(guardian(people[1]), &says(open, true));
    assert_eq!(scene.desk_refused(offer(open, &people[2..])), Refusal::ShiftFull);
}

#[test]
fn the_time_to_answer_is_a_wish_and_the_start_is_the_end() {
    let mut scene = scene();
    let shift = scene.one_shift(2);
    let people = scene.people.clone();
    let until = |until: &str| VolunteerAct::OfferShift {
        shift,
        people: vec![people[0]],
        words: String::new(),
        until: Some(at(until).timestamp()),
    };
    assert_eq!(scene.desk_refused(until(&format!("{DAY}08:01"))), malformed("until"));
    assert_eq!(scene.desk_refused(until("2026-10-01T08:00")), malformed("until"));
    scene.desk_does(until(&format!("{DAY}07:00")));
    scene.desk_does(offer(shift, &people[1..2]));
    scene.world.now = at(&format!("{DAY}07:30")).timestamp();
    scene.world.does(guardian(people[0]), &says(shift, true));
    scene.world.now = at(&format!("{DAY}08:00")).timestamp();
    let started = Refusal::Started { since: at(&format!("{DAY}08:00")) };
    for agrees in [true, false] {
        assert_eq!(scene.world.refuses(guardian(people[1]), &says(shift, agrees)), started);
    }
    assert_eq!(scene.desk_refused(offer(shift, &people[2..])), started);
}

#[test]
fn who_asked_is_asked_by_nobody_and_who_is_asked_needs_no_answer_of_the_desk() {
    let mut scene = scene();
    let shift = scene.post(&[("08:00", "09:00", 2)], asking()).shifts[0].id;
    let people = scene.people.clone();
    scene.world.does(guardian(people[0]), &take(shift));
    assert_eq!(scene.desk_refused(offer(shift, &people[..1])), Refusal::ShiftAlready);
    scene.desk_does(offer(shift, &people[1..2]));
    scene.world.does(guardian(people[1]), &take(shift));
    assert_eq!(scene.state(1, shift), Some(TakeState::Taken));
}

#[test]
fn what_is_called_off_or_ended_or_taken_back_leaves_nobody_waiting() {
    let mut scene = scene();
    let hours = [("08:00", "09:00", 1), ("10:00", "11:00", 1), ("12:00", "13:00", 1)];
    let post = scene.post(&hours, PostTerms::default());
    let [first, second, third] = [0, 1, 2].map(|one| post.shifts[one].id);
    let people = scene.people.clone();
    for shift in [first, second, third] {
        scene.desk_does(offer(shift, &people[..1]));
    }
    let release = VolunteerAct::ReleaseOffer { shift: third, person: people[0] };
    let parent = guardian(people[1]);
    let no_power = Refusal::NoPower { power: Power::ManageShifts };
    assert_eq!(scene.world.refuses(parent, &Act::Volunteer(release.clone())), no_power);
    scene.desk_does(release.clone());
    assert_eq!(scene.desk_refused(release), Refusal::ShiftAlready);
    scene.desk_does(VolunteerAct::CallOffShift { shift: first, reason: "停课".into() });
    scene.desk_does(VolunteerAct::EndPost { post: post.id });
    let states = [first, second, third].map(|shift| scene.state(0, shift));
    assert_eq!(states, [TakeState::CalledOff, TakeState::Released, TakeState::Released].map(Some));
}

#[test]
fn an_offer_of_before_is_not_why_somebody_comes_who_asked_since() {
    let mut scene = scene();
    let terms = PostTerms { entry: PostEntry::Asked, ..PostTerms::default() };
    let shift = scene.post(&[("08:00", "09:00", 2)], terms).shifts[0].id;
    let (one, two) = (scene.people[0], scene.people[1]);
    scene.desk_does(offer(shift, &[one, two]));
    scene.world.does(guardian(one), &says(shift, true));
    assert_eq!(scene.offered(0, shift).map(|offer| offer.past), Some(false), "a yes to it");
    scene.world.does(guardian(two), &says(shift, false));
    scene.world.does(guardian(two), &take(shift));
    scene.desk_does(VolunteerAct::AnswerVolunteer {
        shift,
        person: two,
        agrees: true,
        reason: String::new(),
    });
    assert_eq!(scene.state(1, shift), Some(TakeState::Taken));
    assert_eq!(
        scene.offered(1, shift).map(|offer| offer.past),
        Some(true),
        "the desk said yes to a question"
    );
    // Asked again by the desk, it is a yes to that.
    scene.world.does(guardian(two), &drop_shift(shift));
    scene.desk_does(offer(shift, &[two]));
    scene.world.does(guardian(two), &says(shift, true));
    assert_eq!(scene.offered(1, shift).map(|offer| offer.past), Some(false));
}

#[test]
fn the_desk_answers_for_who_telephoned() {
    let mut scene = scene();
    let shift = scene.one_shift(1);
    let person = scene.people[0];
    scene.desk_does(offer(shift, &[person]));
    let on_behalf_of = Some(Proxy::new(person, "来电"));
    let answer = VolunteerAct::AnswerOffer { shift, agrees: true, reason: String::new(), on_behalf_of };
    assert_eq!(
        scene.world.refuses(guardian(scene.people[1]), &Act::Volunteer(answer.clone())),
        malformed("on_behalf_of")
    );
    scene.desk_does(answer);
    let takes: Vec<Take> = scene.world.list(List::TakesOf(shift));
    assert_eq!((takes[0].state, takes[0].entered.is_some()), (TakeState::Taken, true));
    assert!(!scene.world.sees(scene.people[1], takes[0].id), "nobody else reads who was asked");
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 192,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/seeds/offers.txt"),
        ))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn in_whatever_order_they_ask_and_answer_no_more_come_than_are_needed(
        steps in prop::collection::vec((0..3_usize, 0..3_usize, 0..7_u8), 1..60),
    ) {
        let mut scene = scene();
        let hours = [("08:00", "09:00", 1), ("08:30", "09:30", 2), ("11:00", "12:00", 1)];
        let shifts: Vec<_> = scene.post(&hours, PostTerms::default()).shifts.iter().map(|one| one.id).collect();
        for (who, shift, what) in steps {
            let (person, id) = (scene.people[who], shifts[shift]);
            let row = scene.world.get(id);
            let desk = scene.desk.actor();
            let (actor, act) = match what {
                0 => (guardian(person), take(id)),
                1 => (guardian(person), drop_shift(id)),
                2 => (desk, Act::Volunteer(offer(id, &[person]))),
                3 => (guardian(person), says(id, true)),
                4 => (guardian(person), says(id, false)),
                5 => (desk, Act::Volunteer(VolunteerAct::ReleaseOffer { shift: id, person })),
                _ => (desk, Act::Volunteer(VolunteerAct::ChangeShift {
                    shift: id,
                    starts: row.starts.clone(),
                    ends: row.ends.clone(),
                    needed: 3 - row.needed,
                    version: row.version,
                })),
            };
            let before = scene.world.contents();
            let answer = scene.world.act(actor, &act);
            prop_assert!(answer.is_ok() || before == scene.world.contents());
            for id in &shifts {
                let (row, ledger) = (scene.world.get(*id), scene.world.allotment(id.uuid()));
                let takes: Vec<Take> = scene.world.list(List::TakesOf(*id));
                let come = takes.iter().filter(|take| take.state == TakeState::Taken).count();
                let asked = takes.iter().filter(|take| take.state == TakeState::Offered).count();
                prop_assert_eq!(ledger.used as usize, come);
                prop_assert_eq!(ledger.seats, row.needed);
                prop_assert!(ledger.used <= row.needed);
                prop_assert!(ledger.free() > 0 || asked == 0, "a full shift asks nobody");
            }
        }
    }
}
