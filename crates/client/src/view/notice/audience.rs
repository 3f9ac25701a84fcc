//! Whom a notice is for, and why, in words; and whom one may choose.

use xinmei_model::{
    Audience, Because as Reason, Event, EventState, Id, Kind, List, Post, Power, Session, Shift, Target,
};

use crate::{
    Client,
    api::{
        Ask, Fault,
        audience::{AudienceName, Because, EventPart, Named, Names, SessionName, ShiftName},
        notice::Places,
    },
    view::{ask::read, reading::Reading},
};

/// What was longer ago than this nobody writes about any more.
const DAYS_BACK: i64 = 28;

impl Ask for Names {
    type Reply = Named;

    async fn answer(self, client: &Client) -> Result<Named, Fault> {
        read(client, move |reading| Ok(Named { names: reading.audience_names(&self.audience)? })).await
    }
}

/// Where the hat may write to, and whose desks it runs.
pub(super) fn reach(reading: &Reading<'_>) -> Result<Places, Fault> {
    let mut targets = events(reading)?;
    targets.extend(posts(reading)?);
    Ok(Places {
        places: reading.place_names_with(Power::SendNotices),
        activities: reading.audience_names(&Audience { include: targets, except: Vec::new() })?,
    })
}

/// Events of one's desks, the next first: all who come, of several sessions those of each, those who wait, and once it has
/// begun those who came.
fn events(reading: &Reading<'_>) -> Result<Vec<Target>, Fault> {
    let mut events: Vec<Event> = reading.snapshot.list(List::All(Kind::Event))?;
    events.retain(|event| {
        let sends = reading.may(Power::SendNotices, &event.held_at);
        sends && reading.may(Power::ManageEvents, &event.held_at) && event.state != EventState::Draft
    });
    let mut found = Vec::new();
    for event in events {
        let sessions: Vec<Session> = reading.snapshot.list(List::SessionsOf(event.id))?;
        let recent = sessions.iter().any(|one| reading.is_recent(one.ends.timestamp(), DAYS_BACK));
        let Some(first) = sessions.first().filter(|_| recent) else { continue };
        let mut targets = vec![Target::Event(event.id)];
        targets.extend(sessions.iter().filter(|_| sessions.len() > 1).map(|one| Target::Session(one.id)));
        targets.extend(event.waitlist.then_some(Target::Waiting(event.id)));
        let begun = sessions.iter().any(|one| one.takes_place(&event) && one.has_begun(reading.now));
        targets.extend(begun.then_some(Target::Came(event.id)));
        found.push((first.starts.timestamp(), event.id, targets));
    }
    found.sort_by_key(|(starts, id, _)| (*starts, *id));
    Ok(found.into_iter().flat_map(|(_, _, targets)| targets).collect())
}

/// Posts of one's desks, by title.
fn posts(reading: &Reading<'_>) -> Result<Vec<Target>, Fault> {
    let mut posts: Vec<Post> = reading.snapshot.list(List::All(Kind::Post))?;
    posts.retain(|post| {
        reading.may(Power::SendNotices, &post.held_at) && reading.may(Power::ManageShifts, &post.held_at)
    });
    posts.sort_by(|a, b| a.title.cmp(&b.title).then_with(|| a.id.cmp(&b.id)));
    let mut found = Vec::new();
    for post in posts {
        let shifts: Vec<Shift> = reading.snapshot.list(List::ShiftsOf(post.id))?;
        if shifts.iter().any(|shift| reading.is_recent(shift.ends.timestamp(), DAYS_BACK)) {
            found.push(Target::Post(post.id));
        }
    }
    Ok(found)
}

impl Reading<'_> {
    /// Its parts in words, as far as they are known here.
    pub(super) fn audience_names(&self, audience: &Audience) -> Result<Vec<AudienceName>, Fault> {
        let parts = audience.include.iter().map(|target| (target, false));
        let mut names = Vec::new();
        for (target, except) in parts.chain(audience.except.iter().map(|target| (target, true))) {
            names.extend(self.audience_name(*target, except)?);
        }
        Ok(names)
    }

    fn audience_name(&self, target: Target, except: bool) -> Result<Option<AudienceName>, Fault> {
        let event = |id: Id<Event>, session, who| {
            let event: Option<Event> = self.snapshot.get(id)?;
            Ok(event.map(|event| AudienceName::Event { event: id, title: event.title, session, who, except }))
        };
        let post = |id: Id<Post>, shift| {
            let post: Option<Post> = self.snapshot.get(id)?;
            Ok(post.map(|post| AudienceName::Post { post: id, title: post.title, shift, except }))
        };
        match target {
            Target::Place(place) => Ok(Some(AudienceName::Place { place: self.place_name(place), except })),
            Target::Child(child) => {
                let known = self.child_names(&[child])?.into_iter().next();
                Ok(known.map(|child| AudienceName::Child { child, except }))
            }
            Target::Event(id) => event(id, None, EventPart::Comes),
            Target::Waiting(id) => event(id, None, EventPart::Waits),
            Target::Came(id) => event(id, None, EventPart::Came),
            Target::Session(id) => match self.snapshot.get(id)? {
                Some(session) => event(session.event, Some(session_name(session)), EventPart::Comes),
                None => Ok(None),
            },
            Target::Post(id) => post(id, None),
            Target::Shift(id) => match self.snapshot.get(id)? {
                Some(shift) => post(shift.post, Some(shift_name(shift))),
                None => Ok(None),
            },
        }
    }

    /// Why a family is in an audience, in words.
    pub(super) fn because(&self, reason: Reason) -> Result<Option<Because>, Fault> {
        let event = |id: Id<Session>, who| {
            let Some(session): Option<Session> = self.snapshot.get(id)? else { return Ok(None) };
            let event: Option<Event> = self.snapshot.get(session.event)?;
            Ok(event.map(|event| Because::Event { title: event.title, session: session_name(session), who }))
        };
        match reason {
            Reason::Place(place) => Ok(Some(Because::Place { place: self.place_name(place) })),
            Reason::Child => Ok(Some(Because::Child)),
            Reason::Comes(session) => event(session, EventPart::Comes),
            Reason::Waits(session) => event(session, EventPart::Waits),
            Reason::Came(session) => event(session, EventPart::Came),
            Reason::Shift(id) => {
                let Some(shift): Option<Shift> = self.snapshot.get(id)? else { return Ok(None) };
                let post: Option<Post> = self.snapshot.get(shift.post)?;
                Ok(post.map(|post| Because::Post { title: post.title, shift: shift_name(shift) }))
            }
        }
    }
}

fn session_name(session: Session) -> SessionName {
    SessionName { id: session.id, name: session.name, starts: session.starts }
}

fn shift_name(shift: Shift) -> ShiftName {
    ShiftName { id: shift.id, starts: shift.starts, ends: shift.ends }
}
