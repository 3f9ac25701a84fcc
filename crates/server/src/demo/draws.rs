//! Events whose seats are drawn: families enter, and where the plan has a value, it was drawn with it.

use std::{collections::BTreeSet, sync::Arc};

use jiff::SignedDuration;
use xinmei_model::{Act, Actor, DrawDraft, Event, FileHash, Id, Person, RoleKind, Secret, Session, SignUp};

use super::{
    calendar::Chance,
    cast::{Cast, Family, guardian},
    events, plan,
    stage::{Stage, act, between, composed, must},
};
use crate::{Fail, Result, ledger::Tx};

/// Puts it on the stage: published, entered, and drawn if it was.
pub(super) fn stage(
    stage: &mut Stage,
    cast: &Arc<Cast>,
    held: &plan::Held,
    drawing: &plan::Drawing,
) -> Result<()> {
    let campus = cast.campus(&held.campus)?;
    let author = cast.staff(RoleKind::Coordinator, Some(campus))?;
    let mut event = events::draft(stage, cast, held)?;
    let known = stage.days.when(&drawing.known)?;
    let drawn_at = known.timestamp().saturating_add(SignedDuration::from_mins(20)).map_err(Fail::broken)?;
    // The same in every scene of this school, like what devices compose here.
    let secret: Id<Event> = composed(&stage.ledger.identity, &format!("demo/draw/{}", held.title));
    let secret = Secret::new(*FileHash::of(secret.uuid().as_bytes()).as_bytes());
    // Two days to give a seat back.
    event.withdraw_until = known.checked_add(SignedDuration::from_hours(48)).map_err(Fail::broken)?;
    let (public_value, decimals) = (drawing.public_value.clone(), drawing.decimals);
    event.draw = Some(DrawDraft { secret, public_value, decimals, known });
    let (opens, closes) = (event.opens.timestamp(), event.closes.timestamp());
    let last = closes.min(stage.days.now());
    let entering = Entering {
        held: held.clone(),
        sessions: event.sessions.iter().map(|session| session.id).collect(),
        families: families(cast, campus, &event.eligible, held)?,
    };
    let (id, posted) = (event.id, opens.saturating_sub(SignedDuration::from_hours(1)).map_err(Fail::broken)?);
    stage.at(posted, move |tx| must(tx, author, &Act::PublishEvent { event: event.clone() }));
    let (entries, of) = (drawing.entries, Arc::clone(cast));
    let named = drawing.entered_for.clone();
    stage.at(between(opens, last, 60), move |tx| {
        named.iter().try_for_each(|number| entering.named(tx, &of, number))?;
        entering.enter(tx, entries)
    });
    if let Some(value) = drawing.value.clone() {
        let wish = Act::Draw { event: id, value };
        // In the first days of a year it is not closed yet.
        stage.at(drawn_at, move |tx| act(tx, author, &wish).map(|_| ()));
    }
    Ok(())
}

/// Families it is for, in the order in which they come; that of the pictures does what the plan says, and nothing else.
fn families(
    cast: &Cast,
    campus: Id<xinmei_model::Place>,
    grades: &[Id<xinmei_model::Place>],
    held: &plan::Held,
) -> Result<Vec<Family>> {
    let of = |family: &&Family| {
        family.path.contains(&campus)
            && (grades.is_empty() || grades.iter().any(|grade| family.path.contains(grade)))
    };
    let own: BTreeSet<Id<Person>> = cast.family(super::CHILD)?.deciding.iter().copied().collect();
    let mut families: Vec<Family> = cast.families.iter().filter(of).cloned().collect();
    families.retain(|family| !family.deciding.is_empty() && !family.deciding.iter().any(|g| own.contains(g)));
    Chance::of(&held.title).shuffle(&mut families);
    Ok(families)
}

/// Who enters for which sessions.
struct Entering {
    held: plan::Held,
    sessions: Vec<Id<Session>>,
    families: Vec<Family>,
}

impl Entering {
    /// So many families enter. One that may not is passed over.
    fn enter(&self, tx: &mut Tx<'_>, entries: usize) -> Result<()> {
        let mut chance = Chance::of(&format!("{}/entries", self.held.title));
        let mut left = entries;
        for family in &self.families {
            let Some(person) = family.deciding.first().filter(|_| left > 0) else { continue };
            let adults = if self.held.family_limit >= 3 && chance.percent(30) { 2 } else { 1 };
            let mut wishes = self.sessions.clone();
            if chance.percent(40) {
                wishes.reverse();
            }
            // Some would rather stay at home than come at another time.
            if chance.percent(25) {
                wishes.truncate(1);
            }
            left -=
                usize::from(act(tx, guardian(*person), &self.wish(tx, family, *person, adults, &wishes))?);
        }
        Ok(())
    }

    /// The father of a child named by the plan.
    fn named(&self, tx: &mut Tx<'_>, cast: &Cast, number: &str) -> Result<()> {
        let father = cast.father(number)?;
        let Actor::Person { person, .. } = father else { return Ok(()) };
        let wish = self.wish(tx, cast.family(number)?, person, 1, &self.sessions);
        must(tx, father, &wish)
    }

    fn wish(
        &self,
        tx: &Tx<'_>,
        family: &Family,
        person: Id<Person>,
        adults: u32,
        wishes: &[Id<Session>],
    ) -> Act {
        let name = format!("demo/entry/{}/{person}/{}", self.held.title, family.child);
        let first = wishes.first().or(self.sessions.first()).copied();
        Act::SignUp(SignUp {
            booking: composed(tx.identity(), &name),
            session: first.unwrap_or_else(|| composed(tx.identity(), &name)),
            children: vec![family.child],
            adults,
            answers: self.held.questions.iter().map(events::answer).collect(),
            others: wishes.iter().skip(1).copied().collect(),
            on_behalf_of: None,
        })
    }
}
