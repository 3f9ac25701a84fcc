//! 志愿报告: a term in figures. The counting is `model`'s; what is read here is what the hat's desk is sent.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use xinmei_model::{
    Campaign, Child, Guest, HoursEntry, HoursGroups, HoursPart, Id, Kind, Level, Link, List, OnDuty, Person,
    Place, Post, Power, PupilTake, ReportedAs, ReportedShift, Role, Shift, Year, hours_groups, hours_parts,
    hours_sum, place_at,
};

use crate::{
    Client,
    api::{
        Ask, Fault,
        attendance::{TermId, TermName},
        hours_report::{Report, ReportGroup, ReportOf, ReportRow, ReportView},
    },
    fault::invalid,
    view::{
        ask::{no_power, read},
        reading::{Reading, count},
        terms::terms_begun,
    },
};

impl Ask for Report {
    type Reply = ReportView;

    async fn answer(self, client: &Client) -> Result<ReportView, Fault> {
        read(client, move |reading| report(reading, self.term)).await
    }
}

pub(in crate::view) fn report(reading: &Reading<'_>, wanted: Option<TermId>) -> Result<ReportView, Fault> {
    if !reading.has(Power::ManageShifts) {
        return Err(no_power(Power::ManageShifts));
    }
    let years: Vec<Year> = reading.snapshot.list(List::All(Kind::Year))?;
    let terms = terms_begun(&years, reading.day);
    let term = match wanted {
        Some(id) => Some(terms.iter().find(|term| term.id == id).ok_or_else(|| invalid("term"))?),
        None => terms.first(),
    };
    let source = Source::load(reading)?;
    let all = source.parts(reading);
    let within = |day: Date| term.is_some_and(|term| is_in(term, day));
    let parts: Vec<HoursPart> = all.iter().filter(|part| within(part.day)).cloned().collect();
    let of_term = |shift: &&Shift| within(shift.day_in(reading.zone.clone()));
    let shifts: Vec<&Shift> = source.shifts.iter().filter(of_term).collect();
    let ahead = |shift: &&&Shift| shift.is_on() && shift.starts.timestamp() > reading.now;
    let year = term.and_then(|term| years.iter().find(|year| year.id == term.id.year));
    let of = Naming { reading, year: year.map(|year| year.begins_in) };
    Ok(ReportView {
        whole: hours_sum(&parts),
        classes: of.places(&parts, |part| part.counts_as.clone()),
        grades: of.places(&parts, |part| of.at(part, Level::Grade)),
        campuses: of.campuses(&parts),
        programmes: named(hours_groups(&parts, |part| part.programmes.clone()), Clone::clone),
        campaigns: named(hours_groups(&parts, |part| BTreeSet::from([part.campaign])), |campaign| {
            campaign.and_then(|id| source.campaigns.get(&id).cloned()).unwrap_or_default()
        }),
        posts: source.by_post(&parts),
        months: months(&parts),
        by_term: by_term(&terms, &all),
        ahead: count(shifts.iter().filter(ahead)),
        called_off: count(shifts.iter().filter(|shift| !shift.is_on())),
        made: reading.now,
        term: term.cloned(),
        terms,
    })
}

fn is_in(term: &TermName, day: Date) -> bool {
    term.from <= day && day <= term.to
}

/// The children somebody has here, each with the link, the roles, and whether they came from outside.
type Belonging = (Vec<(Link, Child)>, Vec<Role>, bool);

/// What this computer holds of the hat's posts and hours.
struct Source {
    posts: BTreeMap<Id<Post>, Post>,
    shifts: Vec<Shift>,
    reported: Vec<ReportedShift>,
    entries: Vec<HoursEntry>,
    campaigns: BTreeMap<Id<Campaign>, String>,
    /// The children of whoever has hours or a mark, and whether they work here.
    people: BTreeMap<Id<Person>, Belonging>,
}

impl Source {
    fn load(reading: &Reading<'_>) -> Result<Self, Fault> {
        let posts: Vec<Post> = reading.snapshot.list(List::All(Kind::Post))?;
        let posts: BTreeMap<_, _> = posts.into_iter().map(|post| (post.id, post)).collect();
        let (mut shifts, mut reported) = (Vec::new(), Vec::new());
        for post in posts.values().filter(|post| reading.may(Power::ManageShifts, &post.held_at)) {
            let of_post: Vec<Shift> = reading.snapshot.list(List::ShiftsOf(post.id))?;
            for shift in of_post {
                if shift.is_on() && shift.starts.timestamp() <= reading.now {
                    let said: Vec<OnDuty> = reading.snapshot.list(List::DutyOf(shift.id))?;
                    let pupils: Vec<PupilTake> = reading.snapshot.list(List::PupilTakesOf(shift.id))?;
                    let (filled, post) = (reading.people_at(&shift)?, post.clone());
                    reported.push(ReportedShift { post, shift: shift.clone(), filled, said, pupils });
                }
                shifts.push(shift);
            }
        }
        let mut entries: Vec<HoursEntry> = reading.snapshot.list(List::All(Kind::HoursEntry))?;
        entries.retain(|entry| {
            let place = reading.places.get(&entry.place);
            place.is_some_and(|place| reading.may(Power::ManageShifts, &place.path))
        });
        let campaigns: Vec<Campaign> = reading.snapshot.list(List::All(Kind::Campaign))?;
        let campaigns = campaigns.into_iter().map(|one| (one.id, one.draft.name)).collect();
        let marked = reported.iter().flat_map(|one| one.said.iter().map(|row| row.person));
        let ids: BTreeSet<_> = entries.iter().map(|entry| entry.person).chain(marked).collect();
        let mut people = BTreeMap::new();
        for person in ids {
            let mut children = Vec::new();
            for link in reading.snapshot.list::<Link>(List::LinksBy(person))? {
                if let Some(child) = reading.snapshot.get(link.child)? {
                    children.push((link, child));
                }
            }
            let roles: Vec<Role> = reading.snapshot.list(List::RolesOf(person))?;
            let guest: Option<Guest> = reading.snapshot.get(Guest::of(person))?;
            people.insert(person, (children, roles, guest.is_some()));
        }
        Ok(Self { posts, shifts, reported, entries, campaigns, people })
    }

    fn parts(&self, reading: &Reading<'_>) -> Vec<HoursPart> {
        let counts_as = |person: Id<Person>, day: Date| {
            let Some((children, roles, guest)) = self.people.get(&person) else { return BTreeSet::new() };
            if *guest {
                return BTreeSet::from([ReportedAs::Guest]);
            }
            let counts = |link: &Link| link.counts(day) || link.counts(reading.day);
            let of = children.iter().filter(|(link, _)| counts(link));
            let classes: BTreeSet<_> =
                of.filter_map(|(_, child)| child.class_on(day)).map(ReportedAs::Class).collect();
            if classes.is_empty() && roles.iter().any(|role| role.holds(day)) {
                return BTreeSet::from([ReportedAs::Staff]);
            }
            classes
        };
        let post = |id| self.posts.get(&id).cloned();
        hours_parts(&self.entries, &self.reported, reading.now, &reading.zone, post, counts_as)
    }

    /// By title, and two of one title apart; what was asked for without a shift last.
    fn by_post(&self, parts: &[HoursPart]) -> ReportGroup {
        let key = |part: &HoursPart| {
            let post = part.post.map(|id| (self.posts.get(&id).map(|post| post.title.clone()), id));
            BTreeSet::from([post.map(|(title, id)| (title.unwrap_or_else(|| part.title.clone()), id))])
        };
        named(hours_groups(parts, key), |post| {
            post.as_ref().map(|(title, _)| title.clone()).unwrap_or_default()
        })
    }
}

/// Rows by name; what has none stands last.
fn named<K: Ord>(groups: HoursGroups<K>, name: impl Fn(&K) -> String) -> ReportGroup {
    let rows = groups.rows.into_iter().map(|(key, figures)| {
        let name = name(&key);
        let of = if name.is_empty() { ReportOf::Nothing } else { ReportOf::Named { name } };
        ReportRow { of, figures }
    });
    let (last, mut rows): (Vec<_>, Vec<_>) = rows.partition(|row| row.of == ReportOf::Nothing);
    rows.extend(last);
    ReportGroup { rows, twice: groups.twice }
}

fn months(parts: &[HoursPart]) -> ReportGroup {
    let groups = hours_groups(parts, |part| BTreeSet::from([(part.day.year(), part.day.month())]));
    let row = |((year, month), figures)| ReportRow { of: ReportOf::Month { year, month }, figures };
    ReportGroup { rows: groups.rows.into_iter().map(row).collect(), twice: groups.twice }
}

/// The newest term first; what lies in none stands last.
fn by_term(terms: &[TermName], parts: &[HoursPart]) -> ReportGroup {
    let at = |day| terms.iter().position(|term| is_in(term, day)).unwrap_or(terms.len());
    let groups = hours_groups(parts, |part| BTreeSet::from([at(part.day)]));
    named(groups, |at| terms.get(*at).map(|term| term.name.clone()).unwrap_or_default())
}

/// Places by name, as they were called in the term's year.
struct Naming<'r, 's> {
    reading: &'r Reading<'s>,
    year: Option<i16>,
}

impl Naming<'_, '_> {
    /// As what somebody counts, one level up.
    fn at(&self, part: &HoursPart, level: Level) -> BTreeSet<ReportedAs> {
        let up = |one: &ReportedAs| match one {
            ReportedAs::Class(class) => place_at(&self.reading.places, Some(*class), level)
                .map_or(ReportedAs::Other, ReportedAs::Class),
            other => *other,
        };
        part.counts_as.iter().map(up).collect()
    }

    /// In the order of the school's tree, then staff, then others. Shifts by themselves are of no class.
    fn places(&self, parts: &[HoursPart], keys: impl Fn(&HoursPart) -> BTreeSet<ReportedAs>) -> ReportGroup {
        let groups = hours_groups(parts, keys);
        let mut rows: Vec<_> = groups.rows.into_iter().collect();
        rows.sort_by_cached_key(|(key, _)| {
            let place = if let ReportedAs::Class(place) = key { Some(*place) } else { None };
            (place.is_none(), place.map(|place| self.order(place)), *key)
        });
        let row = |(key, figures)| {
            let of = match key {
                ReportedAs::Class(place) => self.place(place),
                ReportedAs::Staff => ReportOf::Staff,
                ReportedAs::Guest => ReportOf::Guests,
                ReportedAs::Other => ReportOf::Other,
            };
            ReportRow { of, figures }
        };
        ReportGroup { rows: rows.into_iter().map(row).collect(), twice: groups.twice }
    }

    /// By the campus whose desk it is of, or the school's.
    fn campuses(&self, parts: &[HoursPart]) -> ReportGroup {
        let campus = |part: &HoursPart| {
            let campus = place_at(&self.reading.places, Some(part.place), Level::Campus);
            BTreeSet::from([campus.unwrap_or(part.place)])
        };
        let groups = hours_groups(parts, campus);
        let mut rows: Vec<_> = groups.rows.into_iter().collect();
        rows.sort_by_cached_key(|(place, _)| self.order(*place));
        let row = |(place, figures)| ReportRow { of: self.place(place), figures };
        ReportGroup { rows: rows.into_iter().map(row).collect(), twice: groups.twice }
    }

    fn place(&self, place: Id<Place>) -> ReportOf {
        ReportOf::Place { place: self.reading.place_name_in(place, self.year) }
    }

    fn order(&self, place: Id<Place>) -> impl Ord + use<> {
        self.reading.places.get(&place).map(|place| self.reading.place_order(place))
    }
}
