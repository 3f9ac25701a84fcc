//! What is said in a conversation, who has read it, and 收到.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Attachment, Change, Child, Conversation, Facts, Feed, Id, Kind, List, Person, Refusal, Report,
    Speaker, Stop,
    attachment::{check_files, require_uploaded},
    conversation, derived,
    facts::Decision,
    limits,
    limits::check_text,
};

/// A message as it was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MessageText {
    /// Made by the speaker's device.
    pub id: Id<Message>,
    /// Plain text, up to [`limits::MESSAGE_CHARS`].
    pub text: String,
    /// The message of the same conversation it answers.
    pub quotes: Option<Id<Message>>,
    /// What it carries; at most [`limits::FILES_PER_MESSAGE`]. A file needs no words beside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Attachment>,
}

/// Something that was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Identity.
    pub id: Id<Message>,
    /// In which conversation.
    pub conversation: Id<Conversation>,
    /// About whom.
    pub child: Id<Child>,
    /// Its place in the conversation, from 1, without a gap: the server's order.
    pub seq: u32,
    /// Who said it.
    pub by: Speaker,
    /// Plain text; empty once it was deleted.
    pub text: String,
    /// The message it answers.
    pub quotes: Option<Id<Message>>,
    /// When the server took it.
    pub at: Timestamp,
    /// What it said before, oldest first; at most [`limits::MESSAGE_EDITS`].
    pub earlier: Vec<Earlier>,
    /// When its speaker took it back: the text is gone, that there was one is not.
    pub deleted: Option<Timestamp>,
    /// Who said 收到, in this order.
    pub received: Vec<Received>,
    /// What it carries; nothing once it was deleted.
    #[serde(default)]
    pub files: Vec<Attachment>,
}

/// What a message said before it was edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Earlier {
    /// Plain text.
    pub text: String,
    /// Until when it said so.
    pub until: Timestamp,
}

/// 收到
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Received {
    /// Who.
    pub person: Id<Person>,
    /// That person's name.
    pub name: String,
    /// When the server took it.
    pub at: Timestamp,
}

/// How far somebody has read. There are two for each reader, because they have different audiences: the reader's own, and the
/// one the others may know of, which follows when the reader likes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadMark {
    /// Follows from conversation, reader and `shown`.
    pub id: Id<ReadMark>,
    /// In which conversation.
    pub conversation: Id<Conversation>,
    /// Who.
    pub person: Id<Person>,
    /// That person's name.
    pub name: String,
    /// The last [`Message::seq`] they had on the screen.
    pub up_to: u32,
    /// Whether it is the one the others know of.
    pub shown: bool,
}

impl Message {
    /// Whether its speaker may still edit or delete it.
    #[must_use]
    pub fn may_change_at(&self, now: Timestamp) -> bool {
        self.deleted.is_none() && now < self.at + limits::MESSAGE_CHANGE
    }

    /// Whether somebody in the conversation may say 收到 to it: it is another's, is there, and they have not yet.
    #[must_use]
    pub fn may_be_received_by(&self, person: Id<Person>) -> bool {
        let said = self.received.iter().any(|one| one.person == person);
        self.by.person != person && self.deleted.is_none() && !said
    }
}

impl ReadMark {
    /// Where a reader's mark is kept.
    #[must_use]
    pub fn of(conversation: Id<Conversation>, person: Id<Person>, shown: bool) -> Id<Self> {
        let name = if shown { "read-mark/shown" } else { "read-mark/own" };
        derived(name, conversation.uuid(), person.uuid())
    }

    pub(crate) fn feeds(&self, conversation: &Conversation) -> Vec<Feed> {
        if self.shown { conversation.feeds() } else { vec![Feed::Person(self.person)] }
    }
}

pub(crate) fn check(text: &MessageText) -> Result<(), Stop> {
    let least = usize::from(text.files.is_empty());
    check_text("text", &text.text, least, limits::MESSAGE_CHARS)?;
    check_files(&text.files, limits::FILES_PER_MESSAGE)
}

/// What is said goes to the end of a conversation; to answer is to have read.
pub(crate) fn append(
    facts: &Facts,
    mut conversation: Conversation,
    by: Speaker,
    text: &MessageText,
) -> Decision {
    let side = by.side();
    let in_a_row = if side == conversation.last_side { conversation.in_a_row.saturating_add(1) } else { 1 };
    let over = |field: &str, limit| Err(Refusal::TooMany { field: field.into(), limit }.into());
    if conversation.messages >= limits::MESSAGES_PER_CONVERSATION {
        return over("messages", limits::MESSAGES_PER_CONVERSATION);
    }
    if in_a_row > limits::MESSAGES_IN_A_ROW {
        return over("in-a-row", limits::MESSAGES_IN_A_ROW);
    }
    require_uploaded(facts, by.person, &text.files)?;
    let seq = conversation.messages.saturating_add(1);
    let marks = marks(facts, &conversation, &by, seq, true)?;
    conversation.messages = seq;
    conversation.last = facts.now();
    conversation.last_side = side;
    conversation.in_a_row = in_a_row;
    let message = Message {
        id: text.id,
        conversation: conversation.id,
        child: conversation.child,
        seq,
        by,
        text: text.text.trim().to_owned(),
        quotes: text.quotes,
        at: facts.now(),
        earlier: Vec::new(),
        deleted: None,
        received: Vec::new(),
        files: text.files.clone(),
    };
    let feeds = conversation.feeds();
    let said = [Change::put(message, feeds.clone()), Change::put(conversation, feeds)];
    Ok(said.into_iter().chain(marks).collect())
}

pub(crate) fn say(
    facts: &Facts,
    actor: &Actor,
    id: Id<Conversation>,
    child: Id<Child>,
    text: &MessageText,
) -> Decision {
    check(text)?;
    let conversation = facts.get(id)?;
    if conversation.child != child {
        return Err(facts.missing(Kind::Conversation));
    }
    let speaker = conversation::speaker(facts, actor, conversation)?;
    conversation.still_on()?;
    conversation.may_write(actor, &speaker)?;
    if facts.taken(text.id)? {
        return Err(Refusal::Malformed { field: "id".into() }.into());
    }
    if let Some(quoted) = text.quotes
        && facts.get(quoted)?.conversation != id
    {
        return Err(facts.missing(Kind::Message));
    }
    append(facts, conversation.clone(), speaker, text)
}

/// The message and its conversation, for somebody in it.
pub(crate) fn within<'f>(
    facts: &'f Facts,
    actor: &Actor,
    id: Id<Message>,
) -> Result<(&'f Message, &'f Conversation, Speaker), Stop> {
    let message = facts.get(id)?;
    let conversation = facts.get(message.conversation)?;
    let speaker = conversation::speaker(facts, actor, conversation)?;
    Ok((message, conversation, speaker))
}

/// One's own message, while it may be changed.
fn own<'f>(
    facts: &'f Facts,
    actor: &Actor,
    id: Id<Message>,
) -> Result<(&'f Message, &'f Conversation, Speaker), Stop> {
    let (message, conversation, speaker) = within(facts, actor, id)?;
    if message.by.person != speaker.person || message.by.side() != speaker.side() {
        return Err(Refusal::MessageFixed.into());
    }
    // A replica's clock may be years wrong: only the school's says what is late.
    if message.deleted.is_some() || facts.complete() && !message.may_change_at(facts.now()) {
        return Err(Refusal::MessageFixed.into());
    }
    // What was reported stays as it was read, until it is settled.
    let reports = facts.list::<Report>(List::ReportsOf(conversation.id), limits::ROWS_PER_LIST)?;
    if reports.iter().any(|report| report.message == id && report.closed.is_none()) {
        return Err(Refusal::MessageFixed.into());
    }
    Ok((message, conversation, speaker))
}

pub(crate) fn edit(facts: &Facts, actor: &Actor, id: Id<Message>, child: Id<Child>, text: &str) -> Decision {
    check_text("text", text, 1, limits::MESSAGE_CHARS)?;
    let (message, conversation, speaker) = own(facts, actor, id)?;
    if message.child != child {
        return Err(facts.missing(Kind::Message));
    }
    conversation.may_write(actor, &speaker)?;
    let text = text.trim().to_owned();
    if text == message.text {
        return Ok(Vec::new());
    }
    if message.earlier.len() >= limits::MESSAGE_EDITS {
        let limit = u32::try_from(limits::MESSAGE_EDITS).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "edits".into(), limit }.into());
    }
    let mut message = message.clone();
    let until = facts.now();
    message.earlier.push(Earlier { text: std::mem::replace(&mut message.text, text), until });
    Ok(vec![Change::put(message, conversation.feeds())])
}

pub(crate) fn delete(facts: &Facts, actor: &Actor, id: Id<Message>) -> Decision {
    let (message, conversation, _) = own(facts, actor, id)?;
    let deleted = Some(facts.now());
    let (text, earlier, files) = (String::new(), Vec::new(), Vec::new());
    let message = Message { text, earlier, files, deleted, ..message.clone() };
    Ok(vec![Change::put(message, conversation.feeds())])
}

/// 收到. Saying it twice changes nothing.
pub(crate) fn receive(facts: &Facts, actor: &Actor, id: Id<Message>) -> Decision {
    let (message, conversation, speaker) = within(facts, actor, id)?;
    if message.by.person == speaker.person {
        return Err(Refusal::Malformed { field: "message".into() }.into());
    }
    conversation.takes_part(actor)?;
    if message.deleted.is_some() {
        return Err(Refusal::MessageFixed.into());
    }
    if !message.may_be_received_by(speaker.person) {
        return Ok(Vec::new());
    }
    let marks = marks(facts, conversation, &speaker, message.seq, true)?;
    let mut message = message.clone();
    let (person, name, at) = (speaker.person, speaker.name, facts.now());
    message.received.push(Received { person, name, at });
    Ok(std::iter::once(Change::put(message, conversation.feeds())).chain(marks).collect())
}

/// Notes how far the actor has read, and whether the others may know.
pub(crate) fn mark_read(
    facts: &Facts,
    actor: &Actor,
    id: Id<Conversation>,
    up_to: u32,
    shown: bool,
) -> Decision {
    let conversation = facts.get(id)?;
    let speaker = conversation::speaker(facts, actor, conversation)?;
    // Nobody reads ahead of what was said.
    marks(facts, conversation, &speaker, up_to.min(conversation.messages), shown)
}

/// The marks of a reader, which only move on.
fn marks(facts: &Facts, conversation: &Conversation, reader: &Speaker, up_to: u32, shown: bool) -> Decision {
    let mark = |shown| {
        let id = ReadMark::of(conversation.id, reader.person, shown);
        let before = facts.find(id)?.map_or(0, |mark| mark.up_to);
        let (person, name) = (reader.person, reader.name.clone());
        let mark = ReadMark { id, conversation: conversation.id, person, name, up_to, shown };
        let feeds = mark.feeds(conversation);
        Ok((before < up_to).then(|| Change::put(mark, feeds)))
    };
    let whose: &[bool] = if shown { &[false, true] } else { &[false] };
    Ok(Facts::each(whose, |shown| mark(*shown))?.into_iter().flatten().collect())
}
