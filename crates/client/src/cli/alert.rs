//! Alerts and the roll-call.

use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};
use jiff::Zoned;
use serde::de::DeserializeOwned;
use xinmei_client::api::{Request, alert as ask, notice};
use xinmei_model::{
    Alert, AlertStatus, AnsweredBy, Ask, Audience, Certainty, Id, MsgType, Notice, RollState, Severity,
    Urgency,
};

use super::{names, terminal::Terminal, whom::targets};

/// A word of the wire: `needs-help`.
fn word<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    serde_json::from_value(text.into())
}

/// An alert as it is composed on the command line.
#[derive(Args)]
pub(crate) struct Sending {
    /// One line.
    #[arg(long)]
    title: String,
    /// Plain text: what to do.
    #[arg(long)]
    body: String,
    /// Places: `3.2` is 三年级2班; ids of any place. Where an alert is followed, its own.
    #[arg(long, required_unless_present_any = ["updates", "ends"])]
    to: Vec<String>,
    /// 演练: an exercise. Where an alert is followed, as that one.
    #[arg(long)]
    exercise: bool,
    /// Call the roll.
    #[arg(long)]
    roll_call: bool,
    /// How soon one should act: immediate, expected, future.
    #[arg(long, value_parser = word::<Urgency>, default_value = "immediate")]
    urgency: Urgency,
    /// How bad it is: extreme, severe, moderate, minor.
    #[arg(long, value_parser = word::<Severity>, default_value = "severe")]
    severity: Severity,
    /// How sure it is: observed, likely, possible.
    #[arg(long, value_parser = word::<Certainty>, default_value = "observed")]
    certainty: Certainty,
    /// Over by itself then: `2026-11-27T18:00+08:00[Asia/Shanghai]`.
    #[arg(long)]
    expires: Option<Zoned>,
    /// The alert this one replaces.
    #[arg(long, conflicts_with_all = ["to", "exercise"])]
    updates: Option<Id<Notice>>,
    /// All-clear: the alert that is over.
    #[arg(long, conflicts_with_all = ["to", "exercise", "updates", "roll_call"])]
    ends: Option<Id<Notice>>,
    /// Families are asked to say 知道了.
    #[arg(long)]
    acknowledge: bool,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// What is on now.
    Now,
    /// Send an alert: it waits for nothing.
    Send(Box<Sending>),
    /// The roll-call of an incident.
    Roll {
        /// The first alert of the incident.
        incident: Id<Notice>,
        /// Of which class: `3.2`.
        #[arg(long)]
        class: Option<String>,
    },
    /// Say where a child is.
    Mark {
        /// The first alert of the incident.
        incident: Id<Notice>,
        /// Whom, by name.
        #[arg(long)]
        child: String,
        /// Where: safe, needs-help, picked-up.
        #[arg(long, value_parser = word::<RollState>)]
        state: RollState,
        /// In a few words: 在医务室.
        #[arg(long, default_value = "")]
        note: String,
    },
}

impl Sending {
    async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let follows = self.updates.or(self.ends);
        let (audience, status) = match follows {
            Some(old) => {
                let asked = Request::NoticeOpen(notice::Open { notice: old, child: None });
                let opened: notice::Opened = terminal.ask(asked).await?;
                let alert = opened.line.alert.context("that notice is no alert")?;
                (opened.audience_is, alert.status)
            }
            None => {
                let include = targets(terminal, &self.to, &[]).await?;
                let status = if self.exercise { AlertStatus::Exercise } else { AlertStatus::Actual };
                (Audience { include, except: Vec::new() }, status)
            }
        };
        let alert = Alert {
            status,
            msg_type: match (self.updates, self.ends) {
                (_, Some(_)) => MsgType::Cancel,
                (Some(_), _) => MsgType::Update,
                _ => MsgType::Alert,
            },
            urgency: self.urgency,
            severity: self.severity,
            certainty: self.certainty,
            roll_call: self.roll_call,
            expires: self.expires,
        };
        let preview = notice::Preview { audience: audience.clone(), send_at: None };
        let reach: notice::Previewed = terminal.ask(Request::NoticePreview(preview)).await?;
        let send = notice::Send {
            audience,
            families_seen: reach.families,
            title: self.title,
            body: self.body,
            ask: if self.acknowledge { Ask::Acknowledge } else { Ask::Nothing },
            answered_by: AnsweredBy::AnyGuardian,
            due: None,
            send_at: None,
            supersedes: follows,
            keeps_answers: false,
            asks_again: Default::default(),
            changed: None,
            class_reads: false,
            reminds: false,
            alert: Some(alert),
            files: Vec::new(),
        };
        terminal.save(Request::NoticeSend(send)).await
    }
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        match self {
            Self::Now => {
                let columns = ["/notice", "/incident", "/at", "/alert/status", "/alert/msg_type", "/title"];
                terminal.show(Request::AlertNow(ask::Now {}), "/alarms", &columns).await
            }
            Self::Send(sending) => sending.run(terminal).await,
            Self::Roll { incident, class } => {
                let class = match class {
                    Some(class) => Some(names::place(terminal, &class).await?),
                    None => None,
                };
                let columns = ["/child/name", "/number", "/said/state", "/said/by_name", "/absent"];
                terminal.show(Request::AlertRoll(ask::Roll { incident, class }), "/children", &columns).await
            }
            Self::Mark { incident, child, state, note } => {
                let child = names::child(terminal, &child).await?;
                let replaces = version(terminal, incident, child).await?;
                let marks = vec![ask::ChildMark { child, state, note, replaces }];
                terminal.save(Request::AlertMark(ask::Mark { incident, marks })).await
            }
        }
    }
}

/// The version of the mark as it stands here; 0 where nothing is known of the child.
async fn version(
    terminal: &Terminal,
    incident: Id<Notice>,
    child: Id<xinmei_model::Child>,
) -> anyhow::Result<u32> {
    let now: ask::Alarms = terminal.ask(Request::AlertNow(ask::Now {})).await?;
    let own = now.alarms.into_iter().filter(|alarm| alarm.incident == incident);
    let own = own.flat_map(|alarm| alarm.children).find(|one| one.child.id == child);
    if let Some(own) = own {
        return Ok(own.version);
    }
    let opened: ask::RollCall = terminal.ask(Request::AlertRoll(ask::Roll { incident, class: None })).await?;
    for class in opened.classes {
        let asked = Request::AlertRoll(ask::Roll { incident, class: Some(class.place.id) });
        let roll: ask::RollCall = terminal.ask(asked).await?;
        if let Some(found) = roll.children.into_iter().find(|one| one.child.id == child) {
            return Ok(found.version);
        }
    }
    Ok(0)
}
