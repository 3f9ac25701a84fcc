//! 到岗: who of a shift came, and what follows from it.

use jiff::SignedDuration;

use super::*;

#[test]
fn a_whole_list_is_marked_at_once_and_each_is_proposed_by_its_own_times() {
    let mut scene = scene();
    scene.both_came();
    let row: OnDuty = scene.world.get(OnDuty::of(scene.shift, scene.wang));
    assert_eq!((row.holds.clone(), row.count, row.disputed), (came("07:50", Some("09:30")), 1, false));
    assert_eq!(row.marks[0].by, Some(scene.desk.person));
    let entry = scene.entry(scene.wang);
    assert_eq!(
        (entry.minutes, entry.state.clone(), entry.day.to_string()),
        (100, HoursState::Waiting, "2026-10-13".into())
    );
    assert_eq!(scene.entry(scene.liu).minutes, 90);
    // Said again it is no second mark; said otherwise, what waits follows.
    assert!(
        scene
            .world
            .does(scene.desk.actor(), &mark(scene.shift, &[(scene.wang, came("07:50", Some("09:30")), 1)]))
            .is_empty()
    );
    scene
        .world
        .does(scene.desk.actor(), &mark(scene.shift, &[(scene.wang, came("08:00", Some("09:00")), 1)]));
    assert_eq!(scene.entry(scene.wang).minutes, 60);
    scene.world.does(scene.desk.actor(), &mark(scene.shift, &[(scene.wang, missed("发烧"), 2)]));
    assert_eq!(scene.entry(scene.wang).state, HoursState::Withdrawn);
    let sees = |who, scene: &Scene| scene.world.sees(who, scene.entry(scene.wang).id);
    assert_eq!([scene.wang, scene.liu, scene.other.person].map(|who| sees(who, &scene)), [true, false, true]);
}

#[test]
fn what_cannot_be_is_refused_whole() {
    let scene = scene();
    let (desk, shift, wang) = (scene.desk.actor(), scene.shift, scene.wang);
    let cases = [
        (mark(shift, &[]), malformed("people")),
        (mark(shift, &[(wang, missed(""), 0), (wang, missed(""), 0)]), malformed("people")),
        (mark(shift, &[(wang, came("04:59", None), 0)]), malformed("from")),
        (mark(shift, &[(wang, came("09:00", Some("08:30")), 0)]), malformed("until")),
        (mark(shift, &[(scene.other.person, missed(""), 0)]), Refusal::NotFound { what: "take".into() }),
        (
            mark(shift, &[(wang, missed(&"字".repeat(limits::NOTE_CHARS + 1)), 0)]),
            Refusal::TooMany { field: "excuse".into(), limit: limits::NOTE_CHARS as u32 },
        ),
    ];
    for (act, expected) in cases {
        assert_eq!(scene.world.refuses(desk, &act), expected, "{act:?}");
    }
    let no = Refusal::NoPower { power: Power::ManageShifts };
    assert_eq!(scene.world.refuses(guardian(wang), &mark(shift, &[(wang, missed(""), 0)])), no);
    // What a fast clock says of later is now.
    let mut later = scene.world.clone();
    later.does(desk, &mark(shift, &[(wang, came("08:00", Some("11:00")), 0)]));
    assert_eq!(later.get(HoursEntry::of_shift(shift, wang)).minutes, 100, "until 09:40");
}

#[test]
fn it_is_marked_from_three_hours_before_until_half_a_year_after() {
    let scene = scene();
    let (starts, ends) = (at("2026-10-13T08:00"), at("2026-10-13T09:30"));
    let opens = starts.saturating_sub(limits::CHECK_IN_BEFORE);
    let closes = ends.saturating_add(limits::DUTY_AFTER);
    let early = Refusal::NotOpenYet { opens: opens.clone() };
    let late = Refusal::Closed { since: closes.clone() };
    let nano = SignedDuration::from_nanos(1);
    for (now, expected) in [
        (opens.timestamp() - nano, Err(early)),
        (opens.timestamp(), Ok(())),
        (closes.timestamp() - nano, Ok(())),
        (closes.timestamp(), Err(late)),
    ] {
        let mut world = scene.world.clone();
        world.now = now;
        let said = DutySaid::Came { from: now.min(ends.timestamp()), until: None };
        assert_eq!(
            world.act(scene.desk.actor(), &mark(scene.shift, &[(scene.wang, said, 0)])).map(|_| ()),
            expected
        );
    }
    let mut world = scene.world.clone();
    world.now = starts.timestamp() - nano;
    let not_yet = Refusal::NotOpenYet { opens: starts };
    assert_eq!(
        world.refuses(scene.desk.actor(), &mark(scene.shift, &[(scene.wang, missed(""), 0)])),
        not_yet
    );
    world.does(scene.desk.actor(), &mark(scene.shift, &[(scene.wang, missed("来电请假"), 0)]));
}

#[test]
fn of_two_desks_that_did_not_know_of_each_other_who_saw_the_person_is_right_until_somebody_settles_it() {
    for first_came in [true, false] {
        let mut scene = scene();
        let (one, two) = (came("08:00", Some("09:00")), missed(""));
        let order = if first_came { [one, two] } else { [two, one] };
        for said in order {
            scene.world.does(scene.desk.actor(), &mark(scene.shift, &[(scene.wang, said, 0)]));
        }
        let row = scene.world.get(OnDuty::of(scene.shift, scene.wang));
        assert_eq!((row.holds, row.disputed, row.marks.len()), (came("08:00", Some("09:00")), true, 2));
        assert_eq!(scene.entry(scene.wang).state, HoursState::Waiting);
        scene.world.does(scene.other.actor(), &mark(scene.shift, &[(scene.wang, missed("请假"), 2)]));
        let row = scene.world.get(OnDuty::of(scene.shift, scene.wang));
        assert_eq!((row.holds, row.disputed), (missed("请假"), false));
        assert_eq!(scene.entry(scene.wang).state, HoursState::Withdrawn);
    }
}

#[test]
fn whoever_was_not_checked_out_left_at_the_end_unless_somebody_says_otherwise() {
    let mut scene = scene();
    scene.world.does(scene.desk.actor(), &mark(scene.shift, &[(scene.wang, came("08:10", None), 0)]));
    let row = |scene: &Scene| scene.world.get(OnDuty::of(scene.shift, scene.wang));
    let shift = scene.world.get(scene.shift);
    assert!(scene.world.find(HoursEntry::of_shift(scene.shift, scene.wang)).is_none());
    assert!(!row(&scene).overstays(&shift, time("09:59")) && row(&scene).overstays(&shift, time("10:00")));
    scene.world.now = time("12:29");
    scene.world.fire_due();
    assert_eq!(row(&scene).count, 1);
    scene.world.now = time("12:30");
    let before = scene.world.clone();
    scene.world.fire_due();
    assert_eq!(row(&scene).holds, came("08:10", Some("09:30")));
    assert_eq!((row(&scene).marks[1].by, scene.entry(scene.wang).minutes), (None, 80));
    assert_eq!(scene.entry(scene.wang).entered.person, scene.desk.person, "who checked in entered it");
    // Somebody said otherwise first: the timer finds nothing to do.
    let mut world = before;
    world.does(scene.desk.actor(), &mark(scene.shift, &[(scene.wang, came("08:10", Some("12:00")), 1)]));
    world.fire_due();
    assert_eq!(world.get(HoursEntry::of_shift(scene.shift, scene.wang)).minutes, 230);
}

#[test]
fn whoever_said_what_holds_stays_its_author_and_a_dispute_is_settled_by_a_desk() {
    let mut scene = scene();
    let (desk, other, wang, shift) = (scene.desk.actor(), scene.other.actor(), scene.wang, scene.shift);
    let holds = came("08:00", Some("09:00"));
    scene.world.does(desk, &mark(shift, &[(wang, holds.clone(), 0)]));
    scene.world.does(other, &mark(shift, &[(wang, missed(""), 0)]));
    let entry = scene.entry(wang);
    assert_eq!((entry.entered.person, entry.state.clone()), (scene.desk.person, HoursState::Waiting));
    assert_eq!(
        scene.world.refuses(desk, &approve(entry.id, 60)),
        Refusal::HoursOwn,
        "it is its author still"
    );
    assert_eq!(scene.world.refuses(other, &approve(entry.id, 60)), Refusal::HoursDisputed);
    // Who says the same as holds settles it, and becomes no author of it.
    scene.world.does(other, &mark(shift, &[(wang, holds, 2)]));
    assert_eq!(scene.entry(wang).entered.person, scene.desk.person);
    assert_eq!(scene.world.refuses(desk, &approve(entry.id, 60)), Refusal::HoursOwn);
    scene.world.does(other, &approve(entry.id, 60));
    // What was approved is corrected, whatever the marks come to say.
    scene.world.does(other, &mark(shift, &[(wang, missed(""), 0)]));
    let id = scene.world.fresh();
    let wish = HoursCorrection { id, corrects: entry.id, minutes: 0, reason: "没有到岗".into() };
    scene.world.does(other, &step(HoursAct::CorrectHours(wish)));
    scene.world.does(desk, &approve(id, 0));
}

#[test]
fn the_clock_settles_no_dispute_and_makes_nobody_else_the_author() {
    let mut scene = scene();
    let (desk, other, wang, shift) = (scene.desk.actor(), scene.other.actor(), scene.wang, scene.shift);
    scene.world.does(desk, &mark(shift, &[(wang, came("08:10", None), 0)]));
    scene.world.does(other, &mark(shift, &[(wang, missed(""), 0)]));
    scene.world.now = time("12:30");
    scene.world.fire_due();
    let row = scene.world.get(OnDuty::of(shift, wang));
    assert_eq!((row.holds, row.disputed, row.count), (came("08:10", Some("09:30")), true, 3));
    let entry = scene.entry(wang);
    assert_eq!(entry.entered.person, scene.desk.person, "who checked in, not who denied it");
    assert_eq!(scene.world.refuses(other, &approve(entry.id, 80)), Refusal::HoursDisputed);
}

#[test]
fn of_a_shift_that_was_called_off_or_given_back_the_clock_proposes_nothing_and_the_desk_may_still_settle_it()
{
    for given_back in [true, false] {
        let mut scene = scene();
        let (desk, wang, shift) = (scene.desk.actor(), scene.wang, scene.shift);
        scene.world.now = time("07:50");
        scene.world.does(desk, &mark(shift, &[(wang, came("07:50", None), 0)]));
        if given_back {
            scene.world.does(desk, &Act::DropShift { shift, on_behalf_of: Some(Proxy::new(wang, "来电")) });
        } else {
            let off = VolunteerAct::CallOffShift { shift, reason: "下雨".into() };
            scene.world.does(desk, &Act::Volunteer(off));
        }
        scene.world.now = time("12:30");
        scene.world.fire_due();
        assert!(scene.world.find(HoursEntry::of_shift(shift, wang)).is_none(), "given back: {given_back}");
        scene.world.does(desk, &mark(shift, &[(wang, missed("下雨"), 1)]));
        assert_eq!(scene.world.get(OnDuty::of(shift, wang)).holds, missed("下雨"));
        let nobody = Refusal::NotFound { what: "take".into() };
        let stranger = scene.other.person;
        assert_eq!(scene.world.refuses(desk, &mark(shift, &[(stranger, missed(""), 0)])), nobody);
    }
}
