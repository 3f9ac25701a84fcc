//! What there is to choose from, and how it stands.

use xinmei_model::{Ask as Asked, Notice};

use crate::{
    api::{Fault, notice::ChoiceView},
    view::reading::{Reading, count},
};

/// The choices of a notice; none where nothing is chosen.
pub(super) fn of(reading: &Reading<'_>, notice: &Notice) -> Result<Vec<ChoiceView>, Fault> {
    let Asked::Choose { choices, .. } = &notice.ask else { return Ok(Vec::new()) };
    let answers = reading.answers_to(notice)?;
    let mut views = Vec::with_capacity(choices.len());
    for (place, choice) in (0_u32..).zip(choices) {
        let taken = count(answers.iter().filter(|answer| answer.given.reply.choices().contains(&place)));
        let left = match choice.limit {
            // Nobody has chosen it as long as the school said nothing else.
            Some(limit) => {
                let heard = reading.heard_fill(notice.choice_id(place), limit)?;
                Some(heard.map_or(limit, |fill| fill.open_seats()))
            }
            None => None,
        };
        views.push(ChoiceView { text: choice.text.clone(), limit: choice.limit, left, taken });
    }
    Ok(views)
}
