//! What the school knows of one volunteer: loaded once, looked at for many shifts. Whoever looks for people for a shift (the
//! desk's proposal, the search for a stand-in) looks at the same facts.

use jiff::{SignedDuration, Timestamp, Zoned, civil::Date, civil::DateTime};

use crate::{
    Booking, Child, Clash, Facts, Id, Kind, Level, Link, List, Meeting, MeetingOffer, MeetingState, Person,
    Place, Population, Post, Qualification, Qualified, Refusal, Role, School, Seat, Session, Shift, Stay,
    Stop, Take, TakeState, Year, clash, limits,
    shift_comes::comes,
    volunteer::{Belongs, belonging},
};

/// A shift as people are looked at for it.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The shift.
    pub shift: Shift,
    /// Its post.
    pub post: Post,
    /// On which campus, if on one.
    pub campus: Option<Id<Place>>,
    /// What its post asks for and still stands.
    asks: Vec<Qualification>,
    school: School,
    day: Date,
    /// When it begins on the school's clocks.
    begins: DateTime,
    now: Timestamp,
    /// The term of the shift's day.
    term: (Date, Date),
}

/// One volunteer.
#[derive(Clone, Debug)]
pub struct VolunteerRecord {
    /// Who.
    pub person: Id<Person>,
    /// That person's name.
    pub person_name: String,
    /// Campuses they are at anyway: of their children, and where they work.
    pub campuses: Vec<Id<Place>>,
    belongs: Belongs,
    has: Vec<Qualified>,
    parts: Vec<Part>,
    busy: Vec<Busy>,
    /// Nobody asks them to a post that is not for staff.
    staff_posts_alone: bool,
}

/// Their part in one shift.
#[derive(Clone, Debug)]
struct Part {
    take: Take,
    shift: Shift,
    /// When it begins on the school's clocks; worked out once, for every shift looks at every part of everybody.
    begins: DateTime,
    rest_min: u32,
    campus: Option<Id<Place>>,
}

/// A seat in something else, or a meeting.
#[derive(Clone, Debug)]
struct Busy {
    starts: Zoned,
    ends: Zoned,
    /// Where an event is held is said by its venue, which may lie anywhere: its hours alone count.
    campus: Option<Id<Place>>,
}

/// What is known of one person for one shift. For who looks for people; nobody is ranked by it where others see it.
#[derive(Clone, Debug, PartialEq)]
pub struct CouldCome {
    /// Who.
    pub person: Id<Person>,
    /// Why they could not come if they were asked now, places apart: the rules of taking a shift.
    pub why_not: Option<Refusal>,
    /// Their part in this shift, if they have one already.
    pub part: Option<TakeState>,
    /// What else they have then, or on another campus so near that nobody gets there: a warning, and no rule.
    pub meets: Option<Clash>,
    /// What the post asks for, and they have: how many.
    pub qualified: u32,
    /// Shifts of the term they came or come to, of all posts.
    pub this_term: u32,
    /// Of those, shifts of this post.
    pub at_post: u32,
    /// Of those, shifts on this day of the week that begin at about this time.
    pub at_time: u32,
    /// They asked to come to a shift of this post this term, and did not get one.
    pub wished: bool,
    /// How often somebody asked them to come within [`limits::ASKED_LATELY`], whatever they said.
    pub asked_lately: u32,
    /// When somebody asked them last.
    pub asked_last: Option<Timestamp>,
    /// They said no to a shift of this post within [`limits::ASKED_LATELY`].
    pub said_no: bool,
    /// Between this shift and the nearest other they come to, in either direction.
    pub nearest: Option<SignedDuration>,
    /// Whether they are on its campus anyway; nothing where one cannot say.
    pub same_campus: Option<bool>,
}

/// The campus on a path, if it leads through one.
pub(crate) fn campus_on(facts: &Facts, path: &[Id<Place>]) -> Result<Option<Id<Place>>, Stop> {
    let places = Facts::each(path, |id| facts.find(*id))?;
    Ok(places.into_iter().flatten().find(|place| place.level == Level::Campus).map(|place| place.id))
}

impl Opening {
    /// Loads a shift.
    ///
    /// # Errors
    /// [`Stop::Needs`] until the rows were loaded; if it is not there as [`Facts::get`].
    pub fn of(facts: &Facts, id: Id<Shift>) -> Result<Self, Stop> {
        let shift = facts.get(id)?;
        let post = facts.get(shift.post)?;
        let school = facts.school()?;
        let asks = Facts::each(&post.terms.requires, |one| facts.find(*one))?;
        let day = shift.day_in(school.time_zone());
        let years = facts.list::<Year>(List::All(Kind::Year), limits::ROWS_PER_LIST)?;
        let terms = years.iter().flat_map(|year| &year.terms);
        let within = |(from, to): &(Date, Date)| (*from..=*to).contains(&day);
        let spans = terms.map(|term| (term.from, term.to));
        let years = years.iter().map(|year| (year.from, year.to));
        Ok(Self {
            campus: campus_on(facts, &post.held_at)?,
            asks: asks.into_iter().flatten().filter(|one| !one.dropped).cloned().collect(),
            school: school.clone(),
            begins: shift.starts.timestamp().to_zoned(school.time_zone()).datetime(),
            now: facts.now(),
            // Between two terms the year is what counts; outside of every year all there is.
            term: spans.chain(years).find(within).unwrap_or((Date::MIN, Date::MAX)),
            shift: shift.clone(),
            post: post.clone(),
            day,
        })
    }
}

impl VolunteerRecord {
    /// Loads what is known of a person who belongs to the school.
    ///
    /// # Errors
    /// [`Stop::Needs`] until the rows were loaded; whoever does not belong to the school is not found, on a replica
    /// [`Stop::Unknown`].
    pub fn of(facts: &Facts, person: Id<Person>) -> Result<Self, Stop> {
        let belongs = belonging(facts, person)?;
        let today = facts.today()?;
        let takes = facts.list::<Take>(List::TakesBy(person), limits::ROWS_PER_LIST)?;
        let shifts = Facts::each(&takes, |take| facts.find(take.shift))?;
        let posts = Facts::each(&takes, |take| facts.find(take.post))?;
        let zone = facts.school()?.time_zone();
        let mut parts = Vec::new();
        for ((take, shift), post) in takes.into_iter().zip(shifts).zip(posts) {
            let (Some(shift), Some(post)) = (shift, post) else { continue };
            let campus = campus_on(facts, &post.held_at)?;
            parts.push(Part {
                take: take.clone(),
                shift: shift.clone(),
                begins: shift.starts.timestamp().to_zoned(zone.clone()).datetime(),
                rest_min: post.terms.rest_min,
                campus,
            });
        }
        let has = facts.list::<Qualified>(List::QualificationsOf(person), limits::ROWS_PER_LIST)?;
        let links = facts.list::<Link>(List::LinksBy(person), limits::ROWS_PER_LIST)?;
        let links: Vec<_> = links.into_iter().filter(|link| link.counts(today)).collect();
        let children: Vec<_> = links.iter().map(|link| link.child).collect();
        let roles = facts.list::<Role>(List::RolesOf(person), limits::ROWS_PER_LIST)?;
        let roles: Vec<_> = roles.into_iter().filter(|role| role.holds(today)).collect();
        let of_children = Facts::each(&children, |child| facts.find::<Child>(*child))?;
        let of_roles = Facts::each(&roles, |role| facts.find::<Place>(role.place))?;
        let mut paths: Vec<_> = of_children.into_iter().flatten().map(|child| &child.path).collect();
        paths.extend(of_roles.into_iter().flatten().map(|place| &place.path));
        let mut campuses: Vec<_> =
            Facts::each(paths, |path| campus_on(facts, path))?.into_iter().flatten().collect();
        campuses.sort_unstable();
        campuses.dedup();
        let name = facts.find(person)?.map(|person| person.name.clone());
        let name = name.or_else(|| roles.first().map(|role| role.person_name.clone()));
        let name = name.or_else(|| links.first().map(|link| link.guardian_name.clone()));
        let name = name.or_else(|| parts.first().map(|part| part.take.person_name.clone()));
        Ok(Self {
            person,
            person_name: name.unwrap_or_default(),
            campuses,
            belongs,
            has: has.into_iter().cloned().collect(),
            parts,
            busy: [seats(facts, person, &children)?, meetings(facts, person)?].concat(),
            staff_posts_alone: false,
        })
    }

    /// Of somebody who works here and never volunteered: who is looked for among all comes to the posts of staff alone.
    #[must_use]
    pub fn for_staff_posts(self) -> Self {
        Self { staff_posts_alone: true, ..self }
    }

    /// What is known of them for a shift. Looks nothing up.
    #[must_use]
    pub fn could_come(&self, opening: &Opening) -> CouldCome {
        let Opening { shift, post, .. } = opening;
        let lately = opening.now.checked_sub(limits::ASKED_LATELY).unwrap_or(Timestamp::MIN);
        let in_term = |part: &&Part| (opening.term.0..=opening.term.1).contains(&part.begins.date());
        let mut could = CouldCome {
            person: self.person,
            why_not: self.why_not(opening),
            part: None,
            meets: self.meets(opening),
            qualified: count(opening.asks.iter().filter(|one| self.counts(one, opening.day))),
            this_term: 0,
            at_post: 0,
            at_time: 0,
            wished: false,
            asked_lately: 0,
            asked_last: None,
            said_no: false,
            nearest: None,
            same_campus: opening
                .campus
                .filter(|_| !self.campuses.is_empty())
                .map(|campus| self.campuses.contains(&campus)),
        };
        for part in &self.parts {
            if let Some(offer) = &part.take.offer {
                could.asked_lately += u32::from(offer.at >= lately);
                could.asked_last = could.asked_last.max(Some(offer.at));
            }
            if part.shift.id == shift.id {
                could.part = Some(part.take.state);
                continue;
            }
            let (state, same_post) = (part.take.state, part.shift.post == post.id);
            could.said_no |= same_post && state == TakeState::SaidNo && part.take.at >= lately;
            could.wished |=
                same_post && matches!(state, TakeState::Asked | TakeState::Declined) && in_term(&part);
            if state != TakeState::Taken {
                continue;
            }
            let apart = apart(shift, &part.shift);
            could.nearest = Some(could.nearest.map_or(apart, |nearest| nearest.min(apart)));
            if in_term(&part) {
                could.this_term += 1;
                could.at_post += u32::from(same_post);
                could.at_time += u32::from(same_time(opening.begins, part.begins));
            }
        }
        could
    }

    fn counts(&self, asked: &Qualification, day: Date) -> bool {
        self.has.iter().any(|has| has.qualification == asked.id && has.counts_on(day))
    }

    fn why_not(&self, opening: &Opening) -> Option<Refusal> {
        let population = opening.post.terms.population;
        if !self.belongs.fits(population) || (self.staff_posts_alone && population != Population::Staff) {
            return Some(Refusal::OtherVolunteers { population });
        }
        let asks: Vec<_> = opening.asks.iter().collect();
        let has: Vec<_> = self.has.iter().collect();
        let others = self.parts.iter().filter(|part| part.take.state == TakeState::Taken);
        let others =
            others.map(|part| (part.shift.id.uuid(), (&part.shift.starts, &part.shift.ends, part.rest_min)));
        comes(opening.now, (&opening.shift, &opening.post, opening.day), (&asks, &has), others).err()
    }

    fn meets(&self, opening: &Opening) -> Option<Clash> {
        let (shift, campus) = (&opening.shift, opening.campus);
        let own = Stay { starts: &shift.starts, ends: &shift.ends, campus };
        let shifts = self.parts.iter().filter(|part| {
            part.take.state == TakeState::Taken && part.shift.id != shift.id && part.shift.is_on()
        });
        let shifts = shifts.map(|part| Stay {
            starts: &part.shift.starts,
            ends: &part.shift.ends,
            campus: part.campus,
        });
        let busy =
            self.busy.iter().map(|one| Stay { starts: &one.starts, ends: &one.ends, campus: one.campus });
        let meets = shifts.chain(busy).filter_map(|one| clash(own, one, opening.school.travel_min));
        meets.min_by_key(|one| *one != Clash::SameTime)
    }
}

/// Seats in events.
fn seats(facts: &Facts, person: Id<Person>, children: &[Id<Child>]) -> Result<Vec<Busy>, Stop> {
    let seats =
        Facts::each(children, |child| facts.list::<Seat>(List::SeatsFor(*child), limits::ROWS_PER_LIST))?;
    let seats: Vec<_> = seats.into_iter().flatten().filter(|seat| !seat.gone).collect();
    let bookings = Facts::each(&seats, |seat| facts.find::<Booking>(seat.booking))?;
    let bookings = bookings.into_iter().flatten();
    let own: Vec<_> = bookings
        .filter(|one| one.guardian == person && one.adults > 0 && one.state.holds_seats())
        .map(|one| one.session)
        .collect();
    let sessions = Facts::each(own, |session| facts.find::<Session>(session))?;
    let times = sessions.into_iter().flatten();
    let busy = times.map(|one| Busy { starts: one.starts.clone(), ends: one.ends.clone(), campus: None });
    Ok(busy.collect())
}

/// Meetings that are booked, as a guardian and with families.
fn meetings(facts: &Facts, person: Id<Person>) -> Result<Vec<Busy>, Stop> {
    let own = facts.list::<Meeting>(List::MeetingsBy(person), limits::ROWS_PER_LIST)?;
    let booked = own.into_iter().filter(|one| one.state == MeetingState::Booked);
    let mut busy: Vec<_> = booked
        .map(|one| Busy { starts: one.starts.clone(), ends: one.ends.clone(), campus: one.campus })
        .collect();
    let offers = facts.list::<MeetingOffer>(List::MeetingOffersBy(person), limits::ROWS_PER_LIST)?;
    let now = facts.now();
    for offer in offers.into_iter().filter(|one| !one.withdrawn && one.until.timestamp() > now) {
        busy.extend(offer.taken.iter().map(|at| {
            let starts = at.to_zoned(offer.from.time_zone().clone());
            let ends = starts.saturating_add(SignedDuration::from_mins(i64::from(offer.minutes)));
            Busy { starts, ends, campus: offer.campus }
        }));
    }
    Ok(busy)
}

/// Between the end of one and the start of the other; nothing where they fall together.
fn apart(one: &Shift, other: &Shift) -> SignedDuration {
    let after = one.starts.timestamp().duration_since(other.ends.timestamp());
    let before = other.starts.timestamp().duration_since(one.ends.timestamp());
    after.max(before).max(SignedDuration::ZERO)
}

/// On one day of the week, at about one time of the day.
fn same_time(one: DateTime, other: DateTime) -> bool {
    let apart = one.time().duration_since(other.time()).abs();
    one.date().weekday() == other.date().weekday() && apart <= limits::ABOUT_THAT_TIME
}

fn count(items: impl Iterator) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}
