//! Alerts: what is on now, and where every child is.

use std::collections::{HashMap, HashSet};

use jiff::SignedDuration;
use xinmei_model::{
    Absence, Act, Child, Hat, Id, Kind, List, Marking, MsgType, Notice, NoticeState, Place, Power, RollMark,
    RollState,
};

use super::{
    ask::read,
    family::{Family, Own},
    reading::{Reading, count},
};
use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        alert::{Alarm, Alarms, ChildMark, Mark, Now, Roll, RollCall, RollChild, RollClass, RollCount},
    },
    fault::invalid,
};

/// An all-clear stays in sight for so long.
const CLEAR_SHOWN: SignedDuration = SignedDuration::from_hours(6);

impl Ask for Now {
    type Reply = Alarms;

    async fn answer(self, client: &Client) -> Result<Alarms, Fault> {
        read(client, now).await
    }
}

impl Ask for Roll {
    type Reply = RollCall;

    async fn answer(self, client: &Client) -> Result<RollCall, Fault> {
        read(client, move |reading| roll(reading, &self)).await
    }
}

impl Ask for Mark {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let incident = self.incident;
        let act = |one: ChildMark| {
            let ChildMark { child, state, note, replaces } = one;
            Act::MarkRollCall(Marking { incident, child, state, note, replaces })
        };
        // All of them are in the outbox, or none; the last one names the whole.
        let saved = client.save_all(self.marks.into_iter().map(act).collect()).await?;
        saved.last().map(|mutation| Saved { mutation: *mutation }).ok_or_else(|| invalid("marks"))
    }
}

fn now(reading: &Reading<'_>) -> Result<Alarms, Fault> {
    let mut alarms = Vec::new();
    for notice in reading.notices()?.iter().filter(|notice| is_shown(reading, notice)) {
        alarms.extend(alarm(reading, notice)?);
    }
    Ok(Alarms { alarms })
}

/// On, or over since a few hours.
fn is_shown(reading: &Reading<'_>, notice: &Notice) -> bool {
    let NoticeState::Sent { at } = notice.state else { return false };
    let clear = notice.alert.as_ref().is_some_and(|alert| alert.msg_type == MsgType::Cancel);
    notice.alarms_at(reading.now) || clear && reading.now.duration_since(at) < CLEAR_SHOWN
}

/// An alert as this hat sees it; `None` where it is not for this hat, or no alert.
fn alarm(reading: &Reading<'_>, notice: &Notice) -> Result<Option<Alarm>, Fault> {
    let (Some(alert), NoticeState::Sent { at }) = (notice.alert.clone(), &notice.state) else {
        return Ok(None);
    };
    let incident = notice.incident.unwrap_or(notice.id);
    let called = alert.roll_call || was_called(reading, incident)?;
    let marks = Marks::load(reading, incident)?;
    let mut children = Vec::new();
    if reading.hat == Hat::Guardian {
        let places = notice.stands_at();
        for own in Family::load(reading)?.children() {
            if own.child.path.iter().any(|place| places.contains(place)) {
                let row = marks.child(reading, &own.child, says(reading, own, RollState::Safe))?;
                children.push(RollChild { may_fetch: says(reading, own, RollState::PickedUp), ..row });
            }
        }
        if children.is_empty() {
            return Ok(None);
        }
    } else if !concerns_hat(reading, notice) {
        return Ok(None);
    }
    let sees = called && reading.has(Power::SeeClass);
    let roll = if sees { Some(total(reading, notice, &marks)?) } else { None };
    let may_end = alert.msg_type != MsgType::Cancel
        && notice.stands_at().iter().all(|place| {
            let path = reading.places.get(place).map(|place| place.path.as_slice()).unwrap_or_default();
            reading.may(Power::SendAlerts, path)
        });
    Ok(Some(Alarm {
        notice: notice.id,
        incident,
        alert,
        title: notice.title.clone(),
        body: notice.body.clone(),
        author: notice.author_name.clone(),
        author_title: notice.author_title.clone(),
        at: *at,
        places: notice.stands_at().into_iter().map(|place| reading.place_name(place)).collect(),
        called,
        children,
        roll,
        may_end,
    }))
}

/// Whether this guardian may say so of a child.
fn says(reading: &Reading<'_>, own: &Own, state: RollState) -> bool {
    state.said_with().iter().any(|right| own.link.allows(*right, reading.day))
}

/// The incident of an alert under which the roll is called, for who sees it: it outlives the band above the screens.
pub(super) fn called(reading: &Reading<'_>, notice: &Notice) -> Result<Option<Id<Notice>>, Fault> {
    let alarm = alarm(reading, notice)?.filter(|alarm| alarm.called);
    let sees = |alarm: &Alarm| alarm.roll.is_some() || !alarm.children.is_empty();
    Ok(alarm.filter(sees).map(|alarm| alarm.incident))
}

/// Whether the first alert called the roll: an update or the all-clear does not take it back. The first is with its
/// author alone once it was replaced; marks that are here tell the same.
fn was_called(reading: &Reading<'_>, incident: Id<Notice>) -> Result<bool, Fault> {
    let first: Option<Notice> = reading.snapshot.get(incident)?;
    let asked = first.and_then(|first| first.alert).is_some_and(|alert| alert.roll_call);
    Ok(asked || !reading.snapshot.list::<RollMark>(List::MarksOf(incident))?.is_empty())
}

/// Whether the hat's place lies in the alert's, or the alert's in the hat's.
pub(super) fn concerns_hat(reading: &Reading<'_>, notice: &Notice) -> bool {
    let Some(role) = reading.role() else { return false };
    let path = reading.places.get(&role.place).map(|place| place.path.as_slice()).unwrap_or_default();
    let within =
        |place: &Id<Place>| reading.places.get(place).is_some_and(|place| place.path.contains(&role.place));
    notice.stands_at().iter().any(|place| path.contains(place) || within(place))
}

/// What was said, and what is still on its way from here.
struct Marks {
    incident: Id<Notice>,
    said: HashMap<Id<Child>, RollMark>,
    away: HashSet<Id<Child>>,
}

impl Marks {
    fn load(reading: &Reading<'_>, incident: Id<Notice>) -> Result<Self, Fault> {
        let marks: Vec<RollMark> = reading.snapshot.list(List::MarksOf(incident))?;
        let absences: Vec<Absence> = reading.snapshot.list(List::All(Kind::Absence))?;
        let today = |absence: &&Absence| absence.is_on(reading.day);
        Ok(Self {
            incident,
            said: marks.into_iter().map(|mark| (mark.child, mark)).collect(),
            away: absences.iter().filter(today).map(|absence| absence.child).collect(),
        })
    }

    fn child(&self, reading: &Reading<'_>, child: &Child, may_mark: bool) -> Result<RollChild, Fault> {
        let mark = self.said.get(&child.id);
        Ok(RollChild {
            child: reading.child_name(child)?,
            number: child.number.clone(),
            said: mark.map(|mark| mark.said.clone()),
            earlier: mark.map(|mark| mark.earlier.clone()).unwrap_or_default(),
            version: mark.map_or(0, |mark| mark.version),
            absent: self.away.contains(&child.id),
            may_mark,
            may_fetch: may_mark,
            pending: reading.wishes.mark(self.incident, child.id),
        })
    }

    fn count(&self, children: &[Child]) -> RollCount {
        let state = |child: &Child| self.said.get(&child.id).map(|mark| mark.said.state);
        let of = |wanted| count(children.iter().filter(|child| state(child) == Some(wanted)));
        let unknown = |child: &&Child| state(child).is_none() && !self.away.contains(&child.id);
        RollCount {
            children: count(children),
            safe: of(RollState::Safe),
            needs_help: of(RollState::NeedsHelp),
            picked_up: of(RollState::PickedUp),
            unknown: count(children.iter().filter(unknown)),
        }
    }
}

/// The classes of an alert that the hat sees.
fn classes<'r>(reading: &'r Reading<'_>, notice: &Notice) -> Vec<&'r Place> {
    let places = notice.stands_at();
    let mut classes = reading.classes_with(Power::SeeClass);
    classes.retain(|class| class.path.iter().any(|place| places.contains(place)));
    classes
}

fn total(reading: &Reading<'_>, notice: &Notice, marks: &Marks) -> Result<RollCount, Fault> {
    let mut total = RollCount::default();
    for class in classes(reading, notice) {
        let children: Vec<Child> = reading.snapshot.list(List::ChildrenIn(class.id))?;
        let one = marks.count(&children);
        total.children += one.children;
        total.safe += one.safe;
        total.needs_help += one.needs_help;
        total.picked_up += one.picked_up;
        total.unknown += one.unknown;
    }
    Ok(total)
}

fn roll(reading: &Reading<'_>, asked: &Roll) -> Result<RollCall, Fault> {
    let of_incident = |notice: &&Notice| notice.incident == Some(asked.incident) && notice.is_sent();
    let notices = reading.notices()?;
    let notice = notices.iter().find(of_incident).ok_or_else(|| invalid("incident"))?;
    let alarm = alarm(reading, notice)?.ok_or_else(|| invalid("incident"))?;
    let marks = Marks::load(reading, asked.incident)?;
    let mut seen = Vec::new();
    for class in classes(reading, notice) {
        let children = reading.children_in(class.id)?;
        let count = marks.count(&children);
        seen.push((RollClass { place: reading.place_name(class.id), count }, class.id, children));
    }
    let open = |(class, _, _): &&(RollClass, Id<Place>, Vec<Child>)| class.count.unknown > 0;
    let shown = match asked.class {
        Some(wanted) => seen.iter().find(|(_, id, _)| *id == wanted),
        None => seen.iter().find(open).or_else(|| seen.first()),
    };
    let (class, mut children) = (shown.map(|(_, id, _)| *id), Vec::new());
    for child in shown.map(|(_, _, children)| children.as_slice()).unwrap_or_default() {
        children.push(marks.child(reading, child, true)?);
    }
    let classes = seen.into_iter().map(|(class, _, _)| class).collect();
    Ok(RollCall { alarm, classes, class, children })
}
