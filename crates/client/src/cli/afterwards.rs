//! Who came: the figures of an event or of a term, printed or as a workbook.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::Args;
use xinmei_client::api::{
    Request,
    attendance::{Counted, Report, ReportOf, ReportTable, ReportView, TermId, TermReport, TermView},
    profile::PlaceName,
    table::{Language, MadeFile},
};
use xinmei_model::{Event, Id};

use super::{
    terminal::{Terminal, line, row, word},
    whom::place_words,
};

/// Which report.
#[derive(Args)]
pub(crate) struct Reporting {
    /// Of which event; a term's if none is given.
    event: Option<Id<Event>>,
    /// Of which term, as the school calls it: `2026 秋`; the present one if none is given.
    #[arg(long, conflicts_with = "event")]
    term: Option<String>,
    /// Write it into this file as a workbook of Excel.
    #[arg(long)]
    out: Option<PathBuf>,
    /// In English.
    #[arg(long, requires = "out")]
    english: bool,
}

impl Reporting {
    /// A line for each row, told apart by its first word: what it is of, children and adults who were expected, came, were
    /// absent, and are not known about; who walked in; families.
    pub(crate) async fn run(&self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let of = match self.event {
            Some(event) => ReportOf::Event { event },
            None => ReportOf::Term { term: term(terminal, self.term.as_deref()).await? },
        };
        if let Some(out) = &self.out {
            let language = if self.english { Language::English } else { Language::Chinese };
            let table = Request::EventReportTable(ReportTable { of, language });
            let made: MadeFile = terminal.ask(table).await?;
            return terminal.keep(&made, out);
        }
        let request = match of {
            ReportOf::Event { event } => Request::EventReport(Report { event }),
            ReportOf::Term { term } => Request::EventTermReport(TermReport { term }),
        };
        if terminal.json {
            return terminal.show(request, "", &[]).await;
        }
        match of {
            ReportOf::Event { .. } => of_event(&terminal.ask(request).await?),
            ReportOf::Term { .. } => of_term(&terminal.ask(request).await?),
        }
        Ok(ExitCode::SUCCESS)
    }
}

pub(super) async fn term(terminal: &Terminal, name: Option<&str>) -> anyhow::Result<Option<TermId>> {
    let Some(name) = name else { return Ok(None) };
    let all: TermView = terminal.ask(Request::EventTermReport(TermReport { term: None })).await?;
    let found = all.terms.into_iter().find(|term| term.name == name);
    let found = found.with_context(|| format!("the school has no term called {name}"))?;
    Ok(Some(found.id))
}

fn of_event(view: &ReportView) {
    for session in &view.sessions {
        figures("session", &session.name, &word(&session.stand), &session.counted);
    }
    for (what, rows) in [("campus", &view.campuses), ("grade", &view.grades), ("class", &view.classes)] {
        for one in rows {
            figures(what, &place(one.place.as_ref()), "", &one.counted);
        }
    }
    figures("whole", &view.title, "", &view.whole);
}

fn of_term(view: &TermView) {
    for one in &view.events {
        figures("event", &one.title, &one.event.to_string(), &one.count.counted);
    }
    for one in &view.programmes {
        figures("programme", one.tag.as_deref().unwrap_or("-"), "", &one.count.counted);
    }
    for (what, rows) in [("campus", &view.campuses), ("grade", &view.grades)] {
        for one in rows {
            figures(what, &place(one.place.as_ref()), "", &one.count.counted);
        }
    }
    let name = view.term.as_ref().map(|term| term.name.as_str()).unwrap_or_default();
    figures("whole", name, "", &view.whole.counted);
    line(&format!("events {}", view.whole.events));
    line(&format!("sessions {}", view.whole.sessions));
    line(&format!("sessions-without-check-in {}", view.unchecked));
}

pub(super) fn place(place: Option<&PlaceName>) -> String {
    place.map_or_else(|| "-".to_owned(), place_words)
}

fn figures(what: &str, name: &str, more: &str, counted: &Counted) {
    let of = counted.figures;
    let heads = [of.expected, of.came, of.absent, of.unknown];
    let heads = heads.map(|heads| format!("{}+{}", heads.children, heads.adults));
    let [expected, came, absent, unknown] = heads.each_ref().map(String::as_str);
    let (walked_in, families) = (of.walked_in.to_string(), counted.families.to_string());
    row(&[what, name, more, expected, came, absent, unknown, &walked_in, &families]);
}
