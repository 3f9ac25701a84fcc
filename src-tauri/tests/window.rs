//! Real windows: the shell as it is shipped, under WebKitWebDriver. S10: the window cannot be turned against anyone.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod activities;
mod drive;
mod exchange;
mod hostile;
mod notify;
mod story;
mod walk;

use std::{net::TcpListener, process::Command, time::Duration};

use drive::{APP, Window, eventually};
use serde_json::{Value, json};

/// Asks the door from the page, as the page itself would.
pub(crate) const ASK: &str = "
    const [request, done] = arguments;
    window.__TAURI_INTERNALS__.invoke('call', { request }).then(
        (reply) => done({ reply }), (fault) => done({ fault }));";

/// An invite as a school prints it.
fn invite(address: &str) -> String {
    format!("xinmei://join?at={address}&pin={}&code=7K2M-QXRT-9ABC", "A".repeat(43))
}

#[tokio::test]
async fn a_fresh_profile_opens_and_the_door_answers() {
    let window = Window::open(&[]).await;
    assert_eq!(window.page.title().await.unwrap(), "新美家校");
    let reply = window.wait(ASK, json!({ "ask": "profile.status", "with": {} })).await;
    assert_eq!(reply, json!({ "reply": { "is": "new" } }));
    let rows = window.run("return document.querySelectorAll('#app *').length", Value::Null).await;
    assert!(rows.as_u64().unwrap() > 0, "nothing was drawn");
    window.close().await;
}

#[tokio::test]
async fn what_the_door_does_not_know_is_a_fault() {
    let window = Window::open(&[]).await;
    for request in [json!({ "ask": "shell.run", "with": {} }), json!({ "ask": "profile.status" }), json!(7)] {
        let reply = window.wait(ASK, request).await;
        assert_eq!(reply, json!({ "fault": { "fault": "invalid", "what": "request" } }));
    }
    window.close().await;
}

#[tokio::test]
async fn an_invite_reaches_the_page() {
    let window = Window::open(&[&invite("school.example:8443")]).await;
    window.reads("学校地址是 school.example:8443").await;
    let left = window.run("return location.search", Value::Null).await;
    assert_eq!(left, "", "once read, a code stands nowhere");
    window.close().await;
}

#[tokio::test]
async fn nothing_but_the_door_can_be_invoked() {
    let window = Window::open(&[]).await;
    let invoke = "
        const [[command, args], done] = arguments;
        window.__TAURI_INTERNALS__.invoke(command, args).then(() => done('answered'), () => done('refused'));";
    for (command, args) in [
        ("plugin:fs|read_text_file", json!({ "path": "/etc/hostname" })),
        ("plugin:shell|execute", json!({ "program": "sh" })),
        ("plugin:http|fetch", json!({ "url": "http://127.0.0.1" })),
        ("plugin:sql|load", json!({ "db": "sqlite:x" })),
        ("plugin:event|emit", json!({ "event": "changed", "payload": [] })),
        ("plugin:window|create", json!({ "options": { "label": "other" } })),
        ("plugin:window|set_title", json!({ "label": "main", "value": "x" })),
        ("plugin:webview|create_webview_window", json!({ "options": { "label": "other" } })),
        ("plugin:path|resolve_directory", json!({ "directory": 1 })),
        ("plugin:app|version", json!({})),
        ("plugin:resources|close", json!({ "rid": 0 })),
    ] {
        assert_eq!(window.wait(invoke, json!([command, args])).await, "refused", "{command}");
    }
    window.close().await;
}

#[tokio::test]
async fn no_packet_leaves_the_page_and_nothing_foreign_runs_in_it() {
    let window = Window::open(&[]).await;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let outside = format!("127.0.0.1:{}", listener.local_addr().unwrap().port());
    let probes = r"
        const [outside, done] = arguments;
        const to = (probe) => `http://${outside}/${probe}`;
        const made = (tag, set) => { const at = document.createElement(tag); set(at); document.body.append(at); };
        window.__ran = [];
        made('script', (at) => (at.textContent = 'window.__ran.push(1)'));
        made('script', (at) => (at.src = to('script')));
        made('script', (at) => (at.src = 'data:text/javascript,window.__ran.push(2)'));
        made('div', (at) => (at.innerHTML = '<img src=x onerror=window.__ran.push(3)>'));
        made('img', (at) => (at.src = to('img')));
        made('iframe', (at) => (at.src = to('iframe')));
        made('iframe', (at) => (at.srcdoc = '<script>parent.__ran.push(4)</script>'));
        made('link', (at) => { at.rel = 'stylesheet'; at.href = to('link'); });
        for (const rel of ['preconnect', 'prefetch', 'preload', 'modulepreload', 'icon', 'manifest'])
            made('link', (at) => { at.rel = rel; at.href = to(rel); at.as = 'script'; });
        made('video', (at) => (at.src = to('video')));
        made('object', (at) => (at.data = to('object')));
        made('form', (at) => { at.action = to('form'); at.method = 'post'; at.submit(); });
        made('a', (at) => { at.href = to('a'); at.download = 'x'; at.click(); });
        const refused = [];
        const tried = (name, f) => { try { f(); } catch { refused.push(name); } };
        tried('socket', () => new WebSocket(`ws://${outside}/socket`));
        tried('stream', () => new EventSource(to('stream')));
        tried('worker', () => new Worker('data:text/javascript,0'));
        tried('beacon', () => navigator.sendBeacon(to('beacon'), 'x'));
        tried('open', () => { if (window.open(to('open'))) window.__ran.push(5); });
        fetch(to('fetch'), { mode: 'no-cors' }).then(() => window.__ran.push(6), () => refused.push('fetch'))
            .finally(() => setTimeout(() => done({ ran: window.__ran, refused }), 800));";
    let seen = window.wait(probes, json!(outside)).await;
    assert_eq!(seen["ran"], json!([]));
    assert!(seen["refused"].as_array().unwrap().contains(&json!("fetch")));
    let call = listener.accept().map(|(mut caller, _)| {
        caller.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
        let mut asked = [0; 200];
        let length = std::io::Read::read(&mut caller, &mut asked).unwrap_or_default();
        String::from_utf8_lossy(&asked[..length]).into_owned()
    });
    assert!(call.is_err(), "the page reached the network: {call:?}");
    window.close().await;
}

#[tokio::test]
async fn the_window_stays_where_it_is() {
    let window = Window::open(&[]).await;
    let here = window.page.current_url().await.unwrap();
    for elsewhere in
        ["https://example.com/", "file:///etc/hostname", "data:text/html,x", "tauri://example.com/"]
    {
        window.run("try { location.href = arguments[0] } catch {}", json!(elsewhere)).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(window.page.current_url().await.unwrap(), here, "{elsewhere}");
    }
    assert_eq!(window.page.windows().await.unwrap().len(), 1);
    window.close().await;
}

#[tokio::test]
async fn a_second_start_hands_its_invite_over_and_ends() {
    let window = Window::open(&[]).await;
    let link = invite("other.example:8443");
    let data = window.data.path().to_owned();
    let second = tokio::task::spawn_blocking(move || {
        Command::new(APP).args(["--no-keyring", "--data-dir"]).arg(data).arg(link).status().unwrap()
    });
    assert!(second.await.unwrap().success());
    window.reads("学校地址是 other.example:8443").await;
    window.close().await;
}

#[tokio::test]
async fn a_signal_closes_it_in_good_order() {
    let mut app = drive::plain_start();
    tokio::time::sleep(Duration::from_millis(1500)).await;
    let id = app.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    eventually(async || app.child.try_wait().unwrap().is_some()).await;
    assert!(app.child.wait().unwrap().success());
}
