//! What a volunteer is told: that the desk said yes or no, and that a shift was called off.

use xinmei_model::{List, Post, PostEntry, Shift, Take, TakeState};

use super::{Note, NoteKind, OpensAt};
use crate::{
    api::{Fault, notification::ShiftNews},
    view::reading::Reading,
};

pub(super) fn news(reading: &Reading<'_>, notes: &mut Vec<Note>) -> Result<(), Fault> {
    let takes: Vec<Take> = reading.snapshot.list(List::TakesBy(reading.me))?;
    for take in takes {
        let Some(shift): Option<Shift> = reading.snapshot.get(take.shift)? else { continue };
        let Some(post): Option<Post> = reading.snapshot.get(take.post)? else { continue };
        let news = match take.state {
            TakeState::CalledOff => ShiftNews::CalledOff,
            TakeState::Declined => ShiftNews::Declined,
            // Whoever takes what is open knows of it; whoever asked waits for the answer.
            TakeState::Taken if post.terms.entry == PostEntry::Asked => ShiftNews::Confirmed,
            TakeState::Taken
            | TakeState::Dropped
            | TakeState::Asked
            | TakeState::Offered
            | TakeState::SaidNo
            | TakeState::Released => continue,
        };
        if shift.starts.timestamp() <= reading.now || !reading.is_news(take.id.uuid(), take.at)? {
            continue;
        }
        notes.push(Note {
            keys: vec![format!("shift/{}/{}", take.id, take.at.as_millisecond())],
            what: NoteKind::Shift { news },
            title: post.title,
            children: Vec::new(),
            at: take.at,
            due: Some(shift.starts),
            to_do: false,
            urgent: false,
            opens: reading.opens(OpensAt::Shifts),
        });
    }
    Ok(())
}
