//! What an event asks as a family signs up, and what it answers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{FormField, Refusal, Stop, ask::check_values};

/// An answer to a question of the event, beside the question as it was asked then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct BookingAnswer {
    /// As it was asked.
    pub question: String,
    /// Empty where nothing was entered.
    pub answer: String,
}

/// What the family answers, if that is to what is asked now: somebody may have answered other questions without a network.
pub(crate) fn answered(
    questions: &[FormField],
    answers: &[BookingAnswer],
) -> Result<Vec<BookingAnswer>, Stop> {
    let asked = answers.iter().map(|answer| answer.question.as_str());
    if !questions.iter().map(|question| question.label.as_str()).eq(asked) {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let values: Vec<String> = answers.iter().map(|answer| answer.answer.trim().to_owned()).collect();
    check_values(questions, &values)?;
    let beside = answers.iter().zip(values);
    Ok(beside.map(|(asked, answer)| BookingAnswer { answer, ..asked.clone() }).collect())
}
