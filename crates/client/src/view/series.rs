//! Notices that repeat.

use xinmei_model::{Act, Hat, Kind, List, Occurrence, Series, SeriesDraft, limits, occurrences_avoiding};

use super::{
    ask::{read, save},
    notice::draft_of,
    reading::{Reading, count},
};
use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        series::{self, AllSeries, Begin, End, LeftOutTime, SeriesLine, Times},
    },
};

impl Ask for series::Ask {
    type Reply = Times;

    async fn answer(self, client: &Client) -> Result<Times, Fault> {
        read(client, move |reading| times(reading, &self)).await
    }
}

fn times(reading: &Reading<'_>, asked: &series::Ask) -> Result<Times, Fault> {
    let (known, school) = (reading.holidays()?, reading.school.as_ref());
    let judged = |school| occurrences_avoiding(school, &asked.rule, &asked.from, Some(&known));
    let mut all = school.and_then(judged).unwrap_or_default();
    let too_many = all.len() > limits::OCCURRENCES;
    all.truncate(limits::OCCURRENCES);
    let on_holiday = |one: &Occurrence| {
        let name = one.left_out.clone()?;
        Some(LeftOutTime { at: one.at.clone(), name })
    };
    let holidays = all.iter().filter_map(on_holiday).collect();
    if asked.skip_holidays {
        all.retain(|one| one.left_out.is_none());
    }
    let (left_out, on_holidays) =
        if asked.skip_holidays { (holidays, Vec::new()) } else { (Vec::new(), holidays) };
    let times: Vec<_> = all.into_iter().map(|one| one.at).collect();
    let not_announced = times.iter().find(|at| !known.is_announced(at.date())).cloned();
    Ok(Times { times, left_out, on_holidays, not_announced, too_many })
}

impl Ask for Begin {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let notice = draft_of(client, self.notice);
        let series =
            SeriesDraft { id: client.new_id(), notice, rule: self.rule, skip_holidays: self.skip_holidays };
        save(client, Act::RepeatNotice { series }).await
    }
}

impl Ask for End {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::EndSeries { series: self.series }).await
    }
}

impl Ask for series::List {
    type Reply = AllSeries;

    async fn answer(self, client: &Client) -> Result<AllSeries, Fault> {
        read(client, list).await
    }
}

fn list(reading: &Reading<'_>) -> Result<AllSeries, Fault> {
    let (Some(school), true) = (&reading.school, reading.hat != Hat::Guardian) else {
        return Ok(AllSeries { series: Vec::new() });
    };
    let mut found: Vec<Series> = reading.snapshot.list(List::All(Kind::Series))?;
    found.retain(|series| series.author == reading.me && series.ended.is_none());
    let known = reading.holidays()?;
    let line = |series: Series| {
        let mut times = series.times(school, &known);
        times.retain(|time| time.left_out.is_none());
        let of = count(&times);
        let coming =
            times.into_iter().map(|time| time.at).filter(|at| at.timestamp() > reading.now).collect();
        SeriesLine { id: series.id, title: series.notice.title, coming, of }
    };
    let mut series: Vec<_> = found.into_iter().map(line).collect();
    series.sort_by_key(|line| line.coming.first().map(|at| at.timestamp()));
    Ok(AllSeries { series })
}
