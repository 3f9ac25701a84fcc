//! Who is in a conversation: how it begins, how staff come into it and leave it, and how it ends.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Access, AccessKind, Actor, Addressee, Audience, Came, Change, Child, Conversation, Ended, Facts, Hat, Id,
    Link, List, Message, MessageText, Partner, Person, Power, ReadMark, Refusal, Report, Role, Side, Stop,
    Target, access,
    conversation::{inbox_partner, partner, speaker, speaker_about},
    facts::Decision,
    inbox, limits,
    limits::check_text,
    may_read_along, message, recipients, rights,
};

/// A conversation as it was composed, with the first thing said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConversationDraft {
    /// Made by the device of whoever begins.
    pub id: Id<Conversation>,
    /// About whom.
    pub child: Id<Child>,
    /// Whom of the school: a family names whom it asks, staff the hat that is on or an inbox it reads.
    pub with: Addressee,
    /// One line.
    pub title: String,
    /// The first message.
    pub message: MessageText,
}

pub(crate) fn open(facts: &Facts, actor: &Actor, draft: &ConversationDraft) -> Decision {
    check_text("title", &draft.title, 1, limits::TITLE_CHARS)?;
    message::check(&draft.message)?;
    let speaker = speaker_about(facts, actor, draft.child)?;
    if let Actor::Person { hat: Hat::Staff { role }, .. } = actor
        && !draft.with.is_own(*role, &inbox::read_in(facts, *role)?)
    {
        return Err(Refusal::Malformed { field: "with".into() }.into());
    }
    // There is nothing yet to answer to.
    if draft.message.quotes.is_some() {
        return Err(Refusal::Malformed { field: "quotes".into() }.into());
    }
    if facts.taken(draft.id)? || facts.taken(draft.message.id)? {
        return Err(Refusal::Malformed { field: "id".into() }.into());
    }
    let child = facts.get(draft.child)?;
    if facts.complete() {
        let family = Audience { include: vec![Target::Child(child.id)], except: Vec::new() };
        if recipients(facts, &family)?.families.is_empty() {
            return Err(Refusal::AudienceEmpty.into());
        }
    }
    let others = facts.list::<Conversation>(List::ConversationsAbout(child.id), limits::ROWS_PER_LIST)?;
    let mine = |other: &&&Conversation| other.ended.is_none() && other.is_with(draft.with);
    if others.iter().filter(mine).count() >= limits::OPEN_CONVERSATIONS {
        let limit = u32::try_from(limits::OPEN_CONVERSATIONS).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "conversations".into(), limit }.into());
    }
    let mut conversation = Conversation {
        id: draft.id,
        child: child.id,
        with: Vec::new(),
        inboxes: Vec::new(),
        title: draft.title.trim().to_owned(),
        opened: facts.now(),
        messages: 0,
        last: facts.now(),
        last_side: speaker.side(),
        in_a_row: 0,
        ended: None,
        stopped: Vec::new(),
    };
    add(facts, &mut conversation, draft.with, child, Came::First)?;
    message::append(facts, conversation, speaker, &draft.message)
}

/// Says that it is over. The school does; a family that has more to say begins another.
pub(crate) fn end(facts: &Facts, actor: &Actor, id: Id<Conversation>) -> Decision {
    let conversation = staff_in(facts, actor, id)?;
    conversation.still_on()?;
    conversation.takes_part(actor)?;
    let by = actor.staff_name(facts)?.unwrap_or_default();
    let ended = Some(Ended { by, at: facts.now() });
    let feeds = conversation.feeds();
    Ok(vec![Change::put(Conversation { ended, ..conversation.clone() }, feeds)])
}

/// Brings another member of staff or a shared inbox in, who sees it whole and is shown to all in it.
pub(crate) fn bring_in(
    facts: &Facts,
    actor: &Actor,
    id: Id<Conversation>,
    who: Addressee,
    reads_only: bool,
) -> Decision {
    let conversation = staff_in(facts, actor, id)?;
    conversation.still_on()?;
    conversation.takes_part(actor)?;
    if reads_only && matches!(who, Addressee::Inbox { .. }) {
        return Err(Refusal::Malformed { field: "reads_only".into() }.into());
    }
    if conversation.is_with(who) {
        return Ok(Vec::new());
    }
    if conversation.with.len() + conversation.inboxes.len() >= limits::PARTNERS {
        let limit = u32::try_from(limits::PARTNERS).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "with".into(), limit }.into());
    }
    let by = actor.staff_name(facts)?.unwrap_or_default();
    let mut conversation = conversation.clone();
    let child = facts.get(conversation.child)?;
    add(facts, &mut conversation, who, child, Came::BroughtIn { by })?;
    if let Some(last) = conversation.with.last_mut().filter(|_| reads_only) {
        last.reads_only = true;
    }
    put_whole(facts, conversation)
}

/// The conversation with somebody more who reads along for the school, and who that is: one who reads along already does it
/// for the school from now on, and of one who answers in it `None`. It may be over, and as full as it is.
pub(crate) fn with_reader(
    facts: &Facts,
    conversation: &Conversation,
    who: Id<Role>,
    child: &Child,
    by: String,
) -> Result<Option<(Conversation, Partner)>, Stop> {
    let reader = Partner { reads_only: true, ..partner(facts, who, child, Came::Appointed { by })? };
    let there = conversation.partner(who);
    if there.is_some_and(|one| !one.reads_only || matches!(one.came, Came::Appointed { .. })) {
        return Ok(None);
    }
    let mut conversation = conversation.clone();
    conversation.with.retain(|one| one.role != who);
    conversation.with.push(reader.clone());
    Ok(Some((conversation, reader)))
}

/// The conversation without somebody who reads along for the school, and who that was.
pub(crate) fn without_reader(conversation: &Conversation, who: Id<Role>) -> Option<(Conversation, Partner)> {
    let reader = conversation.appointed(who)?.clone();
    let mut conversation = conversation.clone();
    conversation.with.retain(|one| one.role != who);
    Some((conversation, reader))
}

/// Leaves a conversation, or takes out who was brought in. Somebody who answers stays.
pub(crate) fn take_out(facts: &Facts, actor: &Actor, id: Id<Conversation>, who: Addressee) -> Decision {
    let conversation = staff_in(facts, actor, id)?;
    conversation.still_on()?;
    let Actor::Person { hat: Hat::Staff { role }, .. } = actor else {
        return Err(Refusal::NoPower { power: Power::Converse }.into());
    };
    if !conversation.is_with(who) {
        return Ok(Vec::new());
    }
    if !conversation.is_answered_without(who) {
        return Err(Refusal::NobodyLeft.into());
    }
    // Whom the family asked goes by itself.
    if !conversation.may_be_taken_out_by(*role, &inbox::read_in(facts, *role)?).contains(&who) {
        return Err(Refusal::Malformed { field: "who".into() }.into());
    }
    let left = match who {
        Addressee::Role { role } => conversation.appointed(role).map(AccessKind::dismissed),
        Addressee::Inbox { .. } => None,
    };
    let mut conversation = conversation.clone();
    conversation.with.retain(|partner| Addressee::from(partner.role) != who);
    conversation.inboxes.retain(|one| Addressee::from(one.inbox) != who);
    // Whoever asked for it is not in the conversation, and reads in its log who still reads along.
    let line = left.map(|what| access::note(facts, actor, &conversation, what)).transpose()?;
    let mut changes = put_whole(facts, conversation)?;
    changes.extend(line);
    Ok(changes)
}

/// One more in the circle.
fn add(
    facts: &Facts,
    conversation: &mut Conversation,
    who: Addressee,
    child: &Child,
    came: Came,
) -> Result<(), Stop> {
    match who {
        Addressee::Role { role } => conversation.with.push(partner(facts, role, child, came)?),
        Addressee::Inbox { inbox } => conversation.inboxes.push(inbox_partner(facts, inbox, child, came)?),
    }
    Ok(())
}

/// What is open in one hat goes to another: somebody leaves, or is away. Whoever does it for somebody else sees nothing of
/// what was said.
pub(crate) fn hand_over(facts: &Facts, actor: &Actor, from: Id<Role>, to: Id<Role>) -> Decision {
    let (old, new) = (facts.get(from)?, facts.get(to)?);
    let place = facts.get(old.place)?;
    let own = matches!(actor, Actor::Person { hat: Hat::Staff { role }, .. } if *role == from)
        && rights::role_worn(facts, actor)?.is_some();
    if !own {
        rights::require_power(facts, actor, Power::HandOver, &place.path)?;
    }
    if from == to || !new.holds(facts.today()?) {
        return Err(Refusal::Malformed { field: "to".into() }.into());
    }
    let all = facts.list::<Conversation>(List::ConversationsWith(from), limits::ROWS_PER_LIST)?;
    let open = all.into_iter().filter(|conversation| conversation.ended.is_none());
    let handed = Facts::each(open, |conversation| {
        let child = facts.get(conversation.child)?;
        let took_over = Came::TookOver { from: old.person_name.clone() };
        let appointed = conversation.appointed(from).cloned();
        let may = appointed.is_none() || may_take_over(facts, conversation, new.person)?;
        let mut conversation = conversation.clone();
        let reads_only = conversation.only_reads(from);
        conversation.with.retain(|partner| partner.role != from);
        if may && conversation.partner(to).is_none() {
            conversation.with.push(Partner { reads_only, ..partner(facts, to, child, took_over)? });
        }
        let mut line = None;
        for seat in conversation.with.iter_mut().filter(|partner| partner.role == to) {
            // Who read along answers from now on, where somebody did.
            seat.reads_only &= reads_only;
            // What the school asked of one hat it asks of the next, but of nobody who answers.
            if let Some(reader) = appointed.as_ref().filter(|_| may && seat.reads_only) {
                seat.came = reader.came.clone();
                line = Some(AccessKind::handed_on(from, seat));
            }
        }
        let line = line.or_else(|| appointed.as_ref().map(AccessKind::dismissed));
        let line = line.map(|what| access::note(facts, actor, &conversation, what)).transpose()?;
        let mut changes = put_whole(facts, conversation)?;
        changes.extend(line);
        Ok(changes)
    })?;
    Ok(handed.into_iter().flatten().collect())
}

/// Whether somebody may go on reading along for another: asked again of each report and of the child's guardians.
fn may_take_over(facts: &Facts, conversation: &Conversation, reader: Id<Person>) -> Result<bool, Stop> {
    let reports = facts.list::<Report>(List::ReportsOf(conversation.id), limits::ROWS_PER_LIST)?;
    let links = facts.list::<Link>(List::LinksOf(conversation.child), limits::ROWS_PER_LIST)?;
    Ok(reports.into_iter().all(|report| may_read_along(report, &links, None, reader)))
}

/// How many open conversations a hat would hand over, for whoever may: the number, and nothing of them.
///
/// # Errors
/// Not found where the actor may not hand it over; [`Stop::Needs`].
pub fn open_with(facts: &Facts, actor: &Actor, hat: Id<Role>) -> Result<u32, Stop> {
    let place = facts.find(hat)?.map(|role| facts.find(role.place)).transpose()?.flatten();
    let path = place.map(|place| place.path.as_slice()).unwrap_or_default();
    let role = rights::role_worn(facts, actor)?;
    if !role.is_some_and(|role| role.id == hat || role.may(Power::HandOver, path)) {
        return Err(facts.missing(crate::Kind::Role));
    }
    let all = facts.list::<Conversation>(List::ConversationsWith(hat), limits::ROWS_PER_LIST)?;
    Ok(crate::notice::count(all.iter().filter(|conversation| conversation.ended.is_none()).count()))
}

/// The conversation, for a member of staff in it.
fn staff_in<'f>(facts: &'f Facts, actor: &Actor, id: Id<Conversation>) -> Result<&'f Conversation, Stop> {
    let conversation = facts.get(id)?;
    if speaker(facts, actor, conversation)?.side() != Side::School {
        return Err(Refusal::NoPower { power: Power::Converse }.into());
    }
    Ok(conversation)
}

/// A conversation whose circle changed, with everything that was said.
pub(crate) fn put_whole(facts: &Facts, conversation: Conversation) -> Decision {
    let messages = facts.list::<Message>(List::MessagesOf(conversation.id), limits::ROWS_PER_LIST)?;
    let marks = facts.list::<ReadMark>(List::ReadMarksOf(conversation.id), limits::ROWS_PER_LIST)?;
    let mut changes: Vec<_> =
        messages.into_iter().map(|said| Change::put(said.clone(), conversation.feeds())).collect();
    changes.extend(marks.into_iter().map(|mark| Change::put(mark.clone(), mark.feeds(&conversation))));
    let log = facts.list::<Access>(List::AccessesTo(conversation.id), limits::ROWS_PER_LIST)?;
    let child = facts.get(conversation.child)?;
    changes.extend(log.into_iter().map(|entry| entry.clone().put(&conversation, child)));
    let feeds = conversation.feeds();
    changes.push(Change::put(conversation, feeds));
    Ok(changes)
}
