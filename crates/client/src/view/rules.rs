//! Rules of the school that `model` applies inside its decisions but does not offer under a name yet. Each is a line
//! of a rule there and belongs there; nothing else in `view` decides.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use xinmei_model::{
    Audience, Child, Event, EventState, Facts, Fill, Id, Link, List, Notice, NoticeState, Place, Power, Role,
    Stop, Target, Year, limits, power_of,
};

use crate::api::class::JoinState;

/// The school year a day belongs to: the one begun last; before the first, the first.
pub(crate) fn year_of(years: &[Year], day: Date) -> Option<&Year> {
    let begun = years.iter().filter(|year| year.from <= day).max_by_key(|year| year.from);
    begun.or_else(|| years.iter().min_by_key(|year| year.from))
}

/// Whether a hat has a power at the place with this path. As `rights::require_power`.
pub(crate) fn may(role: &Role, power: Power, path: &[Id<Place>]) -> bool {
    power_of(role.kind, power) && path.contains(&role.place)
}

/// Whether families may sign up at this moment. As `booking::check_open`.
pub(crate) fn is_open(event: &Event, now: Timestamp) -> bool {
    event.state == EventState::Published && event.opens.timestamp() <= now && now < event.closes.timestamp()
}

/// Seats not given, as last heard.
pub(crate) fn free(fill: &Fill) -> u32 {
    fill.capacity.saturating_sub(fill.used)
}

/// Seats a newcomer could get, as last heard: those behind a waitlist are not for the newcomer. As
/// `booking::sign_up`.
pub(crate) fn open_seats(fill: &Fill) -> u32 {
    if fill.waiting == 0 { free(fill) } else { 0 }
}

/// An offer that still stands. As `booking::accept_offer`.
pub(crate) fn offer_stands(until: Timestamp, now: Timestamp) -> bool {
    now < until
}

/// The one place whose families a notice is for, where it stands in that place's own feed. As
/// `notice::feeds_when_sent`.
pub(crate) fn place_of(audience: &Audience) -> Option<Id<Place>> {
    match (audience.include.as_slice(), audience.except.as_slice()) {
        ([Target::Place(place)], []) => Some(*place),
        _ => None,
    }
}

/// Children of an audience, reached or not. As `notice::recipients`.
pub(crate) fn children_of(facts: &Facts, audience: &Audience) -> Result<Vec<Id<Child>>, Stop> {
    let children = |targets: &[Target]| -> Result<BTreeSet<Id<Child>>, Stop> {
        let found = Facts::each(targets, |target| match target {
            Target::Place(place) => {
                let children = facts.list::<Child>(List::ChildrenIn(*place), limits::ROWS_PER_LIST)?;
                Ok(children.iter().map(|child| child.id).collect())
            }
            Target::Child(child) => Ok(vec![facts.get(*child)?.id]),
        })?;
        Ok(found.into_iter().flatten().collect())
    };
    let excluded = children(&audience.except)?;
    Ok(children(&audience.include)?.difference(&excluded).copied().collect())
}

/// Whether a notice is with the families.
pub(crate) fn is_sent(notice: &Notice) -> bool {
    matches!(notice.state, NoticeState::Sent { .. })
}

/// How a guardian stands on a class list. What may not be invited is the office's matter, joined or not.
pub(crate) fn join_state(link: &Link, day: Date) -> JoinState {
    if !link.may_be_invited(day) {
        JoinState::AskOffice
    } else if link.joined {
        JoinState::Joined
    } else if link.on_paper {
        JoinState::OnPaper
    } else {
        JoinState::NotJoined
    }
}

/// Whether a link belongs on a list of today: it stands, or an order about it does.
pub(crate) fn is_listed(link: &Link, day: Date) -> bool {
    link.barred || link.holds(day)
}
