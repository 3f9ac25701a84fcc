//! Programme tags, and themes: an event kept as it is held every time.

use xinmei_model::{
    Act, DayTime, DrawShape, Event, EventShape, Feed, HeldFor, Hold, Id, Look, Power, Refusal, Relation,
    RoleKind, Session, Template, Theme, ThemeDraft, ThemeMessages, ThemePost, limits, tidy_tags,
};

use crate::world::{World, people::*, plans::at};

fn malformed(field: &str) -> Refusal {
    Refusal::Malformed { field: field.into() }
}

fn too_many(field: &str, limit: usize) -> Refusal {
    Refusal::TooMany { field: field.into(), limit: limit as u32 }
}

fn day_time(days: i32, time: &str) -> DayTime {
    DayTime { days, time: time.parse().unwrap() }
}

/// The open day of [`World::event_draft`], as a theme.
fn open_day(world: &World, event: Id<Event>) -> ThemeDraft {
    let (event, sessions) = (world.get(event), world.all::<Session>());
    let shape =
        EventShape::of(&event, &sessions, &jiff::tz::TimeZone::get("Asia/Shanghai").unwrap()).unwrap();
    ThemeDraft {
        name: "牵手同前行".into(),
        event: EventShape {
            title: "{届次}家长开放日".into(), about: "{日期}，{届次}".into(), ..shape
        },
        posts: vec![ThemePost {
            title: "引导岗".into(),
            meeting_point: "东门".into(),
            needed: 4,
            before_min: 30,
            after_min: 15,
        }],
        messages: ThemeMessages::default(),
        survey: vec![],
    }
}

fn put(theme: Id<Theme>, draft: ThemeDraft) -> Act {
    Act::PutTheme { theme, draft }
}

fn held() -> (World, Staff, ThemeDraft) {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let (event, _) = world.event(desk, &[30, 40]);
    let draft = open_day(&world, event);
    (world, desk, draft)
}

#[test]
fn tags_are_trimmed_in_one_form_and_each_once() {
    let given = ["  六大工程 ", "五项创新", "六大工程", "Cafe\u{301}", "Caf\u{e9}"].map(String::from);
    assert_eq!(tidy_tags(&given), ["六大工程", "五项创新", "Caf\u{e9}"]);
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let (event, _) = world.event_with(desk, &[5], |event| {
        event.tags = vec![" 六大工程".into(), "家长开放日".into(), "六大工程".into()];
    });
    let event = world.get(event);
    assert_eq!(event.tags, ["六大工程", "家长开放日"]);
    assert_eq!(
        event.tags().collect::<Vec<_>>(),
        ["家长开放日", "六大工程"],
        "its programme is no second one"
    );

    let mut refused = |tags: Vec<String>| {
        let mut event = world.event_draft(world.campus, &[5]);
        event.tags = tags;
        world.refuses(desk.actor(), &Act::PublishEvent { event })
    };
    let long = "字".repeat(limits::TAG_CHARS + 1);
    assert_eq!(refused(vec![" ".into()]), malformed("tags"));
    assert_eq!(refused(vec!["六大\n工程".into()]), malformed("tags"));
    assert_eq!(refused(vec![long]), too_many("tags", limits::TAG_CHARS));
    let many = (0..=limits::TAGS_PER_EVENT).map(|n| format!("标签{n}")).collect();
    assert_eq!(refused(many), too_many("tags", limits::TAGS_PER_EVENT));
}

#[test]
fn a_theme_keeps_wall_times_by_the_day_of_its_first_session() {
    let (_, _, draft) = held();
    let shape = draft.event;
    assert_eq!(shape.opens, day_time(-1, "08:00"));
    assert_eq!(shape.closes, day_time(-1, "18:00"));
    assert_eq!(shape.withdraw_until, day_time(-1, "20:00"));
    let sessions: Vec<_> = shape.sessions.iter().map(|one| (one.starts, one.ends, one.capacity)).collect();
    assert_eq!(
        sessions,
        [(day_time(0, "09:00"), day_time(0, "10:00"), 30), (day_time(0, "10:00"), day_time(0, "11:00"), 40)]
    );
}

#[test]
fn themes_are_whoevers_who_plan_events_and_every_hat_here_reads_them() {
    let (mut world, desk, draft) = held();
    let class = world.class(2024, 2);
    let other = world.coordinator(world.root);
    let teacher = world.teacher("张晓梅", class);
    let head = world.staff("胡校长", RoleKind::Head, world.root);
    let child = world.child("李雨桐", class);
    let mother = world.guardian("王芳").of(child, Relation::Mother, PARENT).id();
    let id = world.fresh();
    world.does(desk.actor(), &put(id, ThemeDraft { name: " 牵手 ".into(), ..draft.clone() }));
    assert_eq!(world.get(id).draft.name, "牵手");
    assert_eq!(world.get(id).by, desk.person);
    assert_eq!(world.feeds(id), [Feed::Staff].into());
    assert_eq!([other.person, teacher.person, mother].map(|who| world.sees(who, id)), [true, true, false]);

    let no = Refusal::NoPower { power: Power::ManageEvents };
    for actor in [teacher.actor(), head.actor(), guardian(mother)] {
        assert_eq!(world.refuses(actor, &put(id, draft.clone())), no);
        assert_eq!(world.refuses(actor, &Act::DropTheme { theme: id }), no);
    }
    // It is the school's: another desk may set it right, and drop it.
    world.does(other.actor(), &put(id, ThemeDraft { name: "牵手同前行".into(), ..draft.clone() }));
    assert_eq!(world.get(id).by, other.person);
    world.does(other.actor(), &Act::DropTheme { theme: id });
    assert!(world.feeds(id).is_empty(), "nobody holds it any more");
    let gone = Refusal::NotFound { what: "theme".into() };
    assert_eq!(world.refuses(desk.actor(), &put(id, draft)), gone);
    assert_eq!(world.refuses(desk.actor(), &Act::DropTheme { theme: id }), gone);
}

#[test]
fn a_theme_brings_its_look_along_and_no_look_reads_as_before() {
    let (mut world, desk, draft) = held();
    let (event, _) = world.event_with(desk, &[5], |event| event.look = Look::Plum);
    assert_eq!(world.get(event).look, Look::Plum);
    assert_eq!(open_day(&world, event).event.look, Look::Plum);
    assert!(draft.event.look.is_plain());
    let plain = serde_json::to_value(&draft).unwrap();
    assert_eq!(plain["event"].get("look"), None, "what older computers wrote and read stays as it was");
    let mut red = draft.clone();
    red.event.look = Look::Red;
    let kept = serde_json::to_value(&red).unwrap();
    assert_eq!(kept["event"]["look"], "red");
    assert_eq!(serde_json::from_value::<ThemeDraft>(plain).unwrap(), draft);
    assert_eq!(serde_json::from_value::<ThemeDraft>(kept).unwrap(), red);
}

#[test]
fn an_event_keeps_its_own_names_whatever_becomes_of_its_theme() {
    let (mut world, desk, draft) = held();
    let theme = world.fresh();
    world.does(desk.actor(), &put(theme, draft.clone()));
    let (event, _) = world.event_with(desk, &[5], |event| event.theme = Some(theme));
    let before = world.get(event);
    assert_eq!(before.theme, Some(theme));
    world.does(desk.actor(), &put(theme, ThemeDraft { name: "新心相印".into(), ..draft }));
    world.does(desk.actor(), &Act::DropTheme { theme });
    assert_eq!(world.get(event), before);

    // Whoever changes it says nothing of the theme; and one that nobody has is no theme.
    let mut again = world.event_draft(world.campus, &[5]);
    again.id = event;
    world.does(desk.actor(), &Act::change_event(again, 0));
    assert_eq!(world.get(event).theme, Some(theme));
    let mut fresh = world.event_draft(world.campus, &[5]);
    fresh.theme = Some(world.fresh());
    let missing = Refusal::NotFound { what: "theme".into() };
    assert_eq!(world.refuses(desk.actor(), &Act::PublishEvent { event: fresh }), missing);
}

#[test]
fn a_theme_from_which_nothing_could_be_planned_is_refused_by_its_field() {
    type Spoil = fn(&mut ThemeDraft);
    let cases: Vec<(Spoil, Refusal)> = vec![
        (|it| it.name = " ".into(), malformed("name")),
        (|it| it.name = "字".repeat(41), too_many("name", limits::TEMPLATE_NAME_CHARS)),
        (|it| it.event.title = String::new(), malformed("title")),
        (|it| it.event.tags = vec![String::new()], malformed("tags")),
        (|it| it.event.sessions.clear(), malformed("sessions")),
        (|it| it.event.sessions[0].capacity = 0, malformed("sessions.capacity")),
        (|it| it.event.sessions[0].ends = it.event.sessions[0].starts, malformed("sessions")),
        (|it| it.event.closes = it.event.opens, malformed("closes")),
        (|it| it.event.opens.days = -limits::THEME_DAYS - 1, malformed("days")),
        (|it| it.event.opens.days = i32::MIN, malformed("days")),
        (
            |it| {
                for one in &mut it.event.sessions {
                    (one.starts.days, one.ends.days) = (1, 1);
                }
            },
            malformed("sessions.days"),
        ),
        (|it| it.posts[0].title = String::new(), malformed("posts.title")),
        (|it| it.posts[0].needed = 0, malformed("posts.needed")),
        (|it| it.posts[0].before_min = limits::AROUND_MINUTES + 1, malformed("posts.minutes")),
        (|it| it.posts = vec![it.posts[0].clone(); 11], too_many("posts", limits::POSTS_PER_THEME)),
        (|it| it.event.draw = Some(draw(-1, "17:00", "收盘价")), malformed("draw.known")),
        (|it| it.event.draw = Some(draw(-1, "19:00", "")), malformed("draw.public_value")),
        (
            |it| it.event.about = (0..=limits::FIELDS).map(|n| format!("{{栏{n}}}")).collect(),
            too_many("fields", limits::FIELDS),
        ),
    ];
    let (mut world, desk, draft) = held();
    let id = world.fresh();
    for (spoil, expected) in cases {
        let mut spoilt = draft.clone();
        spoil(&mut spoilt);
        assert_eq!(world.refuses(desk.actor(), &put(id, spoilt)), expected);
    }
    let drawn = EventShape { draw: Some(draw(-1, "19:00", "{date} 收盘价")), ..draft.event.clone() };
    world.does(desk.actor(), &put(id, ThemeDraft { event: drawn, ..draft }));
}

fn draw(days: i32, time: &str, words: &str) -> DrawShape {
    DrawShape { public_value: words.into(), decimals: 2, known: day_time(days, time) }
}

#[test]
fn a_theme_names_the_schools_templates_and_nobodys_own() {
    let (mut world, desk, draft) = held();
    let office = world.staff("何静", RoleKind::Administrator, world.root);
    let template = xinmei_model::TemplateDraft {
        name: "邀请".into(),
        title: "开放日".into(),
        body: String::new(),
        ask: xinmei_model::Ask::Nothing,
        answered_by: xinmei_model::AnsweredBy::AnyGuardian,
        reminds: false,
    };
    let (own, schools): (Id<Template>, Id<Template>) = (world.fresh(), world.fresh());
    let keep =
        |template_id, school| Act::PutTemplate { template: template_id, draft: template.clone(), school };
    world.does(desk.actor(), &keep(own, false));
    world.does(office.actor(), &keep(schools, true));
    let with = |invitation| ThemeDraft {
        messages: ThemeMessages { invitation: Some(invitation), ..ThemeMessages::default() },
        ..draft.clone()
    };
    let id = world.fresh();
    let missing = Refusal::NotFound { what: "template".into() };
    assert_eq!(world.refuses(desk.actor(), &put(id, with(own))), missing);
    world.does(desk.actor(), &put(id, with(schools)));
    world.does(office.actor(), &Act::DropTemplate { template: schools });
    assert_eq!(world.refuses(desk.actor(), &put(id, with(schools))), missing);
}

#[test]
fn a_school_has_so_many_themes_and_one_that_is_there_is_not_one_more() {
    let (mut world, desk, draft) = held();
    let first = world.fresh();
    world.does(desk.actor(), &put(first, draft.clone()));
    for _ in 1..limits::THEMES {
        let next = world.fresh();
        world.does(desk.actor(), &put(next, draft.clone()));
    }
    let one_more = world.fresh();
    let full = too_many("themes", limits::THEMES);
    assert_eq!(world.refuses(desk.actor(), &put(one_more, draft.clone())), full);
    world.does(desk.actor(), &put(first, draft.clone()));
    world.does(desk.actor(), &Act::DropTheme { theme: first });
    world.does(desk.actor(), &put(one_more, draft));
}

#[test]
fn its_fields_are_filled_wherever_they_stand() {
    let (_, _, draft) = held();
    assert_eq!(draft.fields(), ["届次", "日期"]);
    let values = [("届次".to_owned(), "第八届".to_owned())].into();
    assert_eq!(draft.filled(&values), ("第八届家长开放日".into(), "{日期}，第八届".into()));
}

#[test]
fn its_acts_keep_their_form() {
    let id = "00000000-0000-0000-0000-000000000001";
    let (_, _, draft) = held();
    let draft = ThemeDraft {
        event: EventShape { sessions: vec![draft.event.sessions[0].clone()], ..draft.event },
        messages: ThemeMessages { thanks: Some(id.parse().unwrap()), ..ThemeMessages::default() },
        ..draft
    };
    let json = format!(
        r#"{{"do":"put-theme","theme":"{id}","draft":{{"name":"牵手同前行","event":{{"title":"{{届次}}家长开放日","about":"{{日期}}，{{届次}}","venue":"校史馆","programme":"家长开放日","tags":[],"seat_rule":"adults","family_limit":12,"child_limit":1,"questions":[],"waitlist":true,"opens":{{"days":-1,"time":"08:00:00"}},"closes":{{"days":-1,"time":"18:00:00"}},"withdraw_until":{{"days":-1,"time":"20:00:00"}},"sessions":[{{"name":"第 1 场","starts":{{"days":0,"time":"09:00:00"}},"ends":{{"days":0,"time":"10:00:00"}},"capacity":30,"first_timers":false}}],"draw":null}},"posts":[{{"title":"引导岗","meeting_point":"东门","needed":4,"before_min":30,"after_min":15}}],"messages":{{"invitation":null,"reminder":null,"thanks":"{id}"}},"survey":[]}}}}"#
    );
    let drop = Act::DropTheme { theme: id.parse().unwrap() };
    let put = put(id.parse().unwrap(), draft);
    for (act, json) in [(put, json), (drop, format!(r#"{{"do":"drop-theme","theme":"{id}"}}"#))] {
        assert_eq!(serde_json::to_string(&act).unwrap(), json);
        assert_eq!(serde_json::from_str::<Act>(&json).unwrap(), act);
    }
}

#[test]
fn seats_that_are_kept_come_along_by_their_day_and_a_theme_outlives_the_classes() {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let class = world.class(2024, 2);
    let mut hold = |of| Hold { id: world.fresh(), of, seats: 4, until: at("2026-10-12T12:00") };
    let holds = vec![hold(HeldFor::Places { places: vec![class] }), hold(HeldFor::Staff)];
    let (event, sessions) = world.event_with(desk, &[30], |event| event.sessions[0].holds = holds);
    let draft = open_day(&world, event);
    let kept = |shape: &EventShape| {
        let holds = shape.sessions[0].holds.iter();
        holds.map(|hold| (hold.of.clone(), hold.seats, hold.until)).collect::<Vec<_>>()
    };
    let staff = (HeldFor::Staff, 4, day_time(-1, "12:00"));
    assert_eq!(kept(&draft.event)[1], staff);
    let zone = jiff::tz::TimeZone::get("Asia/Shanghai").unwrap();
    let next = draft.event.on("2027-10-12".parse().unwrap(), &zone).unwrap();
    assert_eq!(next.holds, [vec![at("2027-10-11T12:00"), at("2027-10-11T12:00")]]);

    let theme = world.fresh();
    world.does(desk.actor(), &put(theme, draft));
    assert_eq!(kept(&world.get(theme).draft.event), [staff]);
    assert_eq!(world.get(sessions[0]).holds.len(), 2, "the event keeps its own");
}
