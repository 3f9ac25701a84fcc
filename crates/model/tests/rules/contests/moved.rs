//! A candidate that changes class goes to the staff of its new one.

use super::*;
use xinmei_model::class_moved;

#[test]
fn candidate_turns_and_what_is_shown_follow_to_the_new_class() {
    let mut election = Election::new();
    let next = election.world.class(2022, 3);
    let next_door = election.world.teacher("何军", next);
    let (candidate, _) = election.candidate("李雨桐");
    election.checks(candidate, "");
    election.comes("2026-10-15T09:00");
    let (contest, stage) = (election.contest, election.stages[2]);
    election.desk_does(ContestAct::DrawOrder { contest, stage, seed: "2 5 1".into() });
    let turn = Turn::of(stage, candidate);
    let sees = |election: &Election| {
        let of = |who| (election.world.sees(who, candidate), election.world.sees(who, turn));
        (of(election.teacher.person), of(next_door.person))
    };
    assert_eq!(sees(&election), ((true, true), (false, false)));
    let id = election.world.get(candidate).child;
    election.world.transfer(id, next);
    let child = election.world.get(id);
    let changes = election.world.ask(|facts| class_moved(facts, &child)).unwrap();
    election.world.apply(changes);
    assert_eq!(sees(&election), ((false, false), (true, true)));
    assert_eq!(election.shown(candidate).unwrap().class, next, "and so reads the school");
    assert_eq!(election.world.ask(|facts| class_moved(facts, &child)), Ok(vec![]));
}
