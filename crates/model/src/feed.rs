//! Feeds: who may know what, computed in one place.

use std::{collections::BTreeSet, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use crate::{
    Child, ClassContact, Conference, ConferenceKind, Contest, Course, Event, Facts, Id, Level, Link, List,
    Membership, Notice, Participation, Person, Place, Post, Power, Qualification, Right, Role, Steward, Stop,
    check_in, inbox, limits, power_of, supervisor,
};

/// The unit of visibility. A row is seen whole or not at all; fields with different audiences are different rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feed {
    /// What every member of the school may know: places, years, staff names, events, sessions, counts, shifts.
    School,
    /// What is said to a place, for those who hold this right for a child there.
    Place(Id<Place>, Right),
    /// The class list, for staff.
    Class(Id<Place>),
    /// What families of a place were told, for staff of that place, of those above it and of those below it.
    Told(Id<Place>),
    /// What families of a class answered where the author lets the class read it, for whoever answers for them there.
    Answers(Id<Place>),
    /// A child's name and class, for every guardian with any right.
    Child(Id<Child>),
    /// What a right opens about one child.
    ChildRight(Id<Child>, Right),
    /// What is one guardian's own about a child: it goes with the right to messages, and the other guardian has none of it.
    Own(Id<Child>, Id<Person>),
    /// A person's own rows.
    Person(Id<Person>),
    /// The desk of an event, a post, a conference day or a contest: its bookings, takes, meetings or candidates. That of a
    /// qualification: who has it.
    Desk(Uuid),
    /// Check-in of an event: who comes, the gates, who came.
    CheckIn(Id<Event>),
    /// What an author wrote, and the answers to it.
    Author(Id<Person>),
    /// A notice to an audience of its own.
    Audience(Id<Notice>),
    /// Notices that wait for somebody who may agree to what this place is told.
    Approvals(Id<Place>),
    /// What families of a class ask, for whoever answers it.
    Requests(Id<Place>),
    /// The day's list at the gate of a campus.
    Gate(Id<Place>),
    /// Conversations in which a hat or a shared inbox takes part, for whoever wears the one or reads the other.
    Inbox(Uuid),
    /// What was reported of conversations about children of a class, for whoever settles it.
    Reports(Id<Place>),
    /// What is given to the parents who took part in a lesson.
    TookPart(Id<Event>),
    /// Hours of volunteers, for the desks of this place.
    Hours(Id<Place>),
    /// Who is ready for the turns of a class and who fills them, for its contact, its staff and the desk.
    Turns(Id<Place>),
    /// Who comes to the shifts of a post and who came, for its supervisor.
    Duty(Id<Post>),
    /// What the school office decides: remarks.
    Office,
    /// What everybody who works here may know: templates, themes.
    Staff,
}

/// A text that names no feed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a feed: {0}")]
pub struct ParseFeedError(String);

fn right_name(right: Right) -> &'static str {
    match right {
        Right::Messages => "messages",
        Right::Decide => "decide",
        Right::Records => "records",
        Right::PickUp => "pick-up",
    }
}

impl fmt::Display for Feed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::School => f.write_str("school"),
            Self::Place(id, right) => write!(f, "place/{id}/{}", right_name(*right)),
            Self::Class(id) => write!(f, "class/{id}"),
            Self::Told(id) => write!(f, "told/{id}"),
            Self::Answers(id) => write!(f, "answers/{id}"),
            Self::Child(id) => write!(f, "child/{id}"),
            Self::ChildRight(id, right) => write!(f, "child/{id}/{}", right_name(*right)),
            Self::Own(child, person) => write!(f, "own/{child}/{person}"),
            Self::Person(id) => write!(f, "person/{id}"),
            Self::Desk(id) => write!(f, "desk/{id}"),
            Self::CheckIn(id) => write!(f, "check-in/{id}"),
            Self::Author(id) => write!(f, "author/{id}"),
            Self::Audience(id) => write!(f, "audience/{id}"),
            Self::Approvals(id) => write!(f, "approvals/{id}"),
            Self::Requests(id) => write!(f, "requests/{id}"),
            Self::Gate(id) => write!(f, "gate/{id}"),
            Self::Inbox(id) => write!(f, "inbox/{id}"),
            Self::Reports(id) => write!(f, "reports/{id}"),
            Self::TookPart(id) => write!(f, "took-part/{id}"),
            Self::Hours(id) => write!(f, "hours/{id}"),
            Self::Turns(id) => write!(f, "turns/{id}"),
            Self::Duty(id) => write!(f, "duty/{id}"),
            Self::Office => f.write_str("office"),
            Self::Staff => f.write_str("staff"),
        }
    }
}

impl FromStr for Feed {
    type Err = ParseFeedError;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let wrong = || ParseFeedError(s.chars().take(80).collect());
        let mut parts = s.splitn(3, '/');
        let name = parts.next().unwrap_or_default();
        let id = parts.next().map(|id| id.parse::<Uuid>().map_err(|_| wrong())).transpose()?;
        let last = parts.next();
        if let ("own", Some(child), Some(person)) = (name, id, last) {
            return Ok(Self::Own(Id::new(child), person.parse().map_err(|_| wrong())?));
        }
        let right = match last {
            None => None,
            Some(text) => {
                Some(Right::ALL.into_iter().find(|right| right_name(*right) == text).ok_or_else(wrong)?)
            }
        };
        Ok(match (name, id, right) {
            ("school", None, None) => Self::School,
            ("office", None, None) => Self::Office,
            ("staff", None, None) => Self::Staff,
            ("place", Some(id), Some(right)) => Self::Place(Id::new(id), right),
            ("class", Some(id), None) => Self::Class(Id::new(id)),
            ("told", Some(id), None) => Self::Told(Id::new(id)),
            ("answers", Some(id), None) => Self::Answers(Id::new(id)),
            ("child", Some(id), None) => Self::Child(Id::new(id)),
            ("child", Some(id), Some(right)) => Self::ChildRight(Id::new(id), right),
            ("person", Some(id), None) => Self::Person(Id::new(id)),
            ("desk", Some(id), None) => Self::Desk(id),
            ("check-in", Some(id), None) => Self::CheckIn(Id::new(id)),
            ("author", Some(id), None) => Self::Author(Id::new(id)),
            ("audience", Some(id), None) => Self::Audience(Id::new(id)),
            ("approvals", Some(id), None) => Self::Approvals(Id::new(id)),
            ("requests", Some(id), None) => Self::Requests(Id::new(id)),
            ("gate", Some(id), None) => Self::Gate(Id::new(id)),
            ("inbox", Some(id), None) => Self::Inbox(id),
            ("reports", Some(id), None) => Self::Reports(Id::new(id)),
            ("took-part", Some(id), None) => Self::TookPart(Id::new(id)),
            ("hours", Some(id), None) => Self::Hours(Id::new(id)),
            ("turns", Some(id), None) => Self::Turns(Id::new(id)),
            ("duty", Some(id), None) => Self::Duty(Id::new(id)),
            _ => return Err(wrong()),
        })
    }
}

impl Serialize for Feed {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Feed {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}
impl schemars::JsonSchema for Feed {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Feed".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        String::json_schema(generator)
    }
}

/// Every feed a person may subscribe to at this moment. The server asks this at each pull and for each live
/// stream; nothing else decides who sees what.
///
/// # Errors
/// [`Stop::Needs`] until the person's links, roles and their surroundings were loaded.
pub fn feeds_of(facts: &Facts, person: Id<Person>) -> Result<BTreeSet<Feed>, Stop> {
    let today = facts.today()?;
    let mut feeds = BTreeSet::from([Feed::Person(person)]);
    let links = facts.list::<Link>(List::LinksBy(person), limits::ROWS_PER_LIST)?;
    let links: Vec<_> = links.into_iter().filter(|link| link.holds(today)).collect();
    let roles = facts.list::<Role>(List::RolesOf(person), limits::ROWS_PER_LIST)?;
    let roles: Vec<_> = roles.into_iter().filter(|role| role.holds(today)).collect();

    let children = Facts::each(&links, |link| facts.find(link.child))?;
    for (link, child) in links.iter().zip(children) {
        let held: Vec<_> = Right::ALL.into_iter().filter(|right| link.allows(*right, today)).collect();
        if held.is_empty() {
            continue;
        }
        feeds.extend([Feed::School, Feed::Child(link.child)]);
        for right in held {
            if right == Right::Messages {
                feeds.insert(Feed::Own(link.child, person));
            }
            feeds.insert(Feed::ChildRight(link.child, right));
            let path = child.map(|child: &Child| child.path.as_slice()).unwrap_or_default();
            feeds.extend(path.iter().map(|place| Feed::Place(*place, right)));
        }
    }

    for row in facts.list::<ClassContact>(List::OfClassesBy(person), limits::ROWS_PER_LIST)? {
        if row.holds(today) && feeds.contains(&Feed::Place(row.class, Right::Messages)) {
            feeds.insert(Feed::Turns(row.class));
        }
    }

    let lookups = Facts::each(&roles, |role| feeds_of_role(facts, role))?;
    feeds.extend(lookups.into_iter().flatten());
    if !roles.is_empty() {
        feeds.extend([Feed::School, Feed::Staff, Feed::Author(person)]);
        feeds.extend(supervisor::rolls(facts, person)?.into_iter().map(Feed::Duty));
    }

    let stewarding = facts.list::<Steward>(List::StewardingBy(person), limits::ROWS_PER_LIST)?;
    let listed = Facts::each(&stewarding, |steward| check_in::has_list(facts, steward))?;
    let stewarding = stewarding.into_iter().zip(listed).filter(|(_, listed)| *listed);
    feeds.extend(stewarding.map(|(steward, _)| Feed::CheckIn(steward.event)));

    // An audience of one's own stands only while the right it rests on does.
    for member in facts.list::<Membership>(List::MembershipsOf(person), limits::ROWS_PER_LIST)? {
        if feeds.contains(&Feed::ChildRight(member.child, Right::Messages)) {
            feeds.insert(Feed::Audience(member.notice));
        }
    }
    // Who was at a lesson keeps what was given there for as long as the child they are counted with is theirs to hear of.
    for took in facts.list::<Participation>(List::ParticipationsBy(person), limits::ROWS_PER_LIST)? {
        if took.came() && feeds.contains(&Feed::Own(took.child, person)) && was_held(facts, took)? {
            feeds.insert(Feed::TookPart(took.event));
        }
    }
    Ok(feeds)
}

/// Whether the session of a mark takes place and has begun: one that was moved or called off was at no lesson.
fn was_held(facts: &Facts, took: &Participation) -> Result<bool, Stop> {
    let Some(session) = facts.find(took.session)? else { return Ok(false) };
    let Some(event) = facts.find(took.event)? else { return Ok(false) };
    Ok(session.takes_place(event) && session.has_begun(facts.now()))
}

/// What one hat adds.
fn feeds_of_role(facts: &Facts, role: &Role) -> Result<Vec<Feed>, Stop> {
    let mut feeds = Vec::new();
    let place: &Place = facts.get(role.place)?;
    feeds.extend(
        place.path.iter().flat_map(|place| [Feed::Place(*place, Right::Messages), Feed::Told(*place)]),
    );
    let places = facts.list::<Place>(List::All(crate::Kind::Place), limits::ROWS_PER_LIST)?;
    let below = || places.iter().filter(|below| below.within(role.place));
    if power_of(role.kind, Power::SeeClass) {
        feeds.extend(below().flat_map(|class| [Feed::Class(class.id), Feed::Told(class.id)]));
    }
    if role.reads_answers_of(place) {
        feeds.push(Feed::Answers(place.id));
    }
    if power_of(role.kind, Power::ActForFamilies) {
        let classes = below().filter(|place| place.level == Level::Class);
        feeds.extend(classes.map(|class| Feed::Turns(class.id)));
    }
    if power_of(role.kind, Power::ApproveNotices) {
        feeds.push(Feed::Approvals(role.place));
    }
    if power_of(role.kind, Power::AnswerRequests) {
        feeds.extend(below().map(|class| Feed::Requests(class.id)));
    }
    if power_of(role.kind, Power::Moderate) {
        feeds.extend(below().map(|class| Feed::Reports(class.id)));
    }
    if power_of(role.kind, Power::RunGate) {
        feeds.extend(below().filter(|gate| gate.level == Level::Campus).map(|gate| Feed::Gate(gate.id)));
    }
    if power_of(role.kind, Power::Converse) {
        let read = inbox::read_in(facts, role.id)?.into_iter().map(Id::uuid);
        feeds.extend(read.chain([role.id.uuid()]).map(Feed::Inbox));
    }
    if power_of(role.kind, Power::ManageEvents) {
        let events = facts.list::<Event>(List::HeldAt(role.place), limits::ROWS_PER_LIST)?;
        let desk = |event: &Event| [Feed::Desk(event.id.uuid()), Feed::CheckIn(event.id)];
        feeds.extend(events.into_iter().flat_map(desk));
        let courses = facts.list::<Course>(List::HeldAt(role.place), limits::ROWS_PER_LIST)?;
        feeds.extend(courses.into_iter().map(|course| Feed::Desk(course.id.uuid())));
        let conferences = facts.list::<Conference>(List::HeldAt(role.place), limits::ROWS_PER_LIST)?;
        // Who asks for advice is no desk's to know.
        let days = conferences.into_iter().filter(|one| one.kind == ConferenceKind::ConferenceDay);
        feeds.extend(days.map(|one| Feed::Desk(one.id.uuid())));
    }
    if power_of(role.kind, Power::ManageEvents) {
        let contests = facts.list::<Contest>(List::HeldAt(role.place), limits::ROWS_PER_LIST)?;
        feeds.extend(contests.into_iter().map(|contest| Feed::Desk(contest.id.uuid())));
    }
    if power_of(role.kind, Power::ManageShifts) {
        let posts = facts.list::<Post>(List::HeldAt(role.place), limits::ROWS_PER_LIST)?;
        feeds.extend(posts.into_iter().map(|post| Feed::Desk(post.id.uuid())));
        let all = List::All(crate::Kind::Qualification);
        let qualifications = facts.list::<Qualification>(all, limits::ROWS_PER_LIST)?;
        let minded = qualifications.into_iter().filter(|one| one.is_minded_at(&place.path));
        feeds.extend(minded.map(|one| Feed::Desk(one.id.uuid())));
        feeds.extend(below().map(|place| Feed::Hours(place.id)));
    }
    if power_of(role.kind, Power::Administer) {
        feeds.push(Feed::Office);
    }
    Ok(feeds)
}
