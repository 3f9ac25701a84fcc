//! Alerts: what cannot wait, in the words of the Common Alerting Protocol (OASIS CAP 1.2, §3.2).
//!
//! An alert is a notice: the same audience, the same versions, the same answers. It differs in what it does not wait
//! for (the hold window, the night, a second approver) and in who may send it.

use jiff::Zoned;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Ask, Facts, Id, Notice, NoticeDraft, Refusal, Stop, Target};

/// Whether it is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum AlertStatus {
    /// It happens.
    Actual,
    /// 演练: everybody acts as if, and nobody is afraid.
    Exercise,
}

/// Where an alert stands among those of one incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum MsgType {
    /// The first.
    Alert,
    /// What is known now; it replaces the one before.
    Update,
    /// The all-clear.
    Cancel,
}

/// How soon one should act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Urgency {
    /// Now.
    Immediate,
    /// Within the hour.
    Expected,
    /// Later.
    Future,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// An extraordinary threat to life.
    Extreme,
    /// A significant one.
    Severe,
    /// A possible one.
    Moderate,
    /// Hardly any.
    Minor,
}

/// How sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// It was seen.
    Observed,
    /// More likely than not.
    Likely,
    /// It may be.
    Possible,
}

/// What makes a notice an alert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct Alert {
    /// Whether it is meant.
    pub status: AlertStatus,
    /// The first, what is known now, or the all-clear.
    pub msg_type: MsgType,
    /// How soon one should act.
    pub urgency: Urgency,
    /// How bad it is.
    pub severity: Severity,
    /// How sure it is.
    pub certainty: Certainty,
    /// Whether every child is called: safe with me, needs help, picked up.
    pub roll_call: bool,
    /// After then it is over by itself; it stands until the all-clear if `None`.
    #[schemars(with = "Option<String>")]
    pub expires: Option<Zoned>,
}

impl Notice {
    /// Whether it is an alert that is still on: sent, not the all-clear, not over by itself.
    #[must_use]
    pub fn alarms_at(&self, now: jiff::Timestamp) -> bool {
        let on = |alert: &Alert| {
            alert.msg_type != MsgType::Cancel
                && alert.expires.as_ref().is_none_or(|expires| now < expires.timestamp())
        };
        self.is_sent() && self.alert.as_ref().is_some_and(on)
    }
}

/// Refuses what is no alert, and gives the first alert of its incident.
pub(crate) fn check(
    facts: &Facts,
    draft: &NoticeDraft,
    alert: &Alert,
    old: Option<&Notice>,
) -> Result<Id<Notice>, Stop> {
    let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
    // Whole places: whoever is there hears it, families and staff, and nobody is left out of the all-clear.
    let places = draft.audience.include.iter().all(|target| matches!(target, Target::Place(_)));
    if !places || !draft.audience.except.is_empty() {
        return malformed("audience");
    }
    if !matches!(draft.ask, Ask::Nothing | Ask::Read | Ask::Acknowledge) || draft.keeps_answers {
        return malformed("ask");
    }
    if draft.send_at.is_some() {
        return malformed("send_at");
    }
    if draft.due.is_some() || draft.reminds {
        return malformed("due");
    }
    if alert.roll_call && alert.msg_type == MsgType::Cancel {
        return malformed("alert.roll_call");
    }
    let over = |expires: &Zoned| facts.past(expires.timestamp());
    if alert.expires.as_ref().is_some_and(over) {
        return malformed("alert.expires");
    }
    let Some(old) = old else {
        return if alert.msg_type == MsgType::Alert { Ok(draft.id) } else { malformed("alert.msg_type") };
    };
    let same = old.alert.as_ref().is_some_and(|old| old.status == alert.status);
    if !same || alert.msg_type == MsgType::Alert {
        return malformed("alert.msg_type");
    }
    if old.audience != draft.audience {
        return malformed("audience");
    }
    Ok(old.incident.unwrap_or(old.id))
}
