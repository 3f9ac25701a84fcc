//! A family's calendar over real HTTPS, read by another hand than the one that wrote it: what was booked stands there, what was
//! given back says so, a right that ended empties it, and an address that was ended leads nowhere.

use std::collections::BTreeMap;

use icalendar::parser::{read_calendar, unfold};
use reqwest::{Response, StatusCode};
use xinmei_client::api::{calendar, desk, event, table::Language};
use xinmei_model::{Booking, Child, Id, Place, Right, RoleKind, SeatRule, Session};
use xinmei_server::device::remove_devices;
use xinmei_tests::{Device, Guardian, World, at};

struct Story {
    world: World,
    coordinator: Device,
    li: Device,
    yutong: Id<Child>,
    session: Id<Session>,
}

impl Story {
    async fn begin() -> Self {
        let world = World::new().await;
        let class = world.class("本部", 2024, 2).await;
        let campus = world.campus("本部").await;
        let coordinator = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
        let (li, yutong) = world.family("李建国", &[("李雨桐", class)]).await;
        let session = open_day(&coordinator, campus).await;
        li.sync().await;
        Self { world, coordinator, li, yutong: yutong[0], session }
    }

    async fn sign_up(&self) -> Id<Booking> {
        let children = vec![self.yutong];
        let sign_up = event::SignUp {
            session: self.session,
            children,
            adults: 1,
            answers: vec![],
            others: vec![],
            on_behalf_of: None,
        };
        self.li.ask(sign_up).await;
        self.li.sync().await;
        let events = self.li.ask(event::List {}).await.events;
        let live = |booking: &&event::BookingView| booking.state == event::BookingIs::Confirmed;
        events.iter().flat_map(|event| &event.mine).find(live).unwrap().id
    }

    async fn get(&self, address: &str, tag: &str) -> Response {
        self.world.http().get(address).header("if-none-match", tag).send().await.unwrap()
    }

    /// What a calendar program shows at an address.
    async fn shows(&self, address: &str) -> Vec<Entry> {
        let response = self.get(address, "\"\"").await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/calendar; charset=utf-8");
        entries(&response.text().await.unwrap())
    }

    async fn end(self, others: &[&Device]) {
        let own = [&self.coordinator, &self.li];
        self.coordinator.sync().await;
        self.world.end(&own.iter().chain(others).copied().collect::<Vec<_>>()).await;
    }
}

async fn open_day(coordinator: &Device, place: Id<Place>) -> Id<Session> {
    let session = desk::PlannedSession {
        name: "第 1 场".into(),
        starts: at("2026-11-26T09:30"),
        ends: at("2026-11-26T10:10"),
        capacity: 30,
        shares_with: None,
        held_in: None,
        id: None,
        eligible: vec![],
        first_timers: false,
        holds: vec![],
    };
    let publish = desk::Publish {
        place,
        title: "家长开放日“牵手同前行，相遇见美好”；请带笔, 带本".into(),
        about: "请从东门进。".into(),
        venue: "三楼报告厅".into(),
        held_in: None,
        programme: String::new(),
        tags: vec![],
        theme: None,
        lesson: None,
        partner: None,
        trip: None,
        eligible: Vec::new(),
        seat_rule: SeatRule::Adults,
        family_limit: 2,
        look: Default::default(),
        waitlist: true,
        draw: None,
        opens: at("2026-11-23T09:00"),
        closes: at("2026-11-25T20:00"),
        withdraw_until: at("2026-11-25T20:00"),
        sessions: vec![session],
        child_limit: None,
        child_seats: None,
        questions: vec![],
    };
    coordinator.ask(publish).await;
    coordinator.sync().await;
    coordinator.ask(event::List {}).await.events[0].sessions[0].id
}

/// The properties of an entry.
type Entry = BTreeMap<String, String>;

/// Reads a calendar; every zone that its times name must be told.
fn entries(text: &str) -> Vec<Entry> {
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{text}");
    let unfolded = unfold(text);
    let calendar = read_calendar(&unfolded).unwrap();
    let (mut found, mut zones, mut named) = (Vec::new(), Vec::new(), Vec::new());
    for component in &calendar.components {
        let mut entry = Entry::new();
        for property in &component.properties {
            for parameter in &property.params {
                if parameter.key == "TZID" {
                    named.extend(parameter.val.as_ref().map(ToString::to_string));
                }
            }
            entry.insert(property.name.to_string(), property.val.to_string());
        }
        match component.name.to_string().as_str() {
            "VTIMEZONE" => {
                let kinds: Vec<_> = component.components.iter().map(|one| one.name.to_string()).collect();
                assert!(kinds.iter().any(|kind| kind == "STANDARD"), "{kinds:?}");
                zones.push(entry["TZID"].clone());
            }
            "VEVENT" => found.push(entry),
            other => panic!("{other} is not expected"),
        }
    }
    assert!(named.iter().all(|name| zones.contains(name)), "{named:?} are not all in {zones:?}");
    found
}

#[tokio::test]
async fn what_is_booked_appears_and_what_is_given_back_says_so() {
    let story = Story::begin().await;
    story.li.ask(calendar::Make {}).await;
    let waits = story.li.ask(calendar::Look { language: Language::Chinese }).await;
    assert!(waits.pending.is_some(), "the school does not have it yet");
    story.li.sync().await;
    let look = story.li.ask(calendar::Look { language: Language::Chinese }).await;
    assert!(look.pending.is_none() && look.private && look.made.is_some(), "{look:?}");
    let address = look.address.unwrap();
    assert!(story.shows(&address).await.is_empty());

    let booking = story.sign_up().await;
    let english = story.li.ask(calendar::Look { language: Language::English }).await.address.unwrap();
    assert!(story.get(&english, "\"\"").await.text().await.unwrap().contains("(雨桐)"), "in the same secret");
    let response = story.get(&address, "\"\"").await;
    let tag = response.headers()["etag"].to_str().unwrap().to_owned();
    let text = response.text().await.unwrap();
    for hint in ["NAME:江畔实验小学", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "METHOD:PUBLISH"] {
        assert!(text.contains(hint), "{text}");
    }
    assert!(unfold(&text).contains(&format!("SOURCE;VALUE=URI:{address}")), "{text}");
    assert!(!text.contains("李建国"), "a guardian is named in {text}");
    let shown = entries(&text);
    assert_eq!(shown.len(), 1);
    let first = &shown[0];
    let summary = first["SUMMARY"].replace("\\,", ",");
    assert_eq!(summary, "家长开放日“牵手同前行，相遇见美好”；请带笔, 带本（雨桐）");
    assert_eq!(first["LOCATION"], "三楼报告厅");
    assert_eq!(first["DTSTART"], "20261126T093000");
    assert_eq!((first["STATUS"].as_str(), first["TRANSP"].as_str()), ("CONFIRMED", "OPAQUE"));
    assert!(first["UID"].starts_with(&booking.to_string()));
    // Nothing changed: nothing is sent again.
    let again = story.get(&address, &tag).await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(again.text().await.unwrap(), "");

    story.li.ask(event::Withdraw { booking, on_behalf_of: None }).await;
    story.li.sync().await;
    assert_eq!(story.get(&address, &tag).await.status(), StatusCode::OK);
    let off = story.shows(&address).await.remove(0);
    assert_eq!((&off["UID"], off["STATUS"].as_str()), (&first["UID"], "CANCELLED"));
    let number = |entry: &Entry| entry["SEQUENCE"].parse::<u32>().unwrap();
    assert!(number(&off) > number(first));
    story.end(&[]).await;
}

#[tokio::test]
async fn a_right_that_ends_empties_it_and_an_ended_address_leads_nowhere() {
    let story = Story::begin().await;
    story.sign_up().await;
    story.li.ask(calendar::Make {}).await;
    story.li.sync().await;
    let first = story.li.ask(calendar::Look { language: Language::Chinese }).await.address.unwrap();
    assert_eq!(story.shows(&first).await.len(), 1);
    let reads = Guardian { rights: &[Right::Messages], ..Guardian::parent("李建国") };
    story.world.link(&reads, story.yutong).await;
    assert!(story.shows(&first).await.is_empty());
    story.world.link(&Guardian::parent("李建国"), story.yutong).await;
    assert_eq!(story.shows(&first).await.len(), 1);

    // Another computer does not know the secret, and may make a new one.
    let other = story.world.join("李建国").await;
    let look = other.ask(calendar::Look { language: Language::Chinese }).await;
    assert!(look.made.is_some() && look.address.is_none(), "{look:?}");
    other.ask(calendar::Make {}).await;
    other.sync().await;
    story.li.sync().await;
    let second = other.ask(calendar::Look { language: Language::Chinese }).await.address.unwrap();
    assert_eq!(story.li.ask(calendar::Look { language: Language::Chinese }).await.address, None);
    assert_eq!(story.shows(&second).await.len(), 1);
    story.li.ask(calendar::End {}).await;
    story.li.sync().await;
    other.sync().await;
    assert_eq!(other.ask(calendar::Look { language: Language::Chinese }).await.made, None);

    // An address that was ended, one that was replaced, and one that never was are answered alike.
    let never = format!("{}{}.ics", &first[..first.len() - 20], "A".repeat(16));
    let mut answers = Vec::new();
    for address in [&first, &second, &never, &second.replace(".ics", ""), &second.replace(".ics", "A.ics")] {
        let response = story.get(address, "\"\"").await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{address}");
        answers.push(response.text().await.unwrap());
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    story.end(&[&other]).await;
}

#[tokio::test]
async fn an_address_ends_with_the_computers_it_was_on() {
    let story = Story::begin().await;
    story.li.ask(calendar::Make {}).await;
    story.li.sync().await;
    let address = story.li.ask(calendar::Look { language: Language::Chinese }).await.address.unwrap();
    assert!(story.shows(&address).await.is_empty());
    let person = story.li.person;
    story.world.ledger().write(move |tx| remove_devices(tx, person)).await.unwrap();
    assert_eq!(story.get(&address, "\"\"").await.status(), StatusCode::NOT_FOUND);
    story.end(&[]).await;
}

#[tokio::test]
async fn a_booking_is_saved_as_a_file_without_a_network() {
    let mut story = Story::begin().await;
    let booking = story.sign_up().await;
    story.world.kill_server().await;
    let saved = story.li.ask(calendar::Save { booking, language: Language::Chinese }).await;
    assert!(saved.name.ends_with(".ics"), "{saved:?}");
    let shown = entries(&std::fs::read_to_string(&saved.path).unwrap());
    assert_eq!((shown.len(), shown[0]["STATUS"].as_str()), (1, "CONFIRMED"));
    let all = story.li.ask(calendar::Print { language: Language::Chinese }).await;
    assert_eq!(entries(&all.content), shown);
    story.world.start().await;
    story.li.sync().await;
    story.end(&[]).await;
}
