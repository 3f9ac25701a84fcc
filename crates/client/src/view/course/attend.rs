//! Which parents took part in a session: the desk's list, family by family.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use xinmei_model::{
    Act, Arrival, Booking, BookingState, Child, Course, CourseAct, CourseKind, Event, Id, Link, List,
    Participation, ParticipationMark, Person, Power, Relation, Seat, Session, limits,
};

use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        notice::GuardianName,
        participation::{AttendFamily, AttendGuardian, Attendance, AttendanceView, Mark, MarkOf},
        profile::ChildName,
    },
    fault::invalid,
    view::{
        ask::{no_power, read, save},
        reading::{Reading, count},
        wishes,
    },
};

/// Families one search shows.
const FOUND: usize = 12;

impl Ask for Attendance {
    type Reply = AttendanceView;

    async fn answer(self, client: &Client) -> Result<AttendanceView, Fault> {
        read(client, move |reading| attendance(reading, self.session, &self.find)).await
    }
}

impl Ask for Mark {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let mut saved = Err(invalid("marks"));
        for act in acts(self.session, &self.marks) {
            saved = Ok(save(client, act).await?);
        }
        saved
    }
}

/// One press may be of more than one act holds.
pub(super) fn acts(session: Id<Session>, marks: &[MarkOf]) -> Vec<Act> {
    let mark = |mark: &MarkOf| ParticipationMark {
        guardian: mark.guardian,
        child: mark.child,
        came: mark.came,
        seen: mark.seen,
    };
    let cut = marks.chunks(limits::MARKS_PER_ACT).map(|some| some.iter().map(mark).collect());
    cut.map(|marks| Act::Course(CourseAct::MarkParticipation { session, marks })).collect()
}

/// Whether parents of a session may be marked at this moment.
pub(super) fn may_mark(reading: &Reading<'_>, session: &Session) -> bool {
    session.takes_marks_at(reading.now).is_ok()
}

/// Parents who were there, with what waits on this computer.
pub(super) fn came(roll: &[AttendFamily]) -> u32 {
    let guardians = roll.iter().flat_map(|family| &family.guardians).filter(|one| one.came == Some(true));
    let people: BTreeSet<_> = guardians.map(|one| one.name.id).collect();
    count(people)
}

/// Families that signed up and of whom nothing was said.
pub(super) fn unmarked(roll: &[AttendFamily]) -> u32 {
    count(roll.iter().filter(|family| family.booked && family.guardians.iter().all(|one| one.came.is_none())))
}

pub(super) fn attendance(
    reading: &Reading<'_>,
    id: Id<Session>,
    find: &str,
) -> Result<AttendanceView, Fault> {
    let session: Session = reading.snapshot.get(id)?.ok_or_else(|| invalid("session"))?;
    let event = reading.event(session.event)?;
    if !reading.may(Power::ManageEvents, &event.held_at) {
        return Err(no_power(Power::ManageEvents));
    }
    let lesson = event.lesson.clone().ok_or_else(|| invalid("session"))?;
    let course: Course = reading.snapshot.get(lesson.course)?.ok_or_else(|| invalid("course"))?;
    if course.kind != CourseKind::Parents {
        return Err(invalid("session"));
    }
    let families = roll(reading, &event, &session)?;
    let opens = session.starts.clone();
    Ok(AttendanceView {
        course: course.id,
        course_title: course.title,
        title: event.title.clone(),
        speakers: lesson.speakers,
        venue: reading.venue_words(&event, &session)?,
        name: session.name.clone(),
        starts: session.starts.clone(),
        ends: session.ends.clone(),
        may_mark: session.takes_place(&event) && may_mark(reading, &session),
        opens: (reading.now < opens.timestamp()).then_some(opens),
        came: came(&families),
        unmarked: unmarked(&families),
        waiting: count(
            families
                .iter()
                .flat_map(|family| &family.guardians)
                .filter(|one| one.waits.as_ref().is_some_and(wishes::waits)),
        ),
        found: found(reading, &event, &session, &families, find)?,
        families,
    })
}

/// Families of a session: those with seats, and those of whom a parent was marked.
pub(super) fn roll(
    reading: &Reading<'_>,
    event: &Event,
    session: &Session,
) -> Result<Vec<AttendFamily>, Fault> {
    let marks = Marks::of(reading, session)?;
    let arrivals: Vec<Arrival> = reading.snapshot.list(List::ArrivalsAt(session.id))?;
    let mut told: BTreeSet<Id<Person>> = BTreeSet::new();
    let mut families = Vec::new();
    let bookings: Vec<Booking> = reading.snapshot.list(List::BookingsOf(session.id))?;
    let seated = |booking: &&Booking| {
        matches!(booking.state, BookingState::Confirmed | BookingState::Released) && booking.event == event.id
    };
    for booking in bookings.iter().filter(seated) {
        let seats: Vec<Seat> = reading.snapshot.list(List::SeatsOf(booking.id))?;
        let own = arrivals.iter().filter(|one| one.booking == Some(booking.id) && one.was_there());
        let let_in = own.map(|one| one.seats.saturating_add(one.extra)).reduce(u32::saturating_add);
        let family = marks.family(reading, &seats, Some(booking))?;
        told.extend(family.guardians.iter().map(|one| one.name.id));
        families.push(AttendFamily { let_in, ..family });
    }
    // Who came without signing up stands with the child they were counted with.
    let mut others: BTreeMap<Id<Child>, Vec<Seat>> = BTreeMap::new();
    for (guardian, child) in marks.marked() {
        if !told.contains(&guardian) {
            others.entry(child).or_default();
        }
    }
    for child in others.into_keys() {
        families.push(marks.of_child(reading, child, session)?);
    }
    families.sort_by_cached_key(|family| order(reading, family));
    Ok(families)
}

fn order(reading: &Reading<'_>, family: &AttendFamily) -> (bool, Vec<(i16, u8)>, String, String) {
    let class = family.children.first().and_then(|child| child.class.as_ref());
    let place = class.and_then(|class| reading.places.get(&class.id));
    let key = place.map(|place| (place.cohort.map_or(0, |cohort| -cohort), place.number.unwrap_or_default()));
    let name = family.children.first().map(|child| child.name.clone()).unwrap_or_default();
    (key.is_none(), key.into_iter().collect(), family.number.clone(), name)
}

/// Families that are looked for and are not on the list.
fn found(
    reading: &Reading<'_>,
    event: &Event,
    session: &Session,
    there: &[AttendFamily],
    find: &str,
) -> Result<Vec<AttendFamily>, Fault> {
    let wanted = find.trim().to_lowercase();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let known: BTreeSet<_> = there.iter().flat_map(|family| &family.children).map(|child| child.id).collect();
    let marks = Marks::of(reading, session)?;
    let mut families = Vec::new();
    let is_it = |child: &Child| {
        child.name.to_lowercase().contains(&wanted) || child.number.to_lowercase().ends_with(&wanted)
    };
    let children = reading.children_in(event.place)?;
    for child in children.iter().filter(|child| !known.contains(&child.id) && is_it(child)).take(FOUND) {
        families.push(marks.of_child(reading, child.id, session)?);
    }
    Ok(families)
}

/// What was said of parents in a session, and what waits on this computer.
struct Marks {
    rows: BTreeMap<Id<Person>, Participation>,
    wishes: Vec<(ParticipationMark, crate::api::sync::ItemState)>,
    /// The day of the lesson.
    day: Date,
}

impl Marks {
    fn of(reading: &Reading<'_>, session: &Session) -> Result<Self, Fault> {
        let rows: Vec<Participation> = reading.snapshot.list(List::ParticipationsAt(session.id))?;
        Ok(Self {
            rows: rows.into_iter().map(|row| (row.guardian, row)).collect(),
            wishes: reading.wishes.participation(session.id),
            day: session.starts.date(),
        })
    }

    /// Parents who are marked, here or at the school, each with the child they are counted with.
    fn marked(&self) -> impl Iterator<Item = (Id<Person>, Id<Child>)> {
        let rows = self.rows.values().map(|row| (row.guardian, row.child));
        rows.chain(self.wishes.iter().map(|(mark, _)| (mark.guardian, mark.child)))
    }

    fn of_child(
        &self,
        reading: &Reading<'_>,
        child: Id<Child>,
        session: &Session,
    ) -> Result<AttendFamily, Fault> {
        let name = reading.snapshot.get(child)?.map(|child| child.name).unwrap_or_default();
        let seat = Seat {
            id: Id::new(child.uuid()),
            child,
            child_name: name,
            booking: Id::new(child.uuid()),
            session: session.id,
            event: session.event,
            gone: false,
        };
        self.family(reading, &[seat], None)
    }

    /// A family with all of its parents, as far as this computer knows.
    fn family(
        &self,
        reading: &Reading<'_>,
        seats: &[Seat],
        booking: Option<&Booking>,
    ) -> Result<AttendFamily, Fault> {
        let (mut children, mut links, mut number) = (Vec::new(), Vec::<Link>::new(), String::new());
        for seat in seats {
            let child: Option<Child> = reading.snapshot.get(seat.child)?;
            if number.is_empty() {
                number = child.as_ref().map(|child| child.number.clone()).unwrap_or_default();
            }
            children.push(match &child {
                Some(child) => reading.child_name(child)?,
                // A child that left: the seat keeps the name.
                None => ChildName {
                    id: seat.child,
                    name: seat.child_name.clone(),
                    tail: String::new(),
                    class: None,
                },
            });
            links.extend(reading.snapshot.list::<Link>(List::LinksOf(seat.child))?);
        }
        let booker = booking.map(|booking| booking.guardian);
        let here = |child: Id<Child>| seats.iter().any(|seat| seat.child == child);
        let marked = |id: Id<Person>| self.marked().any(|(who, child)| who == id && here(child));
        let stands = |link: &Link| link.counts(reading.day) || link.counts(self.day);
        links.retain(|link| stands(link) || Some(link.guardian) == booker || marked(link.guardian));
        let first = seats.first().map(|seat| seat.child);
        let counts =
            |id| links.iter().any(|link| link.guardian == id && Some(link.child) == first && stands(link));
        let mut guardians: Vec<AttendGuardian> = Vec::new();
        for link in &links {
            if !guardians.iter().any(|one| one.name.id == link.guardian) {
                guardians.push(self.guardian(reading.guardian_name(link), booker, counts(link.guardian)));
            }
        }
        if let Some(booking) = booking.filter(|one| !guardians.iter().any(|it| it.name.id == one.guardian)) {
            let name = GuardianName {
                id: booking.guardian,
                name: booking.guardian_name.clone(),
                relation: Relation::Other,
                decides: false,
            };
            guardians.push(self.guardian(name, booker, false));
        }
        guardians.sort_by(|one, other| {
            other.booked.cmp(&one.booked).then_with(|| one.name.name.cmp(&other.name.name))
        });
        Ok(AttendFamily { children, number, booked: booking.is_some(), let_in: None, guardians })
    }

    fn guardian(&self, name: GuardianName, booker: Option<Id<Person>>, counts: bool) -> AttendGuardian {
        let row = self.rows.get(&name.id);
        let mut own = self.wishes.iter().filter(|(mark, _)| mark.guardian == name.id);
        let last = own.clone().next_back();
        let open = own.rfind(|(_, state)| wishes::waits(state));
        AttendGuardian {
            booked: Some(name.id) == booker,
            counts,
            came: open.map(|(mark, _)| mark.came).or_else(|| row.map(Participation::came)),
            disputed: row.is_some_and(Participation::is_disputed) && open.is_none(),
            marks: row.map(|row| row.marks.clone()).unwrap_or_default(),
            // What this computer said before stands in the row already: its next word is no second desk's.
            seen: row.map_or(0, |row| row.count),
            waits: last.map(|(_, state)| state.clone()),
            name,
        }
    }
}
