//! Conversations, as lists and as threads.

mod acts;
mod hats;
#[cfg(test)]
mod tests;
mod thread;

use xinmei_model::{
    Access, Child, Conversation, Hat, Id, Kind, Link, List, Message, Power, ReadMark, Right, Role, Side,
    power_of,
};

use super::{ask::read, family::Family, reading::Reading};
use crate::{
    Client,
    api::{
        self, Ask, Fault,
        conversation::{AccessView, ConversationLine, Conversations, PartnerList},
        hat::PartnerChoice,
        sync::ItemState,
    },
};

/// Conversations a list goes back to: years of a busy teacher.
const BACK: u32 = 1_000;
/// Characters of a message that a list or a quotation shows.
const EXCERPT: usize = 80;

impl Ask for api::conversation::List {
    type Reply = Conversations;

    async fn answer(self, client: &Client) -> Result<Conversations, Fault> {
        read(client, list).await
    }
}

impl Ask for api::conversation::Partners {
    type Reply = PartnerList;

    async fn answer(self, client: &Client) -> Result<PartnerList, Fault> {
        read(client, move |reading| {
            let Some(child) = reading.snapshot.get(self.child)? else {
                return Ok(PartnerList { partners: Vec::new(), inboxes: Vec::new() });
            };
            let inboxes = reading.inboxes_for(&child)?;
            Ok(PartnerList { partners: reading.staff_for(&child)?, inboxes })
        })
        .await
    }
}

/// The first characters of a text.
fn excerpt(text: &str) -> String {
    text.chars().take(EXCERPT).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The first characters of what was said; what is only a file is called by its name.
pub(super) fn excerpt_of(said: &Message) -> String {
    let name = said.files.first().filter(|_| said.text.is_empty()).map(|file| file.name.as_str());
    excerpt(name.unwrap_or(&said.text))
}

fn list(reading: &Reading<'_>) -> Result<Conversations, Fault> {
    let family = Family::of_hat(reading)?;
    let children = family.names(|own| own.link.allows(Right::Messages, reading.day));
    let may_begin = !children.is_empty() || reading.has(Power::Converse);
    let substitutes = match reading.role() {
        Some(role) => reading.staff_beside(role)?,
        None => Vec::new(),
    };
    Ok(Conversations { conversations: reading.conversations(&family)?, children, may_begin, substitutes })
}

impl Reading<'_> {
    /// Conversations of this hat: what waits for this side's answer first, the oldest first; then the newest first.
    pub(crate) fn conversations(&self, family: &Family) -> Result<Vec<ConversationLine>, Fault> {
        let mut rows: Vec<Conversation> = self.snapshot.list_desc(List::All(Kind::Conversation), BACK)?;
        for (draft, entry) in self.wishes.conversations() {
            if rows.iter().all(|row| row.id != draft.id) {
                rows.push(self.conversation_of(draft, entry));
            }
        }
        let mut lines = Vec::new();
        for row in &rows {
            if self.is_ours(row, family) {
                lines.extend(self.conversation_line(row)?);
            }
        }
        lines.sort_by(|a, b| {
            let newest = b.last.cmp(&a.last);
            let waits = |line: &ConversationLine| line.waits_for_us;
            waits(b).cmp(&waits(a)).then(if waits(a) { newest.reverse() } else { newest })
        });
        Ok(lines)
    }

    /// Whether a conversation is this hat's: a teacher's own child is not in the teacher's inbox.
    pub(super) fn is_ours(&self, row: &Conversation, family: &Family) -> bool {
        match self.hat {
            Hat::Guardian => family
                .children()
                .iter()
                .any(|own| own.child.id == row.child && own.link.allows(Right::Messages, self.day)),
            Hat::Staff { role } => row.is_seen_in(role, self.reads()),
        }
    }

    pub(super) fn side(&self) -> Side {
        if self.hat == Hat::Guardian { Side::Family } else { Side::School }
    }

    /// `None` where the child has not arrived yet.
    pub(super) fn conversation_line(&self, row: &Conversation) -> Result<Option<ConversationLine>, Fault> {
        let Some(child) = self.snapshot.get(row.child)? else { return Ok(None) };
        let last: Option<Message> = self.snapshot.list_desc(List::MessagesOf(row.id), 1)?.pop();
        let pending = self.wishes.about_conversation(row.id);
        let refused = |state: &ItemState| matches!(state, ItemState::Refused { .. });
        let waits = row.waits_for(self.side()) && !pending.as_ref().is_some_and(refused);
        let read = self.read_up_to(row)?;
        Ok(Some(ConversationLine {
            id: row.id,
            child: self.child_name(&child)?,
            title: row.title.clone(),
            with: row.with.clone(),
            inboxes: row.inboxes.clone(),
            last: row.last,
            last_text: last.as_ref().map(excerpt_of).unwrap_or_default(),
            last_by: last.map(|said| said.by),
            unread: row.messages.saturating_sub(read),
            waits_for_us: waits,
            ended: row.ended.clone(),
            pending,
        }))
    }

    /// Up to where whoever sits here has had a conversation on the screen.
    pub(super) fn read_up_to(&self, row: &Conversation) -> Result<u32, Fault> {
        let mark: Option<ReadMark> = self.snapshot.get(ReadMark::of(row.id, self.me, false))?;
        Ok(mark.map_or(0, |mark| mark.up_to))
    }

    /// Who of the school may talk about a child, the nearest first: the class's own teachers, then those of the grade, the
    /// campus and the school.
    pub(super) fn staff_for(&self, child: &Child) -> Result<Vec<PartnerChoice>, Fault> {
        Ok(self.roles_for(child)?.into_iter().map(choice).collect())
    }

    /// As [`Reading::staff_for`], by their hats.
    pub(crate) fn roles_for(&self, child: &Child) -> Result<Vec<Role>, Fault> {
        let mut roles: Vec<Role> = self.snapshot.list(List::All(Kind::Role))?;
        roles.retain(|role| role.holds(self.day) && role.may(Power::Converse, &child.path));
        let depth = |role: &Role| child.path.iter().position(|place| *place == role.place);
        roles.sort_by(|a, b| {
            depth(b).cmp(&depth(a)).then(a.kind.cmp(&b.kind)).then_with(|| a.person_name.cmp(&b.person_name))
        });
        Ok(roles)
    }

    /// Who looked into a conversation from outside, and what the school settled about it.
    pub(crate) fn log_of(&self, id: Id<Conversation>) -> Result<Vec<AccessView>, Fault> {
        let log: Vec<Access> = self.snapshot.list(List::AccessesTo(id))?;
        let view = |one: Access| AccessView { by: one.by, title: one.title, at: one.at, what: one.what };
        Ok(log.into_iter().map(view).collect())
    }

    /// Who may take over from a hat: others who may talk about everything it does.
    fn staff_beside(&self, own: &Role) -> Result<Vec<PartnerChoice>, Fault> {
        let Some(place) = self.places.get(&own.place) else { return Ok(Vec::new()) };
        if !power_of(own.kind, Power::Converse) {
            return Ok(Vec::new());
        }
        let mut roles: Vec<Role> = self.snapshot.list(List::All(Kind::Role))?;
        roles.retain(|role| {
            role.person != own.person && role.holds(self.day) && role.may(Power::Converse, &place.path)
        });
        roles.sort_by(|a, b| a.kind.cmp(&b.kind).then_with(|| a.person_name.cmp(&b.person_name)));
        Ok(roles.into_iter().map(choice).collect())
    }

    /// Guardians of a child who see what is said about it.
    pub(super) fn readers(&self, child: Id<Child>) -> Result<Vec<Link>, Fault> {
        let links: Vec<Link> = self.snapshot.list(List::LinksOf(child))?;
        Ok(links.into_iter().filter(|link| link.allows(Right::Messages, self.day)).collect())
    }
}

pub(super) fn choice(role: Role) -> PartnerChoice {
    PartnerChoice {
        role: role.id,
        name: role.person_name,
        title: role.title,
        subject: role.subject,
        office_hours: role.office_hours,
    }
}
