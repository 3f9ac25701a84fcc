//! Contests in stages.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context as _, bail};
use clap::{Subcommand, ValueEnum};
use xinmei_client::api::{Request, contest as ask};
use xinmei_model::{Candidate, Contest, ContestAct, EntryWish, Id, Outcome, Stage, TurnMark};

use super::{
    file,
    names::{self, Proxy},
    terminal::Terminal,
};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Those to come first.
    List,
    /// A contest: its stages, and the candidates one has to do with.
    Show {
        /// Which.
        contest: Id<Contest>,
    },
    /// Plan one, or change it, by a JSON file: what `contest.put` takes.
    Put {
        /// The file.
        file: PathBuf,
    },
    /// Call one off.
    Cancel {
        /// Which.
        contest: Id<Contest>,
        /// For families to read.
        #[arg(long)]
        reason: String,
    },
    /// Nominate a child, agree to that, or change what it says. Staff without `--for` nominate, and the family still has to agree.
    Nominate {
        /// In which contest.
        contest: Id<Contest>,
        /// Whom, by name.
        child: String,
        /// In the child's words; as it is if left out.
        #[arg(long)]
        statement: Option<String>,
        /// A picture or a PDF; the one there is if left out.
        #[arg(long)]
        poster: Option<PathBuf>,
        /// The school may see name, statement and poster.
        #[arg(long)]
        show: bool,
        #[command(flatten)]
        proxy: Proxy,
    },
    /// Take a child out.
    Withdraw {
        /// Which.
        candidate: Id<Candidate>,
        #[command(flatten)]
        proxy: Proxy,
    },
    /// Say that an entry may be shown, or what has to be otherwise.
    Check {
        /// Of which contest.
        contest: Id<Contest>,
        /// Which.
        candidate: Id<Candidate>,
        /// 请修改: what.
        #[arg(long, default_value = "")]
        revise: String,
    },
    /// Draw the order of a stage, by what everybody can know by now.
    Order {
        /// In which contest.
        contest: Id<Contest>,
        /// Which stage, by name.
        stage: String,
        /// What decides: 3902.81.
        seed: String,
    },
    /// Let everybody see the order of a stage.
    ShowOrder {
        /// In which contest.
        contest: Id<Contest>,
        /// Which stage, by name.
        stage: String,
        /// No more.
        #[arg(long)]
        hide: bool,
    },
    /// Give a candidate another turn.
    Move {
        /// In which contest.
        contest: Id<Contest>,
        /// Which stage, by name.
        stage: String,
        /// Whom.
        candidate: Id<Candidate>,
        /// To which place in the order, from 1.
        to: u32,
        /// For every family whose turn moves.
        #[arg(long)]
        reason: String,
    },
    /// Note in the room how a turn stands.
    Mark {
        /// In which contest.
        contest: Id<Contest>,
        /// Which stage, by name.
        stage: String,
        /// Whose.
        candidate: Id<Candidate>,
        /// How it stands.
        mark: Mark,
    },
    /// Write down how a stage ended for a candidate; told already, it is corrected with a reason.
    Result {
        /// In which contest.
        contest: Id<Contest>,
        /// Which stage, by name.
        stage: String,
        /// For whom.
        candidate: Id<Candidate>,
        /// `goes-on`, `out`, or the office it was elected to: 宣传委员.
        outcome: String,
        /// Why it is corrected.
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Tell the families how a stage ended.
    Publish {
        /// In which contest.
        contest: Id<Contest>,
        /// Which stage, by name.
        stage: String,
        /// Candidates it is told of.
        #[arg(long)]
        candidates: u32,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Mark {
    Waiting,
    Here,
    Called,
    Done,
    Absent,
}

impl Mark {
    fn meant(self) -> TurnMark {
        match self {
            Self::Waiting => TurnMark::Waiting,
            Self::Here => TurnMark::Here,
            Self::Called => TurnMark::Called,
            Self::Done => TurnMark::Done,
            Self::Absent => TurnMark::Absent,
        }
    }
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let step = match self {
            Self::List => {
                let columns = ["/id", "/next/starts", "/title", "/next/name", "/open_now"];
                return terminal.show(Request::ContestList(ask::List {}), "/contests", &columns).await;
            }
            Self::Show { contest } => {
                return terminal.show(Request::ContestOpen(ask::Open { contest }), "", &[]).await;
            }
            Self::Put { file } => {
                let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
                let put: ask::Put = serde_json::from_str(&text).context("not a contest")?;
                return terminal.save(Request::ContestPut(put)).await;
            }
            Self::Nominate { contest, child, statement, poster, show, proxy } => {
                let child = names::child(terminal, &child).await?;
                let on_behalf_of = proxy.find(terminal).await?;
                let opened = open(terminal, contest).await?;
                let there = opened.candidates.into_iter().find(|one| one.child.id == child);
                let before = there.map(|one| one.entry);
                let poster = match poster {
                    Some(path) => file::give(terminal, &[path]).await?.pop(),
                    None => before.as_ref().and_then(|it| it.poster.as_ref()).map(|it| it.attachment.clone()),
                };
                let statement = statement.or(before.map(|it| it.statement)).unwrap_or_default();
                let wish = EntryWish {
                    contest,
                    child,
                    statement,
                    poster,
                    shows: show,
                    on_behalf_of,
                    replaces: None,
                    mark: None,
                };
                ContestAct::EnterCandidate(wish)
            }
            school => return school.run_for_school(terminal).await,
        };
        terminal.save(Request::ContestStep(ask::Step { step })).await
    }

    /// What is not composed from several answers.
    async fn run_for_school(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let step = match self {
            Self::Cancel { contest, reason } => ContestAct::CancelContest { contest, reason },
            Self::Withdraw { candidate, proxy } => {
                ContestAct::WithdrawCandidate { candidate, on_behalf_of: proxy.find(terminal).await? }
            }
            Self::Check { contest, candidate, revise } => {
                let opened = open(terminal, contest).await?;
                let found = opened.candidates.iter().find(|one| one.id == candidate);
                let version = found.context("no such candidate: see `xinmei contest show`")?.version;
                ContestAct::CheckCandidate { candidate, version, revise }
            }
            Self::Order { contest, stage, seed } => {
                ContestAct::DrawOrder { contest, stage: find(terminal, contest, &stage).await?, seed }
            }
            Self::ShowOrder { contest, stage, hide } => {
                ContestAct::ShowOrder { contest, stage: find(terminal, contest, &stage).await?, shown: !hide }
            }
            Self::Move { contest, stage, candidate, to, reason } => {
                ContestAct::MoveTurn { stage: find(terminal, contest, &stage).await?, candidate, to, reason }
            }
            Self::Mark { contest, stage, candidate, mark } => {
                let stage = find(terminal, contest, &stage).await?;
                ContestAct::MarkTurn { stage, candidate, mark: mark.meant() }
            }
            Self::Result { contest, stage, candidate, outcome, reason } => {
                let stage = find(terminal, contest, &stage).await?;
                let outcome = match outcome.as_str() {
                    "goes-on" => Outcome::GoesOn,
                    "out" => Outcome::Out,
                    office => Outcome::Elected { office: office.to_owned() },
                };
                ContestAct::SetResult { stage, candidate, outcome, reason }
            }
            Self::Publish { contest, stage, candidates } => ContestAct::PublishResults {
                contest,
                stage: find(terminal, contest, &stage).await?,
                candidates,
            },
            _ => bail!("for families"),
        };
        terminal.save(Request::ContestStep(ask::Step { step })).await
    }
}

async fn open(terminal: &Terminal, contest: Id<Contest>) -> anyhow::Result<ask::Opened> {
    terminal.ask(Request::ContestOpen(ask::Open { contest })).await
}

/// A stage by its name.
async fn find(terminal: &Terminal, contest: Id<Contest>, name: &str) -> anyhow::Result<Id<Stage>> {
    let stages = open(terminal, contest).await?.stages;
    let named: Vec<_> = stages.iter().filter(|it| it.stage.name == name).map(|it| it.stage.id).collect();
    match named.as_slice() {
        [stage] => Ok(*stage),
        _ => {
            let names: Vec<_> = stages.iter().map(|it| it.stage.name.as_str()).collect();
            bail!("no one stage is called {name}; there are: {}", names.join(", "))
        }
    }
}
