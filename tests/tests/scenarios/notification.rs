//! R14: each device tells each thing exactly once, although no poke reaches it; what was taken back, read or answered
//! before is not told; a person's own quiet hours and digest hold on every device of theirs.

use jiff::{SignedDuration, civil::time};
use xinmei_client::api::{
    conversation as talk, family_request,
    imports::SetRights,
    notice,
    notification::{Note, NoteKind, OpensAt, Prefer, Settings},
};
use xinmei_model::{
    AnsweredBy, Ask, Audience, Child, DayPart, Id, Link, Notice, PersonalQuiet, Place, QuietHours, Relation,
    RoleKind, Target, Wanted,
};
use xinmei_tests::{Device, Guardian, Said, World, at};

struct Scene {
    world: World,
    class: Id<Place>,
    child: Id<Child>,
    link: Id<Link>,
    zhang: Device,
    /// The father's two computers.
    li: [Device; 2],
}

/// Nobody has a live stream here: every poke is lost.
async fn scene() -> Scene {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let child = world.child("李雨桐", class).await;
    let link =
        world.link(&Guardian { relation: Relation::Father, ..Guardian::parent("李建国") }, child).await;
    let li = [world.join("李建国").await, world.join("李建国").await];
    let scene = Scene { world, class, child, link, zhang, li };
    scene.minute().await;
    scene
}

impl Scene {
    /// A minute passes, and every computer asks the school.
    async fn minute(&self) {
        self.world.advance(SignedDuration::from_secs(60)).await;
        for device in [&self.zhang, &self.li[0], &self.li[1]] {
            device.sync().await;
        }
    }

    /// The teacher sends a notice, and it goes out.
    async fn notice(&self, title: &str) -> Id<Notice> {
        self.compose(title).await;
        self.world.advance(SignedDuration::from_secs(121)).await;
        self.minute().await;
        self.zhang.ask(notice::List {}).await.notices[0].id
    }

    async fn compose(&self, title: &str) {
        let send = notice::Send {
            audience: Audience { include: vec![Target::Place(self.class)], except: Vec::new() },
            families_seen: 1,
            title: title.into(),
            body: "请在截止前回应。".into(),
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
        };
        self.zhang.ask(send).await;
        self.zhang.sync().await;
    }

    async fn end(self) {
        self.world.end(&[&self.zhang, &self.li[0], &self.li[1]]).await;
    }
}

async fn told(device: &Device) -> Vec<Note> {
    device.client.tell_due().await.unwrap().notes
}

async fn titles(device: &Device) -> Vec<String> {
    told(device).await.into_iter().map(|note| note.title).collect()
}

#[tokio::test]
async fn each_device_tells_each_thing_exactly_once_with_every_poke_lost() {
    let mut scene = scene().await;
    let first = scene.notice("春游回执").await;
    for device in &scene.li {
        let notes = told(device).await;
        assert_eq!(notes.len(), 1, "{notes:?}");
        assert_eq!(
            (&notes[0].what, notes[0].children[0].name.as_str()),
            (&NoteKind::Notice { by: "张晓梅".into(), changed: false }, "李雨桐")
        );
        assert_eq!(notes[0].opens.at, OpensAt::Notice { notice: first });
        assert_eq!(told(device).await, [], "never twice");
    }
    assert_eq!(told(&scene.zhang).await, [], "it is the teacher's own");

    // A message of the family, and one of the teacher.
    let partners = scene.li[0].ask(talk::Partners { child: scene.child }).await.partners;
    let begin = talk::Begin {
        child: scene.child,
        with: Some(partners[0].role.into()),
        title: "数学书".into(),
        text: "忘带了".into(),
        files: Vec::new(),
    };
    let conversation = scene.li[0].ask(begin).await.conversation;
    scene.minute().await;
    scene.minute().await;
    let notes = told(&scene.zhang).await;
    assert_eq!(notes[0].what, NoteKind::Message { by: "李建国".into(), messages: 1 });
    for text in ["我这里有", "放学来拿"] {
        let say = talk::Say { conversation, text: text.into(), quotes: None, files: Vec::new() };
        scene.zhang.ask(say).await;
    }
    scene.zhang.sync().await;
    scene.minute().await;
    for device in &scene.li {
        let notes = told(device).await;
        assert_eq!(notes.len(), 1);
        assert_eq!(notes[0].what, NoteKind::Message { by: "张晓梅".into(), messages: 2 });
        assert_eq!(notes[0].opens.at, OpensAt::Conversation { conversation });
    }

    // What came while a computer was off is told when it is on again, and nothing of before.
    let [one, other] = scene.li;
    scene.li = [one.reopen().await, other.reopen().await];
    for device in &scene.li {
        assert_eq!(told(device).await, [], "also after a crash");
    }
    scene.compose("周三提前放学").await;
    scene.world.advance(SignedDuration::from_hours(30)).await;
    scene.minute().await;
    for device in &scene.li {
        assert_eq!(titles(device).await, ["周三提前放学"]);
    }
    // A third computer begins with what is new, not with the past.
    let third = scene.world.join("李建国").await;
    scene.minute().await;
    third.sync().await;
    assert_eq!(told(&third).await, []);
    scene.end().await;
}

#[tokio::test]
async fn what_was_taken_back_read_or_answered_elsewhere_is_not_told() {
    let scene = scene().await;
    let [one, other] = &scene.li;
    let recalled = scene.notice("发错了").await;
    scene.zhang.ask(notice::Recall { notice: recalled, words: String::new() }).await;
    scene.zhang.sync().await;
    scene.minute().await;
    assert_eq!((titles(one).await.len(), titles(other).await.len()), (0, 0));

    // Who was told of it is told that it does not hold, and who was not is left alone.
    let regretted = scene.notice("写错了").await;
    assert_eq!(titles(one).await, ["写错了"]);
    scene.zhang.ask(notice::Recall { notice: regretted, words: String::new() }).await;
    scene.zhang.sync().await;
    scene.minute().await;
    let notes = told(one).await;
    let taken_back = NoteKind::Recalled { by: "张晓梅".into() };
    assert_eq!((notes.len(), &notes[0].what, notes[0].title.as_str()), (1, &taken_back, ""));
    assert_eq!(notes[0].opens.at, OpensAt::Notice { notice: regretted });
    assert_eq!((titles(one).await.len(), titles(other).await.len()), (0, 0));

    let answered = scene.notice("春游回执").await;
    assert_eq!(titles(one).await, ["春游回执"]);
    let replies =
        vec![notice::ChildReply { child: scene.child, reply: xinmei_model::Reply::Acknowledge, replaces: 0 }];
    one.ask(notice::Answer { notice: answered, replies, on_behalf_of: None }).await;
    one.sync().await;
    scene.minute().await;
    assert_eq!(titles(other).await.len(), 0, "the same person answered it on the other computer");
    let standing = one.client.tell_due().await.unwrap().standing;
    assert_eq!(standing.len(), 1, "it may leave the screen here; what was taken back stays: {standing:?}");
    scene.end().await;
}

#[tokio::test]
async fn a_request_and_its_answer_are_told_to_who_waits_for_them() {
    let scene = scene().await;
    let tomorrow = at("2026-11-24T08:00").date();
    let wanted =
        Wanted::Leave { from: tomorrow, to: tomorrow, part: DayPart::WholeDay, reason: "发烧".into() };
    scene.li[0].ask(family_request::Make { child: scene.child, wanted, on_behalf_of: None }).await;
    scene.li[0].sync().await;
    scene.minute().await;
    let notes = told(&scene.zhang).await;
    assert_eq!(notes[0].what, NoteKind::Request { by: "李建国".into(), pick_up: false });
    assert!(!format!("{notes:?}").contains("发烧"), "why is for the window");
    let request = scene.zhang.ask(family_request::List {}).await.requests[0].id;
    scene.zhang.ask(family_request::Answer { request, agrees: true, note: "好好休息".into() }).await;
    scene.zhang.sync().await;
    scene.minute().await;
    for device in &scene.li {
        assert_eq!(told(device).await[0].what, NoteKind::Answered { agreed: Some(true), pick_up: false });
    }
    assert_eq!(told(&scene.zhang).await, []);
    scene.end().await;
}

#[tokio::test]
async fn rights_that_end_take_what_was_told_from_the_screen() {
    let scene = scene().await;
    scene.notice("春游回执").await;
    let office = scene.world.staff("何静", RoleKind::Administrator, "管理员", scene.world.root()).await;
    let telling = scene.li[0].client.tell_due().await.unwrap();
    assert!(telling.notes[0].keys.iter().all(|key| telling.standing.contains(key)));
    office.sync().await;
    office.ask(SetRights { link: scene.link, rights: Vec::new(), barred: true }).await;
    office.sync().await;
    scene.minute().await;
    for device in &scene.li {
        let telling = device.client.tell_due().await.unwrap();
        assert!(telling.notes.is_empty() && telling.standing.is_empty());
    }
    scene.world.end(&[&scene.zhang, &scene.li[0], &scene.li[1], &office]).await;
}

#[tokio::test]
async fn quiet_hours_and_digest_are_set_once_and_hold_on_every_device() {
    let scene = scene().await;
    let [one, other] = &scene.li;
    let chosen = one.ask(Settings {}).await;
    assert_eq!((chosen.quiet, chosen.digest, chosen.waiting), (PersonalQuiet::School, None, 0));
    // It is just after ten in the morning.
    let hours = QuietHours { from: time(10, 0, 0, 0), until: time(12, 0, 0, 0) };
    one.ask(Prefer { quiet: PersonalQuiet::Own { hours }, digest: None }).await;
    one.sync().await;
    scene.notice("春游回执").await;
    let noon = at("2026-11-23T12:00").timestamp();
    for device in [one, other] {
        let chosen = device.ask(Settings {}).await;
        assert_eq!((chosen.waiting, chosen.next), (1, Some(noon)));
        assert_eq!(told(device).await, []);
    }
    scene.world.advance(noon.duration_since(scene.world.now())).await;
    assert_eq!((titles(one).await.len(), titles(other).await.len()), (1, 1), "as they end");

    other.ask(Prefer { quiet: PersonalQuiet::Never, digest: Some(time(18, 0, 0, 0)) }).await;
    other.sync().await;
    scene.notice("春游回执二").await;
    scene.notice("周三提前放学").await;
    for device in [one, other] {
        assert_eq!(told(device).await, []);
        assert_eq!(device.ask(Settings {}).await.waiting, 2);
    }
    let evening = at("2026-11-23T18:00").timestamp();
    scene.world.advance(evening.duration_since(scene.world.now())).await;
    for device in [one, other] {
        let notes = told(device).await;
        assert_eq!(notes.len(), 1);
        assert_eq!(
            (&notes[0].what, &notes[0].opens.at),
            (&NoteKind::Digest { notes: 2, to_do: 2 }, &OpensAt::Today)
        );
        assert_eq!(told(device).await, []);
    }
    scene.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_timer_tells_what_changes_by_itself() {
    let scene = scene().await;
    let mut teller = scene.li[0].client.teller();
    assert_eq!(teller.next().await.notes, []);
    scene.notice("春游回执").await;
    let next = async {
        loop {
            let notes = teller.next().await.notes;
            if !notes.is_empty() {
                return notes;
            }
        }
    };
    let notes = tokio::time::timeout(std::time::Duration::from_secs(10), next).await.unwrap();
    assert_eq!((notes.len(), notes[0].title.as_str()), (1, "春游回执"));
    drop(teller);
    scene.end().await;
}

fn accepted(said: &Said) {
    assert!(said.after("saved").is_some() && said.after("accepted").is_some(), "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn by_the_command_line_alone() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    world.appoint("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let zhang = world.terminal("张晓梅").await;
    accepted(&zhang.does(&["notifications", "quiet-hours", "--from", "18:00", "--until", "07:30"]).await);
    accepted(&zhang.does(&["notifications", "digest", "--at", "07:40"]).await);
    let chosen = zhang.call("notification.settings", &serde_json::json!({})).await;
    assert_eq!(chosen["quiet"]["hours"]["from"], "18:00:00");
    assert_eq!((&chosen["digest"], &chosen["shown"]["is"]), (&"07:40:00".into(), &"nowhere".into()));
    accepted(&zhang.does(&["notifications", "quiet-hours", "--never"]).await);
    let chosen = zhang.does(&["--json", "notifications", "show"]).await.json();
    assert_eq!(
        (&chosen["quiet"]["is"], &chosen["digest"]),
        (&"never".into(), &"07:40:00".into()),
        "one is set, the other stays"
    );
    accepted(&zhang.does(&["notifications", "digest", "--off"]).await);
    accepted(&zhang.does(&["notifications", "quiet-hours", "--school"]).await);
    let no = zhang.run(&["notifications", "quiet-hours", "--from", "08:00", "--until", "07:00"]).await;
    assert_eq!(no.code, 1, "twenty-three hours: {no:?}");
    assert_eq!(zhang.run(&["notifications", "quiet-hours", "--from", "08:00"]).await.code, 2);
    assert_eq!(zhang.run(&["notifications", "digest"]).await.code, 2);
    world.end(&[]).await;
}
