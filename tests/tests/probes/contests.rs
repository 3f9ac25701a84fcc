//! A contest, and one of each step of it.

use xinmei_model::*;
use xinmei_tests::at;

use super::school::new;

fn plan(place: Id<Place>, stage: Id<Stage>) -> ContestPlan {
    let kind = StageKind::InTurn { minutes: 3, buffer: 1, breaks: Vec::new(), seed_from: "掷骰子".into() };
    ContestPlan {
        place,
        title: "大队委换届选举".into(),
        about: String::new(),
        eligible: Vec::new(),
        per_class: None,
        opens: at("2026-11-23T09:00"),
        closes: at("2026-11-25T20:00"),
        stages: vec![Stage {
            id: stage,
            name: "现场自我介绍".into(),
            venue: "礼堂".into(),
            starts: at("2026-11-26T14:00"),
            ends: at("2026-11-26T15:00"),
            kind,
            note: String::new(),
        }],
    }
}

pub fn contest(contest: Id<Contest>, place: Id<Place>) -> Act {
    let plan = plan(place, new());
    Act::Contest(ContestAct::PutContest { contest, plan, version: 0, publish: true, reason: String::new() })
}

pub fn entry(contest: Id<Contest>, child: Id<Child>, on_behalf_of: Option<Proxy>) -> Act {
    let wish = EntryWish {
        contest,
        child,
        statement: "我想试试".into(),
        poster: None,
        shows: true,
        on_behalf_of,
        replaces: None,
        mark: None,
    };
    Act::Contest(ContestAct::EnterCandidate(wish))
}

/// One of each step, with ids nobody has.
pub fn steps(proxy: Option<Proxy>) -> Vec<Act> {
    let steps = vec![
        ContestAct::CancelContest { contest: new(), reason: "停课".into() },
        ContestAct::CheckCandidate { candidate: new(), version: 0, revise: String::new() },
        ContestAct::WithdrawCandidate { candidate: new(), on_behalf_of: proxy.clone() },
        ContestAct::DrawOrder { contest: new(), stage: new(), seed: "2 5 1".into() },
        ContestAct::MoveTurn { stage: new(), candidate: new(), to: 1, reason: "生病".into() },
        ContestAct::ShowOrder { contest: new(), stage: new(), shown: true },
        ContestAct::MarkTurn { stage: new(), candidate: new(), mark: TurnMark::Here },
        ContestAct::SetResult {
            stage: new(),
            candidate: new(),
            outcome: Outcome::Out,
            reason: String::new(),
        },
        ContestAct::PublishResults { contest: new(), stage: new(), candidates: 1 },
    ];
    let steps = steps.into_iter().map(Act::Contest);
    [contest(new(), new()), entry(new(), new(), proxy)].into_iter().chain(steps).collect()
}
