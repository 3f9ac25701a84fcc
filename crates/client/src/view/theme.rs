//! Themes of events.

use jiff::{Zoned, civil::Date};
use xinmei_model::{
    Act, Event, EventShape, HoldShape, Id, Kind, List, Place, Power, Session, Theme, ThemeDraft,
    ThemeMessages,
};

use super::{
    ask::{no_power, read, save},
    reading::{Reading, count},
};
use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        desk::{PlannedHold, PlannedSession, Publish},
        draw::PlannedDraw,
        theme::{self, Drop, Of, Plan, Planned, Put, ThemeView, Themes},
    },
    fault::invalid,
};

impl Ask for theme::List {
    type Reply = Themes;

    async fn answer(self, client: &Client) -> Result<Themes, Fault> {
        read(client, list).await
    }
}

impl Ask for Of {
    type Reply = ThemeDraft;

    async fn answer(self, client: &Client) -> Result<ThemeDraft, Fault> {
        read(client, move |reading| of(reading, self.event)).await
    }
}

impl Ask for Plan {
    type Reply = Planned;

    async fn answer(self, client: &Client) -> Result<Planned, Fault> {
        read(client, move |reading| plan(reading, &self)).await
    }
}

impl Ask for Put {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { theme, draft } = self;
        let theme = theme.unwrap_or_else(|| client.new_id());
        save(client, Act::PutTheme { theme, draft }).await
    }
}

impl Ask for Drop {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::DropTheme { theme: self.theme }).await
    }
}

fn list(reading: &Reading<'_>) -> Result<Themes, Fault> {
    let may_keep = reading.has(Power::ManageEvents);
    let mut found: Vec<Theme> = Vec::new();
    if may_keep {
        found = reading.snapshot.list(List::All(Kind::Theme))?;
    }
    found.sort_by(|one, other| (&one.draft.name, one.id).cmp(&(&other.draft.name, other.id)));
    let events: Vec<Event> = reading.snapshot.list(List::All(Kind::Event))?;
    let view = |theme: Theme| {
        let of_it: Vec<_> = events.iter().filter(|event| event.theme == Some(theme.id)).collect();
        ThemeView {
            id: theme.id,
            fields: theme.draft.fields(),
            used: count(&of_it),
            draft: theme.draft,
            at: theme.at,
        }
    };
    Ok(Themes { themes: found.into_iter().map(view).collect(), may_keep })
}

/// An event as a theme, with what its own theme had beside it.
fn of(reading: &Reading<'_>, id: Id<Event>) -> Result<ThemeDraft, Fault> {
    let event = reading.event(id)?;
    if !reading.may(Power::ManageEvents, &event.held_at) {
        return Err(no_power(Power::ManageEvents));
    }
    let sessions: Vec<Session> = reading.snapshot.list(List::SessionsOf(id))?;
    let sessions = xinmei_model::copied_sessions(&sessions);
    let shape = EventShape::of(&event, &sessions, &reading.zone).ok_or_else(|| invalid("sessions"))?;
    let partners = reading.partners_kept()?;
    let (shape, _) = shape.lasting().with_partner(|partner| partners.contains(&partner));
    let before: Option<Theme> = match event.theme {
        Some(theme) => reading.snapshot.get(theme)?,
        None => None,
    };
    Ok(match before.map(|theme| theme.draft) {
        Some(draft) => ThemeDraft { event: shape, ..draft },
        None => ThemeDraft {
            name: if event.programme.is_empty() { event.title } else { event.programme },
            event: shape,
            posts: Vec::new(),
            messages: ThemeMessages::default(),
            survey: Vec::new(),
        },
    })
}

fn plan(reading: &Reading<'_>, wish: &Plan) -> Result<Planned, Fault> {
    if !reading.has(Power::ManageEvents) {
        return Err(no_power(Power::ManageEvents));
    }
    let found: Option<Theme> = reading.snapshot.get(wish.theme)?;
    let theme = found.filter(|theme| !theme.dropped).ok_or_else(|| invalid("theme"))?;
    let (title, about) = theme.draft.filled(&wish.values);
    let empty = |name: &String| wish.values.get(name).is_none_or(|value| value.trim().is_empty());
    let missing = theme.draft.fields().into_iter().filter(empty).collect();
    let shape = EventShape { title, about, ..theme.draft.event };
    let used = reading.venues_used()?;
    let (shape, astray) = shape.with_venues(|venue| used.contains(&venue));
    let partners = reading.partners_kept()?;
    let (shape, partner_gone) = shape.with_partner(|partner| partners.contains(&partner));
    let plan = planned(reading, shape, wish.first, wish.place).ok_or_else(|| invalid("first"))?;
    Ok(Planned { plan: Publish { theme: Some(theme.id), ..plan }, missing, astray, partner_gone })
}

/// A shape as the plan of an event for everyone at a place, its first session on this day.
pub(super) fn planned(
    reading: &Reading<'_>,
    shape: EventShape,
    first: Date,
    place: Id<Place>,
) -> Option<Publish> {
    let times = shape.on(first, &reading.zone)?;
    let sessions = shape.sessions.into_iter().zip(times.sessions.into_iter().zip(times.holds));
    let hold =
        |(hold, until): (HoldShape, Zoned)| PlannedHold { id: None, of: hold.of, seats: hold.seats, until };
    let decimals = shape.draw.map(|draw| draw.decimals);
    Some(Publish {
        place,
        title: shape.title,
        about: shape.about,
        venue: shape.venue,
        held_in: shape.held_in,
        programme: shape.programme,
        tags: shape.tags,
        eligible: Vec::new(),
        seat_rule: shape.seat_rule,
        family_limit: shape.family_limit,
        child_limit: Some(shape.child_limit),
        child_seats: shape.child_seats,
        questions: shape.questions,
        look: shape.look,
        waitlist: shape.waitlist,
        opens: times.opens,
        closes: times.closes,
        withdraw_until: times.withdraw_until,
        sessions: sessions
            .map(|(session, ((starts, ends), until))| PlannedSession {
                shares_with: session.pool,
                id: None,
                name: session.name,
                starts,
                ends,
                capacity: session.capacity,
                held_in: session.held_in,
                eligible: Vec::new(),
                first_timers: session.first_timers,
                holds: session.holds.into_iter().zip(until).map(hold).collect(),
            })
            .collect(),
        draw: times.draw.zip(decimals).map(|((public_value, known), decimals)| PlannedDraw {
            public_value,
            decimals,
            known,
        }),
        theme: None,
        lesson: None,
        partner: shape.partner,
        trip: shape.trip,
    })
}
