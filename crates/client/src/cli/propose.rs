//! 建议人选: whom one could ask to come where people are missing; and asking them, once the desk has read it.

use std::process::ExitCode;

use anyhow::bail;
use clap::Args;
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use xinmei_client::api::{
    Request,
    volunteer::{Proposal, Propose, ProposedPerson, ProposedShift, Step},
};
use xinmei_model::{Id, ProposalReason, Shift, VolunteerAct};

use super::terminal::{Terminal, line, on_the_wall, row};

/// Bytes of the name of a proposal: enough to tell it from the next one.
const NAME_BYTES: usize = 4;

/// What `volunteer propose` takes.
#[derive(Args)]
pub(crate) struct Asked {
    /// Which shifts.
    #[arg(required = true)]
    shifts: Vec<Id<Shift>>,
    /// Ask whom the proposal of this name proposes; nobody is asked where it proposes others by now.
    #[arg(long, value_name = "PROPOSAL")]
    ask: Option<String>,
    /// For whom is asked to read.
    #[arg(long, default_value = "", requires = "ask")]
    words: String,
    /// Until when an answer is hoped for: 2026-12-01T18:00+08:00.
    #[arg(long, requires = "ask")]
    until: Option<Timestamp>,
}

impl Asked {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let Self { shifts, ask, words, until } = self;
        let found: Proposal = terminal.ask(Request::VolunteerPropose(Propose { shifts })).await?;
        let name = name_of(&found);
        if ask.as_ref().is_some_and(|ask| *ask != name) {
            bail!(
                "nobody was asked: by now others would be proposed, or for other times; look again without --ask"
            );
        }
        if terminal.json {
            line(&serde_json::json!({ "proposal": name, "shifts": found.shifts }));
        } else {
            print(&found);
        }
        if ask.is_none() {
            if !terminal.json {
                row(&["proposal", &name]);
            }
            return Ok(ExitCode::SUCCESS);
        }
        if found.shifts.iter().all(|one| one.people.is_empty()) {
            bail!("there is nobody to ask");
        }
        let mut said = ExitCode::SUCCESS;
        for one in found.shifts.into_iter().filter(|one| !one.people.is_empty()) {
            let people = one.people.into_iter().map(|person| person.person).collect();
            let step = VolunteerAct::OfferShift { shift: one.shift, people, words: words.clone(), until };
            // Each shift is asked for or not by itself: one that the school refuses leaves the others.
            let code = terminal.save(Request::VolunteerStep(Step { step })).await?;
            if code != ExitCode::SUCCESS {
                said = code;
            }
        }
        Ok(said)
    }
}

/// Follows from whom it proposes for which shifts at which times.
fn name_of(found: &Proposal) -> String {
    let mut hash = Sha256::new();
    for one in &found.shifts {
        hash.update(one.shift.uuid().as_bytes());
        hash.update(one.starts.timestamp().as_millisecond().to_be_bytes());
        hash.update(one.ends.timestamp().as_millisecond().to_be_bytes());
        hash.update(one.missing.to_be_bytes());
        for person in &one.people {
            hash.update(person.person.uuid().as_bytes());
        }
    }
    HEXLOWER.encode(hash.finalize().get(..NAME_BYTES).unwrap_or_default())
}

fn print(found: &Proposal) {
    for ProposedShift { shift, title, starts, missing, people, .. } in &found.shifts {
        let zone = starts.time_zone().iana_name().unwrap_or_default().to_owned();
        let when = on_the_wall(starts.timestamp(), &zone);
        row(&[&shift.to_string(), title, &when, &format!("{missing} missing")]);
        for ProposedPerson { person, name, of, reasons } in people {
            let why: Vec<_> = reasons.iter().map(|reason| why(*reason)).collect();
            row(&["", name, &of.join(","), &why.join("; "), &person.to_string()]);
        }
    }
}

fn why(reason: ProposalReason) -> String {
    match reason {
        ProposalReason::Qualified => "has what the post asks for".to_owned(),
        ProposalReason::ThisTerm { shifts: 0 } => "no shift this term yet".to_owned(),
        ProposalReason::ThisTerm { shifts } => format!("shifts this term: {shifts}"),
        ProposalReason::KnowsPost { shifts } => format!("shifts of this post: {shifts}"),
        ProposalReason::UsualTime { .. } => "often comes at that time".to_owned(),
        ProposalReason::Wished => "asked for this post".to_owned(),
        ProposalReason::SameCampus => "is on that campus anyway".to_owned(),
        ProposalReason::OtherCampus => "is on another campus".to_owned(),
        ProposalReason::AskedLately { times } => format!("asked lately: {times}"),
        ProposalReason::SaidNo => "said no to this post lately".to_owned(),
        ProposalReason::Busy => "has something else at that time".to_owned(),
        ProposalReason::TooFar => "is on another campus shortly before or after".to_owned(),
    }
}
