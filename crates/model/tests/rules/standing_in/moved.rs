//! A search, places kept for a class, and 还来吗 where a shift has other times.

use super::*;

fn moves(scene: &Scene, starts: &str, ends: &str) -> Act {
    let row = scene.world.get(scene.shift);
    let (starts, ends, needed) = (at(starts), at(ends), row.needed);
    Act::Volunteer(VolunteerAct::ChangeShift { shift: row.id, starts, ends, needed, version: row.version })
}

#[test]
fn a_search_moves_with_its_shift_and_ends_where_it_is_too_late() {
    let mut scene = scene_with(1, "2026-10-26T08:00", PostTerms::default());
    scene.drops(0);
    assert_eq!(scene.search().next, Some(at("2026-10-19T08:00").timestamp()));
    let act = moves(&scene, "2026-10-22T08:00", "2026-10-22T09:00");
    scene.world.does(scene.desk.actor(), &act);
    assert_eq!(scene.search().next, Some(at("2026-10-15T08:00").timestamp()));
    scene.next_wave();
    assert_eq!(scene.search().waves.len(), 1);
    let soon = scene.world.now.to_zoned(at("2026-10-15T08:00").time_zone().clone());
    let (soon, later) = (soon.saturating_add(jiff::SignedDuration::from_mins(5)), at("2026-10-15T12:00"));
    let row = scene.world.get(scene.shift);
    let act = VolunteerAct::ChangeShift {
        shift: row.id,
        starts: soon,
        ends: later,
        needed: 1,
        version: row.version,
    };
    scene.world.does(scene.desk.actor(), &Act::Volunteer(act));
    assert_eq!(scene.search().state, StandInState::Over);
}

#[test]
fn of_places_kept_for_another_class_nobody_is_asked_to_fill_one() {
    let mut scene = scene_with(3, "2026-10-13T08:00", PostTerms::default());
    scene.world.now = at("2026-10-12T16:30").timestamp();
    let row = scene.world.get(scene.shift);
    let turn = xinmei_model::ClassTurn { class: scene.world.class(2024, 1), places: 2, until: row.starts };
    let turns = vec![xinmei_model::ShiftTurns { shift: row.id, turns: vec![turn] }];
    let act = Act::Volunteer(VolunteerAct::SetTurns { post: row.post, turns });
    scene.world.does(scene.desk.actor(), &act);
    for who in 0..3 {
        scene.drops(who);
    }
    scene.world.fire_due();
    assert_eq!(scene.search().asked(), limits::STAND_IN_WAVE_SOON, "for the one place that is open");
    let asked = scene.in_state(TakeState::Offered);
    scene.answers(asked[0], true);
    assert_eq!(scene.in_state(TakeState::Offered), [], "nobody waits for an answer that cannot come");
    assert_eq!(scene.in_state(TakeState::Released).len(), asked.len() - 1);
}

#[test]
fn who_comes_is_asked_again_of_a_shift_that_moves_after_the_evening_before() {
    let mut scene = scene_with(1, "2026-10-13T08:00", PostTerms::default());
    scene.world.now = at("2026-10-12T18:00").timestamp();
    scene.world.fire_due();
    assert!(scene.own(0).is_unconfirmed());
    scene.world.now = at("2026-10-12T19:00").timestamp();
    let act = moves(&scene, "2026-10-13T10:00", "2026-10-13T11:00");
    scene.world.does(scene.desk.actor(), &act);
    assert_eq!(scene.own(0).reminded, None);
    scene.world.fire_due();
    assert_eq!(scene.own(0).reminded, Some(scene.world.now));
}
