//! A council election from the nomination to the office, over real HTTPS: a family, a class teacher, a desk, and a family that only
//! looks on.

use data_encoding::BASE64;
use xinmei_client::api::{contest as ask, file, sync::ItemState, today};
use xinmei_model::{
    Candidate, CheckState, Contest, ContestAct, EntryWish, Id, Outcome, Place, Proxy, RoleKind, Stage,
    StageKind, TurnMark,
};
use xinmei_tests::{Device, World, at};

fn plan(place: Id<Place>) -> ask::Put {
    let stage = |name: &str, from: &str, until: &str, kind| ask::PlannedStage {
        id: None,
        name: name.into(),
        venue: "礼堂".into(),
        starts: at(from),
        ends: at(until),
        kind,
        note: String::new(),
    };
    let turns =
        || StageKind::InTurn {
            minutes: 3, buffer: 1, breaks: Vec::new(), seed_from: "掷三次骰子".into()
        };
    ask::Put {
        contest: None,
        place,
        title: "大队委换届选举".into(),
        about: String::new(),
        eligible: Vec::new(),
        per_class: Some(3),
        opens: at("2026-11-23T08:00"),
        closes: at("2026-11-24T18:00"),
        stages: vec![
            stage(
                "海报展示",
                "2026-11-25T08:00",
                "2026-11-26T17:00",
                StageKind::OnShow { due: at("2026-11-25T12:00") },
            ),
            stage("现场自我介绍", "2026-11-26T14:00", "2026-11-26T15:00", turns()),
            stage("现场提问", "2026-11-27T14:00", "2026-11-27T15:00", turns()),
        ],
        version: 0,
        publish: true,
        reason: String::new(),
    }
}

async fn step(device: &Device, step: ContestAct) {
    device.ask(ask::Step { step }).await;
    device.sync().await;
    let outbox = device.ask(xinmei_client::api::sync::ListOutbox {}).await;
    assert!(
        outbox.items.iter().all(|item| item.state == ItemState::Saved || item.state == ItemState::Sent),
        "{:?}",
        outbox.items
    );
}

async fn opened(device: &Device, contest: Id<Contest>) -> ask::Opened {
    device.sync().await;
    device.ask(ask::Open { contest }).await
}

fn entry(contest: Id<Contest>, child: Id<xinmei_model::Child>) -> EntryWish {
    EntryWish {
        contest,
        child,
        statement: "我想为大家做事".into(),
        poster: None,
        shows: true,
        on_behalf_of: None,
        replaces: None,
        mark: None,
    }
}

async fn poster(device: &Device) -> xinmei_model::Attachment {
    let content = b"%PDF-1.4\n% a poster\n";
    let bytes = u32::try_from(content.len()).unwrap();
    let give =
        file::Give { file: None, name: "海报.pdf".into(), bytes, at: 0, content: BASE64.encode(content) };
    device.ask(give).await.attachment.expect("it is whole")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_election_runs_from_the_nomination_to_the_office() {
    let world = World::new().await;
    let campus = world.campus("本部").await;
    let class = world.class("本部", 2022, 2).await;
    let desk = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
    let teacher = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let (mother, tongs) = world.family("王芳", &[("李雨桐", class)]).await;
    let (other, chens) = world.family("王磊", &[("王小川", class)]).await;
    let (tong, chen) = (tongs[0], chens[0]);

    desk.ask(plan(campus)).await;
    desk.sync().await;
    let contest = desk.ask(ask::List {}).await.contests[0].id;
    let stages: Vec<Id<Stage>> =
        opened(&desk, contest).await.stages.iter().map(|view| view.stage.id).collect();

    // A family nominates with a poster, while the network is away: the wish waits and says so.
    let seen = opened(&mother, contest).await;
    assert_eq!(seen.may_enter.len(), 1);
    let wish = EntryWish { poster: Some(poster(&mother).await), ..entry(contest, tong) };
    mother.ask(ask::Step { step: ContestAct::EnterCandidate(wish) }).await;
    let waiting = mother.ask(ask::Open { contest }).await;
    assert_eq!(waiting.candidates[0].pending.as_ref().unwrap().state, ItemState::Saved);
    mother.sync().await;
    // The teacher nominates another; its family has to agree, and reads so on Today.
    teacher.sync().await;
    step(&teacher, ContestAct::EnterCandidate(entry(contest, chen))).await;
    assert_eq!(opened(&teacher, contest).await.candidates.len(), 2);
    other.sync().await;
    let today::Today::Family(day) = other.ask(today::Open {}).await else { panic!("a family's day") };
    let asks = day.duties.iter().map(|duty| duty.what.clone());
    let agree =
        |what: today::DutyKind| matches!(what, today::DutyKind::Contest { asks: today::EntryAsk::Agree, .. });
    assert!(asks.into_iter().any(agree), "{:?}", day.duties);
    step(&other, ContestAct::EnterCandidate(EntryWish { shows: false, ..entry(contest, chen) })).await;

    // Two wishes one after the other, without a network: the second follows the first.
    for statement in ["第一稿", "第二稿"] {
        let wish = EntryWish { statement: statement.into(), shows: false, ..entry(contest, chen) };
        other.ask(ask::Step { step: ContestAct::EnterCandidate(wish) }).await;
    }
    other.sync().await;
    let theirs = opened(&other, contest).await.candidates.remove(0);
    assert_eq!(theirs.entry.statement, "第二稿");
    // Where somebody else was first, both are refused, and nothing is overwritten unseen.
    teacher.sync().await;
    for statement in ["第三稿", "第四稿"] {
        let wish = EntryWish { statement: statement.into(), shows: false, ..entry(contest, chen) };
        other.ask(ask::Step { step: ContestAct::EnterCandidate(wish) }).await;
    }
    let proxy = Some(Proxy::new(other.person, "爸爸来电"));
    let phoned = EntryWish {
        statement: "电话里说的".into(),
        shows: false,
        on_behalf_of: proxy,
        ..entry(contest, chen)
    };
    step(&teacher, ContestAct::EnterCandidate(phoned)).await;
    other.sync().await;
    let failed = other.ask(xinmei_client::api::sync::ListOutbox {}).await.items;
    let states: Vec<_> = failed.iter().map(|item| format!("{:?}", item.state)).collect();
    assert_eq!(states.len(), 2, "{states:?}");
    assert!(states[0].contains("ChangedMeanwhile") && states[1].contains("DependsOn"), "{states:?}");
    for item in failed {
        other.ask(xinmei_client::api::sync::Seen { mutation: item.mutation }).await;
    }
    assert_eq!(
        opened(&teacher, contest)
            .await
            .candidates
            .iter()
            .find(|one| one.id == theirs.id)
            .unwrap()
            .entry
            .statement,
        "电话里说的"
    );

    // Nothing is shown before the desk has looked.
    assert!(opened(&other, contest).await.shown.is_empty());
    let (one, two) = (Candidate::of(contest, tong), Candidate::of(contest, chen));
    for candidate in opened(&desk, contest).await.candidates {
        let (candidate, version) = (candidate.id, candidate.version);
        step(&desk, ContestAct::CheckCandidate { candidate, version, revise: String::new() }).await;
    }
    let shown = opened(&other, contest).await.shown;
    assert_eq!(shown.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["李雨桐"], "who agreed");
    let picture = shown[0].entry.as_ref().unwrap().poster.as_ref().unwrap();
    assert_eq!(picture.attachment.name, "海报.pdf");

    // The order is drawn; each family has its own turn and nobody else's.
    world.advance(jiff::SignedDuration::from_hours(48)).await;
    let draw = ContestAct::DrawOrder { contest, stage: stages[1], seed: "2 5 1".into() };
    desk.sync().await;
    step(&desk, draw).await;
    let board = opened(&desk, contest).await;
    assert_eq!(board.stages[1].in_it.len(), 2);
    let first = board.stages[1].in_it[0];
    let mine = opened(&mother, contest).await;
    assert!(mine.stages[1].order.as_ref().unwrap().agrees, "worked out again on the family's computer");
    assert_eq!(mine.candidates.len(), 1);
    assert!(mine.candidates[0].stages[1].turn.is_some());
    assert!(mine.shown.iter().all(|one| one.turns.is_empty()), "the desk has not shown the order");
    // In the room, without a network: the mark stands here and goes later.
    let mark = ContestAct::MarkTurn { stage: stages[1], candidate: first, mark: TurnMark::Called };
    desk.ask(ask::Step { step: mark }).await;
    let room = desk.ask(ask::Open { contest }).await;
    let turn_of = |view: &ask::Opened, id| {
        let found = view.candidates.iter().find(|one| one.id == id).unwrap();
        found.stages[1].turn.clone().unwrap()
    };
    assert_eq!((turn_of(&room, first).mark, turn_of(&room, first).pending), (TurnMark::Called, true));
    desk.sync().await;

    // Results: drafts nobody else has, then one act.
    world.advance(jiff::SignedDuration::from_hours(36)).await;
    for (candidate, outcome) in [(one, Outcome::GoesOn), (two, Outcome::Out)] {
        let reason = String::new();
        step(&desk, ContestAct::SetResult { stage: stages[1], candidate, outcome, reason }).await;
    }
    assert!(opened(&other, contest).await.candidates[0].stages[1].result.is_none());
    step(&desk, ContestAct::PublishResults { contest, stage: stages[1], candidates: 2 }).await;
    let told = opened(&other, contest).await;
    assert_eq!(told.candidates[0].stages[1].result.as_ref().unwrap().outcome, Outcome::Out);
    assert!(told.shown.iter().all(|one| one.name == "李雨桐"), "nobody is listed for not getting on");
    assert_eq!(told.shown[0].reached.len(), 1);
    assert!(told.candidates.iter().all(|one| matches!(one.check, CheckState::Fine { .. })));
    world.end(&[&desk, &teacher, &mother, &other]).await;
}
