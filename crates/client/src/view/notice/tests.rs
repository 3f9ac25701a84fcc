use xinmei_model::{
    Act, Answer, AnsweredBy, Ask as Asked, Attachment, Audience, Booking, BookingState, ChildFile, Entered,
    FileHash, FileKind, Given, Id, Link, List, NoticeDraft, NoticeState, Reply, Right, Rights, RoleKind,
    Seat, Target, Why,
};

use super::{child_files::matched, list, open, preview::preview};
use crate::{
    api::{
        audience::{AudienceName, Because, EventPart},
        child_file::{Match, MatchedFile, StrayWhy},
        notice::Preview,
        sync::ItemState,
    },
    view::{
        stage::{CLASS, EAST_CLASS, SCHOOL, Stage, TEACHER, YUTONG, at, id},
        today::teacher,
    },
};

const NOTICE: u128 = 100;
const EVENT: u128 = 200;

/// A class of three: two of one name, one of whom nobody reads for.
fn class_of_three() -> Stage {
    let stage = Stage::teacher();
    stage.child(YUTONG, "李雨桐", "20240412", CLASS);
    stage.child(32, "王子涵", "20240403", CLASS);
    stage.child(33, "王子涵", "20240409", CLASS);
    stage.link(40, 50, "李建国", YUTONG, true);
    stage.link(41, 51, "刘芳", YUTONG, true);
    stage.link(42, 52, "王强", 32, true);
    stage.link(43, 53, "王伟", 33, false);
    stage
}

fn whole_class() -> Audience {
    Audience { include: vec![Target::Place(id(CLASS))], except: Vec::new() }
}

#[test]
fn two_children_of_one_name_are_told_apart_and_others_are_not_numbered() {
    let stage = class_of_three();
    let sheet = {
        stage.notice(NOTICE, CLASS, "秋游", None);
        stage.read(|reading| open(reading, id(NOTICE), None)).sheet
    };
    let names: Vec<_> =
        sheet.iter().map(|cell| (cell.child.name.as_str(), cell.child.tail.as_str())).collect();
    assert_eq!(names, [("王子涵", "0403"), ("王子涵", "0409"), ("李雨桐", "")], "in 学号 order");
    assert_eq!(sheet[1].unreached, Some(Why::NotJoined));
    assert_eq!(sheet[2].guardians.len(), 2);
}

#[test]
fn the_preview_counts_families_and_says_who_is_left_out() {
    let stage = class_of_three();
    let previewed =
        stage.read(|reading| preview(reading, &Preview { audience: whole_class(), send_at: None }));
    assert_eq!((previewed.families, previewed.children, previewed.both), (2, 2, 1));
    assert_eq!(previewed.list[0].children[0].tail, "0403");
    assert_eq!(previewed.unreached.len(), 1);
    assert_eq!(previewed.unreached[0].child.tail, "0409");
    assert_eq!(previewed.unreached[0].why, Why::NotJoined);
    assert!(previewed.left_out.is_empty());
    assert_eq!(previewed.as_of, None, "the school has just answered");
    assert_eq!(previewed.noise.today, 0);
}

#[test]
fn a_notice_on_this_computer_stands_on_its_authors_list() {
    let stage = class_of_three();
    let notice = NoticeDraft {
        id: id(NOTICE),
        audience: whole_class(),
        families_seen: 2,
        title: "秋游".into(),
        body: String::new(),
        ask: Asked::Acknowledge,
        answered_by: AnsweredBy::AnyGuardian,
        due: None,
        send_at: None,
        supersedes: None,
        keeps_answers: false,
        asks_again: Default::default(),
        changed: None,
        class_reads: false,
        reminds: false,
        alert: None,
        files: Vec::new(),
    };
    stage.wish(Act::SendNotice { notice });
    let notices = stage.read(list).notices;
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0].pending, Some(ItemState::Saved));
    assert!(matches!(notices[0].state, NoticeState::Held { .. }));
    let day = stage.read(teacher::today);
    assert_eq!(day.held[0].families, 2);
    assert_eq!(day.held[0].until, None, "nothing counts down before the school has it");
    assert_eq!(day.held[0].pending, Some(ItemState::Saved));
    assert_eq!(
        stage
            .read(|reading| preview(reading, &Preview { audience: whole_class(), send_at: None }))
            .noise
            .today,
        1,
        "one request today already"
    );
}

#[test]
fn a_teacher_sees_who_is_silent_and_who_has_not_joined() {
    let stage = class_of_three();
    stage.notice(NOTICE, CLASS, "秋游", Some("11-24T18:00"));
    stage.put(Answer {
        id: xinmei_model::derived("answer", id::<()>(NOTICE).uuid(), id::<()>(32).uuid()),
        notice: id(NOTICE),
        child: id(32),
        version: 1,
        given: Given {
            reply: Reply::Acknowledge,
            guardian: id(52),
            guardian_name: "王强".into(),
            relation: None,
            entered: None,
            at: at("11-21T10:00").timestamp(),
        },
        earlier: Vec::new(),
    });
    let day = stage.read(teacher::today);
    let progress = &day.unanswered[0];
    assert_eq!((progress.children, progress.answered), (2, 1));
    let silent: Vec<_> = progress.silent.iter().map(|child| child.name.as_str()).collect();
    assert_eq!(silent, ["李雨桐"], "only those who were reached");
    assert_eq!((day.not_joined[0].guardians, day.not_joined[0].joined), (4, 3));
    // 代办 for a child nobody told: the reached family is as silent as before.
    let unreached: Id<xinmei_model::Child> = id(33);
    stage.put(Answer {
        id: xinmei_model::derived("answer", id::<()>(NOTICE).uuid(), unreached.uuid()),
        notice: id(NOTICE),
        child: unreached,
        version: 1,
        given: Given {
            reply: Reply::Acknowledge,
            guardian: id(51),
            guardian_name: "李建国".into(),
            relation: None,
            entered: Some(Entered { by: "张晓梅".into(), note: "".into() }),
            at: at("11-21T10:00").timestamp(),
        },
        earlier: Vec::new(),
    });
    let day = stage.read(teacher::today);
    assert_eq!((day.unanswered[0].children, day.unanswered[0].answered), (2, 1), "not done");
    let line = &stage.read(list).notices[0];
    assert!(line.mine && line.author == "张晓梅");
    assert_eq!((line.of, line.answered), (2, 1));
    assert_eq!(stage.read(|reading| Ok(reading.me)), id(TEACHER));
}

#[test]
fn who_may_read_and_not_decide_is_not_asked_to_answer() {
    let stage = Stage::family();
    stage.notice(NOTICE, CLASS, "秋游", None);
    let may_answer = || stage.read(|reading| open(reading, id(NOTICE), None)).sheet[0].may_answer;
    assert!(may_answer());
    let links = stage.read(|reading| reading.snapshot.list::<Link>(List::LinksOf(id(YUTONG))));
    let rights = Rights::granted(&[Right::Messages], jiff::civil::date(2026, 9, 1), "office");
    stage.put(Link { rights, ..links[0].clone() });
    assert!(!may_answer(), "acknowledging takes the right to decide");
}

fn own_file(child: u128, name: &str) -> ChildFile {
    let (notice, child) = (id(NOTICE), id(child));
    let sha256 = FileHash::of(name.as_bytes());
    let file = Attachment { sha256, name: name.into(), kind: FileKind::Pdf, bytes: 9, picture: None };
    ChildFile { id: ChildFile::of(notice, child), notice, child, file }
}

#[test]
fn files_are_matched_by_the_number_and_what_is_nobodys_says_why() {
    let stage = class_of_three();
    stage.child(34, "何静", "20240501", EAST_CLASS);
    stage.notice(NOTICE, CLASS, "成绩", None);
    stage.put(own_file(33, "20240409.pdf"));
    let names = ["20240412-李雨桐.pdf", "20240403-李雨桐.pdf", "合影.pdf"].map(String::from).to_vec();
    let ask = |keeps| Match { audience: whole_class(), names: names.clone(), keeps };
    let found = stage.read(|reading| matched(reading, &ask(Some(id(NOTICE)))));
    let files: Vec<_> = found.children.iter().map(|one| (one.number.as_str(), one.file.clone())).collect();
    let kept = MatchedFile::Kept { name: "20240409.pdf".into() };
    let expected =
        [("20240403", MatchedFile::None), ("20240409", kept), ("20240412", MatchedFile::Given { at: 0 })];
    assert_eq!(files, expected);
    let [named, unknown] = found.strays.as_slice() else { panic!("{:?}", found.strays) };
    assert!(matches!(&named.why, StrayWhy::NamesAnother { other, .. } if other.name == "李雨桐"));
    assert!(unknown.at == 2 && matches!(unknown.why, StrayWhy::Unknown));
}

#[test]
fn a_guardian_who_works_here_sees_only_the_own_childs_file_in_the_guardians_hat() {
    let stage = Stage::family();
    stage.child(32, "王子涵", "20240403", CLASS);
    stage.notice(NOTICE, CLASS, "成绩", None);
    stage.put(own_file(YUTONG, "20240412.pdf"));
    stage.put(own_file(32, "20240403.pdf"));
    let own = stage.read(|reading| open(reading, id(NOTICE), None)).child_files;
    let names: Vec<_> = own.iter().map(|one| one.file.attachment.name.as_str()).collect();
    assert_eq!(names, ["20240412.pdf"]);
}

#[test]
fn who_comes_is_listed_with_why_and_who_only_reads_about_the_child_is_left_out() {
    let stage = Stage::staff(RoleKind::Coordinator, "活动协调员", SCHOOL);
    stage.event(EVENT, [1, 0]);
    stage.child(YUTONG, "李雨桐", "20240412", CLASS);
    stage.child(32, "王子涵", "20240403", CLASS);
    stage.link(40, 50, "李建国", YUTONG, true);
    stage.link(41, 51, "刘芳", YUTONG, true);
    stage.link(42, 52, "王强", 32, true);
    let links = stage.read(|reading| reading.snapshot.list::<Link>(List::LinksOf(id(YUTONG))));
    let reads = links.iter().find(|link| link.guardian == id(51)).unwrap();
    let rights = Rights::granted(&[Right::Messages], jiff::civil::date(2026, 9, 1), "office");
    stage.put(Link { rights, ..reads.clone() });
    let booking = Booking {
        id: id(310),
        session: id(EVENT + 1),
        pool: None,
        event: id(EVENT),
        guardian: id(50),
        guardian_name: "李建国".into(),
        entered: None,
        children: 1,
        adults: 1,
        size: 1,
        state: BookingState::Confirmed,
        seq: 1,
        at: at("11-21T09:00").timestamp(),
        generation: 0,
        seen_by: Vec::new(),
        answers: vec![],
        put_back: None,
        wishes: vec![],
        drawn: None,
        hold: None,
        missed: false,
        released: None,
    };
    stage.put(Seat {
        id: id(311),
        child: id(YUTONG),
        child_name: "李雨桐".into(),
        booking: booking.id,
        session: booking.session,
        event: booking.event,
        gone: false,
    });
    stage.put(booking);
    let audience = Audience { include: vec![Target::Event(id(EVENT))], except: Vec::new() };
    let previewed = stage.read(|reading| preview(reading, &Preview { audience, send_at: None }));
    assert_eq!((previewed.families, previewed.left_out.len()), (1, 1));
    assert_eq!(previewed.left_out[0].why, Why::CannotReceive);
    let [Because::Event { title, session, who: EventPart::Comes }] = previewed.list[0].because.as_slice()
    else {
        panic!("{:?}", previewed.list[0].because)
    };
    assert_eq!((title.as_str(), session.name.as_str()), ("家长开放日", "第 1 场"));
    let reach = stage.read(super::audience::reach);
    let choices: Vec<_> =
        reach.activities.iter().map(|name| matches!(name, AudienceName::Event { .. })).collect();
    assert_eq!(choices, [true; 4], "all who come, of two sessions those of each, and who waits");
}

#[test]
fn requests_to_who_comes_weigh_on_their_classes_and_on_no_others() {
    let stage = Stage::staff(RoleKind::Coordinator, "活动协调员", SCHOOL);
    stage.event(EVENT, [0, 0]);
    stage.child(YUTONG, "李雨桐", "20240412", CLASS);
    stage.link(40, 50, "李建国", YUTONG, true);
    stage.notice(NOTICE, CLASS, "秋游", None);
    let today = |audience: Audience| {
        stage.read(|reading| preview(reading, &Preview { audience, send_at: None })).noise.today
    };
    let notices = stage.read(|reading| reading.notices());
    let sent = stage.read(|reading| Ok(NoticeState::Sent { at: reading.now }));
    stage.put(xinmei_model::Notice { state: sent, ..notices[0].clone() });
    assert_eq!(today(whole_class()), 1);
    let event = Audience { include: vec![Target::Event(id(EVENT))], except: Vec::new() };
    assert_eq!(today(event), 0, "nobody comes: nobody is asked twice");
}

#[test]
fn each_class_is_counted_by_itself_and_the_one_that_was_asked_most_is_named() {
    let stage = Stage::staff(RoleKind::Coordinator, "活动协调员", SCHOOL);
    let now = stage.read(|reading| Ok(NoticeState::Sent { at: reading.now }));
    let asks = |notice: u128, audience: Audience| {
        stage.notice(notice, CLASS, "秋游", None);
        let row: xinmei_model::Notice = stage.read(|reading| reading.snapshot.get(id(notice))).unwrap();
        stage.put(xinmei_model::Notice { state: now.clone(), audience, ..row });
    };
    let of = |include: &[u128], except: &[u128]| {
        let places = |places: &[u128]| places.iter().map(|place| Target::Place(id(*place))).collect();
        Audience { include: places(include), except: places(except) }
    };
    let noise = |audience: Audience| {
        let noise = stage.read(|reading| preview(reading, &Preview { audience, send_at: None })).noise;
        (noise.today, noise.class.map(|class| class.id))
    };
    asks(NOTICE, of(&[CLASS], &[]));
    asks(NOTICE + 1, of(&[EAST_CLASS], &[]));
    assert_eq!(noise(of(&[SCHOOL], &[])).0, 1, "each of them was asked once");
    asks(NOTICE + 2, of(&[SCHOOL], &[CLASS]));
    assert_eq!(noise(of(&[SCHOOL], &[])), (2, Some(id(EAST_CLASS))));
    assert_eq!(noise(of(&[SCHOOL], &[EAST_CLASS])), (1, Some(id(CLASS))));
    stage.child(YUTONG, "李雨桐", "20240412", CLASS);
    let family = Audience { include: vec![Target::Child(id(YUTONG))], except: Vec::new() };
    asks(NOTICE + 3, family.clone());
    assert_eq!(noise(family), (2, None), "what its class was asked, and what it was asked alone");
    assert_eq!(noise(of(&[CLASS], &[])).0, 1, "one family is not the class");
}
