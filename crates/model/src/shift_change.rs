//! A shift that stands gets other times, or other numbers. Whoever comes keeps the place, is told, and may give it back.

use jiff::Zoned;

use crate::{
    Actor, Allotment, Change, Decision, Facts, Id, List, Power, Refusal, Shift, ShiftMoved, Take, TakeState,
    class_turn::{fitted, opening, places_now},
    guest, limits, rights, shift_take, stand_in,
};

/// Changes a shift that has not begun; `version` is the one that was looked at. A clash that arises is shown and changes nothing.
pub(crate) fn change(
    facts: &Facts,
    actor: &Actor,
    id: Id<Shift>,
    (starts, ends, needed): (&Zoned, &Zoned, u32),
    version: u32,
) -> Decision {
    let shift = facts.get(id)?;
    let post = facts.get(shift.post)?;
    rights::require_power(facts, actor, Power::ManageShifts, &post.held_at)?;
    if !shift.is_on() {
        return Err(Refusal::ShiftOff.into());
    }
    if facts.now() >= shift.starts.timestamp() {
        return Err(Refusal::Started { since: shift.starts.clone() }.into());
    }
    if shift.version != version {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
    if starts >= ends {
        return malformed("ends");
    }
    if facts.past(starts.timestamp()) {
        return malformed("starts");
    }
    if needed == 0 || needed > limits::NEEDED_PER_SHIFT {
        return malformed("needed");
    }
    let moved = (starts, ends) != (&shift.starts, &shift.ends);
    if !moved && needed == shift.needed {
        return malformed("shift");
    }
    let before = ShiftMoved { starts: shift.starts.clone(), ends: shift.ends.clone(), at: facts.now() };
    let changed = Shift {
        version: version.saturating_add(1),
        moved: if moved { Some(before) } else { shift.moved.clone() },
        starts: starts.clone(),
        ends: ends.clone(),
        needed,
        turns: fitted(&shift.turns, (&shift.starts, starts), needed, facts.now()),
        ..shift.clone()
    };
    guest::refuse_other_day(facts, shift, &changed)?;
    let mut changes = vec![changed.clone().put()];
    if moved {
        changes.extend(asked_anew(facts, &changed)?);
    }
    // How many come is the server's to know.
    if facts.complete() {
        let before = facts.get(Allotment::of(id.uuid()))?;
        let used = before.used;
        if needed < used {
            return Err(Refusal::SeatsHeld { used }.into());
        }
        let places = Allotment { seats: needed, ..places_now(facts, &changed)? };
        if places != *before {
            changes.push(Change::put(places, []));
        }
        if needed == used {
            changes.extend(shift_take::release(facts, id)?);
            changes.extend(stand_in::filled(facts, id)?);
        } else if moved {
            changes.extend(stand_in::moved(facts, &changed)?);
        }
        if moved {
            changes.extend(opening(&changed, facts.now()));
        }
    }
    Ok(changes)
}

/// Who said that they still come said it of another time.
fn asked_anew(facts: &Facts, shift: &Shift) -> Decision {
    let takes = facts.list::<Take>(List::TakesOf(shift.id), limits::ROWS_PER_LIST)?;
    let said = |take: &&Take| take.reminded.is_some() || take.confirmed.is_some();
    let said = takes.into_iter().filter(|take| take.state == TakeState::Taken).filter(said);
    let said = said.map(|take| Take { reminded: None, confirmed: None, ..take.clone() }.put());
    Ok(said.chain(shift.asks_anew(facts)?).collect())
}
