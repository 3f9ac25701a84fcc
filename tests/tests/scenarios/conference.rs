//! An afternoon of meetings: a family plans over two campuses, two families want one slot, separated parents each have their
//! own, a teacher falls ill; and advice that nobody else knows of.

use jiff::SignedDuration;
use xinmei_client::api::{
    Fault,
    conference::{Book, List, MeetingIs, MeetingView, Open, Opened, SlotIs, TeacherOffer, Withdraw},
    meeting_offer::{CancelMeeting, Desk, Mine, Note, Offer, OfferTimes, PleaseCome, Publish},
    meeting_plan::{Pick, Plan, Planned, Talk},
    notification::NoteKind,
    sync::{ItemState, ListOutbox, Seen},
    today::{self, ComingKind, DutyKind, Today},
};
use xinmei_model::{Child, Conference, ConferenceKind, Cut, Id, MeetingNote, Place, Refusal, RoleKind};
use xinmei_server::{pull, store::Arg};
use xinmei_tests::{Device, Guardian, World, at};

struct Story {
    world: World,
    desk: Device,
    /// 张晓梅, 班主任 of 李雨桐, on the first campus.
    zhang: Device,
    /// 廖芳, 班主任 of 李雨辰, on the other.
    liao: Device,
    /// 李建国, father of both, who lives apart from 刘芳, the mother.
    li: Device,
    liu: Device,
    zhao: Device,
    yutong: Id<Child>,
    yuchen: Id<Child>,
    zihan: Id<Child>,
    campuses: [Id<Place>; 2],
    day: Id<Conference>,
}

fn publish(kind: ConferenceKind, place: Id<Place>) -> Publish {
    Publish {
        kind,
        place,
        title: "秋季家长会面谈日".into(),
        about: "每次十分钟".into(),
        opens: at("2026-11-23T09:00"),
        closes: at("2026-11-25T20:00"),
        minutes: 10,
    }
}

impl Story {
    async fn begin() -> Self {
        let world = World::new().await;
        let class = world.class("本部", 2024, 2).await;
        let east = world.class("东校区", 2026, 2).await;
        let campuses = [world.campus("本部").await, world.campus("东校区").await];
        let desk = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campuses[0]).await;
        let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
        let liao = world.staff("廖芳", RoleKind::ClassTeacher, "班主任", east).await;
        let (li, children) = world.family("李建国", &[("李雨桐", class), ("李雨辰", east)]).await;
        world.link(&Guardian::parent("刘芳"), children[0]).await;
        let liu = world.join("刘芳").await;
        let (zhao, zihan) = world.family("赵倩", &[("赵子涵", class)]).await;
        desk.ask(publish(ConferenceKind::ConferenceDay, campuses[0])).await;
        desk.sync().await;
        let day = desk.ask(List {}).await.conferences.remove(0).id;
        let (yutong, yuchen, zihan) = (children[0], children[1], zihan[0]);
        let story = Self { desk, zhang, liao, li, liu, zhao, yutong, yuchen, zihan, campuses, day, world };
        story.all_sync().await;
        story.offers(&story.zhang, story.campuses[0]).await;
        story.offers(&story.liao, story.campuses[1]).await;
        story.all_sync().await;
        // What comes from now on is news.
        story.world.advance(SignedDuration::from_mins(5)).await;
        story
    }

    async fn all_sync(&self) {
        let devices = [&self.desk, &self.zhang, &self.liao, &self.li, &self.liu, &self.zhao];
        // What the last of them sends, the first hears too.
        for device in devices.iter().chain(&devices) {
            device.sync().await;
        }
    }

    async fn offers(&self, who: &Device, place: Id<Place>) {
        let times = OfferTimes {
            place,
            room: "203".into(),
            from: at("2026-11-26T14:00"),
            until: at("2026-11-26T15:30"),
            minutes: 10,
            buffer: 5,
            breaks: vec![],
        };
        who.ask(Offer { conference: self.day, offer: None, times, cut: None }).await;
        who.sync().await;
    }

    async fn opened(&self, device: &Device) -> Opened {
        device.ask(Open { conference: self.day, children: vec![] }).await
    }

    async fn teacher(&self, device: &Device, child: Id<Child>) -> TeacherOffer {
        let children = self.opened(device).await.children;
        let line = children.into_iter().find(|line| line.child.id == child).unwrap();
        line.teachers.into_iter().next().unwrap()
    }

    /// The slot at this time with the first teacher of a child.
    async fn slot(&self, device: &Device, child: Id<Child>, time: &str) -> Pick {
        let starts = at(&format!("2026-11-26T{time}")).timestamp();
        let slots = self.teacher(device, child).await.slots;
        let slot = slots.iter().find(|slot| slot.starts.timestamp() == starts).unwrap();
        Pick { offer: slot.offer, starts, child }
    }

    async fn books(&self, device: &Device, child: Id<Child>, time: &str) {
        let meetings = vec![self.slot(device, child, time).await];
        device.ask(Book { conference: self.day, meetings, on_behalf_of: None }).await;
    }

    async fn own(&self, device: &Device) -> Vec<MeetingView> {
        self.opened(device).await.line.mine
    }

    /// The school said no, and whoever sits there has read it.
    async fn refused(&self, device: &Device) -> Refusal {
        let item = device.ask(ListOutbox {}).await.items.remove(0);
        let ItemState::Refused { refusal } = item.state else { panic!("refused: {:?}", item.state) };
        device.ask(Seen { mutation: item.mutation }).await;
        refusal
    }

    async fn end(self) {
        self.all_sync().await;
        self.world.end(&[&self.desk, &self.zhang, &self.liao, &self.li, &self.liu, &self.zhao]).await;
    }
}

/// Whether the school gives a row to somebody.
fn sees<T>(world: &World, device: &Device, id: Id<T>) -> bool {
    let (ledger, now) = (world.ledger(), world.now());
    let may = ledger.look(|session| pull::entitled(session, &ledger.identity, now, device.person)).unwrap();
    let id = id.uuid();
    let find = [Arg::Bytes(id.as_bytes())];
    let row = ledger.look(|session| session.one("SELECT feeds FROM row WHERE id = $1", &find));
    let row = row.unwrap().expect("the row is there");
    row.text(0).lines().any(|feed| may.iter().any(|held| held.to_string() == feed))
}

/// What a device would tell beside its window.
async fn told(device: &Device) -> Vec<NoteKind> {
    let news = device.client.tell_due().await.unwrap().notes;
    news.into_iter().map(|note| note.what).collect()
}

fn times(meetings: &[MeetingView]) -> Vec<String> {
    meetings.iter().map(|one| one.starts.strftime("%H:%M").to_string()).collect()
}

#[tokio::test]
async fn a_family_with_children_on_two_campuses_plans_and_books_all_of_it() {
    let story = Story::begin().await;
    let ask =
        PleaseCome { conference: story.day, child: story.yutong, words: "聊聊数学".into(), ends: false };
    story.zhang.ask(ask).await;
    story.all_sync().await;
    let Today::Family(day) = story.li.ask(today::Open {}).await else { panic!("a guardian's day") };
    let asked: Vec<_> = day.duties.iter().filter(|duty| matches!(duty.what, DutyKind::Meet { .. })).collect();
    assert_eq!((asked.len(), asked[0].children[0].id), (1, story.yutong));
    let told = told(&story.li).await;
    assert!(told.iter().any(|what| matches!(what, NoteKind::PleaseCome { by, .. } if by == "张晓梅")));

    let opened = story.opened(&story.li).await;
    let wishes: Vec<Talk> = opened
        .children
        .iter()
        .flat_map(|line| line.teachers.iter().map(|one| Talk { child: line.child.id, person: one.person }))
        .collect();
    assert_eq!(wishes.len(), 2);
    let plan =
        Plan { conference: story.day, wishes: wishes.clone(), from: None, until: None, locked: vec![] };
    let Planned::Plan { meetings, .. } = story.li.ask(plan).await else { panic!("there is a plan") };
    assert_eq!(meetings.len(), 2);
    assert!(meetings[1].travels && meetings[1].gap_min.unwrap() >= 30, "the way to the other campus");
    let early = Some(at("2026-11-26T14:40").timestamp());
    let short = Plan { conference: story.day, wishes, from: None, until: early, locked: vec![] };
    let Planned::Conflict { wishes } = story.li.ask(short).await else { panic!("not in forty minutes") };
    assert_eq!((wishes.len(), wishes[0].free > 0), (2, true));

    let picks = meetings.iter().map(|one| Pick {
        offer: one.offer,
        starts: one.starts.timestamp(),
        child: one.child.id,
    });
    let book = Book { conference: story.day, meetings: picks.collect(), on_behalf_of: None };
    story.li.ask(book).await;
    let waiting = story.own(&story.li).await;
    assert!(waiting.iter().all(|one| one.state == MeetingIs::Saved), "saved here, and no more is said");
    story.all_sync().await;
    assert!(story.own(&story.li).await.iter().all(|one| one.state == MeetingIs::Booked));
    let Today::Family(day) = story.li.ask(today::Open {}).await else { panic!("a guardian's day") };
    let coming = day.coming.iter().filter(|one| matches!(one.what, ComingKind::Meeting { .. }));
    assert_eq!((coming.count(), day.clashes.len()), (2, 0));
    assert!(!day.duties.iter().any(|duty| matches!(duty.what, DutyKind::Meet { .. })), "done");
    let desk = story.desk.ask(Desk { conference: story.day }).await;
    assert_eq!((desk.asked, desk.asked_booked, desk.offers.len()), (1, 1, 2));
    assert_eq!(desk.offers.iter().map(|offer| offer.booked).sum::<u32>(), 2);
    story.end().await;
}

#[tokio::test]
async fn of_two_families_who_want_one_slot_one_is_told_what_is_free() {
    let story = Story::begin().await;
    story.books(&story.li, story.yutong, "14:15").await;
    story.books(&story.zhao, story.zihan, "14:15").await;
    story.zhao.sync().await;
    story.li.sync().await;
    let own = story.own(&story.li).await;
    let MeetingIs::Refused { refusal, instead } = &own[0].state else { panic!("refused: {:?}", own[0]) };
    assert!(matches!(refusal, Refusal::SlotTaken { .. }));
    assert_eq!(instead[0].starts, at("2026-11-26T14:00"));
    assert!(instead.iter().all(|slot| slot.starts != at("2026-11-26T14:15")));
    assert!(matches!(story.refused(&story.li).await, Refusal::SlotTaken { .. }));
    let taken = story.teacher(&story.li, story.yutong).await.slots;
    let state = |time: &str| taken.iter().find(|slot| slot.starts == at(time)).unwrap().state;
    assert_eq!(state("2026-11-26T14:15"), SlotIs::Taken);
    assert_eq!(state("2026-11-26T14:30"), SlotIs::Free);
    let theirs = story.own(&story.zhao).await.remove(0).id;
    assert!(sees(&story.world, &story.zhao, theirs) && sees(&story.world, &story.desk, theirs));
    assert!(!sees(&story.world, &story.li, theirs), "taken, but not by whom");
    story.end().await;
}

#[tokio::test]
async fn separated_parents_each_have_their_meeting() {
    let story = Story::begin().await;
    story.books(&story.li, story.yutong, "14:00").await;
    story.li.sync().await;
    story.liu.sync().await;
    story.books(&story.liu, story.yutong, "15:00").await;
    story.all_sync().await;
    assert_eq!(times(&story.own(&story.li).await), ["14:00"]);
    assert_eq!(times(&story.own(&story.liu).await), ["15:00"]);
    let mine = story.zhang.ask(Mine { conference: story.day }).await;
    assert_eq!(mine.offers[0].booked, 2);
    let yutong = mine.children.iter().find(|one| one.child.id == story.yutong).unwrap();
    let who: Vec<_> = yutong.meetings.iter().map(|one| one.guardian_name.as_str()).collect();
    assert_eq!(who, ["李建国", "刘芳"]);
    let meeting = story.own(&story.li).await.remove(0).id;
    story.li.ask(Withdraw { meeting, on_behalf_of: None }).await;
    story.all_sync().await;
    assert!(story.own(&story.li).await.is_empty());
    assert_eq!(times(&story.own(&story.liu).await), ["15:00"], "that of the other stands");
    story.end().await;
}

#[tokio::test]
async fn what_waits_is_taken_back_alone_and_the_rest_is_still_wished() {
    let story = Story::begin().await;
    let both = vec![
        story.slot(&story.li, story.yutong, "14:00").await,
        story.slot(&story.li, story.yuchen, "15:00").await,
    ];
    story.li.ask(Book { conference: story.day, meetings: both, on_behalf_of: None }).await;
    let first = story.own(&story.li).await.remove(0).id;
    story.li.ask(Withdraw { meeting: first, on_behalf_of: None }).await;
    assert_eq!(times(&story.own(&story.li).await), ["15:00"]);
    story.all_sync().await;
    let own = story.own(&story.li).await;
    assert_eq!((times(&own), own[0].state.clone()), (vec!["15:00".to_owned()], MeetingIs::Booked));
    story.end().await;
}

#[tokio::test]
async fn a_teacher_who_cannot_come_says_why_and_the_family_is_told() {
    let story = Story::begin().await;
    story.books(&story.li, story.yutong, "14:00").await;
    story.all_sync().await;
    let meeting = story.own(&story.li).await.remove(0).id;
    story.zhang.ask(CancelMeeting { meeting, reason: "临时外出开会".into() }).await;
    story.all_sync().await;
    let own = story.own(&story.li).await.remove(0);
    let MeetingIs::Cancelled { reason, instead } = own.state else { panic!("cancelled") };
    assert_eq!((reason.as_str(), instead[0].starts.clone()), ("临时外出开会", at("2026-11-26T14:15")));
    let told = told(&story.li).await;
    assert!(told.iter().any(|what| matches!(what, NoteKind::MeetingCancelled { .. })));
    // Fewer hours cost the next family something: not without a reason.
    story.books(&story.li, story.yutong, "15:00").await;
    story.all_sync().await;
    let mine = story.zhang.ask(Mine { conference: story.day }).await.offers.remove(0);
    let times_ = OfferTimes { until: at("2026-11-26T14:40"), ..mine.times };
    let change = |cut| Offer { conference: story.day, offer: Some(mine.id), times: times_.clone(), cut };
    story.zhang.ask(change(None)).await;
    story.zhang.sync().await;
    assert_eq!(story.refused(&story.zhang).await, Refusal::SeatsHeld { used: 1 });
    story.zhang.ask(change(Some(Cut { reason: "下午有课".into(), families: 1 }))).await;
    story.all_sync().await;
    let own = story.own(&story.li).await;
    assert!(own.iter().all(|one| matches!(one.state, MeetingIs::Cancelled { .. })));
    story.end().await;
}

#[tokio::test]
async fn advice_is_known_to_the_two_who_meet_and_to_nobody_else() {
    let mut story = Story::begin().await;
    let he = story.world.staff("何静", RoleKind::Counsellor, "心理教师", story.campuses[0]).await;
    he.ask(publish(ConferenceKind::Guidance, story.campuses[0])).await;
    he.sync().await;
    let all = he.ask(List {}).await.conferences;
    story.day = all.iter().find(|line| line.kind == ConferenceKind::Guidance).unwrap().id;
    story.offers(&he, story.campuses[0]).await;
    story.all_sync().await;
    story.books(&story.li, story.yutong, "14:00").await;
    story.li.sync().await;
    he.sync().await;
    let meeting = story.own(&story.li).await.remove(0).id;
    let words = "先每天一起散步二十分钟，不谈作业";
    he.ask(Note { meeting, text: words.into() }).await;
    he.sync().await;
    story.all_sync().await;
    assert_eq!(story.own(&story.li).await[0].note.as_ref().unwrap().text, words);
    let fault = story.desk.refused(Desk { conference: story.day }).await;
    assert!(matches!(fault, Fault::Refused { refusal: Refusal::NoPower { .. } }));
    for other in [&story.desk, &story.zhang, &story.liu, &story.zhao] {
        assert!(!sees(&story.world, other, meeting), "{} knows of the meeting", other.name);
        assert!(!sees(&story.world, other, MeetingNote::id_of(meeting)), "{} has the note", other.name);
    }
    assert!(sees(&story.world, &he, MeetingNote::id_of(meeting)));
    let row = story.world.row(MeetingNote::id_of(meeting)).unwrap();
    assert_eq!((row.child, row.text.as_str()), (story.yutong, words));
    he.sync().await;
    story.all_sync().await;
    let Story { world, desk, zhang, liao, li, liu, zhao, .. } = story;
    world.end(&[&desk, &zhang, &liao, &li, &liu, &zhao, &he]).await;
}
