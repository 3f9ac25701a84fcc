//! Courses: their lessons, materials, which parents took part, and the count of a term.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context as _, bail};
use clap::{Subcommand, ValueEnum};
use uuid::Uuid;
use xinmei_client::api::{
    Request, course as ask, course_count as counting,
    participation::{AttendFamily, Attendance, AttendanceView, Mark, MarkOf, Record},
    table::{Language, MadeFile},
};
use xinmei_model::{Course, CourseDraft, CourseFigures, Event, Giving, Id, Material, Session};

use super::{
    afterwards, file, names,
    terminal::{Terminal, line, row, word},
};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// All that may be seen.
    List,
    /// One with its lessons, materials, and how you stand in each.
    Show {
        /// By title or id.
        course: String,
    },
    /// Keep a course from a JSON file: place, title, about, programme, for_whom, kind (`parents` or `everybody`), published.
    Put {
        /// The file.
        file: PathBuf,
        /// One that is there, by title or id; a new one if none is given.
        #[arg(long)]
        course: Option<String>,
    },
    /// End a course: it gets no more lessons.
    End {
        /// By title or id.
        course: String,
    },
    /// Sign up for lessons of a course in one go, each all or none.
    SignUp {
        /// Sessions, at most one of each lesson.
        #[arg(required = true)]
        sessions: Vec<Id<Session>>,
        /// Children, by name or 学号.
        #[arg(long, required = true)]
        child: Vec<String>,
        /// Adults who come along.
        #[arg(long, default_value_t = 1)]
        adults: u32,
    },
    /// Give a file as a material of a lesson.
    Give {
        /// Which lesson: its event.
        event: Id<Event>,
        /// The file.
        file: PathBuf,
        /// When, and to whom.
        #[arg(long, value_enum, default_value_t = When::Now)]
        when: When,
    },
    /// Take a material back.
    TakeBack {
        /// Which.
        material: Id<Material>,
    },
    /// Save a material into a folder; the present one if none is given.
    Save {
        /// Of which course, by title or id.
        course: String,
        /// Which.
        material: Id<Material>,
        /// The folder.
        #[arg(long)]
        to: Option<PathBuf>,
    },
    /// Which parents took part in a session: the list, or a mark of one family.
    Attend {
        /// Which session.
        session: Id<Session>,
        /// A child of the family, by name or 学号: marks the parent who signed up, or the one that is named.
        child: Option<String>,
        /// Which parent, by name.
        #[arg(long, requires = "child")]
        parent: Option<String>,
        /// Was not there.
        #[arg(long, requires = "child")]
        absent: bool,
    },
    /// In what you took part.
    Record,
    /// The count of a term that the authorities ask for.
    Report {
        /// As the school calls it: `2026 秋`; the present one if none is given.
        #[arg(long)]
        term: Option<String>,
        /// Write it into this file as a workbook of Excel.
        #[arg(long)]
        out: Option<PathBuf>,
        /// In English.
        #[arg(long, requires = "out")]
        english: bool,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum When {
    /// To everybody, from now on.
    Now,
    /// To everybody, once the lesson is over.
    Afterwards,
    /// To the parents who took part alone.
    TookPart,
}

impl From<When> for Giving {
    fn from(when: When) -> Self {
        match when {
            When::Now => Self::Now,
            When::Afterwards => Self::Afterwards,
            When::TookPart => Self::TookPart,
        }
    }
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        match self {
            Self::List => {
                let columns =
                    ["/id", "/state", "/kind", "/title", "/programme", "/held", "/lessons", "/next/starts"];
                terminal.show(Request::CourseList(ask::List {}), "/courses", &columns).await
            }
            Self::Show { course } => show(terminal, &course).await,
            Self::Put { file, course } => {
                let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
                let draft: CourseDraft = serde_json::from_str(&text).context("not a course")?;
                let known = match course {
                    Some(course) => Some(find(terminal, &course).await?),
                    None => None,
                };
                let version = known.as_ref().map_or(0, |course| course.version);
                let course = known.map(|course| course.id);
                terminal.save(Request::CoursePut(ask::Put { course, draft, version })).await
            }
            Self::End { course } => {
                let course = find(terminal, &course).await?.id;
                terminal.save(Request::CourseEnd(ask::End { course })).await
            }
            Self::SignUp { sessions, child, adults } => {
                let children = names::children(terminal, &child).await?;
                let wish = ask::SignUp { sessions, children, adults };
                let columns = ["/session", "/fault/fault", "/fault/refusal/code"];
                terminal.show(Request::CourseSignUp(wish), "/lessons", &columns).await
            }
            Self::Give { event, file: path, when } => {
                let file = file::give(terminal, &[path]).await?.pop().context("no file")?;
                terminal.save(Request::CourseGive(ask::Give { event, file, giving: when.into() })).await
            }
            Self::TakeBack { material } => {
                terminal.save(Request::CourseTakeBack(ask::TakeBack { material })).await
            }
            Self::Save { course, material, to } => save(terminal, &course, material, to).await,
            Self::Attend { session, child: None, .. } => {
                list(terminal, Attendance { session, find: String::new() }).await
            }
            Self::Attend { session, child: Some(child), parent, absent } => {
                mark(terminal, session, &child, parent.as_deref(), !absent).await
            }
            Self::Record => {
                let columns = ["/starts", "/came", "/course_title", "/title", "/speakers"];
                terminal.show(Request::CourseRecord(Record {}), "/lessons", &columns).await
            }
            Self::Report { term, out, english } => report(terminal, term.as_deref(), out, english).await,
        }
    }
}

/// A course by title, where the title is unique; by id always.
async fn find(terminal: &Terminal, text: &str) -> anyhow::Result<ask::CourseLine> {
    let list: ask::Courses = terminal.ask(Request::CourseList(ask::List {})).await?;
    let id: Option<Id<Course>> = text.parse().ok();
    let mut found = list.courses;
    found.retain(|one| Some(one.id) == id || one.title == text);
    match found.len() {
        1 => found.pop().context("no course"),
        0 => bail!("no course is called {text}: see `xinmei course list`"),
        _ => bail!("several courses are called {text}: name it by its id"),
    }
}

async fn opened(terminal: &Terminal, text: &str) -> anyhow::Result<ask::Opened> {
    let course = find(terminal, text).await?.id;
    terminal.ask(Request::CourseOpen(ask::Open { course })).await
}

/// A line for each session, and one for each material.
async fn show(terminal: &Terminal, text: &str) -> anyhow::Result<ExitCode> {
    if terminal.json {
        let course = find(terminal, text).await?.id;
        return terminal.show(Request::CourseOpen(ask::Open { course }), "", &[]).await;
    }
    for lesson in opened(terminal, text).await?.lessons {
        for session in &lesson.line.sessions {
            let booked = lesson.line.mine.iter().find(|one| one.session.id == session.id);
            let own = lesson.own.iter().find(|own| own.session == session.id).map(|own| word(&own.is));
            let own = own.or_else(|| {
                let state = serde_json::to_value(&booked?.state).ok()?;
                Some(state.get("is")?.as_str()?.to_owned())
            });
            let id = session.id.to_string();
            let starts = session.starts.to_string();
            row(&["session", &id, &starts, &lesson.line.title, &lesson.speakers, &own.unwrap_or_default()]);
        }
        for material in &lesson.materials {
            let name = &material.file.attachment.name;
            row(&["material", &material.id.to_string(), &word(&material.giving), name]);
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn save(
    terminal: &Terminal,
    course: &str,
    id: Id<Material>,
    to: Option<PathBuf>,
) -> anyhow::Result<ExitCode> {
    let lessons = opened(terminal, course).await?.lessons;
    let found = lessons.into_iter().flat_map(|lesson| lesson.materials).find(|material| material.id == id);
    let found = found.context("the course has no such material, or not for you")?;
    let of: Uuid = found.id.uuid();
    file::save(terminal, of, &[found.file], file::its_name, to).await
}

/// A line for each parent: the child, the parent, `came`, `missed` or `-`, and `disputed` where two desks said different things.
async fn list(terminal: &Terminal, wanted: Attendance) -> anyhow::Result<ExitCode> {
    if terminal.json {
        return terminal.show(Request::CourseAttendance(wanted), "", &[]).await;
    }
    let view: AttendanceView = terminal.ask(Request::CourseAttendance(wanted)).await?;
    for family in view.families.iter().chain(&view.found) {
        for one in &family.guardians {
            let child = family.children.first().map(|child| child.name.as_str()).unwrap_or_default();
            let came = match one.came {
                Some(true) => "came",
                Some(false) => "missed",
                None => "-",
            };
            let booked = if one.booked { "booked" } else { "" };
            let disputed = if one.disputed { "disputed" } else { "" };
            row(&[&family.number, child, &one.name.name, came, booked, disputed]);
        }
    }
    line(&format!("came {}", view.came));
    line(&format!("families-not-recorded {}", view.unmarked));
    Ok(ExitCode::SUCCESS)
}

async fn mark(
    terminal: &Terminal,
    session: Id<Session>,
    child: &str,
    parent: Option<&str>,
    came: bool,
) -> anyhow::Result<ExitCode> {
    let wanted = Attendance { session, find: child.to_owned() };
    let view: AttendanceView = terminal.ask(Request::CourseAttendance(wanted)).await?;
    let is_it = |family: &&AttendFamily| {
        family.number == child || family.children.iter().any(|one| one.name == child)
    };
    let mut found = view.families.iter().chain(&view.found).filter(is_it);
    let family = found.next().with_context(|| format!("no family of {child} may come here"))?;
    if found.next().is_some() {
        bail!("several children are called {child}: name the child by 学号");
    }
    let one = match parent {
        Some(name) => family.guardians.iter().find(|one| one.name.name == name),
        None => family.guardians.first().filter(|one| one.booked || family.guardians.len() == 1),
    };
    let one = one.context("say which parent with --parent NAME: see `xinmei course attend SESSION`")?;
    let child = family.children.first().context("no child")?.id;
    let mark = MarkOf { guardian: one.name.id, child, came, seen: one.seen };
    terminal.save(Request::CourseMark(Mark { session, marks: vec![mark] })).await
}

async fn report(
    terminal: &Terminal,
    term: Option<&str>,
    out: Option<PathBuf>,
    english: bool,
) -> anyhow::Result<ExitCode> {
    let term = afterwards::term(terminal, term).await?;
    if let Some(out) = &out {
        let language = if english { Language::English } else { Language::Chinese };
        let table = Request::CourseCountTable(counting::CountTable { term, language });
        let made: MadeFile = terminal.ask(table).await?;
        return terminal.keep(&made, out);
    }
    let request = Request::CourseCount(counting::Count { term });
    if terminal.json {
        return terminal.show(request, "", &[]).await;
    }
    let view: counting::CountView = terminal.ask(request).await?;
    for (what, rows) in [("programme", &view.programmes), ("course", &view.courses)] {
        for one in rows {
            let name = if one.name.is_empty() { "-" } else { &one.name };
            figures(what, name, Some(one.count.sessions), &one.count.figures);
        }
    }
    for (what, rows) in [("campus", &view.campuses), ("grade", &view.grades), ("class", &view.classes)] {
        for one in rows {
            figures(what, &afterwards::place(one.place.as_ref()), None, &one.figures);
        }
    }
    let name = view.term.as_ref().map(|term| term.name.as_str()).unwrap_or_default();
    figures("whole", name, Some(view.whole.sessions), &view.whole.figures);
    line(&format!("sessions-not-recorded {}", view.whole.unrecorded));
    Ok(ExitCode::SUCCESS)
}

/// What it is of, its sessions, times, parents, pupils reached of all, and families that are not known about.
fn figures(what: &str, name: &str, sessions: Option<u32>, of: &CourseFigures) {
    let reached = format!("{}/{}", of.reached, of.children);
    let sessions = sessions.map_or_else(|| "-".to_owned(), |sessions| sessions.to_string());
    let [times, parents, unknown] = [of.times, of.parents, of.unknown].map(|figure| figure.to_string());
    row(&[what, name, &sessions, &times, &parents, &reached, &unknown]);
}
