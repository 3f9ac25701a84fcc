//! The opening of a planned event, played with the families this computer knows. Nothing is kept or sent.

use uuid::Uuid;
use xinmei_model::{
    Act, Actor, EventDraft, Id, Place,
    rehearsal::{self, Invited, OpeningFigures, invited, rehearse},
};

use crate::{
    Client,
    api::{
        Ask, Fault,
        rehearsal::{Rehearse, Rehearsed, RehearsedClass, RehearsedSession},
    },
    client::blocking,
    fault::invalid,
    view::{ask::read, reading::Reading},
};

impl Ask for Rehearse {
    type Reply = Rehearsed;

    async fn answer(self, client: &Client) -> Result<Rehearsed, Fault> {
        let Self { plan, suppose, runs, seed } = self;
        suppose.check().map_err(|refusal| Fault::Refused { refusal })?;
        let draft = lasting(plan.draft(client, client.new_id()));
        let seed = seed.unwrap_or_else(|| {
            let [a, b, c, d, ..] = client.core.options.edge.bytes::<32>();
            u32::from_be_bytes([a, b, c, d])
        });
        let for_whom = draft.clone();
        let (invited, places) = read(client, move |reading| families(reading, for_whom)).await?;
        // The store is free again: playing takes a second.
        blocking(move || {
            let played = rehearse(&draft, &invited, &suppose, seed, runs);
            let played = played.map_err(|refusal| Fault::Refused { refusal })?;
            told(&draft, played, &places)
        })
        .await
    }
}

/// A plan of which nothing is ever published has ids that are always the same: chance in a draw follows from them too.
fn lasting(mut draft: EventDraft) -> EventDraft {
    /// "rehearse" in ASCII.
    const REHEARSE: u128 = 0x7265_6865_6172_7365 << 64;
    draft.id = Id::new(Uuid::from_u128(REHEARSE));
    // Where it was planned from changes nothing, and may be gone.
    draft.theme = None;
    draft.partner = None;
    for (session, number) in draft.sessions.iter_mut().zip(1..) {
        session.id = Id::new(Uuid::from_u128(REHEARSE | number));
    }
    draft
}

/// Whom the plan is for, and the names of their classes in order. The school would refuse what is refused here.
fn families(
    reading: &Reading<'_>,
    draft: EventDraft,
) -> Result<(Invited, Vec<crate::api::profile::PlaceName>), Fault> {
    let actor = Actor::Person { person: reading.me, hat: reading.hat };
    let publish = Act::PublishEvent { event: draft.clone() };
    let unknown = || invalid("place");
    reading
        .snapshot
        .settle(|facts| xinmei_model::decide(facts, &actor, &publish).map(|_| ()))?
        .ok_or_else(unknown)?;
    let invited = reading.snapshot.settle(|facts| invited(facts, &draft))?.ok_or_else(unknown)?;
    let mut places: Vec<&Place> = reading.places.values().collect();
    places.sort_by_cached_key(|place| reading.place_order(place));
    Ok((invited, places.into_iter().map(|place| reading.place_name(place.id)).collect()))
}

fn told(
    draft: &EventDraft,
    played: rehearsal::Rehearsed,
    places: &[crate::api::profile::PlaceName],
) -> Result<Rehearsed, Fault> {
    let rehearsal::Rehearsed { seed, runs, families, alone, by_staff, race, draw, enough } = played;
    let session = |(at, race): (usize, rehearsal::SessionFigures)| {
        let planned = draft.sessions.iter().find(|session| session.id == race.session)?;
        let drawn = draw.as_ref().and_then(|draw| draw.sessions.get(at));
        Some(RehearsedSession {
            name: planned.name.clone(),
            starts: planned.starts.clone(),
            ends: planned.ends.clone(),
            draw: drawn.cloned(),
            enough: enough.as_ref().and_then(|enough| enough.get(at)).map(|enough| enough.seats),
            race,
        })
    };
    let OpeningFigures { sessions, fates, classes } = race;
    let class = |race: &rehearsal::ClassFigures| {
        let drawn = draw.as_ref().and_then(|draw| draw.classes.iter().find(|one| one.class == race.class));
        let at = places.iter().position(|place| place.id == race.class)?;
        let class = places.get(at)?.clone();
        Some((at, RehearsedClass { class, race: race.clone(), draw: drawn.cloned() }))
    };
    let mut classes: Vec<_> = classes.iter().filter_map(class).collect();
    classes.sort_by_key(|(at, _)| *at);
    Ok(Rehearsed {
        seed,
        runs,
        families,
        alone,
        by_staff,
        draws: draft.draw.is_some(),
        race: fates,
        sessions: sessions.into_iter().enumerate().filter_map(session).collect(),
        classes: classes.into_iter().map(|(_, class)| class).collect(),
        draw: draw.map(|draw| draw.fates),
    })
}
