//! "What did we tell them, when?"

use std::process::ExitCode;

use jiff::Zoned;
use serde_json::Value;
use xinmei_client::api::{Request, history as ask};

use super::{
    names,
    terminal::{Terminal, line},
};

/// What a family had in its hands at a moment, as far as the hat that is on may see it.
#[derive(clap::Args)]
pub(crate) struct Command {
    /// Whose family, by the child's name.
    #[arg(long)]
    child: String,
    /// When: `2026-11-26T15:10+08:00[Asia/Shanghai]`; now if left out.
    #[arg(long)]
    at: Option<Zoned>,
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let child = names::child(terminal, &self.child).await?;
        let open = ask::Open { child, at: self.at.map(|at| at.timestamp()) };
        let view: ask::HistoryView = terminal.ask(Request::HistoryOpen(open)).await?;
        let view = serde_json::to_value(view)?;
        if terminal.json {
            terminal.print(&view, "", &[]);
            return Ok(ExitCode::SUCCESS);
        }
        for step in ["before", "at", "after"] {
            let moment = view.pointer(&format!("/history/{step}")).and_then(Value::as_str).unwrap_or("-");
            line(&format!("{step}\t{moment}"));
        }
        let columns = ["/id", "/sent", "/author", "/text/title", "/gone/is", "/gone/at"];
        terminal.print(&view, "/history/notices", &columns);
        let talks = view.pointer("/history/conversations").and_then(Value::as_array);
        for talk in talks.into_iter().flatten() {
            terminal.print(talk, "/said", &["/id", "/at", "/by/name", "/text", "/deleted"]);
        }
        terminal.print(
            &view,
            "/history/requests",
            &["/id", "/asked", "/guardian", "/wanted/is", "/state/is"],
        );
        Ok(ExitCode::SUCCESS)
    }
}
