//! A museum trip: the partner, slips that are signed and refused, a bus list, and a roll-call with the network cut on two
//! computers that meet again; and the directory as cards that another hand reads.

use jiff::SignedDuration;
use xinmei_client::api::{
    Fault,
    check_in::{Appoint, Board},
    desk, event, notice,
    partner::{self, BringIn, CardNews, Cards, CardsRead, PartnerOrgs},
    trip::{self, Buses, Mark, Open, Plan, Roll, SlipStand, StopMark, TripProgress, TripRoll, TripView},
};
use xinmei_model::{
    AnsweredBy, Ask, Audience, Bus, Child, Event, Id, PartnerContact, PartnerDraft, Power, Refusal, Reply,
    RoleKind, SeatRule, Session, Target, TripPlan,
};
use xinmei_tests::{Device, World, at};

fn museum() -> PartnerDraft {
    let contact = |name: &str, phone: &str| PartnerContact {
        name: name.into(),
        title: "宣教部主任; 讲解".into(),
        phone: phone.into(),
        email: "luo@hongyan.example.org".into(),
    };
    PartnerDraft {
        name: "重庆红岩博物馆".into(),
        about: "博物馆".into(),
        address: "渝中区红岩村 52 号, 东门".into(),
        contacts: vec![contact("罗敏", "023-6330-0192"), contact("简华", "+86 139 0000 0000")],
        website: "https://hongyan.example.org/visit".into(),
        note: "周一闭馆；\n团队提前一周预约，大巴停在东侧停车场，提前报车牌和人数。".into(),
    }
}

async fn listed(device: &Device, find: &str) -> PartnerOrgs {
    device.ask(partner::List { find: find.into() }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_directory_is_kept_searched_and_carried_as_cards() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let campus = world.campus("本部").await;
    let desk = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
    let teacher = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let (li, _) = world.family("李建国", &[("李雨桐", class)]).await;
    desk.ask(partner::Put { partner: None, draft: museum() }).await;
    // Saved here, it is there at once.
    assert_eq!(listed(&desk, "").await.partners.len(), 1);
    desk.sync().await;
    teacher.sync().await;
    li.sync().await;
    for find in ["红岩", "hybwg", "bowuguan", "罗敏", "6330", "红岩村"] {
        assert_eq!(listed(&teacher, find).await.partners.len(), 1, "{find}");
    }
    assert_eq!(listed(&teacher, "科技馆").await.partners.len(), 0);
    let seen = listed(&teacher, "").await;
    assert!(!seen.may_keep && listed(&li, "").await.all == 0, "families have no directory");
    let refused = teacher.refused(partner::Drop { partner: seen.partners[0].id }).await;
    assert_eq!(refused, Fault::Refused { refusal: Refusal::NoPower { power: Power::ManageEvents } });

    let text = teacher.ask(Cards { partner: None }).await.text;
    // Another hand than the one that wrote them.
    let cards = vcard4::parse(&text).unwrap();
    assert_eq!(cards.len(), 3);
    let (org, person) = (&cards[0], &cards[1]);
    assert_eq!(org.formatted_name[0].value, "重庆红岩博物馆");
    assert_eq!(org.note[0].value, museum().note);
    assert_eq!(org.url[0].value.to_string(), museum().website);
    assert_eq!(org.address[0].value.street_address.as_deref(), Some("渝中区红岩村 52 号, 东门"));
    assert_eq!(person.title[0].value, "宣教部主任; 讲解");
    assert_eq!(person.org[0].value, ["重庆红岩博物馆"]);
    assert_eq!(person.email[0].value, "luo@hongyan.example.org");

    let read = |file: String| async { desk.ask(partner::Read { file }).await };
    let news = |read: &CardsRead| read.partners.iter().map(|one| one.is).collect::<Vec<_>>();
    assert_eq!(news(&read(text.clone()).await), [CardNews::Same]);
    let more = text.replace("+86 139 0000 0000", "139-0000-0001")
        + "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:邓一帆\r\nORG:重庆科技馆\r\nTEL:023-1\r\nEND:VCARD\r\n"
        + "BEGIN:VCARD\r\nVERSION:2.1\r\nFN:旧手机\r\nEND:VCARD\r\n";
    let told = read(more).await;
    assert_eq!(news(&told), [CardNews::Changed, CardNews::New]);
    assert_eq!((told.unreadable.len(), told.unreadable[0].name.as_str()), (1, "旧手机"));
    let partners = told.partners.into_iter();
    let partners = partners.map(|one| partner::Put { partner: one.partner, draft: one.draft }).collect();
    desk.ask(BringIn { partners }).await;
    desk.sync().await;
    teacher.sync().await;
    let all = listed(&teacher, "").await.partners;
    assert_eq!(all.iter().map(|one| one.draft.contacts.len()).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(all[1].draft.contacts[1].phone, "139-0000-0001");

    // Dropped by mistake, and kept again.
    let (id, draft) = (all[0].id, all[0].draft.clone());
    desk.ask(partner::Drop { partner: id }).await;
    desk.sync().await;
    teacher.sync().await;
    assert_eq!(listed(&teacher, "").await.all, 1);
    desk.ask(partner::Put { partner: Some(id), draft }).await;
    desk.sync().await;
    teacher.sync().await;
    assert_eq!(listed(&teacher, "").await.all, 2);
    world.end(&[&desk, &teacher, &li]).await;
}

mod ended;

struct Story {
    world: World,
    desk: Device,
    /// Teaches the class of two of them.
    teacher: Device,
    /// Was asked to go along.
    escort: Device,
    li: Device,
    zhao: Device,
    children: [Id<Child>; 3],
    event: Id<Event>,
    session: Id<Session>,
}

fn plan() -> TripPlan {
    let bus = |name: &str, seats| Bus { name: name.into(), seats };
    TripPlan {
        from: "东门".into(),
        to: "红岩村".into(),
        meeting_point: "东门内侧".into(),
        children_per_adult: 1,
        buses: vec![bus("1 号车", 3), bus("2 号车", 3)],
        slip: true,
        stops: ["出发前", "到馆", "返校"].map(Into::into).into(),
    }
}

impl Story {
    async fn begin() -> Self {
        let world = World::new().await;
        let (class, next) = (world.class("本部", 2024, 2).await, world.class("本部", 2024, 3).await);
        let campus = world.campus("本部").await;
        let desk = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
        let teacher = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
        let escort = world.staff("陈静", RoleKind::SubjectTeacher, "语文", next).await;
        let (li, pair) = world.family("李建国", &[("李雨桐", class), ("李雨泽", class)]).await;
        let (zhao, zihan) = world.family("赵倩", &[("赵子涵", next)]).await;
        let session = desk::PlannedSession {
            id: None,
            name: "上午".into(),
            starts: at("2026-11-23T11:00"),
            ends: at("2026-11-23T16:00"),
            capacity: 20,
            shares_with: None,
            held_in: None,
            eligible: vec![],
            first_timers: false,
            holds: vec![],
        };
        let publish = desk::Publish {
            place: campus,
            title: "走进红岩村".into(),
            about: String::new(),
            venue: "红岩村".into(),
            programme: "馆校合作".into(),
            tags: vec![],
            theme: None,
            eligible: vec![],
            seat_rule: SeatRule::Everyone,
            family_limit: 4,
            child_limit: None,
            child_seats: None,
            questions: vec![],
            draw: None,
            look: Default::default(),
            held_in: None,
            lesson: None,
            partner: None,
            trip: None,
            waitlist: true,
            opens: at("2026-11-23T08:00"),
            closes: at("2026-11-23T10:58"),
            withdraw_until: at("2026-11-23T10:58"),
            sessions: vec![session],
        };
        desk.ask(publish).await;
        desk.sync().await;
        let line = desk.ask(event::List {}).await.events.remove(0);
        let (event, session) = (line.id, line.sessions[0].id);
        let children = [pair[0], pair[1], zihan[0]];
        let story = Self { world, desk, teacher, escort, li, zhao, children, event, session };
        story.all_sync().await;
        story.books(&story.li, &children[..2], 1).await;
        story.desk.ask(Plan { event, plan: plan() }).await;
        let board = story.desk.ask(Board { event }).await;
        let role = board.staff.iter().find(|one| one.name == "陈静").unwrap().role;
        story.desk.ask(Appoint { event, role, ends: false }).await;
        story.desk.sync().await;
        // After it became a trip.
        story.books(&story.zhao, &children[2..], 0).await;
        story.all_sync().await;
        story
    }

    async fn all_sync(&self) {
        for device in [&self.desk, &self.teacher, &self.escort, &self.li, &self.zhao] {
            device.sync().await;
        }
    }

    async fn books(&self, device: &Device, children: &[Id<Child>], adults: u32) {
        let wish = event::SignUp {
            session: self.session,
            others: vec![],
            children: children.to_vec(),
            adults,
            answers: vec![],
            on_behalf_of: None,
        };
        device.ask(wish).await;
        device.sync().await;
    }

    async fn open(&self, device: &Device) -> TripView {
        device.ask(Open { event: self.event }).await
    }

    async fn roll(&self, device: &Device, stop: u32) -> TripRoll {
        device.ask(Roll { session: self.session, stop: Some(stop), find: String::new() }).await
    }

    async fn calls(&self, device: &Device, stop: u32, child: Id<Child>, here: bool) {
        let roll = self.roll(device, stop).await;
        let replaces = roll.lines.iter().find(|line| line.child.id == child).unwrap().version;
        let marks = vec![StopMark { child, here, note: String::new(), replaces }];
        device.ask(Mark { session: self.session, stop, marks }).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn slips_are_signed_by_families_and_followed_by_desk_and_class() {
    let s = Story::begin().await;
    let seen = s.open(&s.desk).await;
    let session = &seen.sessions[0];
    assert_eq!((session.children, session.adults_needed, session.parents), (3, 3, 1));
    assert_eq!(session.escorts, ["陈静"]);
    assert_eq!((session.slips.missing, session.slips.late), (3, 0));
    // A teacher has the children of the class, whole or not at all.
    let own = s.open(&s.teacher).await;
    assert_eq!((own.sessions[0].children, own.sessions[0].whole, own.may_plan), (2, false, false));
    let family = s.open(&s.li).await;
    assert!(family.sessions.is_empty() && family.own.len() == 2);
    assert_eq!(family.plan.as_ref().unwrap().to, "红岩村");
    s.li.refused(Buses { session: s.session }).await;

    let audience = Audience { include: vec![Target::Event(s.event)], except: vec![] };
    let send = notice::Send {
        audience,
        families_seen: 2,
        title: "外出同意书".into(),
        body: "我同意孩子参加。".into(),
        ask: Ask::Sign,
        answered_by: AnsweredBy::AnyGuardian,
        due: None,
        send_at: None,
        supersedes: None,
        keeps_answers: false,
        asks_again: Default::default(),
        changed: None,
        class_reads: false,
        reminds: false,
        alert: None,
        files: Vec::new(),
    };
    s.desk.ask(send).await;
    s.desk.sync().await;
    s.world.advance(SignedDuration::from_secs(121)).await;
    s.all_sync().await;
    let slip = s.open(&s.desk).await.slips[0].notice;
    let sha256 = s.li.ask(notice::Open { notice: slip, child: None }).await.sha256;
    let reply = |child, agrees| {
        let reply = Reply::Sign { agrees, sha256: sha256.clone() };
        notice::ChildReply { child, reply, replaces: 0 }
    };
    let replies = vec![reply(s.children[0], true), reply(s.children[1], false)];
    s.li.ask(notice::Answer { notice: slip, replies, on_behalf_of: None }).await;
    s.li.sync().await;
    s.all_sync().await;
    let session = s.open(&s.desk).await.sessions.remove(0);
    assert_eq!((session.slips.signed, session.slips.refused, session.slips.missing), (1, 1, 1));
    let of_class = s.open(&s.teacher).await.sessions.remove(0);
    assert_eq!(
        (of_class.slips.signed, of_class.slips.refused),
        (1, 1),
        "though the answer is not the teacher's to read"
    );

    // On the list of buses nobody is left out for it.
    let list = s.escort.ask(Buses { session: s.session }).await;
    let marked: Vec<_> = list.buses.iter().flat_map(|bus| &bus.children).map(|rider| rider.slip).collect();
    assert_eq!(marked.len(), 3);
    assert!(marked.contains(&SlipStand::Refused) && marked.contains(&SlipStand::Missing));
    assert!(list.buses.iter().all(|bus| bus.taken <= bus.seats) && list.may_move);
    let bus = list
        .buses
        .iter()
        .position(|bus| bus.children.iter().any(|one| one.child.id == s.children[2]))
        .unwrap();
    let other = 1 - u32::try_from(bus).unwrap();
    s.desk.ask(trip::Move { session: s.session, child: s.children[2], bus: Some(other) }).await;
    s.desk.sync().await;
    s.escort.sync().await;
    let list = s.escort.ask(Buses { session: s.session }).await;
    assert!(list.buses[other as usize].children.iter().any(|one| one.child.id == s.children[2]));
    s.world.end(&[&s.desk, &s.teacher, &s.escort, &s.li, &s.zhao]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_computers_without_a_network_call_the_roll_and_meet_again() {
    let s = Story::begin().await;
    let [yutong, yuze, zihan] = s.children;
    // Nobody syncs: the bus is under way.
    s.calls(&s.escort, 0, yutong, true).await;
    s.calls(&s.escort, 0, yuze, false).await;
    s.calls(&s.escort, 0, zihan, true).await;
    let roll = s.roll(&s.escort, 0).await;
    assert_eq!((roll.stops[0].here, roll.stops[0].away, roll.children), (2, 1, 3));
    assert_eq!(roll.lines[0].child.id, yuze, "who is missing is first");
    assert!(roll.lines.iter().all(|line| line.pending.is_some()), "and all of it waits on this computer");
    // The class teacher, elsewhere, has seen the child.
    s.calls(&s.teacher, 0, yuze, true).await;
    assert_eq!(s.roll(&s.teacher, 0).await.lines.len(), 2);

    for device in [&s.teacher, &s.escort, &s.teacher, &s.desk] {
        device.sync().await;
    }
    for device in [&s.desk, &s.escort, &s.teacher] {
        let roll = s.roll(device, 0).await;
        let line = roll.lines.iter().find(|line| line.child.id == yuze).unwrap();
        assert!(!line.said.as_ref().unwrap().here, "a child that may be missing is looked for");
        assert_eq!(line.against.as_ref().map(|other| other.by_name.as_str()), Some("张晓梅"));
    }
    // Who has read both settles it.
    s.calls(&s.teacher, 0, yuze, true).await;
    s.teacher.sync().await;
    s.calls(&s.desk, 1, zihan, true).await;
    s.desk.sync().await;
    s.li.sync().await;
    s.zhao.sync().await;
    let line = s.roll(&s.teacher, 0).await.lines.into_iter().find(|line| line.child.id == yuze).unwrap();
    assert!(line.said.unwrap().here && line.against.is_none());
    let own = s.open(&s.li).await.own;
    assert!(own.iter().all(|one| one.progress == TripProgress::Left && one.at.is_some()));
    let own = s.open(&s.zhao).await.own;
    assert_eq!((own.len(), own[0].progress, own[0].stop.as_str()), (1, TripProgress::OnTheWay, "到馆"));
    s.world.end(&[&s.desk, &s.teacher, &s.escort, &s.li, &s.zhao]).await;
}
