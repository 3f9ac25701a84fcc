//! What the administrator settles for the whole school: when staff are left alone, and how long a notice is held.

use jiff::{SignedDuration, Timestamp, civil::time};
use xinmei_model::{
    Act, Notice, NoticeState, Power, Preference, QuietHours, Refusal, Relation, RoleKind, School, ToTell,
    limits,
};

use crate::world::{World, people::*, plans::*};

fn quiet(from: i8, until: i8) -> QuietHours {
    QuietHours { from: time(from, 0, 0, 0), until: time(until, 0, 0, 0) }
}

fn when_at(text: &str) -> Timestamp {
    at(text).timestamp()
}

#[test]
fn staff_have_an_evening_of_their_own_and_families_keep_theirs() {
    let mut world = World::school();
    let office = world.staff("何静", RoleKind::Administrator, world.root);
    for (hours, staff) in [(quiet(22, 6), false), (quiet(18, 7), true)] {
        world.does(office.actor(), &Act::SetQuietHours { quiet: Some(hours), staff });
    }
    let school = world.get(world.school);
    assert_eq!((school.quiet, school.quiet_staff), (Some(quiet(22, 6)), Some(quiet(18, 7))));
    let preference = Preference::usual(office.person);
    let evening = when_at("2026-10-12T20:00");
    let told = |school: &School, staff| {
        let arrival = ToTell { at: evening, due: None, urgent: false, staff };
        preference.tells_at(school, arrival, evening)
    };
    assert_eq!(told(&school, true), when_at("2026-10-13T07:00"), "a teacher is at home");
    assert_eq!(told(&school, false), evening, "a family is still awake");
    let one = School { quiet_staff: None, ..school };
    assert_eq!(told(&one, true), evening, "where staff have none of their own, those of families hold");
}

#[test]
fn the_administrator_sets_how_long_a_notice_is_held_and_what_is_held_keeps_its_time() {
    let mut world = World::school();
    let class = world.class(2024, 2);
    let teacher = world.teacher("张晓梅", class);
    let office = world.staff("何静", RoleKind::Administrator, world.root);
    let child = world.child("李雨桐", class);
    world.guardian("王芳").of(child, Relation::Mother, PARENT).id();
    let send = |world: &mut World| {
        let notice = world.notice_draft(to_place(class));
        let id = notice.id;
        world.does(teacher.actor(), &Act::SendNotice { notice });
        world.get(id).state
    };
    let held =
        |world: &World, seconds| NoticeState::Held { until: world.now + SignedDuration::from_secs(seconds) };
    assert_eq!(send(&mut world), held(&world, 120));
    let first = world.all::<Notice>()[0].clone();
    let set = |seconds| Act::SetHoldWindow { seconds };
    let power = Refusal::NoPower { power: Power::Administer };
    assert_eq!(world.refuses(teacher.actor(), &set(0)), power);
    let limit = limits::HOLD_SECONDS;
    let too_long = Refusal::TooMany { field: "seconds".into(), limit };
    assert_eq!(world.refuses(office.actor(), &set(limit + 1)), too_long);
    world.does(office.actor(), &set(300));
    assert_eq!(world.get(first.id), first);
    assert_eq!(send(&mut world), held(&world, 300));
}

#[test]
fn the_administrator_says_how_long_it_takes_to_the_other_campus() {
    let mut world = World::school();
    let class = world.class(2024, 2);
    let teacher = world.teacher("张晓梅", class);
    let office = world.staff("何静", RoleKind::Administrator, world.root);
    let set = |minutes| Act::SetTravelTime { minutes };
    let power = Refusal::NoPower { power: Power::Administer };
    assert_eq!(world.refuses(teacher.actor(), &set(40)), power);
    let limit = limits::TRAVEL_MINUTES;
    let too_far = Refusal::TooMany { field: "minutes".into(), limit };
    assert_eq!(world.refuses(office.actor(), &set(limit + 1)), too_far);
    world.does(office.actor(), &set(40));
    assert_eq!(world.all::<School>()[0].travel_min, 40);
}
