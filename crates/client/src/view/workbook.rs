//! Workbooks of Excel: texts stay texts, numbers are numbers, times are times on the school's clock.

use data_encoding::BASE64;
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};
use rust_xlsxwriter::{ColNum, DocProperties, Format, FormatAlign, RowNum, Workbook, Worksheet, XlsxError};
use xinmei_model::file_name_of;

use crate::{
    Client,
    api::{
        Fault,
        profile::PlaceName,
        table::{KeptFile, Language, MadeFile},
    },
    client::blocking,
    view::reading::Reading,
};

/// Characters of a title in the name of its file: what follows it is told too.
const TITLE_CHARS: usize = 36;

/// A workbook and what it is called.
pub(crate) struct Made {
    /// Its name, a file's.
    pub(crate) name: String,
    /// The file.
    pub(crate) content: Vec<u8>,
}

impl Made {
    /// A workbook of something with a title.
    pub(crate) fn new(title: &str, what: &str, day: Date, content: Vec<u8>) -> Self {
        // A title is no path.
        let title: String = title.replace(['/', '\\'], " ").chars().take(TITLE_CHARS).collect();
        Self { name: file_name_of(&format!("{title} {what} {day}.xlsx")), content }
    }

    /// To whoever asked.
    pub(crate) fn give(self) -> MadeFile {
        MadeFile { name: self.name, content: BASE64.encode(&self.content) }
    }

    /// Into the user's folder for downloads, as a new file.
    pub(crate) async fn keep(self, client: &Client) -> Result<KeptFile, Fault> {
        let outside = client.core.options.outside.clone();
        blocking(move || Ok(KeptFile::at(&outside.save(&self.name, &self.content)?))).await
    }
}

/// What stands in one cell.
pub(crate) enum Value {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// To reckon with.
    Number(f64),
    /// A day.
    Day(Date),
    /// A time on the school's wall clock.
    Time(DateTime),
}

impl Value {
    /// Words, or nothing where there are none.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// A decimal number that a spreadsheet shows as it was typed: not a code with zeros before it, nor one longer than
    /// its 15 digits.
    pub(crate) fn number(text: &str) -> Self {
        let digits = text.trim_start_matches('-');
        let code = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
        let long = digits.bytes().filter(u8::is_ascii_digit).count() > 15;
        match text.parse() {
            Ok(number) if !code && !long => Self::Number(number),
            _ => Self::text(text),
        }
    }

    /// A day, where a spreadsheet knows it: its calendar begins in 1900.
    pub(crate) fn day(text: &str) -> Self {
        match text.parse::<Date>() {
            Ok(day) if day.year() > 1900 => Self::Day(day),
            _ => Self::text(text),
        }
    }
}

/// How cells look. `quoted` is for texts that a spreadsheet would read as a formula once they are edited.
pub(crate) struct Looks {
    head: Format,
    text: Format,
    quoted: Format,
    day: Format,
    time: Format,
}

impl Looks {
    /// Those of every workbook.
    pub(crate) fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        let text = || top().set_num_format("@").set_text_wrap();
        Self {
            head: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top),
            text: text(),
            quoted: text().set_quote_prefix(),
            day: top().set_num_format("yyyy-mm-dd"),
            time: top().set_num_format("yyyy-mm-dd hh:mm"),
        }
    }

    /// Writes one cell as what it is.
    pub(crate) fn write(
        &self,
        sheet: &mut Worksheet,
        row: RowNum,
        col: ColNum,
        value: Value,
    ) -> Result<(), XlsxError> {
        match value {
            Value::Empty => Ok(()),
            Value::Text(text) => {
                let formula = text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r']);
                let look = if formula { &self.quoted } else { &self.text };
                sheet.write_string_with_format(row, col, text, look).map(drop)
            }
            Value::Number(number) => sheet.write_number(row, col, number).map(drop),
            Value::Day(day) => sheet.write_datetime_with_format(row, col, day, &self.day).map(drop),
            Value::Time(time) => sheet.write_datetime_with_format(row, col, time, &self.time).map(drop),
        }
    }
}

impl Looks {
    /// Writes a heading.
    pub(crate) fn write_head(
        &self,
        sheet: &mut Worksheet,
        row: RowNum,
        col: ColNum,
        head: String,
    ) -> Result<(), XlsxError> {
        sheet.write_string_with_format(row, col, head, &self.head).map(drop)
    }
}

/// A workbook of tables: what it is about on the first sheet, then a sheet for each table, its heading in sight.
pub(crate) struct Tables {
    book: Workbook,
    looks: Looks,
}

impl Tables {
    /// One without a sheet.
    pub(crate) fn new() -> Self {
        Self { book: Workbook::new(), looks: Looks::new() }
    }

    /// The first sheet, with this name: a heading and what it says on each line; lines that say nothing are left out.
    pub(crate) fn about<'h>(
        &mut self,
        reading: &Reading<'_>,
        name: &str,
        title: &str,
        lines: impl IntoIterator<Item = (&'h str, Value)>,
    ) -> Result<(), XlsxError> {
        let made = reading.zoned(reading.now).datetime();
        self.book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
        let sheet = self.book.add_worksheet().set_name(name)?;
        sheet.set_column_width(0, 18)?.set_column_width(1, 70)?;
        let told = lines.into_iter().filter(|(_, value)| !matches!(value, Value::Empty));
        for (row, (head, value)) in (0..).zip(told) {
            self.looks.write_head(sheet, row, 0, head.to_owned())?;
            self.looks.write(sheet, row, 1, value)?;
        }
        Ok(())
    }

    /// A sheet with a table: its headings, each with how wide its column is in characters, then its rows.
    pub(crate) fn sheet<'h>(
        &mut self,
        name: &str,
        heads: impl IntoIterator<Item = (&'h str, f64)>,
        rows: Vec<Vec<Value>>,
    ) -> Result<(), XlsxError> {
        let sheet = self.book.add_worksheet().set_name(name)?;
        let (mut last, mut bottom): (ColNum, RowNum) = (0, 0);
        for (col, (head, width)) in (0..).zip(heads) {
            sheet.set_column_width(col, width)?;
            self.looks.write_head(sheet, 0, col, head.to_owned())?;
            last = col;
        }
        for (row, values) in (1..).zip(rows) {
            for (col, value) in (0..).zip(values) {
                self.looks.write(sheet, row, col, value)?;
            }
            bottom = row;
        }
        sheet.set_freeze_panes(1, 1)?;
        sheet.autofilter(0, 0, bottom, last)?;
        sheet.set_landscape().set_repeat_rows(0, 0)?.set_print_fit_to_pages(1, 0);
        Ok(())
    }

    /// The file.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, XlsxError> {
        self.book.save_to_buffer()
    }
}

/// Hours to the hundredth: a minute is less than two of them.
pub(crate) fn hours(minutes: u32) -> Value {
    Value::Number((f64::from(minutes) * 100.0 / 60.0).round() / 100.0)
}

/// A figure.
pub(crate) fn number(number: u32) -> Value {
    Value::Number(f64::from(number))
}

/// An instant on the school's wall clock, to the minute that is shown.
pub(crate) fn wall(reading: &Reading<'_>, at: Timestamp) -> Value {
    Value::Time(reading.zoned(at).datetime())
}

/// 本部三年级2班
pub(crate) fn place_words(language: Language, place: &PlaceName) -> String {
    const GRADES: [&str; 9] = ["一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let PlaceName { name, grade, number, .. } = place;
    match language {
        Language::Chinese => {
            let spelt = |grade: i16| {
                let known = usize::try_from(grade - 1).ok().and_then(|at| GRADES.get(at));
                known.map_or_else(|| grade.to_string(), |&word| word.to_owned())
            };
            let grade = grade.map(|grade| format!("{}年级", spelt(grade))).unwrap_or_default();
            let number = number.map(|number| format!("{number}班")).unwrap_or_default();
            format!("{name}{grade}{number}")
        }
        Language::English => {
            let grade = grade.map(|grade| format!(" Grade {grade}")).unwrap_or_default();
            let number = number.map(|number| format!(" Class {number}")).unwrap_or_default();
            format!("{name}{grade}{number}")
        }
    }
}
