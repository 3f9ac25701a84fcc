//! How many guests come at once: to one shift, and to a post on one day.

use super::*;

#[test]
fn guests_are_counted_by_shift_and_day_and_whose_shifts_were_called_off_are_not() {
    let mut visit = visit();
    let terms = PostTerms { guests: true, ..PostTerms::default() };
    let hours = [("08:00", "09:00", 30), ("10:00", "11:00", 30), ("12:00", "13:00", 30)];
    visit.post = visit.scene.post(&hours, terms);
    let too_many = |field: &str, limit: usize| Refusal::TooMany {
        field: field.into(),
        limit: u32::try_from(limit).unwrap(),
    };
    for _ in 0..limits::GUESTS_PER_SHIFT {
        visit.comes(&[0]);
    }
    let one_more = visit.draft(&[0]);
    assert_eq!(visit.scene.desk_refused(add(one_more)), too_many("guests", limits::GUESTS_PER_SHIFT));
    let both = visit.draft(&[1, 0]);
    assert_eq!(visit.scene.desk_refused(add(both)), too_many("guests", limits::GUESTS_PER_SHIFT));
    for _ in limits::GUESTS_PER_SHIFT..limits::GUESTS_PER_DAY {
        visit.comes(&[1]);
    }
    let full = too_many("guests.day", limits::GUESTS_PER_DAY);
    let last = visit.draft(&[2]);
    assert_eq!(visit.scene.desk_refused(add(last.clone())), full);
    // Who was to come to nothing but what is called off does not come.
    let off = VolunteerAct::CallOffShift { shift: visit.shift(0), reason: "下雨".into() };
    visit.scene.desk_does(off);
    visit.scene.desk_does(add(last));
    let rows: Vec<Guest> = visit.scene.world.list(List::GuestsAt(visit.post.id));
    assert_eq!(rows.iter().filter(|guest| !guest.gone).count(), limits::GUESTS_PER_DAY + 1);
    for _ in 1..limits::GUESTS_PER_SHIFT {
        visit.comes(&[2]);
    }
    let late = visit.draft(&[1]);
    assert_eq!(visit.scene.desk_refused(add(late)), full);
}
