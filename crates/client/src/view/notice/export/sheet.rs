//! The cells: texts stay texts, numbers are numbers, times are times on the school's clock.

use rust_xlsxwriter::{ColNum, RowNum, Worksheet, XlsxError};
use xinmei_model::{Ask, FieldKind, NoticeState, Reply};

use super::words::Words;
use crate::{
    api::{
        notice::{GivenView, Opened, SheetCell},
        sync::ItemState,
    },
    view::{
        reading::Reading,
        workbook::{Looks, Value, wall},
    },
};

/// The table: a child a row; where each guardian answers, a row for each of them.
pub(super) fn answers(
    sheet: &mut Worksheet,
    reading: &Reading<'_>,
    opened: &Opened,
    words: &Words,
) -> Result<(), XlsxError> {
    let looks = Looks::new();
    let ask = &opened.line.ask;
    let asked = asked(ask, words);
    let first = [(words.class, 16.0), (words.number, 12.0), (words.name, 14.0), (words.state, 12.0)];
    let last = [
        (words.who, 12.0),
        (words.relation, 8.0),
        (words.when, 17.0),
        (words.late, 7.0),
        (words.entered, 12.0),
        (words.entered_note, 16.0),
        (words.why, 18.0),
    ];
    let heads = first
        .iter()
        .map(|(head, width)| ((*head).to_owned(), *width))
        .chain(asked.into_iter().map(|head| (head, 16.0)))
        .chain(last.iter().map(|(head, width)| ((*head).to_owned(), *width)));
    let mut columns: ColNum = 0;
    for (col, (head, width)) in (0..).zip(heads) {
        sheet.set_column_width(col, width)?;
        looks.write_head(sheet, 0, col, head)?;
        columns = col;
    }
    let mut row: RowNum = 0;
    for cell in &opened.sheet {
        let answers = if waits(cell) { &[][..] } else { &cell.answers[..] };
        let given = answers.iter().map(|answer| Some(&answer.now));
        let none = answers.is_empty().then_some(None);
        for given in given.chain(none) {
            row = row.saturating_add(1);
            let values = child(cell, ask, words).into_iter();
            let values = values.chain(said(ask, given, words)).chain(by(reading, cell, given, words));
            for (col, value) in (0..).zip(values) {
                looks.write(sheet, row, col, value)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 3)?;
    sheet.autofilter(0, 0, row, columns)?;
    sheet.set_landscape().set_repeat_rows(0, 0)?.set_print_fit_to_pages(1, 0);
    Ok(())
}

/// A wish still waits on this computer: what it says is no answer yet.
fn waits(cell: &SheetCell) -> bool {
    matches!(cell.pending, Some(ItemState::Saved | ItemState::Sent))
}

fn child(cell: &SheetCell, ask: &Ask, words: &Words) -> [Value; 4] {
    let state = match cell {
        _ if waits(cell) => words.waits_here,
        _ if cell.done => words.done,
        _ if !cell.answers.is_empty() => words.partly,
        _ if cell.unreached.is_some() => words.unreached,
        _ if ask.is_duty() => words.open,
        _ => words.reached,
    };
    let class = cell.child.class.as_ref().map(|class| words.place(class)).unwrap_or_default();
    [Value::text(class), Value::text(&cell.number), Value::text(&cell.child.name), Value::text(state)]
}

/// A column for each thing that is asked.
fn asked(ask: &Ask, words: &Words) -> Vec<String> {
    match ask {
        Ask::Nothing | Ask::Read | Ask::Acknowledge => Vec::new(),
        Ask::Choose { choices, .. } => choices.iter().map(|choice| choice.text.clone()).collect(),
        Ask::FillIn { fields } => fields.iter().map(|field| field.label.clone()).collect(),
        Ask::Sign => vec![words.signature.to_owned()],
    }
}

/// What was answered, in as many columns: a choice taken is a 1, so that a column can be summed.
fn said(ask: &Ask, given: Option<&GivenView>, words: &Words) -> Vec<Value> {
    let reply = given.map(|given| &given.reply);
    match (ask, reply) {
        (Ask::Choose { choices, .. }, reply) => {
            let taken = reply.map(Reply::choices).unwrap_or_default();
            let value = |place| if taken.contains(&place) { Value::Number(1.0) } else { Value::Empty };
            (0_u32..).zip(choices).map(|(place, _)| value(place)).collect()
        }
        (Ask::FillIn { fields }, Some(Reply::FillIn { values, .. })) => {
            let value = |(kind, value): (&FieldKind, &String)| match kind {
                FieldKind::Number => Value::number(value.trim()),
                FieldKind::Date => Value::day(value.trim()),
                FieldKind::Text | FieldKind::Choice { .. } | FieldKind::File => Value::text(value),
            };
            fields.iter().map(|field| &field.value).zip(values).map(value).collect()
        }
        (Ask::FillIn { fields }, _) => fields.iter().map(|_| Value::Empty).collect(),
        (Ask::Sign, Some(Reply::Sign { agrees, .. })) => {
            vec![Value::text(if *agrees { words.agrees } else { words.disagrees })]
        }
        (Ask::Sign, _) => vec![Value::Empty],
        _ => Vec::new(),
    }
}

/// By whom and when; or why not.
fn by(reading: &Reading<'_>, cell: &SheetCell, given: Option<&GivenView>, words: &Words) -> [Value; 7] {
    let late = given.is_some_and(|given| given.late);
    let entered = given.and_then(|given| given.entered.as_ref());
    let related = given.and_then(|given| given.relation);
    let why = cell.unreached.filter(|_| given.is_none()).map(|why| words.why(why));
    [
        given.map_or(Value::Empty, |given| Value::text(&given.guardian)),
        Value::text(related.map(|relation| words.related(relation)).unwrap_or_default()),
        given.map_or(Value::Empty, |given| wall(reading, given.at)),
        Value::text(if late { words.yes } else { "" }),
        entered.map_or(Value::Empty, |entered| Value::text(&entered.by)),
        entered.map_or(Value::Empty, |entered| Value::text(&entered.note)),
        Value::text(why.unwrap_or_default()),
    ]
}

/// What was asked, of whom, and when this was made.
pub(super) fn about(
    sheet: &mut Worksheet,
    reading: &Reading<'_>,
    opened: &Opened,
    words: &Words,
) -> Result<(), XlsxError> {
    let looks = Looks::new();
    let line = &opened.line;
    let sent = match line.state {
        NoticeState::Sent { at } => wall(reading, at),
        _ => Value::Empty,
    };
    let due = line.due.as_ref().map_or(Value::Empty, |due| wall(reading, due.timestamp()));
    let signed = if line.ask == Ask::Sign { opened.sha256.as_str() } else { "" };
    let lines = [
        (words.title, Value::text(&line.title)),
        (words.body, Value::text(&opened.body)),
        (words.author, Value::text(format!("{} {}", line.author, line.author_title).trim())),
        (words.sent, sent),
        (words.due, due),
        (words.families, Value::Number(f64::from(opened.families))),
        (words.sha256, Value::text(signed)),
        (words.made, wall(reading, reading.now)),
    ];
    sheet.set_column_width(0, 18)?.set_column_width(1, 70)?;
    let told = lines.into_iter().filter(|(_, value)| !matches!(value, Value::Empty));
    for (row, (head, value)) in (0..).zip(told) {
        looks.write_head(sheet, row, 0, head.to_owned())?;
        looks.write(sheet, row, 1, value)?;
    }
    Ok(())
}
