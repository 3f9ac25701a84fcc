//! Hours of one's own that the school lost with its disk.

use std::process::ExitCode;

use clap::Args;
use xinmei_client::api::{Request, hours as ask};
use xinmei_model::{HoursEntry, Id};

use super::terminal::Terminal;

/// What is said of an entry that is asked for again.
const EVIDENCE: &str = "学校从备份恢复前已有这条记录";

#[derive(Args)]
pub(crate) struct Missing {
    /// Ask for this one again, as it was.
    #[arg(long, conflicts_with = "known")]
    again: Option<Id<HoursEntry>>,
    /// With `--again`: what is said of it beside what showed it then.
    #[arg(long, requires = "again", default_value = EVIDENCE)]
    evidence: String,
    /// You have read of all of them: they are shown no more.
    #[arg(long)]
    known: bool,
}

impl Missing {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        if let Some(entry) = self.again {
            let evidence = self.evidence;
            return terminal.save(Request::HoursAskAgain(ask::AskAgain { entry, evidence })).await;
        }
        if self.known {
            let shown: ask::MissingHours = terminal.ask(Request::HoursMissing(ask::Missing {})).await?;
            let entries = shown.entries.iter().map(|one| one.id).collect();
            return terminal.show(Request::HoursKnowMissing(ask::KnowMissing { entries }), "", &[]).await;
        }
        let columns = ["/id", "/day", "/minutes", "/title", "/stood/is", "/again"];
        terminal.show(Request::HoursMissing(ask::Missing {}), "/entries", &columns).await
    }
}
