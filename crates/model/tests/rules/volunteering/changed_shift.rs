//! A shift that stands gets other times or numbers: who comes keeps the place.

use super::*;
use xinmei_model::ShiftMoved;

impl Scene {
    fn changes(&self, shift: Id<Shift>, hours: (&str, &str), needed: u32, version: u32) -> VolunteerAct {
        let (starts, ends) = (at(&format!("{DAY}{}", hours.0)), at(&format!("{DAY}{}", hours.1)));
        VolunteerAct::ChangeShift { shift, starts, ends, needed, version }
    }
}

#[test]
fn numbers_go_up_and_never_below_who_comes() {
    let mut scene = scene();
    let shift = scene.post(&[("08:00", "09:00", 2)], PostTerms::default()).shifts[0].id;
    let hours = ("08:00", "09:00");
    let people = scene.people.clone();
    for who in &people[..2] {
        scene.world.does(guardian(*who), &take(shift));
    }
    assert_eq!(scene.world.refuses(guardian(people[2]), &take(shift)), Refusal::ShiftFull);
    assert_eq!(scene.desk_refused(scene.changes(shift, hours, 1, 0)), Refusal::SeatsHeld { used: 2 });
    assert_eq!(scene.desk_refused(scene.changes(shift, hours, 2, 0)), malformed("shift"));
    scene.desk_does(scene.changes(shift, hours, 3, 0));
    assert_eq!(scene.desk_refused(scene.changes(shift, hours, 4, 0)), Refusal::ChangedMeanwhile);
    scene.desk_does(VolunteerAct::OfferShift {
        shift,
        people: vec![people[2]],
        words: String::new(),
        until: None,
    });
    // Nobody more is needed: whoever is asked hears it.
    scene.desk_does(scene.changes(shift, hours, 2, 1));
    assert_eq!(scene.state(2, shift), Some(TakeState::Released));
    let row = scene.world.get(shift);
    assert_eq!((row.needed, row.version, row.moved), (2, 2, None));
}

#[test]
fn times_move_and_who_comes_keeps_the_place_and_may_give_it_back() {
    let mut scene = scene();
    let post = scene.post(&[("08:00", "09:00", 1), ("10:00", "11:00", 1)], PostTerms::default());
    let [first, second] = [post.shifts[0].id, post.shifts[1].id];
    let who = guardian(scene.people[0]);
    scene.world.does(who, &take(first));
    scene.world.does(who, &take(second));
    // It falls together with the other now: that is shown, and nobody is thrown out.
    scene.desk_does(scene.changes(first, ("10:30", "11:30"), 1, 0));
    let row = scene.world.get(first);
    let was = ShiftMoved {
        starts: at(&format!("{DAY}08:00")),
        ends: at(&format!("{DAY}09:00")),
        at: scene.world.now,
    };
    assert_eq!((row.starts, row.moved), (at(&format!("{DAY}10:30")), Some(was)));
    assert_eq!(scene.state(0, first), Some(TakeState::Taken));
    scene.world.does(who, &drop_shift(first));
    let refused = scene.world.refuses(who, &take(first));
    assert_eq!(refused, Refusal::ShiftClash { with: second.uuid() });
}

#[test]
fn only_its_desk_changes_a_shift_and_only_before_it_begins() {
    let mut scene = scene();
    let shift = scene.post(&[("08:00", "09:00", 1)], PostTerms::default()).shifts[0].id;
    let change = scene.changes(shift, ("08:00", "09:30"), 1, 0);
    let no_power = Refusal::NoPower { power: Power::ManageShifts };
    let parent = guardian(scene.people[0]);
    assert_eq!(scene.world.refuses(parent, &Act::Volunteer(change.clone())), no_power);
    assert_eq!(scene.desk_refused(scene.changes(shift, ("09:00", "09:00"), 1, 0)), malformed("ends"));
    let too_many = limits::NEEDED_PER_SHIFT + 1;
    for needed in [0, too_many] {
        assert_eq!(
            scene.desk_refused(scene.changes(shift, ("08:00", "09:00"), needed, 0)),
            malformed("needed")
        );
    }
    scene.world.now = at(&format!("{DAY}07:30")).timestamp();
    assert_eq!(scene.desk_refused(scene.changes(shift, ("07:30", "09:00"), 1, 0)), malformed("starts"));
    scene.world.now = at(&format!("{DAY}08:00")).timestamp();
    let started = Refusal::Started { since: at(&format!("{DAY}08:00")) };
    assert_eq!(scene.desk_refused(change), started);
    let mut scene = self::scene();
    let shift = scene.post(&[("08:00", "09:00", 1)], PostTerms::default()).shifts[0].id;
    scene.desk_does(VolunteerAct::CallOffShift { shift, reason: "停课".into() });
    assert_eq!(scene.desk_refused(scene.changes(shift, ("08:00", "09:30"), 1, 0)), Refusal::ShiftOff);
}
