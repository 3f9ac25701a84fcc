//! Notices that repeat.

use xinmei_model::{Act, Hat, Kind, List, Series, SeriesDraft, limits, occurrences};

use super::{
    ask::{read, save},
    notice::draft_of,
    reading::{Reading, count},
};
use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        series::{self, AllSeries, Begin, End, SeriesLine, Times},
    },
};

impl Ask for series::Ask {
    type Reply = Times;

    async fn answer(self, client: &Client) -> Result<Times, Fault> {
        read(client, move |reading| {
            let school = reading.school.as_ref();
            let mut times = school.and_then(|it| occurrences(it, &self.rule, &self.from)).unwrap_or_default();
            let too_many = times.len() > limits::OCCURRENCES;
            times.truncate(limits::OCCURRENCES);
            Ok(Times { times, too_many })
        })
        .await
    }
}

impl Ask for Begin {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let notice = draft_of(client, self.notice);
        let series = SeriesDraft { id: client.new_id(), notice, rule: self.rule };
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
    let line = |series: Series| {
        let times = series.times(school);
        let of = count(&times);
        let coming = times.into_iter().filter(|at| at.timestamp() > reading.now).collect();
        SeriesLine { id: series.id, title: series.notice.title, coming, of }
    };
    let mut series: Vec<_> = found.into_iter().map(line).collect();
    series.sort_by_key(|line| line.coming.first().map(|at| at.timestamp()));
    Ok(AllSeries { series })
}
