//! S6 in the real window: whatever people write, and whatever they call their files, is text. A teacher who means harm sends it
//! all through a real school; a teacher and a family look at every screen it comes to.

use std::{collections::BTreeSet, fs, time::Duration};

use serde_json::{Value, json};

use crate::{
    ASK,
    drive::{Window, eventually},
    story::{School, joins},
};

/// What the tests of the page go by, too.
const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/tests/look/corpus.json");
/// Of a title, and of the text of one notice, with room to spare.
const TITLE: usize = 80;
const TEXT: usize = 3_500;
/// Files of one notice.
const FILES: usize = 10;
/// Every so many-th is a title alone, too: one notice takes a second to look at.
const TITLES_APART: usize = 40;

struct Corpus {
    texts: Vec<String>,
    file_names: Vec<String>,
}

fn corpus() -> Corpus {
    let all: Value = serde_json::from_str(&fs::read_to_string(CORPUS).unwrap()).unwrap();
    let list = |list: &Value| -> Vec<String> { serde_json::from_value(list.clone()).unwrap() };
    let said = all.as_object().unwrap().iter().filter(|(name, _)| *name != "file_names");
    Corpus { texts: said.flat_map(|(_, texts)| list(texts)).collect(), file_names: list(&all["file_names"]) }
}

/// Asks the core as the page would.
async fn ask(window: &Window, name: &str, with: Value) -> Value {
    window.wait(ASK, json!({ "ask": name, "with": with })).await
}

/// As many as fit into a text, so that each stands in one.
fn bodies(texts: &[String]) -> Vec<String> {
    let mut bodies = vec![String::new()];
    for text in texts {
        let last = bodies.last_mut().unwrap();
        if last.chars().count() + text.chars().count() >= TEXT {
            bodies.push(text.clone());
        } else {
            last.push('\n');
            last.push_str(text);
        }
    }
    bodies
}

fn first(text: &str, chars: usize) -> String {
    text.chars().take(chars).collect()
}

/// Nothing that was written became anything but text, the window is where it was, and nothing sticks out of it.
async fn stands(window: &Window, place: &str) {
    let script = "
        const strange = 'script, iframe, object, embed, link, meta, base, form[action], math, template, [onerror], [onload], [onfocus], [srcdoc], a[href^=javascript], a[href^=data]';
        return {
            hacked: window.hacked ?? null,
            strange: [...document.querySelectorAll('#app *')].filter((one) => one.matches(strange)).map((one) => one.outerHTML.slice(0, 200)),
            wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
            path: location.pathname,
            drawn: document.querySelectorAll('#app *').length,
        };";
    let seen = window.run(script, Value::Null).await;
    assert_eq!(seen["hacked"], Value::Null, "{place}: something ran");
    assert_eq!(seen["strange"], json!([]), "{place}");
    assert_eq!(seen["wide"], 0, "{place}: something sticks out");
    assert!(matches!(seen["path"].as_str(), Some("/" | "/index.html")), "{place}: {seen}");
    assert!(seen["drawn"].as_u64().unwrap() > 40, "{place}: nothing is drawn");
    assert_eq!(window.page.windows().await.unwrap().len(), 1, "{place}: another window");
}

/// The notices in the list, the newest first.
async fn listed(window: &Window) -> Vec<String> {
    let list = ask(window, "notice.list", json!({})).await;
    let notices = list["reply"]["notices"].as_array().unwrap();
    notices.iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect()
}

/// The school has everything that was sent here, and refused nothing.
async fn all_taken(window: &Window) {
    let waits = async || ask(window, "outbox.list", json!({})).await["reply"]["items"].clone();
    let moves = |item: &Value| matches!(item["state"]["is"].as_str(), Some("saved" | "sent"));
    eventually(async || !waits().await.as_array().unwrap().iter().any(moves)).await;
    assert_eq!(waits().await, json!([]), "the school did not take it");
}

/// Opens these notices from the list, as a person does, and looks at each.
async fn looks_at(window: &Window, who: &str, notices: &BTreeSet<String>) -> String {
    eventually(async || notices.is_subset(&listed(window).await.into_iter().collect())).await;
    let mut read = String::new();
    for (at, _) in listed(window).await.iter().enumerate().filter(|(_, id)| notices.contains(*id)) {
        window.press("通知").await;
        stands(window, &format!("{who}: the list")).await;
        let open = "const row = document.querySelector(`[role=row][data-index='${arguments[0]}']`);
                    if (!row) document.querySelector('[data-scroller]').scrollBy(0, 400);
                    row?.click(); return row !== null";
        eventually(async || window.run(open, json!(at)).await == true).await;
        window.reads("返回").await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        stands(window, &format!("{who}: notice {at}")).await;
        read += &window.text().await;
    }
    read
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_write_and_what_they_call_their_files_is_text() {
    let school = School::demo().await;
    school.holds_nothing().await;
    let teacher = joins(&school, &["--as", "teacher"], "宋海波").await;
    // Whoever joins later is not told of the past.
    let family = joins(&school, &["--as", "parent"], "李雨桐").await;
    let before: BTreeSet<String> = listed(&teacher).await.into_iter().collect();
    let reach = ask(&teacher, "notice.reach", json!({})).await;
    let class = reach["reply"]["places"][0]["id"].clone();
    let audience = json!({ "include": [{ "kind": "place", "id": class }], "except": [] });
    let preview = ask(&teacher, "notice.preview", json!({ "audience": audience, "send_at": null })).await;
    let families = preview["reply"]["families"].clone();
    assert!(families.as_u64().unwrap() > 20, "{preview}");

    // What a name would do to a system it is refused for, in words; what it only looks like goes along.
    let Corpus { texts, file_names } = corpus();
    let mut files = Vec::new();
    for name in &file_names {
        let give = json!({ "file": null, "name": name, "bytes": 5, "at": 0, "content": "aGVsbG8=" });
        let given = ask(&teacher, "file.give", give).await;
        match given["reply"]["attachment"].as_object() {
            Some(file) => {
                let taken = file["name"].as_str().unwrap();
                assert!(
                    !taken.contains(['/', '\\', '\0', '\u{202e}']) && !taken.starts_with('.'),
                    "{taken:?}"
                );
                files.push(given["reply"]["attachment"].clone());
            }
            None => assert!(given["fault"]["fault"].is_string(), "{name:?}: {given}"),
        }
    }

    let send = |title: &str, body: &str, ask: Value, files: &[Value]| {
        json!({
            "audience": audience, "families_seen": families, "title": title, "body": body, "ask": ask,
            "answered_by": { "is": "any-guardian" }, "due": null, "send_at": null, "supersedes": null,
            "keeps_answers": false, "changed": null, "class_reads": true, "reminds": false, "alert": null, "files": files,
        })
    };
    // A line of a megabyte is refused before it is anybody's, with the limit.
    let long =
        ask(&teacher, "notice.send", send("长", &"x".repeat(1024 * 1024), json!({ "is": "nothing" }), &[]))
            .await;
    assert_eq!(long["fault"]["refusal"]["code"], "too-many", "{long}");

    let titles = texts.iter().map(|text| first(text, TITLE)).filter(|title| !title.trim().is_empty());
    let titles: Vec<String> = titles.collect();
    // One after the other as titles, in the list; above them, all as text.
    for title in titles.iter().step_by(TITLES_APART) {
        let saved = ask(&teacher, "notice.send", send(title, "", json!({ "is": "nothing" }), &[])).await;
        assert!(saved["reply"]["mutation"].is_string(), "{title:?}: {saved}");
    }
    let mut carried = files.chunks(FILES);
    for (at, body) in bodies(&texts).iter().enumerate() {
        let asked = json!({ "is": "acknowledge" });
        let title = &titles[at * titles.len() / bodies(&texts).len()];
        let saved =
            ask(&teacher, "notice.send", send(title, body, asked, carried.next().unwrap_or_default())).await;
        assert!(saved["reply"]["mutation"].is_string(), "{saved}");
    }
    all_taken(&teacher).await;
    let sent: BTreeSet<String> = &listed(&teacher).await.into_iter().collect() - &before;
    let all = bodies(&texts).len() + titles.iter().step_by(TITLES_APART).count();
    assert_eq!(sent.len(), all, "each is a notice of its own");

    stands(&family, "the family's today").await;
    let (read, own) =
        tokio::join!(looks_at(&family, "the family", &sent), looks_at(&teacher, "the teacher", &sent));
    // They are there to be read, as they were written.
    let text = "<meta charset=utf-7>";
    for (who, read) in [("the family", &read), ("the teacher", &own)] {
        assert!(read.contains(text), "{who} does not read {text}, but {}", first(read, 2_000));
    }
    teacher.press("今天").await;
    stands(&teacher, "the teacher's today").await;
    for window in [teacher, family] {
        window.close().await;
    }
}
