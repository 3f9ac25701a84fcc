//! What a notification says: a title and a line, in whole sentences of the shell's own small catalogue.
//!
//! A screen that is locked may show it. It names titles, people and children, never what was written or why.

use std::{collections::BTreeMap, sync::LazyLock};

use jiff::Zoned;
use xinmei_client::api::{
    notification::{BookedNews, Language, MsgType, Note, NoteKind, ShiftNews},
    profile::ChildName,
};

type Catalogue = BTreeMap<String, String>;

static CHINESE: LazyLock<Catalogue> = LazyLock::new(|| read(include_str!("../../words/zh-CN.json")));
static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| read(include_str!("../../words/en.json")));

/// The files are part of the program; a test reads them.
fn read(text: &str) -> Catalogue {
    serde_json::from_str(text).unwrap_or_default()
}

fn catalogue(language: Language) -> &'static Catalogue {
    match language {
        Language::Chinese => &CHINESE,
        Language::English => &ENGLISH,
    }
}

/// A sentence of the catalogue with its slots filled.
pub(crate) fn say(language: Language, key: &str, slots: &[(&str, &str)]) -> String {
    let mut rest = catalogue(language).get(key).map_or("", String::as_str);
    let mut text = String::new();
    // One pass: what fills a slot is never read as a slot itself.
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (slot, after) = after.split_once('}').unwrap_or((after, ""));
        text.extend(slots.iter().find(|(name, _)| *name == slot).map(|(_, words)| *words));
        rest = after;
    }
    text.push_str(rest);
    text
}

/// The title and the line below it.
pub(super) fn of(note: &Note, language: Language) -> (String, String) {
    let say = |key: &str, slots: &[(&str, &str)]| say(language, key, slots);
    let children = plain(&children(&note.children, language));
    let due = note.due.as_ref().map(|due| when(due, language)).unwrap_or_default();
    let title = plain(&note.title);
    let about: [(&str, &str); 3] = [("title", &title), ("children", &children), ("due", &due)];
    match &note.what {
        NoteKind::Notice { by, changed } => {
            let by = plain(by);
            let line = match (note.to_do && !due.is_empty(), children.is_empty()) {
                (true, true) => "notice_due",
                (true, false) => "notice_due_for",
                (false, true) => "notice_from",
                (false, false) => "notice_from_for",
            };
            let slots: [(&str, &str); 3] = [("by", &by), ("children", &children), ("due", &due)];
            (say(if *changed { "notice_changed" } else { "notice" }, &about), say(line, &slots))
        }
        NoteKind::Recalled { by } => (say("recalled", &[("by", &plain(by))]), say("recalled_for", &about)),
        NoteKind::Alert { by, msg_type, exercise } => {
            let of = if *exercise { "exercise" } else { "alert" };
            let key = match msg_type {
                MsgType::Alert => of.to_owned(),
                MsgType::Update => format!("{of}_update"),
                MsgType::Cancel => format!("{of}_cancel"),
            };
            (say(&key, &about), say("notice_from", &[("by", &plain(by))]))
        }
        NoteKind::Approve { by } => (say("approve", &about), say("approve_from", &[("by", &plain(by))])),
        NoteKind::Approved { by, agreed } => {
            let (key, line) =
                if *agreed { ("approved", "approved_by") } else { ("not_approved", "not_approved_by") };
            (say(key, &about), say(line, &[("by", &plain(by))]))
        }
        NoteKind::Report => (say("report", &[]), say("report_more", &[])),
        NoteKind::NeedsHelp { by, exercise } => {
            let key = if *exercise { "exercise_help" } else { "help" };
            (say(key, &about), say("help_by", &[("by", &plain(by))]))
        }
        NoteKind::Reminder => {
            let line = if due.is_empty() { "reminder_open_for" } else { "reminder_for" };
            (say("reminder", &about), say(line, &about))
        }
        NoteKind::Message { by, messages } => {
            let (by, count) = (plain(by), messages.to_string());
            let key = if *messages > 1 { "messages" } else { "message" };
            (say(key, &[("by", &by), ("count", &count)]), say("message_about", &about))
        }
        NoteKind::Request { by, pick_up } => {
            let by = plain(by);
            let line = if due.is_empty() { "request_by" } else { "request_by_due" };
            let key = if *pick_up { "request_pick_up" } else { "request_leave" };
            (say(key, &about), say(line, &[("by", &by), ("due", &due)]))
        }
        NoteKind::Answered { agreed, pick_up } => {
            let which = match agreed {
                Some(true) => "agreed",
                Some(false) => "declined",
                None => "revoked",
            };
            let of = if *pick_up { "pick_up" } else { "leave" };
            (say(&format!("{which}_{of}"), &about), say("answered_more", &[]))
        }
        NoteKind::Offer { .. } => (say("offer", &about), say("offer_for", &about)),
        NoteKind::Booked { news } => {
            let key = match news {
                BookedNews::CalledOff => "called_off",
                BookedNews::Moved => "moved",
                BookedNews::Elsewhere => "elsewhere",
                BookedNews::PutBack => "put_back",
                BookedNews::Displaced => "displaced",
                BookedNews::Released => "released",
                BookedNews::Drawn => "drawn",
                BookedNews::DrawnWaiting => "drawn_waiting",
                BookedNews::NotDrawn => "not_drawn",
            };
            (say(key, &about), say(&format!("{key}_for"), &about))
        }
        NoteKind::PleaseCome { guidance: true, .. } => {
            (say("please_come_guidance", &[]), say("please_come_for", &about))
        }
        NoteKind::PleaseCome { by, .. } => {
            (say("please_come", &[("by", &plain(by))]), say("please_come_for", &about))
        }
        NoteKind::MeetingCancelled { guidance: true, .. } => {
            (say("appointment_cancelled", &about), say("appointment_cancelled_more", &[]))
        }
        NoteKind::MeetingCancelled { with, .. } => {
            (say("meeting_cancelled", &[("with", &plain(with))]), say("meeting_cancelled_for", &about))
        }
        NoteKind::Shift { news } => {
            let key = match news {
                ShiftNews::Confirmed => "shift_confirmed",
                ShiftNews::Declined => "shift_declined",
                ShiftNews::CalledOff => "shift_called_off",
                ShiftNews::Offered => "shift_offered",
                ShiftNews::Released => "shift_released",
                ShiftNews::Moved => "shift_moved",
                ShiftNews::StillComing => "shift_still_coming",
                ShiftNews::NobodyLeft => "shift_nobody_left",
                ShiftNews::GuestComes => "shift_guest_comes",
                ShiftNews::GuestCame => "shift_guest_came",
                ShiftNews::Swapped => "shift_swapped",
                ShiftNews::SwapRefused => "shift_swap_refused",
                ShiftNews::SwapOver => "shift_swap_over",
                ShiftNews::SwapWaits => "shift_swap_waits",
                ShiftNews::PupilOff => "shift_pupil_off",
                ShiftNews::PupilMoved => "shift_pupil_moved",
                ShiftNews::GuestOff => "shift_guest_off",
                ShiftNews::GuestMoved => "shift_guest_moved",
                ShiftNews::TurnsLaid => "shift_turns_laid",
            };
            (say(key, &about), say(&format!("{key}_more"), &about))
        }
        NoteKind::Failed { .. } => (say("failed", &[]), say("failed_more", &[])),
        NoteKind::Digest { notes, to_do } => {
            let key = if *to_do > 0 { "digest_to_do" } else { "digest" };
            let (count, to_do) = (notes.to_string(), to_do.to_string());
            (say(key, &[("count", &count), ("to_do", &to_do)]), say("digest_more", &[]))
        }
    }
}

/// 李雨桐、李雨辰
fn children(names: &[ChildName], language: Language) -> String {
    let name = |child: &ChildName| match child.tail.as_str() {
        "" => child.name.clone(),
        tail => format!("{} {tail}", child.name),
    };
    names.iter().map(name).collect::<Vec<_>>().join(&say(language, "and", &[]))
}

/// Every time shows its weekday.
fn when(at: &Zoned, language: Language) -> String {
    let weekdays = say(language, "weekdays", &[]);
    let nth = usize::from(at.weekday().to_monday_zero_offset().unsigned_abs());
    let slots = [
        ("month", at.month().to_string()),
        ("day", at.day().to_string()),
        ("weekday", weekdays.split(' ').nth(nth).unwrap_or_default().to_owned()),
        ("time", at.strftime("%H:%M").to_string()),
    ];
    say(language, "when", &slots.each_ref().map(|(name, words)| (*name, words.as_str())))
}

/// Without what would drive a screen: control characters, and those that turn the direction of a line.
fn plain(text: &str) -> String {
    let turns =
        |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}');
    text.chars().filter(|c| !turns(*c)).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use xinmei_client::api::notification::{Opening, OpensAt};

    use super::*;

    fn note(what: NoteKind, title: &str, names: &[&str], due: Option<&str>) -> Note {
        let child = |name: &&str| ChildName {
            id: xinmei_client::edge::Edge::system().id(),
            name: (*name).to_owned(),
            tail: String::new(),
            class: None,
        };
        Note {
            keys: Vec::new(),
            what,
            title: title.into(),
            children: names.iter().map(child).collect(),
            at: "2026-11-23T02:30:00Z".parse().unwrap(),
            due: due.map(|due| due.parse().unwrap()),
            to_do: true,
            urgent: false,
            opens: Opening { hat: None, at: OpensAt::Today },
        }
    }

    #[test]
    fn both_languages_say_the_same_things() {
        let slots = |text: &str| {
            let mut found: Vec<_> = text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).collect();
            found.sort_unstable();
            found.into_iter().map(|(slot, _)| slot.to_owned()).collect::<Vec<_>>()
        };
        assert!(CHINESE.len() > 30, "the catalogue is read");
        assert!(CHINESE.keys().eq(ENGLISH.keys()));
        for (key, text) in CHINESE.iter() {
            assert_eq!(slots(text), slots(&ENGLISH[key]), "{key}");
            assert!(!text.contains(['!', '！']) && !ENGLISH[key].contains('!'), "{key}");
        }
    }

    #[test]
    fn a_notice_says_whose_it_is_and_by_when() {
        let what = NoteKind::Notice { by: "张晓梅".into(), changed: false };
        let due = Some("2026-11-26T18:00:00+08:00[Asia/Shanghai]");
        let note = note(what, "春游回执", &["李雨桐", "李雨辰"], due);
        let (title, line) = of(&note, Language::Chinese);
        assert_eq!(title, "新通知：春游回执");
        assert_eq!(line, "张晓梅发来，关于李雨桐、李雨辰，请在 11月26日 周四 18:00 前回应");
        let (title, line) = of(&note, Language::English);
        assert_eq!(title, "New notice: 春游回执");
        assert_eq!(line, "From 张晓梅, about 李雨桐, 李雨辰; please answer by Thu 26/11 18:00");
    }

    #[test]
    fn a_digest_says_how_much_is_to_be_done() {
        let digest =
            |to_do| of(&note(NoteKind::Digest { notes: 5, to_do }, "", &[], None), Language::Chinese).0;
        assert_eq!((digest(2), digest(0)), ("5 条通知，其中 2 条要办".into(), "5 条通知".into()));
    }

    #[test]
    fn a_title_fills_its_slot_and_turns_nothing() {
        let what = NoteKind::Notice { by: "{title}".into(), changed: true };
        let (title, line) = of(&note(what, "a\u{202E}b\n{by}", &[], None), Language::Chinese);
        assert_eq!((title.as_str(), line.as_str()), ("通知有更新：ab {by}", "{title}发来"));
    }
}
