//! What was signed, as text for the record: the command line has no paper.
//!
//! Who signed stands first, and the text is set in below it: no words of a notice can pass for a signature.

use std::process::ExitCode;

use anyhow::bail;
use serde::Serialize;
use xinmei_client::api::{
    Request,
    notice::{GivenView, Open, Opened, SheetCell},
    profile::{ChildName, Me},
    sync::ItemState,
};
use xinmei_model::{Entered, FileHash, Id, Notice, Relation, Reply, signed_text};

use super::{
    names,
    terminal::{Terminal, line, on_the_wall, plain, row, word},
    whom::place_words,
};

/// What was signed for one child.
#[derive(Serialize)]
struct Slip<'n> {
    child: &'n ChildName,
    number: &'n str,
    signatures: Vec<Signature<'n>>,
}

/// By one guardian.
#[derive(Serialize)]
struct Signature<'n> {
    guardian: &'n str,
    relation: Option<Relation>,
    agrees: bool,
    at: String,
    entered: Option<&'n Entered>,
    sha256: &'n str,
}

/// What was signed, to the letter, and its SHA-256.
struct Text {
    text: String,
    sha256: String,
}

/// Prints the slip of a child, or of each for whom something was signed; as far as the school has it.
pub(crate) async fn keep(
    terminal: &Terminal,
    notice: Id<Notice>,
    child: Option<&str>,
) -> anyhow::Result<ExitCode> {
    let child = match child {
        Some(text) => Some(names::child(terminal, text).await?),
        None => None,
    };
    let me = names::me(terminal).await?;
    let opened: Opened = terminal.ask(Request::NoticeOpen(Open { notice, child: None })).await?;
    let cells = opened.sheet.iter().filter(|cell| child.is_none_or(|child| child == cell.child.id));
    let slips: Vec<_> = cells.filter_map(|cell| slip(cell, &me.zone)).collect();
    if slips.is_empty() {
        bail!("there is no slip: nobody signed here, or the school does not have it yet");
    }
    let text = Text::of(&opened);
    if terminal.json {
        let files: Vec<_> = opened.files.iter().map(|file| &file.attachment).collect();
        let all = serde_json::json!({
            "school": me.school, "notice": notice, "author": opened.line.author,
            "author_title": opened.line.author_title, "at": on_the_wall(opened.line.at, &me.zone),
            "title": opened.line.title, "body": opened.body, "files": files,
            "text": text.text, "sha256": text.sha256, "slips": slips,
        });
        terminal.print(&all, "", &[]);
        return Ok(ExitCode::SUCCESS);
    }
    for (nth, slip) in slips.iter().enumerate() {
        if nth > 0 {
            line(&"");
        }
        print(&me, &opened, slip, &text);
    }
    Ok(ExitCode::SUCCESS)
}

/// What stands signed for a child. A wish on its way is no signature.
fn slip<'n>(cell: &'n SheetCell, zone: &str) -> Option<Slip<'n>> {
    if matches!(cell.pending, Some(ItemState::Saved | ItemState::Sent)) {
        return None;
    }
    let signed = cell.answers.iter().filter_map(|answer| signature(&answer.now, zone));
    let signatures: Vec<_> = signed.collect();
    let is_signed = !signatures.is_empty();
    is_signed.then_some(Slip { child: &cell.child, number: &cell.number, signatures })
}

fn signature<'n>(given: &'n GivenView, zone: &str) -> Option<Signature<'n>> {
    let Reply::Sign { agrees, sha256 } = &given.reply else { return None };
    Some(Signature {
        guardian: &given.guardian,
        relation: given.relation,
        agrees: *agrees,
        at: on_the_wall(given.at, zone),
        entered: given.entered.as_ref(),
        sha256,
    })
}

impl Text {
    /// The hash is made anew of what is printed: a signature is held against that.
    fn of(opened: &Opened) -> Self {
        let files: Vec<_> = opened.files.iter().map(|file| file.attachment.clone()).collect();
        let text = signed_text(&opened.line.title, &opened.body, &files);
        let sha256 = FileHash::of(text.as_bytes()).to_string();
        Self { text, sha256 }
    }
}

fn print(me: &Me, opened: &Opened, slip: &Slip<'_>, text: &Text) {
    let head = &opened.line;
    let class = slip.child.class.as_ref().map(place_words).unwrap_or_default();
    row(&["school", &me.school]);
    row(&["notice", &head.id.to_string()]);
    row(&["from", &head.author, &head.author_title, &on_the_wall(head.at, &me.zone)]);
    row(&["child", slip.number, &slip.child.name, &class]);
    for one in &slip.signatures {
        let says = if one.agrees { "agrees" } else { "does not agree" };
        row(&[says, one.guardian, &word(&one.relation), &one.at]);
        if let Some(entered) = one.entered {
            row(&["entered by", &entered.by, &entered.note]);
        }
        let of = if one.sha256 == text.sha256 { "of the text below" } else { "of another text" };
        row(&["sha256", one.sha256, of]);
    }
    for one in text.text.split('\n') {
        line(&format!("  {}", plain(one)));
    }
}
