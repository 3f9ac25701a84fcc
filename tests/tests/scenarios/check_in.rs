//! A morning at two doors, with the network cut: both let in by their own lists, give away their own seats, and meet again.

use jiff::SignedDuration;
use xinmei_client::api::{
    Fault,
    check_in::{
        Agree, Appoint, Arrive, Board, BoardView, CheckIns, CloseGate, Correct, Find, List, OpenGate,
        Parties, Release, Scan, Scanned, SetLease, SetUp, Sheet,
    },
    desk,
    event::{self, BookingIs},
    notification::{BookedNews, NoteKind},
    ticket::ShowTicket,
};
use xinmei_model::{
    Admission, ArrivalMove, ArrivalState, Booking, Child, Event, Feed, Id, Refusal, RoleKind, SeatRule,
    Session,
};
use xinmei_tests::{Device, World, at};

struct Story {
    world: World,
    desk: Device,
    /// A teacher who was asked to check in.
    teacher: Device,
    li: Device,
    zhao: Device,
    yutong: Id<Child>,
    zihan: Id<Child>,
    event: Id<Event>,
    session: Id<Session>,
}

impl Story {
    async fn begin() -> Self {
        let world = World::new().await;
        let class = world.class("本部", 2024, 2).await;
        let campus = world.campus("本部").await;
        let desk = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
        let teacher = world.staff("张晓梅", RoleKind::SubjectTeacher, "语文", class).await;
        let (li, yutong) = world.family("李建国", &[("李雨桐", class)]).await;
        let (zhao, zihan) = world.family("赵倩", &[("赵子涵", class)]).await;
        let session = desk::PlannedSession {
            id: None,
            name: "第 1 场".into(),
            starts: at("2026-11-23T11:00"),
            ends: at("2026-11-23T12:00"),
            capacity: 6,
            shares_with: None,
            held_in: None,
            eligible: vec![],
            first_timers: false,
            holds: vec![],
        };
        let plan = desk::Publish {
            place: campus,
            title: "家长开放日".into(),
            about: String::new(),
            venue: "校史馆".into(),
            held_in: None,
            programme: String::new(),
            tags: vec![],
            theme: None,
            lesson: None,
            partner: None,
            trip: None,
            eligible: vec![],
            seat_rule: SeatRule::Adults,
            family_limit: 2,
            child_limit: None,
            child_seats: None,
            questions: vec![],
            draw: None,
            look: Default::default(),
            waitlist: true,
            opens: at("2026-11-23T08:00"),
            closes: at("2026-11-23T10:55"),
            withdraw_until: at("2026-11-23T10:55"),
            sessions: vec![session],
        };
        desk.ask(plan).await;
        desk.sync().await;
        let line = desk.ask(event::List {}).await.events.remove(0);
        let (event, session) = (line.id, line.sessions[0].id);
        let story =
            Self { desk, teacher, li, zhao, yutong: yutong[0], zihan: zihan[0], event, session, world };
        story.all_sync().await;
        story.books(&story.li, story.yutong).await;
        story.books(&story.zhao, story.zihan).await;
        story.desk.sync().await;
        story.desk.ask(SetUp { event }).await;
        story.appoints(false).await;
        story.all_sync().await;
        story
    }

    /// The teacher is asked to check in, or no more.
    async fn appoints(&self, ends: bool) {
        let board = self.desk.ask(Board { event: self.event }).await;
        let among = if ends { board.stewards } else { board.staff };
        let role = among.iter().find(|one| one.name == "张晓梅").unwrap().role;
        self.desk.ask(Appoint { event: self.event, role, ends }).await;
    }

    async fn all_sync(&self) {
        for device in [&self.desk, &self.teacher, &self.li, &self.zhao] {
            device.sync().await;
        }
    }

    async fn books(&self, device: &Device, child: Id<Child>) {
        let wish = event::SignUp {
            session: self.session,
            others: vec![],
            children: vec![child],
            adults: 2,
            answers: vec![],
            on_behalf_of: None,
        };
        device.ask(wish).await;
        device.sync().await;
    }

    async fn own(&self, device: &Device) -> (Id<Booking>, BookingIs) {
        let mine = device.ask(event::Open { event: self.event }).await.line.mine.remove(0);
        (mine.id, mine.state)
    }

    async fn mine(&self, device: &Device) -> event::BookingView {
        device.ask(event::Open { event: self.event }).await.line.mine.remove(0)
    }

    async fn opens_gate(&self, device: &Device, name: &str) {
        device.ask(OpenGate { event: self.event, name: name.into() }).await;
        device.sync().await;
        assert_eq!(self.board(device).await.own.unwrap().name, name);
    }

    async fn board(&self, device: &Device) -> BoardView {
        device.ask(Board { event: self.event }).await
    }

    async fn scans(&self, device: &Device, code: &str) -> Scanned {
        let (event, session) = (self.event, self.session);
        device.ask(Scan { event, session, code: code.into(), looks: false }).await
    }

    async fn finds(&self, device: &Device, text: &str) -> Parties {
        device.ask(Find { event: self.event, session: self.session, text: text.into() }).await
    }

    fn walks_in(&self, name: &str, extra: u32) -> Arrive {
        let (event, session) = (self.event, self.session);
        Arrive { event, session, booking: None, name: name.into(), seats: 0, extra, at: None }
    }

    async fn end(self) {
        let Self { world, desk, teacher, li, zhao, .. } = self;
        world.end(&[&desk, &teacher, &li, &zhao]).await;
    }
}

#[tokio::test]
async fn two_gates_without_a_network_let_one_family_in_and_both_are_shown_it() {
    let story = Story::begin().await;
    story.opens_gate(&story.desk, "北门").await;
    story.opens_gate(&story.teacher, "西门").await;
    let (booking, _) = story.own(&story.li).await;
    let ticket = story.li.ask(ShowTicket { booking }).await;
    assert_eq!(ticket.code.len(), 31);

    // From here on nobody is asked: what is pressed is saved here, and the gate has said yes.
    let (event, session, code) = (story.event, story.session, ticket.code.clone());
    let looked = story.desk.ask(Scan { event, session, code, looks: true }).await;
    assert_eq!(
        (looked.party.unwrap().booking, looked.arrival),
        (booking, None),
        "who only looks lets nobody in"
    );
    let north = story.scans(&story.desk, &ticket.code).await;
    assert_eq!(north.party.unwrap().admission, Admission::May { seats: 2 });
    assert!(north.arrival.is_some());
    let again = story.scans(&story.desk, &ticket.code).await;
    assert!(matches!(again.party.unwrap().admission, Admission::Already { .. }));
    assert_eq!(again.arrival, None, "a second scan writes nothing down");
    let west = story.finds(&story.teacher, "lyt").await;
    assert_eq!(west.parties[0].children[0].name, "李雨桐");
    assert!(story.scans(&story.teacher, &ticket.code).await.arrival.is_some());
    assert_eq!(story.board(&story.teacher).await.waiting, 1);
    assert_eq!(story.board(&story.desk).await.sessions[0].on_site, 2);

    story.desk.sync().await;
    story.teacher.sync().await;
    story.desk.sync().await;
    let (north, west) = (story.board(&story.desk).await, story.board(&story.teacher).await);
    assert_eq!(north.sessions[0].came, 2, "a family is there once");
    assert!(north.conflicts.iter().any(|one| one.again.iter().any(|it| it.gate_name == "西门")));
    let second = west.conflicts.iter().find(|one| matches!(one.state, ArrivalState::Again { .. })).unwrap();
    assert_eq!((second.gate_name.as_str(), second.people), ("西门", 2));
    assert_eq!(west.waiting, 0);
    story.end().await;
}

#[tokio::test]
async fn seats_nobody_came_for_are_given_to_who_walks_in_once_every_gate_has_heard() {
    let story = Story::begin().await;
    story.opens_gate(&story.desk, "北门").await;
    story.opens_gate(&story.teacher, "西门").await;
    let (event, session) = (story.event, story.session);
    story.teacher.ask(SetLease { session, seats: 2 }).await;
    story.teacher.sync().await;
    story.teacher.ask(story.walks_in("沈家", 2)).await;
    let full = story.teacher.refused(story.walks_in("陈家", 1)).await;
    assert_eq!(full, Fault::Refused { refusal: Refusal::NoWalkInSeats { left: 0 } });
    let (booking, _) = story.own(&story.li).await;
    let ticket = story.li.ask(ShowTicket { booking }).await;
    story.scans(&story.desk, &ticket.code).await;
    story.desk.sync().await;

    story.world.advance(SignedDuration::from_mins(130)).await;
    story.desk.sync().await;
    assert_eq!(story.board(&story.desk).await.sessions[0].absent, 1);
    story.desk.ask(Release { session, families: 1 }).await;
    story.desk.sync().await;
    let board = story.board(&story.desk).await;
    assert_eq!(board.sessions[0].releasing, 1);
    story.desk.ask(Agree { event, round: board.to_agree.unwrap() }).await;
    story.desk.sync().await;
    story.zhao.sync().await;
    assert_eq!(story.own(&story.zhao).await.1, BookingIs::Confirmed, "the west gate may have let them in");
    story.teacher.sync().await;
    let round = story.board(&story.teacher).await.to_agree.unwrap();
    story.teacher.ask(Agree { event, round }).await;
    story.all_sync().await;
    story.zhao.sync().await;
    assert_eq!(story.own(&story.zhao).await.1, BookingIs::Released);
    // That is told, with when; and whoever is inside reads that, and gives nothing back.
    let told = story.zhao.client.tell_due().await.unwrap().notes;
    let released = NoteKind::Booked { news: BookedNews::Released };
    assert!(told.iter().any(|note| note.what == released), "{told:?}");
    assert!(story.mine(&story.zhao).await.released.is_some());
    story.li.sync().await;
    let inside = story.mine(&story.li).await;
    let came = inside.came.unwrap();
    assert_eq!((came.people, came.gate_name.as_str(), came.left), (2, "北门", false));
    assert!(!inside.may_withdraw && !inside.may_change);
    story.teacher.ask(SetLease { session, seats: 4 }).await;
    story.teacher.sync().await;
    story.teacher.ask(story.walks_in("陈家", 2)).await;
    story.teacher.sync().await;
    story.desk.sync().await;
    let counts = &story.board(&story.desk).await.sessions[0];
    assert_eq!((counts.came, counts.walked_in, counts.released), (6, 4, 1));

    // The list of a steward ends with the task, and the seats of a closed gate go back.
    story.teacher.ask(CloseGate { event }).await;
    story.teacher.sync().await;
    assert_eq!(story.board(&story.teacher).await.own, None);
    story.end().await;
}

#[tokio::test]
async fn a_steward_sees_one_family_and_only_while_asked_to() {
    let story = Story::begin().await;
    let event = story.event;
    story.opens_gate(&story.teacher, "西门").await;
    let list: CheckIns = story.teacher.ask(List {}).await;
    assert_eq!(list.events.len(), 1);
    assert!(!list.events[0].supervises);
    assert_eq!(story.li.ask(List {}).await.events, []);
    assert!(matches!(
        story.teacher.refused(Sheet { session: story.session }).await,
        Fault::Refused { refusal: Refusal::NoPower { .. } }
    ));
    let sheet = story.desk.ask(Sheet { session: story.session }).await;
    assert_eq!(sheet.parties.len(), 2);
    // A slip of the hand is taken back, and what was on paper follows.
    let (booking, _) = story.own(&story.zhao).await;
    let session = story.session;
    let on_paper = Arrive {
        event,
        session,
        booking: Some(booking),
        name: String::new(),
        seats: 2,
        extra: 0,
        at: Some(at("2026-11-23T10:50").timestamp()),
    };
    let slip = story.teacher.ask(on_paper.clone()).await;
    story.teacher.sync().await;
    story.teacher.ask(Correct { arrival: slip.arrival, to: ArrivalMove::Undo }).await;
    story.teacher.ask(on_paper).await;
    story.teacher.sync().await;
    story.desk.sync().await;
    assert_eq!(story.board(&story.desk).await.sessions[0].came, 2);

    let feed = Feed::CheckIn(event);
    let holds = |device: &Device| {
        let replica = device.client.replica().unwrap();
        replica.read(|snapshot| snapshot.feeds()).unwrap().contains(&feed)
    };
    assert!(holds(&story.teacher) && holds(&story.desk) && !holds(&story.li));
    story.appoints(true).await;
    story.desk.sync().await;
    story.teacher.sync().await;
    assert!(!holds(&story.teacher));
    assert_eq!(story.teacher.ask(List {}).await.events, []);
    let bytes = story.teacher.bytes();
    assert!(!bytes.windows(31).any(|window| window == booking.ticket().as_bytes()));
    story.end().await;
}
