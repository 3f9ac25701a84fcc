//! What another desk, another campus or another hour did between the look and the act.

use super::*;
use xinmei_model::{
    Actor, CalendarEntry, CalendarLanguage, CalendarStatus, Qualified, Relation, Stop, calendar_of, decide,
};

fn yes(shift: Id<Shift>, person: Id<Person>) -> VolunteerAct {
    VolunteerAct::AnswerVolunteer { shift, person, agrees: true, reason: String::new() }
}

/// A parent whose only child the desk does not reach.
fn parent_elsewhere(scene: &mut Scene) -> Id<Person> {
    let class = scene.world.class(2024, 3);
    let elsewhere = scene.world.fresh();
    let child = scene.world.child("江北的孩子", class);
    scene.world.edit(child, |child| child.path = vec![elsewhere]);
    scene.world.guardian("江北的家长").of(child, Relation::Mother, PARENT).id()
}

#[test]
fn the_desk_says_yes_to_whoever_asked_out_of_its_reach_too() {
    let mut scene = scene();
    let parent = parent_elsewhere(&mut scene);
    let terms = PostTerms { population: Population::Parents, ..asking() };
    let shift = scene.post(&[("08:00", "09:00", 1)], terms).shifts[0].id;
    scene.world.does(guardian(parent), &take(shift));
    scene.desk_does(yes(shift, parent));
    assert_eq!(scene.world.allotment(shift.uuid()).used, 1);
}

#[test]
fn nobody_is_let_in_after_a_post_ended_and_a_no_is_still_said() {
    let mut scene = scene();
    let post = scene.post(&[("08:00", "09:00", 1)], asking());
    let shift = post.shifts[0].id;
    scene.world.does(guardian(scene.people[0]), &take(shift));
    scene.desk_does(VolunteerAct::EndPost { post: post.id });
    assert_eq!(scene.desk_refused(yes(shift, scene.people[0])), Refusal::PostEnded);
    let (person, reason) = (scene.people[0], "不再招人了".into());
    scene.desk_does(VolunteerAct::AnswerVolunteer { shift, person, agrees: false, reason });
    assert_eq!(scene.state(0, shift), Some(TakeState::Declined));
}

#[test]
fn a_desk_that_does_not_hold_all_links_of_somebody_does_not_say_by_itself_that_a_post_is_not_for_them() {
    let mut scene = scene();
    let parents = PostTerms { population: Population::Parents, ..PostTerms::default() };
    let shift = scene.post(&[("08:00", "09:00", 1)], parents).shifts[0].id;
    let class = scene.world.class(2024, 3);
    let teacher = scene.world.teacher("张晓梅", class);
    let on_device = |who: Id<Person>, actor: Actor, on_behalf_of| {
        let act = Act::TakeShift { shift, on_behalf_of };
        scene.world.ask_on_device_of(who, |facts| decide(facts, &actor, &act))
    };
    let phoned = Some(Proxy::new(teacher.person, "来电"));
    assert_eq!(on_device(scene.desk.person, scene.desk.actor(), phoned).unwrap_err(), Stop::Unknown);
    let own = on_device(teacher.person, teacher.actor(), None).unwrap_err();
    let refused = Refusal::OtherVolunteers { population: Population::Parents };
    assert_eq!(own, Stop::Refused(refused), "one's own links are all here");
}

#[test]
fn the_second_of_two_desks_that_change_a_qualification_is_told() {
    let mut scene = scene();
    let id = scene.qualification("健康证", true);
    let put = |scene: &Scene, qualification, name: &str, version| {
        let (place, name, about) = (scene.world.campus, name.into(), String::new());
        let draft = QualificationDraft { place, name, about, expires: true, training: false };
        VolunteerAct::PutQualification { qualification, draft, version }
    };
    scene.desk_does(put(&scene, id, "健康证明", 0));
    assert_eq!(scene.desk_refused(put(&scene, id, "健康证（食堂）", 0)), Refusal::ChangedMeanwhile);
    scene.desk_does(VolunteerAct::DropQualification { qualification: id });
    assert_eq!(scene.desk_refused(put(&scene, id, "健康证明", 1)), Refusal::ChangedMeanwhile);
    let new = scene.world.fresh();
    assert_eq!(scene.desk_refused(put(&scene, new, "健康证", 1)), malformed("id"));
    // One that is used again counts as one more.
    for number in 0..limits::QUALIFICATIONS {
        let fresh = scene.world.fresh();
        scene.desk_does(put(&scene, fresh, &format!("培训{number}"), 0));
    }
    assert!(matches!(scene.desk_refused(put(&scene, id, "健康证明", 2)), Refusal::TooMany { .. }));
    assert!(scene.world.get(id).dropped);
}

#[test]
fn what_another_desk_said_of_somebody_since_is_not_overwritten() {
    let mut scene = scene();
    let qualification = scene.qualification("护学岗培训", false);
    let confirm = |people: &[Id<Person>], seen| VolunteerAct::ConfirmQualification {
        qualification,
        people: people.to_vec(),
        until: None,
        seen,
    };
    let [one, two] = [scene.people[0], scene.people[1]];
    scene.desk_does(confirm(&[one], None));
    let seen = Some(scene.world.now);
    scene.world.pass_minutes(1);
    let reason = "录错了人".into();
    scene.desk_does(VolunteerAct::WithdrawQualification { qualification, person: one, reason });
    assert_eq!(scene.desk_refused(confirm(&[two, one], seen)), Refusal::ChangedMeanwhile);
    scene.desk_does(confirm(&[two], seen));
    scene.desk_does(confirm(&[one], Some(scene.world.now)));
    let rows: Vec<Qualified> = scene.world.list(List::QualificationsOf(one));
    assert_eq!(rows[0].withdrawn, None);
}

#[test]
fn a_qualification_has_to_count_on_the_day_of_the_school_whatever_zone_the_hours_are_written_in() {
    let mut scene = scene();
    let health = scene.qualification("健康证", true);
    let requires = vec![health];
    let terms = PostTerms { requires, ..PostTerms::default() };
    let mut draft = PostDraft {
        terms,
        ..scene.world.post_draft(scene.world.campus, &[("2026-10-13T07:00", "2026-10-13T08:00", 1)])
    };
    // 7:00 in Shanghai is the evening before in London.
    let morning = &mut draft.shifts[0];
    for hour in [&mut morning.starts, &mut morning.ends] {
        *hour = hour.in_tz("Europe/London").unwrap();
    }
    let shift = draft.shifts[0].id;
    scene.world.does(scene.desk.actor(), &Act::PostShifts { post: draft });
    let until = Some(date(2026, 10, 12));
    let people = vec![scene.people[0]];
    scene.desk_does(VolunteerAct::ConfirmQualification { qualification: health, people, until, seen: None });
    let missing =
        Refusal::MissingQualification { qualification: health.uuid(), name: "健康证".into(), until };
    assert_eq!(scene.world.refuses(guardian(scene.people[0]), &take(shift)), missing);
}

impl Scene {
    fn calendar(&self, person: Id<Person>) -> Vec<CalendarEntry> {
        self.world.ask(|facts| calendar_of(facts, person, CalendarLanguage::Chinese)).unwrap()
    }
}

#[test]
fn a_post_that_changes_moves_its_entry_on_and_a_mere_question_never_stands_there() {
    let mut scene = scene();
    let (one, two) = (scene.people[0], scene.people[1]);
    let draft = scene.post(&[("08:00", "09:00", 2)], PostTerms::default());
    let shift = draft.shifts[0].id;
    scene.world.does(guardian(one), &take(shift));
    let before = scene.calendar(one).remove(0);
    scene.world.pass_minutes(1);
    let changed =
        PostDraft { meeting_point: "西门岗亭".into(), shifts: Vec::new(), terms: asking(), ..draft };
    scene.desk_does(VolunteerAct::ChangePost { post: Box::new(changed), version: 0 });
    let after = scene.calendar(one).remove(0);
    assert_eq!((after.place.as_str(), after.changed), ("西门岗亭", scene.world.now));
    assert!(after.sequence > before.sequence);
    // Who gave their place back and asks again does not come, and was coming.
    for act in [drop_shift(shift), take(shift)] {
        scene.world.does(guardian(one), &act);
        assert_eq!(scene.calendar(one).remove(0).status, CalendarStatus::Cancelled);
    }
    for act in [take(shift), drop_shift(shift)] {
        scene.world.does(guardian(two), &act);
        assert!(scene.calendar(two).is_empty());
    }
}
