//! What families wish of an event, and what its desk does.

use xinmei_model::{
    Act, Booking, BookingAnswer, DrawDraft, Event, EventDraft, Hold, Id, MutationId, Secret, Session,
    SessionDraft,
};

use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        desk::{Cancel, CancelSession, Capacity, Change, PlannedHold, PlannedSession, Publish},
        event::{Accept, ChangeBooking, Decline, SignUp, Withdraw},
        sync::TakeBack,
    },
    fault::invalid,
    view::{
        ask::{read, save},
        reading::Reading,
    },
};

impl Ask for SignUp {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let (session, answers) = (self.session, self.answers);
        let answers = read(client, move |reading| answered(reading, session, answers)).await?;
        let wish = xinmei_model::SignUp {
            booking: client.new_id(),
            session,
            children: self.children,
            adults: self.adults,
            answers,
            others: self.others,
            on_behalf_of: self.on_behalf_of,
        };
        save(client, Act::SignUp(wish)).await
    }
}

impl Ask for ChangeBooking {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { booking, children, adults, answers, wishes, on_behalf_of } = self;
        let looked_at = read(client, move |reading| {
            let row: Booking = reading.snapshot.get(booking)?.ok_or_else(|| invalid("booking"))?;
            Ok((answered(reading, row.session, answers)?, row.generation))
        });
        let (answers, generation) = looked_at.await?;
        let wish = xinmei_model::BookingChange {
            booking,
            children,
            adults,
            answers,
            wishes,
            generation,
            on_behalf_of,
        };
        save(client, Act::ChangeBooking(wish)).await
    }
}

/// The answers beside what was asked, as this computer knows it: somebody may ask otherwise meanwhile.
fn answered(
    reading: &Reading<'_>,
    session: Id<Session>,
    answers: Vec<String>,
) -> Result<Vec<BookingAnswer>, Fault> {
    let session: Session = reading.snapshot.get(session)?.ok_or_else(|| invalid("session"))?;
    let event: Event = reading.snapshot.get(session.event)?.ok_or_else(|| invalid("event"))?;
    if event.questions.len() != answers.len() {
        return Err(invalid("answers"));
    }
    let beside = event.questions.into_iter().zip(answers);
    Ok(beside.map(|(question, answer)| BookingAnswer { question: question.label, answer }).collect())
}

/// Saves a wish, unless it was pressed before and is still open: then it is that one.
async fn once(client: &Client, before: Option<MutationId>, act: Act) -> Result<Saved, Fault> {
    match before {
        Some(mutation) => Ok(Saved { mutation }),
        None => save(client, act).await,
    }
}

impl Ask for Withdraw {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let booking = self.booking;
        let pressed =
            read(client, move |reading| Ok(reading.wishes.waiting_for(booking, "withdraw"))).await?;
        // Nobody else has heard of a sign-up that was never sent: it is simply not sent. It may leave this very moment.
        if let Some(mutation) = pressed.unsent
            && (TakeBack { mutation }).answer(client).await.is_ok()
        {
            return Ok(Saved { mutation });
        }
        once(client, pressed.before, Act::Withdraw { booking, on_behalf_of: self.on_behalf_of }).await
    }
}

impl Ask for Accept {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let booking = self.booking;
        let pressed =
            read(client, move |reading| Ok(reading.wishes.waiting_for(booking, "accept-offer"))).await?;
        once(client, pressed.before, Act::AcceptOffer { booking, on_behalf_of: self.on_behalf_of }).await
    }
}

impl Ask for Decline {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let booking = self.booking;
        let pressed =
            read(client, move |reading| Ok(reading.wishes.waiting_for(booking, "decline-offer"))).await?;
        once(client, pressed.before, Act::DeclineOffer { booking, on_behalf_of: self.on_behalf_of }).await
    }
}

impl Ask for Publish {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let event = self.draft(client, client.new_id());
        save(client, Act::PublishEvent { event }).await
    }
}

impl Publish {
    /// The plan as the school takes it. What is new gets its id here.
    pub(in crate::view) fn draft(self, client: &Client, id: Id<Event>) -> EventDraft {
        let hold = |PlannedHold { id, of, seats, until }| Hold {
            id: id.unwrap_or_else(|| client.new_id()),
            of,
            seats,
            until,
        };
        let ids = self.sessions.iter().map(|session| session.id.unwrap_or_else(|| client.new_id()));
        let ids: Vec<Id<Session>> = ids.collect();
        let pools = pools(&self.sessions, &ids);
        let draft = |(session, (id, pool)): (PlannedSession, (Id<Session>, Option<Id<Session>>))| {
            let PlannedSession {
                name, starts, ends, capacity, held_in, eligible, first_timers, holds, ..
            } = session;
            let holds = holds.into_iter().map(hold).collect();
            SessionDraft { id, name, starts, ends, capacity, pool, held_in, eligible, first_timers, holds }
        };
        EventDraft {
            id,
            place: self.place,
            title: self.title,
            about: self.about,
            venue: self.venue,
            held_in: self.held_in,
            programme: self.programme,
            tags: self.tags,
            eligible: self.eligible,
            seat_rule: self.seat_rule,
            family_limit: self.family_limit,
            child_limit: self.child_limit.unwrap_or(1),
            child_seats: self.child_seats,
            questions: self.questions,
            look: self.look,
            waitlist: self.waitlist,
            opens: self.opens,
            closes: self.closes,
            withdraw_until: self.withdraw_until,
            sessions: self.sessions.into_iter().zip(ids.into_iter().zip(pools)).map(draft).collect(),
            theme: self.theme,
            lesson: self.lesson,
            partner: self.partner,
            trip: self.trip,
            draw: self.draw.map(|planned| DrawDraft {
                secret: Secret::new(client.core.options.edge.bytes()),
                public_value: planned.public_value,
                decimals: planned.decimals,
                known: planned.known,
            }),
        }
    }
}

/// The session whose seats each of a plan shares, itself where others share its own.
fn pools(sessions: &[PlannedSession], ids: &[Id<Session>]) -> Vec<Option<Id<Session>>> {
    let first = |session: &PlannedSession| session.shares_with.and_then(|at| usize::try_from(at).ok());
    let shared: Vec<_> = sessions.iter().filter_map(first).collect();
    let named = |(at, session)| first(session).or_else(|| shared.contains(&at).then_some(at));
    let named = sessions.iter().enumerate().map(named);
    named.map(|at| at.and_then(|at| ids.get(at).copied())).collect()
}

impl Ask for Change {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let event = self.plan.draft(client, self.event);
        save(client, Act::change_event(event, self.version)).await
    }
}

impl Ask for CancelSession {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::CancelSession { session: self.session, reason: self.reason }).await
    }
}

impl Ask for Cancel {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::CancelEvent { event: self.event, reason: self.reason }).await
    }
}

impl Ask for Capacity {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::SetCapacity { session: self.session, capacity: self.capacity, cut: self.cut }).await
    }
}
