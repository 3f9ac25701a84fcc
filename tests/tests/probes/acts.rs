//! One of each act, and what its ids name.

use jiff::Timestamp;

use super::contests::steps;
use super::hours;
use super::plans::{conference, event, offered, partner, post, sign_up, trip};
use super::school::{inbox, new, notice, repeated, request, talk, template, theme, venue};
use super::volunteering;
use serde_json::Value;
use xinmei_model::{
    Act, Addressee, Answering, Appointing, ArrivalMove, Arriving, Attachment, BookingChange, BusMove,
    ChildFileDraft, ChildFiles, CourseAct, CourseDraft, CourseKind, Cut, Event, FileHash, FileKind,
    GateDraft, Giving, Id, Kind, Marking, MaterialDraft, MeetingBooking, MeetingWish, MessageText,
    ParticipationMark, PersonalQuiet, Place, Proxy, Relation, RelationGrants, Reply, ReportDraft,
    ReportReason, Right, RollState, Session, Target, TripEnding, TripMarking, VenueDrop,
};

/// A signed file that no school has yet.
const OF_2024: &str = include_str!("../../../crates/model/tests/data/holidays/2024.holidays");

fn changed(place: Id<Place>, session: Id<Session>) -> Act {
    let Act::PublishEvent { event } = event(place, session) else { panic!("an event is published") };
    Act::change_event(event, 0)
}

fn changed_conference(place: Id<Place>) -> Act {
    let Act::OpenConference { conference } = conference(place) else { panic!("a conference is opened") };
    Act::ChangeConference { conference, version: 0 }
}

fn own_files() -> Act {
    let Act::SendNotice { notice } = notice(new(), Target::Place(new())) else { panic!("a notice is sent") };
    let (name, sha256) = ("20230217.txt".to_owned(), FileHash::of(b"never uploaded"));
    let file = Attachment { sha256, name, kind: FileKind::Text, bytes: 8, picture: None };
    let files = vec![ChildFileDraft { child: new(), file }];
    Act::SendChildFiles { notice, child_files: ChildFiles { files, keeps: false } }
}

/// A parents' course of a place.
pub fn course(course: Id<xinmei_model::Course>, place: Id<Place>) -> Act {
    let draft = CourseDraft {
        place,
        title: "做智慧家长".into(),
        about: String::new(),
        programme: "新美家长发展中心".into(),
        for_whom: String::new(),
        kind: CourseKind::Parents,
        published: false,
    };
    Act::Course(CourseAct::PutCourse { course, draft, version: 0 })
}

fn material(event: Id<Event>) -> MaterialDraft {
    let (name, sha256) = ("提纲.txt".to_owned(), FileHash::of(b"never uploaded"));
    let file = Attachment { sha256, name, kind: FileKind::Text, bytes: 8, picture: None };
    MaterialDraft { id: new(), event, file, giving: Giving::Now }
}

/// One of each act, with ids nobody has in every place where an id is asked for.
pub fn acts(staff: bool) -> Vec<Act> {
    let proxy = || staff.then(|| Proxy::new(new(), "妈妈来电"));
    let grants = || vec![RelationGrants { relation: Relation::Mother, rights: vec![], barred: false }];
    let acts = vec![
        notice(new(), Target::Place(new())),
        notice(new(), Target::Child(new())),
        own_files(),
        notice(new(), Target::Event(new())),
        notice(new(), Target::Session(new())),
        notice(new(), Target::Waiting(new())),
        notice(new(), Target::Post(new())),
        notice(new(), Target::Shift(new())),
        Act::RecallNotice { notice: new(), words: String::new() },
        Act::RemindNotice { notice: new() },
        Act::MarkSeen { notice: new() },
        Act::ApproveNotice { notice: new() },
        Act::DeclineNotice { notice: new(), reason: "时间写错了".into() },
        Act::MarkRollCall(Marking {
            incident: new(),
            child: new(),
            state: RollState::Safe,
            note: String::new(),
            replaces: 0,
        }),
        repeated(new(), new()),
        Act::EndSeries { series: new() },
        Act::Answer(Answering { on_behalf_of: proxy(), ..Answering::new(new(), new(), Reply::Acknowledge) }),
        event(new(), new()),
        Act::CancelEvent { event: new(), reason: "下雨".into() },
        changed(new(), new()),
        Act::OpenCheckIn { event: new() },
        Act::AppointSteward(Appointing { event: new(), role: new(), ends: false }),
        Act::OpenGate { gate: GateDraft { id: new(), event: new(), name: "北门".into() } },
        Act::LeaseSeats { gate: new(), session: new(), seats: 3 },
        Act::ReleaseNoShows { session: new(), families: 1 },
        Act::AgreeRelease { gate: new(), round: 1 },
        Act::CloseGate { gate: new() },
        Act::RevokeGate { gate: new() },
        Act::Arrive(Arriving {
            arrival: new(),
            gate: new(),
            session: new(),
            booking: Some(new()),
            name: String::new(),
            seats: 1,
            extra: 0,
            at: jiff::Timestamp::UNIX_EPOCH,
            on_paper: false,
        }),
        Act::CorrectArrival { arrival: new(), to: ArrivalMove::Undo },
        Act::CancelSession { session: new(), reason: "老师外出".into() },
        Act::SetCapacity { session: new(), capacity: 3, cut: None },
        Act::Draw { event: new(), value: "3902.81".into() },
        Act::SetCapacity {
            session: new(),
            capacity: 1,
            cut: Some(Cut { reason: "换小会议室".into(), families: 1 }),
        },
        sign_up(new(), new()),
        Act::ChangeBooking(BookingChange {
            booking: new(),
            children: vec![new()],
            adults: 1,
            answers: Vec::new(),
            generation: 0,
            wishes: vec![],
            on_behalf_of: proxy(),
        }),
        Act::Withdraw { booking: new(), on_behalf_of: proxy() },
        Act::AcceptOffer { booking: new(), on_behalf_of: proxy() },
        Act::DeclineOffer { booking: new(), on_behalf_of: proxy() },
        post(new(), new()),
        Act::TakeShift { shift: new(), on_behalf_of: proxy() },
        Act::DropShift { shift: new(), on_behalf_of: proxy() },
        conference(new()),
        changed_conference(new()),
        Act::CancelConference { conference: new(), reason: "台风".into() },
        offered(new(), new()),
        Act::WithdrawSlots { offer: new(), cut: None },
        Act::PleaseCome { conference: new(), child: new(), words: "想聊聊数学".into(), ends: false },
        Act::BookMeetings(MeetingBooking {
            conference: new(),
            meetings: vec![MeetingWish { offer: new(), starts: Timestamp::MAX, child: new() }],
            on_behalf_of: proxy(),
        }),
        Act::WithdrawMeeting { meeting: new(), on_behalf_of: proxy() },
        Act::CancelMeeting { meeting: new(), reason: "临时开会".into() },
        Act::WriteMeetingNote { meeting: new(), text: "每天一起散步".into() },
        request(new(), proxy(), false),
        request(new(), proxy(), true),
        Act::AnswerRequest { request: new(), agrees: true, note: String::new() },
        Act::WithdrawRequest { request: new(), on_behalf_of: proxy() },
        talk(new(), new(), new()),
        Act::SayMessage {
            conversation: new(),
            child: new(),
            message: MessageText { id: new(), text: "在吗".into(), quotes: Some(new()), files: Vec::new() },
        },
        Act::EditMessage { message: new(), child: new(), text: "改了".into() },
        Act::DeleteMessage { message: new() },
        Act::ReceiveMessage { message: new() },
        Act::MarkRead { conversation: new(), up_to: 1, shown: true },
        Act::BringIn { conversation: new(), who: Addressee::Role { role: new() }, reads_only: false },
        Act::TakeOut { conversation: new(), who: Addressee::Role { role: new() } },
        inbox(new(), new()),
        Act::CloseInbox { inbox: new() },
        Act::EndConversation { conversation: new() },
        Act::HandOver { from: new(), to: new() },
        Act::ReportMessage(ReportDraft {
            message: new(),
            child: new(),
            reason: ReportReason::Insult,
            words: String::new(),
        }),
        Act::CloseReport { report: new(), to_reporter: "好".into(), to_all: "好".into() },
        Act::StopWriting { report: new(), guardian: new(), why: "骂人".into(), call: "教导处".into() },
        Act::AppointReader { report: new(), who: new(), ends: false },
        Act::LetWrite { report: new(), guardian: new() },
        Act::SetOfficeHours { hours: None },
        Act::SetQuietHours { quiet: None, staff: false },
        Act::SetHoldWindow { seconds: 60 },
        Act::SetTravelTime { minutes: 45 },
        Act::SetHolidays { file: OF_2024.into() },
        Act::SetPreferences { quiet: PersonalQuiet::Never, digest: None },
        Act::MakeCalendarLink { secret_sha256: FileHash::of(b"a secret") },
        Act::EndCalendarLink,
        template(new(), false),
        template(new(), true),
        Act::DropTemplate { template: new() },
        partner(new()),
        Act::DropPartner { partner: new() },
        Act::NamePartner { event: new(), partner: Some(new()) },
        trip(new()),
        Act::MoveBus(BusMove { session: new(), child: new(), bus: Some(0) }),
        Act::MarkTrip(TripMarking {
            session: new(),
            stop: 0,
            child: new(),
            here: true,
            note: String::new(),
            replaces: 0,
            at: jiff::Timestamp::UNIX_EPOCH,
        }),
        Act::EndTrip(TripEnding { session: new(), reason: "奶奶接走了".into(), goes_on: false }),
        theme(new()),
        Act::DropTheme { theme: new() },
        venue(new(), new()),
        Act::DropVenue(VenueDrop { venue: new() }),
        course(new(), new()),
        Act::Course(CourseAct::EndCourse { course: new() }),
        Act::Course(CourseAct::PutMaterial { material: material(new()) }),
        Act::Course(CourseAct::SetGiving { material: new(), giving: Giving::Now }),
        Act::Course(CourseAct::DropMaterial { material: new() }),
        Act::Course(CourseAct::MarkParticipation {
            session: new(),
            marks: vec![ParticipationMark { guardian: new(), child: new(), came: true, seen: 0 }],
        }),
        Act::DecideRemarks { remarks: vec![new()], grants: grants() },
        Act::SetRights { link: new(), rights: vec![Right::Messages], barred: false },
        Act::SetOnPaper { link: new(), on_paper: true },
    ];
    acts.into_iter().chain(steps(proxy())).chain(volunteering::steps()).chain(hours::steps(proxy())).collect()
}

/// Which rows an id in this place of an act names; `None` where it is the wish's own new one.
pub fn kind_at(act: &Value, path: &str) -> Option<Kind> {
    let last = path.rsplit('/').find(|part| part.parse::<usize>().is_err())?;
    Some(match (path, last) {
        ("/event/id", _) if act["do"] == "change-event" => Kind::Event,
        ("/conference/id", _) if act["do"] == "change-conference" => Kind::Conference,
        ("/post/id", _) if act["step"] == "change-post" => Kind::Post,
        (
            "/notice/id"
            | "/series/id"
            | "/series/notice/id"
            | "/event/id"
            | "/event/sessions/0/id"
            | "/post/id"
            | "/post/shifts/0/id"
            | "/request/id"
            | "/conversation/id"
            | "/conversation/message/id"
            | "/message/id"
            | "/inbox/id"
            | "/conference/id"
            | "/offer/id",
            _,
        ) => {
            return None;
        }
        ("/notice/audience/include/0/id", _) => return Some(Kind::Child),
        ("/series/notice/audience/include/0/id", _) => return Some(Kind::Place),
        (_, "contest") if act["step"] == "put-contest" => return None,
        (_, "contest") => Kind::Contest,
        (_, "candidate") => Kind::Candidate,
        (_, "campaign") if act["step"] == "put-campaign" => return None,
        (_, "campaign") => Kind::Campaign,
        (_, "qualification") if act["step"] == "put-qualification" => return None,
        (_, "qualification") => Kind::Qualification,
        (_, "post") => Kind::Post,
        (_, "people") => Kind::Person,
        (_, "series") => Kind::Series,
        // Its own new id, or one that is there.
        (_, "template") if act["do"] == "put-template" => return None,
        (_, "template" | "invitation" | "reminder" | "thanks") => Kind::Template,
        (_, "partner") if act["do"] == "put-partner" => return None,
        (_, "partner") => Kind::PartnerOrg,
        (_, "theme") if act["do"] == "put-theme" => return None,
        (_, "theme") => Kind::Theme,
        (_, "venue") if act["do"] == "put-venue" => return None,
        (_, "venue" | "held_in") => Kind::Venue,
        (_, "course") if act["do"] == "put-course" => return None,
        (_, "course") => Kind::Course,
        ("/material/id", _) => return None,
        (_, "material") => Kind::Material,
        (_, "notice" | "supersedes" | "incident") => Kind::Notice,
        (_, "child" | "children") => Kind::Child,
        (_, "person") => Kind::Person,
        (_, "place") => Kind::Place,
        (_, "event") => Kind::Event,
        (_, "session") => Kind::Session,
        (_, "shift") => Kind::Shift,
        (_, "entry" | "corrects") => Kind::HoursEntry,
        (_, "remarks") => Kind::Remark,
        (_, "link") => Kind::Link,
        (_, "request") => Kind::FamilyRequest,
        (_, "conversation") => Kind::Conversation,
        (_, "message" | "quotes") => Kind::Message,
        (_, "inbox") => Kind::Inbox,
        (_, "readers") => Kind::Role,
        (_, "report") => Kind::Report,
        (_, "conference") => Kind::Conference,
        (_, "offer") => Kind::MeetingOffer,
        (_, "meeting") => Kind::Meeting,
        (_, "guardian") => Kind::Person,
        (_, "with" | "role" | "from" | "to") => Kind::Role,
        // Made by signing up, and named by all else.
        (_, "booking") if act["do"] == "sign-up" => return None,
        (_, "booking") => Kind::Booking,
        _ => return None,
    })
}
