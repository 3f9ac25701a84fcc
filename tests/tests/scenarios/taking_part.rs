//! A notice to who takes part: to an event and to a shift, with why; who gives back afterwards, and who comes later.

use jiff::SignedDuration;
use xinmei_client::api::{
    Fault,
    audience::{AudienceName, Because, EventPart, Names},
    delivery::{self, Way},
    desk, event, notice, shift,
};
use xinmei_model::{
    AnsweredBy, Ask, Audience, Child, Event, Id, Notice, Place, Power, Refusal, Reply, RoleKind, SeatRule,
    Target,
};
use xinmei_tests::{Device, Guardian, World, at};

fn to(target: Target) -> Audience {
    Audience { include: vec![target], except: Vec::new() }
}

fn letter(audience: Audience, families_seen: u32) -> notice::Send {
    notice::Send {
        audience,
        families_seen,
        title: "集合地点改到南门".into(),
        body: String::new(),
        ask: Ask::Acknowledge,
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
    }
}

struct Story {
    world: World,
    class: Id<Place>,
    zhou: Device,
    li: Device,
    zhao: Device,
    yutong: Id<Child>,
    event: Id<Event>,
}

/// A coordinator, two families, an open day of one session that 雨桐 comes to, and a post whose shift 赵倩 took.
async fn school() -> Story {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let campus = world.campus("本部").await;
    let zhou = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
    let (li, own) = world.family("李建国", &[("李雨桐", class)]).await;
    let (zhao, _) = world.family("赵倩", &[("赵子涵", class)]).await;
    let elder = Guardian { rights: &[xinmei_model::Right::Messages], ..Guardian::parent("周玉兰") };
    world.link(&elder, own[0]).await;
    let publish = desk::Publish {
        place: campus,
        title: "校园开放日".into(),
        about: String::new(),
        venue: String::new(),
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
        child_limit: None,
        child_seats: None,
        questions: vec![],
        look: Default::default(),
        waitlist: true,
        draw: None,
        opens: at("2026-11-23T08:00"),
        closes: at("2026-11-25T20:00"),
        withdraw_until: at("2026-11-25T20:00"),
        sessions: vec![desk::PlannedSession {
            id: None,
            name: "第 1 场".into(),
            starts: at("2026-11-26T10:00"),
            ends: at("2026-11-26T11:00"),
            capacity: 5,
            shares_with: None,
            held_in: None,
            eligible: vec![],
            first_timers: false,
            holds: vec![],
        }],
    };
    zhou.ask(publish).await;
    let post = shift::Post {
        place: campus,
        title: "护学岗，东门".into(),
        about: String::new(),
        meeting_point: String::new(),
        programme: String::new(),
        shifts: vec![shift::PlannedShift {
            starts: at("2026-11-27T07:30"),
            ends: at("2026-11-27T08:10"),
            needed: 2,
        }],
        terms: Default::default(),
    };
    zhou.ask(post).await;
    for device in [&zhou, &li, &zhao] {
        device.sync().await;
    }
    let line = li.ask(event::List {}).await.events.remove(0);
    let wish = event::SignUp {
        session: line.sessions[0].id,
        children: own.clone(),
        adults: 1,
        answers: vec![],
        others: vec![],
        on_behalf_of: None,
    };
    li.ask(wish).await;
    let open = zhao.ask(shift::List {}).await.shifts.remove(0);
    zhao.ask(shift::Take { shift: open.id, on_behalf_of: None }).await;
    for device in [&li, &zhao, &zhou] {
        device.sync().await;
    }
    Story { world, class, zhou, li, zhao, yutong: own[0], event: line.id }
}

async fn released(story: &Story) -> Id<Notice> {
    story.zhou.sync().await;
    story.world.advance(SignedDuration::from_secs(121)).await;
    for device in [&story.zhou, &story.li, &story.zhao] {
        device.sync().await;
    }
    story.zhou.ask(notice::List {}).await.notices[0].id
}

#[tokio::test]
async fn who_comes_is_told_with_why_and_stays_told_who_gives_back() {
    let s = school().await;
    let audience = to(Target::Event(s.event));
    let preview = s.zhou.ask(notice::Preview { audience: audience.clone(), send_at: None }).await;
    assert_eq!(
        (preview.families, preview.left_out.len()),
        (1, 1),
        "the grandmother does not see the booking"
    );
    let [Because::Event { title, session, who: EventPart::Comes }] = preview.list[0].because.as_slice()
    else {
        panic!("{:?}", preview.list[0].because)
    };
    assert_eq!((title.as_str(), &session.starts), ("校园开放日", &at("2026-11-26T10:00")));
    s.zhou.ask(letter(audience, 1)).await;
    let id = released(&s).await;
    assert_eq!(s.li.ask(notice::List {}).await.notices.len(), 1);
    assert!(s.zhao.ask(notice::List {}).await.notices.is_empty());
    // One family gives back, another comes: the notice is with whom it was told.
    let booking = s.li.ask(event::List {}).await.events[0].mine[0].id;
    s.li.ask(event::Withdraw { booking, on_behalf_of: None }).await;
    let replies = vec![notice::ChildReply { child: s.yutong, reply: Reply::Acknowledge, replaces: 0 }];
    s.li.ask(notice::Answer { notice: id, replies, on_behalf_of: None }).await;
    let line = s.zhao.ask(event::List {}).await.events.remove(0);
    let own = line.eligible.iter().map(|child| child.id).collect();
    let wish = event::SignUp {
        session: line.sessions[0].id,
        children: own,
        adults: 1,
        answers: vec![],
        others: vec![],
        on_behalf_of: None,
    };
    s.zhao.ask(wish).await;
    for device in [&s.li, &s.zhao, &s.zhou] {
        device.sync().await;
    }
    let opened = s.zhou.ask(notice::Open { notice: id, child: None }).await;
    let cells: Vec<_> = opened.sheet.iter().map(|cell| (cell.child.name.as_str(), cell.done)).collect();
    assert_eq!(cells, [("李雨桐", true)]);
    assert!(
        matches!(&opened.audience[0], AudienceName::Event { title, session: None, .. } if title == "校园开放日")
    );
    let delivery = s.zhou.ask(delivery::Ask { notice: id }).await;
    assert_eq!(delivery.children.len(), 1);
    let held = |way: &Way| matches!(way, Way::Held { .. });
    assert!(delivery.children[0].guardians.iter().any(|one| held(&one.way) && one.acted.is_some()));
    s.world.end(&[&s.zhou, &s.li, &s.zhao]).await;
}

#[tokio::test]
async fn a_shift_is_told_to_who_took_it_and_only_by_its_desk() {
    let s = school().await;
    let reach = s.zhou.ask(notice::Reach {}).await;
    let post = reach.activities.iter().find_map(|name| match name {
        AudienceName::Post { post, .. } => Some(*post),
        _ => None,
    });
    let audience = to(Target::Post(post.unwrap()));
    let named = s.zhou.ask(Names { audience: audience.clone() }).await.names;
    assert!(matches!(&named[0], AudienceName::Post { title, shift: None, .. } if title == "护学岗，东门"));
    let preview = s.zhou.ask(notice::Preview { audience: audience.clone(), send_at: None }).await;
    assert_eq!((preview.families, preview.list[0].guardians[0].name.as_str()), (1, "赵倩"));
    assert!(matches!(&preview.list[0].because[0], Because::Post { title, .. } if title == "护学岗，东门"));
    s.zhou.ask(letter(audience.clone(), 1)).await;
    released(&s).await;
    assert_eq!(s.zhao.ask(notice::List {}).await.notices.len(), 1);
    assert!(s.li.ask(notice::List {}).await.notices.is_empty());

    let zhang = s.world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", s.class).await;
    zhang.sync().await;
    assert!(zhang.ask(notice::Reach {}).await.activities.is_empty());
    let except = Audience { include: vec![Target::Place(s.class)], except: audience.include };
    let refused = zhang.refused(letter(except, 1)).await;
    let power = Power::ManageShifts;
    assert_eq!(refused, Fault::Refused { refusal: Refusal::NoPower { power } });
    s.world.end(&[&s.zhou, &s.li, &s.zhao, &zhang]).await;
}
