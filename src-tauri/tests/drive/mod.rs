//! Starts the shell under WebKitWebDriver, on a display of its own where there is none, and ends what it started.

use std::{
    env,
    io::{BufRead, BufReader},
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder, Locator, elements::Element, wd::Capabilities};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

/// The shell as built for this test.
pub(crate) const APP: &str = env!("CARGO_BIN_EXE_xinmei-desktop");

/// The words of an element: a blank where a line must not break is a blank.
const PLAIN: &str = "normalize-space(translate(., '\u{a0}', ' '))";

/// A process that ends with its owner.
pub(crate) struct Running {
    pub(crate) child: Child,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One window on a fresh profile.
pub(crate) struct Window {
    /// The page in it.
    pub(crate) page: Client,
    /// Where its profiles are.
    pub(crate) data: TempDir,
    /// The display it is on.
    on: String,
    _driver: Running,
    _display: Option<Running>,
}

impl Window {
    /// Opens it with more arguments.
    pub(crate) async fn open(more: &[&str]) -> Self {
        Self::open_in(tempfile::tempdir().unwrap(), more).await
    }

    /// Opens it on the profiles of a folder.
    pub(crate) async fn open_in(data: TempDir, more: &[&str]) -> Self {
        Self::open_with(data, more, &[]).await
    }

    /// As [`Window::open_in`], with more in its environment.
    pub(crate) async fn open_with(data: TempDir, more: &[&str], environment: &[(&str, &str)]) -> Self {
        let (display, name) = display();
        let port = free_port();
        let driver = Command::new("WebKitWebDriver")
            .args(["--host=127.0.0.1", &format!("--port={port}")])
            .env("DISPLAY", &name)
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .envs(environment.iter().copied())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver is missing: install webkit2gtk-driver");
        let driver = Running { child: driver };
        let mut args = vec!["--no-keyring".to_owned(), "--data-dir".to_owned()];
        args.push(data.path().display().to_string());
        args.extend(more.iter().map(|&arg| arg.to_owned()));
        let mut wanted = Capabilities::new();
        wanted.insert("webkitgtk:browserOptions".to_owned(), json!({ "binary": APP, "args": args }));
        let url = format!("http://127.0.0.1:{port}");
        let mut page = None;
        for _ in 0..100 {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            if let Ok(client) = builder.capabilities(wanted.clone()).connect(&url).await {
                page = Some(client);
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let page = page.expect("no window came up");
        let window = Self { page, data, on: name, _driver: driver, _display: display };
        eventually(async || {
            let drawn =
                "return document.readyState === 'complete' && document.querySelector('#app > *') !== null";
            window.page.execute(drawn, Vec::new()).await.is_ok_and(|drawn| drawn == true)
        })
        .await;
        window
    }

    /// Runs a script in the page.
    pub(crate) async fn run(&self, script: &str, with: Value) -> Value {
        self.page.execute(script, vec![with]).await.unwrap()
    }

    /// Runs a script that calls its last argument when it is done.
    pub(crate) async fn wait(&self, script: &str, with: Value) -> Value {
        self.page.execute_async(script, vec![with]).await.unwrap()
    }

    /// Types into the field with this label.
    pub(crate) async fn fill(&self, label: &str, text: &str) {
        eprintln!("fill {label}");
        self.field(label).await.send_keys(text).await.unwrap();
    }

    /// Types into the field with this label what stands there instead.
    pub(crate) async fn refill(&self, label: &str, text: &str) {
        let field = self.field(label).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    async fn field(&self, label: &str) -> Element {
        let labelled = format!("//*[@id = //label[starts-with({PLAIN}, '{label}')]/@for]");
        self.find(&format!("{labelled} | //input[starts-with(@aria-label, '{label}')]")).await
    }

    /// What stands in the field with this label.
    pub(crate) async fn typed(&self, label: &str) -> String {
        self.field(label).await.prop("value").await.unwrap().unwrap_or_default()
    }

    /// Takes one of the choices that a field shows.
    pub(crate) async fn choose(&self, words: &str) {
        self.hit(&format!("//*[@role = 'option'][contains({PLAIN}, '{words}')]")).await;
    }

    /// Sets a time one year back, by its keys.
    pub(crate) async fn earlier_year(&self, label: &str) {
        let part = "//*[@role = 'spinbutton'][@data-segment = 'year']";
        let field = format!("//*[contains(@class, 'date-label')][contains(., '{label}')]/..{part}");
        self.find(&field).await.send_keys("\u{E015}").await.unwrap();
    }

    /// Presses the first button or link with these words, as soon as it can be pressed.
    pub(crate) async fn press(&self, words: &str) {
        eprintln!("press {words}");
        let of = format!("[not(@disabled)][contains({PLAIN}, '{words}')]");
        self.hit(&format!("(//button | //a | //*[@role = 'menuitem']){of}")).await;
    }

    /// Presses a button of the dialog that is open.
    pub(crate) async fn confirm(&self, words: &str) {
        eprintln!("confirm {words}");
        let of = format!("[not(@disabled)][contains({PLAIN}, '{words}')]");
        self.hit(&format!("//dialog[@open]//button{of}")).await;
    }

    /// Presses the button that is told from its like by whom or what it is for: "同意：李雨桐".
    pub(crate) async fn press_of(&self, name: &str) {
        eprintln!("press {name}");
        self.hit(&format!("//button[not(@disabled)][starts-with(@aria-label, '{name}')]")).await;
    }

    /// Ticks one of the choices that stand under these words.
    pub(crate) async fn pick(&self, under: &str, words: &str) {
        eprintln!("pick {under} {words}");
        let group = format!("//fieldset[legend[starts-with({PLAIN}, '{under}')]]");
        let begins = format!("[contains(concat(' ', {PLAIN}), ' {words}')]");
        self.hit(&format!("{group}//label{begins}")).await;
    }

    /// Clicks on these words.
    pub(crate) async fn click(&self, words: &str) {
        eprintln!("click {words}");
        self.hit(&format!("//main//*[contains(text(), '{words}')]")).await;
    }

    /// Waits until these words are in the window.
    pub(crate) async fn reads(&self, words: &str) {
        eprintln!("read {words}");
        for _ in 0..200 {
            if self.text().await.contains(words) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{words} is not in the window, but: {}", self.text().await);
    }

    /// Waits until these words are nowhere in the window.
    pub(crate) async fn forgets(&self, words: &str) {
        eprintln!("forget {words}");
        for _ in 0..200 {
            if !self.text().await.contains(words) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{words} is still in the window: {}", self.text().await);
    }

    /// All that is written in the window.
    pub(crate) async fn text(&self) -> String {
        let text = self.run("return document.body.innerText", Value::Null).await;
        text.as_str().unwrap_or_default().replace('\u{a0}', " ")
    }

    /// Clicks on it, once nothing lies over it or takes its place.
    async fn hit(&self, path: &str) {
        let mut last = None;
        for _ in 0..200 {
            let Err(error) = self.find(path).await.click().await else { return };
            last = Some(error);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{path}: {last:?}; the window reads: {}", self.text().await);
    }

    async fn find(&self, path: &str) -> Element {
        let found = self.page.wait().at_most(Duration::from_secs(20)).for_element(Locator::XPath(path)).await;
        match found {
            Ok(element) => element,
            Err(error) => panic!("{path}: {error}; the window reads: {}", self.text().await),
        }
    }

    /// Kills the app as a dying computer would, and gives the folder it leaves.
    pub(crate) fn die(self) -> TempDir {
        let folder = self.data.path().as_os_str().as_encoded_bytes();
        let is_ours = |id: &str| {
            let line = std::fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
            line.starts_with(APP.as_bytes()) && line.windows(folder.len()).any(|part| part == folder)
        };
        let ids = std::fs::read_dir("/proc").unwrap().map(|entry| entry.unwrap().file_name());
        let ours: Vec<String> = ids.filter_map(|id| id.into_string().ok()).filter(|id| is_ours(id)).collect();
        assert_eq!(ours.len(), 1, "the app is one process");
        assert!(Command::new("kill").args(["-KILL", &ours[0]]).status().unwrap().success());
        self.data
    }

    /// Puts another window in front of it, for as long as what comes back lives.
    pub(crate) async fn behind_another(&self) -> Plain {
        let data = tempfile::tempdir().unwrap();
        let start = || {
            let mut start = Command::new(APP);
            start.args(["--no-keyring", "--safe-rendering", "--data-dir"]).arg(data.path());
            start.env("DISPLAY", &self.on);
            start
        };
        let running = Running { child: start().spawn().unwrap() };
        // A second start brings the first to the front, which on a display without a window manager takes the keyboard.
        eventually(async || data.path().join("default/window").exists()).await;
        assert!(start().status().unwrap().success());
        Plain { running, _data: data, _display: None }
    }

    /// Ends the session, and with it the window.
    pub(crate) async fn close(self) {
        self.page.clone().close().await.unwrap();
    }
}

/// The shell without a driver.
pub(crate) fn plain_start() -> Plain {
    let data = tempfile::tempdir().unwrap();
    let (display, name) = display();
    let child = Command::new(APP)
        .args(["--no-keyring", "--safe-rendering", "--data-dir"])
        .arg(data.path())
        .env("DISPLAY", name)
        .spawn()
        .unwrap();
    Plain { running: Running { child }, _data: data, _display: display }
}

/// A shell without a driver, and what it needs.
pub(crate) struct Plain {
    running: Running,
    _data: TempDir,
    _display: Option<Running>,
}

impl std::ops::Deref for Plain {
    type Target = Running;
    fn deref(&self) -> &Running {
        &self.running
    }
}

impl std::ops::DerefMut for Plain {
    fn deref_mut(&mut self) -> &mut Running {
        &mut self.running
    }
}

/// Waits until something holds; a window that has not got there in twenty seconds never will.
pub(crate) async fn eventually(mut holds: impl AsyncFnMut() -> bool) {
    for _ in 0..200 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("it never came to be");
}

/// The display that is there, or one of our own.
fn display() -> (Option<Running>, String) {
    if let Ok(name) = env::var("DISPLAY") {
        return (None, name);
    }
    let mut child = Command::new("Xvfb")
        .args(["-displayfd", "1", "-noreset", "-screen", "0", "1360x850x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("Xvfb is missing: install xvfb");
    let mut number = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut number).unwrap();
    (Some(Running { child }), format!(":{}", number.trim()))
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
