//! Who has something else at that time is asked after all others.

use super::*;
use crate::world::conference_day;
use xinmei_model::{Clash, Link, Opening, VolunteerRecord};

#[test]
fn who_has_a_seat_at_that_time_is_asked_after_all_others() {
    let mut scene = scene();
    let desk = scene.desk;
    let (_, sessions) = scene.world.event_with(desk, &[30], |event| {
        event.sessions[0].starts = at("2026-10-13T08:00");
    });
    scene.world.now = at("2026-10-12T16:00").timestamp();
    let (busy, free) = (scene.people[1..6].to_vec(), scene.people[6..].to_vec());
    for person in &busy {
        let links: Vec<Link> = scene.world.list(List::LinksBy(*person));
        scene.world.signs_up(*person, sessions[0], &[links[0].child], 1);
    }
    scene.world.now = at("2026-10-12T16:30").timestamp();
    scene.drops(0);
    scene.world.fire_due();
    let asked: BTreeSet<_> = scene.in_state(TakeState::Offered).into_iter().collect();
    assert_eq!(asked, free.into_iter().collect(), "three of eight have nothing else");
    scene.next_wave();
    let next: BTreeSet<_> = scene.search().waves[1].people.iter().copied().collect();
    assert!(next.len() == 3 && next.is_subset(&busy.into_iter().collect()), "they may still want to come");
}

#[test]
fn who_has_a_meeting_at_that_time_is_busy_on_either_side_of_it() {
    let mut day = conference_day::Scene::new();
    let offer = day.offer(day.teacher, "2026-10-13T14:00", "2026-10-13T14:30");
    let times = [("2026-10-13T14:00", "2026-10-13T14:30", 3), ("2026-10-13T15:00", "2026-10-13T15:30", 3)];
    let (_, shifts) = day.world.post(day.desk, &times);
    day.world.does(guardian(day.mother), &conference_day::book(day.day, &[(offer, "14:10", day.yutong)]));
    let meets = |who, shift| {
        let opening = day.world.ask(|facts| Opening::of(facts, shift)).unwrap();
        day.world.ask(|facts| VolunteerRecord::of(facts, who)).unwrap().could_come(&opening).meets
    };
    for (who, meeting) in [(day.teacher.person, true), (day.mother, true), (day.neighbour, false)] {
        assert_eq!(meets(who, shifts[0]), meeting.then_some(Clash::SameTime));
        assert_eq!(meets(who, shifts[1]), None);
    }
}
