//! What a roster may do by itself: the year it is of, and the rights of those it names for the first time.

use jiff::civil::date;
use uuid::Uuid;
use xinmei_model::*;

fn id<T>(n: u128) -> Id<T> {
    Id::new(Uuid::from_u128(n))
}

#[test]
fn a_roster_is_of_the_year_that_begins_in_august() {
    for (day, year) in [
        (date(2027, 1, 1), 2026),
        (date(2027, 7, 15), 2026),
        (date(2027, 7, 31), 2026),
        (date(2027, 8, 1), 2027),
        (date(2027, 8, 15), 2027),
        (date(2027, 9, 1), 2027),
        (date(2027, 12, 31), 2027),
    ] {
        assert_eq!(Year::for_roster(day), year, "{day}");
        // Whichever year a roster is taken for, the school is in it from that day on.
        for begins in [year, year + 1] {
            let years = [year - 1, begins].map(|begins| Year::usual(id(1), begins, day).unwrap());
            assert_eq!(Year::of(&years, day).unwrap().begins_in, begins, "{day}");
        }
    }
    let usual = Year::usual(id(1), 2026, date(2026, 11, 23)).unwrap();
    assert_eq!((usual.from, usual.to), (date(2026, 8, 1), date(2027, 7, 31)));
    assert!(
        usual.terms.iter().all(|term| usual.from <= term.from && term.from < term.to && term.to <= usual.to)
    );
    let early = Year::usual(id(1), 2026, date(2026, 7, 15)).unwrap();
    assert_eq!((early.from, early.to), (date(2026, 7, 15), date(2027, 7, 31)));
    assert!(Year::usual(id(1), i16::MAX, date(2026, 7, 15)).is_err());
}

#[test]
fn the_first_link_has_every_right_or_waits() {
    let today = date(2026, 11, 23);
    let guardian =
        Person { id: id(1), name: "李父".into(), staff_number: None, joined: None, on_paper: true };
    let first = |waits| Link::first(&guardian, id(2), (Relation::Father, None), waits, (today, "仲慧"));
    let link = first(false);
    assert!(Right::ALL.iter().all(|right| link.allows(*right, today)) && link.may_be_invited(today));
    assert!(link.on_paper && !link.joined && link.guardian_name == "李父");
    let waiting = first(true);
    assert!(waiting.undecided && waiting.rights == Rights::default() && !waiting.may_be_invited(today));

    let said = link.clone().after_new_words();
    assert_eq!(said, Link { undecided: true, ..link.clone() });
    let barred = Link { undecided: false, ..waiting.clone() };
    assert_eq!(barred.clone().after_new_words(), barred);

    let bar = |child, guardian, stands| Bar {
        id: id(9),
        link: id(8),
        guardian,
        child,
        stands,
        by: String::new(),
        at: jiff::Timestamp::UNIX_EPOCH,
    };
    let waits = |said, links: &[Link], bars: &[Bar]| Link::must_wait(id(1), id(2), said, links, bars);
    assert!(!waits(false, std::slice::from_ref(&link), &[]));
    assert!(waits(true, &[], &[]));
    assert!(waits(false, &[link, waiting], &[]));
    assert!(waits(false, &[], &[bar(id(2), id(7), true)]), "somebody else is kept from the child");
    assert!(waits(false, &[], &[bar(id(7), id(1), true)]), "the guardian is kept from another child");
    assert!(!waits(false, &[], &[bar(id(2), id(1), false), bar(id(7), id(7), true)]));
}

#[test]
fn rows_stand_where_they_may_be_seen() {
    let feeds = |change: Change| match change {
        Change::Put { feeds, .. } => feeds,
        Change::Set(_) => panic!(),
    };
    let contact = Contact { id: id(1), person: id(2), phone: "12800000001".into() };
    assert_eq!(feeds(put_contact(contact)), []);
    let remark = Remark { id: id(1), child: id(2), text: "单亲".into(), decided: None };
    assert_eq!(feeds(put_remark(remark.clone(), true)), [Feed::Office]);
    assert_eq!(feeds(put_remark(remark, false)), []);
}
