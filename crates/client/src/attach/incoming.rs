//! Files that arrive from the window in pieces. They are kept in memory until they are whole: nothing lies around unencrypted, and
//! what was cut off is gone.

use std::{collections::VecDeque, sync::PoisonError};

use xinmei_model::{Attachment, Id};

use super::check_length;
use crate::{Client, api::Fault, fault::invalid};

/// Files that may arrive at once; an older one that stopped is forgotten.
const AT_ONCE: usize = 4;

/// A file that is arriving.
struct Arriving {
    id: Id<Attachment>,
    name: String,
    bytes: usize,
    content: Vec<u8>,
}

/// Files that are arriving, the oldest first.
#[derive(Default)]
pub(crate) struct Incoming(VecDeque<Arriving>);

/// What a piece came to.
pub(crate) enum Took {
    /// There is more to come.
    Part(usize),
    /// The whole is here, under its name.
    Whole(String, Vec<u8>),
}

impl Incoming {
    /// Expects a file.
    pub(crate) fn begin(&mut self, id: Id<Attachment>, name: String, bytes: usize) -> Result<(), Fault> {
        check_length(bytes)?;
        if self.0.len() >= AT_ONCE {
            self.0.pop_front();
        }
        self.0.push_back(Arriving { id, name, bytes, content: Vec::new() });
        Ok(())
    }

    /// Takes the next piece.
    pub(crate) fn take(&mut self, id: Id<Attachment>, at: usize, piece: &[u8]) -> Result<Took, Fault> {
        let place = self.0.iter().position(|one| one.id == id).ok_or_else(|| invalid("file"))?;
        let one = self.0.get_mut(place).ok_or_else(|| invalid("file"))?;
        if at != one.content.len() || at + piece.len() > one.bytes {
            return Err(invalid("at"));
        }
        one.content.extend_from_slice(piece);
        if one.content.len() < one.bytes {
            return Ok(Took::Part(one.content.len()));
        }
        let whole = self.0.remove(place).ok_or_else(|| invalid("file"))?;
        Ok(Took::Whole(whole.name, whole.content))
    }
}

impl Client {
    /// Takes a piece of a file that arrives from the window.
    pub(crate) fn take_incoming(
        &self,
        file: Option<Id<Attachment>>,
        name: String,
        bytes: u32,
        at: u32,
        piece: &[u8],
    ) -> Result<(Id<Attachment>, Took), Fault> {
        let size = |n| usize::try_from(n).unwrap_or(usize::MAX);
        let mut incoming = self.core.incoming.lock().unwrap_or_else(PoisonError::into_inner);
        let id = match file {
            Some(id) => id,
            None => {
                let id = self.new_id();
                incoming.begin(id, name, size(bytes))?;
                id
            }
        };
        Ok((id, incoming.take(id, size(at), piece)?))
    }
}
