//! How a search reads when it is too late, whether a timer said so or not.

use super::*;

#[test]
fn a_search_that_no_timer_ended_reads_as_over_once_it_is_too_late() {
    let mut scene = scene();
    scene.drops(0);
    scene.world.fire_due();
    let (search, shift) = (scene.search(), scene.world.get(scene.shift));
    assert_eq!(search.state, StandInState::Searching);
    let last = shift.last_ask();
    let second = jiff::SignedDuration::from_secs(1);
    assert_eq!(search.state_at(last - second, &shift), StandInState::Searching);
    assert_eq!(search.state_at(last, &shift), StandInState::Over);
    assert_eq!(search.state_at(shift.ends.timestamp(), &shift), StandInState::Over);
    // What ended otherwise stays what it was.
    for state in [StandInState::Filled, StandInState::NobodyLeft, StandInState::Stopped] {
        let search = StandInSearch { state, ..search.clone() };
        assert_eq!(search.state_at(last, &shift), state);
    }
    // The timer says the same, and asks nobody.
    scene.world.now = last;
    scene.world.fire_due();
    assert_eq!((scene.search().state, scene.search().asked()), (StandInState::Over, search.asked()));
}
