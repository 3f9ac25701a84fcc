//! Campaigns, qualifications, and posts of volunteers that stand.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context as _, bail};
use clap::Subcommand;
use jiff::{Timestamp, Zoned, civil::Date};
use serde::de::DeserializeOwned;
use xinmei_client::api::{Request, keeping::Keeping, volunteer as ask};
use xinmei_model::{Campaign, DayPart, Id, Post, Qualification, QualificationDraft, Shift, VolunteerAct};

use super::{
    names::{self, Proxy},
    terminal::Terminal,
};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Campaigns, with how full their shifts are.
    Campaigns,
    /// Keep a campaign by a JSON file: what `volunteer.put-campaign` takes.
    Campaign {
        /// The file.
        file: PathBuf,
    },
    /// Let no new posts belong to a campaign.
    EndCampaign {
        /// Which.
        campaign: Id<Campaign>,
    },
    /// Change a post that stands, and add shifts, by a JSON file: what `volunteer.change-post` takes.
    Change {
        /// The file.
        file: PathBuf,
    },
    /// Look for nobody new at a post.
    End {
        /// Which.
        post: Id<Post>,
    },
    /// Call a shift off; whoever comes is told why.
    CallOff {
        /// Which.
        shift: Id<Shift>,
        /// For whoever comes to read.
        #[arg(long)]
        reason: String,
    },
    /// Ask people to come to a shift; whoever says yes first has the place.
    Offer {
        /// To which shift.
        shift: Id<Shift>,
        /// Whom, by name or id.
        #[arg(required = true)]
        people: Vec<String>,
        /// For them to read.
        #[arg(long, default_value = "")]
        words: String,
        /// Until when an answer is hoped for: 2026-12-01T18:00+08:00.
        #[arg(long)]
        until: Option<Timestamp>,
    },
    /// Say that one comes to a shift one was asked to come to.
    Come {
        /// To which shift.
        shift: Id<Shift>,
        #[command(flatten)]
        proxy: Proxy,
    },
    /// Say that one cannot come; nobody has to say why.
    CannotCome {
        /// To which shift.
        shift: Id<Shift>,
        /// May be said.
        #[arg(long, default_value = "")]
        reason: String,
        #[command(flatten)]
        proxy: Proxy,
    },
    /// Ask somebody no longer who has not answered.
    Release {
        /// To which shift.
        shift: Id<Shift>,
        /// Whom, by name or id.
        person: String,
    },
    /// 建议人选: whom one could ask to come to shifts that lack people, and why. Asks nobody, unless `--ask` names the proposal that was read.
    Propose(super::propose::Asked),
    /// Give a shift that stands other times or other numbers; whoever comes keeps the place and is told.
    ChangeShift {
        /// Which.
        shift: Id<Shift>,
        /// From when: 2026-12-01T07:30+08:00[Asia/Shanghai].
        #[arg(long)]
        starts: Zoned,
        /// Until when.
        #[arg(long)]
        ends: Zoned,
        /// People needed.
        #[arg(long)]
        needed: u32,
        /// The version that was looked at: see `xinmei --json shift list`.
        #[arg(long)]
        version: u32,
    },
    /// Say yes to somebody who asked to come.
    Confirm {
        /// To which shift.
        shift: Id<Shift>,
        /// Who, by name or id.
        person: String,
    },
    /// Say no to somebody who asked to come.
    Decline {
        /// To which shift.
        shift: Id<Shift>,
        /// Who, by name or id.
        person: String,
        /// Why, for that person to read.
        #[arg(long)]
        reason: String,
    },
    /// Shifts of one's own one was asked about: do you still come?
    Unconfirmed,
    /// Say that one still comes to a shift.
    Coming {
        /// To which.
        shift: Id<Shift>,
        #[command(flatten)]
        proxy: Proxy,
    },
    /// A desk's next shifts: who is missing, adults for the pupils among them, who has not confirmed, and how the search for a stand-in stands.
    Missing,
    /// Look for a stand-in for a shift, a few people at a time.
    StandIn {
        /// For which.
        shift: Id<Shift>,
    },
    /// Look for a stand-in no longer.
    StopStandIn {
        /// For which.
        shift: Id<Shift>,
    },
    /// Say whether and when one wants to be asked to stand in.
    AskMe {
        /// Not at all.
        #[arg(long)]
        never: bool,
        /// On these days of the week alone: 1 for Monday to 7.
        #[arg(long = "day")]
        days: Vec<i8>,
        /// In the morning alone.
        #[arg(long, conflicts_with = "afternoon")]
        morning: bool,
        /// In the afternoon alone.
        #[arg(long)]
        afternoon: bool,
    },
    /// 社区客人: guests from outside, for one day, with somebody here who receives them.
    #[command(subcommand)]
    Guest(super::guests::Command),
    /// 护学岗: classes in turn, their contacts, and who fills their places.
    #[command(subcommand)]
    Turns(super::turns::Command),
    /// 换班: two people of a post swap shifts.
    #[command(subcommand)]
    Swap(super::swap::Command),
    /// Pupils in shifts, under an adult's care.
    #[command(subcommand)]
    Pupil(super::pupil::Command),
    /// Qualifications, with one's own and, for who confirms them, everybody's.
    Qualifications,
    /// Keep a new qualification.
    AddQualification {
        /// What it is called: 健康证.
        name: String,
        /// The place whose desk keeps it, by name; not needed where there is one.
        #[arg(long)]
        place: Option<String>,
        /// How one comes by it.
        #[arg(long, default_value = "")]
        about: String,
        /// Whoever has it has it until a day.
        #[arg(long)]
        expires: bool,
        /// It is a training: certificates of service name it.
        #[arg(long)]
        training: bool,
    },
    /// Let no post ask for a qualification any more.
    DropQualification {
        /// By name or id.
        qualification: String,
    },
    /// Confirm that people have a qualification, or have it until another day.
    Qualify {
        /// By name or id.
        qualification: String,
        /// Who has it, by name or id.
        #[arg(required = true)]
        people: Vec<String>,
        /// The last day on which it counts: 2027-08-31.
        #[arg(long)]
        until: Option<Date>,
    },
    /// Take back that somebody has a qualification.
    Disqualify {
        /// By name or id.
        qualification: String,
        /// Whose, by name or id.
        person: String,
        /// Why, for that person to read.
        #[arg(long)]
        reason: String,
    },
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let step = match self {
            Self::Guest(command) => return command.run(terminal).await,
            Self::Turns(command) => return command.run(terminal).await,
            Self::Swap(command) => return command.run(terminal).await,
            Self::Pupil(command) => return command.run(terminal).await,
            Self::Propose(asked) => return asked.run(terminal).await,
            Self::Campaigns => {
                let columns =
                    ["/id", "/draft/name", "/draft/from", "/draft/to", "/taken", "/needed", "/ended"];
                let list = Request::VolunteerCatalogue(ask::Catalogue {});
                return terminal.show(list, "/campaigns", &columns).await;
            }
            Self::Qualifications => {
                let columns = ["/id", "/draft/name", "/draft/expires", "/own/until", "/people"];
                let list = Request::VolunteerCatalogue(ask::Catalogue {});
                return terminal.show(list, "/qualifications", &columns).await;
            }
            Self::Unconfirmed => {
                let columns = ["/shift", "/title", "/starts", "/meeting_point", "/pending"];
                return terminal.show(Request::VolunteerKeeping(Keeping {}), "/mine", &columns).await;
            }
            Self::Missing => {
                let columns = [
                    "/shift",
                    "/title",
                    "/starts",
                    "/taken",
                    "/needed",
                    "/missing",
                    "/adults_wanted",
                    "/unconfirmed",
                    "/search/state",
                    "/search/next",
                ];
                return terminal.show(Request::VolunteerKeeping(Keeping {}), "/shifts", &columns).await;
            }
            Self::Coming { shift, proxy } => {
                VolunteerAct::ConfirmShift { shift, on_behalf_of: proxy.find(terminal).await? }
            }
            Self::StandIn { shift } => VolunteerAct::SearchStandIn { shift },
            Self::StopStandIn { shift } => VolunteerAct::StopStandIn { shift },
            Self::AskMe { never, days, morning, afternoon } => {
                let part = match (morning, afternoon) {
                    (true, _) => DayPart::Morning,
                    (_, true) => DayPart::Afternoon,
                    _ => DayPart::WholeDay,
                };
                VolunteerAct::WishStandIn { asks: !never, days, part }
            }
            Self::Campaign { file } => {
                return terminal.save(Request::VolunteerPutCampaign(from_file(&file, "a campaign")?)).await;
            }
            Self::Change { file } => {
                return terminal.save(Request::VolunteerChangePost(from_file(&file, "a post")?)).await;
            }
            Self::AddQualification { name, place, about, expires, training } => {
                let place = place_of(terminal, place.as_deref()).await?;
                let draft = QualificationDraft { place, name, about, expires, training };
                let put = ask::PutQualification { qualification: None, draft, version: 0 };
                return terminal.save(Request::VolunteerPutQualification(put)).await;
            }
            Self::EndCampaign { campaign } => VolunteerAct::EndCampaign { campaign },
            Self::End { post } => VolunteerAct::EndPost { post },
            Self::CallOff { shift, reason } => VolunteerAct::CallOffShift { shift, reason },
            Self::Offer { shift, people, words, until } => {
                let mut found = Vec::with_capacity(people.len());
                for person in &people {
                    found.push(names::person(terminal, person).await?);
                }
                VolunteerAct::OfferShift { shift, people: found, words, until }
            }
            Self::Come { shift, proxy } => {
                let on_behalf_of = proxy.find(terminal).await?;
                VolunteerAct::AnswerOffer { shift, agrees: true, reason: String::new(), on_behalf_of }
            }
            Self::CannotCome { shift, reason, proxy } => {
                let on_behalf_of = proxy.find(terminal).await?;
                VolunteerAct::AnswerOffer { shift, agrees: false, reason, on_behalf_of }
            }
            Self::Release { shift, person } => {
                VolunteerAct::ReleaseOffer { shift, person: names::person(terminal, &person).await? }
            }
            Self::ChangeShift { shift, starts, ends, needed, version } => {
                VolunteerAct::ChangeShift { shift, starts, ends, needed, version }
            }
            Self::Confirm { shift, person } => {
                let (person, reason) = (names::person(terminal, &person).await?, String::new());
                VolunteerAct::AnswerVolunteer { shift, person, agrees: true, reason }
            }
            Self::Decline { shift, person, reason } => {
                let person = names::person(terminal, &person).await?;
                VolunteerAct::AnswerVolunteer { shift, person, agrees: false, reason }
            }
            Self::DropQualification { qualification } => {
                VolunteerAct::DropQualification { qualification: find(terminal, &qualification).await? }
            }
            Self::Qualify { qualification, people, until } => {
                let qualification = find(terminal, &qualification).await?;
                let mut found = Vec::with_capacity(people.len());
                for person in &people {
                    found.push(names::person(terminal, person).await?);
                }
                VolunteerAct::ConfirmQualification { qualification, people: found, until, seen: None }
            }
            Self::Disqualify { qualification, person, reason } => VolunteerAct::WithdrawQualification {
                qualification: find(terminal, &qualification).await?,
                person: names::person(terminal, &person).await?,
                reason,
            },
        };
        terminal.save(Request::VolunteerStep(ask::Step { step })).await
    }
}

fn from_file<T: DeserializeOwned>(file: &PathBuf, what: &str) -> anyhow::Result<T> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    serde_json::from_str(&text).with_context(|| format!("not {what}"))
}

/// The place whose desk the hat is, by name where there are several.
async fn place_of(terminal: &Terminal, named: Option<&str>) -> anyhow::Result<Id<xinmei_model::Place>> {
    let known: ask::Catalogued = terminal.ask(Request::VolunteerCatalogue(ask::Catalogue {})).await?;
    let mut places = known.places;
    if let Some(named) = named {
        places.retain(|one| one.name == named || one.id.to_string() == named);
    }
    match places.as_slice() {
        [] => bail!("this hat is no desk of volunteers there"),
        // The largest comes first.
        [one, ..] => Ok(one.id),
    }
}

/// A qualification by name, where the name is unique; by id always.
async fn find(terminal: &Terminal, text: &str) -> anyhow::Result<Id<Qualification>> {
    let id: Option<Id<Qualification>> = text.parse().ok();
    let list: ask::Catalogued = terminal.ask(Request::VolunteerCatalogue(ask::Catalogue {})).await?;
    let mut found = list.qualifications;
    found.retain(|one| Some(one.id) == id || one.draft.name == text);
    match found.as_slice() {
        [one] => Ok(one.id),
        [] => bail!("no qualification is called {text}: see `xinmei volunteer qualifications`"),
        _ => bail!("several qualifications are called {text}: name it by its id"),
    }
}
