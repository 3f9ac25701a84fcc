//! The window: how it looks before anything is drawn, and what it may not do.

use std::path::{Path, PathBuf};

use tauri::{
    AppHandle, Manager, Theme, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    webview::NewWindowResponse, window::Color,
};

pub(crate) const LABEL: &str = "main";

/// `--paper` of the tokens: without it the window flashes white.
const PAPER: Color = Color(0xFB, 0xFA, 0xF7, 0xFF);
const PAPER_DARK: Color = Color(0x16, 0x1A, 0x18, 0xFF);

/// The page's only way out, and nobody listens there. The policy refuses what the page loads, but WebKit opens a
/// connection ahead of a navigation that will be refused, and that tells a name to whoever watches the network.
const NOWHERE: &str = "http://127.0.0.1:9";

/// Opens the window of the profile kept at `profile`.
/// `counts` is told how much is new, each time the title says so.
pub(crate) fn open(
    app: &AppHandle,
    profile: &Path,
    link: Option<&str>,
    counts: fn(&AppHandle, u32),
) -> tauri::Result<WebviewWindow> {
    let builder = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App(page(link)));
    let builder = match NOWHERE.parse() {
        Ok(nowhere) if !tauri::is_dev() => builder.proxy_url(nowhere),
        _ => builder,
    };
    let window = builder
        .title("新美家校")
        .inner_size(1360.0, 850.0)
        .min_inner_size(360.0, 640.0)
        .center()
        .visible(false)
        .background_color(PAPER)
        .data_directory(profile.join("webview"))
        // Files are dropped on the page, as in a browser; the shell never opens them.
        .disable_drag_drop_handler()
        .devtools(cfg!(debug_assertions))
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        // The page counts what is new: 「(3) 新美家校」.
        .on_document_title_changed(move |window, title| {
            if let Err(error) = window.set_title(&title) {
                tracing::debug!(%error, "the window keeps its title");
            }
            counts(window.app_handle(), counted(&title));
        })
        .build()?;
    if matches!(window.theme(), Ok(Theme::Dark)) {
        window.set_background_color(Some(PAPER_DARK))?;
    }
    window.show()?;
    Ok(window)
}

/// How much is new, by the title: none where it begins with no number.
fn counted(title: &str) -> u32 {
    let number = title.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    number.and_then(|(number, _)| number.parse().ok()).unwrap_or_default()
}

/// Whether somebody sits before the window: it has the keyboard.
pub(crate) fn in_front(app: &AppHandle) -> bool {
    let Some(window) = app.get_webview_window(LABEL) else { return false };
    let is = |answer: tauri::Result<bool>| answer.unwrap_or(false);
    is(window.is_focused()) && is(window.is_visible()) && !is(window.is_minimized())
}

/// Brings the window to the front.
pub(crate) fn focus(app: &AppHandle) -> tauri::Result<()> {
    let Some(window) = app.get_webview_window(LABEL) else { return Ok(()) };
    window.unminimize()?;
    window.show()?;
    window.set_focus()
}

/// Shows an invite to the open window.
pub(crate) fn follow(app: &AppHandle, link: &str) -> tauri::Result<()> {
    let Some(window) = app.get_webview_window(LABEL) else { return Ok(()) };
    let mut url = window.url()?;
    url.query_pairs_mut().clear().append_pair("link", link);
    window.navigate(url)
}

/// The page reads the invite from its own address: `index.html?link=…`.
fn page(link: Option<&str>) -> PathBuf {
    let Some(link) = link else { return "index.html".into() };
    let mut url = Url::parse("tauri://localhost/index.html");
    let query = url.as_mut().map(|url| url.query_pairs_mut().append_pair("link", link).finish().query());
    format!("index.html?{}", query.ok().flatten().unwrap_or_default()).into()
}

/// The window never leaves its own pages.
fn is_ours(url: &Url) -> bool {
    let ours = if cfg!(windows) { ("http", "tauri.localhost") } else { ("tauri", "localhost") };
    let is = |scheme: &str, host: &str| url.scheme() == scheme && url.host_str() == Some(host);
    is(ours.0, ours.1) || (tauri::is_dev() && is("http", "localhost") && url.port() == Some(1420))
}

#[cfg(test)]
mod tests {
    use super::{Url, counted, is_ours, page};

    #[test]
    fn the_title_says_how_much_is_new() {
        assert_eq!(counted("(3) 新美家校"), 3);
        for none in ["新美家校", "()", "(-1) 新美家校", "(很多) 新美家校", "新美家校 (3)", "(99999999999) x"]
        {
            assert_eq!(counted(none), 0, "{none}");
        }
    }

    #[test]
    fn an_invite_reaches_the_page_as_it_was() {
        let link = "xinmei://join?s=school.example:8443&c=A b+c%20";
        let page = format!("tauri://localhost/{}", page(Some(link)).display());
        let url: Url = page.parse().unwrap();
        assert_eq!(url.path(), "/index.html");
        assert_eq!(url.query_pairs().next().unwrap(), ("link".into(), link.into()));
    }

    #[test]
    #[cfg(not(windows))]
    fn every_other_page_is_refused() {
        let ours = |url: &str| is_ours(&url.parse().unwrap());
        assert!(ours("tauri://localhost/index.html?link=x"));
        for other in [
            "https://example.com/",
            "http://localhost/",
            "http://tauri.localhost/",
            "tauri://example.com/",
            "file:///etc/hostname",
            "data:text/html,x",
            "about:blank",
            "javascript:1",
        ] {
            assert!(!ours(other), "{other}");
        }
    }
}
