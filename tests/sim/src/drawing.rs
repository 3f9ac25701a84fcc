//! Events whose seats are drawn, and the themes that events are planned from.

use jiff::{Timestamp, tz::TimeZone};
use xinmei_client::Snapshot;
use xinmei_model::{
    Act, Booking, BookingState, Draw, DrawDraft, DrawResult, DrawRoll, Event, EventDraft, EventShape, Id,
    Kind, List, RollEntry, Secret, Session, Theme, ThemeDraft, ThemeMessages, verify,
};

use super::{
    acts::{Pen, Shown},
    computer::Computer,
    server::Server,
};

impl Pen<'_> {
    /// What a history begins with: in one of four, seats are drawn.
    pub(super) fn first_event(&mut self, place: Id<xinmei_model::Place>) -> Act {
        let drawn = if self.chance.odds(25) { self.drawn_event(place) } else { None };
        drawn.unwrap_or_else(|| self.event(place))
    }

    /// An event whose seats are drawn: wishes for an hour or three, a value that is known soon after, sessions after that.
    pub(super) fn drawn_event(&mut self, place: Id<xinmei_model::Place>) -> Option<Act> {
        let Act::PublishEvent { mut event } = self.event(place) else { return None };
        let closes = self.chance.between(30, 120);
        let known = closes + self.chance.between(5, 60);
        let mut starts = known;
        for session in &mut event.sessions {
            starts += self.chance.between(60, 20 * 60);
            (session.starts, session.ends) = (self.at(starts), self.at(starts + 40));
            (session.holds, session.pool) = (Vec::new(), None);
        }
        let mut secret = [0; 32];
        for bytes in secret.chunks_mut(8) {
            bytes.copy_from_slice(&self.chance.word().to_be_bytes());
        }
        let draw = DrawDraft {
            secret: Secret::new(secret),
            public_value: "上证指数收盘价".into(),
            decimals: 2,
            known: self.at(known),
        };
        let (opens, closes, withdraw_until) = (self.at(-5), self.at(closes), self.at(starts));
        let event = EventDraft { opens, closes, withdraw_until, child_limit: 1, draw: Some(draw), ..event };
        Some(Act::PublishEvent { event })
    }

    /// Whoever runs the event enters the value; now and then too early, or once more.
    pub(super) fn draw(&mut self, shown: &Shown) -> Option<Act> {
        let drawn: Vec<&Event> = shown.events.iter().filter(|event| event.draw.is_some()).collect();
        let due: Vec<&Event> = drawn.iter().copied().filter(|event| is_due(event, self.now)).collect();
        let event = self.chance.pick(if due.is_empty() { &drawn } else { &due })?.id;
        let value = format!("{}.{:02}", self.chance.between(2_900, 4_100), self.chance.below(100));
        Some(Act::Draw { event, value })
    }

    /// The other sessions a family wishes for, where seats are drawn.
    pub(super) fn others(&mut self, shown: &Shown, session: Id<Session>) -> Vec<Id<Session>> {
        let Some(event) = shown.drawing_of(session) else { return Vec::new() };
        let of = |other: &&Session| other.event == event && other.id != session;
        let others = shown.sessions.iter().filter(of).map(|other| other.id).collect();
        if self.chance.odds(60) { others } else { Vec::new() }
    }

    /// Keeps an event as a theme, or drops one.
    pub(super) fn theme(&mut self, computer: &Computer, shown: &Shown) -> Option<Act> {
        let read = |s: &Snapshot<'_>| s.list::<Theme>(List::All(Kind::Theme));
        let kept = computer.replica().read(read).unwrap();
        if self.chance.odds(25) {
            return Some(Act::DropTheme { theme: self.chance.pick(&kept)?.id });
        }
        let event = self.chance.pick(&shown.events)?;
        let sessions: Vec<Session> =
            shown.sessions.iter().filter(|it| it.event == event.id).cloned().collect();
        let old = if self.chance.odds(40) { self.chance.pick(&kept) } else { None };
        let draft = ThemeDraft {
            name: "开放日".into(),
            event: EventShape::of(&event, &sessions, &TimeZone::get("Asia/Shanghai").unwrap())?,
            posts: Vec::new(),
            messages: ThemeMessages::default(),
            survey: Vec::new(),
        };
        Some(Act::PutTheme { theme: old.map_or_else(|| self.id(), |old| old.id), draft })
    }
}

/// Whether the value that decides an event's seats is known and was not entered.
fn is_due(event: &Event, now: Timestamp) -> bool {
    let known = |draw: &Draw| draw.drawn.is_none() && draw.known.timestamp() <= now;
    !event.is_cancelled() && event.draw.as_ref().is_some_and(known)
}

impl Shown {
    /// Whether a draw is to be done now: whoever runs the event does not forget it.
    pub(super) fn has_due_draw(&self, now: Timestamp) -> bool {
        self.events.iter().any(|event| is_due(event, now))
    }

    /// The event of a session, while its seats are drawn.
    fn drawing_of(&self, session: Id<Session>) -> Option<Id<Event>> {
        let event = self.sessions.iter().find(|it| it.id == session)?.event;
        self.events.iter().find(|it| it.id == event).filter(|it| it.is_drawing()).map(|it| it.id)
    }
}

/// What must hold of draws at any moment: who entered is on the roll and has a state, what was drawn can be drawn again from
/// what everybody sees, and nobody is still entered once it was.
pub(super) fn check(server: &Server) {
    for event in server.list::<Event>(List::All(Kind::Event)) {
        let sessions = server.list::<Session>(List::SessionsOf(event.id));
        let bookings: Vec<Booking> =
            sessions.iter().flat_map(|session| server.list(List::BookingsOf(session.id))).collect();
        let entered = bookings.iter().filter(|booking| booking.state == BookingState::Entered);
        let Some(plan) = &event.draw else {
            assert_eq!(entered.count(), 0, "somebody entered for what is not drawn");
            continue;
        };
        let (roll, result) = (server.row(DrawRoll::of(event.id)), server.row(DrawResult::of(event.id)));
        assert_eq!(plan.rolled, roll.as_ref().map(|roll| roll.sha256), "the event names its roll");
        assert_eq!(plan.drawn.is_some(), result.is_some(), "the event names its draw");
        if let Some(roll) = &roll {
            for booking in entered.clone() {
                let on_it = roll.entries.iter().any(|entry| entry.id == RollEntry::of(booking.id));
                assert!(on_it, "{} entered and is not on the roll", booking.id);
            }
        }
        let (Some(roll), Some(result)) = (roll, result) else {
            let seated = bookings.iter().filter(|booking| booking.state.holds_seats()).count();
            assert_eq!(seated, 0, "seats were given before they were drawn");
            continue;
        };
        assert!(event.is_cancelled() || entered.count() == 0, "somebody is left entered after the draw");
        assert_eq!(verify(plan, &roll, &result, None), Ok(()), "the draw can be drawn again");
        for drawn in &result.outcome {
            let Some(booking) = bookings.iter().find(|it| RollEntry::of(it.id) == drawn.entry) else {
                continue;
            };
            // A miss is one until a seat is offered after all.
            let without = matches!(booking.state, BookingState::Waiting | BookingState::NotDrawn);
            assert!(
                !booking.missed || drawn.session.is_none(),
                "{} missed what it was drawn for",
                booking.id
            );
            assert!(booking.missed || drawn.session.is_some() || !without, "{} missed, unnoted", booking.id);
            let seated = drawn.session.filter(|_| booking.state == BookingState::Confirmed);
            assert!(seated.is_none_or(|session| session == booking.session), "seated where it was drawn");
        }
    }
}
