use jiff::civil::date;
use uuid::Uuid;
use xinmei_model::{
    Act, Feed, FileHash, HoursAct, HoursApproval, HoursBy, HoursEntry, HoursState, Level, Place, Refusal,
    Row, Verdict,
    wire::{Page, Pushed, RowUpdate, Settled},
};

use super::{anew, ask_again, missing};
use crate::{
    api::hours::{AskAgain, MissingAgain},
    replica::before,
    view::stage::{FATHER, MAIN_CAMPUS, NOW, SCHOOL, Stage, TEACHER, at, id},
};

const FIRST: u128 = 700;

fn entry(number: u128, minutes: u32, state: HoursState) -> HoursEntry {
    HoursEntry {
        id: id(number),
        person: id(FATHER),
        person_name: "李建国".into(),
        place: id(MAIN_CAMPUS),
        shift: None,
        post: None,
        title: "整理班级图书角".into(),
        programme: String::new(),
        day: date(2026, 11, 20),
        minutes,
        evidence: "张老师在场".into(),
        files: Vec::new(),
        corrects: None,
        reason: String::new(),
        entered: by(FATHER),
        state,
    }
}

fn by(person: u128) -> HoursBy {
    HoursBy { person: id(person), name: "某人".into(), at: at("11-20T18:00").timestamp() }
}

fn approved(seq: u64) -> HoursState {
    let hash = FileHash::new([0; 32]);
    HoursState::Approved(HoursApproval {
        by: by(TEACHER),
        seq,
        previous: hash,
        hash,
        signature: String::new(),
    })
}

/// A page of the school's next life, with its campus.
fn sends(stage: &Stage, life: u128, rows: &[HoursEntry], more: bool) {
    let path = vec![id(SCHOOL), id(MAIN_CAMPUS)];
    let campus = Place {
        id: id(MAIN_CAMPUS),
        level: Level::Campus,
        path,
        name: "本部".into(),
        cohort: None,
        number: None,
    };
    let rows = rows.iter().cloned().map(Row::from).chain([campus.into()]).map(|row| RowUpdate {
        kind: row.kind().name().into(),
        id: row.id(),
        rev: 1,
        feeds: vec![Feed::Person(id(FATHER))],
        left: Vec::new(),
        body: Some(serde_json::from_str(&row.body().unwrap()).unwrap()),
    });
    let page = Page {
        epoch: Uuid::from_u128(life),
        now: NOW.parse::<jiff::Zoned>().unwrap().timestamp(),
        cursor: 1,
        rows: rows.collect(),
        arrived: vec![Feed::School],
        arriving: Default::default(),
        ended: None,
        last_number: 0,
        verdicts: Vec::new(),
        more,
    };
    stage.replica.apply_page(&page).unwrap();
}

/// The school begins anew with these, of which all have arrived.
fn restored(stage: &Stage, rows: &[HoursEntry]) {
    sends(stage, 8, &[], false);
    sends(stage, 8, rows, false);
}

fn shown(stage: &Stage) -> Vec<(u128, MissingAgain)> {
    let entries = stage.read(missing).entries;
    entries.into_iter().map(|line| (line.id.uuid().as_u128(), line.again)).collect()
}

fn step(stage: &Stage, number: u128) -> HoursAct {
    let asked = AskAgain { entry: id(number), evidence: "恢复前已有记录".into() };
    stage.read(|reading| ask_again(reading, &asked))
}

#[test]
fn what_the_restored_school_has_not_got_is_named_once_all_has_arrived() {
    let stage = Stage::family();
    stage.put(entry(FIRST, 60, approved(1)));
    stage.put(entry(FIRST + 1, 90, approved(2)));
    stage.put(entry(FIRST + 2, 30, HoursState::Waiting));
    stage.put(entry(FIRST + 3, 30, HoursState::Withdrawn));
    stage.put(HoursEntry { person: id(TEACHER), ..entry(FIRST + 4, 30, approved(3)) });
    assert_eq!(shown(&stage), []);
    sends(&stage, 8, &[], false);
    sends(&stage, 8, &[], true);
    assert_eq!(shown(&stage), [], "the rest may still come");
    sends(&stage, 8, &[entry(FIRST, 60, approved(1))], false);
    let lost = stage.read(missing).entries;
    assert_eq!(shown(&stage), [(FIRST + 2, MissingAgain::Request), (FIRST + 1, MissingAgain::Request)]);
    assert!(matches!(lost[1].stood, crate::api::hours::HoursIs::Approved { seq: 2, .. }));
    // It is there again.
    sends(&stage, 8, &[entry(FIRST + 2, 30, HoursState::Waiting)], false);
    assert_eq!(shown(&stage), [(FIRST + 1, MissingAgain::Request)]);
    stage.replica.write(|conn| before::know(conn, &[id(FIRST + 1)])).unwrap();
    assert_eq!(shown(&stage), []);
    // Another restore is another loss: of what was there, and of nothing that was known to be gone.
    sends(&stage, 9, &[], false);
    sends(&stage, 9, &[], false);
    assert_eq!(shown(&stage), [(FIRST + 2, MissingAgain::Request), (FIRST, MissingAgain::Request)]);
}

#[test]
fn what_was_asked_for_anew_is_not_missing_until_that_is_refused() {
    let stage = Stage::family();
    stage.put(entry(FIRST, 60, approved(1)));
    restored(&stage, &[]);
    let HoursAct::RequestHours(draft) = step(&stage, FIRST) else { panic!("it is asked for") };
    assert_eq!((draft.id, draft.minutes, draft.place), (anew(id(FIRST)), 60, id(MAIN_CAMPUS)));
    assert_eq!(draft.evidence, "张老师在场\n恢复前已有记录");
    let wish = stage.wish(Act::Hours(HoursAct::RequestHours(draft)));
    assert_eq!(shown(&stage), []);
    stage.push();
    let verdict = Verdict::Refused { refusal: Refusal::HoursSettled };
    let verdicts = vec![Settled { id: wish, number: 1, verdict }];
    stage
        .replica
        .apply_pushed(&Pushed { epoch: Uuid::from_u128(8), rev: 0, last_number: 1, verdicts })
        .unwrap();
    assert_eq!(shown(&stage), [(FIRST, MissingAgain::Request)]);
}

#[test]
fn a_second_restore_names_what_was_asked_for_anew_and_not_the_first_as_well() {
    let stage = Stage::family();
    stage.put(entry(FIRST, 60, approved(1)));
    restored(&stage, &[]);
    let again = HoursEntry { id: anew(id(FIRST)), ..entry(FIRST, 60, approved(1)) };
    sends(&stage, 8, std::slice::from_ref(&again), false);
    assert_eq!(shown(&stage), []);
    sends(&stage, 9, &[], false);
    sends(&stage, 9, &[], false);
    assert_eq!(shown(&stage), [(again.id.uuid().as_u128(), MissingAgain::Request)]);
}

#[test]
fn a_correction_that_is_lost_corrects_what_is_there_and_never_counts_beside_it() {
    let corrected = |number, corrects, minutes, state| HoursEntry {
        corrects: Some(id(corrects)),
        reason: "提前离开".into(),
        ..entry(number, minutes, state)
    };
    let stage = Stage::family();
    stage.put(entry(FIRST, 60, approved(1)));
    stage.put(corrected(FIRST + 1, FIRST, 50, approved(2)));
    stage.put(corrected(FIRST + 2, FIRST + 1, 30, approved(3)));
    restored(&stage, &[]);
    assert_eq!(shown(&stage), [(FIRST + 2, MissingAgain::Request)], "the last of them alone stood");
    sends(&stage, 8, &[entry(FIRST, 60, HoursState::Waiting)], false);
    assert_eq!(shown(&stage), [(FIRST + 2, MissingAgain::Later)]);
    sends(&stage, 8, &[entry(FIRST, 60, approved(1))], false);
    assert_eq!(shown(&stage), [(FIRST + 2, MissingAgain::Correct)]);
    let HoursAct::CorrectHours(wish) = step(&stage, FIRST + 2) else { panic!("it is corrected") };
    assert_eq!(
        (wish.corrects, wish.minutes, wish.reason.as_str()),
        (id(FIRST), 30, "提前离开\n恢复前已有记录")
    );
    sends(&stage, 8, &[corrected(FIRST + 5, FIRST, 40, HoursState::Waiting)], false);
    assert_eq!(shown(&stage), [], "somebody corrected it otherwise");
}

#[test]
fn what_is_too_old_to_be_asked_for_is_said_and_not_asked() {
    let stage = Stage::family();
    stage.put(HoursEntry { day: date(2025, 11, 1), ..entry(FIRST, 60, approved(1)) });
    restored(&stage, &[]);
    assert_eq!(shown(&stage), [(FIRST, MissingAgain::TooOld)]);
}
