//! Strips: who may print one for whom, when one still stands, and what happens when an answer is lost.

use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, civil::date};
use uuid::Uuid;
use xinmei_client::api::Fault;
use xinmei_model::{
    Change, Child, Feed, Hat, Id, Link, Person, Place, Role, RoleKind, derived,
    invite::{CodeKeys, device_proof},
    put_link,
    wire::{Enrol, Enrolled, Invite, IssueInvites, PROTOCOL},
};
use xinmei_server::{invite, store::Arg};
use xinmei_tests::{Guardian, PASSWORD, Raw, World};

async fn hat(world: &World, name: &str, kind: RoleKind, place: Id<Place>) -> Hat {
    world.appoint(name, kind, "职务", place).await;
    Hat::Staff { role: derived("role", world.person(name).await.uuid(), place.uuid()) }
}

async fn relink(world: &World, link: Id<Link>, change: impl FnOnce(Link) -> Link) {
    let link: Link = world.row(link).unwrap();
    let child: Child = world.row(link.child).unwrap();
    world.put(vec![put_link(change(link), &child)]).await;
}

async fn end_role(world: &World, name: &str, place: Id<Place>) {
    let person = world.person(name).await;
    let role: Role = world.row(derived("role", person.uuid(), place.uuid())).unwrap();
    let to = Some(date(2026, 11, 22));
    world.put(vec![Change::put(Role { to, ..role }, [Feed::School, Feed::Person(person)])]).await;
}

/// What the server says to somebody who asks for one strip: the names of its children, or the code of the problem.
async fn ask(raw: &Raw, hat: Hat, person: Id<Person>) -> Result<Vec<String>, String> {
    let ask = IssueInvites { hat, persons: vec![person], replace_devices: false };
    let invites: Vec<Invite> = raw.post("/v1/invites", &ask).await.map_err(|problem| problem.code)?;
    Ok(invites[0].children.iter().map(|child| child.name.clone()).collect())
}

#[tokio::test]
async fn a_hat_invites_the_families_it_reaches_and_only_the_office_invites_staff() {
    let world = World::new().await;
    let (own, other) = (world.class("本部", 2024, 2).await, world.class("本部", 2024, 3).await);
    let (mine, theirs) = (world.child("李雨桐", own).await, world.child("赵子涵", other).await);
    for (name, child) in [
        ("李建国", mine),
        ("赵倩", theirs),
        ("两班", mine),
        ("两班", theirs),
        ("陈老师", mine),
        ("未来", mine),
    ] {
        world.link(&Guardian::parent(name), child).await;
    }
    world.link(&Guardian { barred: true, ..Guardian::parent("王某") }, mine).await;
    let undecided = world.link(&Guardian::parent("未定"), mine).await;
    relink(&world, undecided, |link| Link { undecided: true, ..link }).await;
    let teacher = hat(&world, "张晓梅", RoleKind::ClassTeacher, own).await;
    let office = hat(&world, "何静", RoleKind::Administrator, world.root()).await;
    let desk = hat(&world, "周敏", RoleKind::Coordinator, world.root()).await;
    hat(&world, "陈老师", RoleKind::SubjectTeacher, other).await;
    hat(&world, "未来", RoleKind::SubjectTeacher, other).await;
    let future = derived("role", world.person("未来").await.uuid(), other.uuid());
    let role: Role = world.row(future).unwrap();
    let from = date(2027, 2, 20);
    world.put(vec![Change::put(Role { from, ..role }, [Feed::School])]).await;

    let (zhang, he, zhou) = (world.raw("张晓梅").await, world.raw("何静").await, world.raw("周敏").await);
    let li = world.raw("李建国").await;
    let no = || Err("cannot-be-invited".to_owned());
    let of = |names: &[&str]| Ok(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
    let cases = [
        ("own class", &zhang, teacher, "李建国", of(&["李雨桐"])),
        ("other class", &zhang, teacher, "赵倩", no()),
        ("children of other classes stay off the strip", &zhang, teacher, "两班", of(&["李雨桐"])),
        ("barred", &zhang, teacher, "王某", no()),
        ("undecided", &zhang, teacher, "未定", no()),
        ("staff who is a parent here", &zhang, teacher, "陈老师", no()),
        ("a parent who will be staff", &zhang, teacher, "未来", no()),
        ("staff", &zhang, teacher, "何静", no()),
        ("oneself", &zhang, teacher, "张晓梅", no()),
        ("nobody", &zhang, teacher, "没有人", no()),
        ("office: any class", &he, office, "赵倩", of(&["赵子涵"])),
        ("office: staff who is a parent", &he, office, "陈老师", of(&["李雨桐"])),
        ("office: staff", &he, office, "张晓梅", of(&[])),
        ("office: barred", &he, office, "王某", no()),
        ("office: undecided", &he, office, "未定", no()),
        ("office: neither link nor role", &he, office, "没有人", no()),
        ("a hat without the power", &zhou, desk, "李建国", no()),
        ("no hat", &zhang, Hat::Guardian, "李建国", no()),
        ("somebody else's hat", &li, teacher, "李建国", no()),
    ];
    for (case, raw, hat, name, expected) in cases {
        assert_eq!(ask(raw, hat, world.person(name).await).await, expected, "{case}");
    }
    end_role(&world, "张晓梅", own).await;
    assert_eq!(ask(&zhang, teacher, world.person("李建国").await).await, no(), "a hat that is over");
    world.end(&[]).await;
}

#[tokio::test]
async fn a_strip_is_void_once_the_school_no_longer_means_it() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let child = world.child("李雨桐", class).await;
    let mut links = Vec::new();
    for name in ["王某", "未定", "离开", "升任", "照旧"] {
        links.push(world.link(&Guardian::parent(name), child).await);
    }
    world.appoint("卸任", RoleKind::SubjectTeacher, "任课教师", class).await;
    let mut strips = Vec::new();
    for name in ["王某", "未定", "离开", "升任", "卸任"] {
        strips.push((name, world.strip(name).await));
    }
    let good = world.strip("照旧").await;

    world.link(&Guardian { barred: true, ..Guardian::parent("王某") }, child).await;
    relink(&world, links[1], |link| Link { undecided: true, ..link }).await;
    relink(&world, links[2], |link| Link { to: Some(date(2026, 11, 22)), ..link }).await;
    world.appoint("升任", RoleKind::Administrator, "信息管理员", world.root()).await;
    end_role(&world, "卸任", class).await;
    for (name, strip) in strips {
        let fault = world.try_join(&strip.link, "").await.unwrap_err();
        assert!(matches!(&fault, Fault::Denied { code, .. } if code == "invite-void"), "{name}: {fault:?}");
        assert!(world.row::<Person>(strip.person).unwrap().joined.is_none(), "{name} has joined");
    }
    world.try_join(&good.link, "").await.unwrap();
    world.end(&[]).await;
}

/// A device that enrols by hand.
struct Newcomer {
    http: reqwest::Client,
    url: String,
}

impl Newcomer {
    fn new(world: &World) -> Self {
        Self { http: world.http(), url: format!("{}/v1/enrol", world.server().url) }
    }

    async fn enrol(&self, strip: &Invite, key: &[u8; 32], password: &str) -> Result<Enrolled, String> {
        let keys = CodeKeys::of(&strip.code).unwrap();
        let ask = Enrol {
            protocol: PROTOCOL,
            lookup: keys.lookup_text(),
            proof: BASE64URL_NOPAD.encode(&device_proof(&keys.proof, key)),
            device_key: BASE64URL_NOPAD.encode(key),
            device_name: "test".into(),
            password: password.into(),
        };
        let response = self.http.post(&self.url).json(&ask).send().await.unwrap();
        if response.status().is_success() {
            return Ok(response.json().await.unwrap());
        }
        let problem: xinmei_model::wire::Problem = response.json().await.unwrap();
        Err(problem.code)
    }
}

/// A public key of Ed25519: the base point.
fn key() -> [u8; 32] {
    let mut key = [0x66; 32];
    key[0] = 0x58;
    key
}

#[tokio::test]
async fn an_enrolment_whose_answer_was_lost_is_the_same_enrolment() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let child = world.child("李雨桐", class).await;
    world.link(&Guardian::parent("李建国"), child).await;
    let (strip, newcomer) = (world.strip("李建国").await, Newcomer::new(&world));
    let first = newcomer.enrol(&strip, &key(), PASSWORD).await.unwrap();
    let again = newcomer.enrol(&strip, &key(), PASSWORD).await.unwrap();
    assert_eq!((first.device, first.person), (again.device, again.person));
    assert_ne!(first.session.token, again.session.token);
    let raw = world.raw("李建国").await;
    for enrolled in [&first, &again] {
        let path = format!("/v1/mutations/{}", Uuid::now_v7());
        let (status, _) = raw.probe("GET", &path, Some(&enrolled.session.token), None).await;
        assert_eq!(status, 404, "the session is open");
    }
    // The strip, the device and the password belong together.
    let refused = |code: &str| Err(code.to_owned());
    assert_eq!(
        newcomer.enrol(&strip, &key(), "another password, long enough").await,
        refused("password-wrong")
    );
    let mut other = [0; 32];
    other[0] = 1;
    assert_eq!(newcomer.enrol(&strip, &other, PASSWORD).await, refused("invite-used"));
    // Once the device was replaced, its old strip opens nothing.
    let school = &world.server().school;
    let replacing =
        invite::issue_from_console(&school.ledger, school.address.clone(), strip.person, true).await.unwrap();
    newcomer.enrol(&replacing, &other, PASSWORD).await.unwrap();
    assert_eq!(newcomer.enrol(&strip, &key(), PASSWORD).await, refused("invite-used"));
    world.advance(SignedDuration::from_hours(24 * 15)).await;
    assert_eq!(newcomer.enrol(&replacing, &other, PASSWORD).await, refused("invite-used"), "for two weeks");
    world.end(&[]).await;
}

async fn stream(world: &World, raw: &Raw) -> reqwest::Response {
    let url = format!("{}/v1/live", world.server().url);
    let mut response = world.http().get(url).bearer_auth(&raw.token).send().await.unwrap();
    assert!(response.chunk().await.unwrap().is_some(), "the greeting");
    response
}

async fn ends(mut stream: reqwest::Response) {
    let rest = async { while let Ok(Some(_)) = stream.chunk().await {} };
    tokio::time::timeout(Duration::from_secs(3), rest).await.expect("the stream goes on");
}

#[tokio::test]
async fn the_stream_of_a_removed_device_ends_at_once() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let child = world.child("李雨桐", class).await;
    world.link(&Guardian::parent("李建国"), child).await;
    let lost = world.raw("李建国").await;
    let listening = stream(&world, &lost).await;
    let school = &world.server().school;
    let strip =
        invite::issue_from_console(&school.ledger, school.address.clone(), lost.person, true).await.unwrap();
    Newcomer::new(&world).enrol(&strip, &key(), PASSWORD).await.unwrap();
    ends(listening).await;
    world.end(&[]).await;
}

#[tokio::test]
async fn a_stream_ends_with_its_session() {
    let world = World::new().await;
    let raw = world.raw("李建国").await;
    let ends_ms = world.now().as_millisecond() + 60_000;
    let set = world
        .ledger()
        .write(move |tx| tx.session().execute("UPDATE session SET expires = $1", &[Arg::Int(ends_ms)]));
    set.await.unwrap();
    let listening = stream(&world, &raw).await;
    world.advance(SignedDuration::from_secs(61)).await;
    ends(listening).await;
    world.end(&[]).await;
}
