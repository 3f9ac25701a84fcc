//! One of each step of volunteering.

use jiff::civil::date;
use xinmei_model::*;
use xinmei_tests::{Raw, World, at};

use super::{plans::post, school::new};

pub fn campaign(campaign: Id<Campaign>, place: Id<Place>) -> Act {
    let draft = CampaignDraft {
        place,
        name: "“绿书签”志愿者实践活动".into(),
        about: String::new(),
        tags: vec!["六大工程".into()],
        from: date(2026, 11, 23),
        to: date(2026, 12, 31),
    };
    Act::Volunteer(VolunteerAct::PutCampaign { campaign, draft, version: 0 })
}

pub fn qualification(qualification: Id<Qualification>, place: Id<Place>) -> Act {
    let (name, about) = ("健康证".into(), "找食堂管理员核对".into());
    let draft = QualificationDraft { place, name, about, expires: false, training: true };
    Act::Volunteer(VolunteerAct::PutQualification { qualification, draft, version: 0 })
}

fn pupil(shift: Id<Shift>, child: Id<Child>) -> PupilWish {
    PupilWish { shift, child, on_behalf_of: None }
}

/// Somebody has it.
pub fn qualified(qualification: Id<Qualification>, person: Id<Person>) -> Act {
    let people = vec![person];
    Act::Volunteer(VolunteerAct::ConfirmQualification { qualification, people, until: None, seen: None })
}

/// One of each step, with ids nobody has.
pub fn steps() -> Vec<Act> {
    let change = match post(new(), new()) {
        Act::PostShifts { post } => VolunteerAct::ChangePost { post: Box::new(post), version: 0 },
        _ => VolunteerAct::EndPost { post: new() },
    };
    let steps = [
        VolunteerAct::EndCampaign { campaign: new() },
        change,
        VolunteerAct::EndPost { post: new() },
        VolunteerAct::CallOffShift { shift: new(), reason: "停课".into() },
        VolunteerAct::AnswerVolunteer { shift: new(), person: new(), agrees: true, reason: String::new() },
        VolunteerAct::OfferShift { shift: new(), people: vec![new()], words: String::new(), until: None },
        VolunteerAct::AnswerOffer {
            shift: new(),
            agrees: true,
            reason: String::new(),
            on_behalf_of: Some(Proxy::new(new(), "来电")),
        },
        VolunteerAct::ReleaseOffer { shift: new(), person: new() },
        VolunteerAct::ChangeShift {
            shift: new(),
            starts: at("2026-11-26T07:30"),
            ends: at("2026-11-26T08:10"),
            needed: 2,
            version: 0,
        },
        VolunteerAct::ConfirmShift { shift: new(), on_behalf_of: Some(Proxy::new(new(), "家长来电")) },
        VolunteerAct::Swap(SwapAct::OfferSwap {
            swap: new(),
            give: new(),
            want: vec![new()],
            words: String::new(),
        }),
        VolunteerAct::Swap(SwapAct::AcceptSwap { swap: new(), shift: new() }),
        VolunteerAct::Swap(SwapAct::WithdrawSwap { swap: new() }),
        VolunteerAct::Swap(SwapAct::AnswerSwap {
            swap: new(),
            agrees: true,
            reason: String::new(),
            seen: None,
        }),
        VolunteerAct::Swap(SwapAct::SwapShifts {
            one: SwapSide { person: new(), shift: new() },
            other: SwapSide { person: new(), shift: new() },
            note: String::new(),
        }),
        VolunteerAct::SearchStandIn { shift: new() },
        VolunteerAct::StopStandIn { shift: new() },
        VolunteerAct::AddGuest {
            guest: Box::new(GuestDraft {
                person: new(),
                name: "何读书".into(),
                organisation: String::new(),
                phone: String::new(),
                agreed: "本人同意".into(),
                sponsor: new(),
                shifts: vec![new()],
            }),
        },
        VolunteerAct::ChangeSponsor { guest: new(), sponsor: new() },
        VolunteerAct::RemoveGuest { guest: new() },
        VolunteerAct::DropQualification { qualification: new() },
        VolunteerAct::SetTurns { post: new(), turns: vec![ShiftTurns { shift: new(), turns: Vec::new() }] },
        VolunteerAct::AppointContact { class: new(), person: new() },
        VolunteerAct::EndContact { class: new(), person: new() },
        VolunteerAct::SayReady { class: new(), ready: true, on_behalf_of: None },
        VolunteerAct::AskFamily {
            shift: new(),
            class: new(),
            person: new(),
            words: String::new(),
            until: None,
        },
        VolunteerAct::EnterPupil(pupil(new(), new())),
        VolunteerAct::WithdrawPupil(pupil(new(), new())),
        VolunteerAct::MarkPupils {
            shift: new(),
            pupils: vec![PupilMark {
                child: new(),
                said: DutySaid::Missed { excuse: "发烧".into() },
                seen: 0,
            }],
        },
        VolunteerAct::WithdrawQualification {
            qualification: new(), person: new(), reason: "录错了".into()
        },
    ];
    let steps = steps.into_iter().map(Act::Volunteer);
    [campaign(new(), new()), qualification(new(), new()), qualified(new(), new())]
        .into_iter()
        .chain(steps)
        .collect()
}

/// A campaign, a qualification the parent has, and a shift their child is put down for.
pub async fn fill(world: &World, n: usize, place: Id<Place>) {
    let (skill, parent) = (new(), world.person(&format!("家长{n}")).await);
    let mut raw = world.raw(&format!("协调员{n}")).await;
    let role = world.list::<Role>(List::RolesOf(raw.person))[0].id;
    // A guest from outside, whom a teacher receives.
    let Act::PostShifts { post: mut open } = post(place, new()) else { panic!("a post is published") };
    let shifts = vec![open.shifts[0].id];
    open.terms = PostTerms { guests: true, ..PostTerms::default() };
    let sponsor = world.person(&format!("老师{n}")).await;
    let guest = GuestDraft {
        person: new(),
        name: "何读书".into(),
        organisation: "青禾社区图书馆".into(),
        phone: "000 5550 0101".into(),
        agreed: "本人在电话里同意".into(),
        sponsor,
        shifts,
    };
    let guest = Act::Volunteer(VolunteerAct::AddGuest { guest: Box::new(guest) });
    let open = Act::PostShifts { post: open };
    let kept = [campaign(new(), place), qualification(skill, place), qualified(skill, parent), open, guest];
    for act in kept {
        let wish = Raw::wish(Hat::Staff { role }, act);
        let verdict = raw.push(&wish).await;
        assert!(matches!(verdict, Verdict::Accepted { .. }), "{wish:?}: {verdict:?}");
    }
    let Act::PostShifts { post: mut draft } = post(place, new()) else { return };
    draft.terms.pupils = Some(PupilTerms { places: 5, per_adult: 5, from_grade: None });
    let (shift, posting) = (draft.shifts[0].id, Act::PostShifts { post: draft });
    let child = world.list::<Link>(List::LinksBy(parent))[0].child;
    let mut family = world.raw(&format!("家长{n}")).await;
    let entering = Act::Volunteer(VolunteerAct::EnterPupil(pupil(shift, child)));
    for (raw, hat, act) in [(&mut raw, Hat::Staff { role }, posting), (&mut family, Hat::Guardian, entering)]
    {
        let wish = Raw::wish(hat, act);
        let verdict = raw.push(&wish).await;
        assert!(matches!(verdict, Verdict::Accepted { .. }), "{wish:?}: {verdict:?}");
    }
}
