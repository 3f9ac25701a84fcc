//! What the contact of a class is told: that turns of the class were laid, and places of them are to be filled.

use super::{Note, NoteKind, OpensAt};
use crate::{
    api::{Fault, notification::ShiftNews},
    view::{
        reading::Reading,
        turns::{TurnsLaid, laid},
    },
};

/// One for all that was laid at once, however many shifts that are.
pub(super) fn news(reading: &Reading<'_>, notes: &mut Vec<Note>) -> Result<(), Fault> {
    for TurnsLaid { class, at, post, shift, until } in laid(reading)? {
        if !reading.is_news(shift.uuid(), at)? {
            continue;
        }
        notes.push(Note {
            keys: vec![format!("turns/{class}/{}", at.as_millisecond())],
            what: NoteKind::Shift { news: ShiftNews::TurnsLaid },
            title: post,
            children: Vec::new(),
            at,
            due: Some(until),
            to_do: true,
            urgent: false,
            opens: reading.opens(OpensAt::Turns),
        });
    }
    Ok(())
}
