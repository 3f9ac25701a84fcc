//! What a family is told of the shifts its children are in: that one was called off, or has other times.

use xinmei_model::{List, Post, PupilState, PupilTake, Shift};

use super::{Note, NoteKind, OpensAt};
use crate::{
    api::{Fault, notification::ShiftNews},
    view::{family::Family, reading::Reading},
};

pub(super) fn news(reading: &Reading<'_>, family: &Family, notes: &mut Vec<Note>) -> Result<(), Fault> {
    for own in family.children() {
        let takes: Vec<PupilTake> = reading.snapshot.list(List::PupilTakesFor(own.child.id))?;
        for take in takes {
            let Some(shift): Option<Shift> = reading.snapshot.get(take.shift)? else { continue };
            let Some(post): Option<Post> = reading.snapshot.get(take.post)? else { continue };
            let (news, at) = match take.state {
                PupilState::CalledOff => (ShiftNews::PupilOff, shift.called_off.as_ref().map(|off| off.at)),
                // Whoever put the child down after it was moved knows when it is.
                PupilState::Down => {
                    let moved = shift.moved.as_ref().map(|moved| moved.at);
                    (ShiftNews::PupilMoved, moved.filter(|at| take.consent.at < *at))
                }
                PupilState::Withdrawn => continue,
            };
            let Some(at) = at.filter(|_| reading.now < shift.starts.timestamp()) else { continue };
            if !reading.is_news(shift.id.uuid(), at)? {
                continue;
            }
            notes.push(Note {
                keys: vec![format!("pupil/{}/{}", take.id, at.as_millisecond())],
                what: NoteKind::Shift { news },
                title: post.title,
                children: vec![own.name.clone()],
                at,
                due: Some(shift.starts),
                to_do: false,
                urgent: false,
                opens: reading.opens(OpensAt::Shifts),
            });
        }
    }
    Ok(())
}
