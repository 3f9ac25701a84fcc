//! What is told together: one notification for each place it opens, and one for all of them in a digest.

use std::collections::BTreeMap;

use super::{Note, NoteKind, Opening, OpensAt};

/// Notifications at once; more than these nobody reads, so they come as one. A computer that was off for a week begins
/// like this.
const AT_ONCE: usize = 5;

/// What is due now, as it is shown.
pub(super) fn gather(due: Vec<Note>, digest: bool) -> Vec<Note> {
    let (alone, mut rest): (Vec<_>, Vec<_>) = by_place(due)
        .into_iter()
        .partition(|note| note.urgent || matches!(note.what, NoteKind::Offer { .. }));
    if rest.len() > AT_ONCE || digest && rest.len() > 1 {
        rest = Vec::from_iter(digest_of(rest));
    }
    alone.into_iter().chain(rest).collect()
}

/// What opens the same place is one: the latest of it, the messages of a conversation counted, every child named who needs
/// help. Requests of several
/// families, and several wishes, stay apart.
fn by_place(due: Vec<Note>) -> Vec<Note> {
    let mut places: BTreeMap<(OpensAt, String), Note> = BTreeMap::new();
    let mut order = Vec::new();
    for note in due {
        let apart = match note.opens.at {
            OpensAt::Notice { .. } | OpensAt::Conversation { .. } | OpensAt::RollCall { .. } => String::new(),
            _ => note.keys.concat(),
        };
        let place = (note.opens.at.clone(), apart);
        match places.remove(&place) {
            Some(before) => drop(places.insert(place, both(before, note))),
            None => {
                order.push(place.clone());
                places.insert(place, note);
            }
        }
    }
    order.into_iter().filter_map(|place| places.remove(&place)).collect()
}

/// The later of two, with the keys of both.
fn both(before: Note, note: Note) -> Note {
    let (earlier, mut later) = if before.at <= note.at { (before, note) } else { (note, before) };
    if matches!(later.what, NoteKind::NeedsHelp { .. }) {
        later.children.splice(0..0, earlier.children);
    }
    later.keys.extend(earlier.keys);
    if let (NoteKind::Message { messages, .. }, NoteKind::Message { messages: more, .. }) =
        (&mut later.what, &earlier.what)
    {
        *messages = messages.saturating_add(*more);
    }
    later
}

/// All of them in one.
fn digest_of(notes: Vec<Note>) -> Option<Note> {
    let count = |notes: usize| u32::try_from(notes).unwrap_or(u32::MAX);
    let what = NoteKind::Digest {
        notes: count(notes.len()),
        to_do: count(notes.iter().filter(|note| note.to_do).count()),
    };
    let latest = notes.iter().map(|note| note.at).max()?;
    let hat = notes.first()?.opens.hat.filter(|hat| notes.iter().all(|note| note.opens.hat == Some(*hat)));
    Some(Note {
        what,
        title: String::new(),
        children: Vec::new(),
        at: latest,
        due: None,
        to_do: notes.iter().any(|note| note.to_do),
        urgent: false,
        opens: Opening { hat, at: OpensAt::Today },
        keys: notes.into_iter().flat_map(|note| note.keys).collect(),
    })
}
