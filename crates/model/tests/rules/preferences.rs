//! When a person wants to be told: their own quiet hours, and a digest once a day.

use jiff::{
    Timestamp,
    civil::{Time, time},
};
use xinmei_model::{Act, PersonalQuiet, Preference, QuietHours, Refusal, Relation, RoleKind, School, ToTell};

use crate::world::{World, people::*, plans::*};

fn when(text: &str) -> Timestamp {
    at(text).timestamp()
}

fn hours(from: i8, until: i8) -> QuietHours {
    QuietHours { from: time(from, 0, 0, 0), until: time(until, 0, 0, 0) }
}

/// A school that is quiet from ten to six.
fn school() -> School {
    let world = World::school();
    School { quiet: Some(hours(22, 6)), ..world.get(world.school) }
}

fn preference(quiet: PersonalQuiet, digest: Option<Time>) -> Preference {
    Preference { quiet, digest, ..Preference::usual(World::school().fresh()) }
}

/// When something that came at `came` is told to somebody whose computer knows of it at `known`.
fn told(preference: &Preference, came: &str, known: &str) -> Timestamp {
    preference.tells_at(
        &school(),
        ToTell { at: when(came), due: None, urgent: false, staff: false },
        when(known),
    )
}

#[test]
fn who_never_chose_is_told_at_once_by_day_and_in_the_morning_at_night() {
    let usual = preference(PersonalQuiet::School, None);
    assert_eq!(told(&usual, "2026-10-12T12:00", "2026-10-12T12:00"), when("2026-10-12T12:00"));
    assert_eq!(told(&usual, "2026-10-12T23:00", "2026-10-12T23:00"), when("2026-10-13T06:00"));
    // It came by day, and the computer was switched on at night.
    assert_eq!(told(&usual, "2026-10-12T12:00", "2026-10-12T23:00"), when("2026-10-13T06:00"));
    // It came at night, and the computer was switched on by day.
    assert_eq!(told(&usual, "2026-10-12T23:00", "2026-10-13T09:00"), when("2026-10-13T09:00"));
}

#[test]
fn hours_of_ones_own_take_the_place_of_the_schools() {
    let own = preference(PersonalQuiet::Own { hours: hours(18, 8) }, None);
    assert_eq!(told(&own, "2026-10-12T18:00", "2026-10-12T18:00"), when("2026-10-13T08:00"));
    let nap = preference(PersonalQuiet::Own { hours: hours(12, 14) }, None);
    assert_eq!(told(&nap, "2026-10-12T23:00", "2026-10-12T23:00"), when("2026-10-12T23:00"));
    let never = preference(PersonalQuiet::Never, None);
    assert_eq!(told(&never, "2026-10-12T23:00", "2026-10-12T23:00"), when("2026-10-12T23:00"));
}

#[test]
fn a_digest_gathers_the_day_and_its_own_minute_belongs_to_it() {
    let daily = preference(PersonalQuiet::School, Some(time(18, 0, 0, 0)));
    for (came, told_at) in [
        ("2026-10-12T17:59", "2026-10-12T18:00"),
        ("2026-10-12T18:00", "2026-10-12T18:00"),
        ("2026-10-12T18:01", "2026-10-13T18:00"),
    ] {
        assert_eq!(told(&daily, came, came), when(told_at), "{came}");
    }
    // The computer was off at six.
    assert_eq!(told(&daily, "2026-10-12T17:00", "2026-10-12T21:00"), when("2026-10-12T21:00"));
    assert_eq!(told(&daily, "2026-10-12T17:00", "2026-10-12T22:30"), when("2026-10-13T06:00"));
    let at_night = preference(PersonalQuiet::School, Some(time(23, 0, 0, 0)));
    assert_eq!(told(&at_night, "2026-10-12T12:00", "2026-10-12T12:00"), when("2026-10-13T06:00"));
}

#[test]
fn what_would_be_too_late_in_the_digest_is_told_by_itself() {
    let daily = preference(PersonalQuiet::School, Some(time(18, 0, 0, 0)));
    let offer = |came: &str, due: &str| {
        let arrival = ToTell { at: when(came), due: Some(when(due)), urgent: false, staff: false };
        daily.tells_at(&school(), arrival, when(came))
    };
    assert_eq!(offer("2026-10-12T12:00", "2026-10-12T14:00"), when("2026-10-12T12:00"));
    assert_eq!(offer("2026-10-12T12:00", "2026-10-12T18:00"), when("2026-10-12T12:00"), "at six it is over");
    assert_eq!(offer("2026-10-12T12:00", "2026-10-12T20:00"), when("2026-10-12T18:00"));
    assert_eq!(offer("2026-10-12T23:00", "2026-10-13T07:00"), when("2026-10-13T06:00"), "still not at night");
}

#[test]
fn what_is_urgent_waits_for_nothing() {
    let daily = preference(PersonalQuiet::Own { hours: hours(18, 8) }, Some(time(9, 0, 0, 0)));
    let night = when("2026-10-12T23:00");
    assert_eq!(
        daily.tells_at(&school(), ToTell { at: night, due: None, urgent: true, staff: false }, night),
        night
    );
}

#[test]
fn everybody_sets_their_own_in_every_hat_and_nobody_else_sees_it() {
    let mut world = World::school();
    let (root, class) = (world.root, world.class(2024, 2));
    let child = world.child("李雨桐", class);
    let mother = world.guardian("王芳").of(child, Relation::Mother, PARENT).id();
    let teacher = world.teacher("张晓梅", class);
    let office = world.staff("何静", RoleKind::Administrator, root);
    let set = |quiet, digest| Act::SetPreferences { quiet, digest };
    let own = PersonalQuiet::Own { hours: hours(18, 8) };
    world.does(guardian(mother), &set(own, None));
    world.does(teacher.actor(), &set(PersonalQuiet::Never, Some(time(18, 30, 0, 0))));
    let mothers = Preference::of(mother);
    assert_eq!(world.get(mothers).quiet, own);
    assert_eq!(world.get(Preference::of(teacher.person)).digest, Some(time(18, 30, 0, 0)));
    for other in [teacher.person, office.person] {
        assert!(world.sees(mother, mothers) && !world.sees(other, mothers));
    }
    world.does(guardian(mother), &set(PersonalQuiet::School, None));
    assert_eq!(world.get(mothers), Preference::usual(mother));
}

#[test]
fn odd_hours_of_ones_own_are_refused() {
    let mut world = World::school();
    let class = world.class(2024, 2);
    let teacher = world.teacher("张晓梅", class);
    let field = |field: &str| Refusal::Malformed { field: field.into() };
    let refused = |hours, digest| {
        let act = Act::SetPreferences { quiet: PersonalQuiet::Own { hours }, digest };
        world.refuses(teacher.actor(), &act)
    };
    assert_eq!(refused(hours(22, 22), None), field("own-quiet.until"));
    assert_eq!(refused(hours(8, 3), None), field("own-quiet.until"), "nineteen hours");
    let odd = QuietHours { from: time(22, 0, 1, 0), until: time(6, 0, 0, 0) };
    assert_eq!(refused(odd, None), field("own-quiet.from"));
    assert_eq!(refused(hours(22, 6), Some(time(18, 0, 30, 0))), field("digest"));
    let longest = PersonalQuiet::Own { hours: hours(14, 8) };
    world.does(teacher.actor(), &Act::SetPreferences { quiet: longest, digest: None });
}
