mod rows;
mod shift;
mod turns;

use jiff::civil::time;
use rows::{alarm, answered, marked, message, offered, prefer, request, talk};
use xinmei_model::{
    Act, Answering, Approved, Message, NoticeState, PersonalQuiet, QuietHours, ReadMark, Refusal, Reply,
    RequestState, SignUp,
};

use super::*;
use crate::{
    replica::told,
    view::stage::{CLASS, FATHER, SCHOOL, Stage, TEACHER, TEACHER_ROLE, YUCHEN, YUTONG, at, id},
};

const NOTICE: u128 = 100;
const TALK: u128 = 700;

/// The device has heard since then.
fn hears_since(stage: &Stage, since: &str) {
    let since = at(since).timestamp().to_string();
    stage.replica.write(|conn| Ok(conn.execute("UPDATE heard SET since = ?1", [since])?)).unwrap();
}

/// A family that has been here since the 19th.
fn family() -> Stage {
    let stage = Stage::family();
    hears_since(&stage, "11-19T08:00");
    stage
}

fn teacher() -> Stage {
    let stage = Stage::teacher();
    stage.child(YUTONG, "李雨桐", "20240412", CLASS);
    hears_since(&stage, "11-19T08:00");
    stage
}

fn planned(stage: &Stage) -> Plan {
    stage.replica.read(plan).unwrap()
}

/// Tells what is due, as the computer does.
fn told(stage: &Stage) -> Vec<Note> {
    let plan = planned(stage);
    stage.replica.write(|conn| told::mark(conn, plan.keys(), plan.now)).unwrap();
    plan.tell
}

fn titles(notes: &[Note]) -> Vec<&str> {
    notes.iter().map(|note| note.title.as_str()).collect()
}

fn names(note: &Note) -> Vec<&str> {
    note.children.iter().map(|child| child.name.as_str()).collect()
}

#[test]
fn what_was_there_before_the_device_is_not_news() {
    let stage = Stage::family();
    stage.notice(NOTICE, CLASS, "春游回执", Some("11-24T18:00"));
    talk(&stage, &["11-20T09:00"]);
    request(
        &stage,
        RequestState::Agreed {
            by: "张晓梅".into(), note: String::new(), at: at("11-22T09:00").timestamp()
        },
    );
    let plan = planned(&stage);
    assert_eq!((titles(&plan.tell), plan.waiting, plan.standing.len()), (Vec::new(), 0, 0));
}

#[test]
fn a_notice_is_told_once_with_its_children_and_opens_in_the_hat_it_is_for() {
    let stage = family();
    stage.notice(NOTICE, SCHOOL, "春游回执", Some("11-24T18:00"));
    let notes = told(&stage);
    assert_eq!((titles(&notes), names(&notes[0])), (vec!["春游回执"], vec!["李雨桐", "李雨辰"]));
    let opens = Opening { hat: Some(Hat::Guardian), at: OpensAt::Notice { notice: id(NOTICE) } };
    assert_eq!((&notes[0].opens, notes[0].to_do), (&opens, true));
    assert_eq!(told(&stage), []);
    assert!(planned(&stage).standing.contains(&notes[0].keys[0]), "it may stay on the screen");
}

#[test]
fn what_was_recalled_or_answered_elsewhere_before_it_was_told_is_not_told() {
    let stage = family();
    stage.notice(NOTICE, CLASS, "春游回执", None);
    let mut notice: Notice = stage.read(|reading| reading.snapshot.get(id(NOTICE))).unwrap();
    answered(&stage, YUTONG, FATHER);
    assert_eq!(planned(&stage).tell, []);
    notice.id = id(NOTICE + 1);
    notice.state = NoticeState::Recalled { at: at("11-20T11:00").timestamp(), words: String::new() };
    stage.put(notice);
    assert_eq!(planned(&stage).tell, []);
}

#[test]
fn what_the_other_guardian_answered_is_still_told() {
    let stage = family();
    stage.notice(NOTICE, CLASS, "春游回执", None);
    answered(&stage, YUTONG, TEACHER);
    assert_eq!(titles(&planned(&stage).tell), ["春游回执"]);
}

#[test]
fn a_reminder_reaches_who_is_silent_and_takes_the_place_of_the_notice() {
    let stage = family();
    stage.notice(NOTICE, SCHOOL, "春游回执", Some("11-24T18:00"));
    let mut notice: Notice = stage.read(|reading| reading.snapshot.get(id(NOTICE))).unwrap();
    notice.reminded = Some(at("11-23T09:00").timestamp());
    stage.put(notice.clone());
    let notes = told(&stage);
    assert_eq!((notes.len(), &notes[0].what, notes[0].keys.len()), (1, &NoteKind::Reminder, 2));
    assert_eq!(told(&stage), []);
    notice.reminded = Some(at("11-23T10:00").timestamp());
    stage.put(notice.clone());
    answered(&stage, YUTONG, FATHER);
    let notes = told(&stage);
    assert_eq!((&notes[0].what, names(&notes[0])), (&NoteKind::Reminder, vec!["李雨辰"]), "the next one");
    answered(&stage, YUCHEN, FATHER);
    notice.reminded = Some(at("11-23T10:20").timestamp());
    stage.put(notice);
    assert_eq!(told(&stage), []);
}

#[test]
fn messages_of_one_conversation_are_one_and_what_was_read_is_none() {
    let stage = family();
    talk(&stage, &["11-20T09:00", "11-20T09:01", "11-20T09:02"]);
    let read = |up_to| {
        stage.put(ReadMark {
            id: ReadMark::of(id(TALK), id(FATHER), false),
            conversation: id(TALK),
            person: id(FATHER),
            name: String::new(),
            up_to,
            shown: false,
        });
    };
    read(1);
    let notes = planned(&stage).tell;
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].what, NoteKind::Message { by: "张晓梅".into(), messages: 2 });
    let words = serde_json::to_string(&notes).unwrap();
    assert!(!words.contains("句"), "what was said is for the window, not for a locked screen");
    stage.put(Message {
        deleted: Some(at("11-20T09:05").timestamp()),
        text: String::new(),
        ..message(3, "11-20T09:02")
    });
    assert_eq!(planned(&stage).tell[0].what, NoteKind::Message { by: "张晓梅".into(), messages: 1 });
    read(3);
    assert_eq!(planned(&stage).standing.len(), 0);
}

#[test]
fn ones_own_words_are_not_told_and_another_conversation_of_the_school_is_not_ours() {
    let stage = teacher();
    talk(&stage, &["11-20T09:00"]);
    assert_eq!(planned(&stage).tell, []);
    let other = Stage::of(999);
    hears_since(&other, "11-19T08:00");
    talk(&other, &["11-20T09:00"]);
    assert_eq!(planned(&other).tell, []);
}

#[test]
fn a_request_is_told_to_who_answers_it_and_the_answer_to_who_asked() {
    let stage = teacher();
    request(&stage, RequestState::Open);
    let notes = told(&stage);
    assert_eq!(notes[0].what, NoteKind::Request { by: "李建国".into(), pick_up: false });
    assert_eq!((names(&notes[0]), &notes[0].opens.at), (vec!["李雨桐"], &OpensAt::Requests));
    assert!(!serde_json::to_string(&notes).unwrap().contains("发烧"));
    let family = family();
    request(&family, RequestState::Open);
    assert_eq!(told(&family), []);
    request(
        &family,
        RequestState::Declined {
            by: "张晓梅".into(),
            note: String::new(),
            at: at("11-22T09:00").timestamp(),
        },
    );
    assert_eq!(told(&family)[0].what, NoteKind::Answered { agreed: Some(false), pick_up: false });
    assert_eq!(told(&family), []);
}

#[test]
fn an_offered_seat_is_told_by_itself_until_it_is_over() {
    let stage = family();
    stage.event(200, [10, 10]);
    offered(&stage, "11-23T11:30");
    stage.notice(NOTICE, CLASS, "春游回执", None);
    talk(&stage, &["11-20T09:00"]);
    prefer(&stage, FATHER, PersonalQuiet::School, Some(time(18, 0, 0, 0)));
    let notes = told(&stage);
    assert_eq!(notes.len(), 2, "the offer, and all else since the last digest");
    assert_eq!(
        (&notes[0].what, notes[0].title.as_str()),
        (&NoteKind::Offer { booking: id(300) }, "家长开放日")
    );
    assert_eq!(notes[1].what, NoteKind::Digest { notes: 2, to_do: 1 });
    offered(&stage, "11-23T10:29");
    assert_eq!(told(&stage), []);
}

#[test]
fn quiet_hours_and_a_digest_hold_it_and_say_until_when() {
    let stage = family();
    let notice = |id_, sent: &str| {
        stage.notice(id_, CLASS, "春游回执", None);
        let mut row: Notice = stage.read(|reading| reading.snapshot.get(id(id_))).unwrap();
        row.state = NoticeState::Sent { at: at(sent).timestamp() };
        stage.put(row);
    };
    notice(NOTICE, "11-23T10:00");
    let hours = QuietHours { from: time(10, 0, 0, 0), until: time(11, 0, 0, 0) };
    prefer(&stage, FATHER, PersonalQuiet::Own { hours }, None);
    let plan = planned(&stage);
    assert_eq!((plan.tell.len(), plan.waiting, plan.next), (0, 1, Some(at("11-23T11:00").timestamp())));
    assert_eq!(plan.sleep(), Some(SignedDuration::from_mins(30)));
    prefer(&stage, FATHER, PersonalQuiet::Never, Some(time(18, 0, 0, 0)));
    notice(NOTICE + 1, "11-22T19:00");
    notice(NOTICE + 2, "11-22T17:00");
    let plan = planned(&stage);
    assert_eq!((plan.tell.len(), plan.waiting, plan.next), (1, 2, Some(at("11-23T18:00").timestamp())));
    assert_eq!(plan.tell[0].title, "春游回执", "of one there is no digest");
}

#[test]
fn an_alert_waits_for_nothing_and_stands_alone_until_it_is_over() {
    let stage = family();
    let hours = QuietHours { from: time(8, 0, 0, 0), until: time(12, 0, 0, 0) };
    prefer(&stage, FATHER, PersonalQuiet::Own { hours }, Some(time(18, 0, 0, 0)));
    alarm(&stage, NOTICE, MsgType::Alert, None);
    alarm(&stage, NOTICE + 1, MsgType::Cancel, None);
    alarm(&stage, NOTICE + 2, MsgType::Alert, Some("11-23T10:29"));
    stage.notice(NOTICE + 3, CLASS, "春游回执", None);
    let plan = planned(&stage);
    let kinds = plan.tell.iter().map(|note| match &note.what {
        NoteKind::Alert { msg_type, exercise: false, .. } => (*msg_type, note.urgent),
        other => panic!("{other:?}"),
    });
    let mut kinds: Vec<_> = kinds.collect();
    kinds.sort_by_key(|(kind, _)| *kind == MsgType::Cancel);
    assert_eq!(kinds, [(MsgType::Alert, true), (MsgType::Cancel, true)]);
    assert_eq!(plan.waiting, 2, "what is over is told when the quiet hours are");
}

#[test]
fn a_refused_wish_is_told_once_and_opens_the_outbox() {
    let stage = family();
    let wish = stage.wish(Act::SignUp(SignUp {
        booking: id(300),
        session: id(201),
        children: vec![id(YUTONG)],
        adults: 1,
        answers: vec![],
        others: vec![],
        on_behalf_of: None,
    }));
    assert_eq!(told(&stage), []);
    stage.push();
    stage.refuse(wish, Refusal::Full);
    let notes = told(&stage);
    assert_eq!(
        (&notes[0].what, &notes[0].opens.at),
        (&NoteKind::Failed { act: "sign-up".into() }, &OpensAt::Outbox)
    );
    assert_eq!(told(&stage), []);
}

#[test]
fn many_at_once_come_as_one_and_are_all_told_by_it() {
    let stage = family();
    for number in 0..6 {
        stage.notice(NOTICE + number, CLASS, "春游回执", None);
    }
    let notes = told(&stage);
    assert_eq!(
        notes.iter().map(|note| &note.what).collect::<Vec<_>>(),
        [&NoteKind::Digest { notes: 6, to_do: 6 }]
    );
    assert_eq!(notes[0].opens, Opening { hat: Some(Hat::Guardian), at: OpensAt::Today });
    assert_eq!(told(&stage), []);
}

#[test]
fn what_one_hat_answers_is_told_also_while_another_is_on() {
    let stage = teacher();
    stage.link(40, TEACHER, "张晓梅", YUTONG, true);
    request(&stage, RequestState::Open);
    stage.replica.write(|conn| crate::replica::meta::put(conn, "hat", r#"{"is":"guardian"}"#)).unwrap();
    let notes = told(&stage);
    assert_eq!(notes[0].opens.hat, Some(Hat::Staff { role: id(TEACHER_ROLE) }));
}

#[test]
fn an_answer_given_here_is_not_asked_for_again() {
    let stage = family();
    stage.notice(NOTICE, CLASS, "春游回执", Some("11-24T18:00"));
    stage.wish(Act::Answer(Answering::new(id(NOTICE), id(YUTONG), Reply::Acknowledge)));
    assert_eq!(told(&stage), []);
}

#[test]
fn an_author_is_told_what_somebody_else_said_to_a_notice_for_the_whole_school() {
    let stage = teacher();
    stage.notice(NOTICE, SCHOOL, "家校共育月安排", None);
    let notice: Notice = stage.read(|reading| reading.snapshot.get(id(NOTICE))).unwrap();
    assert_eq!(told(&stage), [], "it is one's own");
    let (by, title, when) = ("何敏".to_owned(), "校长".to_owned(), at("11-23T10:00").timestamp());
    let reason = "时间写错了".into();
    let declined = NoticeState::Declined { by: by.clone(), title: title.clone(), reason, at: when };
    stage.put(Notice { state: declined, ..notice.clone() });
    let notes = told(&stage);
    assert_eq!(
        (titles(&notes), notes[0].to_do),
        (vec!["家校共育月安排"], true),
        "there is something to mend"
    );
    assert_eq!(notes[0].what, NoteKind::Approved { by: by.clone(), agreed: false });
    let approved = Some(Approved { person: id(99), name: by.clone(), title, at: when });
    stage.put(Notice { id: id(NOTICE + 1), approved, ..notice });
    let notes = told(&stage);
    assert_eq!((&notes[0].what, notes[0].to_do), (&NoteKind::Approved { by, agreed: true }, false));
    assert_eq!(told(&stage), []);
}

#[test]
fn a_notice_without_a_deadline_is_reminded_of_too() {
    let stage = family();
    stage.notice(NOTICE, CLASS, "春游回执", None);
    assert_eq!(told(&stage).len(), 1);
    let notice: Notice = stage.read(|reading| reading.snapshot.get(id(NOTICE))).unwrap();
    stage.put(Notice { reminded: Some(at("11-23T09:00").timestamp()), ..notice });
    let notes = told(&stage);
    assert_eq!((notes.len(), &notes[0].what, &notes[0].due), (1, &NoteKind::Reminder, &None));
    assert_eq!(told(&stage), []);
}

#[test]
fn who_answered_the_version_before_is_told_that_it_changed_and_has_nothing_to_do() {
    let stage = family();
    stage.notice(NOTICE, CLASS, "周三放学时间", None);
    answered(&stage, YUTONG, FATHER);
    let notice: Notice = stage.read(|reading| reading.snapshot.get(id(NOTICE))).unwrap();
    // The answer stands, of the day before.
    let sent = NoticeState::Sent { at: at("11-22T10:00").timestamp() };
    stage.put(Notice { state: sent, supersedes: Some(id(NOTICE + 9)), ..notice });
    let notes = told(&stage);
    let what = NoteKind::Notice { by: "张晓梅".into(), changed: true };
    assert_eq!((&notes[0].what, notes[0].to_do), (&what, false));
    assert_eq!(told(&stage), []);
}

#[test]
fn a_child_who_needs_help_wakes_the_staff_of_the_class_while_the_alert_is_on() {
    let stage = teacher();
    alarm(&stage, NOTICE, MsgType::Alert, None);
    told(&stage);
    marked(&stage, NOTICE, YUTONG, TEACHER);
    assert_eq!(told(&stage), [], "who says it knows it");
    stage.child(YUCHEN, "李雨辰", "20240413", CLASS);
    marked(&stage, NOTICE, YUTONG, FATHER);
    marked(&stage, NOTICE, YUCHEN, FATHER);
    let notes = told(&stage);
    assert_eq!(notes[0].what, NoteKind::NeedsHelp { by: "李建国".into(), exercise: false });
    let mut needs = names(&notes[0]);
    needs.sort_unstable();
    assert_eq!((notes.len(), needs, notes[0].urgent), (1, vec!["李雨桐", "李雨辰"], true));
    assert_eq!(notes[0].opens.at, OpensAt::RollCall { incident: id(NOTICE) });
    assert_eq!(told(&stage), []);
    let family = family();
    alarm(&family, NOTICE, MsgType::Alert, None);
    told(&family);
    marked(&family, NOTICE, YUTONG, TEACHER);
    assert_eq!(told(&family), [], "a family is called, not notified");
}
