//! Notifications of the real window, on a bus of its own with a notification service that writes down what it is asked:
//! each thing once, never what was said, a click opens it, and nothing again after a crash.

use std::{
    collections::HashMap,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    sync::{Arc, Mutex},
    time::Duration,
};

use serde_json::json;
use xinmei_tests::program::Terminal;
use zbus::{object_server::SignalEmitter, zvariant::OwnedValue};

use crate::{
    drive::{Running, Window, eventually},
    story::{PASSWORD, School, enrols},
};

const PATH: &str = "/org/freedesktop/Notifications";
const NAME: &str = "org.freedesktop.Notifications";

/// A session bus that ends with its owner.
struct Bus {
    _daemon: Running,
    address: String,
}

impl Bus {
    fn start() -> Self {
        let mut daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address=1"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("dbus-daemon is missing: install dbus");
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Self { _daemon: Running { child: daemon }, address: address.trim().to_owned() }
    }
}

/// What the service was asked to show.
#[derive(Clone, Debug)]
struct Card {
    id: u32,
    title: String,
    body: String,
    actions: Vec<String>,
}

#[derive(Clone, Default)]
struct Service {
    cards: Arc<Mutex<Vec<Card>>>,
    closed: Arc<Mutex<Vec<u32>>>,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Service {
    #[allow(clippy::too_many_arguments, reason = "the specification's")]
    fn notify(
        &self,
        _app: String,
        _replaces: u32,
        _icon: String,
        title: String,
        body: String,
        actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _expires_ms: i32,
    ) -> u32 {
        let mut cards = self.cards.lock().unwrap();
        let id = u32::try_from(cards.len()).unwrap() + 7;
        cards.push(Card { id, title, body, actions });
        id
    }

    fn close_notification(&self, id: u32) {
        self.closed.lock().unwrap().push(id);
    }

    fn get_capabilities(&self) -> Vec<String> {
        ["body", "body-markup", "actions"].map(str::to_owned).to_vec()
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        ("paper".into(), "xinmei".into(), "1".into(), "1.3".into())
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action: &str) -> zbus::Result<()>;
}

/// The service on its bus.
struct Desktop {
    service: Service,
    line: zbus::Connection,
}

impl Desktop {
    async fn on(bus: &Bus) -> Self {
        let service = Service::default();
        let line = zbus::connection::Builder::address(bus.address.as_str()).unwrap();
        let line = line.name(NAME).unwrap().serve_at(PATH, service.clone()).unwrap().build().await.unwrap();
        Self { service, line }
    }

    fn cards(&self) -> Vec<Card> {
        self.service.cards.lock().unwrap().clone()
    }

    /// Somebody clicks on it.
    async fn click(&self, id: u32) {
        let emitter = SignalEmitter::new(&self.line, PATH).unwrap();
        Service::action_invoked(&emitter, id, "default").await.unwrap();
    }
}

async fn says(teacher: &Terminal, title: &str, text: &str) {
    teacher.does(&["conversation", "begin", "--child", "李雨桐", "--title", title, text]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_thing_is_shown_once_and_a_click_opens_it() {
    let bus = Bus::start();
    let desktop = Desktop::on(&bus).await;
    let school = School::demo().await;
    let teacher = school.terminal(&["--as", "teacher"]).await;
    let on_bus = [("DBUS_SESSION_BUS_ADDRESS", bus.address.as_str())];
    let data = tempfile::tempdir().unwrap();
    let window = Window::open_with(data, &[&school.invite(&["--as", "parent"]).await], &on_bus).await;
    enrols(&window, "李雨桐").await;
    // The demo school has a past; none of it is news.
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(desktop.cards().len(), 0, "{:?}", desktop.cards());

    let before_it = window.behind_another().await;
    says(&teacher, "数学<b>书</b> & 本子", "这一句不给锁屏看").await;
    eventually(async || !desktop.cards().is_empty()).await;
    let card = desktop.cards().remove(0);
    assert!(card.title.contains("新消息"), "{card:?}");
    assert!(
        card.body.contains("数学&lt;b&gt;书&lt;/b&gt; &amp; 本子") && card.body.contains("李雨桐"),
        "{card:?}"
    );
    assert!(!format!("{card:?}").contains("不给锁屏看"), "{card:?}");
    assert_eq!(card.actions, ["default", "打开"]);

    desktop.click(999).await;
    desktop.click(card.id).await;
    window.reads("这一句不给锁屏看").await;
    // What was read on the screen leaves it.
    eventually(async || desktop.service.closed.lock().unwrap().contains(&card.id)).await;
    eventually(async || window.page.title().await.is_ok_and(|title| title.starts_with('('))).await;

    let left = window.die();
    says(&teacher, "明天", "带伞").await;
    let window = Window::open_with(left, &[], &on_bus).await;
    window.fill("密码", PASSWORD).await;
    let behind = window.behind_another().await;
    window.press("打开").await;
    eventually(async || desktop.cards().len() > 1).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let cards = desktop.cards();
    assert_eq!(cards.len(), 2, "what came while it was off, and nothing again: {cards:?}");
    assert!(cards[1].body.contains("明天"), "{cards:?}");
    drop((before_it, behind));
    window.close().await;
}

#[tokio::test]
async fn without_a_service_the_window_works_and_says_so() {
    let bus = Bus::start();
    let on_bus = [("DBUS_SESSION_BUS_ADDRESS", bus.address.as_str())];
    let school = School::demo().await;
    let data = tempfile::tempdir().unwrap();
    let window = Window::open_with(data, &[&school.invite(&["--as", "parent"]).await], &on_bus).await;
    enrols(&window, "李雨桐").await;
    let chosen = window.wait(crate::ASK, json!({ "ask": "notification.settings", "with": {} })).await;
    assert_eq!(chosen["reply"]["shown"]["is"], "nowhere", "{chosen}");
    window.close().await;
}
