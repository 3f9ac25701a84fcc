//! What the engine decides, step by step.

use super::*;

fn does(actions: &[Action], action: Action) -> bool {
    actions.contains(&action)
}

fn wake(actions: &[Action]) -> u64 {
    actions.iter().find_map(|action| if let Action::WakeAt(at) = action { Some(*at) } else { None }).unwrap()
}

#[test]
fn one_push_and_one_pull_are_in_flight() {
    let mut engine = Engine::new(1);
    let first = engine.step(0, Input::Started);
    assert!(does(&first, Action::Push) && does(&first, Action::Pull));
    let again = engine.step(1, Input::Enqueued);
    assert!(!does(&again, Action::Push), "the first is still running");
    let pushed = engine.step(2, Input::Pushed(Outcome::Done { more: true }));
    assert!(does(&pushed, Action::Push) && !does(&pushed, Action::Pull));
    let pulled = engine.step(3, Input::Pulled(Outcome::Done { more: false }));
    assert!(does(&pulled, Action::Pull), "the push asked for its rows");
    engine.step(4, Input::Pushed(Outcome::Nothing));
    let done = engine.step(5, Input::Pulled(Outcome::Done { more: false }));
    assert!(does(&done, Action::Show(LineState::Synced)), "{done:?}");
}

#[test]
fn a_file_on_its_way_holds_nobody_up() {
    let mut engine = Engine::new(1);
    assert!(does(&engine.step(0, Input::Started), Action::Upload));
    engine.step(1, Input::Pushed(Outcome::Nothing));
    let saved = engine.step(2, Input::Enqueued);
    assert!(does(&saved, Action::Push) && !does(&saved, Action::Upload), "one upload is in flight");
    engine.step(3, Input::Pushed(Outcome::Nothing));
    let up = engine.step(4, Input::Uploaded(Outcome::Done { more: false }));
    assert!(does(&up, Action::Push) && does(&up, Action::Upload), "the wish that waited for it may go");
    let failed = engine.step(5, Input::Uploaded(Outcome::Failed));
    assert!(!does(&failed, Action::Upload));
    assert!(does(&engine.step(wake(&failed), Input::Tick), Action::Upload), "and it is tried again");
}

#[test]
fn a_lost_poke_costs_at_most_a_minute() {
    let mut engine = Engine::new(1);
    engine.step(0, Input::Started);
    engine.step(10, Input::Pushed(Outcome::Nothing));
    let actions = engine.step(10, Input::Pulled(Outcome::Done { more: false }));
    let at = wake(&actions);
    assert!(at <= 10 + POLL_MS);
    assert!(does(&engine.step(at, Input::Tick), Action::Pull));
}

#[test]
fn failures_wait_longer_and_never_longer_than_eight_seconds() {
    let mut engine = Engine::new(7);
    engine.step(0, Input::Started);
    engine.step(0, Input::Pushed(Outcome::Nothing));
    let mut now = 0;
    for round in 0..12 {
        let actions = engine.step(now, Input::Pulled(Outcome::Failed));
        assert!(!does(&actions, Action::Pull));
        let at = wake(&actions);
        assert!(at > now && at - now <= BACKOFF_MAX_MS, "round {round}");
        now = at;
        let mut actions = engine.step(now, Input::Tick);
        if does(&actions, Action::Push) {
            engine.step(now, Input::Pushed(Outcome::Nothing));
        }
        while !does(&actions, Action::Pull) {
            now = wake(&actions);
            actions = engine.step(now, Input::Tick);
        }
    }
    assert!(does(
        &engine.step(now, Input::Pulled(Outcome::Failed)),
        Action::WakeAt(engine.retry_at.min(engine.poll_at))
    ));
    assert!(does(&engine.step(now + 1, Input::Now), Action::Pull), "a person need not wait");
}

#[test]
fn a_busy_school_is_given_the_time_it_asked_for_and_is_not_called_away() {
    let mut engine = Engine::new(1);
    engine.step(0, Input::Started);
    engine.step(0, Input::Pushed(Outcome::Nothing));
    let actions = engine.step(0, Input::Pulled(Outcome::Busy { wait_ms: 30_000 }));
    assert!(does(&actions, Action::Show(LineState::Busy)), "{actions:?}");
    assert!(!does(&engine.step(29_999, Input::Tick), Action::Pull));
    let actions = engine.step(30_000, Input::Tick);
    assert!(does(&actions, Action::Pull));
    let actions = engine.step(30_001, Input::Pulled(Outcome::ClockWrong));
    assert!(does(&actions, Action::Show(LineState::ClockWrong)), "{actions:?}");
    let actions = engine.step(40_000, Input::Pulled(Outcome::Failed));
    assert!(does(&actions, Action::Show(LineState::Offline)), "{actions:?}");
}

#[test]
fn signing_out_stops_and_signing_in_goes_on() {
    let mut engine = Engine::new(1);
    engine.step(0, Input::Started);
    engine.step(1, Input::Pulled(Outcome::Done { more: false }));
    let actions = engine.step(2, Input::Pushed(Outcome::SignedOut));
    assert!(does(&actions, Action::CloseLive) && does(&actions, Action::Show(LineState::SignedOut)));
    assert!(!does(&engine.step(90_000, Input::Tick), Action::Pull));
    let actions = engine.step(90_001, Input::SignedIn);
    assert!(does(&actions, Action::Push) && does(&actions, Action::Pull));
}

#[test]
fn a_torn_stream_is_opened_again() {
    let mut engine = Engine::new(1);
    engine.step(0, Input::Started);
    engine.step(1, Input::Pushed(Outcome::Nothing));
    assert!(does(&engine.step(1, Input::Pulled(Outcome::Done { more: false })), Action::OpenLive));
    engine.step(2, Input::LiveUp);
    engine.step(3, Input::Pulled(Outcome::Done { more: false }));
    let at = wake(&engine.step(4, Input::LiveDown));
    assert!(at > 4 && does(&engine.step(at, Input::Tick), Action::OpenLive));
}
