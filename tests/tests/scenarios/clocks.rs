//! Wall times against an oracle that shares nothing with us: Python's `zoneinfo`, which reads the zone files of this computer. A time of
//! 40 zones that is kept as wall time and zone means the same instant to both, and an instant reads the same on both clocks.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

use jiff::{Timestamp, tz::TimeZone};
use xinmei_tests::{Seed, Size};

/// Zones of all parts of the world: with and without summer time, of half and quarter hours, by rules that are old and new.
const ZONES: [&str; 40] = [
    "Asia/Shanghai",
    "Asia/Urumqi",
    "Asia/Hong_Kong",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Asia/Jerusalem",
    "Asia/Beirut",
    "Asia/Seoul",
    "Asia/Ulaanbaatar",
    "Asia/Amman",
    "Europe/London",
    "Europe/Dublin",
    "Europe/Berlin",
    "Europe/Moscow",
    "Europe/Istanbul",
    "Europe/Chisinau",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Johannesburg",
    "Africa/Lagos",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Santiago",
    "America/Bogota",
    "America/Havana",
    "America/Halifax",
    "Australia/Sydney",
    "Australia/Adelaide",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Apia",
    "Pacific/Easter",
];

/// For each line "zone seconds": the wall time there, with its offset.
const ORACLE: &str = "
import sys
from datetime import datetime
from zoneinfo import ZoneInfo
for line in sys.stdin:
    zone, seconds = line.split()
    print(datetime.fromtimestamp(int(seconds), ZoneInfo(zone)).strftime('%Y-%m-%dT%H:%M:%S%z'))
";

#[test]
fn times_of_forty_zones_are_those_of_an_independent_oracle() {
    let mut seed = Seed::of_run();
    let each = Size::of_run().pick(500, 2_500, 25_000);
    // 2020 to 2026: what lies ahead may be known to one of the two and not yet to the other.
    let (from, to) = (1_577_836_800_u64, 1_767_225_600_u64);
    let mut asked = Vec::new();
    for zone in ZONES {
        for _ in 0..each {
            asked.push((zone, i64::try_from(seed.within(from, to)).unwrap()));
        }
        // And around each change of its clocks.
        let clock = TimeZone::get(zone).unwrap();
        let begin = Timestamp::from_second(i64::try_from(from).unwrap()).unwrap();
        let changes = clock.following(begin).map(|change| change.timestamp().as_second());
        for change in changes.take_while(|at| *at < i64::try_from(to).unwrap()) {
            asked.extend([-3_600, -1, 0, 1, 3_600].map(|after| (zone, change + after)));
        }
    }
    let lines: String = asked.iter().map(|(zone, at)| format!("{zone} {at}\n")).collect();
    let mut oracle = Command::new("python3")
        .args(["-c", ORACLE])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 is the oracle; install the Debian package python3");
    let mut to_oracle = oracle.stdin.take().unwrap();
    let writes = std::thread::spawn(move || to_oracle.write_all(lines.as_bytes()).unwrap());
    let said = oracle.wait_with_output().unwrap();
    writes.join().unwrap();
    assert!(said.status.success(), "the oracle failed: {said:?}");
    let said = String::from_utf8(said.stdout).unwrap();
    let said: Vec<_> = said.lines().collect();
    assert_eq!(said.len(), asked.len());
    for ((zone, at), theirs) in asked.iter().zip(said) {
        let ours = Timestamp::from_second(*at).unwrap().to_zoned(TimeZone::get(zone).unwrap());
        assert_eq!(ours.strftime("%Y-%m-%dT%H:%M:%S%z").to_string(), theirs, "{zone} at {at}");
        // As it is kept and sent: it comes back as the same instant, also where an hour is there twice.
        let kept = serde_json::to_string(&ours).unwrap();
        let back: jiff::Zoned = serde_json::from_str(&kept).unwrap();
        assert_eq!(back.timestamp().as_second(), *at, "{kept}");
    }
    println!("{} instants", asked.len());
}
