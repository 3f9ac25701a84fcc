//! One reading of the replica: what every view needs, loaded once.

use std::{
    cell::{OnceCell, RefCell},
    collections::{BTreeMap, BTreeSet, HashMap},
};

use jiff::{SignedDuration, Timestamp, Zoned, civil::Date, tz::TimeZone};
use xinmei_model::{Child, Hat, Id, Inbox, Kind, Level, List, Person, Place, Power, Role, School, Year};

use super::wishes::Wishes;
use crate::{
    Snapshot,
    api::{Fault, profile::PlaceName},
};

/// One moment of the replica, in the hat that is on.
pub(crate) struct Reading<'s> {
    /// The rows.
    pub(crate) snapshot: &'s Snapshot<'s>,
    /// The school's now.
    pub(crate) now: Timestamp,
    /// The school's calendar day.
    pub(crate) day: Date,
    /// Who is sitting here.
    pub(crate) me: Id<Person>,
    /// The hat that is on.
    pub(crate) hat: Hat,
    /// What waits in the outbox.
    pub(crate) wishes: Wishes,
    pub(super) school: Option<School>,
    pub(super) places: BTreeMap<Id<Place>, Place>,
    pub(super) year: Option<i16>,
    /// How many children of each name a class has, for the classes asked about so far.
    pub(super) namesakes: RefCell<HashMap<Id<Place>, HashMap<String, u32>>>,
    /// Classes in which one has a child, once they were asked for.
    pub(super) classes: OnceCell<BTreeSet<Id<Place>>>,
    role: Option<Role>,
    /// Shared inboxes that the hat reads.
    reads: Vec<Id<Inbox>>,
    pub(crate) zone: TimeZone,
}

impl<'s> Reading<'s> {
    /// Loads what every view needs, in the hat that is on.
    pub(crate) fn open(snapshot: &'s Snapshot<'s>) -> Result<Self, Fault> {
        Self::wearing(snapshot, snapshot.hat()?)
    }

    /// As [`Reading::open`], in this hat.
    pub(crate) fn wearing(snapshot: &'s Snapshot<'s>, hat: Hat) -> Result<Self, Fault> {
        let school = snapshot.school()?;
        let zone = school.as_ref().map_or(TimeZone::UTC, School::time_zone);
        let now = snapshot.now();
        let day = now.to_zoned(zone.clone()).date();
        let years: Vec<Year> = snapshot.list(List::All(Kind::Year))?;
        let places: Vec<Place> = snapshot.list(List::All(Kind::Place))?;
        let role = match hat {
            Hat::Guardian => None,
            Hat::Staff { role } => snapshot.get(role)?.filter(|role| role.holds(day)),
        };
        let inboxes: Vec<Inbox> = match hat {
            Hat::Guardian => Vec::new(),
            Hat::Staff { role } => snapshot.list(List::InboxesOf(role))?,
        };
        Ok(Self {
            snapshot,
            now,
            day,
            me: snapshot.person(),
            hat,
            wishes: Wishes::new(snapshot.outbox()?),
            school,
            places: places.into_iter().map(|place| (place.id, place)).collect(),
            year: Year::of(&years, day).map(|year| year.begins_in),
            namesakes: RefCell::default(),
            classes: OnceCell::new(),
            role,
            reads: inboxes.into_iter().map(|inbox| inbox.id).collect(),
            zone,
        })
    }

    /// The role behind the hat, while it is worn; `None` for a guardian.
    pub(crate) fn role(&self) -> Option<&Role> {
        self.role.as_ref()
    }

    /// Shared inboxes that the hat reads.
    pub(crate) fn reads(&self) -> &[Id<Inbox>] {
        &self.reads
    }

    /// Whether the hat has a power at the place with this path.
    pub(crate) fn may(&self, power: Power, path: &[Id<Place>]) -> bool {
        self.role.as_ref().is_some_and(|role| role.may(power, path))
    }

    /// Whether the hat has a power at all.
    pub(crate) fn has(&self, power: Power) -> bool {
        self.role.as_ref().is_some_and(|role| xinmei_model::power_of(role.kind, power))
    }

    /// Places at which the hat has a power, the largest first.
    pub(crate) fn places_with(&self, power: Power) -> Vec<&Place> {
        let mut places: Vec<_> = self.places.values().filter(|place| self.may(power, &place.path)).collect();
        places.sort_by_cached_key(|place| self.place_order(place));
        places
    }

    /// As [`Reading::places_with`], in words.
    pub(crate) fn place_names_with(&self, power: Power) -> Vec<PlaceName> {
        self.places_with(power).into_iter().map(|place| self.place_name(place.id)).collect()
    }

    /// Classes at which the hat has a power, by campus, grade and number.
    pub(crate) fn classes_with(&self, power: Power) -> Vec<&Place> {
        let mut places = self.places_with(power);
        places.retain(|place| place.level == Level::Class);
        places
    }

    /// Children enrolled at a place or below it, by class and 学号.
    pub(crate) fn children_in(&self, place: Id<Place>) -> Result<Vec<Child>, Fault> {
        let mut children: Vec<Child> = self.snapshot.list(List::ChildrenIn(place))?;
        self.remember(&children);
        children.sort_by_cached_key(|child| self.child_order(child));
        Ok(children)
    }

    /// Children at every place the hat has a power at, by class and 学号.
    pub(crate) fn children_with(&self, power: Power) -> Result<Vec<Child>, Fault> {
        match &self.role {
            Some(role) if self.has(power) => self.children_in(role.place),
            _ => Ok(Vec::new()),
        }
    }

    /// An instant on the school's wall clock.
    pub(crate) fn zoned(&self, at: Timestamp) -> Zoned {
        at.to_zoned(self.zone.clone())
    }

    /// Whether something is still to come, and within so many days.
    pub(crate) fn comes_within(&self, at: &Zoned, days: i64) -> bool {
        let at = at.timestamp();
        self.now < at && at <= self.now.saturating_add(days_long(days)).unwrap_or(Timestamp::MAX)
    }

    /// Whether something was at most so many days ago, or is still to come.
    pub(crate) fn is_recent(&self, at: Timestamp, days: i64) -> bool {
        self.now.saturating_sub(days_long(days)).unwrap_or(Timestamp::MIN) <= at
    }
}

fn days_long(days: i64) -> SignedDuration {
    SignedDuration::from_hours(days.saturating_mul(24))
}

/// As many as the window can be told.
pub(crate) fn count(items: impl IntoIterator) -> u32 {
    u32::try_from(items.into_iter().count()).unwrap_or(u32::MAX)
}
