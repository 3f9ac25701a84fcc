//! A party by what a steward hears at the door: a name, its pinyin or initials, the last four of 学号.

use pinyin::ToPinyinMulti;
use xinmei_model::{Booking, Event, Id, Pass, PassState, Session};

use super::{Party, Roll};
use crate::{
    Client,
    api::{
        Ask, Fault,
        check_in::{Find, Parties, PartyView},
    },
    view::{ask::read, reading::Reading},
};

/// Parties one search shows: what the eye takes in at once.
const FOUND: usize = 8;

impl Ask for Find {
    type Reply = Parties;

    async fn answer(self, client: &Client) -> Result<Parties, Fault> {
        read(client, move |reading| find(reading, self.event, self.session, &self.text)).await
    }
}

fn find(reading: &Reading<'_>, event: Id<Event>, session: Id<Session>, text: &str) -> Result<Parties, Fault> {
    let wanted = text.trim().to_lowercase().replace(' ', "");
    if wanted.is_empty() {
        return Ok(Parties { parties: Vec::new(), more: false });
    }
    let event = reading.checked_in(event)?;
    let mut rolls = reading.rolls_of(&event)?;
    // Those of the session at hand first.
    rolls.sort_by_key(|roll| roll.session.id != session);
    let gate = reading.own_gate(event.id)?;
    let mut parties = Vec::new();
    for roll in &rolls {
        let mut found: Vec<_> =
            roll.parties.iter().filter_map(|party| best(party, &wanted).map(|rank| (rank, party))).collect();
        found.sort_by(|a, b| (a.0, first_name(a.1)).cmp(&(b.0, first_name(b.1))));
        for (_, party) in found {
            if parties.len() > FOUND {
                break;
            }
            parties.push(reading.party(gate.as_ref(), session, party, roll)?);
        }
    }
    let more = parties.len() > FOUND;
    parties.truncate(FOUND);
    Ok(Parties { parties, more })
}

impl Reading<'_> {
    /// The party of a ticket, in whatever session of the event it is.
    pub(super) fn party_of(
        &self,
        event: Id<Event>,
        session: Id<Session>,
        booking: Id<Booking>,
    ) -> Result<Option<PartyView>, Fault> {
        let event = self.checked_in(event)?;
        let gate = self.own_gate(event.id)?;
        for roll in &self.rolls_of(&event)? {
            if let Some(party) = roll.parties.iter().find(|party| party.booking == booking) {
                return self.party(gate.as_ref(), session, party, roll).map(Some);
            }
        }
        Ok(None)
    }
}

fn first_name(party: &Party) -> &str {
    party.passes.first().map_or("", |pass| pass.child_name.as_str())
}

/// How well a party fits what was typed, 0 being best; `None` if not at all.
fn best(party: &Party, wanted: &str) -> Option<u8> {
    let stays = party.passes.iter().filter(|pass| pass.state != PassState::Gone);
    stays.filter_map(|pass| rank(pass, wanted)).min()
}

fn rank(pass: &Pass, wanted: &str) -> Option<u8> {
    let name = pass.child_name.to_lowercase();
    if name.starts_with(wanted) {
        return Some(0);
    }
    if spells(&pass.child_name, wanted) {
        return Some(1);
    }
    if name.contains(wanted) {
        return Some(2);
    }
    // Given names alone: 雨桐, yt.
    let given: String = pass.child_name.chars().skip(1).collect();
    if spells(&given, wanted) {
        return Some(3);
    }
    (pass.tail == wanted).then_some(4)
}

/// Whether what was typed spells the beginning of a name, each character by any of its readings, whole or by its initial:
/// 单 is shan and dan. `lyt`, `liyut` and `liyt` are 李雨桐.
pub(in crate::view) fn spells(name: &str, wanted: &str) -> bool {
    if wanted.is_empty() {
        return true;
    }
    let mut chars = name.chars();
    let Some(first) = chars.next() else { return false };
    let rest = chars.as_str();
    let Some(readings) = first.to_pinyin_multi() else {
        let first = first.to_lowercase().to_string();
        return wanted.strip_prefix(&first).is_some_and(|left| spells(rest, left));
    };
    readings.into_iter().any(|reading| {
        let plain = reading.plain();
        // The longest part first would not do: `xian` is 西安 and 先.
        (1..=plain.len().min(wanted.len())).any(|length| {
            let spelt = plain.get(..length).zip(wanted.get(..length));
            let Some(left) = spelt.filter(|(a, b)| a == b).and_then(|_| wanted.get(length..)) else {
                return false;
            };
            left.is_empty() || ((length == 1 || length == plain.len()) && spells(rest, left))
        })
    })
}

/// The sessions' lists at hand, for the sheet.
pub(super) fn in_order(roll: &Roll) -> Vec<&Party> {
    let mut parties: Vec<_> = roll.parties.iter().collect();
    parties.sort_by(|a, b| {
        let key = |party: &Party| party.passes.first().map(|pass| (pass.class, pass.child_name.clone()));
        key(a).cmp(&key(b))
    });
    parties
}

#[cfg(test)]
mod tests {
    use super::spells;

    #[test]
    fn a_name_is_spelt_by_initials_by_pinyin_and_by_any_reading() {
        for typed in ["lyt", "l", "liyutong", "liyut", "lyut", "liyt", "liy"] {
            assert!(spells("李雨桐", typed), "{typed}");
        }
        for typed in ["yt", "lt", "liyutongx", "lyty", "il"] {
            assert!(!spells("李雨桐", typed), "{typed}");
        }
        assert!(spells("单雨", "sy") && spells("单雨", "danyu"), "each reading of a character");
        assert!(spells("Anna李", "annal"), "a name in letters");
        assert!(spells("西安", "xian") && spells("先", "xian"));
    }
}
