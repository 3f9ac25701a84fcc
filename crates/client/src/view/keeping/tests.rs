use xinmei_model::{
    DutySaid, OnDuty, Post, PupilFill, PupilTerms, Refusal, RoleKind, StandInSearch, StandInState,
    StandInWave, Take, VolunteerAct,
};

use super::{duties, keeping};
use crate::{
    api::sync::ItemState,
    view::stage::{FATHER, SCHOOL, Stage, at, id},
};

const SHIFT: u128 = 600;

fn asked(stage: &Stage) {
    stage.put(Take {
        reminded: Some(at("11-22T18:00").timestamp()),
        ..crate::view::stage::take(SHIFT, FATHER, "李建国")
    });
}

#[test]
fn one_press_says_that_one_comes_and_stands_as_kept_here_at_once() {
    let stage = Stage::family();
    stage.shift(SHIFT, "护学岗", ["11-24T07:30", "11-24T08:10"], 1);
    asked(&stage);
    let mine = stage.read(keeping).mine;
    assert_eq!(mine.iter().map(|one| one.title.as_str()).collect::<Vec<_>>(), ["护学岗"]);
    assert_eq!(stage.read(duties).len(), 1);
    assert!(stage.read(keeping).shifts.is_empty(), "a family watches no desk");
    let step = VolunteerAct::ConfirmShift { shift: id(SHIFT), on_behalf_of: None };
    stage.wish(xinmei_model::Act::Volunteer(step));
    assert_eq!(stage.read(keeping).mine[0].pending, Some(ItemState::Saved));
    assert!(stage.read(duties).is_empty(), "what was said is no duty any more");
}

#[test]
fn the_desk_reads_how_a_search_stands_and_what_it_may_begin() {
    let stage = Stage::staff(RoleKind::Coordinator, "志愿服务协调员", SCHOOL);
    stage.shift(SHIFT, "护学岗", ["11-24T07:30", "11-24T08:10"], 1);
    asked(&stage);
    let kept = stage.read(keeping).shifts.remove(0);
    assert_eq!((kept.unconfirmed, kept.there, kept.taken, kept.needed), (1, 0, 1, 2));
    assert!(kept.may_search && kept.search.is_none(), "somebody is missing and nobody looks for them");
    stage.put(StandInSearch {
        id: StandInSearch::of(id(SHIFT)),
        shift: id(SHIFT),
        post: id(SHIFT + 1),
        state: StandInState::Searching,
        began: at("11-22T18:00").timestamp(),
        by_name: String::new(),
        waves: vec![StandInWave { at: at("11-22T18:00").timestamp(), people: vec![id(1), id(2)] }],
        next: Some(at("11-23T12:00").timestamp()),
        changed: at("11-22T18:00").timestamp(),
        generation: 0,
    });
    let kept = stage.read(keeping).shifts.remove(0);
    let search = kept.search.unwrap();
    assert_eq!((search.waves, search.asked, search.waiting), (1, 2, 0));
    assert!(!kept.may_search, "it is on already");
    stage.put(here());
    let kept = stage.read(keeping).shifts.remove(0);
    assert_eq!((kept.unconfirmed, kept.there), (0, 1), "whoever is there is not waited for");
}

#[test]
fn adults_who_are_missing_for_the_pupils_are_missing_people() {
    let stage = Stage::staff(RoleKind::Coordinator, "志愿服务协调员", SCHOOL);
    stage.shift(SHIFT, "我是小交警", ["11-24T07:30", "11-24T08:10"], 1);
    stage.put(crate::view::stage::take(SHIFT, FATHER, "李建国"));
    let post: Option<Post> = stage.read(|reading| reading.snapshot.get(id(SHIFT + 1)));
    let mut post = post.unwrap();
    post.terms.pupils = Some(PupilTerms { places: 12, per_adult: 2, from_grade: None });
    stage.put(post);
    let kept = |stage: &Stage| {
        let kept = stage.read(keeping).shifts.remove(0);
        (kept.needed, kept.taken, kept.adults_wanted, kept.missing)
    };
    assert_eq!(kept(&stage), (2, 1, 0, 1), "before the first pupil, who is missing for the work itself");
    let pupils = |pupils, adults| PupilFill {
        id: PupilFill::of(id(SHIFT)),
        shift: id(SHIFT),
        post: id(SHIFT + 1),
        pupils,
        adults,
        reaches: 2,
        reached: None,
    };
    stage.put(pupils(7, 1));
    // Seven pupils need four adults; the one who is missing for the work is one of the three.
    assert_eq!(kept(&stage), (2, 1, 3, 3));
    let missing = stage.read(crate::view::today::coordinator::today).missing.remove(0);
    assert_eq!(missing.missing, 3, "the desk's day says the same");
    stage.put(pupils(2, 1));
    assert_eq!(kept(&stage), (2, 1, 0, 1));
}

fn here() -> OnDuty {
    OnDuty {
        id: OnDuty::of(id(SHIFT), id(FATHER)),
        shift: id(SHIFT),
        post: id(SHIFT + 1),
        person: id(FATHER),
        person_name: "李建国".into(),
        marks: Vec::new(),
        count: 1,
        holds: DutySaid::Came { from: at("11-24T07:20").timestamp(), until: None },
        disputed: false,
    }
}

#[test]
fn whoever_is_there_is_asked_no_more_and_a_refused_word_is_still_to_be_said() {
    let stage = Stage::family();
    stage.shift(SHIFT, "护学岗", ["11-24T07:30", "11-24T08:10"], 1);
    asked(&stage);
    let step = VolunteerAct::ConfirmShift { shift: id(SHIFT), on_behalf_of: None };
    let wish = stage.wish(xinmei_model::Act::Volunteer(step));
    stage.push();
    stage.refuse(wish, Refusal::ShiftOff);
    assert_eq!(stage.read(duties).len(), 1);
    stage.put(here());
    assert!(stage.read(keeping).mine.is_empty() && stage.read(duties).is_empty());
}
