//! Who has answered, as a workbook: what the class sheet shows, a row for each child in 学号 order.

mod sheet;
#[cfg(test)]
mod tests;
mod words;

use data_encoding::BASE64;
use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};
use xinmei_model::{Hat, Id, Notice};

use self::words::Words;
use crate::{
    Client,
    api::{
        Ask, Done, Fault,
        file::{Export, KeptFile, Language, MadeFile, Show, Table},
        notice::Opened,
    },
    client::blocking,
    downloads,
    fault::{broken, invalid},
    view::{ask::read, reading::Reading},
};

const ENDING: &str = "xlsx";

impl Ask for Table {
    type Reply = MadeFile;

    async fn answer(self, client: &Client) -> Result<MadeFile, Fault> {
        let made = read(client, move |reading| make(reading, self.notice, self.language)).await?;
        Ok(MadeFile { name: format!("{}.{ENDING}", made.stem), content: BASE64.encode(&made.content) })
    }
}

impl Ask for Export {
    type Reply = KeptFile;

    async fn answer(self, client: &Client) -> Result<KeptFile, Fault> {
        let made = read(client, move |reading| make(reading, self.notice, self.language)).await?;
        blocking(move || {
            let folder = downloads::folder()?;
            let name = downloads::keep(&folder, &made.stem, ENDING, &made.content)?;
            Ok(KeptFile { name, folder: folder.to_string_lossy().into_owned() })
        })
        .await
    }
}

impl Ask for Show {
    type Reply = Done;

    async fn answer(self, _: &Client) -> Result<Done, Fault> {
        blocking(move || downloads::show(&downloads::folder()?, &self.name)).await?;
        Ok(Done {})
    }
}

/// A workbook and what it is called, without its ending.
struct Made {
    stem: String,
    content: Vec<u8>,
}

fn make(reading: &Reading<'_>, id: Id<Notice>, language: Language) -> Result<Made, Fault> {
    let opened = super::open(reading, id)?;
    if reading.hat == Hat::Guardian || !opened.line.mine {
        return Err(invalid("notice"));
    }
    let words = Words::of(language);
    let day = reading.day;
    let title = downloads::file_name_of(&opened.line.title);
    let stem = format!("{title} {} {day}", words.answers).trim().to_owned();
    let content = workbook(reading, &opened, words).map_err(|error| broken(&error))?;
    Ok(Made { stem, content })
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
