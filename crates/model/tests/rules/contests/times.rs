//! When a family is expected: in its calendar, before the order is drawn and after.

use super::*;
use xinmei_model::{CalendarEntry, CalendarStatus, calendar_of};

impl Election {
    fn calendar(&self, person: Id<Person>) -> Vec<CalendarEntry> {
        self.world.ask(|facts| calendar_of(facts, person, Default::default())).unwrap()
    }
}

fn said(entries: &[CalendarEntry]) -> Vec<(String, String, CalendarStatus)> {
    let hour = |entry: &CalendarEntry| entry.starts.strftime("%m-%d %H:%M").to_string();
    entries.iter().map(|entry| (entry.title.clone(), hour(entry), entry.status)).collect()
}

#[test]
fn a_turn_stands_in_the_calendar_of_its_family_and_follows_what_becomes_of_it() {
    use CalendarStatus::{Cancelled, Confirmed, Tentative};
    let mut election = Election::new();
    let candidates = election.candidates(2);
    let (first, mother) = candidates[0];
    let title = |stage: &str| format!("大队委换届选举：{stage}（孩子1）");
    let exam = (title("笔试"), "10-16 12:30".to_owned(), Confirmed);
    let now = election.world.now;
    assert_eq!(election.world.get(election.contest).next_stage(now).unwrap().name, "笔试");
    let over = at("2026-10-22T15:00").timestamp();
    assert_eq!(election.world.get(election.contest).next_stage(over), None);
    // The poster is shown without anybody, the order of the talks is not drawn.
    let before = election.calendar(mother);
    let talk = |status, at: &str| (title("现场自我介绍"), at.to_owned(), status);
    let answers = (title("现场提问"), "10-22 14:00".to_owned(), Tentative);
    assert_eq!(said(&before), [exam.clone(), talk(Tentative, "10-21 14:00"), answers.clone()]);
    assert!(before.iter().all(|entry| !entry.busy && entry.place == "队史廊"));

    election.comes("2026-10-15T08:00");
    let (contest, stage) = (election.contest, election.stages[2]);
    election.desk_does(ContestAct::DrawOrder { contest, stage, seed: "2 5 1".into() });
    let turn = election.turns(2).into_iter().find(|turn| turn.candidate == first).unwrap();
    let drawn = election.calendar(mother);
    let at = turn.starts.strftime("%m-%d %H:%M").to_string();
    assert_eq!(said(&drawn), [exam.clone(), talk(Confirmed, &at), answers.clone()]);
    assert_eq!(drawn[1].of, before[1].of, "the same entry");
    assert!(drawn[1].sequence > before[1].sequence);

    // Who is out is expected no more.
    election.comes("2026-10-16T15:00");
    election.results(0, &[(first, Outcome::Out), (candidates[1].0, Outcome::GoesOn)]);
    assert_eq!(said(&election.calendar(mother)), [exam]);
    let other = candidates[1].1;
    let was = election.calendar(other);
    election.desk_does(ContestAct::CancelContest { contest, reason: "改期".into() });
    let off = election.calendar(other);
    assert!(off.len() == 3 && off.iter().all(|entry| entry.status == Cancelled));
    assert!(
        election.world.get(contest).next_stage(now).is_none()
            && off[1].about.contains("改期")
            && off[1].sequence > was[1].sequence
    );
}
