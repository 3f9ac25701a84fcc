//! The desktop's notification service, over D-Bus.
//!
//! Desktop Notifications Specification 1.3, <https://specifications.freedesktop.org/notification-spec/1.3/>.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    time::Duration,
};

use futures_util::StreamExt;
use tauri::AppHandle;
use tokio::{sync::OnceCell, time::timeout};
use xinmei_client::api::notification::{Note, Opening, Shown};
use zbus::zvariant::Value;

/// A service that says nothing is as good as none.
const PATIENCE: Duration = Duration::from_secs(5);
/// Notifications whose click is still understood: more than a person leaves lying about.
const CARDS: usize = 200;
/// Names this program to the service; so is its desktop file called.
const NAME: &str = "xinmei-desktop";
/// Where docks listen for the number on an icon.
const LAUNCHER: &str = "com.canonical.Unity.LauncherEntry";
const LAUNCHER_PATH: &str = "/com/canonical/unity/launcherentry/xinmei";
/// The key of a click on the notification itself.
const DEFAULT: &str = "default";

#[zbus::proxy(
    interface = "org.freedesktop.Notifications",
    default_service = "org.freedesktop.Notifications",
    default_path = "/org/freedesktop/Notifications",
    gen_blocking = false
)]
trait Notifications {
    #[allow(clippy::too_many_arguments, reason = "the specification's")]
    fn notify(
        &self,
        app_name: &str,
        replaces: u32,
        icon: &str,
        summary: &str,
        body: &str,
        actions: &[&str],
        hints: HashMap<&str, Value<'_>>,
        expires_ms: i32,
    ) -> zbus::Result<u32>;
    fn close_notification(&self, id: u32) -> zbus::Result<()>;
    fn get_capabilities(&self) -> zbus::Result<Vec<String>>;
    fn get_server_information(&self) -> zbus::Result<(String, String, String, String)>;
    #[zbus(signal)]
    fn action_invoked(&self, id: u32, action: String) -> zbus::Result<()>;
}

/// How much is new, on the program's icon: the launcher entry of Unity, which the docks of other desktops read too. They
/// forget it when the connection ends that said it.
pub(super) async fn badge(_: &AppHandle, count: u32) {
    static LINE: OnceCell<zbus::Connection> = OnceCell::const_new();
    let said = async {
        let line = LINE.get_or_try_init(zbus::Connection::session).await?;
        let properties = HashMap::from([
            ("count", Value::from(i64::from(count))),
            ("count-visible", Value::from(count > 0)),
        ]);
        let body = (format!("application://{NAME}.desktop"), properties);
        line.emit_signal(None::<&str>, LAUNCHER_PATH, LAUNCHER, "Update", &body).await
    };
    if let Ok(Err(error)) = timeout(PATIENCE, said).await {
        tracing::debug!(%error, "the icon shows no number");
    }
}

/// The service, and what lies on it.
pub(super) struct Screen {
    line: Option<Line>,
    cards: BTreeMap<u32, Card>,
}

struct Line {
    proxy: NotificationsProxy<'static>,
    clicks: ActionInvokedStream,
    name: String,
    /// Whether the service reads tags in the body.
    markup: bool,
}

/// A notification that is shown.
struct Card {
    keys: Vec<String>,
    opens: Opening,
}

impl Screen {
    /// Looks for the service.
    pub(super) async fn open() -> Self {
        Self { line: Line::open().await, cards: BTreeMap::new() }
    }

    pub(super) fn shown(&self) -> Shown {
        match &self.line {
            Some(line) => Shown::Service { name: line.name.clone() },
            None => Shown::Nowhere,
        }
    }

    /// Shows a notification. One that the service did not take is not tried again: it may have shown it.
    pub(super) async fn show(&mut self, note: &Note, title: &str, line: &str, action: &str) {
        if self.line.is_none() {
            self.line = Line::open().await;
        }
        let Some(service) = &self.line else { return };
        match service.notify(note, title, line, action).await {
            Ok(id) => {
                let card = Card { keys: note.keys.clone(), opens: note.opens.clone() };
                self.cards.insert(id, card);
                while self.cards.len() > CARDS {
                    self.cards.pop_first();
                }
            }
            Err(error) => {
                tracing::warn!(%error, "a notification was not shown");
                self.line = None;
            }
        }
    }

    /// Takes away what no longer holds: recalled, read or answered elsewhere, about a child one may not know of any more.
    pub(super) async fn keep(&mut self, standing: &BTreeSet<String>) {
        let gone = |card: &Card| !card.keys.iter().any(|key| standing.contains(key));
        let gone: Vec<u32> = self.cards.iter().filter(|(_, card)| gone(card)).map(|(id, _)| *id).collect();
        for id in gone {
            self.cards.remove(&id);
            if let Some(line) = &self.line {
                // Whoever closed it by hand was faster.
                let _ = line.proxy.close_notification(id).await;
            }
        }
    }

    /// Waits for a click.
    pub(super) async fn clicked(&mut self) -> Opening {
        loop {
            let Some(line) = &mut self.line else { return std::future::pending().await };
            let Some(click) = line.clicks.next().await else {
                // The bus went away; the next notification looks for it again.
                self.line = None;
                continue;
            };
            let Ok(args) = click.args() else { continue };
            // Services number for all programs together: other ids are of others.
            if args.action == DEFAULT
                && let Some(card) = self.cards.get(&args.id)
            {
                return card.opens.clone();
            }
        }
    }
}

impl Line {
    /// The service, if there is one.
    async fn open() -> Option<Self> {
        match timeout(PATIENCE, Self::find()).await {
            Ok(Ok(line)) => Some(line),
            Ok(Err(error)) => {
                tracing::info!(%error, "this computer shows no notifications");
                None
            }
            Err(_) => {
                tracing::warn!("the notification service does not answer");
                None
            }
        }
    }

    async fn find() -> zbus::Result<Self> {
        let bus = zbus::connection::Builder::session()?.method_timeout(PATIENCE).build().await?;
        let proxy = NotificationsProxy::new(&bus).await?;
        // Before the first notification, so that no click is missed.
        let clicks = proxy.receive_action_invoked().await?;
        let (name, ..) = proxy.get_server_information().await?;
        let markup = proxy.get_capabilities().await?.iter().any(|can| can == "body-markup");
        Ok(Self { proxy, clicks, name, markup })
    }

    async fn notify(&self, note: &Note, title: &str, line: &str, action: &str) -> zbus::Result<u32> {
        let body = if self.markup { escaped(line) } else { line.to_owned() };
        let urgency: u8 = if note.urgent { 2 } else { 1 };
        let hints = HashMap::from([("urgency", Value::from(urgency)), ("desktop-entry", Value::from(NAME))]);
        self.proxy.notify(NAME, 0, NAME, title, &body, &[DEFAULT, action], hints, -1).await
    }
}

/// A line that means what it says, where tags are read: a title is not a link.
fn escaped(line: &str) -> String {
    line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
