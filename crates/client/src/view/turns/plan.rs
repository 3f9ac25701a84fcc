//! A plan of turns before it is laid.

use std::collections::BTreeMap;

use jiff::civil::Date;
use xinmei_model::{
    Id, Kind, Level, List, Place, Post, Power, Refusal, Shift, ShiftTurns, TurnCount, TurnPlan, Year,
    lay_turns, limits, turn_counts,
};

use crate::{
    Client,
    api::{
        Ask, Fault,
        turns::{Preview, PreviewClass, PreviewShift, TurnsPreviewed},
    },
    fault::invalid,
    view::{
        ask::{no_power, read},
        reading::Reading,
    },
};

impl Ask for Preview {
    type Reply = TurnsPreviewed;

    async fn answer(self, client: &Client) -> Result<TurnsPreviewed, Fault> {
        read(client, move |reading| preview(reading, self.post, self.plan.as_ref())).await
    }
}

pub(super) fn preview(
    reading: &Reading<'_>,
    id: Id<Post>,
    plan: Option<&TurnPlan>,
) -> Result<TurnsPreviewed, Fault> {
    let post: Post = reading.snapshot.get(id)?.ok_or_else(|| invalid("post"))?;
    if !reading.may(Power::ManageShifts, &post.held_at) {
        return Err(no_power(Power::ManageShifts));
    }
    if plan.is_some_and(|plan| plan.classes.len() > limits::CLASSES_IN_TURN) {
        let limit = u32::try_from(limits::CLASSES_IN_TURN).unwrap_or(u32::MAX);
        return Err(Fault::Refused { refusal: Refusal::TooMany { field: "classes".into(), limit } });
    }
    let mut shifts: Vec<Shift> = reading.snapshot.list(List::ShiftsOf(id))?;
    shifts.sort_by_key(|shift| (shift.starts.timestamp(), shift.id));
    let turns = plan.map(|plan| lay_turns(plan, &shifts, &reading.zoned(reading.now))).unwrap_or_default();
    let from = plan.map_or(reading.day, |plan| plan.from);
    let before = in_term(reading, from)?;
    let after: Vec<_> = before.iter().map(|shift| laid(&turns, shift)).collect();
    let (counts, later) = (turn_counts(&before), turn_counts(&after));
    let count =
        |counts: &BTreeMap<Id<Place>, TurnCount>, class| counts.get(&class).copied().unwrap_or_default();
    let mut classes: Vec<_> = reading
        .places
        .values()
        .filter(|place| place.level == Level::Class && place.within(post.place))
        .collect();
    classes.sort_by_cached_key(|place| reading.place_order(place));
    let classes = classes.into_iter().map(|place| PreviewClass {
        class: reading.place_name(place.id),
        before: count(&counts, place.id),
        after: count(&later, place.id),
    });
    let mut shown = Vec::with_capacity(turns.len());
    for one in &turns {
        if let Some(shift) = shifts.iter().find(|shift| shift.id == one.shift) {
            shown.push(preview_shift(reading, shift, one)?);
        }
    }
    Ok(TurnsPreviewed { classes: classes.collect(), shifts: shown, turns })
}

fn preview_shift(reading: &Reading<'_>, shift: &Shift, laid: &ShiftTurns) -> Result<PreviewShift, Fault> {
    let turn = laid.turns.first();
    Ok(PreviewShift {
        shift: shift.id,
        starts: shift.starts.clone(),
        ends: shift.ends.clone(),
        needed: shift.needed,
        taken: reading.people_at(shift)?,
        class: turn.map(|turn| reading.place_name(turn.class)),
        places: turn.map(|turn| turn.places).unwrap_or_default(),
        until: turn.map(|turn| turn.until.clone()),
        was: shift.turns.iter().map(|turn| reading.place_name(turn.class)).collect(),
    })
}

/// Shifts of the term a day belongs to, over all posts the hat plans; of the year, where no term is on.
fn in_term(reading: &Reading<'_>, day: Date) -> Result<Vec<Shift>, Fault> {
    let years: Vec<Year> = reading.snapshot.list(List::All(Kind::Year))?;
    let year = Year::of(&years, day);
    let term = year.and_then(|year| year.terms.iter().find(|term| (term.from..=term.to).contains(&day)));
    let span = term.map(|term| term.from..=term.to).or_else(|| year.map(|year| year.from..=year.to));
    let posts: Vec<Post> = reading.snapshot.list(List::All(Kind::Post))?;
    let mut found = Vec::new();
    for post in posts.iter().filter(|post| reading.may(Power::ManageShifts, &post.held_at)) {
        let shifts: Vec<Shift> = reading.snapshot.list(List::ShiftsOf(post.id))?;
        let within = |shift: &Shift| {
            span.as_ref().is_none_or(|span| span.contains(&shift.day_in(reading.zone.clone())))
        };
        found.extend(shifts.into_iter().filter(within));
    }
    Ok(found)
}

fn laid(turns: &[ShiftTurns], shift: &Shift) -> Shift {
    match turns.iter().find(|one| one.shift == shift.id) {
        Some(one) => Shift { turns: one.turns.clone(), ..shift.clone() },
        None => shift.clone(),
    }
}
