//! Acts as they stand on the wire and in outboxes. They are fixed for good: a change here breaks a released version.
use uuid::Uuid;
use xinmei_model::{
    Act, Addressee, Alert, AlertStatus, AnsweredBy, Answering, Appointing, ArrivalMove, Arriving, Ask,
    Attachment, Audience, BookingChange, Break, Certainty, Changed, ChildFileDraft, ChildFiles, Choice,
    ConferenceDraft, ConferenceKind, ConversationDraft, Cut, DayPart, DrawDraft, EventDraft,
    FamilyRequestDraft, FieldKind, FileKind, FormField, GateDraft, Id, InboxDraft, Marking, MeetingBooking,
    MeetingWish, MessageText, MsgType, NoticeDraft, OfferDraft, OfficeHours, PersonalQuiet, PostDraft, Proxy,
    QuietHours, Relation, RelationGrants, Reply, ReportDraft, ReportReason, Right, RollState, SeatRule,
    Secret, SessionDraft, Severity, ShiftDraft, SignUp, Target, Urgency, Wanted,
};

use crate::world::plans::at;

fn id<T>(n: u128) -> Id<T> {
    Id::new(Uuid::from_u128(n))
}

fn asks() -> [Ask; 4] {
    let choice = |text: &str, limit| Choice { text: text.into(), limit };
    let field = |label: &str, value| FormField { label: label.into(), value, required: true };
    let kinds = FieldKind::Choice { choices: vec!["水彩".into(), "国画".into()] };
    [
        Ask::Read,
        Ask::Choose { choices: vec![choice("书法", Some(12)), choice("跳绳", None)], most: 1 },
        Ask::FillIn {
            fields: vec![
                field("题目", FieldKind::Text),
                field("画种", kinds),
                field("宽", FieldKind::Number),
                field("哪天", FieldKind::Date),
            ],
        },
        Ask::Sign,
    ]
}

/// The acts of the first release, each with its JSON.
fn acts() -> Vec<(Act, String)> {
    let (starts, ends) = (at("2026-10-13T09:00"), at("2026-10-13T10:00"));
    let notice = NoticeDraft {
        id: id(1),
        audience: Audience { include: vec![Target::Place(id(2))], except: vec![Target::Child(id(3))] },
        families_seen: 2,
        title: "放学 15:40".into(),
        body: "请到东门".into(),
        ask: Ask::Acknowledge,
        answered_by: AnsweredBy::AnyGuardian,
        due: Some(starts.clone()),
        send_at: None,
        supersedes: Some(id(4)),
        keeps_answers: false,
        asks_again: Default::default(),
        changed: Some(Changed { was: "15:00".into(), now: "15:40".into() }),
        class_reads: false,
        reminds: false,
        alert: None,
        files: Vec::new(),
    };
    let (plain, chasing) = (notice.clone(), NoticeDraft { reminds: true, ..notice.clone() });
    let event = EventDraft {
        id: id(1),
        place: id(2),
        title: "家长开放日".into(),
        about: String::new(),
        venue: "校史馆".into(),
        held_in: None,
        programme: "馆校合作".into(),
        tags: Vec::new(),
        eligible: vec![id(3)],
        seat_rule: SeatRule::Everyone,
        family_limit: 2,
        child_limit: 1,
        child_seats: None,
        questions: vec![],
        look: Default::default(),
        waitlist: true,
        theme: None,
        lesson: None,
        partner: None,
        trip: None,
        draw: None,
        opens: starts.clone(),
        closes: starts.clone(),
        withdraw_until: starts.clone(),
        sessions: vec![SessionDraft {
            id: id(4),
            name: "第 1 场".into(),
            starts: starts.clone(),
            ends: ends.clone(),
            capacity: 30,
            pool: None,
            held_in: None,
            eligible: vec![],
            first_timers: false,
            holds: vec![],
        }],
    };
    let post = PostDraft {
        id: id(1),
        place: id(2),
        title: "护学岗".into(),
        about: String::new(),
        meeting_point: "东门".into(),
        programme: String::new(),
        shifts: vec![ShiftDraft { id: id(3), starts: starts.clone(), ends, needed: 2 }],
        terms: Default::default(),
    };
    let sign_up = SignUp {
        booking: id(1),
        session: id(2),
        children: vec![id(3)],
        adults: 1,
        answers: vec![],
        others: vec![],
        on_behalf_of: Some(Proxy::new(id(4), "妈妈来电")),
    };
    let drawn = drawn(&event, &sign_up);
    let grants =
        vec![RelationGrants { relation: Relation::Mother, rights: vec![Right::PickUp], barred: false }];
    let snapshot = include_str!("acts.jsonl").lines().map(str::to_owned);
    let asks = asks().map(|ask| {
        let notice = NoticeDraft { ask, answered_by: AnsweredBy::EachGuardian, ..notice.clone() };
        Act::SendNotice { notice }
    });
    let replies = [
        Reply::Acknowledge,
        Reply::Read,
        Reply::Choose { choices: vec![0, 2] },
        Reply::FillIn { values: vec!["早晨".into(), String::new()], files: Vec::new() },
        Reply::Sign { agrees: true, sha256: "0".repeat(64) },
    ];
    let answers = replies.map(|reply| {
        let on_behalf_of = Some(Proxy::new(id(3), "妈妈来电"));
        Act::Answer(Answering { replaces: 1, on_behalf_of, ..Answering::new(id(1), id(2), reply) })
    });
    let leave = Wanted::Leave {
        from: at("2026-10-13T09:00").date(),
        to: at("2026-10-14T09:00").date(),
        part: DayPart::WholeDay,
        reason: "发烧".into(),
    };
    let pick_up = Wanted::PickUp {
        by: "王建军".into(),
        relation: "外公".into(),
        phone: "13800000001".into(),
        at: at("2026-10-13T16:10"),
    };
    let request = |wanted| {
        let on_behalf_of = Some(Proxy::new(id(3), "妈妈来电"));
        Act::MakeRequest { request: FamilyRequestDraft { id: id(1), child: id(2), wanted, on_behalf_of } }
    };
    let requests = [
        request(leave),
        request(pick_up),
        Act::AnswerRequest { request: id(1), agrees: true, note: "好的".into() },
        Act::WithdrawRequest { request: id(1), on_behalf_of: None },
    ];
    let mut acts = vec![
        Act::SendNotice { notice },
        Act::RecallNotice { notice: id(1), words: String::new() },
        Act::RecallNotice { notice: id(1), words: "时间写错了".into() },
        Act::RemindNotice { notice: id(1) },
        Act::MarkSeen { notice: id(1) },
        Act::PublishEvent { event },
        Act::CancelEvent { event: id(1), reason: "大雨".into() },
        Act::SetCapacity { session: id(1), capacity: 9, cut: None },
        Act::SignUp(sign_up),
        Act::Withdraw { booking: id(1), on_behalf_of: None },
        Act::AcceptOffer { booking: id(1), on_behalf_of: Some(Proxy::new(id(2), "爸爸来电")) },
        Act::DeclineOffer { booking: id(1), on_behalf_of: None },
        Act::PostShifts { post },
        Act::TakeShift { shift: id(1), on_behalf_of: None },
        Act::DropShift { shift: id(1), on_behalf_of: Some(Proxy::new(id(2), "爸爸来电")) },
        Act::DecideRemarks { remarks: vec![id(1)], grants },
        Act::SetRights { link: id(1), rights: vec![Right::Messages], barred: true },
        Act::SetOnPaper { link: id(1), on_paper: true },
    ];
    let quiet = [
        Act::SendNotice { notice: chasing },
        Act::SetQuietHours { quiet: Some(QuietHours::usual()), staff: false },
        Act::SetQuietHours { quiet: None, staff: false },
        Act::SetQuietHours { quiet: None, staff: true },
        Act::SetHoldWindow { seconds: 300 },
        Act::SetTravelTime { minutes: 45 },
        Act::SetHolidays { file: "xinmei-holidays 1 …".into() },
        Act::SetOfficeHours {
            hours: Some(OfficeHours {
                from: jiff::civil::time(8, 0, 0, 0),
                until: jiff::civil::time(17, 30, 0, 0),
            }),
        },
        Act::SetPreferences {
            quiet: PersonalQuiet::Own { hours: QuietHours::usual() },
            digest: Some(jiff::civil::time(18, 0, 0, 0)),
        },
        Act::SetPreferences { quiet: PersonalQuiet::School, digest: None },
    ];
    let calendar =
        [Act::MakeCalendarLink { secret_sha256: "1f".repeat(32).parse().unwrap() }, Act::EndCalendarLink];
    acts.extend(asks.into_iter().chain(answers).chain(requests).chain(talk()).chain(quiet));
    let later = gates(starts.timestamp()).into_iter().chain(drawn).chain(meetings());
    acts.extend(alarm(&plain).into_iter().chain(calendar).chain(later));
    assert_eq!(acts.len(), snapshot.clone().count());
    acts.into_iter().zip(snapshot).collect()
}

/// Check-in of an event, from setting it up to taking a gate's seats.
fn gates(at: jiff::Timestamp) -> [Act; 11] {
    let arriving = Arriving {
        arrival: id(7),
        gate: id(2),
        session: id(3),
        booking: Some(id(4)),
        name: String::new(),
        seats: 2,
        extra: 0,
        at,
        on_paper: false,
    };
    let (booking, name) = (None, "沈家".to_owned());
    let walks_in = Arriving { booking, name, seats: 0, extra: 1, on_paper: true, ..arriving.clone() };
    [
        Act::OpenCheckIn { event: id(1) },
        Act::AppointSteward(Appointing { event: id(1), role: id(6), ends: true }),
        Act::OpenGate { gate: GateDraft { id: id(2), event: id(1), name: "北门".into() } },
        Act::LeaseSeats { gate: id(2), session: id(3), seats: 4 },
        Act::Arrive(arriving),
        Act::Arrive(walks_in),
        Act::CorrectArrival { arrival: id(7), to: ArrivalMove::Left },
        Act::ReleaseNoShows { session: id(3), families: 2 },
        Act::AgreeRelease { gate: id(2), round: 1 },
        Act::CloseGate { gate: id(2) },
        Act::RevokeGate { gate: id(2) },
    ]
}

/// An event whose seats are drawn, an entry, its change, and the draw.
fn drawn(event: &EventDraft, sign_up: &SignUp) -> [Act; 4] {
    let plan = DrawDraft {
        secret: Secret::new([0x1f; 32]),
        public_value: "上证指数收盘价".into(),
        decimals: 2,
        known: at("2026-10-13T09:00"),
    };
    let change = BookingChange {
        booking: id(1),
        children: vec![id(3)],
        adults: 1,
        answers: vec![],
        wishes: vec![id(5), id(2)],
        generation: 0,
        on_behalf_of: None,
    };
    [
        Act::PublishEvent { event: EventDraft { draw: Some(plan), ..event.clone() } },
        Act::SignUp(SignUp { others: vec![id(5)], ..sign_up.clone() }),
        Act::ChangeBooking(change),
        Act::Draw { event: id(1), value: "3902.81".into() },
    ]
}

/// An alert, where a child is, a second person's word, and a file of its own for each child.
fn alarm(plain: &NoticeDraft) -> [Act; 5] {
    let alert = Alert {
        status: AlertStatus::Exercise,
        msg_type: MsgType::Update,
        urgency: Urgency::Immediate,
        severity: Severity::Moderate,
        certainty: Certainty::Observed,
        roll_call: true,
        expires: None,
    };
    let (incident, child, note) = (id(1), id(2), "在医务室".into());
    let marking = Marking { incident, child, state: RollState::NeedsHelp, note, replaces: 1 };
    let (sha256, name) = ("3".repeat(64).parse().unwrap(), "20230217.pdf".into());
    let file = Attachment { sha256, name, kind: FileKind::Pdf, bytes: 9, picture: None };
    let child_files = ChildFiles { files: vec![ChildFileDraft { child: id(2), file }], keeps: true };
    [
        Act::SendNotice { notice: NoticeDraft { alert: Some(alert), ..plain.clone() } },
        Act::MarkRollCall(marking),
        Act::ApproveNotice { notice: id(1) },
        Act::DeclineNotice { notice: id(1), reason: "时间写错了".into() },
        Act::SendChildFiles { notice: plain.clone(), child_files },
    ]
}

/// Acts of conferences.
fn meetings() -> [Act; 12] {
    let (opens, closes) = (at("2026-10-13T09:00"), at("2026-10-13T10:00"));
    let offer = OfferDraft {
        id: id(1),
        conference: id(2),
        place: id(3),
        room: "203".into(),
        from: opens.clone(),
        until: closes.clone(),
        minutes: 10,
        buffer: 5,
        breaks: vec![],
    };
    let breaks = vec![Break { from: opens.clone(), until: closes.clone() }];
    let starts = opens.timestamp();
    let conference = ConferenceDraft {
        id: id(1),
        kind: ConferenceKind::Guidance,
        place: id(2),
        title: "家校共育指导站".into(),
        about: "请先想好一个问题".into(),
        opens,
        closes,
        minutes: 40,
    };
    let cut = || Some(Cut { reason: "上午有课".into(), families: 1 });
    let (child, words) = (id(2), "想聊聊数学".into());
    let booking = MeetingBooking {
        conference: id(1),
        meetings: vec![MeetingWish { offer: id(2), starts, child: id(3) }],
        on_behalf_of: Some(Proxy::new(id(4), "妈妈来电")),
    };
    [
        Act::OpenConference { conference: conference.clone() },
        Act::ChangeConference { conference, version: 2 },
        Act::CancelConference { conference: id(1), reason: "台风".into() },
        Act::OfferSlots { offer: offer.clone(), cut: None },
        Act::OfferSlots { offer: OfferDraft { breaks, ..offer }, cut: cut() },
        Act::WithdrawSlots { offer: id(1), cut: cut() },
        Act::PleaseCome { conference: id(1), child, words: String::new(), ends: false },
        Act::PleaseCome { conference: id(1), child, words, ends: true },
        Act::BookMeetings(booking),
        Act::WithdrawMeeting { meeting: id(1), on_behalf_of: None },
        Act::CancelMeeting { meeting: id(1), reason: "临时开会".into() },
        Act::WriteMeetingNote { meeting: id(1), text: "每天一起散步".into() },
    ]
}

/// Acts of conversations.
fn talk() -> [Act; 18] {
    let (text, reason) = (String::from, ReportReason::Insult);
    let message =
        MessageText { id: id(4), text: "谢谢老师".into(), quotes: Some(id(5)), files: Vec::new() };
    let first = MessageText { quotes: None, ..message.clone() };
    let (id_, child, with, title) = (id(1), id(2), Addressee::Role { role: id(3) }, "数学书".into());
    let conversation = ConversationDraft { id: id_, child, with, title, message: first };
    [
        Act::OpenConversation { conversation },
        Act::SayMessage { conversation: id(1), child: id(2), message },
        Act::EditMessage { message: id(1), child: id(2), text: "谢谢".into() },
        Act::DeleteMessage { message: id(1) },
        Act::ReceiveMessage { message: id(1) },
        Act::MarkRead { conversation: id(1), up_to: 7, shown: true },
        Act::BringIn { conversation: id(1), who: Addressee::Role { role: id(2) }, reads_only: true },
        Act::TakeOut { conversation: id(1), who: Addressee::Inbox { inbox: id(2) } },
        Act::KeepInbox {
            inbox: InboxDraft {
                id: id(1),
                name: text("教导处"),
                about: String::new(),
                place: id(2),
                readers: vec![id(3)],
            },
        },
        Act::CloseInbox { inbox: id(1) },
        Act::EndConversation { conversation: id(1) },
        Act::HandOver { from: id(1), to: id(2) },
        Act::ReportMessage(ReportDraft { message: id(1), child: id(2), reason, words: text("骂人") }),
        Act::CloseReport {
            report: id(1), to_reporter: text("已经谈过"), to_all: text("请好好说话")
        },
        Act::StopWriting { report: id(1), guardian: id(2), why: text("骂人"), call: text("教导处") },
        Act::LetWrite { report: id(1), guardian: id(2) },
        Act::AppointReader { report: id(1), who: id(2), ends: false },
        Act::AppointReader { report: id(1), who: id(2), ends: true },
    ]
}

#[test]
fn every_act_is_written_and_read_as_in_the_first_release() {
    for (act, json) in acts() {
        assert_eq!(serde_json::to_string(&act).unwrap(), json);
        assert_eq!(serde_json::from_str::<Act>(&json).unwrap(), act);
    }
}
