//! Who takes part in something, as whom a notice is for: `xinmei event list` and `xinmei shift roster` tell the ids.

use clap::Args;
use xinmei_model::{Event, Id, Post, Session, Shift, Target};

#[derive(Args)]
pub(crate) struct Activities {
    /// Families who come to an event.
    #[arg(long)]
    event: Vec<Id<Event>>,
    /// Families who come to one session.
    #[arg(long)]
    session: Vec<Id<Session>>,
    /// Families who wait for a seat of an event.
    #[arg(long)]
    waiting: Vec<Id<Event>>,
    /// Families who came to an event, as the gates wrote it down.
    #[arg(long)]
    came: Vec<Id<Event>>,
    /// Whoever took a shift of a post.
    #[arg(long)]
    post: Vec<Id<Post>>,
    /// Whoever took one shift.
    #[arg(long)]
    shift: Vec<Id<Shift>>,
}

#[derive(Args)]
pub(crate) struct ExceptActivities {
    /// Families left out who come to an event.
    #[arg(long)]
    except_event: Vec<Id<Event>>,
    /// Families left out who came to an event.
    #[arg(long)]
    except_came: Vec<Id<Event>>,
    /// Families left out who come to one session.
    #[arg(long)]
    except_session: Vec<Id<Session>>,
    /// Families left out of whom somebody took a shift of a post.
    #[arg(long)]
    except_post: Vec<Id<Post>>,
    /// Families left out of whom somebody took one shift.
    #[arg(long)]
    except_shift: Vec<Id<Shift>>,
}

impl Activities {
    pub(crate) fn targets(&self) -> impl Iterator<Item = Target> {
        let events = self.event.iter().copied().map(Target::Event);
        let sessions = self.session.iter().copied().map(Target::Session);
        let waiting = self.waiting.iter().copied().map(Target::Waiting);
        let came = self.came.iter().copied().map(Target::Came);
        let posts = self.post.iter().copied().map(Target::Post);
        let shifts = self.shift.iter().copied().map(Target::Shift);
        events.chain(sessions).chain(waiting).chain(came).chain(posts).chain(shifts)
    }
}

impl ExceptActivities {
    pub(crate) fn targets(&self) -> impl Iterator<Item = Target> {
        let events = self.except_event.iter().copied().map(Target::Event);
        let came = self.except_came.iter().copied().map(Target::Came);
        let sessions = self.except_session.iter().copied().map(Target::Session);
        let posts = self.except_post.iter().copied().map(Target::Post);
        let shifts = self.except_shift.iter().copied().map(Target::Shift);
        events.chain(came).chain(sessions).chain(posts).chain(shifts)
    }
}
