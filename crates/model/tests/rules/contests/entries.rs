//! Who is nominated, who agrees, and what of it is shown.

use super::*;
use xinmei_model::{CheckState, Proxy, StageKind};

fn enter(wish: EntryWish) -> Act {
    step(ContestAct::EnterCandidate(wish))
}

#[test]
fn a_teacher_nominates_and_nothing_is_shown_until_the_family_agrees() {
    let mut election = Election::new();
    let (child, mother) = election.child("李雨桐");
    let wish = election.wish(child);
    election.world.does(election.teacher.actor(), &enter(wish.clone()));
    let id = Candidate::of(election.contest, child);
    let candidate = election.world.get(id);
    assert_eq!(
        (candidate.nominated_by.as_str(), candidate.guardian, candidate.shows),
        ("张晓梅", None, false)
    );
    election.checks(id, "");
    assert_eq!(election.shown(id), None, "nobody agreed");
    let feeds = [
        Feed::Desk(election.contest.uuid()),
        Feed::ChildRight(child, Right::Messages),
        Feed::Class(election.class),
    ];
    assert_eq!(election.world.feeds(id), feeds.into());
    let twice = Refusal::AlreadyBooked { booking: id.uuid() };
    assert_eq!(election.world.refuses(election.teacher.actor(), &enter(wish.clone())), twice);

    election.world.does(guardian(mother), &enter(wish.clone()));
    let shown = election.shown(id).unwrap();
    assert_eq!(
        (shown.child_name.as_str(), shown.entry.unwrap().statement),
        ("李雨桐", wish.statement.clone())
    );
    // The guardian may change their mind about that at any time.
    election.comes("2026-10-21T13:00");
    election.world.does(guardian(mother), &enter(EntryWish { shows: false, ..wish }));
    assert_eq!(election.shown(id), None);
}

#[test]
fn who_decides_for_a_child_nominates_it_in_time_and_up_to_the_number_of_its_class() {
    let mut election = Election::new();
    let (child, mother) = election.child("李雨桐");
    let wish = election.wish(child);
    let reads_only =
        election.world.guardian("外公").of(child, Relation::MaternalGrandfather, &[Right::Messages]).id();
    let no = Refusal::NoRight { right: Right::Decide };
    assert_eq!(election.world.refuses(guardian(reads_only), &enter(wish.clone())), no);
    let stranger = election.child("陈子涵").1;
    let missing = Refusal::NotFound { what: "child".into() };
    assert_eq!(election.world.refuses(guardian(stranger), &enter(wish.clone())), missing);
    let elsewhere = election.world.campus("新校区");
    let far = election.world.class_at(elsewhere, 2022, 1);
    let there = election.world.child("赵一诺", far);
    let their = election.world.guardian("赵敏").of(there, Relation::Mother, PARENT).id();
    let of_there = election.wish(there);
    assert_eq!(election.world.refuses(guardian(their), &enter(of_there)), Refusal::NotEligible);

    for name in ["一", "二", "三"] {
        election.candidate(name);
    }
    let full = Refusal::TooMany { field: "candidates".into(), limit: 3 };
    assert_eq!(election.world.refuses(guardian(mother), &enter(wish.clone())), full);
    // Its family has its own candidates only, and does not claim that there is room.
    let asked = enter(wish.clone());
    let mut rule = |facts: &xinmei_model::Facts| xinmei_model::decide(facts, &guardian(mother), &asked);
    assert_eq!(election.world.ask_on_device_of(mother, &mut rule), Err(xinmei_model::Stop::Unknown));
    election.comes("2026-10-14T18:00");
    let closed = Refusal::Closed { since: at("2026-10-14T18:00") };
    assert_eq!(election.world.refuses(guardian(mother), &enter(wish)), closed);
}

#[test]
fn staff_enter_what_a_guardian_said_on_the_telephone() {
    let mut election = Election::new();
    let (child, mother) = election.child("李雨桐");
    let wish = EntryWish { on_behalf_of: Some(Proxy::new(mother, "妈妈来电")), ..election.wish(child) };
    election.world.does(election.teacher.actor(), &enter(wish));
    let candidate = election.world.get(Candidate::of(election.contest, child));
    assert_eq!((candidate.guardian, candidate.entered.unwrap().by.as_str()), (Some(mother), "张晓梅"));
}

#[test]
fn a_poster_is_checked_before_it_is_shown_and_a_late_one_refused() {
    let mut election = Election::new();
    let (child, mother) = election.child("李雨桐");
    let poster = election.poster(mother, "海报.pdf");
    let wish = EntryWish { poster: Some(poster.clone()), ..election.wish(child) };
    let mut never = wish.clone();
    never.poster.as_mut().unwrap().sha256 = FileHash::of(b"never uploaded");
    let not_there = Refusal::FileMissing { name: "海报.pdf".into() };
    assert_eq!(election.world.refuses(guardian(mother), &enter(never)), not_there);
    let mut table = wish.clone();
    table.poster = Some(Attachment { name: "表.xlsx".into(), kind: FileKind::Sheet, ..poster.clone() });
    assert_eq!(election.world.refuses(guardian(mother), &enter(table)), malformed("poster"));
    election.world.does(guardian(mother), &enter(wish.clone()));
    let id = Candidate::of(election.contest, child);
    assert_eq!(election.shown(id), None, "the desk has not looked");
    let old = ContestAct::CheckCandidate { candidate: id, version: 0, revise: String::new() };
    assert_eq!(election.desk_refused(old), Refusal::ChangedMeanwhile);
    election.checks(id, "");
    assert_eq!(election.shown(id).unwrap().entry.unwrap().poster, Some(poster.clone()));

    // Another one is not shown unchecked; the one before stays until then, and the desk knows both.
    let second = election.poster(mother, "新海报.pdf");
    let again = EntryWish { poster: Some(second.clone()), ..wish.clone() };
    election.world.does(guardian(mother), &enter(again.clone()));
    assert_eq!(election.shown(id).unwrap().entry.unwrap().poster, Some(poster.clone()));
    let candidate = election.world.get(id);
    assert_eq!((candidate.check, candidate.earlier[0].poster.clone()), (CheckState::Unchecked, Some(poster)));
    let late = EntryWish { poster: Some(election.poster(mother, "迟.pdf")), ..wish.clone() };
    election.comes("2026-10-16T18:00");
    let closed = Refusal::Closed { since: at("2026-10-16T18:00") };
    assert_eq!(election.world.refuses(guardian(mother), &enter(late.clone())), closed);
    // Who is asked for another has until the show is over.
    election.checks(id, "字看不清");
    election.world.does(guardian(mother), &enter(late));
    // What was shown by mistake is shown no more.
    election.checks(id, "");
    assert!(election.shown(id).is_some());
    election.checks(id, "有电话号码");
    assert_eq!(election.shown(id), None);
}

#[test]
fn what_was_called_off_is_shown_no_more_and_consent_can_be_taken_back() {
    let mut election = Election::new();
    let (id, mother) = election.candidate("李雨桐");
    election.checks(id, "");
    assert!(election.shown(id).is_some());
    election.desk_does(ContestAct::CancelContest { contest: election.contest, reason: "停课".into() });
    assert_eq!(election.shown(id), None);
    let wish = election.wish(election.world.get(id).child);
    assert_eq!(election.world.refuses(guardian(mother), &enter(wish.clone())), Refusal::EventNotOpen);
    election.world.does(guardian(mother), &enter(EntryWish { shows: false, ..wish }));
    assert!(!election.world.get(id).shows);
    let out = ContestAct::WithdrawCandidate { candidate: id, on_behalf_of: None };
    election.world.does(guardian(mother), &step(out));
}

#[test]
fn the_desk_takes_out_a_child_that_left() {
    let mut election = Election::new();
    let (id, _) = election.candidate("李雨桐");
    election.checks(id, "");
    let out = ContestAct::WithdrawCandidate { candidate: id, on_behalf_of: None };
    let elsewhere = election.world.campus("新校区");
    let far = election.world.class_at(elsewhere, 2022, 1);
    let mut child = election.world.get(election.world.get(id).child);
    child.path = election.world.get(far).path;
    election.world.put(child, []);
    election.desk_does(out);
    assert_eq!(election.shown(id), None);
}

#[test]
fn a_late_wish_does_not_overwrite_what_it_did_not_see() {
    let mut election = Election::new();
    let (id, mother) = election.candidate("李雨桐");
    let seen = election.world.get(id);
    let wish = EntryWish { replaces: Some(seen.version), ..election.wish(seen.child) };
    let late = enter(EntryWish { statement: "改一改".into(), ..wish.clone() });
    election.world.does(guardian(mother), &enter(EntryWish { shows: false, ..wish.clone() }));
    assert_eq!(election.world.refuses(guardian(mother), &late), Refusal::ChangedMeanwhile);
    let new = enter(EntryWish { replaces: Some(0), ..wish });
    assert_eq!(election.world.refuses(guardian(mother), &new), Refusal::ChangedMeanwhile);
    assert!(!election.world.get(id).shows);
}

#[test]
fn so_many_versions_of_an_entry_are_kept_and_so_many_candidates_taken() {
    let mut election = Election::new();
    let (id, mother) = election.candidate("李雨桐");
    let candidate = election.world.get(id);
    for number in 0..=limits::ENTRY_VERSIONS {
        let wish = EntryWish { statement: format!("第{number}稿"), ..election.wish(candidate.child) };
        election.world.does(guardian(mother), &enter(wish));
    }
    let earlier = election.world.get(id).earlier;
    assert_eq!((earlier.len(), earlier[0].statement.as_str()), (limits::ENTRY_VERSIONS, "第0稿"));
    for _ in 1..limits::CANDIDATES_PER_CONTEST {
        let other =
            Candidate { id: election.world.fresh(), class: election.world.campus, ..candidate.clone() };
        election.world.put(other, [Feed::Desk(election.contest.uuid())]);
    }
    let (child, mother) = election.child("陈子涵");
    let full = Refusal::TooMany { field: "candidates".into(), limit: limits::CANDIDATES_PER_CONTEST };
    assert_eq!(election.world.refuses(guardian(mother), &enter(election.wish(child))), full);
}

#[test]
fn who_is_taken_out_and_comes_again_keeps_no_more_versions_than_others() {
    let mut election = Election::new();
    let (child, mother) = election.child("李雨桐");
    let poster = election.poster(mother, "海报.pdf");
    let id = Candidate::of(election.contest, child);
    for _ in 0..=limits::ENTRY_VERSIONS + 1 {
        let wish = EntryWish { poster: Some(poster.clone()), ..election.wish(child) };
        election.world.does(guardian(mother), &enter(wish));
        let out = ContestAct::WithdrawCandidate { candidate: id, on_behalf_of: None };
        election.world.does(guardian(mother), &step(out));
    }
    assert_eq!(election.world.get(id).earlier.len(), limits::ENTRY_VERSIONS);
}

#[test]
fn a_story_contest_has_no_poster() {
    let mut election = Election::new();
    let (child, mother) = election.child("李雨桐");
    let contest = election.world.fresh();
    let mut story = plan(election.world.campus, &election.stages);
    story.stages.retain(|stage| matches!(stage.kind, StageKind::InTurn { .. }));
    let put =
        ContestAct::PutContest { contest, plan: story, version: 0, publish: true, reason: String::new() };
    election.desk_does(put);
    let poster = Some(election.poster(mother, "海报.pdf"));
    let wish = EntryWish { contest, poster, ..election.wish(child) };
    assert_eq!(election.world.refuses(guardian(mother), &enter(wish)), malformed("poster"));
}

#[test]
fn a_family_takes_its_child_out_at_any_time() {
    let mut election = Election::new();
    let (id, mother) = election.candidate("李雨桐");
    election.checks(id, "");
    let out = step(ContestAct::WithdrawCandidate { candidate: id, on_behalf_of: None });
    let no = Refusal::NoRight { right: Right::Decide };
    assert_eq!(election.world.refuses(election.teacher.actor(), &out), no, "the family agreed");
    election.comes("2026-10-15T08:00");
    let draw =
        ContestAct::DrawOrder { contest: election.contest, stage: election.stages[2], seed: "2 5 1".into() };
    election.desk_does(draw);
    election.world.does(guardian(mother), &out);
    assert_eq!((election.shown(id), election.turns(2).len()), (None, 0));
    assert_eq!(election.world.refuses(guardian(mother), &out), Refusal::BookingGone);

    let mut other = Election::new();
    let (id, mother) = other.candidate("李雨桐");
    let out = step(ContestAct::WithdrawCandidate { candidate: id, on_behalf_of: None });
    other.checks(id, "");
    other.comes("2026-10-22T14:00");
    other.world.does(guardian(mother), &out);
    assert_eq!(other.shown(id), None);
}
