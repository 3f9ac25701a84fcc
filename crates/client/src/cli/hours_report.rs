//! Volunteering in figures, and codes that are read one after the other.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use xinmei_client::api::{
    Request, duty,
    hours_report::{self as ask, ReportGroup, ReportOf, ReportView},
    table::{Language, MadeFile},
};
use xinmei_model::{DutyScan, HoursFigures, Id, Shift};

use super::{
    afterwards,
    terminal::{Terminal, line, row},
};

/// What the figures are grouped by.
#[derive(Clone, Copy, ValueEnum)]
enum By {
    Class,
    Grade,
    Campus,
    Programme,
    Campaign,
    Post,
    Month,
    Term,
}

#[derive(Args)]
pub(crate) struct Report {
    /// By its name, 2026 秋; the one that has begun last if not given.
    #[arg(long)]
    term: Option<String>,
    /// By what; the whole alone if not given.
    #[arg(long, value_enum)]
    by: Option<By>,
    /// As a workbook of Excel, into a new file.
    #[arg(long, conflicts_with = "by")]
    xlsx: Option<PathBuf>,
    /// With `--xlsx`: in English.
    #[arg(long, requires = "xlsx")]
    english: bool,
}

impl Report {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let Self { term, by, xlsx, english } = self;
        let newest = Request::HoursReport(ask::Report { term: None });
        let term = match term {
            None => None,
            Some(name) => {
                let view: ReportView = terminal.ask(newest).await?;
                let found = view.terms.into_iter().find(|term| term.name == name);
                Some(found.with_context(|| format!("the school has no term called {name}"))?.id)
            }
        };
        if let Some(out) = &xlsx {
            let language = if english { Language::English } else { Language::Chinese };
            let table = Request::HoursReportTable(ask::ReportTable { term, language });
            let made: MadeFile = terminal.ask(table).await?;
            return terminal.keep(&made, out);
        }
        let request = Request::HoursReport(ask::Report { term });
        if terminal.json {
            return terminal.show(request, "", &[]).await;
        }
        let view: ReportView = terminal.ask(request).await?;
        line(
            &"of approved-minutes waiting-minutes people came excused missed shifts needed filled pupils services served-minutes",
        );
        if let Some(by) = by {
            let group = of(by, &view);
            for one in &group.rows {
                figures(&name(&one.of), &one.figures);
            }
            if group.twice != HoursFigures::default() {
                figures("counted-more-than-once", &group.twice);
            }
        }
        figures("whole", &view.whole);
        Ok(ExitCode::SUCCESS)
    }
}

/// What pupils did in the term that has begun last, by class.
pub(crate) async fn pupils(terminal: &Terminal) -> anyhow::Result<ExitCode> {
    let request = Request::HoursReport(ask::Report { term: None });
    if terminal.json {
        return terminal.show(request, "/classes", &[]).await;
    }
    let view: ReportView = terminal.ask(request).await?;
    line(&"of pupils services served-minutes");
    let figures = |name: &str, of: &HoursFigures| {
        let [pupils, services, served] = [of.pupils, of.services, of.served].map(|number| number.to_string());
        row(&[name, &pupils, &services, &served]);
    };
    for one in view.classes.rows.iter().filter(|one| one.figures.services > 0) {
        figures(&name(&one.of), &one.figures);
    }
    if view.classes.twice.pupils > 0 {
        figures("counted-more-than-once", &view.classes.twice);
    }
    figures("whole", &view.whole);
    Ok(ExitCode::SUCCESS)
}

fn of(by: By, view: &ReportView) -> &ReportGroup {
    match by {
        By::Class => &view.classes,
        By::Grade => &view.grades,
        By::Campus => &view.campuses,
        By::Programme => &view.programmes,
        By::Campaign => &view.campaigns,
        By::Post => &view.posts,
        By::Month => &view.months,
        By::Term => &view.by_term,
    }
}

fn name(of: &ReportOf) -> String {
    match of {
        ReportOf::Place { place } => afterwards::place(Some(place)),
        ReportOf::Named { name } => name.clone(),
        ReportOf::Month { year, month } => format!("{year}-{month:02}"),
        ReportOf::Staff => "staff".into(),
        ReportOf::Guests => "guests".into(),
        ReportOf::Other => "others".into(),
        ReportOf::Nothing => "-".into(),
    }
}

fn figures(name: &str, of: &HoursFigures) {
    let HoursFigures { approved, waiting, people, came, excused, missed, shifts, needed, filled, .. } = *of;
    let HoursFigures { pupils, services, served, .. } = *of;
    let figures =
        [approved, waiting, people, came, excused, missed, shifts, needed, filled, pupils, services, served];
    let figures: Vec<_> = figures.iter().map(u32::to_string).collect();
    let cells: Vec<&str> = std::iter::once(name).chain(figures.iter().map(String::as_str)).collect();
    row(&cells);
}

/// Reads codes, and says of each what it came to. Fails where one of them was nobody's of this shift.
pub(crate) async fn scan(
    terminal: &Terminal,
    shift: Id<Shift>,
    codes: Vec<String>,
) -> anyhow::Result<ExitCode> {
    let mut all = true;
    if codes.is_empty() {
        // A reader types: each line is answered as it comes, for whoever stands at the gate.
        for code in std::io::stdin().lines() {
            all &= scan_one(terminal, shift, code.context("standard input")?).await?;
        }
    }
    for code in codes {
        all &= scan_one(terminal, shift, code).await?;
    }
    Ok(if all { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Whether it was somebody's of this shift; an empty line is nobody's, and no mistake.
async fn scan_one(terminal: &Terminal, shift: Id<Shift>, code: String) -> anyhow::Result<bool> {
    if code.trim().is_empty() {
        return Ok(true);
    }
    let scanned: duty::Scanned = terminal.ask(Request::HoursScan(duty::Scan { shift, code })).await?;
    if terminal.json {
        line(&serde_json::to_string(&scanned)?);
    } else {
        line(&words(&scanned));
    }
    Ok(matches!(scanned, duty::Scanned::Person { .. }))
}

fn words(scanned: &duty::Scanned) -> String {
    use duty::Scanned;
    match scanned {
        Scanned::Person { name, what, .. } => match what {
            DutyScan::In => format!("in {name}"),
            DutyScan::Out { from } => format!("out {name}, who came at {from}"),
            DutyScan::AlreadyIn { from } => format!("already in {name}, since {from}"),
            DutyScan::AlreadyOut { until } => format!("already out {name}, since {until}"),
        },
        Scanned::OtherShift { name, title, starts, .. } => format!("other shift {name}: {title}, {starts}"),
        Scanned::GaveBack { name } => format!("gave it back {name}"),
        Scanned::NotHere => "signed by the school, and not on the list of this computer".into(),
        Scanned::Forged => "not signed by the school".into(),
        Scanned::NobodyReceives { name } => {
            format!("{name}: a guest whom nobody receives; the desk lets them in")
        }
        Scanned::Unreadable => "no code of a volunteer".into(),
    }
}
