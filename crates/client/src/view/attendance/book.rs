//! A report as a workbook: one sheet for each grouping, a figure a number, the heading in sight.

use jiff::Timestamp;
use rust_xlsxwriter::XlsxError;
use xinmei_model::{Figures, Heads, HoursFigures, Power};

use super::{report, term::term, words::Words};
use crate::{
    Client,
    api::{
        Ask, Fault,
        attendance::{
            Counted, PlaceRow, ReportExport, ReportOf, ReportTable, ReportView, TermCount, TermPlace,
            TermView,
        },
        hours_report::{ReportOf as Of, ReportView as HoursView},
        profile::PlaceName,
        table::{KeptFile, Language, MadeFile},
    },
    fault::broken,
    view::{
        ask::read,
        hours::report as volunteering,
        reading::Reading,
        workbook::{Made, Tables, Value, hours, number, place_words, wall},
    },
};

impl Ask for ReportTable {
    type Reply = MadeFile;

    async fn answer(self, client: &Client) -> Result<MadeFile, Fault> {
        Ok(read(client, move |reading| make(reading, self.of, self.language)).await?.give())
    }
}

impl Ask for ReportExport {
    type Reply = KeptFile;

    async fn answer(self, client: &Client) -> Result<KeptFile, Fault> {
        read(client, move |reading| make(reading, self.of, self.language)).await?.keep(client).await
    }
}

pub(super) fn make(reading: &Reading<'_>, of: ReportOf, language: Language) -> Result<Made, Fault> {
    let book = Book { words: Words::of(language), reading, tables: Tables::new() };
    match of {
        ReportOf::Event { event } => {
            let view = report(reading, event)?;
            let content = book.event(&view).map_err(|error| broken(&error))?;
            Ok(Made::new(&view.title, Words::of(language).report, reading.day, content))
        }
        ReportOf::Term { term: wanted } => {
            let view = term(reading, wanted)?;
            // Whoever runs no shifts reads no hours.
            let shifts = reading.has(Power::ManageShifts);
            let hours = if shifts { Some(volunteering(reading, wanted)?) } else { None };
            let content = book.term(&view, hours.as_ref()).map_err(|error| broken(&error))?;
            let name = view.term.map(|term| term.name).unwrap_or_default();
            Ok(Made::new(&name, Words::of(language).term_report, reading.day, content))
        }
    }
}

/// What a row begins with, in the order of its columns.
type First = Vec<(&'static str, f64)>;

struct Book<'r, 's> {
    words: &'static Words,
    reading: &'r Reading<'s>,
    tables: Tables,
}

impl Book<'_, '_> {
    fn event(mut self, view: &ReportView) -> Result<Vec<u8>, XlsxError> {
        let words = self.words;
        let lines = vec![
            (words.title, Value::text(&view.title)),
            (words.programme, Value::text(view.tags.join(words.comma))),
            (words.place, Value::text(place_words(words.language, &view.place))),
            (words.venue, Value::text(&view.venue)),
            (words.cancelled, Value::text(view.cancelled.clone().unwrap_or_default())),
            (words.made, self.time(view.made)),
            (words.read_so, Value::text(words.rules)),
        ];
        self.about(&view.title, lines)?;
        let first = vec![
            (words.session, 16.0),
            (words.starts, 17.0),
            (words.ends, 17.0),
            (words.check_in, 10.0),
            (words.capacity, 8.0),
        ];
        let rows = view.sessions.iter().map(|session| {
            let begins = vec![
                Value::text(&session.name),
                self.time(session.starts.timestamp()),
                self.time(session.ends.timestamp()),
                Value::text(words.stand(session.stand)),
                number(session.capacity),
            ];
            begins.into_iter().chain(counted(&session.counted)).collect()
        });
        let rows: Vec<_> = rows.collect();
        self.sheet(words.sessions, first, rows)?;
        for (sheet, head, places) in [
            (words.campuses, words.campus, &view.campuses),
            (words.grades, words.grade, &view.grades),
            (words.classes, words.class, &view.classes),
        ] {
            let rows = places.iter().map(|PlaceRow { place, counted: of }| {
                [self.place(place.as_ref())].into_iter().chain(counted(of)).collect()
            });
            let rows = rows.collect();
            self.sheet(sheet, vec![(head, 20.0)], rows)?;
        }
        self.tables.finish()
    }

    fn term(mut self, view: &TermView, volunteering: Option<&HoursView>) -> Result<Vec<u8>, XlsxError> {
        let words = self.words;
        let name = view.term.as_ref().map(|term| term.name.clone()).unwrap_or_default();
        let lines = vec![
            (words.term, Value::text(&name)),
            (words.event_count, number(view.whole.events)),
            (words.session_count, number(view.whole.sessions)),
            (words.families, number(view.whole.counted.families)),
            (words.unchecked, number(view.unchecked)),
            (words.ahead, number(view.ahead)),
            (words.called_off, number(view.called_off)),
            (words.made, self.time(view.made)),
            (words.read_so, Value::text(words.rules)),
        ];
        self.about(&name, lines)?;
        let several = [(words.event_count, 8.0), (words.session_count, 8.0), (words.capacity, 8.0)];
        let heads = |first: First| first.into_iter().chain(several).collect::<First>();
        let rows = view.programmes.iter().map(|row| {
            let tag = Value::text(row.tag.as_deref().unwrap_or(words.no_tag));
            [tag].into_iter().chain(of_term(&row.count)).collect()
        });
        let rows = rows.collect();
        self.sheet(words.programmes, heads(vec![(words.programme, 20.0)]), rows)?;
        for (sheet, head, places) in
            [(words.campuses, words.campus, &view.campuses), (words.grades, words.grade, &view.grades)]
        {
            let rows = places.iter().map(|TermPlace { place, count }| {
                [self.place(place.as_ref())].into_iter().chain(of_term(count)).collect()
            });
            let rows = rows.collect();
            self.sheet(sheet, heads(vec![(head, 20.0)]), rows)?;
        }
        let rows = view.events.iter().map(|event| {
            let tags = Value::text(event.tags.join(words.comma));
            let begins = [Value::text(&event.title), tags, self.time(event.starts.timestamp())];
            begins.into_iter().chain(of_term(&event.count)).collect()
        });
        let rows = rows.collect();
        let first = vec![(words.event, 28.0), (words.programme, 20.0), (words.starts, 17.0)];
        self.sheet(words.events, heads(first), rows)?;
        if let Some(view) = volunteering {
            self.hours(view)?;
        }
        self.tables.finish()
    }

    /// Hours of volunteers by the same tags.
    fn hours(&mut self, view: &HoursView) -> Result<(), XlsxError> {
        let words = self.words;
        let heads = words.hours_heads.into_iter().map(|head| (head, 11.0));
        let heads = [(words.programme, 20.0)].into_iter().chain(heads);
        let rows = view.programmes.rows.iter().map(|row| {
            let tag = match &row.of {
                Of::Named { name } => name.as_str(),
                _ => words.no_tag,
            };
            let HoursFigures { approved, people, came, shifts, .. } = row.figures;
            [Value::text(tag), hours(approved)]
                .into_iter()
                .chain([people, came, shifts].map(number))
                .collect()
        });
        self.tables.sheet(words.hours, heads, rows.collect())
    }

    fn time(&self, at: Timestamp) -> Value {
        wall(self.reading, at)
    }

    fn place(&self, place: Option<&PlaceName>) -> Value {
        Value::text(
            place.map_or_else(|| self.words.no_class.to_owned(), |one| place_words(self.words.language, one)),
        )
    }

    fn about(&mut self, title: &str, lines: Vec<(&str, Value)>) -> Result<(), XlsxError> {
        self.tables.about(self.reading, self.words.about, title, lines)
    }

    /// A table: what each row begins with, then its figures.
    fn sheet(&mut self, name: &str, first: First, rows: Vec<Vec<Value>>) -> Result<(), XlsxError> {
        let words = self.words;
        let figures = words.heads.iter().copied().chain([words.walked_in, words.families]);
        self.tables.sheet(name, first.into_iter().chain(figures.map(|head| (head, 10.0))), rows)
    }
}

fn counted(Counted { figures, families }: &Counted) -> impl Iterator<Item = Value> {
    let Figures { expected, came, absent, unknown, withdrew, waited, walked_in } = *figures;
    let heads = [expected, came, absent, unknown, withdrew, waited].into_iter();
    let heads = heads.flat_map(|Heads { children, adults }| [children, adults]);
    heads.chain([walked_in, *families]).map(number)
}

fn of_term(count: &TermCount) -> impl Iterator<Item = Value> {
    let capacity = count.capacity.map_or(Value::Empty, number);
    [number(count.events), number(count.sessions), capacity].into_iter().chain(counted(&count.counted))
}
