//! Classes in turn at a post: their contact, families that may be asked, and an offer that waits.

use std::sync::Arc;

use jiff::{SignedDuration, ToSpan};
use serde::Deserialize;
use xinmei_model::{
    Act, Actor, Id, List, Person, Place, Post, RoleKind, Row, Shift, TurnLength, TurnPlan, VolunteerAct,
    lay_turns, limits,
};

use super::{
    cast::{Cast, guardian},
    stage::{Stage, act, composed, must},
};
use crate::{Fail, Result, ledger::Tx};

/// Classes in turn, a week each.
#[derive(Clone, Deserialize)]
pub(super) struct InTurn {
    campus: String,
    /// By title.
    post: String,
    /// Grade and number, in their order.
    classes: Vec<(i16, u8)>,
    places: u32,
    opens_hours: u32,
    laid: String,
    /// 学号 of the child whose father is the contact of the first class.
    contact: String,
}

/// Puts them on the stage.
pub(super) fn stage(stage: &mut Stage, cast: &Arc<Cast>, said: &InTurn) -> Result<()> {
    let campus = cast.campus(&said.campus)?;
    let desk = cast.staff(RoleKind::Coordinator, Some(campus))?;
    let post: Id<Post> = composed(&stage.ledger.identity, &format!("demo/post/{}", said.post));
    let classes: Vec<_> = said
        .classes
        .iter()
        .map(|(grade, number)| cast.cohort(&said.campus, *grade, Some(*number)))
        .collect::<Result<_>>()?;
    let class = *classes.first().ok_or_else(|| Fail::broken("no class in turn"))?;
    let teacher = cast.staff(RoleKind::ClassTeacher, Some(class))?;
    let contact = cast.father(&said.contact)?;
    let Actor::Person { person, .. } = contact else { return Ok(()) };
    let laid = stage.days.when(&said.laid)?;
    let to = laid.date().checked_add(28.days()).map_err(Fail::broken)?;
    let (places, opens_hours) = (said.places, said.opens_hours);
    let plan = TurnPlan { from: laid.date(), to, classes, each: TurnLength::Week, places, opens_hours };
    let later = |minutes| laid.timestamp().saturating_add(SignedDuration::from_mins(minutes));
    let when = laid.clone();
    stage.at(laid.timestamp(), move |tx| {
        let turns = lay_turns(&plan, &shifts(tx, post)?, &when);
        must(tx, desk, &Act::Volunteer(VolunteerAct::SetTurns { post, turns }))
    });
    let named = VolunteerAct::AppointContact { class, person };
    stage.at(later(10).map_err(Fail::broken)?, move |tx| must(tx, teacher, &Act::Volunteer(named.clone())));

    let families = cast.families.iter().filter(|family| family.path.contains(&class));
    let others: Vec<Id<Person>> = families
        .filter(|family| family.number != said.contact)
        .filter_map(|family| family.deciding.first().copied())
        .filter(|other| *other != person)
        .take(4)
        .collect();
    let ready = others.clone();
    stage.at(later(60).map_err(Fail::broken)?, move |tx| {
        for parent in &ready {
            let ready = VolunteerAct::SayReady { class, ready: true, on_behalf_of: None };
            must(tx, guardian(*parent), &Act::Volunteer(ready))?;
        }
        Ok(())
    });
    let asked = later(120).map_err(Fail::broken)?;
    stage.at(asked, move |tx| ask(tx, (post, class), (contact, teacher), &others));
    Ok(())
}

/// One comes, one was asked and has not answered, and the teacher asks the contact.
fn ask(
    tx: &mut Tx<'_>,
    (post, class): (Id<Post>, Id<Place>),
    (contact, teacher): (Actor, Actor),
    others: &[Id<Person>],
) -> Result<()> {
    let Actor::Person { person, .. } = contact else { return Ok(()) };
    let own = shifts(tx, post)?.into_iter().filter(|one| one.turns.iter().any(|turn| turn.class == class));
    let own: Vec<_> = own.map(|one| one.id).collect();
    let asks = |shift, person, words: &str| {
        let words = words.to_owned();
        Act::Volunteer(VolunteerAct::AskFamily { shift, class, person, words, until: None })
    };
    for (index, parent) in others.iter().take(3).enumerate() {
        let Some(shift) = own.get(index / 2).copied() else { break };
        if act(tx, contact, &asks(shift, *parent, "方便的话，早上一起在西门站一班。"))? && index != 1
        {
            let (agrees, reason, on_behalf_of) = (true, String::new(), None);
            let yes = VolunteerAct::AnswerOffer { shift, agrees, reason, on_behalf_of };
            act(tx, guardian(*parent), &Act::Volunteer(yes))?;
        }
    }
    if let Some(last) = own.last() {
        act(tx, teacher, &asks(*last, person, "这天还没有人，您方便吗？不方便也没关系。"))?;
    }
    Ok(())
}

fn shifts(tx: &mut Tx<'_>, post: Id<Post>) -> Result<Vec<Shift>> {
    let rows = tx.list(List::ShiftsOf(post), limits::ROWS_PER_LIST)?;
    Ok(rows
        .iter()
        .filter_map(|row| if let Row::Shift(shift) = &**row { Some(shift.clone()) } else { None })
        .collect())
}
