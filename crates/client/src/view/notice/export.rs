//! Who has answered, as a workbook: what the class sheet shows, a row for each child in 学号 order.

mod sheet;
#[cfg(test)]
mod tests;
mod words;

use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};
use xinmei_model::{Hat, Id, Notice};

use self::words::Words;
use crate::{
    Client,
    api::{
        Ask, Done, Fault,
        notice::Opened,
        table::{Export, KeptFile, Language, MadeFile, Show, Table},
    },
    client::blocking,
    fault::{broken, invalid},
    view::{ask::read, reading::Reading, workbook::Made},
};

impl Ask for Table {
    type Reply = MadeFile;

    async fn answer(self, client: &Client) -> Result<MadeFile, Fault> {
        Ok(read(client, move |reading| make(reading, self.notice, self.language)).await?.give())
    }
}

impl Ask for Export {
    type Reply = KeptFile;

    async fn answer(self, client: &Client) -> Result<KeptFile, Fault> {
        read(client, move |reading| make(reading, self.notice, self.language)).await?.keep(client).await
    }
}

impl Ask for Show {
    type Reply = Done;

    async fn answer(self, client: &Client) -> Result<Done, Fault> {
        let outside = client.core.options.outside.clone();
        blocking(move || outside.show(&self.name)).await?;
        Ok(Done {})
    }
}

fn make(reading: &Reading<'_>, id: Id<Notice>, language: Language) -> Result<Made, Fault> {
    let opened = super::open(reading, id, None)?;
    // Whoever reads no answers has no table of them.
    if reading.hat == Hat::Guardian || opened.sheet.is_empty() && !opened.line.mine {
        return Err(invalid("notice"));
    }
    let words = Words::of(language);
    let content = workbook(reading, &opened, words).map_err(|error| broken(&error))?;
    Ok(Made::new(&opened.line.title, words.answers, reading.day, content))
}

/// Two sheets: the table alone, so that it can be sorted and filtered as it is, and what was asked of whom.
fn workbook(reading: &Reading<'_>, opened: &Opened, words: &Words) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = reading.zoned(reading.now).datetime();
    let about = DocProperties::new().set_title(&opened.line.title).set_author(&opened.line.author);
    book.set_properties(&about.set_creation_datetime(&made));
    sheet::answers(book.add_worksheet().set_name(words.answers)?, reading, opened, words)?;
    sheet::about(book.add_worksheet().set_name(words.notice)?, reading, opened, words)?;
    book.save_to_buffer()
}
