use xinmei_model::BookingState;

use super::*;
use crate::view::stage::{FATHER, Stage, at, id};

const EVENT: u128 = 200;
const BOOKING: u128 = 300;

/// 李雨桐's father has booked a seat for himself.
fn booked(state: BookingState) -> Stage {
    let stage = Stage::family();
    stage.event(EVENT, [1, 0]);
    stage.booking(BOOKING, EVENT, state);
    stage
}

#[test]
fn a_booking_is_a_file_without_the_school_being_asked() {
    let stage = booked(BookingState::Confirmed);
    let (name, text) = stage.replica.read(|snapshot| file(snapshot, id(BOOKING), Language::Chinese)).unwrap();
    assert_eq!(name, "家长开放日（雨桐）.ics");
    for line in [
        "SUMMARY:家长开放日（雨桐）",
        "LOCATION:校史馆",
        "DTSTART;TZID=Asia/Shanghai:20261126T090000",
        "DTEND;TZID=Asia/Shanghai:20261126T095000",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "TZID:Asia/Shanghai",
    ] {
        assert!(text.split("\r\n").any(|one| one == line), "{line} is not in\n{text}");
    }
    assert!(!text.contains("李建国") && !text.contains("SOURCE"), "{text}");
    assert!(matches!(
        stage.replica.read(|snapshot| file(snapshot, id(999), Language::Chinese)),
        Err(Fault::Invalid { what }) if what == "booking"
    ));
}

#[test]
fn what_was_given_back_says_so() {
    let (_, text) = booked(BookingState::Withdrawn)
        .replica
        .read(|snapshot| file(snapshot, id(BOOKING), Language::Chinese))
        .unwrap();
    assert!(text.contains("STATUS:CANCELLED\r\nTRANSP:TRANSPARENT\r\n"), "{text}");
}

#[test]
fn an_address_is_known_where_its_secret_is() {
    let stage = Stage::family();
    let enrolment = stage.replica.enrolment().unwrap().unwrap();
    let look = || stage.replica.read(|snapshot| look(snapshot, &enrolment, Language::Chinese)).unwrap();
    assert_eq!(look(), Address { made: None, address: None, private: false, pending: None });
    let secret = BASE64URL_NOPAD.encode(&[7; 32]);
    let made = at("11-20T09:00").timestamp();
    let link = CalendarLink {
        id: CalendarLink::of(id(FATHER)),
        person: id(FATHER),
        secret_sha256: FileHash::of(&[7; 32]),
        made,
        ended: None,
    };
    // Made on another computer.
    stage.put(link.clone());
    assert_eq!(look(), Address { made: Some(made), address: None, private: false, pending: None });
    stage.replica.write(|conn| meta::put(conn, SECRET, &secret)).unwrap();
    let address = Some(format!("https://school.example/calendar/{secret}.ics"));
    assert_eq!(look(), Address { made: Some(made), address, private: false, pending: None });
    let english =
        stage.replica.read(|snapshot| super::look(snapshot, &enrolment, Language::English)).unwrap();
    assert!(english.address.unwrap().ends_with(".en.ics"));
    // Made anew here, and the school has not said yes yet: the old address stands.
    stage.replica.write(|conn| meta::put(conn, SECRET_BEFORE, &secret)).unwrap();
    stage.replica.write(|conn| meta::put(conn, SECRET, &BASE64URL_NOPAD.encode(&[9; 32]))).unwrap();
    assert_eq!(look().address, Some(format!("https://school.example/calendar/{secret}.ics")));
    // And made anew on another one.
    stage.put(CalendarLink { secret_sha256: FileHash::of(&[8; 32]), ..link.clone() });
    assert_eq!(look().address, None);
    stage.put(CalendarLink { ended: Some(made), ..link });
    assert_eq!(look(), Address { made: None, address: None, private: false, pending: None });
}
