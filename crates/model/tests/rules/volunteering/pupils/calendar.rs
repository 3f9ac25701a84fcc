//! A child's shifts in the calendar of whoever answers for the child.

use jiff::ToSpan;
use xinmei_model::{CalendarEntry, CalendarLanguage, CalendarStatus, calendar_of};

use super::*;

impl Care {
    fn calendar(&self, person: Id<Person>, language: CalendarLanguage) -> Vec<CalendarEntry> {
        self.scene.world.ask(|facts| calendar_of(facts, person, language)).unwrap()
    }

    /// The only entry of the guardian of a child, with its number larger than the one before.
    fn entry(&self, who: usize, before: &mut u32) -> CalendarEntry {
        let mut entries = self.calendar(self.parents[who], CalendarLanguage::Chinese);
        assert_eq!(entries.len(), 1, "{entries:?}");
        let entry = entries.remove(0);
        assert!(entry.sequence > *before, "{} after {before}", entry.sequence);
        *before = entry.sequence;
        entry
    }
}

#[test]
fn a_childs_shift_stands_in_the_calendar_as_long_as_it_waits_for_an_adult_as_not_settled() {
    let mut care = care(&[("08:00", "09:00", 3)], pupils(4, 1));
    assert!(care.calendar(care.parents[0], CalendarLanguage::Chinese).is_empty());
    care.enter(0);
    let mut number = 0;
    let waits = care.entry(0, &mut number);
    assert_eq!(waits.of, care.pupil(0).id.uuid());
    assert_eq!((waits.title.as_str(), waits.place.as_str()), ("护学岗，东门（雨桐）", "东门岗亭"));
    assert_eq!((waits.status, waits.busy), (CalendarStatus::Tentative, false));
    assert!(waits.about.starts_with("还没有定：等一位大人"), "{}", waits.about);
    let english = care.calendar(care.parents[0], CalendarLanguage::English).remove(0);
    assert!(english.about.starts_with("Not settled yet: waiting for an adult"), "{}", english.about);
    assert_eq!((english.title.as_str(), english.sequence), ("护学岗，东门 (雨桐)", waits.sequence));
    // An adult comes: the child's own row is as it was, and the entry is settled.
    care.scene.world.pass_minutes(1);
    care.adult(0);
    let settled = care.entry(0, &mut number);
    assert_eq!((settled.status, settled.of), (CalendarStatus::Confirmed, waits.of));
    assert_eq!(settled.changed, care.scene.world.now);
    assert!(!settled.about.contains("大人"), "{}", settled.about);
    // And gives the place back.
    care.scene.world.pass_minutes(1);
    let shift = care.shift(0);
    care.scene.world.does(guardian(care.scene.people[0]), &drop_shift(shift));
    assert_eq!(care.entry(0, &mut number).status, CalendarStatus::Tentative);
    // The desk that is sent the row reads it there, and has no such calendar.
    assert!(care.calendar(care.scene.desk.person, CalendarLanguage::Chinese).is_empty());
}

#[test]
fn what_was_taken_back_moved_or_called_off_changes_the_entry() {
    let mut care = care(&[("08:00", "09:00", 3)], pupils(4, 4));
    let (shift, child, mother) = (care.shift(0), care.children[0], care.parents[0]);
    care.adult(0);
    care.enter(0);
    let mut number = 0;
    assert_eq!(care.entry(0, &mut number).status, CalendarStatus::Confirmed);
    care.scene.world.pass_minutes(1);
    care.scene.world.does(guardian(mother), &withdraws(shift, child));
    assert_eq!(care.entry(0, &mut number).status, CalendarStatus::Cancelled);
    care.scene.world.pass_minutes(1);
    care.enter(0);
    assert_eq!(care.entry(0, &mut number).status, CalendarStatus::Confirmed);
    care.scene.world.pass_minutes(1);
    let old = care.scene.world.get(shift);
    let starts = old.starts.checked_add(1.hour()).unwrap();
    let ends = old.ends.checked_add(1.hour()).unwrap();
    care.scene.desk_does(VolunteerAct::ChangeShift {
        shift,
        starts: starts.clone(),
        ends,
        needed: 3,
        version: 0,
    });
    let moved = care.entry(0, &mut number);
    assert_eq!((moved.starts, moved.status), (starts, CalendarStatus::Confirmed));
    care.scene.world.pass_minutes(1);
    care.scene.desk_does(VolunteerAct::CallOffShift { shift, reason: "大风".into() });
    let off = care.entry(0, &mut number);
    assert_eq!(off.status, CalendarStatus::Cancelled);
    assert!(off.about.starts_with("班次取消：大风"), "{}", off.about);
    let english = care.calendar(mother, CalendarLanguage::English).remove(0);
    assert!(english.about.starts_with("The shift is off: 大风"), "{}", english.about);
    // The adult who was to come reads the same.
    let adult = care.calendar(care.scene.people[0], CalendarLanguage::Chinese).remove(0);
    assert!(adult.about.starts_with("班次取消：大风"), "{}", adult.about);
}

#[test]
fn whoever_may_not_decide_and_sees_no_records_reads_no_shift_of_the_child() {
    let mut care = care(&[("08:00", "09:00", 3)], pupils(4, 4));
    let (child, shift) = (care.children[0], care.shift(0));
    let world = &mut care.scene.world;
    let reads = world.guardian("爸爸").of(child, Relation::Father, &[Right::Records]).id();
    let messages = world.guardian("奶奶").of(child, Relation::Other, &[Right::Messages]).id();
    let sibling = world.child("李雨辰", world.get(child).class().unwrap());
    world.guardian("李雨桐的妈妈").of(sibling, Relation::Mother, PARENT).id();
    care.enter(0);
    let titles = |care: &Care, person| {
        let entries = care.calendar(person, CalendarLanguage::Chinese);
        entries.into_iter().map(|entry| entry.title).collect::<Vec<_>>()
    };
    assert_eq!(titles(&care, reads), ["护学岗，东门（雨桐）"]);
    assert!(titles(&care, messages).is_empty());
    // The computer of a guardian writes what the school writes.
    let mother = care.parents[0];
    let of = |facts: &_| calendar_of(facts, mother, CalendarLanguage::Chinese);
    let world = &care.scene.world;
    assert_eq!(world.ask_on_device_of(mother, of), world.ask(of));
    // A guardian who comes along has an entry of their own, and is busy.
    care.scene.world.does(guardian(mother), &take(shift));
    let busy: Vec<_> =
        care.calendar(mother, CalendarLanguage::Chinese).into_iter().map(|one| one.busy).collect();
    assert!(busy.len() == 2 && busy.contains(&true) && busy.contains(&false));
}
