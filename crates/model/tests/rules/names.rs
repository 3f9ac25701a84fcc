//! Names that stand in stores and on the wire. They are fixed for good: a change here breaks a released version.

use uuid::Uuid;
use xinmei_model::{
    Due, DueKind, Feed, FileHash, Id, Kind, List, Population, Power, Refusal, Relation, Right, RoleKind,
    Target, derived,
};

use crate::world::plans::at;

fn id<T>(n: u128) -> Id<T> {
    Id::new(Uuid::from_u128(n))
}

/// The text of the id with this number.
fn text(n: u8) -> String {
    format!("00000000-0000-0000-0000-0000000000{n:02x}")
}

#[test]
fn kinds_of_rows_keep_their_names() {
    let names: Vec<_> = Kind::ALL.iter().map(|kind| kind.name()).collect();
    let expected = "school year place person contact role child link bar remark notice membership answer roll-mark \
                    event \
                    session allotment booking seat fill standing post shift take family-request absence pick-up \
                    conversation message read-mark report access preference template series upload inbox child-file seen recall ended-right \
                    calendar-link check-in steward gate pass arrival draw-secret draw-roll draw-result \
                    conference meeting-offer meeting please-come meeting-note theme holiday-year venue contest candidate shown-candidate turn stage-result \
                    partner-org trip-child trip-mark trip-where \
                    course material participation \
                    campaign qualification qualified \
                   on-duty hours-entry hours-head hours-checkpoint hours-proof star-hours \
                   class-contact class-ready turn-part stand-in-search stand-in-wish swap-offer swap-part \
                   pupil-take pupil-fill guest";
    assert_eq!(names.join(" "), expected);
    for kind in Kind::ALL {
        assert_eq!(Kind::named(kind.name()), Some(*kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
    }
    assert_eq!(Kind::named("voucher"), None);
}

#[test]
fn timers_keep_their_names_and_their_ids() {
    for (kind, name) in [
        (DueKind::ReleaseNotice, "release-notice"),
        (DueKind::RepeatNotice, "repeat-notice"),
        (DueKind::ExpireOffer, "expire-offer"),
        (DueKind::CloseDraw, "close-draw"),
        (DueKind::GiveMaterial, "give-material"),
        (DueKind::CloseDuty, "close-duty"),
        (DueKind::OpenTurn, "open-turn"),
        (DueKind::StandIn, "stand-in"),
        (DueKind::StillComing, "still-coming"),
    ] {
        assert_eq!(kind.name(), name);
        assert_eq!(DueKind::named(name), Some(kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), name);
    }
    assert_eq!(DueKind::named("remind"), None);
    let moment = at("2026-10-12T09:00").timestamp();
    let due = |kind, subject, at, generation| Due::new(kind, Uuid::from_u128(subject), at, generation).id;
    let one = due(DueKind::ExpireOffer, 1, moment, 1);
    assert_eq!(one.to_string(), "e335b10f-6df5-58b7-b6e5-6c246bd1f5e9");
    assert_eq!(one, due(DueKind::ExpireOffer, 1, moment, 1), "the same timer is the same mutation");
    let later = moment + jiff::SignedDuration::from_nanos(1);
    for other in [
        due(DueKind::ReleaseNotice, 1, moment, 1),
        due(DueKind::ExpireOffer, 2, moment, 1),
        due(DueKind::ExpireOffer, 1, later, 1),
        due(DueKind::ExpireOffer, 1, moment, 2),
    ] {
        assert_ne!(one, other);
    }
}

#[test]
fn derived_ids_stay_what_they_were() {
    let seat: Id<xinmei_model::Seat> = derived("seat", Uuid::from_u128(1), Uuid::from_u128(2));
    assert_eq!(seat.to_string(), "6766aa12-fb6f-51bf-9099-d5915f158902");
    assert_ne!(seat, derived("seat", Uuid::from_u128(2), Uuid::from_u128(1)));
}

#[test]
fn lists_keep_their_keys() {
    let lists = [
        (List::All(Kind::Place), "all/place".into()),
        (List::ChildrenIn(id(1)), format!("children-in/{}", text(1))),
        (List::LinksOf(id(1)), format!("links-of/{}", text(1))),
        (List::LinksBy(id(1)), format!("links-by/{}", text(1))),
        (List::EndedRightsOf(id(1)), format!("ended-rights-of/{}", text(1))),
        (List::RolesOf(id(1)), format!("roles-of/{}", text(1))),
        (List::SessionsOf(id(1)), format!("sessions-of/{}", text(1))),
        (List::SessionsAt(id(1)), format!("sessions-at/{}", text(1))),
        (List::HeldAt(id(1)), format!("held-at/{}", text(1))),
        (List::SeatsFor(id(1)), format!("seats-for/{}", text(1))),
        (List::SeatsOf(id(1)), format!("seats-of/{}", text(1))),
        (List::BookingsOf(id(1)), format!("bookings-of/{}", text(1))),
        (List::EntriesOf(id(1)), format!("entries-of/{}", text(1))),
        (List::WaitingFor(id(1)), format!("waiting-for/{}", text(1))),
        (List::AnswersTo(id(1)), format!("answers-to/{}", text(1))),
        (List::SeenOf(id(1)), format!("seen-of/{}", text(1))),
        (List::MembershipsOf(id(1)), format!("memberships-of/{}", text(1))),
        (List::AudienceOf(id(1)), format!("audience-of/{}", text(1))),
        (List::OfContest(id(1)), format!("of-contest/{}", text(1))),
        (List::ShiftsOf(id(1)), format!("shifts-of/{}", text(1))),
        (List::LatestShiftsOf(id(1)), format!("latest-shifts-of/{}", text(1))),
        (List::SupervisedBy(id(1)), format!("supervised-by/{}", text(1))),
        (List::TakesOf(id(1)), format!("takes-of/{}", text(1))),
        (List::TakesBy(id(1)), format!("takes-by/{}", text(1))),
        (List::QualificationsOf(id(1)), format!("qualifications-of/{}", text(1))),
        (List::QualifiedFor(id(1)), format!("qualified-for/{}", text(1))),
        (List::RemarksOn(id(1)), format!("remarks-on/{}", text(1))),
        (List::RequestsFor(id(1)), format!("requests-for/{}", text(1))),
        (List::ConversationsAbout(id(1)), format!("conversations-about/{}", text(1))),
        (List::ConversationsWith(id(1)), format!("conversations-with/{}", text(1))),
        (List::ConversationsIn(id(1)), format!("conversations-in/{}", text(1))),
        (List::InboxesOf(id(1)), format!("inboxes-of/{}", text(1))),
        (List::MessagesOf(id(1)), format!("messages-of/{}", text(1))),
        (List::ReadMarksOf(id(1)), format!("read-marks-of/{}", text(1))),
        (List::NoticesTo(id(1)), format!("notices-to/{}", text(1))),
        (List::ReportsOf(id(1)), format!("reports-of/{}", text(1))),
        (List::AccessesTo(id(1)), format!("accesses-to/{}", text(1))),
        (List::PickUpsOf(id(1)), format!("pick-ups-of/{}", text(1))),
        (List::MeetingOffersOf(id(1)), format!("meeting-offers-of/{}", text(1))),
        (List::MeetingOffersBy(id(1)), format!("meeting-offers-by/{}", text(1))),
        (List::MeetingsAt(id(1)), format!("meetings-at/{}", text(1))),
        (List::MeetingsBy(id(1)), format!("meetings-by/{}", text(1))),
        (List::PleaseComeTo(id(1)), format!("please-come-to/{}", text(1))),
        (List::PleaseComeFor(id(1)), format!("please-come-for/{}", text(1))),
        (List::LessonsOf(id(1)), format!("lessons-of/{}", text(1))),
        (List::MaterialsOf(id(1)), format!("materials-of/{}", text(1))),
        (List::ParticipationsAt(id(1)), format!("participations-at/{}", text(1))),
        (List::ParticipationsBy(id(1)), format!("participations-by/{}", text(1))),
        (List::TemplatesOf(None), "templates-of/school".into()),
        (List::TemplatesOf(Some(id(1))), format!("templates-of/{}", text(1))),
        (
            List::CalendarLinkWith(FileHash::new([0x1f; 32])),
            format!("calendar-link-with/{}", "1f".repeat(32)),
        ),
    ];
    for (list, key) in lists {
        assert_eq!(list.key(), key);
    }
}

#[test]
fn feeds_keep_their_names() {
    for (feed, name) in [
        (Feed::School, "school".into()),
        (Feed::Place(id(1), Right::PickUp), format!("place/{}/pick-up", text(1))),
        (Feed::Class(id(1)), format!("class/{}", text(1))),
        (Feed::Told(id(1)), format!("told/{}", text(1))),
        (Feed::Answers(id(1)), format!("answers/{}", text(1))),
        (Feed::Child(id(1)), format!("child/{}", text(1))),
        (Feed::ChildRight(id(1), Right::Messages), format!("child/{}/messages", text(1))),
        (Feed::ChildRight(id(1), Right::Decide), format!("child/{}/decide", text(1))),
        (Feed::ChildRight(id(1), Right::Records), format!("child/{}/records", text(1))),
        (Feed::Person(id(1)), format!("person/{}", text(1))),
        (Feed::Desk(Uuid::from_u128(1)), format!("desk/{}", text(1))),
        (Feed::Author(id(1)), format!("author/{}", text(1))),
        (Feed::Audience(id(1)), format!("audience/{}", text(1))),
        (Feed::Requests(id(1)), format!("requests/{}", text(1))),
        (Feed::Inbox(Uuid::from_u128(1)), format!("inbox/{}", text(1))),
        (Feed::Reports(id(1)), format!("reports/{}", text(1))),
        (Feed::Own(id(1), id(2)), format!("own/{}/{}", text(1), text(2))),
        (Feed::TookPart(id(1)), format!("took-part/{}", text(1))),
        (Feed::Hours(id(1)), format!("hours/{}", text(1))),
        (Feed::Turns(id(1)), format!("turns/{}", text(1))),
        (Feed::Duty(id(1)), format!("duty/{}", text(1))),
        (Feed::Gate(id(1)), format!("gate/{}", text(1))),
        (Feed::Office, "office".into()),
        (Feed::Staff, "staff".into()),
    ] {
        assert_eq!(feed.to_string(), name);
        assert_eq!(name.parse::<Feed>(), Ok(feed));
    }
}

#[test]
fn refusals_keep_their_codes_and_only_some_may_improve() {
    let when = || at("2026-10-12T09:00");
    let (what, field) = (String::from("child"), String::from("title"));
    let uuid = Uuid::from_u128(1);
    let cases = [
        (Refusal::NotFound { what }, "not-found", true),
        (Refusal::NoRight { right: Right::Decide }, "no-right", false),
        (Refusal::NoPower { power: Power::Invite }, "no-power", false),
        (Refusal::Malformed { field: field.clone() }, "malformed", false),
        (Refusal::TooMany { field, limit: 1 }, "too-many", false),
        (Refusal::NotOpenYet { opens: when() }, "not-open-yet", true),
        (Refusal::Closed { since: when() }, "closed", true),
        (Refusal::Started { since: when() }, "started", true),
        (Refusal::Full, "full", true),
        (Refusal::AlreadyBooked { booking: uuid }, "already-booked", false),
        (Refusal::FamilyLimit { limit: 1 }, "family-limit", false),
        (Refusal::NotEligible, "not-eligible", false),
        (Refusal::BookingGone, "booking-gone", true),
        (Refusal::NoticeGone { by: None }, "notice-gone", true),
        (Refusal::NothingAsked, "nothing-asked", true),
        (Refusal::StageAhead { starts: when() }, "stage-ahead", true),
        (Refusal::ResultsMissing { missing: 1 }, "results-missing", true),
        (Refusal::RemindedLately { again: when().timestamp() }, "reminded-lately", true),
        (Refusal::AudienceChanged { seen: 1, now: 2 }, "audience-changed", true),
        (Refusal::AudienceEmpty, "audience-empty", false),
        (Refusal::DueTooEarly { goes_out: when().timestamp() }, "due-too-early", false),
        (Refusal::VenueTooSmall { venue: String::new(), capacity: 1, seats: 2 }, "venue-too-small", true),
        (
            Refusal::VenueTaken {
                venue: String::new(),
                title: String::new(),
                starts: when(),
                left: 1,
                seats: 2,
            },
            "venue-taken",
            true,
        ),
        (Refusal::SeatsHeld { used: 1 }, "seats-held", true),
        (Refusal::EventNotOpen, "event-not-open", true),
        (Refusal::DrawNotYet { from: when() }, "draw-not-yet", true),
        (Refusal::DrawPending, "draw-pending", true),
        (Refusal::DrawDone, "draw-done", false),
        (Refusal::LaterTold { stage: String::new() }, "later-told", false),
        (Refusal::TripEnded { since: when().timestamp() }, "trip-ended", true),
        (Refusal::NotAllBack { children: 1 }, "not-all-back", true),
        (Refusal::ShiftFull, "shift-full", true),
        // What a replica says of other shifts and of who belongs may be old.
        (Refusal::ShiftClash { with: uuid }, "shift-clash", true),
        (Refusal::ShortRest { with: uuid, minutes: 1 }, "short-rest", true),
        (Refusal::OtherVolunteers { population: Population::Parents }, "other-volunteers", true),
        (Refusal::NoPupils, "no-pupils", true),
        (Refusal::NoGuests, "no-guests", true),
        (Refusal::NobodyReceives, "nobody-receives", true),
        (Refusal::GuestsCome { guests: 1 }, "guests-come", true),
        (Refusal::ShiftOff, "shift-off", false),
        (Refusal::PostEnded, "post-ended", false),
        (Refusal::OtherGuardian, "other-guardian", false),
        (Refusal::AnsweredAlready { by: String::new() }, "answered-already", true),
        (Refusal::ChoiceFull { choice: String::new() }, "choice-full", true),
        (Refusal::TextChanged, "text-changed", false),
        (Refusal::RequestGone, "request-gone", true),
        (Refusal::PickUpBarred, "pick-up-barred", true),
        (Refusal::ConversationEnded, "conversation-ended", false),
        (Refusal::MessageFixed, "message-fixed", false),
        (Refusal::WritingStopped { why: String::new(), call: String::new() }, "writing-stopped", true),
        (Refusal::ReadsOnly, "reads-only", false),
        (Refusal::NobodyLeft, "nobody-left", true),
        (Refusal::ReportClosed, "report-closed", true),
        (Refusal::Concerned, "concerned", false),
        (Refusal::SlotTaken { offer: uuid, starts: when() }, "slot-taken", true),
        (Refusal::MeetingClash { at: when(), too_far: true }, "meeting-clash", true),
        (Refusal::ShiftAlready, "shift-already", true),
        (Refusal::HolidayFileUnreadable, "holiday-file-unreadable", false),
        (Refusal::HolidayFileForeign { key: String::new() }, "holiday-file-foreign", true),
        (Refusal::HolidayFileForged, "holiday-file-forged", false),
        (Refusal::HolidayFileWrong { what: String::new() }, "holiday-file-wrong", false),
        (
            Refusal::HolidaysOlder { year: 2026, published: when().date(), edition: 1 },
            "holidays-older",
            false,
        ),
        (Refusal::DependsOn { mutation: uuid }, "depends-on", true),
        (Refusal::TakenBack { at: when().timestamp() }, "taken-back", true),
        (Refusal::Unreadable, "unreadable", true),
    ];
    for (refusal, code, may_improve) in cases {
        assert_eq!(refusal.code(), code);
        assert_eq!(refusal.may_improve(), may_improve, "{code}");
        let json = serde_json::to_string(&refusal).unwrap();
        assert_eq!(serde_json::from_str::<Refusal>(&json).unwrap(), refusal);
    }
}

#[test]
fn roles_rights_powers_and_relations_keep_their_names() {
    let json = |value: serde_json::Value| value.to_string();
    let roles: Vec<RoleKind> = xinmei_model::POWERS.iter().map(|(kind, _)| *kind).collect();
    let expected = r#"["class-teacher","subject-teacher","coordinator","head","counsellor","administrator"]"#;
    assert_eq!(json(serde_json::to_value(roles).unwrap()), expected);
    let expected = r#"["messages","decide","records","pick-up"]"#;
    assert_eq!(json(serde_json::to_value(Right::ALL).unwrap()), expected);
    let expected = r#"["see-class","send-notices","send-alerts","approve-notices","act-for-families","invite","answer-requests","run-gate","converse","hand-over","moderate","keep-templates","manage-events","manage-shifts","administer"]"#;
    assert_eq!(json(serde_json::to_value(Power::ALL).unwrap()), expected);
    let relations = [
        Relation::Father,
        Relation::Mother,
        Relation::PaternalGrandfather,
        Relation::PaternalGrandmother,
        Relation::MaternalGrandfather,
        Relation::MaternalGrandmother,
        Relation::Other,
    ];
    let expected = r#"["father","mother","paternal-grandfather","paternal-grandmother","maternal-grandfather","maternal-grandmother","other"]"#;
    assert_eq!(json(serde_json::to_value(relations).unwrap()), expected);
}

#[test]
fn the_parts_of_an_audience_are_written_so_for_good() {
    let id = Uuid::from_u128(7);
    let parts = [
        ("event", Target::Event(Id::new(id))),
        ("session", Target::Session(Id::new(id))),
        ("waiting", Target::Waiting(Id::new(id))),
        ("came", Target::Came(Id::new(id))),
        ("post", Target::Post(Id::new(id))),
        ("shift", Target::Shift(Id::new(id))),
    ];
    for (kind, part) in parts {
        let text = format!(r#"{{"kind":"{kind}","id":"{id}"}}"#);
        assert_eq!(serde_json::to_string(&part).unwrap(), text);
        assert_eq!(serde_json::from_str::<Target>(&text).unwrap(), part);
        assert_eq!(part.uuid(), id);
    }
}
