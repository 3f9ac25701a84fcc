//! Conference days and the guidance station.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, bail};
use clap::Subcommand;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use xinmei_client::api::{
    Request, conference as ask, meeting_offer as offer,
    meeting_plan::{Pick, Plan, Talk},
};
use xinmei_model::{Conference, Cut, Id, Meeting, MeetingOffer, Person};

use super::{
    names::{self, Proxy},
    terminal::Terminal,
};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Those to come first.
    List,
    /// Whom a family can meet, and when.
    Open {
        /// Which.
        conference: Id<Conference>,
        /// 代办: for these children of one family, by name.
        #[arg(long)]
        child: Vec<String>,
    },
    /// A proposal for all meetings of the family, or the smallest set of wishes that cannot all be met.
    Plan {
        /// In which conference.
        conference: Id<Conference>,
        /// A child and whom to meet about it: 李雨桐=ID. Once for each.
        #[arg(long, required = true)]
        wish: Vec<String>,
        /// Nothing before this.
        #[arg(long)]
        from: Option<Timestamp>,
        /// Nothing after this.
        #[arg(long)]
        until: Option<Timestamp>,
    },
    /// Book meetings: all of them or none.
    Book {
        /// In which conference.
        conference: Id<Conference>,
        /// A child and a slot: 李雨桐=OFFER@START, as `plan` and `open` say them. Once for each.
        #[arg(long, required = true)]
        slot: Vec<String>,
        #[command(flatten)]
        proxy: Proxy,
    },
    /// Give a meeting back.
    Withdraw {
        /// Which.
        meeting: Id<Meeting>,
        #[command(flatten)]
        proxy: Proxy,
    },
    /// What one offers, and who comes.
    Mine {
        /// In which conference.
        conference: Id<Conference>,
    },
    /// Offer times from a JSON file: what `conference.offer` takes.
    Offer {
        /// The file.
        file: PathBuf,
    },
    /// Take an offer of times back.
    WithdrawOffer {
        /// Which.
        offer: Id<MeetingOffer>,
        /// Meant, although families lose their meeting by it: for them to read.
        #[arg(long, requires = "families")]
        reason: Option<String>,
        /// Families it costs a meeting.
        #[arg(long, requires = "reason")]
        families: Option<u32>,
    },
    /// Cancel one meeting one cannot come to.
    CancelMeeting {
        /// Which.
        meeting: Id<Meeting>,
        /// For the family to read.
        #[arg(long)]
        reason: String,
    },
    /// 请您来
    PleaseCome {
        /// To which conference.
        conference: Id<Conference>,
        /// Whose family, by name.
        #[arg(long)]
        child: String,
        /// For the family to read.
        #[arg(long, default_value = "")]
        words: String,
        /// From now on no more.
        #[arg(long)]
        ends: bool,
    },
    /// Write what was agreed in a meeting of the guidance station.
    Note {
        /// Of which meeting.
        meeting: Id<Meeting>,
        /// As it reads from now on.
        text: String,
    },
    /// How full a conference day is.
    Desk {
        /// Which.
        conference: Id<Conference>,
    },
    /// Open a conference from a JSON file: what `conference.publish` takes.
    Publish {
        /// The file.
        file: PathBuf,
    },
    /// Change one by a JSON file: what `conference.change` takes.
    Change {
        /// The file.
        file: PathBuf,
    },
    /// Call one off.
    Cancel {
        /// Which.
        conference: Id<Conference>,
        /// For families to read.
        #[arg(long)]
        reason: String,
    },
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        match self {
            Self::List => {
                let columns = ["/id", "/kind", "/starts", "/title", "/free", "/open_now"];
                terminal.show(Request::ConferenceList(ask::List {}), "/conferences", &columns).await
            }
            Self::Open { conference, child } => {
                let children = names::children(terminal, &child).await?;
                terminal.show(Request::ConferenceOpen(ask::Open { conference, children }), "", &[]).await
            }
            Self::Plan { conference, wish, from, until } => {
                let wishes = talks(terminal, &wish).await?;
                let plan = Plan { conference, wishes, from, until, locked: Vec::new() };
                terminal.show(Request::ConferencePlan(plan), "", &[]).await
            }
            Self::Book { conference, slot, proxy } => {
                let on_behalf_of = proxy.find(terminal).await?;
                let meetings = picks(terminal, &slot).await?;
                let book = ask::Book { conference, meetings, on_behalf_of };
                terminal.save(Request::ConferenceBook(book)).await
            }
            Self::Withdraw { meeting, proxy } => {
                let on_behalf_of = proxy.find(terminal).await?;
                terminal.save(Request::ConferenceWithdraw(ask::Withdraw { meeting, on_behalf_of })).await
            }
            school => school.run_for_school(terminal).await,
        }
    }

    /// What the school does.
    async fn run_for_school(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let request = match self {
            Self::Mine { conference } => {
                let mine = Request::ConferenceMine(offer::Mine { conference });
                return terminal.show(mine, "", &[]).await;
            }
            Self::Desk { conference } => {
                let columns = ["/id", "/person_name", "/times/from", "/times/room", "/booked"];
                let desk = Request::ConferenceDesk(offer::Desk { conference });
                return terminal.show(desk, "/offers", &columns).await;
            }
            Self::Offer { file } => Request::ConferenceOffer(from_file(&file)?),
            Self::WithdrawOffer { offer, reason, families } => {
                let cut = reason.zip(families).map(|(reason, families)| Cut { reason, families });
                Request::ConferenceWithdrawOffer(offer::WithdrawOffer { offer, cut })
            }
            Self::CancelMeeting { meeting, reason } => {
                Request::ConferenceCancelMeeting(offer::CancelMeeting { meeting, reason })
            }
            Self::PleaseCome { conference, child, words, ends } => {
                let child = names::child(terminal, &child).await?;
                Request::ConferencePleaseCome(offer::PleaseCome { conference, child, words, ends })
            }
            Self::Note { meeting, text } => Request::ConferenceNote(offer::Note { meeting, text }),
            Self::Publish { file } => Request::ConferencePublish(from_file(&file)?),
            Self::Change { file } => Request::ConferenceChange(from_file(&file)?),
            Self::Cancel { conference, reason } => {
                Request::ConferenceCancel(offer::Cancel { conference, reason })
            }
            _ => bail!("for families"),
        };
        terminal.save(request).await
    }
}

fn from_file<T: DeserializeOwned>(file: &std::path::Path) -> anyhow::Result<T> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    serde_json::from_str(&text).with_context(|| file.display().to_string())
}

async fn talks(terminal: &Terminal, wishes: &[String]) -> anyhow::Result<Vec<Talk>> {
    let mut found = Vec::new();
    for wish in wishes {
        let (child, person) = wish.split_once('=').context("a wish is CHILD=PERSON")?;
        let person: Id<Person> = person.parse().context("see `xinmei conference open`")?;
        found.push(Talk { child: names::child(terminal, child).await?, person });
    }
    Ok(found)
}

async fn picks(terminal: &Terminal, slots: &[String]) -> anyhow::Result<Vec<Pick>> {
    let mut found = Vec::new();
    for slot in slots {
        let (child, slot) = slot.split_once('=').context("a slot is CHILD=OFFER@START")?;
        let (offer, starts) = slot.split_once('@').context("a slot is CHILD=OFFER@START")?;
        let starts = starts.parse().context("a start is written as 2026-12-05T01:00:00Z")?;
        let offer = offer.parse().context("see `xinmei conference open`")?;
        found.push(Pick { offer, starts, child: names::child(terminal, child).await? });
    }
    Ok(found)
}
