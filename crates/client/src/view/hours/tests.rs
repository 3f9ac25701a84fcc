use xinmei_model::{DutySaid, OnDuty, RoleKind, Shift, Take, TakeState};

use super::roll::{roll, shifts};
use crate::{
    api::hours::Roll,
    view::stage::{FATHER, SCHOOL, Stage, at, id},
};

const SHIFT: u128 = 600;

/// Somebody took a shift that is on now, and gave it back if they are not `coming`.
fn stage(coming: bool) -> Stage {
    let stage = Stage::staff(RoleKind::Coordinator, "活动协调员", SCHOOL);
    stage.shift(SHIFT, "护学岗", ["11-23T08:00", "11-23T18:00"], 1);
    stage.put(Take {
        id: xinmei_model::derived("take", id::<()>(SHIFT).uuid(), id::<()>(FATHER).uuid()),
        shift: id(SHIFT),
        post: id(SHIFT + 1),
        person: id(FATHER),
        person_name: "李建国".into(),
        entered: None,
        state: if coming { TakeState::Taken } else { TakeState::Dropped },
        came: true,
        reason: String::new(),
        offer: None,
        seal: String::new(),
        at: at("11-21T09:00").timestamp(),
    });
    stage
}

fn came(from: &str, until: Option<&str>) -> DutySaid {
    DutySaid::Came { from: at(from).timestamp(), until: until.map(|until| at(until).timestamp()) }
}

fn marked(stage: &Stage, holds: DutySaid) {
    stage.put(OnDuty {
        id: OnDuty::of(id(SHIFT), id(FATHER)),
        shift: id(SHIFT),
        post: id(SHIFT + 1),
        person: id(FATHER),
        person_name: "李建国".into(),
        marks: Vec::new(),
        count: 1,
        holds,
        disputed: false,
    });
}

#[test]
fn of_whom_something_was_said_stays_on_the_roll_also_when_they_gave_it_back() {
    let asked = Roll { shift: id(SHIFT), find: String::new(), class: None };
    let stage = stage(false);
    assert!(stage.read(|reading| roll(reading, &asked)).people.is_empty());
    marked(&stage, came("11-23T08:00", None));
    let shown = stage.read(|reading| roll(reading, &asked)).people;
    assert_eq!(shown.iter().map(|line| line.name.as_str()).collect::<Vec<_>>(), ["李建国"]);
}

#[test]
fn a_stay_is_as_long_as_its_entry_could_be() {
    let stage = stage(true);
    marked(&stage, came("11-22T08:00", Some("11-23T18:00")));
    let asked = Roll { shift: id(SHIFT), find: String::new(), class: None };
    assert_eq!(stage.read(|reading| roll(reading, &asked)).people[0].minutes, Some(24 * 60));
}

#[test]
fn a_shift_is_of_the_schools_day_whatever_zone_its_hours_are_written_in() {
    let stage = stage(true);
    let shift: Option<Shift> = stage.read(|reading| reading.snapshot.get(id(SHIFT)));
    let shift = shift.unwrap();
    // 05:00 of the same morning is the evening before on the other side of the Pacific.
    let there = |time: &str| at(time).in_tz("America/Los_Angeles").unwrap();
    stage.put(Shift { starts: there("11-23T05:00"), ends: there("11-23T18:00"), ..shift });
    assert!(stage.read(shifts).shifts[0].today);
}
