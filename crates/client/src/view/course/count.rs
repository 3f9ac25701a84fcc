//! The count of a term: what the authorities ask a school for. The figures are `model`'s.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use xinmei_model::{
    Booking, Child, Course, CourseKind, CourseShare, Event, EventState, HeldLesson, Id, Kind, Level, Link,
    List, Participation, Place, Power, Seat, Session, Year, course_groups, course_shares, course_sum,
    place_at,
};

use crate::{
    Client,
    api::{
        Ask, Fault,
        attendance::{TermId, TermName},
        course_count::{Count, CountLesson, CountOf, CountPlace, CountRow, CountView},
    },
    fault::invalid,
    view::{
        ask::{no_power, read},
        reading::{Reading, count},
        terms::terms_begun,
    },
};

impl Ask for Count {
    type Reply = CountView;

    async fn answer(self, client: &Client) -> Result<CountView, Fault> {
        read(client, move |reading| count_of_term(reading, self.term)).await
    }
}

/// A session with its course.
struct OfCourse {
    held: HeldLesson,
    course: Id<Course>,
    course_title: String,
    speakers: String,
}

/// The children the count is about, and who is whose parent.
struct Families {
    children: HashMap<Id<Child>, Child>,
    enrolled: Vec<(Id<Child>, Option<Id<Place>>)>,
    links: Vec<Link>,
}

pub(super) fn count_of_term(reading: &Reading<'_>, wanted: Option<TermId>) -> Result<CountView, Fault> {
    if !reading.has(Power::ManageEvents) {
        return Err(no_power(Power::ManageEvents));
    }
    let years: Vec<Year> = reading.snapshot.list(List::All(Kind::Year))?;
    let terms = terms_begun(&years, reading.day);
    let term = match wanted {
        Some(id) => Some(terms.iter().find(|term| term.id == id).ok_or_else(|| invalid("term"))?),
        None => terms.first(),
    };
    let (mut all, mut families) = (Vec::new(), Families::none());
    if let Some(term) = term {
        all = sessions_of_term(reading, term)?;
        families = Families::on(reading, term.to.min(reading.day))?;
    }
    let takes_place = |one: &&OfCourse| one.held.session.takes_place(&one.held.event);
    let begun: Vec<&OfCourse> = all.iter().filter(|one| one.held.has_begun(reading.now)).collect();
    let shares = families.shares(reading, &begun);
    let year = term.and_then(|term| years.iter().find(|year| year.id == term.id.year));
    let begins_in = year.map(|year| year.begins_in);
    let places = |level| reading.count_places(&shares, level, begins_in);
    let of = |of: &[&OfCourse]| families.count(reading, of);
    Ok(CountView {
        whole: of(&begun),
        programmes: rows(&begun, |one| one.held.event.programme.clone(), of),
        courses: rows(&begun, |one| (one.course_title.clone(), one.course), of),
        campuses: places(Level::Campus),
        grades: places(Level::Grade),
        classes: places(Level::Class),
        lessons: begun.iter().map(|one| lesson(&families, reading, one)).collect(),
        ahead: count(all.iter().filter(takes_place)).saturating_sub(count(&begun)),
        called_off: count(all.iter().filter(|one| !takes_place(one))),
        made: reading.now,
        term: term.cloned(),
        terms,
    })
}

/// What a row is called.
trait Named: Ord {
    fn name(self) -> String;
}
impl Named for String {
    fn name(self) -> String {
        self
    }
}
impl Named for (String, Id<Course>) {
    fn name(self) -> String {
        self.0
    }
}

fn rows<K: Named>(
    begun: &[&OfCourse],
    key: impl Fn(&OfCourse) -> K,
    of: impl Fn(&[&OfCourse]) -> CountOf,
) -> Vec<CountRow> {
    let mut groups: BTreeMap<K, Vec<&OfCourse>> = BTreeMap::new();
    for one in begun {
        groups.entry(key(one)).or_default().push(one);
    }
    groups.into_iter().map(|(key, group)| CountRow { name: key.name(), count: of(&group) }).collect()
}

fn lesson(families: &Families, reading: &Reading<'_>, one: &OfCourse) -> CountLesson {
    let HeldLesson { event, session, .. } = &one.held;
    let figures = families.count(reading, &[one]).figures;
    CountLesson {
        event: event.id,
        session: session.id,
        course: one.course_title.clone(),
        title: event.title.clone(),
        name: session.name.clone(),
        programme: event.programme.clone(),
        speakers: one.speakers.clone(),
        starts: session.starts.clone(),
        recorded: one.held.is_recorded(),
        times: figures.times,
        unknown: figures.unknown,
    }
}

/// Sessions of lessons for parents within a term, in any state, by time.
fn sessions_of_term(reading: &Reading<'_>, term: &TermName) -> Result<Vec<OfCourse>, Fault> {
    let courses: Vec<Course> = reading.snapshot.list(List::All(Kind::Course))?;
    let mut all = Vec::new();
    for course in courses.into_iter().filter(|course| course.kind == CourseKind::Parents) {
        let events: Vec<Event> = reading.snapshot.list(List::LessonsOf(course.id))?;
        let ours = |event: &Event| {
            event.state != EventState::Draft && reading.may(Power::ManageEvents, &event.held_at)
        };
        for event in events.into_iter().filter(ours) {
            let sessions: Vec<Session> = reading.snapshot.list(List::SessionsOf(event.id))?;
            let within = |day: Date| term.from <= day && day <= term.to;
            for session in sessions.into_iter().filter(|session| within(session.starts.date())) {
                let speakers = event.lesson.as_ref().map(|lesson| lesson.speakers.clone());
                all.push(OfCourse {
                    held: held(reading, event.clone(), session)?,
                    course: course.id,
                    course_title: course.title.clone(),
                    speakers: speakers.unwrap_or_default(),
                });
            }
        }
    }
    all.sort_by_key(|one| (one.held.session.starts.timestamp(), one.held.session.id));
    Ok(all)
}

fn held(reading: &Reading<'_>, event: Event, session: Session) -> Result<HeldLesson, Fault> {
    let bookings: Vec<Booking> = reading.snapshot.list(List::BookingsOf(session.id))?;
    let mut seats: Vec<Seat> = Vec::new();
    for booking in &bookings {
        seats.extend(reading.snapshot.list::<Seat>(List::SeatsOf(booking.id))?);
    }
    let participations: Vec<Participation> = reading.snapshot.list(List::ParticipationsAt(session.id))?;
    Ok(HeldLesson { event, session, bookings, seats, participations })
}

impl Families {
    fn none() -> Self {
        Self { children: HashMap::new(), enrolled: Vec::new(), links: Vec::new() }
    }

    /// The families of the hat's place, as they were on a day.
    fn on(reading: &Reading<'_>, day: Date) -> Result<Self, Fault> {
        let children = reading.children_with(Power::ManageEvents)?;
        let mut links = Vec::new();
        for child in &children {
            links.extend(reading.snapshot.list::<Link>(List::LinksOf(child.id))?);
        }
        links.retain(|link| link.counts(day) || link.counts(reading.day));
        let of_day = |child: &Child| child.class_on(day).map(|class| (child.id, Some(class)));
        let enrolled = children.iter().filter_map(of_day).collect();
        Ok(Self { children: children.into_iter().map(|child| (child.id, child)).collect(), enrolled, links })
    }

    fn shares(&self, reading: &Reading<'_>, of: &[&OfCourse]) -> Vec<CourseShare> {
        let held: Vec<HeldLesson> = of.iter().map(|one| one.held.clone()).collect();
        let class = |child: Id<Child>, session: &Session| {
            self.children.get(&child).and_then(|child| child.class_on(session.starts.date()))
        };
        course_shares(&held, reading.now, class, &self.enrolled, &self.links)
    }

    fn count(&self, reading: &Reading<'_>, of: &[&OfCourse]) -> CountOf {
        let unrecorded = of.iter().filter(|one| one.held.is_over(reading.now) && !one.held.is_recorded());
        CountOf {
            sessions: count(of),
            unrecorded: count(unrecorded),
            figures: course_sum(&self.shares(reading, of)),
        }
    }
}

impl Reading<'_> {
    /// Figures by the place of a level, in the order of the school's tree; those of no known class last.
    fn count_places(&self, shares: &[CourseShare], level: Level, year: Option<i16>) -> Vec<CountPlace> {
        let groups = course_groups(shares, |class| place_at(&self.places, class, level));
        let mut rows: Vec<_> = groups.into_iter().collect();
        rows.sort_by_cached_key(|(place, _)| {
            let order = place.and_then(|id| self.places.get(&id)).map(|place| self.place_order(place));
            (order.is_none(), order)
        });
        let named = |place: Option<Id<Place>>| place.map(|place| self.place_name_in(place, year));
        rows.into_iter().map(|(place, figures)| CountPlace { place: named(place), figures }).collect()
    }
}
