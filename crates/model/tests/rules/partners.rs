//! 合作单位: who keeps the directory, what it holds, and its cards.

use xinmei_model::{
    Act, CardFault, Event, Feed, Id, PartnerContact, PartnerDraft, PartnerOrg, Power, Refusal, RoleKind,
    Told, VCardFault, limits, read_vcards, vcards,
};

use crate::world::{World, people::*};

fn malformed(field: &str) -> Refusal {
    Refusal::Malformed { field: field.into() }
}

fn contact(name: &str, phone: &str) -> PartnerContact {
    PartnerContact {
        name: name.into(),
        title: "宣教部".into(),
        phone: phone.into(),
        email: "xj@example.org".into(),
    }
}

fn museum() -> PartnerDraft {
    PartnerDraft {
        name: "重庆红岩博物馆".into(),
        about: "博物馆".into(),
        address: "渝中区红岩村 52 号".into(),
        contacts: vec![contact("罗敏", "023-6330-0192"), contact("简华", "+86 139 0000 0000")],
        website: "https://hongyan.example.org/visit".into(),
        note: "周一闭馆；团队提前一周, 打电话\n停车在东门".into(),
    }
}

fn put(partner: Id<PartnerOrg>, draft: PartnerDraft) -> Act {
    Act::PutPartner { partner, draft }
}

#[test]
fn the_directory_is_kept_by_who_plans_events_and_read_by_who_works_here() {
    let mut world = World::school();
    let class = world.class(2024, 2);
    let (desk, teacher) = (world.coordinator(world.campus), world.teacher("张晓梅", class));
    let child = world.child("李雨桐", class);
    let mother = world.guardian("王芳").of(child, xinmei_model::Relation::Mother, PARENT).id();
    let id: Id<PartnerOrg> = world.fresh();
    let no = Refusal::NoPower { power: Power::ManageEvents };
    assert_eq!(world.refuses(teacher.actor(), &put(id, museum())), no);
    assert_eq!(world.refuses(guardian(mother), &put(id, museum())), no);
    let draft = PartnerDraft { name: "  重庆红岩博物馆 ".into(), ..museum() };
    world.does(desk.actor(), &put(id, draft));
    assert_eq!(world.get(id).draft, museum());
    assert!(world.sees(teacher.person, id) && !world.sees(mother, id));

    // Families read the name on the event, as it was then.
    let (event, _) = world.event(desk, &[20]);
    let name = |partner| Act::NamePartner { event, partner };
    assert_eq!(world.refuses(teacher.actor(), &name(Some(id))), no);
    world.does(desk.actor(), &name(Some(id)));
    assert_eq!(world.refuses(teacher.actor(), &Act::DropPartner { partner: id }), no);
    world.does(desk.actor(), &Act::DropPartner { partner: id });
    assert!(!world.sees(teacher.person, id) && world.sees(mother, event));
    let with = |world: &World| world.get::<Event>(event).partner.map(|partner| partner.name);
    assert_eq!(with(&world).as_deref(), Some("重庆红岩博物馆"));
    let gone = Refusal::NotFound { what: "partner-org".into() };
    assert_eq!(world.refuses(desk.actor(), &Act::DropPartner { partner: id }), gone);

    // What was dropped by mistake is kept again.
    world.does(desk.actor(), &put(id, museum()));
    assert_eq!(world.feeds(id), [Feed::Staff].into());
    world.does(desk.actor(), &name(None));
    assert_eq!(with(&world), None);
    let other: Id<PartnerOrg> = world.fresh();
    world.does(desk.actor(), &put(other, museum()));
    world.does(desk.actor(), &Act::DropPartner { partner: other });
    assert_eq!(world.refuses(desk.actor(), &name(Some(other))), gone);
    let elsewhere = world.campus("东校区");
    let far = world.staff("何敏", RoleKind::Coordinator, elsewhere);
    assert_eq!(world.refuses(far.actor(), &name(Some(id))), no);
}

#[test]
fn what_no_directory_can_hold_is_refused_with_its_field() {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let id: Id<PartnerOrg> = world.fresh();
    let refused = |change: fn(&mut PartnerDraft)| {
        let mut draft = museum();
        change(&mut draft);
        world.refuses(desk.actor(), &put(id, draft))
    };
    assert_eq!(refused(|draft| draft.name = "  ".into()), malformed("name"));
    assert_eq!(refused(|draft| draft.website = "javascript:alert(1)".into()), malformed("website"));
    assert_eq!(refused(|draft| draft.website = "https://a b".into()), malformed("website"));
    assert_eq!(refused(|draft| draft.website = "https://红岩.cn".into()), malformed("website"));
    assert_eq!(refused(|draft| draft.contacts[0].name.clear()), malformed("contacts.name"));
    assert_eq!(refused(|draft| draft.contacts[0].phone = "打我电话".into()), malformed("contacts.phone"));
    assert_eq!(refused(|draft| draft.contacts[0].email = "hongyan".into()), malformed("contacts.email"));
    let many = Refusal::TooMany { field: "contacts".into(), limit: limits::PARTNER_CONTACTS as u32 };
    let fill = |draft: &mut PartnerDraft| {
        draft.contacts = vec![draft.contacts[0].clone(); limits::PARTNER_CONTACTS + 1]
    };
    assert_eq!(refused(fill), many);
    for _ in 0..limits::PARTNER_ORGS {
        let id: Id<PartnerOrg> = world.fresh();
        world.does(desk.actor(), &put(id, museum()));
    }
    let full = Refusal::TooMany { field: "partners".into(), limit: limits::PARTNER_ORGS as u32 };
    assert_eq!(world.refuses(desk.actor(), &put(id, museum())), full);
}

/// The partners a file tells of, put together.
fn told(text: &str) -> Vec<PartnerDraft> {
    let mut found: Vec<PartnerDraft> = Vec::new();
    for card in read_vcards(text.as_bytes()).unwrap() {
        let Told { partner, .. } = card.told.unwrap();
        match found.iter_mut().find(|one| one.name == partner.name) {
            Some(one) => *one = one.with(&partner),
            None => found.push(partner),
        }
    }
    found
}

#[test]
fn what_is_written_is_read_again() {
    let mut world = World::school();
    let (id, other): (Id<PartnerOrg>, Id<PartnerOrg>) = (world.fresh(), world.fresh());
    let bare =
        PartnerDraft {
            name: "红岩联线；文化".into(), note: "长".repeat(300), ..PartnerDraft::default()
        };
    let text = vcards([(id, &museum()), (other, &bare)]);
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    assert_eq!(told(&text), [museum(), bare]);
    let ids: Vec<_> =
        read_vcards(text.as_bytes()).unwrap().into_iter().map(|card| card.told.unwrap().id).collect();
    assert_eq!(ids, [Some(id), None, None, Some(other)], "only a house has the id of a partner");
}

#[test]
fn a_card_of_a_phone_is_somebody_at_its_organisation() {
    let text = "\u{feff}BEGIN:VCARD\nVERSION:3.0\nN:罗;敏;;;\nFN:罗敏\nORG:重庆科技馆;宣教部\nTITLE:主任\n\
                item1.TEL;TYPE=CELL;X-\"A:B\"=1:139 0000\n  0000\nitem2.TEL:023 1\n\
                ADR;TYPE=WORK:;;文星门街 7 号;江北区;重庆;400024;中国\nPHOTO;ENCODING=b:AAAA\nEND:VCARD\n";
    let [partner] = told(text).try_into().unwrap();
    assert_eq!(
        (partner.name.as_str(), partner.address.as_str()),
        ("重庆科技馆", "中国 重庆 江北区 文星门街 7 号 400024")
    );
    let expected = PartnerContact {
        name: "罗敏".into(),
        title: "主任".into(),
        phone: "139 0000 0000".into(),
        email: String::new(),
    };
    assert_eq!(partner.contacts, [expected]);
    // A number of the house alone.
    let house = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:红岩联线\r\nTEL;VALUE=uri:tel:+86-23-1\r\nEND:VCARD\r\n";
    let [partner] = told(house).try_into().unwrap();
    assert_eq!((partner.name.as_str(), partner.contacts[0].phone.as_str()), ("红岩联线", "+86-23-1"));
}

#[test]
fn a_card_that_cannot_be_read_says_why_and_spoils_no_other() {
    let card = |body: &str| format!("BEGIN:VCARD\r\n{body}\r\nEND:VCARD\r\n");
    let text = [
        card("VERSION:2.1\r\nFN:甲"),
        card("VERSION:4.0\r\nFN:乙\r\nbroken"),
        card("VERSION:3.0\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E4=B8=99"),
        card("VERSION:4.0\r\nTEL:1"),
        card("VERSION:4.0\r\nFN:戊\r\nURL:ftp://x"),
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:己\r\n".into(),
        card("VERSION:4.0\r\nFN:庚"),
    ]
    .concat();
    let cards = read_vcards(text.as_bytes()).unwrap();
    let faults: Vec<_> = cards.iter().map(|card| card.told.clone().err()).collect();
    assert_eq!(
        faults,
        [
            Some(CardFault::Version { version: "2.1".into() }),
            Some(CardFault::Line { line: 8 }),
            Some(CardFault::Encoded { line: 12 }),
            Some(CardFault::NoName),
            Some(CardFault::Unfit { field: "website".into() }),
            Some(CardFault::NoEnd),
            None,
        ]
    );
    assert_eq!(cards[1].line, 5);
    assert_eq!(read_vcards(b"hello"), Err(VCardFault::None));
    assert_eq!(read_vcards(&[0xc4, 0xe3]), Err(VCardFault::NotUtf8));
    assert_eq!(read_vcards(&vec![b'x'; limits::VCARD_BYTES + 1]), Err(VCardFault::TooLarge));
    let many = card("VERSION:4.0\r\nFN:甲").repeat(limits::VCARDS + 1);
    assert_eq!(read_vcards(many.as_bytes()), Err(VCardFault::TooMany));
}

proptest::proptest! {
    /// Any text survives being written and read, and no text breaks the reader.
    #[test]
    fn any_text_is_read_again(name in "\\PC{1,40}", note in "\\PC{0,200}", garbage in "(BEGIN:VCARD\r?\n)?\\PC{0,99}") {
        let draft = PartnerDraft { name, note, ..PartnerDraft::default() }.tidy();
        let id = Id::new(uuid::Uuid::from_u128(7));
        if draft.check().is_ok() {
            proptest::prop_assert_eq!(told(&vcards([(id, &draft)])), vec![draft]);
        }
        let _ = read_vcards(garbage.as_bytes());
    }
}
