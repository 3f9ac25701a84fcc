//! An event without its days: what a theme keeps, and what a copy of an event moves along. Times are wall times, seen from
//! the day of the first session, so that 9:30 stays 9:30 wherever the clocks change in between.

use jiff::{
    Zoned,
    civil::{Date, Time},
    tz::TimeZone,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Event, EventDraft, FormField, HeldFor, Hold, Id, Look, PartnerOrg, SeatRule, Session, SessionDraft,
    TripPlan, Venue,
};

/// Stands in the words of a public value for the day on which it is known: 2026-12-04.
const KNOWN_DAY: &str = "{date}";

/// A wall time, by the day of the first session.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, ts_rs::TS,
)]
pub struct DayTime {
    /// Days after that day; before it if negative.
    pub days: i32,
    /// On the school's clock.
    #[schemars(with = "String")]
    pub time: Time,
}

/// An event without its days and without whom it is for: cohorts come and go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct EventShape {
    /// One line; in a theme with `{字段}` for what differs each time.
    pub title: String,
    /// Plain text; in a theme with `{字段}` for what differs each time.
    pub about: String,
    /// Where on the campus; what stands where its venue was dropped meanwhile.
    pub venue: String,
    /// In which venue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_in: Option<Id<Venue>>,
    /// A programme tag.
    pub programme: String,
    /// Further tags it counts for.
    pub tags: Vec<String>,
    /// Whom a seat is for.
    pub seat_rule: SeatRule,
    /// Seats one family may hold over all sessions.
    pub family_limit: u32,
    /// Sessions a child may have.
    pub child_limit: u32,
    /// Seats a booking may take for each child that comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child_seats: Option<u32>,
    /// What a family is asked as it signs up.
    pub questions: Vec<FormField>,
    /// How it looks.
    #[serde(default, skip_serializing_if = "Look::is_plain")]
    pub look: Look,
    /// Whether a full session has a waitlist.
    pub waitlist: bool,
    /// When sign-up opens.
    pub opens: DayTime,
    /// When sign-up closes.
    pub closes: DayTime,
    /// Until when a family may give its seats back on its own.
    pub withdraw_until: DayTime,
    /// The sessions, in order.
    pub sessions: Vec<SessionShape>,
    /// How seats are drawn, if they are.
    pub draw: Option<DrawShape>,
    /// With whom it is held; with nobody where that partner was dropped meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<Id<PartnerOrg>>,
    /// Where it goes, if it goes anywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trip: Option<TripPlan>,
}

/// A session without its day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct SessionShape {
    /// 第 1 场
    pub name: String,
    /// When it begins; the first of them on day 0.
    pub starts: DayTime,
    /// When it ends.
    pub ends: DayTime,
    /// Seats.
    pub capacity: u32,
    /// Of those before it in the shape, the first it shares these seats with, counted from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<u32>,
    /// In which venue, where that is not the event's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_in: Option<Id<Venue>>,
    /// Only for children who have not come to anything of the same programme before.
    pub first_timers: bool,
    /// Seats that are kept for some families.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holds: Vec<HoldShape>,
}

/// Seats that are kept, without the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct HoldShape {
    /// For whom.
    pub of: HeldFor,
    /// How many.
    pub seats: u32,
    /// Then they are free for everybody.
    pub until: DayTime,
}

/// How seats are drawn, without the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct DrawShape {
    /// Which public value decides, in words; `{date}` for the day on which it is known.
    pub public_value: String,
    /// With how many decimals it is published.
    pub decimals: u32,
    /// When it will be known.
    pub known: DayTime,
}

/// The times of a shape whose first session is on a certain day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShapeTimes {
    /// When sign-up opens.
    pub opens: Zoned,
    /// When sign-up closes.
    pub closes: Zoned,
    /// Until when a family may give its seats back on its own.
    pub withdraw_until: Zoned,
    /// Start and end of each session, in the shape's order.
    pub sessions: Vec<(Zoned, Zoned)>,
    /// Until when the seats of each session are kept, in the shape's order.
    pub holds: Vec<Vec<Zoned>>,
    /// Which public value decides a draw, and when it is known.
    pub draw: Option<(String, Zoned)>,
}

impl DayTime {
    /// How a time reads on the school's clock, seen from a day.
    fn of(at: &Zoned, first: Date, zone: &TimeZone) -> Self {
        let at = at.with_time_zone(zone.clone());
        let days = first.until(at.date()).map_or(0, |span| span.get_days());
        Self { days, time: at.time() }
    }

    /// That time where the first session is on this day. Where the clocks skip it, as much later; `None` past the calendar.
    fn on(self, first: Date, zone: &TimeZone) -> Option<Zoned> {
        let day = first.checked_add(jiff::Span::new().try_days(self.days).ok()?).ok()?;
        day.to_datetime(self.time).to_zoned(zone.clone()).ok()
    }
}

impl EventShape {
    /// The shape of an event, with the sessions it has in order; `None` without one.
    #[must_use]
    pub fn of(event: &Event, sessions: &[Session], zone: &TimeZone) -> Option<Self> {
        let first = first_day(sessions, zone)?;
        let seen = |at: &Zoned| DayTime::of(at, first, zone);
        let hold =
            |hold: &Hold| HoldShape { of: hold.of.clone(), seats: hold.seats, until: seen(&hold.until) };
        let session = |session: &Session| SessionShape {
            name: session.name.clone(),
            starts: seen(&session.starts),
            ends: seen(&session.ends),
            capacity: session.capacity,
            pool: shares_with(sessions, session),
            held_in: session.own_venue(event),
            first_timers: session.first_timers,
            holds: session.holds.iter().map(hold).collect(),
        };
        Some(Self {
            title: event.title.clone(),
            about: event.about.clone(),
            venue: event.venue.clone(),
            held_in: event.held_in,
            programme: event.programme.clone(),
            tags: event.tags.clone(),
            seat_rule: event.seat_rule,
            family_limit: event.family_limit,
            child_limit: event.child_limit,
            child_seats: event.child_seats,
            questions: event.questions.clone(),
            look: event.look,
            waitlist: event.waitlist,
            opens: seen(&event.opens),
            closes: seen(&event.closes),
            withdraw_until: seen(&event.withdraw_until),
            sessions: sessions.iter().map(session).collect(),
            draw: event.draw.as_ref().map(|draw| {
                let known = draw.known.with_time_zone(zone.clone());
                // The words name the day; the next draw's is another.
                let public_value = draw.public_value.replace(&known.date().to_string(), KNOWN_DAY);
                DrawShape { public_value, decimals: draw.decimals, known: seen(&known) }
            }),
            partner: event.partner.as_ref().map(|partner| partner.id),
            trip: event.trip.as_ref().map(|trip| trip.plan.clone()),
        })
    }

    /// Without what outlives no year: a theme stays, and classes go up and leave.
    #[must_use]
    pub fn lasting(mut self) -> Self {
        for session in &mut self.sessions {
            session.holds.retain(|hold| !matches!(hold.of, HeldFor::Places { .. }));
        }
        self
    }

    /// Without the venues that are used no more: the words stay. Also the names of the sessions that had one of their own: unless
    /// somebody chooses, they would be where the event is.
    #[must_use]
    pub fn with_venues(mut self, used: impl Fn(Id<Venue>) -> bool) -> (Self, Vec<String>) {
        let astray = |session: &&SessionShape| session.held_in.is_some_and(|venue| !used(venue));
        let astray = self.sessions.iter().filter(astray).map(|session| session.name.clone()).collect();
        let sessions = self.sessions.iter_mut().map(|session| &mut session.held_in);
        for held_in in std::iter::once(&mut self.held_in).chain(sessions) {
            *held_in = held_in.filter(|venue| used(*venue));
        }
        (self, astray)
    }

    /// Without the partner where that is none any more, and whether it was left out so.
    #[must_use]
    pub fn with_partner(mut self, is_one: impl Fn(Id<PartnerOrg>) -> bool) -> (Self, bool) {
        let kept = self.partner.filter(|partner| is_one(*partner));
        let gone = kept != self.partner;
        self.partner = kept;
        (self, gone)
    }

    /// Its times where the first session is on this day; `None` past the calendar.
    #[must_use]
    pub fn on(&self, first: Date, zone: &TimeZone) -> Option<ShapeTimes> {
        let at = |time: DayTime| time.on(first, zone);
        let session = |session: &SessionShape| Some((at(session.starts)?, at(session.ends)?));
        let holds = |session: &SessionShape| session.holds.iter().map(|hold| at(hold.until)).collect();
        let draw = match &self.draw {
            Some(DrawShape { public_value, known, .. }) => {
                let known = at(*known)?;
                Some((public_value.replace(KNOWN_DAY, &known.date().to_string()), known))
            }
            None => None,
        };
        Some(ShapeTimes {
            opens: at(self.opens)?,
            closes: at(self.closes)?,
            withdraw_until: at(self.withdraw_until)?,
            sessions: self.sessions.iter().map(session).collect::<Option<_>>()?,
            holds: self.sessions.iter().map(holds).collect::<Option<_>>()?,
            draw,
        })
    }

    /// All its times.
    pub(crate) fn times(&self) -> impl Iterator<Item = DayTime> {
        let sessions = self.sessions.iter().flat_map(|session| {
            let holds = session.holds.iter().map(|hold| hold.until);
            [session.starts, session.ends].into_iter().chain(holds)
        });
        let known = self.draw.as_ref().map(|draw| draw.known);
        [self.opens, self.closes, self.withdraw_until].into_iter().chain(sessions).chain(known)
    }

    /// The event it plans on a day, as it would be checked: with no place of its own and ids that name nothing.
    pub(crate) fn sample(&self, first: Date) -> Option<EventDraft> {
        let times = self.on(first, &TimeZone::UTC)?;
        let nothing = |n: usize| uuid::Uuid::from_u128(n as u128);
        let kept = |session: &SessionShape, until: Vec<Zoned>| {
            let holds = session.holds.iter().zip(until).enumerate();
            holds
                .map(|(at, (hold, until))| Hold {
                    id: Id::new(nothing(at)),
                    of: hold.of.clone(),
                    seats: hold.seats,
                    until,
                })
                .collect()
        };
        let sessions = self.sessions.iter().zip(times.sessions.into_iter().zip(times.holds)).enumerate();
        Some(EventDraft {
            id: Id::new(nothing(0)),
            place: Id::new(nothing(0)),
            title: self.title.clone(),
            about: self.about.clone(),
            venue: self.venue.clone(),
            held_in: self.held_in,
            programme: self.programme.clone(),
            tags: self.tags.clone(),
            eligible: Vec::new(),
            seat_rule: self.seat_rule,
            family_limit: self.family_limit,
            child_limit: self.child_limit,
            child_seats: self.child_seats,
            questions: self.questions.clone(),
            look: self.look,
            waitlist: self.waitlist,
            opens: times.opens,
            closes: times.closes,
            withdraw_until: times.withdraw_until,
            sessions: sessions
                .map(|(at, (session, ((starts, ends), until)))| SessionDraft {
                    id: Id::new(nothing(at + 1)),
                    name: session.name.clone(),
                    starts,
                    ends,
                    capacity: session.capacity,
                    pool: self.pool_of(at).map(|first| Id::new(nothing(first + 1))),
                    held_in: session.held_in,
                    eligible: Vec::new(),
                    first_timers: session.first_timers,
                    holds: kept(session, until),
                })
                .collect(),
            draw: None,
            theme: None,
            lesson: None,
            partner: self.partner,
            trip: self.trip.clone(),
        })
    }
}

impl EventShape {
    /// The first of the sessions that share the seats of this one, all counted from 0; `None` where it shares none.
    #[must_use]
    pub fn pool_of(&self, at: usize) -> Option<usize> {
        let first = |session: &SessionShape| session.pool.and_then(|first| usize::try_from(first).ok());
        let shared = || self.sessions.iter().any(|other| first(other) == Some(at));
        self.sessions.get(at).and_then(first).or_else(|| shared().then_some(at))
    }
}

/// The first of these sessions that has the seats of one behind it.
fn shares_with(sessions: &[Session], session: &Session) -> Option<u32> {
    session.pool?;
    let first = sessions.iter().position(|other| other.shares_seats_with(session))?;
    let earlier = sessions.get(first).is_some_and(|other| other.id != session.id);
    u32::try_from(first).ok().filter(|_| earlier)
}

/// The day of the first session.
pub(crate) fn first_day(sessions: &[Session], zone: &TimeZone) -> Option<Date> {
    sessions.iter().map(|session| session.starts.with_time_zone(zone.clone()).date()).min()
}
