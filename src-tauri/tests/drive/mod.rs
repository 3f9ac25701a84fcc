//! Starts the shell under WebKitWebDriver, on a display of its own where there is none, and ends what it started.

use std::{
    env,
    io::{BufRead, BufReader},
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder, wd::Capabilities};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

/// The shell as built for this test.
pub(crate) const APP: &str = env!("CARGO_BIN_EXE_xinmei-desktop");

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
    _driver: Running,
    _display: Option<Running>,
}

impl Window {
    /// Opens it with more arguments.
    pub(crate) async fn open(more: &[&str]) -> Self {
        let data = tempfile::tempdir().unwrap();
        let (display, name) = display();
        let port = free_port();
        let driver = Command::new("WebKitWebDriver")
            .args(["--host=127.0.0.1", &format!("--port={port}")])
            .env("DISPLAY", name)
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
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
        let window =
            Self { page: page.expect("no window came up"), data, _driver: driver, _display: display };
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
