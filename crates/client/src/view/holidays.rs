//! Public holidays, and the weekends that are worked for them.

use std::collections::BTreeSet;

use jiff::{ToSpan as _, civil::Date};
use xinmei_model::{Act, DayKind, HolidayYear, Holidays, Kind, List, limits};

use super::{
    ask::{read, save},
    reading::Reading,
};
use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        holidays::{
            self, DayKinds, DayView, HolidayYearView, HolidayYears, SchoolDays, SchoolDaysAhead, Set, Soon,
            SoonSpans,
        },
    },
};

/// How far ahead holidays are told of: who plans an open day has to know of the one after next, too.
const DAYS_AHEAD: i64 = 45;

impl Ask for holidays::Days {
    type Reply = DayKinds;

    async fn answer(self, client: &Client) -> Result<DayKinds, Fault> {
        read(client, move |reading| {
            let known = reading.holidays()?;
            let asked = self.days.into_iter().take(limits::DAYS_ASKED);
            Ok(DayKinds { days: asked.map(|date| DayView { date, kind: known.day(date) }).collect() })
        })
        .await
    }
}

impl Ask for SchoolDays {
    type Reply = SchoolDaysAhead;

    async fn answer(self, client: &Client) -> Result<SchoolDaysAhead, Fault> {
        read(client, move |reading| {
            let known = reading.holidays()?;
            let count = usize::try_from(self.count).unwrap_or(usize::MAX);
            let days = known.school_days_after(self.after, count);
            // From the day after on: what the shift itself falls on is told beside it.
            let first = self.after.saturating_add(1.day());
            let spans = days.last().map_or_else(Vec::new, |last| known.spans(first, *last));
            let not_announced = days.iter().find(|day| !known.is_announced(**day)).copied();
            Ok(SchoolDaysAhead { days, spans, not_announced })
        })
        .await
    }
}

impl Ask for Soon {
    type Reply = SoonSpans;

    async fn answer(self, client: &Client) -> Result<SoonSpans, Fault> {
        read(client, |reading| {
            let (known, from) = (reading.holidays()?, reading.day);
            let until = from.saturating_add(DAYS_AHEAD.days());
            let not_announced = Some(until.year()).filter(|year| known.year(*year).is_none());
            Ok(SoonSpans { spans: known.spans(from, until), not_announced })
        })
        .await
    }
}

impl Ask for holidays::List {
    type Reply = HolidayYears;

    async fn answer(self, client: &Client) -> Result<HolidayYears, Fault> {
        read(client, list).await
    }
}

impl Ask for Set {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::SetHolidays { file: self.file }).await
    }
}

fn list(reading: &Reading<'_>) -> Result<HolidayYears, Fault> {
    let rows: Vec<HolidayYear> = reading.snapshot.list(List::All(Kind::HolidayYear))?;
    let known = Holidays::of(&rows);
    let line = |said: &xinmei_model::Announcement| HolidayYearView {
        year: said.year,
        published: said.published,
        edition: said.edition,
        source: said.source.clone(),
        brought_in: rows.iter().any(|row| row.said == *said),
        spans: said.spans(),
    };
    let this = reading.day.year();
    let not_announced = [this, this.saturating_add(1)].into_iter().filter(|year| known.year(*year).is_none());
    Ok(HolidayYears {
        years: known.years().rev().map(line).collect(),
        not_announced: not_announced.collect(),
    })
}

impl Reading<'_> {
    /// What is known of holidays: carried with this version, or brought in by the school.
    pub(crate) fn holidays(&self) -> Result<Holidays, Fault> {
        let rows: Vec<HolidayYear> = self.snapshot.list(List::All(Kind::HolidayYear))?;
        Ok(Holidays::of(&rows))
    }
}

/// The weekends around a day that are worked: they stand in a week like any school day.
pub(super) fn worked(known: &Holidays, around: Date) -> BTreeSet<Date> {
    let near = (-7..=14).map(|days: i64| around.saturating_add(days.days()));
    near.filter(|day| matches!(known.day(*day), DayKind::MakeUpWorkday { .. })).collect()
}

/// Those of these days that are not as their weekday says.
pub(super) fn marked(known: &Holidays, days: &[Date]) -> Vec<DayView> {
    let marks = days.iter().map(|date| DayView { date: *date, kind: known.day(*date) });
    marks.filter(|day| matches!(day.kind, DayKind::Holiday { .. } | DayKind::MakeUpWorkday { .. })).collect()
}
