//! Conference days and the guidance station, with the times that are offered and what families have booked.

use std::sync::Arc;

use jiff::SignedDuration;
use xinmei_model::{
    Act, Actor, Break, Conference, ConferenceDraft, Id, MeetingBooking, MeetingOffer, MeetingWish,
    OfferDraft, RoleKind, Row, slots_of,
};

use super::{
    calendar::Chance,
    cast::{Cast, Family, guardian},
    plan_parts::{Met, Offered},
    stage::{Stage, act, between, composed, must},
};
use crate::{Fail, Result, ledger::Tx};

/// Puts a conference on the stage: opened, offered, asked for, and booked by some.
pub(super) fn stage(stage: &mut Stage, cast: &Arc<Cast>, met: &Met) -> Result<()> {
    let id: Id<Conference> = composed(&stage.ledger.identity, &format!("demo/conference/{}", met.key));
    let by = author(cast, met)?;
    let conference = ConferenceDraft {
        id,
        kind: met.kind,
        place: cast.place_of(by)?,
        title: met.title.clone(),
        about: met.about.clone(),
        opens: stage.days.when(&met.opens)?,
        closes: stage.days.when(&met.closes)?,
        minutes: met.minutes,
    };
    let posted = stage.days.when(&met.posted)?.timestamp();
    let opens = conference.opens.timestamp();
    let open = Act::OpenConference { conference };
    stage.at(posted, move |tx| must(tx, by, &open));
    let offered = posted.saturating_add(SignedDuration::from_mins(30)).map_err(Fail::broken)?;
    let mut people = Vec::new();
    for (number, offer) in met.offers.iter().enumerate() {
        let who = offerer(cast, offer)?;
        let draft = draft(stage, cast, met, id, (number, offer))?;
        let filling = Filling {
            conference: id,
            offer: draft.id,
            families: families(cast, who, &format!("{}/{number}", met.key))?,
            percent: offer.booked_percent,
        };
        let wish = Act::OfferSlots { offer: draft, cut: None };
        stage.at(offered, move |tx| must(tx, who, &wish));
        stage.at(between(opens, stage.days.now(), 50), move |tx| filling.fill(tx));
        people.push(who);
    }
    for (number, child, words) in &met.asked {
        let who = *people.get(*number).ok_or_else(|| Fail::broken("nobody asks"))?;
        let (child, words) = (cast.family(child)?.child, words.clone());
        let ask = Act::PleaseCome { conference: id, child, words, ends: false };
        stage.at(offered, move |tx| must(tx, who, &ask));
    }
    Ok(())
}

/// Of two who are called the same, the one of the campus.
fn author(cast: &Cast, met: &Met) -> Result<Actor> {
    let campus = cast.campus(&met.campus)?;
    cast.titled_at(&met.by, campus)
}

fn offerer(cast: &Cast, offer: &Offered) -> Result<Actor> {
    let nobody = || Fail::broken("an offer of nobody");
    if let Some(title) = &offer.title {
        return cast.titled_at(title, cast.campus(&offer.campus)?);
    }
    let (campus, grade, number) = offer.class.as_ref().ok_or_else(nobody)?;
    let class = cast.cohort(campus, *grade, Some(*number))?;
    match &offer.subject {
        Some(subject) => cast.subject(class, subject),
        None => cast.staff(RoleKind::ClassTeacher, Some(class)),
    }
}

fn draft(
    stage: &Stage,
    cast: &Cast,
    met: &Met,
    conference: Id<Conference>,
    (number, offer): (usize, &Offered),
) -> Result<OfferDraft> {
    let pause = |(from, until): &(String, String)| {
        Ok(Break { from: stage.days.when(from)?, until: stage.days.when(until)? })
    };
    Ok(OfferDraft {
        id: composed(&stage.ledger.identity, &format!("demo/offer/{}/{number}", met.key)),
        conference,
        place: cast.campus(&offer.campus)?,
        room: offer.room.clone(),
        from: stage.days.when(&offer.from)?,
        until: stage.days.when(&offer.until)?,
        minutes: met.minutes,
        buffer: offer.buffer,
        breaks: offer.breaks.iter().map(pause).collect::<Result<_>>()?,
    })
}

/// Families of the hat's place, in an order of their own; that of the pictures has not booked yet.
fn families(cast: &Cast, who: Actor, seed: &str) -> Result<Vec<Family>> {
    let place = cast.place_of(who)?;
    let own = &cast.family(super::CHILD)?.deciding;
    let comes = |family: &&Family| {
        family.path.contains(&place)
            && !family.deciding.is_empty()
            && !family.deciding.iter().any(|person| own.contains(person))
    };
    let mut families: Vec<Family> = cast.families.iter().filter(comes).cloned().collect();
    Chance::of(seed).shuffle(&mut families);
    Ok(families)
}

/// An offer that fills.
struct Filling {
    conference: Id<Conference>,
    offer: Id<MeetingOffer>,
    families: Vec<Family>,
    percent: u64,
}

impl Filling {
    fn fill(&self, tx: &mut Tx<'_>) -> Result<()> {
        let Some((row, _, _)) = tx.row(self.offer.uuid())? else { return Ok(()) };
        let Row::MeetingOffer(offer) = &*row else { return Ok(()) };
        let mut families = self.families.iter();
        let mut chance = Chance::of(&offer.id.to_string());
        for slot in slots_of(offer).into_iter().filter(|_| chance.percent(self.percent)) {
            let Some(family) = families.next() else { break };
            let Some(person) = family.deciding.first() else { continue };
            let starts = slot.starts.timestamp();
            let wish = MeetingBooking {
                conference: self.conference,
                meetings: vec![MeetingWish { offer: offer.id, starts, child: family.child }],
                on_behalf_of: None,
            };
            // A family that meets somebody else then comes another time.
            act(tx, guardian(*person), &Act::BookMeetings(wish))?;
        }
        Ok(())
    }
}
