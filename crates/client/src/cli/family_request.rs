//! What families ask for a child: 请假, 代接; and the day's list.

use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};
use jiff::{Zoned, civil::Date};
use xinmei_client::api::{Request, family_request as ask};
use xinmei_model::{DayPart, FamilyRequest, Id, Wanted};

use super::{
    names::{self, Proxy},
    terminal::Terminal,
};

/// Part of a single day.
#[derive(Clone, Copy, Default, ValueEnum)]
pub(crate) enum Part {
    #[default]
    Whole,
    Morning,
    Afternoon,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// What waits for an answer first.
    List,
    /// 请假
    Leave {
        /// For whom, by name.
        #[arg(long)]
        child: String,
        /// First day: `2026-11-27`.
        #[arg(long)]
        from: Date,
        /// Last day; the first if left out.
        #[arg(long)]
        to: Option<Date>,
        /// Part of a single day.
        #[arg(long, value_enum, default_value_t)]
        part: Part,
        /// Why; for the class teacher alone.
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        proxy: Proxy,
    },
    /// 代接
    PickUp {
        /// For whom, by name.
        #[arg(long)]
        child: String,
        /// Who fetches the child.
        #[arg(long)]
        by: String,
        /// How they are related: 外公.
        #[arg(long, default_value = "")]
        relation: String,
        /// Eleven digits.
        #[arg(long, default_value = "")]
        phone: String,
        /// When: `2026-11-27T16:10+08:00[Asia/Shanghai]`.
        #[arg(long)]
        at: Zoned,
        #[command(flatten)]
        proxy: Proxy,
    },
    /// Agree, as the class teacher.
    Agree {
        /// Which.
        request: Id<FamilyRequest>,
        /// For the family to read.
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Do not agree.
    Decline {
        /// Which.
        request: Id<FamilyRequest>,
        /// For the family to read.
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Take it back.
    Withdraw {
        /// Which.
        request: Id<FamilyRequest>,
        #[command(flatten)]
        proxy: Proxy,
    },
    /// Who is away and who is fetched by whom.
    Day {
        /// Which day; today if left out.
        day: Option<Date>,
    },
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        match self {
            Self::List => {
                let columns = ["/id", "/child/name", "/wanted/is", "/state/is", "/guardian"];
                terminal.show(Request::RequestList(ask::List {}), "/requests", &columns).await
            }
            Self::Leave { child, from, to, part, reason, proxy } => {
                let part = match part {
                    Part::Whole => DayPart::WholeDay,
                    Part::Morning => DayPart::Morning,
                    Part::Afternoon => DayPart::Afternoon,
                };
                let wanted = Wanted::Leave { from, to: to.unwrap_or(from), part, reason };
                make(terminal, &child, wanted, &proxy).await
            }
            Self::PickUp { child, by, relation, phone, at, proxy } => {
                make(terminal, &child, Wanted::PickUp { by, relation, phone, at }, &proxy).await
            }
            Self::Agree { request, note } => answer(terminal, request, true, note).await,
            Self::Decline { request, note } => answer(terminal, request, false, note).await,
            Self::Withdraw { request, proxy } => {
                let on_behalf_of = proxy.find(terminal).await?;
                terminal.save(Request::RequestWithdraw(ask::Withdraw { request, on_behalf_of })).await
            }
            Self::Day { day } => terminal.show(Request::GateDay(ask::Day { day }), "", &[]).await,
        }
    }
}

async fn make(terminal: &Terminal, child: &str, wanted: Wanted, proxy: &Proxy) -> anyhow::Result<ExitCode> {
    let child = names::child(terminal, child).await?;
    let on_behalf_of = proxy.find(terminal).await?;
    terminal.save(Request::RequestMake(ask::Make { child, wanted, on_behalf_of })).await
}

async fn answer(
    terminal: &Terminal,
    request: Id<FamilyRequest>,
    agrees: bool,
    note: String,
) -> anyhow::Result<ExitCode> {
    terminal.save(Request::RequestAnswer(ask::Answer { request, agrees, note })).await
}
