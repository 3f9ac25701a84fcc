use xinmei_model::{
    CalledOff, OfferFrom, Post, PostEntry, PupilConsent, PupilState, PupilTake, Shift, ShiftMoved, SwapPart,
    SwapState, Take, TakeOffer, TakeState,
};

use super::*;
use crate::api::notification::ShiftNews;

const SHIFT: u128 = 600;

fn part(stage: &Stage, state: TakeState, change: impl FnOnce(&mut Take)) {
    let mut take = Take {
        state,
        came: false,
        at: at("11-19T10:00").timestamp(),
        ..crate::view::stage::take(SHIFT, FATHER, "李建国")
    };
    change(&mut take);
    stage.put(take);
}

fn offer(take: &mut Take) {
    take.offer = Some(TakeOffer {
        source: OfferFrom::Desk,
        by: Some(id(99)),
        by_name: "周敏".into(),
        words: String::new(),
        at: at("11-19T10:00").timestamp(),
        until: at("11-24T07:30").timestamp(),
        past: false,
    });
}

/// A shift of a family that has been here since the 19th; it moved on the 20th.
fn moved() -> Stage {
    let stage = family();
    stage.shift(SHIFT, "护学岗", ["11-24T07:30", "11-24T08:10"], 1);
    let mut shift: Shift = stage.read(|reading| reading.snapshot.get(id(SHIFT))).unwrap();
    let (starts, ends) = (at("11-23T07:30"), at("11-23T08:10"));
    shift.moved = Some(ShiftMoved { starts, ends, at: at("11-20T09:00").timestamp() });
    stage.put(shift);
    stage
}

fn news(stage: &Stage) -> Vec<(ShiftNews, bool)> {
    let shift =
        |note: Note| if let NoteKind::Shift { news } = note.what { Some((news, note.to_do)) } else { None };
    planned(stage).tell.into_iter().filter_map(shift).collect()
}

#[test]
fn that_a_shift_moved_hides_neither_an_offer_nor_whether_they_still_come() {
    let stage = moved();
    part(&stage, TakeState::Taken, |_| {});
    assert_eq!(news(&stage), [(ShiftNews::Moved, false)]);
    part(&stage, TakeState::Taken, |take| take.reminded = Some(at("11-20T09:00").timestamp()));
    assert_eq!(news(&stage), [(ShiftNews::Moved, false), (ShiftNews::StillComing, true)]);
    part(&stage, TakeState::Offered, offer);
    assert_eq!(news(&stage), [(ShiftNews::Offered, true)]);
}

#[test]
fn who_said_yes_to_being_asked_is_not_told_that_the_school_confirmed_it() {
    let stage = family();
    stage.shift(SHIFT, "讲解员", ["11-24T07:30", "11-24T08:10"], 1);
    let mut post: Post = stage.read(|reading| reading.snapshot.get(id(SHIFT + 1))).unwrap();
    post.terms.entry = PostEntry::Asked;
    stage.put(post);
    part(&stage, TakeState::Taken, |_| {});
    assert_eq!(news(&stage), [(ShiftNews::Confirmed, false)]);
    part(&stage, TakeState::Taken, offer);
    assert_eq!(news(&stage), []);
}

#[test]
fn a_family_is_told_that_the_shift_of_its_child_moved_or_was_called_off() {
    let stage = moved();
    let take = |state| PupilTake {
        id: PupilTake::of(id(SHIFT), id(YUTONG)),
        shift: id(SHIFT),
        post: id(SHIFT + 1),
        child: id(YUTONG),
        child_name: "李雨桐".into(),
        tail: "0412".into(),
        class: None,
        seq: 1,
        state,
        consent: PupilConsent {
            by: id(FATHER), by_name: "李建国".into(), at: at("11-19T10:00").timestamp()
        },
        withdrawn: None,
        entered: None,
        marks: Vec::new(),
        count: 0,
        holds: None,
        disputed: false,
    };
    stage.put(take(PupilState::Withdrawn));
    assert_eq!(news(&stage), []);
    stage.put(take(PupilState::Down));
    assert_eq!(news(&stage), [(ShiftNews::PupilMoved, false)]);
    assert_eq!(planned(&stage).tell[0].children[0].name, "李雨桐");
    let shift: Option<Shift> = stage.read(|reading| reading.snapshot.get(id(SHIFT)));
    let called_off = Some(CalledOff { reason: "停课".into(), at: at("11-21T09:00").timestamp() });
    stage.put(Shift { called_off, ..shift.unwrap() });
    stage.put(take(PupilState::CalledOff));
    assert_eq!(news(&stage), [(ShiftNews::PupilOff, false)]);
}

#[test]
fn each_of_two_is_told_how_their_swap_came_out() {
    let stage = family();
    stage.shift(SHIFT, "护学岗", ["11-24T07:30", "11-24T08:10"], 1);
    stage.shift(SHIFT + 10, "护学岗", ["11-25T07:30", "11-25T08:10"], 1);
    let part = |began, state, gets: Option<u128>| SwapPart {
        id: SwapPart::of(id(700), id(FATHER)),
        offer: id(700),
        post: id(SHIFT + 1),
        person: id(FATHER),
        person_name: "李建国".into(),
        gives: id(SHIFT),
        gets: gets.map(id),
        began,
        state,
        words: String::new(),
        reason: String::new(),
        at: at("11-20T09:00").timestamp(),
    };
    let told = |began, state, gets| {
        stage.put(part(began, state, gets));
        news(&stage)
    };
    let other = Some(SHIFT + 10);
    assert_eq!(told(true, SwapState::Done, other), [(ShiftNews::Swapped, false)]);
    assert_eq!(told(false, SwapState::Done, other), [], "whoever answered did it");
    assert_eq!(told(false, SwapState::Refused, other), [(ShiftNews::SwapRefused, false)]);
    assert_eq!(told(false, SwapState::Lapsed, other), [(ShiftNews::SwapOver, false)]);
    assert_eq!(told(true, SwapState::Lapsed, None), []);
    assert_eq!(told(true, SwapState::Withdrawn, other), []);
}
