//! One of each step of the ledger of hours.

use uuid::Uuid;
use xinmei_model::{
    Act, Attachment, DutySaid, DutyWish, FileHash, FileKind, Hat, HoursAct, HoursCorrection, HoursDraft,
    HoursEntry, Id, Place, ProofWish, Proxy, Verdict,
};
use xinmei_tests::{Raw, World};

use super::school::new;

/// Hours that somebody asks for.
pub fn asked(id: Id<HoursEntry>, place: Id<Place>, on_behalf_of: Option<Proxy>) -> Act {
    Act::Hours(HoursAct::RequestHours(HoursDraft {
        id,
        place,
        title: "整理图书".into(),
        programme: String::new(),
        day: jiff::civil::date(2026, 11, 20),
        minutes: 45,
        evidence: "张老师在场".into(),
        files: Vec::new(),
        on_behalf_of,
    }))
}

/// One of each step, with ids nobody has.
pub fn steps(proxy: Option<Proxy>) -> Vec<Act> {
    let said = DutySaid::Missed { excuse: "请假".into() };
    let steps = vec![
        HoursAct::MarkDuty { shift: new(), people: vec![DutyWish { person: new(), said, seen: 0 }] },
        HoursAct::CheckOut { shift: new(), until: "2026-11-22T01:30:00Z".parse().expect("a time") },
        HoursAct::ApproveHours { entry: new(), minutes: 45 },
        HoursAct::RefuseHours { entry: new(), reason: "没有在场的老师".into() },
        HoursAct::WithdrawHours { entry: new() },
        HoursAct::CorrectHours(HoursCorrection {
            id: new(),
            corrects: new(),
            minutes: 30,
            reason: "提前离开".into(),
        }),
        HoursAct::IssueProof(ProofWish {
            id: new(),
            person: new(),
            from: jiff::civil::date(2026, 9, 1),
            to: jiff::civil::date(2026, 11, 22),
            training: String::new(),
            awards: String::new(),
            evaluation: String::new(),
        }),
        HoursAct::SetStars { hours: vec![10, 50] },
    ];
    let steps = steps.into_iter().map(Act::Hours);
    std::iter::once(asked(new(), new(), proxy)).chain(steps).collect()
}

/// A parent asks for hours and shows a letter; the entry, and what the letter hashes to.
pub async fn fill(world: &World, n: usize, place: Id<Place>) -> (Uuid, FileHash) {
    let mut raw = world.raw(&format!("家长{n}")).await;
    let content = format!("感谢信 {n}");
    let sha256 = raw.upload(content.as_bytes()).await;
    let bytes = u32::try_from(content.len()).expect("a short letter");
    let letter =
        Attachment { sha256, name: "感谢信.txt".into(), kind: FileKind::Text, bytes, picture: None };
    let Act::Hours(HoursAct::RequestHours(draft)) = asked(new(), place, None) else {
        panic!("hours are asked for")
    };
    let id = draft.id;
    let act = Act::Hours(HoursAct::RequestHours(HoursDraft { files: vec![letter], ..draft }));
    let verdict = raw.push(&Raw::wish(Hat::Guardian, act)).await;
    assert!(matches!(verdict, Verdict::Accepted { .. }), "{verdict:?}");
    (id.uuid(), sha256)
}
