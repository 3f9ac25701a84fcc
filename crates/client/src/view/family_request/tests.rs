use jiff::civil::date;
use xinmei_model::{Absence, DayPart, FamilyRequest, RequestState, Wanted};

use super::{day_list, list};
use crate::view::stage::{CLASS, EAST_CLASS, FATHER, Stage, YUCHEN, YUTONG, at, id};

fn ask(stage: &Stage, request: u128, child: u128, made: &str, state: RequestState) {
    let day = date(2026, 11, 25);
    stage.put(FamilyRequest {
        id: id(request),
        child: id(child),
        wanted: Wanted::Leave { from: day, to: day, part: DayPart::WholeDay, reason: "发烧".into() },
        guardian: id(FATHER),
        guardian_name: "李建国".into(),
        entered: None,
        state,
        earlier: Vec::new(),
        at: at(made).timestamp(),
    });
}

fn declined() -> RequestState {
    let at = at("11-22T12:00").timestamp();
    RequestState::Declined { by: "张晓梅".into(), note: String::new(), at }
}

/// A class with 雨桐; 雨辰 goes to another campus.
fn teacher() -> Stage {
    let stage = Stage::teacher();
    stage.child(YUTONG, "李雨桐", "20240412", CLASS);
    stage.child(YUCHEN, "李雨辰", "20260117", EAST_CLASS);
    stage
}

#[test]
fn what_waits_comes_first_the_oldest_before_the_rest() {
    let stage = teacher();
    ask(&stage, 701, YUTONG, "11-20T09:00", declined());
    ask(&stage, 702, YUTONG, "11-22T09:00", RequestState::Open);
    ask(&stage, 703, YUTONG, "11-21T09:00", RequestState::Open);
    ask(&stage, 704, YUTONG, "11-22T08:00", declined());
    let found = stage.read(list).requests;
    assert_eq!(found.iter().map(|one| one.id).collect::<Vec<_>>(), [703, 702, 704, 701].map(id));
    assert_eq!(found.iter().map(|one| one.may_answer).collect::<Vec<_>>(), [true, true, false, false]);
}

#[test]
fn a_teacher_sees_those_of_the_class_and_a_family_its_own() {
    let stage = teacher();
    ask(&stage, 701, YUTONG, "11-20T09:00", RequestState::Open);
    ask(&stage, 702, YUCHEN, "11-20T09:00", RequestState::Open);
    assert_eq!(stage.read(list).requests.iter().map(|one| one.id).collect::<Vec<_>>(), [id(701)]);
    let family = Stage::family();
    ask(&family, 701, YUTONG, "11-20T09:00", RequestState::Open);
    ask(&family, 702, YUCHEN, "11-20T10:00", declined());
    let found = family.read(list);
    assert_eq!(found.requests.iter().map(|one| one.may_withdraw).collect::<Vec<_>>(), [true, false]);
    assert!(found.requests.iter().all(|one| !one.may_answer) && found.children.len() == 2);
}

#[test]
fn the_day_names_who_is_away_on_it_and_in_sight() {
    let stage = teacher();
    for (absence, child) in [(801, YUTONG), (802, YUCHEN)] {
        let (from, to) = (date(2026, 11, 24), date(2026, 11, 25));
        stage.put(Absence { id: id(absence), child: id(child), from, to, part: DayPart::WholeDay });
    }
    let away = |day| {
        let list = stage.read(move |reading| day_list(reading, date(2026, 11, day)));
        list.absent.into_iter().map(|one| one.child.name).collect::<Vec<_>>()
    };
    assert_eq!([away(23).len(), away(26).len()], [0, 0]);
    assert_eq!([away(24), away(25)], [["李雨桐"], ["李雨桐"]]);
}
