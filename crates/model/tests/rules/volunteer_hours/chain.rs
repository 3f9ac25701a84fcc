//! The chain of approved hours, and the certificate: what is done to them is found.

use ed25519_dalek::{Signer as _, SigningKey};
use proptest::{prelude::*, test_runner::FileFailurePersistence};

use super::*;
use xinmei_model::QualificationDraft;

pub(super) fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

/// Signs what the school signs, as its server does while it writes.
fn sign_all(world: &mut World) {
    let rows: Vec<Row> = world
        .all::<HoursEntry>()
        .into_iter()
        .map(Row::from)
        .chain(world.all::<HoursCheckpoint>().into_iter().map(Row::from))
        .chain(world.all::<HoursProof>().into_iter().map(Row::from))
        .collect();
    for row in rows {
        if let Some(message) = row.unsigned(world.school) {
            let signature = data_encoding::BASE64URL_NOPAD.encode(&key().sign(&message).to_bytes());
            world.put(row.signed(signature), []);
        }
    }
}

fn chain(count: u32) -> (World, Vec<HoursEntry>, HoursHead) {
    let mut scene = scene();
    for minute in 1..=count {
        let draft = scene.draft(minute);
        scene.world.does(guardian(scene.wang), &step(HoursAct::RequestHours(draft.clone())));
        scene.world.does(scene.other.actor(), &approve(draft.id, minute));
    }
    sign_all(&mut scene.world);
    let mut entries = scene.world.all::<HoursEntry>();
    entries.sort_by_key(|entry| entry.approval().map(|approval| approval.seq));
    let head = scene.world.get(HoursHead::of(scene.world.school));
    (scene.world, entries, head)
}

#[test]
fn a_chain_is_whole_and_whatever_is_done_to_it_names_the_first_that_does_not_fit() {
    let (world, entries, head) = chain(5);
    let public = key().verifying_key().to_bytes();
    let checkpoint: HoursCheckpoint = world.get(HoursCheckpoint::of(world.school));
    let verify = |entries: &[HoursEntry], head: &HoursHead, said: &[HoursCheckpoint]| {
        verify_chain(world.school, &public, entries, Some(head), said)
    };
    let whole = verify(&entries, &head, std::slice::from_ref(&checkpoint)).unwrap();
    assert_eq!((whole.count, whole.hash), (5, head.hash));
    assert_eq!(verify_chain(world.school, &public, &[], None, &[]).unwrap().count, 0);
    let spoilt = |spoil: &dyn Fn(&mut Vec<HoursEntry>, &mut HoursHead), said: &[HoursCheckpoint]| {
        let (mut entries, mut head) = (entries.clone(), head.clone());
        spoil(&mut entries, &mut head);
        let fault = verify(&entries, &head, said).unwrap_err();
        (fault.seq, fault.is)
    };
    let approval = |entry: &mut HoursEntry, change: &dyn Fn(&mut xinmei_model::HoursApproval)| {
        if let HoursState::Approved(approval) = &mut entry.state {
            change(approval);
        }
    };
    assert_eq!(spoilt(&|it, _| it[2].minutes += 60, &[]), (3, ChainFaultIs::Altered));
    assert_eq!(spoilt(&|it, _| it[2].evidence.push('x'), &[]), (3, ChainFaultIs::Altered));
    assert_eq!(spoilt(&|it, _| drop(it.remove(1)), &[]), (2, ChainFaultIs::Missing));
    assert_eq!(spoilt(&|it, _| drop(it.pop()), &[]), (5, ChainFaultIs::CutOff));
    assert_eq!(spoilt(&|it, _| it.push(it[0].clone()), &[]), (1, ChainFaultIs::Twice));
    assert_eq!(spoilt(&|it, _| it[3].state = HoursState::Waiting, &[]), (4, ChainFaultIs::Missing));
    assert_eq!(spoilt(&|_, head| head.count = 4, &[]), (5, ChainFaultIs::BeyondHead));
    // Hashes worked out anew: the school's signature does not fit, and of the last ones the checkpoint remembers.
    let forged = |it: &mut Vec<HoursEntry>, from: usize| {
        let mut previous = it[from].approval().unwrap().previous;
        for entry in it.iter_mut().skip(from) {
            approval(entry, &|approval| approval.previous = previous);
            previous = entry.hash_again().unwrap();
            approval(entry, &|approval| approval.hash = previous);
        }
        previous
    };
    let forge = |it: &mut Vec<HoursEntry>, head: &mut HoursHead| {
        it[2].minutes += 60;
        head.hash = forged(it, 2);
    };
    assert_eq!(spoilt(&forge, &[]), (3, ChainFaultIs::Unsigned));
    let cut = |it: &mut Vec<HoursEntry>, head: &mut HoursHead| {
        it.truncate(3);
        (head.count, head.hash) = (3, it[2].approval().unwrap().hash);
    };
    let (mut short, mut short_head) = (entries.clone(), head.clone());
    cut(&mut short, &mut short_head);
    assert!(verify(&short, &short_head, &[]).is_ok(), "nothing in the store remembers");
    assert_eq!(spoilt(&cut, std::slice::from_ref(&checkpoint)), (4, ChainFaultIs::CutOff));
    // Even whoever signs anew is found by what a device kept.
    let resign = |it: &mut Vec<HoursEntry>, head: &mut HoursHead| {
        forge(it, head);
        for entry in it.iter_mut() {
            let made = entry.checkpoint(world.school).unwrap();
            let signature = data_encoding::BASE64URL_NOPAD.encode(&key().sign(&made.message()).to_bytes());
            approval(entry, &|approval| approval.signature = signature.clone());
        }
    };
    let kept: Vec<_> = entries.iter().map(|entry| entry.checkpoint(world.school).unwrap()).collect();
    assert_eq!(spoilt(&resign, &kept), (3, ChainFaultIs::NotAsSigned));
    let foreign = HoursCheckpoint { signature: "AAAA".into(), ..checkpoint };
    assert_eq!(spoilt(&|_, _| {}, &[foreign]), (5, ChainFaultIs::ForeignCheckpoint));
}

#[test]
fn a_device_checks_what_it_was_sent_against_what_it_kept() {
    let (world, entries, _) = chain(4);
    let public = key().verifying_key().to_bytes();
    let kept: Vec<_> = entries.iter().map(|entry| entry.checkpoint(world.school).unwrap()).collect();
    let own: Vec<_> = entries.iter().map(|entry| (entry.approval().unwrap().seq, entry.id)).collect();
    let verify = |entries: &[HoursEntry], kept: &[HoursCheckpoint]| {
        verify_part(world.school, &public, entries, kept, &own).map_err(|fault| (fault.seq, fault.is))
    };
    assert_eq!(verify(&entries, &kept), Ok(()));
    assert_eq!(verify(&entries, &[]), Ok(()), "having kept nothing yet is no fault");
    let mut other = entries.clone();
    other[1].minutes = 600;
    assert_eq!(verify(&other, &kept), Err((2, ChainFaultIs::Altered)));
    assert_eq!(verify(&entries[..3], &kept), Err((4, ChainFaultIs::Missing)));
    let mut said = kept.clone();
    said.push(HoursCheckpoint { hash: FileHash::of(b"other"), ..kept[2].clone() });
    assert_eq!(verify(&entries, &said), Err((3, ChainFaultIs::ForeignCheckpoint)));
}

fn wish(world: &mut World, person: Id<Person>) -> ProofWish {
    ProofWish {
        id: world.fresh(),
        person,
        from: "2026-09-01".parse().unwrap(),
        to: "2027-01-31".parse().unwrap(),
        training: String::new(),
        awards: String::new(),
        evaluation: String::new(),
    }
}

#[test]
fn a_certificate_is_read_by_whoever_has_the_schools_key_and_by_no_other() {
    let mut scene = scene();
    scene.both_came();
    let own = wish(&mut scene.world, scene.wang);
    let nothing = Refusal::NotFound { what: "hours-entry".into() };
    assert_eq!(scene.world.refuses(guardian(scene.wang), &step(HoursAct::IssueProof(own.clone()))), nothing);
    let entry = scene.entry(scene.wang).id;
    scene.world.does(scene.other.actor(), &approve(entry, 100));
    let admin = scene.world.staff("杜江", RoleKind::Administrator, scene.world.root);
    let stars = |hours: &[u32]| step(HoursAct::SetStars { hours: hours.to_vec() });
    assert_eq!(scene.world.refuses(admin.actor(), &stars(&[3, 2])), malformed("hours"));
    assert_eq!(
        scene.world.refuses(scene.desk.actor(), &stars(&[1])),
        Refusal::NoPower { power: Power::Administer }
    );
    scene.world.does(admin.actor(), &stars(&[1, 100]));
    assert_eq!(scene.world.get(StarHours::of(scene.world.school)).stars(100), 1);

    assert_eq!(
        scene.world.refuses(guardian(scene.liu), &step(HoursAct::IssueProof(own.clone()))),
        Refusal::NoPower { power: Power::ManageShifts }
    );
    let praise = ProofWish { evaluation: "优秀".into(), ..own.clone() };
    assert_eq!(
        scene.world.refuses(guardian(scene.wang), &step(HoursAct::IssueProof(praise.clone()))),
        Refusal::HoursOwn
    );
    scene.world.does(guardian(scene.wang), &step(HoursAct::IssueProof(own.clone())));
    let praise = ProofWish { id: scene.world.fresh(), evaluation: "守时\u{2028}负责".into(), ..praise };
    scene.world.does(scene.desk.actor(), &step(HoursAct::IssueProof(praise.clone())));
    sign_all(&mut scene.world);
    let public = key().verifying_key().to_bytes();
    let proof: HoursProof = scene.world.get(praise.id);
    assert_eq!((proof.minutes, proof.entries, proof.stars), (100, 1, Some(1)));
    let said = read_proof(&proof.text(), &public).unwrap();
    let says = |name: &str| said.lines.iter().find(|(line, _)| line == name).map(|(_, value)| value.clone());
    assert_eq!(
        (says("name"), says("minutes"), says("evaluation")),
        (Some("王芳".into()), Some("100".into()), Some(proof.evaluation.clone()))
    );
    assert_eq!(read_proof(&format!("{}\r\n", proof.text().replace('\n', "\r\n")), &public).unwrap(), said);
    let foreign = SigningKey::from_bytes(&[8; 32]).verifying_key().to_bytes();
    assert_eq!(read_proof(&proof.text(), &foreign), Err(ProofFault::NotSigned));
    assert_eq!(
        read_proof(&proof.text().replace("minutes: 100", "minutes: 1000"), &public),
        Err(ProofFault::NotSigned)
    );
    assert_eq!(read_proof("你好", &public), Err(ProofFault::Unreadable));
    assert_eq!(scene.world.get(own.id).by_name, None);
    assert!(
        scene
            .world
            .all::<HoursEntry>()
            .iter()
            .all(|entry| Kind::HoursEntry == Row::from(entry.clone()).kind())
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: Some(Box::new(FileFailurePersistence::Off)), cases: 64, ..ProptestConfig::default() })]

    /// No two entries that read otherwise are hashed alike, wherever one text ends and the next begins.
    #[test]
    fn what_is_hashed_says_one_thing(title in "[a-c\\PC]{0,8}", programme in "[a-c\\PC]{0,8}", cut in 0_usize..8) {
        let (_, entries, _) = chain(1);
        let approval = entries[0].approval().unwrap();
        let joined: Vec<char> = format!("{title}{programme}").chars().collect();
        let at = cut.min(joined.len());
        let entry = |title: String, programme: String| HoursEntry { title, programme, ..entries[0].clone() };
        let one = entry(title.clone(), programme.clone());
        let two = entry(joined[..at].iter().collect(), joined[at..].iter().collect());
        prop_assert_eq!(one == two, one.hashed(approval) == two.hashed(approval));
    }
}

#[test]
fn a_certificate_says_what_the_school_confirmed_beside_what_the_desk_adds() {
    let mut scene = scene();
    scene.both_came();
    let entry = scene.entry(scene.wang).id;
    scene.world.does(scene.other.actor(), &approve(entry, 100));
    let training = |scene: &mut Scene, added: &str, by: xinmei_model::Actor| {
        let wish = ProofWish { training: added.into(), ..wish(&mut scene.world, scene.wang) };
        let id = wish.id;
        scene.world.does(by, &step(HoursAct::IssueProof(wish)));
        scene.world.get(id).training
    };
    let (desk, own) = (scene.desk.actor(), guardian(scene.wang));
    assert_eq!(training(&mut scene, "", own), "");
    let far = scene.world.campus("东校区");
    let name = "一门名字长得证明上再也放不下的培训，从校门口一直讲到操场的另一头去了";
    let made = [
        (scene.world.campus, "健康证"),
        (scene.world.campus, "护学岗培训"),
        (far, "急救"),
        (scene.world.campus, name),
    ];
    for (place, name) in made {
        let qualification = scene.world.fresh();
        let draft = QualificationDraft {
            place,
            name: name.into(),
            about: String::new(),
            expires: false,
            training: name != "健康证",
        };
        let by = scene.other.actor();
        let put = VolunteerAct::PutQualification { qualification, draft, version: 0 };
        scene.world.does(by, &Act::Volunteer(put));
        let people = vec![scene.wang];
        let confirm = VolunteerAct::ConfirmQualification { qualification, people, until: None, seen: None };
        scene.world.does(by, &Act::Volunteer(confirm));
    }
    assert_eq!(training(&mut scene, "", own), "急救; 护学岗培训", "what does not fit is left out whole");
    assert_eq!(training(&mut scene, "讲解", desk), "讲解; 护学岗培训", "another campus speaks for itself");
    assert_eq!(training(&mut scene, "护学岗培训 8 课时", desk), "护学岗培训 8 课时", "nothing is said twice");
}
