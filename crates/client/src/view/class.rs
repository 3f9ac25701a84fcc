//! Classes: who is in them, who has joined, and finding a child.

mod strips;

pub(crate) use strips::qr_of;

use std::collections::BTreeMap;

use xinmei_model::{
    Act, Bar, Child, Id, JoinState, Kind, Level, Link, List, Person, Place, Power, Role, RoleKind,
};

use super::{
    ask::{no_power, read, save},
    reading::{Reading, count},
};
use crate::{
    Client,
    api::{
        self, Ask, Fault, Saved,
        class::{Class, ClassChild, ClassGuardian, ClassLine, Classes, Find, Found, SetOnPaper},
        today::JoinCount,
    },
    fault::invalid,
};

/// Children one search shows.
const FOUND: usize = 50;

impl Ask for api::class::List {
    type Reply = Classes;

    async fn answer(self, client: &Client) -> Result<Classes, Fault> {
        read(client, list).await
    }
}

impl Ask for api::class::Open {
    type Reply = Class;

    async fn answer(self, client: &Client) -> Result<Class, Fault> {
        read(client, move |reading| open(reading, self.place)).await
    }
}

impl Ask for Find {
    type Reply = Found;

    async fn answer(self, client: &Client) -> Result<Found, Fault> {
        read(client, move |reading| find(reading, &self.text)).await
    }
}

impl Ask for SetOnPaper {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::SetOnPaper { link: self.link, on_paper: self.on_paper }).await
    }
}

fn list(reading: &Reading<'_>) -> Result<Classes, Fault> {
    let teachers = teachers(reading)?;
    let rolls = reading.rolls()?;
    let classes = rolls.iter().map(|roll| roll.line(reading, &teachers)).collect();
    Ok(Classes { classes, may_invite: reading.has(Power::Invite) })
}

fn open(reading: &Reading<'_>, id: Id<Place>) -> Result<Class, Fault> {
    let place = reading.places.get(&id).filter(|place| place.level == Level::Class);
    let place = place.ok_or_else(|| invalid("place"))?;
    if !reading.may(Power::SeeClass, &place.path) {
        return Err(no_power(Power::SeeClass));
    }
    let roll = reading.roll(place.id, reading.children_in(place.id)?)?;
    let children = roll.children.iter().map(|(child, links)| class_child(reading, child, links));
    Ok(Class {
        line: roll.line(reading, &teachers(reading)?),
        children: children.collect::<Result<_, _>>()?,
        may_invite: reading.may(Power::Invite, &place.path),
        may_set_rights: reading.has(Power::Administer),
    })
}

fn find(reading: &Reading<'_>, text: &str) -> Result<Found, Fault> {
    let wanted = text.trim().to_lowercase();
    if wanted.is_empty() {
        return Ok(Found { children: Vec::new(), more: false });
    }
    let all = reading.children_with(Power::SeeClass)?;
    let mut hits: Vec<_> = all.iter().filter_map(|child| Some((match_of(child, &wanted)?, child))).collect();
    // Stable: equal matches stay by class and 学号.
    hits.sort_by_key(|(match_, _)| *match_);
    let more = hits.len() > FOUND;
    let mut children = Vec::new();
    for (_, child) in hits.into_iter().take(FOUND) {
        let links: Vec<Link> = reading.snapshot.list(List::LinksOf(child.id))?;
        children.push(class_child(reading, child, &links)?);
    }
    Ok(Found { children, more })
}

/// How well a child matches what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    Whole,
    Start,
    Part,
}

fn match_of(child: &Child, wanted: &str) -> Option<Match> {
    let texts = [child.name.to_lowercase(), child.number.to_lowercase()];
    let of = |text: &String| {
        if text == wanted {
            Some(Match::Whole)
        } else if text.starts_with(wanted) {
            Some(Match::Start)
        } else {
            text.contains(wanted).then_some(Match::Part)
        }
    };
    texts.iter().filter_map(of).min()
}

fn class_child(reading: &Reading<'_>, child: &Child, links: &[Link]) -> Result<ClassChild, Fault> {
    let listed = links.iter().filter(|link| link.holds(reading.day));
    let mut guardians = listed.map(|link| class_guardian(reading, link)).collect::<Result<Vec<_>, _>>()?;
    guardians.sort_by(|a, b| a.relation.cmp(&b.relation).then_with(|| a.name.cmp(&b.name)));
    Ok(ClassChild {
        child: reading.child_name(child)?,
        number: child.number.clone(),
        sex: child.sex.clone(),
        guardians,
    })
}

fn class_guardian(reading: &Reading<'_>, link: &Link) -> Result<ClassGuardian, Fault> {
    let state = link.join_state(reading.day);
    // That something is withheld is known to staff; what, only to the office.
    let hidden = state == JoinState::AskOffice && !reading.has(Power::Administer);
    let held = xinmei_model::Right::ALL.into_iter().filter(|right| link.allows(*right, reading.day));
    let bar: Option<Bar> = reading.snapshot.get(Bar::on(link.id))?;
    Ok(ClassGuardian {
        link: link.id,
        person: link.guardian,
        name: link.guardian_name.clone(),
        relation: link.relation,
        state,
        rights: if hidden { Vec::new() } else { held.collect() },
        barred: bar.is_some_and(|bar| bar.stands),
    })
}

/// 班主任 of each class.
fn teachers(reading: &Reading<'_>) -> Result<BTreeMap<Id<Place>, String>, Fault> {
    let roles: Vec<Role> = reading.snapshot.list(List::All(Kind::Role))?;
    let today = |role: &Role| role.kind == RoleKind::ClassTeacher && role.holds(reading.day);
    Ok(roles.into_iter().filter(today).map(|role| (role.place, role.person_name)).collect())
}

/// A class with its children and their links.
pub(crate) struct Roll {
    place: Id<Place>,
    children: Vec<(Child, Vec<Link>)>,
}

impl Reading<'_> {
    /// The rolls of every class the hat may see, by campus, grade and number.
    pub(crate) fn rolls(&self) -> Result<Vec<Roll>, Fault> {
        // One list for all classes instead of one for each.
        let mut by_class: BTreeMap<Id<Place>, Vec<Child>> = BTreeMap::new();
        for child in self.children_with(Power::SeeClass)? {
            if let Some(class) = child.class() {
                by_class.entry(class).or_default().push(child);
            }
        }
        let classes = self.classes_with(Power::SeeClass).into_iter();
        classes.map(|place| self.roll(place.id, by_class.remove(&place.id).unwrap_or_default())).collect()
    }

    fn roll(&self, place: Id<Place>, children: Vec<Child>) -> Result<Roll, Fault> {
        let with_links = |child: Child| {
            let links = self.snapshot.list(List::LinksOf(child.id))?;
            Ok((child, links))
        };
        Ok(Roll { place, children: children.into_iter().map(with_links).collect::<Result<_, Fault>>()? })
    }
}

impl Roll {
    /// Guardians who may be invited, and those of them who have joined; each person once.
    pub(crate) fn join_count(&self, reading: &Reading<'_>) -> JoinCount {
        let mut guardians: BTreeMap<Id<Person>, bool> = BTreeMap::new();
        for link in self.children.iter().flat_map(|(_, links)| links) {
            match link.join_state(reading.day) {
                JoinState::Joined => guardians.insert(link.guardian, true),
                JoinState::NotJoined => guardians.insert(link.guardian, false),
                JoinState::OnPaper | JoinState::AskOffice => None,
            };
        }
        JoinCount {
            place: reading.place_name(self.place),
            guardians: count(&guardians),
            joined: count(guardians.values().filter(|joined| **joined)),
        }
    }

    fn line(&self, reading: &Reading<'_>, teachers: &BTreeMap<Id<Place>, String>) -> ClassLine {
        let JoinCount { place, guardians, joined } = self.join_count(reading);
        let waits = |links: &[Link]| links.iter().any(|link| link.undecided);
        ClassLine {
            place,
            teacher: teachers.get(&self.place).cloned().unwrap_or_default(),
            children: count(&self.children),
            guardians,
            joined,
            undecided: count(self.children.iter().filter(|(_, links)| waits(links))),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_full_match_stands_before_a_part() {
        let child = |name: &str, number: &str| Child {
            id: Id::new(Uuid::nil()),
            name: name.into(),
            number: number.into(),
            sex: String::new(),
            path: Vec::new(),
            enrolments: Vec::new(),
        };
        assert_eq!(match_of(&child("李雨桐", "G20240412"), "李雨桐"), Some(Match::Whole));
        assert_eq!(match_of(&child("李雨桐", "G20240412"), "g2024"), Some(Match::Start));
        assert_eq!(match_of(&child("李雨桐", "G20240412"), "桐"), Some(Match::Part));
        assert_eq!(match_of(&child("李雨桐", "G20240412"), "0412"), Some(Match::Part));
        assert_eq!(match_of(&child("李雨桐", "G20240412"), "王"), None);
    }
}
