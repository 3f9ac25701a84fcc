//! How a stage ends: each family reads of its own child, the school of who goes on and agreed.

use super::*;
use xinmei_model::{OrderEntry, StageResult};

fn set(election: &Election, stage: usize, candidate: Id<Candidate>, outcome: Outcome) -> ContestAct {
    ContestAct::SetResult { stage: election.stages[stage], candidate, outcome, reason: String::new() }
}

fn elected(office: &str) -> Outcome {
    Outcome::Elected { office: office.into() }
}

#[test]
fn results_are_the_desks_until_all_are_there_and_told_in_one_act() {
    let mut election = Election::new();
    let candidates = election.candidates(2);
    let (one, two) = (candidates[0].0, candidates[1].0);
    let publish = |candidates| ContestAct::PublishResults {
        contest: election.contest,
        stage: election.stages[0],
        candidates,
    };
    let (two_told, three_told) = (publish(2), publish(3));
    assert_eq!(
        election.desk_refused(two_told.clone()),
        Refusal::StageAhead { starts: at("2026-10-16T12:30") }
    );
    election.comes("2026-10-16T15:00");
    assert_eq!(election.desk_refused(set(&election, 0, one, elected("宣传委员"))), malformed("outcome"));
    assert_eq!(election.desk_refused(set(&election, 3, one, Outcome::GoesOn)), malformed("outcome"));
    election.desk_does(set(&election, 0, one, Outcome::Out));
    election.desk_does(set(&election, 0, one, Outcome::GoesOn));
    assert_eq!(election.desk_refused(two_told.clone()), Refusal::ResultsMissing { missing: 1 });
    election.desk_does(set(&election, 0, two, Outcome::Out));
    let result = |candidate| StageResult::of(election.stages[0], candidate);
    assert_eq!(election.world.feeds(result(one)), [Feed::Desk(election.contest.uuid())].into());
    assert_eq!(election.desk_refused(three_told), Refusal::AudienceChanged { seen: 3, now: 2 });
    let changes = election.world.does(election.desk.actor(), &step(two_told.clone()));
    // Each change has its own rev: families first, then the school.
    let kinds: Vec<_> = changes
        .iter()
        .filter_map(|change| match change {
            xinmei_model::Change::Put { row, .. } => Some(row.kind().name()),
            xinmei_model::Change::Set(_) => None,
        })
        .collect();
    let expected = ["stage-result", "stage-result", "contest", "shown-candidate", "shown-candidate"];
    assert_eq!(kinds, expected);
    assert_eq!(election.desk_refused(two_told), Refusal::NothingAsked);
    assert!(
        election.world.sees(candidates[0].1, result(one))
            && !election.world.sees(candidates[0].1, result(two))
    );
    assert!(!election.world.sees(election.teacher.person, result(two)));
    // Nobody is listed for not getting on; who goes on is named, though the desk has shown nothing of it yet.
    assert_eq!(election.shown(two), None);
    let shown = election.shown(one).unwrap();
    assert_eq!((shown.reached.len(), shown.entry), (1, None));
}

#[test]
fn who_does_not_go_on_has_no_turn_and_offices_are_of_the_last_stage() {
    let mut election = Election::new();
    let candidates = election.candidates(3);
    let ids: Vec<_> = candidates.iter().map(|one| one.0).collect();
    election.comes("2026-10-16T15:00");
    let outcomes = [(ids[0], Outcome::GoesOn), (ids[1], Outcome::GoesOn), (ids[2], Outcome::Out)];
    election.results(0, &outcomes);
    let draw =
        ContestAct::DrawOrder { contest: election.contest, stage: election.stages[2], seed: "2 5 1".into() };
    election.desk_does(draw);
    assert_eq!(election.turns(2).len(), 2);
    assert_eq!(election.desk_refused(set(&election, 2, ids[2], Outcome::GoesOn)), Refusal::BookingGone);
    election.comes("2026-10-22T16:00");
    assert_eq!(election.desk_refused(set(&election, 3, ids[0], elected(" "))), malformed("office"));
    election.results(3, &[(ids[0], elected(" 宣传委员 ")), (ids[1], Outcome::Out)]);
    let shown = election.shown(ids[0]).unwrap();
    assert_eq!(shown.reached.last().unwrap().office.as_deref(), Some("宣传委员"));
    assert_eq!(election.shown(ids[1]).unwrap().reached.len(), 1, "that it went on stays said");
}

#[test]
fn a_mistake_is_set_right_with_a_reason_and_whoever_was_told_sees_it() {
    let mut election = Election::new();
    let candidates = election.candidates(3);
    let ids: Vec<_> = candidates.iter().map(|one| one.0).collect();
    election.comes("2026-10-16T15:00");
    let outcomes = [(ids[0], Outcome::GoesOn), (ids[1], Outcome::GoesOn), (ids[2], Outcome::Out)];
    election.results(0, &outcomes);
    let draw =
        ContestAct::DrawOrder { contest: election.contest, stage: election.stages[2], seed: "2 5 1".into() };
    election.desk_does(draw);
    assert_eq!(election.desk_refused(set(&election, 0, ids[2], Outcome::GoesOn)), malformed("reason"));
    let right = |candidate, outcome| ContestAct::SetResult {
        stage: election.stages[0],
        candidate,
        outcome,
        reason: "抄错了一行".into(),
    };
    let (on, off) = (right(ids[2], Outcome::GoesOn), right(ids[0], Outcome::Out));
    assert_eq!(election.desk_refused(right(ids[2], Outcome::Out)), Refusal::NothingAsked);
    election.desk_does(on);
    let result = election.world.get(StageResult::of(election.stages[0], ids[2]));
    assert_eq!(result.outcome, Outcome::GoesOn);
    let correction = &result.corrections[0];
    assert_eq!((&correction.was, correction.reason.as_str()), (&Outcome::Out, "抄错了一行"));
    assert!(election.world.sees(candidates[2].1, StageResult::of(election.stages[0], ids[2])));
    assert_eq!(election.turns(2).last().unwrap().candidate, ids[2], "its turn is the last");
    assert!(election.shown(ids[2]).is_some());
    election.desk_does(off);
    assert!(election.turns(2).iter().all(|turn| turn.candidate != ids[0]));
    assert_eq!(election.shown(ids[0]), None);
    // The order as it was drawn stays what anybody can work out.
    let contest = election.world.get(election.contest);
    assert!(
        contest.orders[0].entries.contains(&OrderEntry::of(election.stages[2], &election.world.get(ids[0])))
    );
}

#[test]
fn an_order_drawn_before_keeps_nobody_who_is_out_and_results_come_in_order() {
    let mut election = Election::new();
    let candidates = election.candidates(2);
    let ids: Vec<_> = candidates.iter().map(|one| one.0).collect();
    election.comes("2026-10-15T08:00");
    let (contest, stage) = (election.contest, election.stages[2]);
    election.desk_does(ContestAct::DrawOrder { contest, stage, seed: "2 5 1".into() });
    election.desk_does(ContestAct::ShowOrder { contest, stage, shown: true });
    assert_eq!(election.shown(ids[1]).unwrap().turns.len(), 1);
    election.comes("2026-10-16T15:00");
    election.results(0, &[(ids[0], Outcome::GoesOn), (ids[1], Outcome::Out)]);
    assert_eq!(election.turns(2).len(), 1);
    assert_eq!(election.shown(ids[1]), None);
    assert_eq!(election.shown(ids[0]).unwrap().turns.len(), 1);

    election.comes("2026-10-22T16:00");
    election.results(3, &[(ids[0], elected("宣传委员"))]);
    let earlier = ContestAct::PublishResults { contest, stage: election.stages[2], candidates: 1 };
    assert_eq!(election.desk_refused(earlier), Refusal::LaterTold { stage: "现场提问".into() });
    // Set right to a no, nothing that was told of later stages stays shown.
    let right = ContestAct::SetResult {
        stage: election.stages[0],
        candidate: ids[0],
        outcome: Outcome::Out,
        reason: "抄错了一行".into(),
    };
    election.desk_does(right);
    assert_eq!(election.shown(ids[0]), None);
}
