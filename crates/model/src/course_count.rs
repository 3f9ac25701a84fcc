//! The count of a term that the authorities ask for: lessons for parents, how often parents came, how many of them, and the share of
//! the children of whom a parent came at least once (家庭教育促进法, art. 41). Like [`attendance`](crate::attendance) it is made of shares,
//! each of one class, so that every grouping sums to the whole. No names, and of a lesson nobody recorded nothing is said.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Booking, BookingState, Child, Event, Id, Link, Participation, Person, Place, Seat, Session};

/// A session of a lesson for parents, with what is known of it.
#[derive(Clone, Debug)]
pub struct HeldLesson {
    /// Which lesson.
    pub event: Event,
    /// In which session.
    pub session: Session,
    /// All of it, in any state.
    pub bookings: Vec<Booking>,
    /// The seats of those bookings.
    pub seats: Vec<Seat>,
    /// What desks said of parents.
    pub participations: Vec<Participation>,
}

/// The figures of a count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct CourseFigures {
    /// 参加人次: how often a parent was at a session.
    pub times: u32,
    /// Parents who were at one at least; each stands where they came first.
    pub parents: u32,
    /// Children who are enrolled.
    pub children: u32,
    /// Of them: those of whom a parent was at one at least.
    pub reached: u32,
    /// Times a parent was said not to have come.
    pub missed: u32,
    /// Bookings with seats at a session that is over, of which no parent was marked either way.
    pub unknown: u32,
}

impl CourseFigures {
    fn add(&mut self, other: &Self) {
        let sum = |one: &mut u32, other: u32| *one = one.saturating_add(other);
        sum(&mut self.times, other.times);
        sum(&mut self.parents, other.parents);
        sum(&mut self.children, other.children);
        sum(&mut self.reached, other.reached);
        sum(&mut self.missed, other.missed);
        sum(&mut self.unknown, other.unknown);
    }
}

/// What one parent at one session, or one child, adds to the count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CourseShare {
    /// Of which class; none where that is not known.
    pub class: Option<Id<Place>>,
    /// The figures.
    pub figures: CourseFigures,
}

impl HeldLesson {
    /// Whether it takes place, and is over.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.session.takes_place(&self.event) && self.session.ends.timestamp() <= now
    }

    /// Whether it takes place, and has begun: what is still to come is in no count.
    #[must_use]
    pub fn has_begun(&self, now: Timestamp) -> bool {
        self.session.takes_place(&self.event) && self.session.has_begun(now)
    }

    /// Whether anybody said who came.
    #[must_use]
    pub fn is_recorded(&self) -> bool {
        !self.participations.is_empty()
    }

    /// Families that had seats when it began and of whom no parent was marked: their children.
    fn unmarked(&self) -> impl Iterator<Item = Option<Id<Child>>> {
        let seated = |booking: &&Booking| {
            matches!(booking.state, BookingState::Confirmed | BookingState::Released)
                && !self.participations.iter().any(|row| row.guardian == booking.guardian)
        };
        self.bookings.iter().filter(seated).filter_map(|booking| {
            let children: Vec<_> = self.seats.iter().filter(|seat| seat.booking == booking.id).collect();
            let marked = |seat: &&&Seat| self.participations.iter().any(|row| row.child == seat.child);
            // Where the other parent came with the same child, it is known who did.
            let known = children.iter().any(|seat| marked(&seat));
            (!known).then(|| children.first().map(|seat| seat.child))
        })
    }
}

/// The shares of sessions that have begun. `class_on` says in which class a child was on the day of a session; `enrolled` are the
/// children the count is about, with their class, and `links` who is whose parent.
pub fn course_shares(
    held: &[HeldLesson],
    now: Timestamp,
    class_on: impl Fn(Id<Child>, &Session) -> Option<Id<Place>>,
    enrolled: &[(Id<Child>, Option<Id<Place>>)],
    links: &[Link],
) -> Vec<CourseShare> {
    let mut lessons: Vec<_> = held.iter().filter(|one| one.has_begun(now)).collect();
    lessons.sort_by_key(|one| (one.session.starts.timestamp(), one.session.id));
    let none = CourseFigures::default();
    let mut parents: BTreeSet<Id<Person>> = BTreeSet::new();
    let mut reached: BTreeSet<Id<Child>> = BTreeSet::new();
    let mut shares = Vec::new();
    for one in lessons {
        let mut rows: Vec<_> = one.participations.iter().collect();
        rows.sort_by_key(|row| row.id);
        for row in rows {
            let class = class_on(row.child, &one.session);
            let figures = if row.came() {
                reached.insert(row.child);
                CourseFigures { times: 1, parents: u32::from(parents.insert(row.guardian)), ..none }
            } else {
                CourseFigures { missed: 1, ..none }
            };
            shares.push(CourseShare { class, figures });
        }
        if one.is_over(now) {
            shares.extend(one.unmarked().map(|child| CourseShare {
                class: child.and_then(|child| class_on(child, &one.session)),
                figures: CourseFigures { unknown: 1, ..none },
            }));
        }
    }
    // A parent who came is one to each of their children.
    reached.extend(links.iter().filter(|link| parents.contains(&link.guardian)).map(|link| link.child));
    shares.extend(enrolled.iter().map(|(child, class)| CourseShare {
        class: *class,
        figures: CourseFigures { children: 1, reached: u32::from(reached.contains(child)), ..none },
    }));
    shares
}

/// The sum of shares.
#[must_use]
pub fn course_sum<'s>(shares: impl IntoIterator<Item = &'s CourseShare>) -> CourseFigures {
    let mut all = CourseFigures::default();
    for share in shares {
        all.add(&share.figures);
    }
    all
}

/// Shares by what their classes have in common; each stands in exactly one group.
#[must_use]
pub fn course_groups<K: Ord>(
    shares: &[CourseShare],
    key: impl Fn(Option<Id<Place>>) -> K,
) -> BTreeMap<K, CourseFigures> {
    let mut groups: BTreeMap<K, CourseFigures> = BTreeMap::new();
    for share in shares {
        groups.entry(key(share.class)).or_default().add(&share.figures);
    }
    groups
}
