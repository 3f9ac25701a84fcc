//! A calendar as text: iCalendar (RFC 5545), with the hints of RFC 7986 for programs that read it again and again. Why it
//! is written here: `docs/adr/0029-calendars-are-written-here.md`.

use std::collections::BTreeMap;

use jiff::{
    SignedDuration, Timestamp, Zoned,
    civil::DateTime,
    tz::{Offset, TimeZone},
};

use crate::{CalendarEntry, CalendarLanguage, CalendarStatus, School};

/// Octets of a line without its end (RFC 5545 §3.1).
const LINE: usize = 75;
/// A wall time (RFC 5545 §3.3.5).
const WALL: &str = "%Y%m%dT%H%M%S";
/// Changes of the clock that one time zone tells: those of two centuries.
const CHANGES: usize = 400;
/// How often a program should read it again.
const REFRESH: &str = "PT1H";

/// A calendar to be written.
#[derive(Clone, Copy, Debug)]
pub struct ICalendar<'c> {
    /// Whose events and shifts.
    pub school: &'c School,
    /// Where it is read again; `None` for a file that is read once.
    pub source: Option<&'c str>,
    /// What stands in it.
    pub entries: &'c [CalendarEntry],
    /// In which language it says how that stands.
    pub language: CalendarLanguage,
}

impl ICalendar<'_> {
    /// As it is sent and saved.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = Lines::default();
        out.put("BEGIN:VCALENDAR");
        out.put("VERSION:2.0");
        out.put(&format!("PRODID:-//Xinmei//Xinmei//{}", self.language.tag()));
        out.put("CALSCALE:GREGORIAN");
        out.put("METHOD:PUBLISH");
        // Without a source there are no names: some programs would keep a single file as a calendar of its own.
        if let Some(source) = self.source {
            out.text("NAME", &self.school.name);
            out.text("X-WR-CALNAME", &self.school.name);
            out.text("X-WR-TIMEZONE", &self.school.zone);
            out.put("COLOR:seagreen");
            out.put(&format!("REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}"));
            out.put(&format!("X-PUBLISHED-TTL:{REFRESH}"));
            out.put(&format!("SOURCE;VALUE=URI:{source}"));
        }
        for (name, span) in spans(self.entries) {
            out.zone(name, &span);
        }
        for entry in self.entries {
            self.entry(&mut out, entry);
        }
        out.put("END:VCALENDAR");
        out.0
    }

    fn entry(&self, out: &mut Lines, entry: &CalendarEntry) {
        out.put("BEGIN:VEVENT");
        out.put(&format!("UID:{}@{}", entry.of, self.school.id));
        // The text is the same as long as the rows are: nothing in it is of the moment it was asked for.
        out.put(&format!("DTSTAMP:{}", utc(entry.changed)));
        out.put(&format!("LAST-MODIFIED:{}", utc(entry.changed)));
        out.put(&format!("SEQUENCE:{}", entry.sequence));
        out.moment("DTSTART", &entry.starts);
        out.moment("DTEND", &entry.ends);
        out.text("SUMMARY", &entry.title);
        for (name, value) in [("LOCATION", &entry.place), ("DESCRIPTION", &entry.about)] {
            if !value.is_empty() {
                out.text(name, value);
            }
        }
        out.put(match entry.status {
            CalendarStatus::Confirmed => "STATUS:CONFIRMED",
            CalendarStatus::Tentative => "STATUS:TENTATIVE",
            CalendarStatus::Cancelled => "STATUS:CANCELLED",
        });
        out.put(if entry.busy { "TRANSP:OPAQUE" } else { "TRANSP:TRANSPARENT" });
        // Children are named in it: a calendar that is shared shows no more than that there is something.
        out.put("CLASS:PRIVATE");
        out.put("END:VEVENT");
    }
}

/// From when until when a calendar speaks of times of one zone.
struct Span<'c> {
    zone: &'c TimeZone,
    first: Timestamp,
    last: Timestamp,
}

/// The zones of all wall times, by name.
fn spans(entries: &[CalendarEntry]) -> BTreeMap<&str, Span<'_>> {
    let mut spans: BTreeMap<&str, Span<'_>> = BTreeMap::new();
    for at in entries.iter().flat_map(|entry| [&entry.starts, &entry.ends]) {
        let Some(name) = zone_of(at) else { continue };
        let (zone, now) = (at.time_zone(), at.timestamp());
        let span = spans.entry(name).or_insert(Span { zone, first: now, last: now });
        span.first = span.first.min(now);
        span.last = span.last.max(now);
    }
    spans
}

/// The zone in which a moment is written as a wall time; `None` where that would not say which moment: the zone has no name,
/// or its clocks show the time twice, and this is the second (RFC 5545 §3.3.5 means the first).
fn zone_of(at: &Zoned) -> Option<&str> {
    let zone = at.time_zone();
    let name = zone.iana_name().filter(|name| !matches!(*name, "UTC" | "Etc/Unknown"))?;
    let meant = zone.to_timestamp(at.datetime()).ok()?;
    (meant == at.timestamp()).then_some(name)
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// +0800, or with the seconds of a zone of long ago.
fn utc_offset(offset: Offset) -> String {
    let sign = if offset.seconds() < 0 { '-' } else { '+' };
    let all = offset.seconds().unsigned_abs();
    let (hours, minutes, seconds) = (all / 3600, all / 60 % 60, all % 60);
    if seconds == 0 {
        format!("{sign}{hours:02}{minutes:02}")
    } else {
        format!("{sign}{hours:02}{minutes:02}{seconds:02}")
    }
}

/// Lines, each ended and folded.
#[derive(Default)]
pub(crate) struct Lines(pub(crate) String);

impl Lines {
    /// One line, folded where it is too long, and never inside a character.
    pub(crate) fn put(&mut self, line: &str) {
        let mut room = LINE;
        for letter in line.chars() {
            if letter.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE - 1;
            }
            self.0.push(letter);
            room -= letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// A property with a TEXT (RFC 5545 §3.3.11; RFC 6350 §3.4 asks the same).
    pub(crate) fn text(&mut self, name: &str, value: &str) {
        let mut line = format!("{name}:");
        for letter in value.replace("\r\n", "\n").chars() {
            match letter {
                '\\' | ';' | ',' => line.extend(['\\', letter]),
                '\n' | '\r' => line.push_str("\\n"),
                '\t' => line.push(' '),
                // Not even escaped does a text hold them.
                letter if letter.is_control() => {}
                letter => line.push(letter),
            }
        }
        self.put(&line);
    }

    /// A property with a DATE-TIME.
    fn moment(&mut self, name: &str, at: &Zoned) {
        match zone_of(at) {
            Some(zone) => self.put(&format!("{name};TZID={zone}:{}", at.datetime().strftime(WALL))),
            None => self.put(&format!("{name}:{}", utc(at.timestamp()))),
        }
    }

    /// What the clocks of a zone show, as long as the calendar speaks of it. The changes are told one by one: a rule for all
    /// times is more than anybody knows, and what is read again every hour needs none.
    fn zone(&mut self, name: &str, span: &Span<'_>) {
        let zone = span.zone;
        self.put("BEGIN:VTIMEZONE");
        self.put(&format!("TZID:{name}"));
        let first = span.first.checked_add(SignedDuration::from_nanos(1)).unwrap_or(span.first);
        // The change that holds at first, and one before: some programs want standard time to be told in any case.
        let mut changes: Vec<_> = zone.preceding(first).take(2).collect();
        changes.reverse();
        let known = !changes.is_empty();
        changes.extend(
            zone.following(span.first).take_while(|change| change.timestamp() <= span.last).take(CHANGES),
        );
        if !known {
            let held = zone.to_offset_info(span.first);
            let long_ago = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);
            let offsets = (held.offset(), held.offset());
            self.change(held.dst().is_dst(), long_ago, offsets, held.abbreviation());
        }
        for change in changes {
            let at = change.timestamp();
            let just_before = at.checked_sub(SignedDuration::from_secs(1)).unwrap_or(at);
            let before = zone.to_offset(just_before);
            let offsets = (before, change.offset());
            self.change(change.dst().is_dst(), before.to_datetime(at), offsets, change.abbreviation());
        }
        self.put("END:VTIMEZONE");
    }

    /// One change of a zone's clocks, at the wall time they showed then.
    fn change(&mut self, dst: bool, at: DateTime, (from, to): (Offset, Offset), name: &str) {
        let kind = if dst { "DAYLIGHT" } else { "STANDARD" };
        self.put(&format!("BEGIN:{kind}"));
        self.put(&format!("DTSTART:{}", at.strftime(WALL)));
        self.put(&format!("TZOFFSETFROM:{}", utc_offset(from)));
        self.put(&format!("TZOFFSETTO:{}", utc_offset(to)));
        self.text("TZNAME", name);
        self.put(&format!("END:{kind}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(line: &str) -> String {
        let mut out = Lines::default();
        out.put(line);
        out.0
    }

    #[test]
    fn a_line_is_folded_at_75_octets_and_never_inside_a_character() {
        assert_eq!(put(&"x".repeat(75)), format!("{}\r\n", "x".repeat(75)));
        assert_eq!(put(&"x".repeat(76)), format!("{}\r\n x\r\n", "x".repeat(75)));
        assert_eq!(put(&"x".repeat(150)), format!("{}\r\n {}\r\n x\r\n", "x".repeat(75), "x".repeat(74)));
        for before in 0..4 {
            let line = format!("{}{}", "x".repeat(before), "家长开放日🎈".repeat(20));
            let folded = put(&line);
            assert!(folded.split("\r\n").all(|part| part.len() <= LINE), "{folded}");
            assert_eq!(folded.replace("\r\n ", ""), format!("{line}\r\n"));
        }
    }

    #[test]
    fn a_text_is_escaped() {
        let mut out = Lines::default();
        out.text("SUMMARY", "一，二, 三; C:\\四\r\n五\n六\t\u{7}七");
        assert_eq!(out.0, "SUMMARY:一，二\\, 三\\; C:\\\\四\\n五\\n六 七\r\n");
    }

    #[test]
    fn offsets_have_seconds_where_a_zone_had_them() {
        for (seconds, text) in
            [(28_800, "+0800"), (-12_600, "-0330"), (0, "+0000"), (29_143, "+080543"), (20_700, "+0545")]
        {
            assert_eq!(utc_offset(Offset::from_seconds(seconds).unwrap()), text);
        }
    }
}
