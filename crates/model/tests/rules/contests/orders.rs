//! The order of a stage: drawn, moved by hand, kept in the room.

use super::*;
use xinmei_model::{OrderEntry, TurnMark, running_order, turn_times};

fn draw(election: &Election, stage: usize) -> ContestAct {
    ContestAct::DrawOrder { contest: election.contest, stage: election.stages[stage], seed: " 2 5 1 ".into() }
}

fn times(election: &Election, stage: usize) -> Vec<String> {
    election.turns(stage).iter().map(|turn| turn.starts.strftime("%H:%M").to_string()).collect()
}

fn who(election: &Election, stage: usize) -> Vec<Id<Candidate>> {
    election.turns(stage).iter().map(|turn| turn.candidate).collect()
}

#[test]
fn turns_follow_each_other_around_breaks_and_end_with_the_stage() {
    let election = Election::new();
    let mut stage = election.world.get(election.contest).plan.stages[2].clone();
    let starts = |stage: &Stage, count| {
        let times = turn_times(stage, count);
        times.iter().map(|(starts, _)| starts.strftime("%H:%M").to_string()).collect::<Vec<_>>()
    };
    // Four minutes and one between two; 14:10 would be in the break, which ends at 14:20.
    assert_eq!(starts(&stage, 4), ["14:00", "14:05", "14:20", "14:25"]);
    assert_eq!(starts(&stage, 99).last().unwrap(), "14:55", "nobody's turn is past the end");
    assert_eq!(starts(&stage, 99).len(), 10);
    stage.kind = StageKind::Together;
    assert!(turn_times(&stage, 3).is_empty());
    // Whatever minutes, breaks and numbers: no two turns overlap, none is in a break.
    for (minutes, buffer) in (1..9).flat_map(|minutes| (0..4).map(move |buffer| (minutes, buffer))) {
        let breaks = vec![
            Break { from: at("2026-10-21T14:07"), until: at("2026-10-21T14:09") },
            Break { from: at("2026-10-21T14:08"), until: at("2026-10-21T14:30") },
        ];
        let kind = StageKind::InTurn { minutes, buffer, breaks: breaks.clone(), seed_from: "骰子".into() };
        let turns = turn_times(&Stage { kind, ..stage.clone() }, 60);
        assert!(!turns.is_empty());
        assert!(turns.is_sorted_by(|one, next| one.1 <= next.0));
        for (starts, ends) in &turns {
            assert!(breaks.iter().all(|pause| *ends <= pause.from || pause.until <= *starts));
            assert!(*ends <= stage.ends);
        }
    }
}

#[test]
fn an_order_is_what_anybody_works_out_from_the_seed() {
    let id = |n: u128| Id::new(uuid::Uuid::from_u128(n));
    let entries: Vec<Id<OrderEntry>> = (1..=5).map(id).collect();
    let stage: Id<Stage> = Id::new(uuid::Uuid::from_u128(9));
    let numbers = |seed: &str| -> Vec<u128> {
        running_order(stage, seed, &entries).iter().map(|entry| entry.uuid().as_u128()).collect()
    };
    // Worked out by `printf 'xinmei-running-order 1\nstage …\nseed 5 2 5 1\nentry …\n' | sha256sum`, see docs/draw.md.
    assert_eq!(numbers("2 5 1"), KNOWN);
    assert_ne!(numbers("2 5 2"), KNOWN);
    let mut turned = entries.clone();
    turned.reverse();
    assert_eq!(running_order(stage, "2 5 1", &turned), running_order(stage, "2 5 1", &entries));
}

const KNOWN: [u128; 5] = [2, 3, 5, 1, 4];

#[test]
fn an_order_is_drawn_once_after_nominations_have_closed() {
    let mut election = Election::new();
    let candidates = election.candidates(4);
    let act = draw(&election, 2);
    assert_eq!(election.desk_refused(act.clone()), Refusal::DrawNotYet { from: at("2026-10-14T18:00") });
    election.comes("2026-10-15T08:00");
    assert_eq!(election.desk_refused(draw(&election, 0)), malformed("stage"));
    let no = Refusal::NoPower { power: Power::ManageEvents };
    assert_eq!(election.world.refuses(election.teacher.actor(), &step(act.clone())), no);
    election.desk_does(act.clone());
    assert_eq!(election.desk_refused(act), Refusal::DrawDone);
    let contest = election.world.get(election.contest);
    let order = contest.order_of(election.stages[2]).unwrap();
    assert_eq!(order.seed, "2 5 1");
    assert_eq!(running_order(order.stage, &order.seed, &order.entries), order.entries);
    let drawn: Vec<_> = who(&election, 2)
        .into_iter()
        .map(|id| OrderEntry::of(order.stage, &election.world.get(id)))
        .collect();
    assert_eq!(drawn, order.entries);
    assert_eq!(times(&election, 2), ["14:00", "14:05", "14:20", "14:25"]);
    // A family has its own turn, and nobody else's; the staff of the class theirs.
    let turn = |of: usize| Turn::of(election.stages[2], candidates[of].0);
    assert!(election.world.sees(candidates[0].1, turn(0)) && !election.world.sees(candidates[0].1, turn(1)));
    assert!(!election.world.sees(election.teacher.person, turn(0)), "of another class");
}

#[test]
fn a_stage_that_is_too_short_for_all_is_refused_with_how_many_fit() {
    let mut election = Election::new();
    election.candidates(11);
    election.comes("2026-10-15T08:00");
    let full = Refusal::TooMany { field: "turns".into(), limit: 10 };
    assert_eq!(election.desk_refused(draw(&election, 2)), full);
    assert_eq!(Election::new().world.now, at("2026-10-12T09:00").timestamp());
}

#[test]
fn a_turn_is_moved_with_a_reason_and_whoever_is_not_between_keeps_theirs() {
    let mut election = Election::new();
    let candidates = election.candidates(4);
    election.comes("2026-10-15T08:00");
    election.desk_does(draw(&election, 2));
    let before = who(&election, 2);
    let stage = election.stages[2];
    let to =
        |candidate, to, reason: &str| ContestAct::MoveTurn { stage, candidate, to, reason: reason.into() };
    let (late, nobody, past) = (to(before[0], 3, "去看医生"), to(before[0], 3, " "), to(before[0], 5, "换"));
    assert_eq!(election.desk_refused(nobody), malformed("reason"));
    assert_eq!(election.desk_refused(past), malformed("to"));
    let back = to(before[0], 1, "先来");
    election.desk_does(late);
    assert_eq!(who(&election, 2), [before[1], before[2], before[0], before[3]]);
    assert_eq!(times(&election, 2), ["14:00", "14:05", "14:20", "14:25"]);
    let moved: Vec<_> = election.turns(2).iter().map(|turn| turn.moved.clone()).collect();
    let was: Vec<_> = moved.iter().flatten().map(|it| it.was.strftime("%H:%M").to_string()).collect();
    assert_eq!((was, moved[3].clone()), (vec!["14:05".into(), "14:20".into(), "14:00".into()], None));
    assert_eq!(moved[0].as_ref().unwrap().reason, "去看医生");
    assert_eq!(election.world.get(election.contest).orders[0].moves, 1);
    // What has been stays where it was.
    let first = who(&election, 2)[0];
    let mark = |mark| ContestAct::MarkTurn { stage: election.stages[2], candidate: first, mark };
    let done = mark(TurnMark::Done);
    election.desk_does(done);
    assert_eq!(election.desk_refused(back), malformed("to"));
    // Where somebody is gone the numbers have a gap, and a turn is named as people see it.
    let (gone, last) = (who(&election, 2)[1], who(&election, 2)[3]);
    let mother = candidates.iter().find(|one| one.0 == gone).unwrap().1;
    let out = step(ContestAct::WithdrawCandidate { candidate: gone, on_behalf_of: None });
    election.world.does(guardian(mother), &out);
    let numbers = |election: &Election| -> Vec<_> {
        election.turns(2).iter().map(|turn| (turn.number, turn.candidate)).collect()
    };
    let third = numbers(&election)[1].1;
    assert_eq!(election.desk_refused(to(last, 2, "换")), malformed("to"));
    let up = to(last, 3, "换");
    election.desk_does(up);
    assert_eq!(numbers(&election), [(1, first), (3, last), (4, third)]);
}

#[test]
fn everybody_sees_an_order_only_once_the_desk_shows_it_and_of_those_who_agreed() {
    let mut election = Election::new();
    let candidates = election.candidates(2);
    election.checks(candidates[0].0, "");
    election.comes("2026-10-15T08:00");
    election.desk_does(draw(&election, 2));
    assert!(election.shown(candidates[0].0).unwrap().turns.is_empty());
    let child = election.world.get(candidates[1].0).child;
    let hidden = EntryWish { shows: false, ..election.wish(child) };
    election.world.does(guardian(candidates[1].1), &step(ContestAct::EnterCandidate(hidden)));
    let show = |shown| ContestAct::ShowOrder { contest: election.contest, stage: election.stages[2], shown };
    let (shows, hides) = (show(true), show(false));
    election.desk_does(shows);
    let shown = election.shown(candidates[0].0).unwrap();
    let turn = election.world.get(Turn::of(election.stages[2], candidates[0].0));
    assert_eq!((shown.turns[0].number, &shown.turns[0].starts), (turn.number, &turn.starts));
    assert_eq!(election.shown(candidates[1].0), None, "its guardian said no");
    election.desk_does(hides);
    assert!(election.shown(candidates[0].0).unwrap().turns.is_empty());
}

#[test]
fn turns_follow_a_stage_that_is_moved_with_a_reason() {
    let mut election = Election::new();
    election.candidates(2);
    election.comes("2026-10-15T08:00");
    election.desk_does(draw(&election, 2));
    let mut plan = plan(election.world.campus, &election.stages);
    (plan.stages[2].starts, plan.stages[2].ends) = (at("2026-10-21T15:00"), at("2026-10-21T16:00"));
    let put = |plan: &ContestPlan, reason: &str| ContestAct::PutContest {
        contest: election.contest,
        plan: plan.clone(),
        version: 0,
        publish: true,
        reason: reason.into(),
    };
    assert_eq!(election.desk_refused(put(&plan, "")), malformed("reason"));
    let mut without = plan.clone();
    without.stages.remove(2);
    assert_eq!(election.desk_refused(put(&without, "不办了")), malformed("stages"), "its order was drawn");
    let order = who(&election, 2);
    let later = put(&plan, "礼堂上午有会");
    election.desk_does(later);
    assert_eq!((who(&election, 2), times(&election, 2)), (order, vec!["15:00".into(), "15:05".into()]));
    assert_eq!(election.turns(2)[0].moved.as_ref().unwrap().reason, "礼堂上午有会");
}

#[test]
fn what_was_told_before_a_draw_stays_and_who_has_been_moves_no_more() {
    let mut election = Election::new();
    election.candidates(2);
    election.comes("2026-10-15T08:00");
    let (asked, desk) = (step(draw(&election, 2)), election.desk);
    let mut rule = |facts: &xinmei_model::Facts| xinmei_model::decide(facts, &desk.actor(), &asked);
    let here = election.world.ask_on_device_of(desk.person, &mut rule);
    assert_eq!(here, Err(xinmei_model::Stop::Unknown), "who is in it, the school knows");
    election.desk_does(draw(&election, 2));
    let now = plan(election.world.campus, &election.stages);
    let contest = election.contest;
    let put = |plan: &ContestPlan| ContestAct::PutContest {
        contest,
        plan: plan.clone(),
        version: 0,
        publish: true,
        reason: "礼堂有会".into(),
    };
    let mut later = now.clone();
    later.closes = at("2026-10-15T18:00");
    assert_eq!(election.desk_refused(put(&later)), malformed("closes"));
    let mut other = now.clone();
    if let StageKind::InTurn { seed_from, .. } = &mut other.stages[2].kind {
        *seed_from = "另掷".into();
    }
    assert_eq!(election.desk_refused(put(&other)), malformed("stages.seed_from"));
    let mut short = now.clone();
    short.stages[2].ends = at("2026-10-21T14:06");
    let one = Refusal::TooMany { field: "turns".into(), limit: 1 };
    assert_eq!(election.desk_refused(put(&short)), one);
    let first = who(&election, 2)[0];
    let (stage, mark) = (election.stages[2], TurnMark::Done);
    election.desk_does(ContestAct::MarkTurn { stage, candidate: first, mark });
    let mut moved = now;
    (moved.stages[2].starts, moved.stages[2].ends) = (at("2026-10-21T15:00"), at("2026-10-21T16:00"));
    election.desk_does(put(&moved));
    let mut seen = times(&election, 2);
    seen.sort();
    assert_eq!(seen, ["14:00", "15:05"]);
}

#[test]
fn an_entry_of_an_order_is_found_by_nobody_who_knows_the_child() {
    let mut election = Election::new();
    let (id, _) = election.candidate("李雨桐");
    let candidate = election.world.get(id);
    let guessed = Candidate { mark: None, ..candidate.clone() };
    let entry = |stage: usize| OrderEntry::of(election.stages[stage], &candidate);
    assert_ne!(entry(2), OrderEntry::of(election.stages[2], &guessed));
    assert_ne!(entry(2), entry(3), "nor followed from one stage to the next");
}

#[test]
fn who_agrees_after_the_draw_has_the_last_turn() {
    let mut election = Election::new();
    election.candidates(2);
    let (child, mother) = election.child("李雨桐");
    // The class of the last candidate is another than the teacher's.
    let teacher = election.world.teacher("陈老师", election.class);
    let wish = step(ContestAct::EnterCandidate(election.wish(child)));
    election.world.does(teacher.actor(), &wish);
    election.comes("2026-10-15T08:00");
    election.desk_does(draw(&election, 2));
    assert_eq!(election.turns(2).len(), 2);
    election.world.does(guardian(mother), &wish);
    assert_eq!(who(&election, 2).last(), Some(&Candidate::of(election.contest, child)));
    assert_eq!(times(&election, 2), ["14:00", "14:05", "14:20"]);
}
