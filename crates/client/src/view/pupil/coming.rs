//! Shifts the children of a family come to, among what the family has agreed to be at.

use std::collections::BTreeMap;

use xinmei_model::{Child, Id, List, Place, Post, PupilTake, Shift};

use crate::{
    api::{
        Fault,
        today::{Coming, ComingKind},
    },
    view::{commitment::Commitment, family::Family, reading::Reading, wishes::waits},
};

/// A shift with the children who come to it.
pub(crate) struct PupilsShift {
    shift: Shift,
    post: Post,
    children: Vec<Id<Child>>,
    pending: bool,
    campus: Option<Id<Place>>,
}

impl PupilsShift {
    /// When, and which children are there.
    pub(crate) fn commitment(&self) -> Commitment {
        Commitment {
            of: self.shift.id.uuid(),
            starts: self.shift.starts.clone(),
            ends: self.shift.ends.clone(),
            title: self.post.title.clone(),
            children: self.children.clone(),
            mine: false,
            campus: self.campus,
        }
    }

    /// As it stands among what comes.
    pub(crate) fn coming(&self, family: &Family) -> Coming {
        Coming {
            starts: self.shift.starts.clone(),
            ends: Some(self.shift.ends.clone()),
            children: family.names_of(&self.children),
            title: self.post.title.clone(),
            place: self.post.meeting_point.clone(),
            what: ComingKind::Shift { shift: self.shift.id, pending: self.pending },
        }
    }
}

impl Reading<'_> {
    /// Shifts the children of a family come to, with an adult or waiting for one; those that are over are left out.
    pub(crate) fn pupils_shifts(&self, family: &Family) -> Result<Vec<PupilsShift>, Fault> {
        let mut found: BTreeMap<Id<Shift>, PupilsShift> = BTreeMap::new();
        for own in family.children() {
            let takes: Vec<PupilTake> = self.snapshot.list(List::PupilTakesFor(own.child.id))?;
            for take in takes.iter().filter(|take| take.is_down()) {
                let pending = self.pupil_wish(take.shift, own.child.id).as_ref().is_some_and(waits);
                if let Some(with) = found.get_mut(&take.shift) {
                    with.children.push(own.child.id);
                    with.pending |= pending;
                    continue;
                }
                let Some(shift): Option<Shift> = self.snapshot.get(take.shift)? else { continue };
                let Some(post): Option<Post> = self.snapshot.get(take.post)? else { continue };
                if shift.is_on() && self.now < shift.ends.timestamp() {
                    let (children, campus) = (vec![own.child.id], self.campus_among(&post.held_at)?);
                    found.insert(shift.id, PupilsShift { shift, post, children, pending, campus });
                }
            }
        }
        Ok(found.into_values().collect())
    }
}
