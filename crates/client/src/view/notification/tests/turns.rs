use xinmei_model::{ClassContact, ClassTurn, FamilyName, Fill, Kept, QuietHours, Relation, Shift};

use super::*;
use crate::api::notification::ShiftNews;

const SHIFT: u128 = 600;

/// Two shifts with a turn of the class, laid at once on the 20th, `left` of their two places not taken.
fn laid(stage: &Stage, left: u32) {
    for (shift, day) in [(SHIFT, "12-01"), (SHIFT + 10, "12-02")] {
        stage.shift(shift, "护学岗", [&format!("{day}T07:30"), &format!("{day}T08:10")], 2 - left);
        let row: Option<Shift> = stage.read(|reading| reading.snapshot.get(id(shift)));
        let turns = vec![ClassTurn { class: id(CLASS), places: 2, until: at(&format!("{day}T07:30")) }];
        let row =
            Shift { turns, turns_at: [(id(CLASS), at("11-20T09:00").timestamp())].into(), ..row.unwrap() };
        let hold = row.hold_of_class(id(CLASS)).unwrap();
        let kept = vec![Kept { hold, seats: left, waiting: 0 }];
        stage.put(Fill { used: 2 - left, kept, ..Fill::empty(row.id.uuid(), 2) });
        stage.put(row);
    }
}

fn contact(stage: &Stage) {
    stage.put(ClassContact {
        id: ClassContact::of(id(CLASS), id(FATHER)),
        class: id(CLASS),
        person: id(FATHER),
        person_name: "李建国".into(),
        family: FamilyName { child: "李雨桐".into(), relation: Relation::Father },
        until: "2027-08-31".parse().unwrap(),
        by_name: "张晓梅".into(),
        at: at("09-01T09:00").timestamp(),
        ended: false,
    });
}

#[test]
fn a_contact_is_told_once_of_all_turns_that_were_laid_at_once() {
    let stage = family();
    laid(&stage, 2);
    assert_eq!(planned(&stage).tell, [], "who fills no turns has nothing to do about them");
    contact(&stage);
    let notes = told(&stage);
    assert_eq!((titles(&notes), notes[0].to_do), (vec!["护学岗"], true));
    assert_eq!(notes[0].what, NoteKind::Shift { news: ShiftNews::TurnsLaid });
    assert_eq!((&notes[0].opens.at, notes[0].due.clone()), (&OpensAt::Turns, Some(at("12-01T07:30"))));
    assert_eq!(told(&stage), []);

    // Laid anew later, that is told again.
    let row: Option<Shift> = stage.read(|reading| reading.snapshot.get(id(SHIFT)));
    stage.put(Shift { turns_at: [(id(CLASS), at("11-21T09:00").timestamp())].into(), ..row.unwrap() });
    assert_eq!(told(&stage).len(), 1);
}

#[test]
fn of_turns_that_are_filled_or_older_than_the_device_nothing_is_told() {
    let stage = family();
    contact(&stage);
    laid(&stage, 0);
    assert_eq!(planned(&stage).tell, []);
    let stage = Stage::family();
    contact(&stage);
    laid(&stage, 2);
    assert_eq!(planned(&stage).tell, []);
}

#[test]
fn in_quiet_hours_it_waits() {
    let stage = family();
    contact(&stage);
    laid(&stage, 2);
    let hours = QuietHours { from: time(0, 0, 0, 0), until: time(23, 59, 0, 0) };
    prefer(&stage, FATHER, PersonalQuiet::Own { hours }, None);
    let plan = planned(&stage);
    assert_eq!((plan.tell, plan.waiting), (vec![], 1));
}
