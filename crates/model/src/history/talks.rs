//! Conversations and requests.

use jiff::Timestamp;

use super::{ConversationThen, Look, RequestThen, SaidThen, Viewer};
use crate::{
    Conversation, Facts, FamilyRequest, List, Message, Power, RequestState, Stop, inbox, limits,
    notice::count,
};

/// What was found, and when anything of it ever changed.
type Found<T> = Result<(Vec<T>, Vec<Timestamp>), Stop>;

pub(super) fn conversations(look: &Look<'_>) -> Found<ConversationThen> {
    let all =
        look.facts.list::<Conversation>(List::ConversationsAbout(look.child.id), limits::ROWS_PER_LIST)?;
    let mine = match look.viewer {
        Viewer::Guardian(_) => None,
        Viewer::Staff { role, .. } => Some((role.id, inbox::read_in(look.facts, role.id)?)),
    };
    let mine = |row: &&Conversation| mine.as_ref().is_none_or(|(role, reads)| row.is_seen_in(*role, reads));
    let rows: Vec<&Conversation> = all.into_iter().filter(mine).collect();
    let said = Facts::each(&rows, |row| {
        look.facts.list::<Message>(List::MessagesOf(row.id), limits::ROWS_PER_LIST)
    })?;
    let (mut found, mut moments) = (Vec::new(), Vec::new());
    for (row, said) in rows.into_iter().zip(said) {
        moments.extend(row.ended.as_ref().map(|ended| ended.at));
        moments.extend(said.iter().flat_map(|one| {
            let edits = one.earlier.iter().map(|earlier| earlier.until);
            let received = one.received.iter().map(|received| received.at);
            edits.chain(received).chain([one.at]).chain(one.deleted)
        }));
        let there: Vec<_> = said.into_iter().filter(|one| one.at <= look.at).collect();
        if there.is_empty() {
            continue;
        }
        let older = there.len().saturating_sub(limits::LOOK_BACK);
        found.push(ConversationThen {
            id: row.id,
            title: row.title.clone(),
            with: row.with.iter().filter(|partner| partner.since <= look.at).cloned().collect(),
            inboxes: row.inboxes.iter().filter(|one| one.since <= look.at).cloned().collect(),
            ended: row.ended.clone().filter(|ended| ended.at <= look.at),
            said: there.into_iter().skip(older).map(|one| said_then(one, look.at)).collect(),
            older: count(older),
        });
    }
    let last = |one: &ConversationThen| one.said.last().map(|said| said.at);
    found.sort_by_key(|one| std::cmp::Reverse(last(one)));
    Ok((found, moments))
}

fn said_then(said: &Message, at: Timestamp) -> SaidThen {
    let then = said.earlier.iter().find(|earlier| at < earlier.until);
    SaidThen {
        id: said.id,
        by: said.by.clone(),
        at: said.at,
        text: then.map_or(&said.text, |earlier| &earlier.text).clone(),
        edited: then.map(|earlier| earlier.until),
        deleted: said.deleted,
        received: said.received.iter().filter(|one| one.at <= at).cloned().collect(),
    }
}

pub(super) fn requests(look: &Look<'_>) -> Found<RequestThen> {
    let all = look.facts.list::<FamilyRequest>(List::RequestsFor(look.child.id), limits::ROWS_PER_LIST)?;
    let (mut found, mut moments) = (Vec::new(), Vec::new());
    for row in all {
        if !may_see(look, row)? {
            continue;
        }
        let states = || row.earlier.iter().chain([&row.state]);
        moments.push(row.at);
        moments.extend(states().filter_map(RequestState::since));
        if row.at > look.at {
            continue;
        }
        let mut so_far = states().filter(|state| state.since().is_some_and(|since| since <= look.at));
        found.push(RequestThen {
            id: row.id,
            wanted: row.wanted.clone(),
            guardian: row.guardian_name.clone(),
            entered: row.entered.clone(),
            asked: row.at,
            state: so_far.next_back().cloned().unwrap_or(RequestState::Open),
        });
    }
    found.sort_by_key(|one| std::cmp::Reverse(one.asked));
    Ok((found, moments))
}

/// A guardian sees what was asked for the child; staff what was asked of a class whose requests they answer.
fn may_see(look: &Look<'_>, row: &FamilyRequest) -> Result<bool, Stop> {
    Ok(match look.viewer {
        Viewer::Guardian(_) => true,
        Viewer::Staff { role, .. } => role.may(Power::AnswerRequests, look.path_on(look.day(row.at)?)),
    })
}
