//! What was written of a guest goes from this computer as it goes from the school.

use xinmei_model::{Guest, GuestDraft, Hat, Mutation, Role, VolunteerAct};

use super::*;

const PHONE: &str = "000 5550 0101";

fn person() -> Id<Person> {
    Id::new(Uuid::from_u128(0x61))
}

fn desk() -> Feed {
    Feed::Desk(Uuid::from_u128(0x62))
}

fn row(phone: &str, gone: bool) -> Guest {
    let at = "2026-11-23T08:00:00Z".parse().unwrap();
    Guest {
        id: Guest::of(person()),
        person: person(),
        name: if gone { "—" } else { "何读书" }.into(),
        organisation: String::new(),
        phone: phone.into(),
        agreed: String::new(),
        sponsor: Id::new(Uuid::from_u128(0x63)),
        sponsor_name: "周雅琴".into(),
        post: Id::new(Uuid::from_u128(0x62)),
        day: jiff::civil::date(2026, 11, 24),
        shifts: Vec::new(),
        by_name: "周敏".into(),
        at,
        came: None,
        gone,
    }
}

/// A member of staff who wrote a guest down, and whose school took it.
fn written() -> Stage {
    let mut stage = Stage::new();
    let page = stage.page(Vec::new());
    stage.replica.apply_page(&Page { arrived: vec![Feed::School, desk()], ..page }).unwrap();
    let draft = GuestDraft {
        person: person(),
        name: "何读书".into(),
        organisation: "青禾社区图书馆".into(),
        phone: PHONE.into(),
        agreed: "本人在电话里同意".into(),
        sponsor: Id::new(Uuid::from_u128(0x63)),
        shifts: vec![Id::new(Uuid::from_u128(0x64))],
    };
    let add = |person| {
        Act::Volunteer(VolunteerAct::AddGuest { guest: Box::new(GuestDraft { person, ..draft.clone() }) })
    };
    let hat = Hat::Staff { role: Id::<Role>::new(Uuid::from_u128(0x65)) };
    let other = Id::new(Uuid::from_u128(0x66));
    for (number, act) in [(1_u64, add(person())), (2, add(other))] {
        let id = Uuid::from_u128(number.into());
        let mutation = Mutation { id: Id::new(id), hat, act, after: Vec::new() };
        let text = serde_json::to_string(&mutation).unwrap();
        let sql =
            "INSERT INTO receipt (id, number, mutation, verdict, epoch, at) VALUES (?1, ?2, ?3, '{}', '', 0)";
        let write = |conn: &rusqlite::Connection| {
            Ok(conn.execute(sql, rusqlite::params![id.as_bytes().as_slice(), number, text])?)
        };
        stage.replica.write(write).unwrap();
    }
    stage.reads(&row(PHONE, false));
    stage
}

impl Stage {
    fn reads(&mut self, guest: &Guest) {
        let body = serde_json::to_value(guest).unwrap();
        let page = self.page(vec![]);
        let update = update(Guest::KIND.name(), guest.id.uuid(), self.cursor, vec![desk()], body);
        self.replica.apply_page(&Page { rows: vec![update], ..page }).unwrap();
    }

    /// What is kept of the guest's receipt, and of another's whose row has not arrived.
    fn kept(&self) -> (Option<String>, bool) {
        let of = |id: u128| {
            let id = Uuid::from_u128(id);
            let sql = "SELECT max(mutation) FROM receipt WHERE id = ?1";
            let text = |conn: &rusqlite::Connection| {
                Ok(conn.query_row(sql, [id.as_bytes().as_slice()], |row| row.get::<_, Option<String>>(0))?)
            };
            self.replica.read_raw(text).unwrap()
        };
        (of(1), of(2).is_some_and(|text| text.contains(PHONE)))
    }
}

#[test]
fn the_telephone_of_a_guest_goes_with_their_day_and_what_can_be_sent_again_stays() {
    let mut stage = written();
    assert!(stage.kept().0.unwrap().contains(PHONE), "a restored school is told of them again");
    stage.reads(&row("", false));
    let (own, others) = stage.kept();
    let text = own.unwrap();
    assert!(!text.contains(PHONE) && text.contains("何读书") && others);
    assert!(serde_json::from_str::<Mutation>(&text).is_ok());
}

#[test]
fn whoever_was_forgotten_is_in_no_receipt() {
    let mut stage = written();
    stage.reads(&row("", true));
    assert_eq!(stage.kept(), (None, true));
}

#[test]
fn nor_is_whoever_one_may_not_know_any_more() {
    let mut stage = written();
    let feeds = vec![desk()];
    let signature =
        BASE64URL_NOPAD.encode(&stage.school.sign(&ended_message(stage.me.device, &feeds)).to_bytes());
    let page = stage.page(Vec::new());
    stage.replica.apply_page(&Page { ended: Some(Ended { feeds, signature }), ..page }).unwrap();
    assert_eq!(stage.kept(), (None, true));
}
