//! Rows to be told of.

use jiff::civil::date;
use uuid::Uuid;
use xinmei_model::{
    Alert, AlertStatus, Answer, BookingState, Came, Capacity, Certainty, Conversation, DayPart,
    FamilyRequest, Given, Id, Marked, Message, MsgType, Notice, NoticeState, Partner, PersonalQuiet,
    Preference, Reply, RequestState, RollMark, RollState, Severity, Side, Speaker, Urgency, Wanted,
};

use super::{NOTICE, TALK};
use crate::view::stage::{CLASS, FATHER, Stage, TEACHER, TEACHER_ROLE, YUTONG, at, id};

pub(super) fn prefer(stage: &Stage, person: u128, quiet: PersonalQuiet, digest: Option<jiff::civil::Time>) {
    stage.put(Preference { quiet, digest, ..Preference::usual(id(person)) });
}

/// A conversation of the father and the teacher about 雨桐: what the teacher said, at these times.
pub(super) fn talk(stage: &Stage, said: &[&str]) {
    let since = at("11-20T08:00").timestamp();
    let last = at(said[said.len() - 1]).timestamp();
    stage.put(Conversation {
        id: id(TALK),
        child: id(YUTONG),
        with: vec![Partner {
            role: id(TEACHER_ROLE),
            person: id(TEACHER),
            name: "张晓梅".into(),
            title: "班主任".into(),
            came: Came::First,
            since,
            reads_only: false,
        }],
        inboxes: Vec::new(),
        title: "数学书".into(),
        opened: since,
        messages: u32::try_from(said.len()).unwrap(),
        last,
        last_side: Side::School,
        in_a_row: 1,
        ended: None,
        stopped: Vec::new(),
    });
    for (seq, when) in (1..).zip(said) {
        stage.put(message(seq, when));
    }
}

pub(super) fn message(seq: u32, when: &str) -> Message {
    let by = Speaker {
        person: id(TEACHER),
        name: "张晓梅".into(),
        capacity: Capacity::Staff { title: "班主任".into() },
    };
    Message {
        id: id(TALK * 1_000 + u128::from(seq)),
        conversation: id(TALK),
        child: id(YUTONG),
        seq,
        by,
        text: format!("第 {seq} 句"),
        quotes: None,
        at: at(when).timestamp(),
        earlier: Vec::new(),
        deleted: None,
        received: Vec::new(),
        files: Vec::new(),
    }
}

pub(super) fn request(stage: &Stage, state: RequestState) {
    let day = date(2026, 11, 25);
    stage.put(FamilyRequest {
        id: id(800),
        child: id(YUTONG),
        wanted: Wanted::Leave { from: day, to: day, part: DayPart::WholeDay, reason: "发烧".into() },
        guardian: id(FATHER),
        guardian_name: "李建国".into(),
        entered: None,
        state,
        earlier: Vec::new(),
        at: at("11-22T08:00").timestamp(),
    });
}

pub(super) fn answered(stage: &Stage, child: u128, guardian: u128) {
    let given = Given {
        reply: Reply::Acknowledge,
        guardian: id(guardian),
        guardian_name: String::new(),
        relation: None,
        entered: None,
        at: at("11-21T08:00").timestamp(),
    };
    let (notice, child) = (id(NOTICE), id(child));
    let row = Uuid::from_u128(9_000 + child.uuid().as_u128());
    stage.put(Answer { id: Id::new(row), notice, child, version: 1, given, earlier: Vec::new() });
}

pub(super) fn offered(stage: &Stage, until: &str) {
    stage.booking(300, 200, BookingState::Offered { until: at(until).timestamp() });
}

/// A class whose roof is on fire, or was.
pub(super) fn alarm(stage: &Stage, notice: u128, msg_type: MsgType, expires: Option<&str>) {
    stage.notice(notice, CLASS, "请到操场", None);
    let mut row: Notice = stage.read(|reading| reading.snapshot.get(id(notice))).unwrap();
    row.alert = Some(Alert {
        status: AlertStatus::Actual,
        msg_type,
        urgency: Urgency::Immediate,
        severity: Severity::Severe,
        certainty: Certainty::Observed,
        roll_call: false,
        expires: expires.map(at),
    });
    row.state = NoticeState::Sent { at: at("11-23T10:25").timestamp() };
    stage.put(row);
}

/// A child needs help, somebody says in the roll-call of an alert.
pub(super) fn marked(stage: &Stage, incident: u128, child: u128, by: u128) {
    let said = Marked {
        state: RollState::NeedsHelp,
        note: String::new(),
        by: id(by),
        by_name: "李建国".into(),
        by_title: String::new(),
        at: at("11-23T10:20").timestamp(),
    };
    let (incident, child) = (id(incident), id(child));
    stage.put(RollMark {
        id: RollMark::of(incident, child),
        incident,
        child,
        version: 1,
        said,
        earlier: vec![],
    });
}
