//! The demo school is lived in, obeys the rules, and is the same school for the same day.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};
use xinmei_model::*;

mod volunteers;

use super::{make, person_for};
use crate::{
    edge::{Clock, Edge},
    school,
    store::Cells,
};

struct At(jiff::Timestamp);

impl Clock for At {
    fn now(&self) -> jiff::Timestamp {
        self.0
    }
}

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

struct Made {
    now: jiff::Timestamp,
    rows: Vec<Row>,
    named: BTreeMap<&'static str, Id<Person>>,
    _folder: Folder,
}

impl Made {
    async fn at(now: &str, tag: &str) -> Self {
        let now: jiff::Zoned = now.parse().unwrap();
        let now = now.timestamp();
        let name = format!("xinmei-demo-{}-{tag}-{}", std::process::id(), now.as_second());
        let folder = Folder(std::env::temp_dir().join(name));
        let edge = Edge { clock: Arc::new(At(now)), ..Edge::of_machine() };
        make(&folder.0, &edge).await.unwrap();
        let (store, _, _) = school::open(&folder.0).unwrap();
        let (rows, named) = store
            .read(|session| {
                let cells = session.rows("SELECT kind, body FROM row ORDER BY id", &[])?;
                let row =
                    |cells: &Cells| Row::parse(Kind::named(cells.text(0)).unwrap(), cells.text(1)).unwrap();
                let roles = ["parent", "teacher", "coordinator", "head", "administrator"];
                let named = roles.map(|role| (role, person_for(session, role).unwrap()));
                assert!(person_for(session, "cook").is_err());
                Ok((cells.iter().map(row).collect(), BTreeMap::from(named)))
            })
            .unwrap();
        Self { now, rows, named, _folder: folder }
    }

    fn all<T: Noun + Clone>(&self) -> Vec<T> {
        self.rows.iter().filter_map(|row| T::of(row).cloned()).collect()
    }

    fn name_of(&self, role: &str) -> String {
        self.all::<Person>().into_iter().find(|person| person.id == self.named[role]).unwrap().name
    }

    /// What happened, without ids and without the minute it was made.
    fn story(&self) -> Vec<String> {
        let mut story: Vec<_> = self
            .all::<Answer>()
            .iter()
            .map(|a| format!("{} {}", a.given.guardian_name, a.given.at))
            .collect();
        // Who is asked to stand in and who is drawn follow from ids, and each school has its own.
        let takes = self.all::<Take>().into_iter().filter(|take| !volunteers::stands_in(take));
        story.extend(takes.map(|take| format!("{} {} {:?}", take.person_name, take.at, take.state)));
        let bookings = self.all::<Booking>().into_iter().filter(|booking| booking.drawn.is_none());
        story.extend(bookings.map(|b| format!("{} {} {:?}", b.guardian_name, b.seq, b.state)));
        story.sort();
        story
    }

    fn check(&self) {
        self.hours_of_two_terms();
        let names =
            ["parent", "teacher", "coordinator", "head", "administrator"].map(|role| self.name_of(role));
        assert_eq!(names, ["李建国", "宋海波", "牟艳", "吴军", "仲慧"]);
        for person in self.named.values() {
            let person = self.all::<Person>().into_iter().find(|held| held.id == *person).unwrap();
            assert!(person.joined.is_some());
        }
        let fills: BTreeMap<_, _> = self.all::<Fill>().into_iter().map(|fill| (fill.of, fill)).collect();
        for allotment in self.all::<Allotment>() {
            assert!(allotment.used <= allotment.seats);
            assert_eq!(fills[&allotment.of], Fill::of(&allotment), "counts are up to date");
        }
        self.check_notices();
        self.check_events();
        self.check_venues();
        self.check_door();
        self.check_draws();
        self.check_people();
        self.check_turns();
        self.check_stand_ins();
        self.check_swaps();
        self.check_pupils();
    }

    fn check_notices(&self) {
        let notices = self.all::<Notice>();
        let one = |title: &str| notices.iter().find(|notice| notice.title == title).unwrap();
        let new = one("周三放学改到 15:40");
        assert!(matches!(new.state, NoticeState::Sent { at } if at <= self.now), "{:?}", new.state);
        assert!(new.due.as_ref().unwrap().timestamp() > self.now);
        let old = one("周三放学时间 15:00");
        assert!(matches!(old.state, NoticeState::Superseded { by, .. } if by == new.id));
        let answers = |of: &Notice| self.all::<Answer>().into_iter().filter(|a| a.notice == of.id).count();
        assert!(answers(old) > 30 && answers(old) > answers(new) && answers(new) > 0);
        let tong = self.child("202600006");
        assert!(!self.all::<Answer>().iter().any(|a| a.notice == new.id && a.child == tong));
        assert!(self.all::<Answer>().iter().any(|a| a.notice == old.id && a.child == tong));
        let waits = |notice: &&Notice| matches!(notice.state, NoticeState::Proposed { .. });
        assert_eq!(notices.iter().filter(waits).count(), 1, "one waits for a second head");
        assert!(one("家校共育月安排").approved.is_some());
        let back = one("游泳课泳帽明天收齐");
        assert!(matches!(back.state, NoticeState::Recalled { .. }), "{:?}", back.state);
        let recalls = self.all::<Recall>();
        let taken_back = recalls.iter().filter(|recall| recall.replaced.is_none());
        assert_eq!(taken_back.count(), 1, "families read that it does not hold");
        assert!(notices.iter().all(|notice| !notice.alarms_at(self.now)), "no exercise is still on");
        let marks = self.all::<RollMark>();
        let class = one("演练：请到操场集合");
        assert!(marks.len() > 200 && marks.iter().all(|mark| mark.incident == class.id), "{}", marks.len());
        let held = notices.iter().filter(|notice| matches!(notice.state, NoticeState::Held { .. }));
        let repeated: Vec<_> = self.all::<Series>().iter().map(|series| series.last).collect();
        assert_eq!(
            held.map(|notice| notice.id).collect::<Vec<_>>(),
            repeated,
            "only what repeats is still held"
        );
        assert_eq!(self.all::<Template>().len(), 4);
        self.check_themes();
        self.check_contests();
    }

    /// The election is under way: one stage told, the next drawn, and nobody shown without a yes.
    fn check_contests(&self) {
        let contests = self.all::<Contest>();
        let [election] = contests.as_slice() else { panic!("one election") };
        let candidates = self.all::<Candidate>();
        assert!(candidates.len() >= 12, "{}", candidates.len());
        assert_eq!(
            candidates.iter().filter(|one| one.guardian.is_none()).count(),
            1,
            "one waits for its family"
        );
        assert!(candidates.iter().any(|one| one.entry.poster.is_some()));
        assert!(candidates.iter().any(|one| matches!(one.check, CheckState::Revise { .. })));
        let tong = self.child("202600006");
        assert!(candidates.iter().any(|one| one.child == tong));
        assert_eq!((election.results.len(), election.orders.len(), election.plan.stages.len()), (1, 1, 5));
        let turns = self.all::<Turn>();
        let out = self.all::<StageResult>().into_iter().filter(|one| one.outcome == Outcome::Out).count();
        assert_eq!(turns.len(), candidates.len() - 1 - out, "whoever goes on has a turn");
    }

    /// Each theme has an event that was published from it, and keeps its tags.
    fn check_themes(&self) {
        let (themes, events) = (self.all::<Theme>(), self.all::<Event>());
        assert_eq!(themes.len(), 6);
        for theme in &themes {
            let event = events.iter().find(|event| event.theme == Some(theme.id)).unwrap();
            assert!(!event.tags.is_empty() && event.tags == theme.draft.event.tags, "{}", event.title);
        }
    }

    /// Events are planned in venues, a session may be on another campus, and nothing has more seats than its venue takes people.
    fn check_venues(&self) {
        let (venues, sessions) = (self.all::<Venue>(), self.all::<Session>());
        assert_eq!(venues.len(), 10);
        assert_eq!(venues.iter().filter(|venue| !venue.names.is_empty()).count(), 1);
        let there =
            |session: &Session| venues.iter().find(|venue| session.held_in == Some(venue.id)).cloned();
        let held: Vec<_> = sessions.iter().filter_map(|it| Some((it, there(it)?))).collect();
        assert!(held.len() > 20, "{}", held.len());
        for (session, venue) in &held {
            assert!(session.capacity <= venue.draft.capacity, "{} in {}", session.name, venue.draft.name);
        }
        let elsewhere = self.all::<Event>().into_iter().filter(|event| {
            sessions.iter().any(|session| session.event == event.id && session.own_venue(event).is_some())
        });
        assert_eq!(elsewhere.count(), 1);
    }

    fn check_events(&self) {
        let parent = self.named["parent"];
        let events = self.all::<Event>();
        let sessions = self.all::<Session>();
        let of = |title: &str| {
            let event = events.iter().find(|event| event.title.contains(title)).unwrap();
            let own: Vec<_> = sessions.iter().filter(|session| session.event == event.id).cloned().collect();
            (event.clone(), own)
        };
        let (open_day, own) = of("牵手同前行");
        assert!(
            own.len() == 3 && open_day.closes.timestamp() > self.now && open_day.opens.timestamp() < self.now
        );
        assert!(own.iter().all(|session| session.starts > open_day.closes));
        for session in &own {
            let fill = self.all::<Fill>().into_iter().find(|fill| fill.of == session.id.uuid()).unwrap();
            assert!((1..=8).contains(&(fill.capacity - fill.used)), "{fill:?}");
        }
        let bookings: Vec<_> = self.all::<Booking>().into_iter().filter(|b| b.guardian == parent).collect();
        let (east, _) = of("育");
        let session_of =
            |booking: &Booking| sessions.iter().find(|s| s.id == booking.session).unwrap().name.clone();
        let confirmed = bookings.iter().find(|b| b.event == east.id).unwrap();
        assert_eq!((confirmed.state, session_of(confirmed).as_str()), (BookingState::Confirmed, "第 2 场"));
        let (trip, _) = of("科技馆");
        let waits = bookings.iter().find(|b| b.event == trip.id).unwrap();
        assert_eq!((waits.state, bookings.len()), (BookingState::Waiting, 5));
        let took: Vec<_> = self.all::<Participation>();
        assert!(took.iter().any(|row| row.guardian == parent && row.came()), "the first lesson was recorded");
        let (second, _) = of("作业、屏幕和睡觉");
        assert!(!took.iter().any(|row| row.event == second.id), "the second was not");
        let kinds: Vec<_> = self.all::<Course>().iter().map(|course| course.kind).collect();
        assert!(kinds.contains(&CourseKind::Parents) && kinds.contains(&CourseKind::Everybody));
        assert_eq!(self.all::<Material>().iter().filter(|material| material.given.is_some()).count(), 1);
        let standing = self.all::<Standing>().into_iter().find(|s| s.booking == waits.id).unwrap();
        assert_eq!(standing.place, 3, "one of the three before has an offer");
        let offered = |b: &Booking| matches!(b.state, BookingState::Offered { until } if until > self.now);
        assert_eq!(self.all::<Booking>().iter().filter(|b| offered(b)).count(), 1);
    }

    /// A gate is open: most of the first session are in, two walked in, and the next session comes.
    fn check_door(&self) {
        let gates = self.all::<Gate>();
        let (open, closed): (Vec<_>, Vec<_>) = gates.iter().partition(|gate| gate.state == GateState::Open);
        let ([gate], [past]) = (open.as_slice(), closed.as_slice()) else { panic!("{gates:?}") };
        self.check_past(past.event);
        let arrivals: Vec<_> = self.all::<Arrival>().into_iter().filter(|it| it.gate == gate.id).collect();
        assert!(arrivals.iter().all(Arrival::counts));
        assert_eq!(arrivals.iter().filter(|it| it.booking.is_none()).count(), 2);
        let session = self.all::<Session>().into_iter().find(|it| it.id == arrivals[0].session).unwrap();
        assert!(session.has_begun(self.now) && session.admits(self.now));
        let passes = self.all::<Pass>().into_iter().filter(|pass| pass.session == session.id).count();
        let came = arrivals.len() - 2;
        assert!(came > passes / 2 && came < passes, "some are still to come: {came} of {passes}");
    }

    /// An event is over, and its report says who came and who did not.
    fn check_past(&self, event: Id<Event>) {
        let of = |id| id == event;
        let event = self.all::<Event>().into_iter().find(|it| of(it.id)).unwrap();
        let session = self.all::<Session>().into_iter().find(|it| of(it.event)).unwrap();
        let bookings: Vec<_> = self.all::<Booking>().into_iter().filter(|it| of(it.event)).collect();
        let seats: Vec<_> = self.all::<Seat>().into_iter().filter(|it| of(it.event)).collect();
        let arrivals: Vec<_> = self.all::<Arrival>().into_iter().filter(|it| of(it.event)).collect();
        let attended = Attended {
            event: &event,
            session: &session,
            bookings: &bookings,
            seats: &seats,
            arrivals: &arrivals,
        };
        let children: BTreeMap<_, _> = self.all::<Child>().into_iter().map(|it| (it.id, it)).collect();
        let day = session.starts.date();
        let shares = attended.shares(self.now, |child| children[&child].class_on(day));
        let whole = sum(&shares);
        assert_eq!(attended.stand(self.now), Stand::Checked);
        assert!(whole.came.children > whole.absent.children && whole.absent.children > 0, "{whole:?}");
        assert_eq!((whole.unknown.people(), whole.walked_in), (0, 2));
        assert!(shares.iter().all(|share| share.class.is_some() == share.child.is_some()));
    }

    fn check_draws(&self) {
        let events = self.all::<Event>();
        let of = |title: &str| events.iter().find(|event| event.title.contains(title)).unwrap();
        let (open, over) = (of("自然博物馆"), of("皮影"));
        assert!(open.open_at(self.now).is_ok() && open.is_drawing());
        let entered: Vec<_> = self.all::<Booking>().into_iter().filter(|b| b.event == open.id).collect();
        assert!(entered.iter().all(|entry| entry.state == BookingState::Entered));
        assert!(
            entered.iter().any(|entry| entry.guardian == self.named["parent"] && entry.wishes.len() == 2)
        );
        let (roll, result) = (&self.all::<DrawRoll>()[0], &self.all::<DrawResult>()[0]);
        assert_eq!((roll.event, result.event, roll.entries.len()), (over.id, over.id, 36));
        assert_eq!(verify(over.draw.as_ref().unwrap(), roll, result, None), Ok(()));
        let waits = self.all::<Booking>().into_iter().filter(|b| b.event == over.id && b.missed).count();
        assert!(waits > 0, "more entered than there are seats");
    }

    fn check_people(&self) {
        let takes = self.all::<Take>();
        let shifts: BTreeMap<_, _> = self.all::<Shift>().into_iter().map(|shift| (shift.id, shift)).collect();
        let own: Vec<_> = takes.iter().filter(|take| take.person == self.named["parent"]).collect();
        let ahead = |take: &&Take| shifts[&take.shift].starts.timestamp() > self.now;
        let comes = own.iter().filter(|take| take.state == TakeState::Taken).count();
        assert!(comes == 1 && own.iter().all(ahead), "{own:?}");
        let decided = self.all::<Remark>().iter().filter(|remark| remark.decided.is_some()).count();
        assert_eq!((decided, self.all::<Remark>().len()), (12 + 7 + 8, 139));
        let links = self.all::<Link>();
        let joined = links.iter().filter(|link| link.joined).count() * 100 / links.len();
        assert!((70..85).contains(&joined), "{joined} %");
        assert!(links.iter().any(|link| link.on_paper));
        let bars: Vec<_> = self.all::<Bar>().into_iter().filter(|bar| bar.stands).collect();
        assert_eq!(bars.len(), 8);
        assert!(links.iter().all(|link| !(link.joined && bars.iter().any(|bar| bar.link == link.id))));
        assert_eq!((self.all::<Post>().len(), self.all::<Event>().len()), (13, 15));
        let asking = takes.iter().filter(|take| take.state == xinmei_model::TakeState::Asked).count();
        assert_eq!((self.all::<xinmei_model::Campaign>().len(), asking), (3, 2));
        let talks = self.all::<Conversation>();
        let said = self.all::<Message>().len();
        assert_eq!((talks.len(), said), (10, talks.iter().map(|talk| talk.messages as usize).sum()));
        assert!(
            talks.iter().any(|talk| talk.child == self.child("202600006") && talk.last_side == Side::School)
        );
        assert!(
            talks.iter().any(|talk| talk.waits_for(Side::School))
                && talks.iter().any(|talk| talk.ended.is_some())
        );
    }

    /// A class is in turn: it has a contact, families that may be asked, and one of them was.
    fn check_turns(&self) {
        assert!(self.all::<Shift>().iter().any(|shift| !shift.turns.is_empty()));
        let contacts = self.all::<ClassContact>();
        assert!(contacts.iter().any(|contact| !contact.ended), "a class has its contact");
        assert!(self.all::<ClassReady>().iter().any(|family| !family.ended), "a family may be asked");
        let asked = |take: &Take| {
            take.offer.as_ref().is_some_and(|offer| matches!(offer.source, OfferFrom::Class { .. }))
        };
        assert!(self.all::<Take>().iter().any(asked), "a class asked a family");
    }

    /// Somebody would swap with the demo parent.
    fn check_swaps(&self) {
        let offers = self.all::<SwapOffer>();
        let takes = self.all::<Take>();
        let fits = |take: &Take| {
            offers
                .iter()
                .any(|offer| offer.open && offer.want.contains(&take.shift) && offer.give != take.shift)
        };
        let comes = |take: &&Take| take.state == TakeState::Taken;
        assert!(takes.iter().filter(comes).any(fits), "{offers:?}");
    }

    /// A place was given back, and people were asked for it.
    fn check_stand_ins(&self) {
        let searches = self.all::<StandInSearch>();
        assert!(searches.iter().any(|search| !search.waves.is_empty()), "{searches:?}");
        let takes = self.all::<Take>();
        assert!(takes.iter().any(volunteers::stands_in), "who was asked has it to answer");
        assert!(takes.iter().any(|take| take.state == TakeState::Offered), "somebody has an offer to answer");
    }

    /// Pupils take part under an adult, one waits for one, and what they did is there.
    fn check_pupils(&self) {
        let (takes, fills) = (self.all::<xinmei_model::PupilTake>(), self.all::<xinmei_model::PupilFill>());
        let of = |take: &xinmei_model::PupilTake| fills.iter().find(|fill| fill.shift == take.shift).cloned();
        let reached = |take: &&xinmei_model::PupilTake| of(take).is_some_and(|fill| take.has_adult(&fill));
        let own = self.child("202600006");
        let waits = takes.iter().filter(|take| take.is_down() && !reached(take));
        assert_eq!(waits.map(|take| take.child).collect::<Vec<_>>(), [own]);
        assert!(takes.iter().filter(reached).count() >= 2);
        assert!(takes.iter().any(|take| take.child == own && take.holds.is_some()), "served before");
    }

    fn child(&self, number: &str) -> Id<Child> {
        self.all::<Child>().into_iter().find(|child| child.number == number).unwrap().id
    }
}

#[tokio::test]
async fn a_monday_morning_is_the_same_twice() {
    let one = Made::at("2026-11-23T10:05[Asia/Shanghai]", "a").await;
    one.check();
    one.hours_of_shifts();
    assert_eq!(one.all::<School>()[0].quiet, Some(QuietHours::usual()));
    let two = Made::at("2026-11-23T10:05[Asia/Shanghai]", "b").await;
    assert_eq!(one.story(), two.story());
}

#[tokio::test]
async fn it_is_lived_in_at_awkward_hours() {
    for now in ["2026-11-27T19:30[Asia/Shanghai]", "2027-03-07T00:04[Asia/Shanghai]"] {
        let made = Made::at(now, "c").await;
        made.check();
        assert_eq!(made.all::<School>()[0].quiet, None, "who tries it at night sees things arrive");
    }
}

#[tokio::test]
async fn it_can_be_made_before_the_term_begins() {
    let made = Made::at("2026-08-03T08:00[Asia/Shanghai]", "d").await;
    assert_eq!(made.name_of("teacher"), "宋海波");
}
