//! What the school has said and must not unsay: every version of every row, every verdict, every booking's life.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;
use xinmei_model::{
    Allotment, Answer, Booking, BookingState, Child, Event, FamilyRequest, Fill, Id, Kind, Link, List,
    MutationId, Notice, NoticeState, Person, PickUp, Post, RequestState, Right, School, Session, Shift, Take,
    TakeState, Verdict, derived, wire::Settled,
};
use xinmei_server::store::Arg;

use super::{report::Report, seats::check_seats, server::Server};

/// A row as it was committed.
struct Version {
    kind: String,
    body: String,
}

/// From when to when, by rev, a guardian was kept away from a child.
pub(super) struct Barred {
    /// Who.
    pub(super) person: Id<Person>,
    /// From whom.
    pub(super) child: Id<Child>,
    /// Since this rev.
    pub(super) from: u64,
    /// Until this one; for good if `None`.
    pub(super) until: Option<u64>,
}

/// What the school has said.
#[derive(Default)]
pub(super) struct Truth {
    versions: HashMap<Uuid, BTreeMap<u64, Version>>,
    read_to: u64,
    /// The first verdict of each mutation.
    pub(super) verdicts: HashMap<MutationId, Verdict>,
    bookings: BTreeMap<Id<Booking>, Booking>,
    /// The highest time any answer named.
    pub(super) latest: Timestamp,
    /// Guardians kept away.
    pub(super) barred: Vec<Barred>,
    /// When the hours in which nobody is told anything were last set.
    pub(super) hours_set: Option<Timestamp>,
}

/// The order of keys in a body means nothing.
fn sorted(body: &str) -> String {
    serde_json::from_str::<Value>(body).unwrap().to_string()
}

impl Truth {
    /// Remembers a verdict; it may not differ from an earlier one.
    pub(super) fn settled(&mut self, settled: &Settled, report: &mut Report) {
        let first = self.verdicts.entry(settled.id).or_insert_with(|| {
            report.verdicts.add(match &settled.verdict {
                Verdict::Accepted { .. } => "accepted".to_owned(),
                Verdict::Refused { refusal } => refusal.code(),
            });
            settled.verdict.clone()
        });
        assert_eq!(*first, settled.verdict, "the verdict of {} changed", settled.id);
    }

    /// Bookings the school knows.
    pub(super) fn known_bookings(&self) -> Vec<Id<Booking>> {
        self.bookings.keys().copied().collect()
    }

    /// Whether a row read so at that rev.
    pub(super) fn check_row(&self, id: Uuid, kind: &str, rev: u64, body: &str) {
        let Some(version) = self.versions.get(&id).and_then(|versions| versions.get(&rev)) else {
            panic!("a {kind} {id} is said to be of rev {rev}, at which the school committed no such row");
        };
        assert_eq!(version.kind, kind);
        assert_eq!(version.body, body, "{kind} {id} at rev {rev}");
    }

    /// Reads what was committed since the last look, and checks what must hold at any moment.
    pub(super) fn look(&mut self, server: &Server, report: &mut Report) {
        let rev = server.rev();
        assert!(rev >= self.read_to, "the school's rev went from {} back to {rev}", self.read_to);
        if rev == self.read_to {
            return;
        }
        let rows = server
            .ledger
            .look(|session| {
                session.rows(
                    "SELECT id, kind, rev, body FROM row WHERE rev > $1",
                    &[Arg::Int(i64::try_from(self.read_to).unwrap())],
                )
            })
            .unwrap();
        let mut kinds: BTreeSet<Kind> = BTreeSet::new();
        for row in &rows {
            kinds.extend(Kind::named(row.text(1)));
            let version = Version { kind: row.text(1).to_owned(), body: sorted(row.text(3)) };
            let versions = self.versions.entry(row.uuid(0)).or_default();
            versions.insert(u64::try_from(row.int(2)).unwrap(), version);
        }
        self.read_to = rev;
        let now = time_of(server);
        // What holds of rows can break only where one of them changed; time alone makes nothing of this stricter.
        let changed = |of: &[Kind]| of.iter().any(|kind| kinds.contains(kind));
        if changed(&[
            Kind::Event,
            Kind::Session,
            Kind::Booking,
            Kind::Seat,
            Kind::Allotment,
            Kind::Arrival,
            Kind::Gate,
        ]) {
            for event in server.list::<Event>(List::All(Kind::Event)) {
                for session in server.list::<Session>(List::SessionsOf(event.id)) {
                    check_seats(server, &event, &session, now);
                    let bookings: Vec<Booking> = server.list(List::BookingsOf(session.id));
                    self.check_order(&session, bookings, now, report);
                }
            }
        }
        if changed(&[Kind::Event, Kind::Booking, Kind::DrawRoll, Kind::DrawResult]) {
            super::drawing::check(server);
        }
        if changed(&[Kind::Post, Kind::Shift, Kind::Take, Kind::Allotment, Kind::StandInSearch]) {
            check_shifts(server);
            super::volunteers::check_shifts(server);
            super::swaps::check_swaps(server);
            super::keeping::check_keeping(server);
        }
        if changed(&[Kind::HoursEntry, Kind::HoursHead, Kind::OnDuty]) {
            super::volunteers::check_hours(server);
        }
        if changed(&[Kind::Notice, Kind::Answer, Kind::Allotment]) {
            check_choices(server);
        }
        if changed(&[Kind::PickUp, Kind::FamilyRequest, Kind::Link, Kind::Bar]) {
            check_fetching(server, now);
        }
        if changed(&[Kind::Conversation, Kind::Message, Kind::ReadMark, Kind::Access]) {
            super::talk::check(server);
        }
        if changed(&[Kind::Notice, Kind::RollMark, Kind::Child]) {
            super::alarm::check(server);
        }
        if changed(&[Kind::Conference, Kind::MeetingOffer, Kind::Meeting]) {
            super::meetings::check(server);
        }
        if changed(&[Kind::Notice, Kind::School]) {
            check_quiet(server, self.hours_set);
        }
        check_numbers(server);
    }

    /// The waitlist is served in order of acceptance, and by nobody once the session began.
    fn check_order(
        &mut self,
        session: &Session,
        bookings: Vec<Booking>,
        now: Timestamp,
        report: &mut Report,
    ) {
        let waited = |booking: &Booking| {
            self.bookings.get(&booking.id).is_some_and(|before| before.state == BookingState::Waiting)
        };
        let mut ahead: Vec<&Booking> = Vec::new();
        for booking in &bookings {
            let before = self.bookings.get(&booking.id);
            // Given back, and the family came all the same at a gate that had not heard: it has its seats again.
            let stays = before.is_some_and(|before| {
                (before.state, booking.state) == (BookingState::Withdrawn, BookingState::Confirmed)
                    && booking.generation > before.generation
            });
            // What was entered for has no place in line before it is drawn, and may come to any session that was wished for.
            if let Some(before) = before.filter(|before| before.state != BookingState::Entered) {
                assert_eq!(before.session, booking.session, "a booking went to another session");
                // A wish for more is a new one; nothing else changes a place in line. In one group it may have been withdrawn too, and of a
                // pool who waited before it may have been passed by.
                let waits = match booking.state {
                    BookingState::Waiting => true,
                    BookingState::Offered { .. } => session.pool.is_some(),
                    state => state.is_over(),
                };
                let grew = waits && booking.size > before.size;
                assert!(
                    booking.seq == before.seq || grew && booking.seq > before.seq,
                    "a place in line changed: {before:?} {booking:?}"
                );
                let lost = before.state.holds_seats()
                    && matches!(booking.state, BookingState::Waiting | BookingState::Displaced);
                assert!(!lost || booking.put_back.is_some(), "{} lost its seats without a word", booking.id);
                assert!(
                    stays || !before.state.is_over() || before.state == booking.state,
                    "{} came back to life",
                    booking.id
                );
            }
            // Who held nothing before and holds seats now was given them in this group.
            let given = !stays
                && booking.state.holds_seats()
                && before.is_none_or(|before| !before.state.holds_seats());
            // Seats that are kept for some are not those the others wait for.
            let passed = ahead.iter().find(|ahead| booking.hold.is_none() || ahead.hold == booking.hold);
            if given && let Some(ahead) = passed {
                panic!(
                    "booking {} was given seats before {}, which waits since earlier",
                    booking.seq, ahead.seq
                );
            }
            if given && before.is_some() {
                assert!(
                    now < session.starts.timestamp(),
                    "booking {} was promoted after the start",
                    booking.seq
                );
            }
            if booking.state == BookingState::Waiting && (before.is_none() || waited(booking)) {
                ahead.push(booking);
            }
        }
        for booking in bookings {
            let before = self.bookings.insert(booking.id, booking.clone());
            if before.as_ref().map(|before| before.state) != Some(booking.state) {
                let state = serde_json::to_value(booking.state).unwrap();
                report.bookings.add(state["is"].as_str().unwrap());
            }
            if booking.drawn.is_some() && before.as_ref().is_some_and(|before| before.drawn.is_none()) {
                report.bookings.add("drawn");
            }
            if before.is_none() {
                let later =
                    self.bookings.values().filter(|b| b.session == booking.session && b.seq >= booking.seq);
                assert!(
                    later.clone().all(|b| b.id == booking.id || b.seq > booking.seq),
                    "two with one place in line"
                );
            }
        }
    }
}

/// The school's time as it is stored.
pub fn time_of(server: &Server) -> Timestamp {
    let row = server.ledger.look(|session| session.one("SELECT now_ns FROM school", &[])).unwrap().unwrap();
    Timestamp::from_nanosecond(i128::from(row.int(0))).unwrap()
}

fn check_shifts(server: &Server) {
    for post in server.list::<Post>(List::All(Kind::Post)) {
        for shift in server.list::<Shift>(List::ShiftsOf(post.id)) {
            let taken = server.list::<Take>(List::TakesOf(shift.id));
            let taken = taken.iter().filter(|take| take.state == TakeState::Taken).count();
            let id = Allotment::of(shift.id.uuid());
            let allotment = server.row(id).expect("every shift has its allotment");
            assert_eq!(usize::try_from(allotment.used).unwrap(), taken, "the allotment counts who comes");
            assert!(allotment.used <= shift.needed, "more people than the shift needs");
        }
    }
}

/// A limited choice has room for as many children as it has, each counted once.
fn check_choices(server: &Server) {
    for notice in server.list::<Notice>(List::All(Kind::Notice)) {
        if !notice.is_sent() || notice.ask.limited().next().is_none() {
            continue;
        }
        let answers = server.list::<Answer>(List::AnswersTo(notice.id));
        for (place, limit) in notice.ask.limited() {
            let chosen =
                answers.iter().filter(|answer| answer.given.reply.choices().contains(&place)).count();
            let id = Allotment::of(notice.choice_id(place));
            let allotment = server.row(id).expect("every limited choice has its allotment");
            assert_eq!(usize::try_from(allotment.used).unwrap(), chosen, "the allotment counts who chose it");
            assert!(allotment.used <= limit, "more children than the choice has room for");
        }
    }
}

/// Nobody is on a gate's list who may not fetch the child, and nothing is there that was not agreed to.
fn check_fetching(server: &Server, now: Timestamp) {
    for pick_up in server.list::<PickUp>(List::All(Kind::PickUp)) {
        let request: FamilyRequest = server.row(pick_up.request).expect("a pick-up has its request");
        let listed = server.is_shown(pick_up.id.uuid());
        assert_eq!(listed, matches!(request.state, RequestState::Agreed { .. }), "{request:?}");
        let links = server.list::<Link>(List::LinksOf(pick_up.child));
        let banned = links
            .iter()
            .any(|link| link.guardian_name == pick_up.by && !link.allows(Right::PickUp, pick_up.at.date()));
        assert!(!(listed && banned && pick_up.at.timestamp() > now), "a ban is overridden: {pick_up:?}");
    }
}

/// Numbers of a device have no gaps, and each stands for one mutation.
fn check_numbers(server: &Server) {
    let rows = server
        .ledger
        .look(|session| {
            session.rows(
                "SELECT device.last_number, count(mutation.number), coalesce(max(mutation.number), 0) FROM device
                 LEFT JOIN mutation ON mutation.device = device.id GROUP BY device.id",
                &[],
            )
        })
        .unwrap();
    for row in &rows {
        assert_eq!((row.int(0), row.int(0)), (row.int(1), row.int(2)), "numbers of a device have gaps");
    }
}

/// Once everything is quiet: counts are those of the allotments, and no timer is overdue.
pub(super) fn check_rest(server: &Server) {
    let mut of: BTreeSet<Uuid> = BTreeSet::new();
    for event in server.list::<Event>(List::All(Kind::Event)) {
        of.extend(
            server.list::<Session>(List::SessionsOf(event.id)).iter().map(|it| it.counted_with().uuid()),
        );
    }
    for post in server.list::<Post>(List::All(Kind::Post)) {
        of.extend(server.list::<Shift>(List::ShiftsOf(post.id)).iter().map(|shift| shift.id.uuid()));
    }
    for notice in server.list::<Notice>(List::All(Kind::Notice)).iter().filter(|notice| notice.is_sent()) {
        of.extend(notice.ask.limited().map(|(place, _)| notice.choice_id(place)));
    }
    for of in of {
        let allotment = server.row(Allotment::of(of)).unwrap();
        let fill = server.row(derived::<Fill>("fill", of, of)).unwrap();
        assert_eq!(fill, Fill::of(&allotment), "the count that everybody sees is not the one that is");
    }
    let now_ns = i64::try_from(time_of(server).as_nanosecond()).unwrap();
    let overdue = server
        .ledger
        .look(|session| {
            session.one("SELECT count(*) FROM due WHERE done = 0 AND at_ns <= $1", &[Arg::Int(now_ns)])
        })
        .unwrap()
        .unwrap();
    assert_eq!(overdue.int(0), 0, "timers that were due have not fired");
}

/// Nobody is told anything at night but what cannot wait; what went out before the hours were set knew nothing of them.
fn check_quiet(server: &Server, set: Option<Timestamp>) {
    let school = server.list::<School>(List::All(Kind::School)).remove(0);
    let notices = server.list::<Notice>(List::All(Kind::Notice));
    for notice in notices.into_iter().filter(|notice| notice.alert.is_none()) {
        let told = if let NoticeState::Sent { at } = notice.state { Some(at) } else { None };
        let told = told.into_iter().chain(notice.reminded);
        for at in told.filter(|at| set.is_none_or(|set| *at > set)) {
            assert_eq!(school.awake_from(at), at, "at night: {notice:?}");
        }
    }
}
