//! What became of the slips of a trip for one child: worked out each time from the slips that stand, from what was answered to
//! them, and from who may decide for the child today.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::{
    Answer, AnsweredBy, Ask, Booking, Change, Child, Event, Facts, Id, Kind, Link, List, Notice, NoticeState,
    Noun, Reply, Right, Row, Seat, Session, SlipSaid, SlipSent, SlipState, Stop, Target, Trip, TripChild,
    limits,
};

/// Facts as they read once a decision is written.
pub(crate) struct After<'f> {
    pub(crate) facts: &'f Facts,
    rows: BTreeMap<Uuid, Row>,
}

impl<'f> After<'f> {
    pub(crate) fn new(facts: &'f Facts, changes: &[Change]) -> Self {
        let kept = |row: &&Row| {
            use Row::{Answer, Booking, Event, Link, Notice, Seat};
            matches!(row, Booking(_) | Seat(_) | Answer(_) | Notice(_) | Link(_) | Event(_))
        };
        let rows = changes
            .iter()
            .filter_map(|change| if let Change::Put { row, .. } = change { Some(row) } else { None });
        Self { facts, rows: rows.filter(kept).map(|row| (row.id(), row.clone())).collect() }
    }

    /// What the decision writes of one kind.
    pub(crate) fn written<'a, T: Noun + 'a>(&'a self) -> impl Iterator<Item = &'a T> {
        self.rows.values().filter_map(T::of)
    }

    pub(crate) fn find<T: Noun>(&self, id: Id<T>) -> Result<Option<&T>, Stop> {
        match self.rows.get(&id.uuid()) {
            Some(row) => Ok(T::of(row)),
            None => self.facts.find(id),
        }
    }

    /// The seats of a booking that are taken.
    pub(crate) fn seats(&self, booking: Id<Booking>) -> Result<Vec<&Seat>, Stop> {
        let stand = self.facts.list::<Seat>(List::SeatsOf(booking), limits::ROWS_PER_LIST)?;
        let stand = stand.into_iter().filter(|seat| !self.rows.contains_key(&seat.id.uuid()));
        let mut written: Vec<_> = self.written::<Seat>().filter(|seat| seat.booking == booking).collect();
        written.sort_by_key(|seat| seat.id);
        Ok(stand.chain(written).filter(|seat| !seat.gone).collect())
    }

    /// Events whose slips the decision changes, as they read then: one row for each, whatever notices it writes.
    pub(crate) fn slips(&mut self) -> Result<Vec<Event>, Stop> {
        let mut notices: BTreeMap<Id<Event>, Vec<&Notice>> = BTreeMap::new();
        for notice in self.written::<Notice>() {
            for event in notice.slip_of() {
                notices.entry(event).or_default().push(notice);
            }
        }
        let events = Facts::each(notices, |(event, notices)| {
            let Some(event) = self.find(event)? else { return Ok(None) };
            let Some(trip) = &event.trip else { return Ok(None) };
            let slips = with(&trip.slips, &notices);
            let trip = Trip { slips, ..trip.clone() };
            Ok((event.trip.as_ref() != Some(&trip)).then(|| Event { trip: Some(trip), ..event.clone() }))
        })?;
        let events: Vec<_> = events.into_iter().flatten().collect();
        self.rows.extend(events.iter().map(|event| (event.id.uuid(), Row::Event(event.clone()))));
        Ok(events)
    }

    /// The lines whose slip may read otherwise then.
    pub(crate) fn touched(&self, events: &[Event]) -> Result<Vec<&'f TripChild>, Stop> {
        let facts = self.facts;
        let sessions = |event| facts.list::<Session>(List::SessionsOf(event), limits::ROWS_PER_LIST);
        let whole = Facts::each(events, |event| {
            let lines = Facts::each(sessions(event.id)?, |session| {
                facts.list::<TripChild>(List::TripChildrenOf(session.id), limits::ROWS_PER_LIST)
            })?;
            Ok(lines.concat())
        })?;
        let answered = Facts::each(self.written::<Answer>(), |answer| {
            let Some(notice) = self.find(answer.notice)? else { return Ok(Vec::new()) };
            let events = Facts::each(notice.slip_of(), |event| self.find(event))?;
            let trips: Vec<_> = events.into_iter().flatten().filter(|event| event.trip.is_some()).collect();
            let sessions = Facts::each(trips, |event| sessions(event.id))?.concat();
            Facts::each(sessions, |session| facts.find(TripChild::of(session.id, answer.child)))
        })?;
        // Who may decide changes: of a whole school in one act, where the remarks of its roster are decided.
        let children: BTreeSet<_> = self.written::<Link>().map(|link| link.child).collect();
        let decided = Facts::each(children, |child| {
            let seats = facts.list::<Seat>(List::SeatsFor(child), limits::ROWS_PER_LIST)?;
            Facts::each(seats, |seat| facts.find(TripChild::of(seat.session, child)))
        })?;
        let one = answered.into_iter().chain(decided).flatten().flatten();
        let lines = whole.into_iter().flatten().chain(one).filter(|line| !line.gone);
        let lines: BTreeMap<_, _> = lines.map(|line| (line.id, line)).collect();
        Ok(lines.into_values().collect())
    }

    /// What the family of a child has said. A no to any slip that stands is a no; else the newest slip that asks for the child
    /// has to be signed.
    pub(crate) fn said(&self, trip: &Trip, line: &TripChild) -> Result<Option<SlipSaid>, Stop> {
        if trip.slips.is_empty() {
            return Ok(None);
        }
        let (links, child) = (self.deciding(line.child)?, self.find(line.child)?);
        let today = self.facts.today()?;
        let slips = Facts::each(&trip.slips, |sent| {
            let Some(notice) = self.find(sent.notice)? else { return Ok(None) };
            Ok(Some((sent, notice, self.answers(notice, line.child, &links)?)))
        })?;
        let slips: Vec<_> = slips.into_iter().flatten().collect();
        let said = |notice: &Notice, answer: &Answer, state| SlipSaid {
            notice: notice.id,
            state,
            by_name: answer.given.guardian_name.clone(),
            at: answer.given.at,
        };
        let no = |answer: &&&Answer| !matches!(answer.given.reply, Reply::Sign { agrees: true, .. });
        for (_, notice, answers) in slips.iter().rev() {
            if let Some(refused) = answers.iter().find(no) {
                return Ok(Some(said(notice, refused, SlipState::Refused)));
            }
        }
        let asks = |(sent, notice, answers): &&(&SlipSent, &Notice, Vec<&Answer>)| {
            !answers.is_empty() || line.since <= sent.at && is_asked(notice, line, child, &links)
        };
        let Some((_, notice, answers)) = slips.iter().rev().find(asks) else { return Ok(None) };
        let Some(last) = answers.iter().max_by_key(|answer| answer.given.at) else { return Ok(None) };
        let all = notice.is_answered(answers, &links, today);
        Ok(Some(said(notice, last, if all { SlipState::Signed } else { SlipState::Half })))
    }

    /// The links by which somebody may decide for a child today.
    fn deciding(&self, child: Id<Child>) -> Result<Vec<Link>, Stop> {
        let today = self.facts.today()?;
        let links = self.facts.list::<Link>(List::LinksOf(child), limits::ROWS_PER_LIST)?;
        let links = Facts::each(links, |link| self.find(link.id))?.into_iter().flatten();
        Ok(links.filter(|link| link.allows(Right::Decide, today)).cloned().collect())
    }

    /// What those who may decide answered.
    fn answers(&self, notice: &Notice, child: Id<Child>, links: &[Link]) -> Result<Vec<&Answer>, Stop> {
        let ids: BTreeSet<_> = links.iter().map(|link| Answer::of(notice, child, link.guardian)).collect();
        let answers = Facts::each(ids, |id| self.find(id))?.into_iter().flatten();
        let may = |answer: &&Answer| links.iter().any(|link| link.guardian == answer.given.guardian);
        Ok(answers.filter(may).collect())
    }
}

/// Whether a slip to everybody who comes leaves this child out.
fn is_asked(notice: &Notice, line: &TripChild, child: Option<&Child>, links: &[Link]) -> bool {
    let other = match notice.answered_by {
        AnsweredBy::Guardian { person, .. } => !links.iter().any(|link| link.guardian == person),
        _ => false,
    };
    let left_out = |target: &Target| match target {
        Target::Child(id) => *id == line.child,
        Target::Session(id) => *id == line.session,
        Target::Place(place) => child.is_some_and(|child| child.path.contains(place)),
        _ => false,
    };
    !other && !notice.audience.except.iter().any(left_out)
}

/// The slips that stand once these notices read as they do.
fn with(slips: &[SlipSent], notices: &[&Notice]) -> Vec<SlipSent> {
    let told = |slip: &&SlipSent| notices.iter().any(|notice| notice.id == slip.notice);
    let mut all: Vec<_> = slips.iter().filter(|slip| !told(slip)).cloned().collect();
    all.extend(notices.iter().filter_map(|notice| match notice.state {
        NoticeState::Sent { at } => Some(SlipSent { notice: notice.id, at }),
        _ => None,
    }));
    all.sort_by_key(|slip| (slip.at, slip.notice));
    all
}

/// The slips that are with families before the event is made a trip.
pub(crate) fn sent_before(facts: &Facts, event: Id<Event>) -> Result<Vec<SlipSent>, Stop> {
    let all = facts.list::<Notice>(List::All(Kind::Notice), limits::ROWS_PER_LIST)?;
    let slips: Vec<_> = all.into_iter().filter(|notice| notice.slip_of().any(|one| one == event)).collect();
    Ok(with(&[], &slips))
}

impl Notice {
    /// The events whose slip it is, if they are trips: it asks whoever comes to sign.
    pub(crate) fn slip_of(&self) -> impl Iterator<Item = Id<Event>> {
        let signs = self.ask == Ask::Sign;
        self.audience.include.iter().filter_map(move |target| match target {
            Target::Event(event) if signs => Some(*event),
            _ => None,
        })
    }
}
