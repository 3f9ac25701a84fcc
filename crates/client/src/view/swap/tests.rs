use xinmei_model::{Act, Feed, Id, RoleKind, SwapAct, SwapOffer, SwapPart, SwapState, VolunteerAct};

use super::{Swaps, enter::partners, swaps};
use crate::{
    api::{swap::SwapWith, sync::ItemState},
    view::stage::{FATHER, SCHOOL, Stage, at, id, take},
};

const MINE: u128 = 600;
const SWAP: u128 = 700;

fn shift(shift: Id<xinmei_model::Shift>, starts: &str, ends: &str) -> xinmei_model::Shift {
    xinmei_model::Shift {
        id: shift,
        post: id(MINE + 1),
        starts: at(starts),
        ends: at(ends),
        needed: 2,
        called_off: None,
        turns: Vec::new(),
        version: 0,
        moved: None,
        turns_at: Default::default(),
    }
}

/// One comes to the first of two shifts; somebody offers the second.
fn offered(stage: &Stage, own: bool) {
    stage.shift(MINE, "护学岗", ["11-24T07:30", "11-24T08:10"], 1);
    stage.put(shift(id(610), "11-25T07:30", "11-25T08:10"));
    if own {
        stage.put(take(MINE, FATHER, "李建国"));
    }
    let offer = SwapOffer { id: id(SWAP), post: id(MINE + 1), give: id(610), want: vec![], open: true };
    stage.put(offer);
}

#[test]
fn an_offer_is_answered_in_one_press_and_stands_as_kept_here() {
    let stage = Stage::family();
    offered(&stage, true);
    let list = stage.read(|reading| swaps(reading, Swaps { offering: true }));
    assert_eq!((list.offers.len(), list.mine.len(), list.may_offer.len()), (1, 0, 1));
    assert_eq!(list.offers[0].yours[0].shift, id(MINE));
    assert_eq!(list.may_offer[0].others[0].shift, id(610));
    assert_eq!(list.offers[0].clash, None);
    let today = stage.read(|reading| swaps(reading, Swaps::default()));
    assert_eq!((today.offers.len(), today.may_offer.len()), (1, 0), "who only answers asks for no more");
    stage.wish(Act::Volunteer(VolunteerAct::Swap(SwapAct::AcceptSwap { swap: id(SWAP), shift: id(MINE) })));
    let list = stage.read(|reading| swaps(reading, Swaps { offering: true }));
    assert!(list.offers.is_empty());
    assert_eq!(
        (list.mine[0].state, list.mine[0].pending.clone()),
        (SwapState::Agreed, Some(ItemState::Saved))
    );
    let none = Stage::family();
    offered(&none, false);
    assert!(
        none.read(|reading| swaps(reading, Swaps::default())).offers.is_empty(),
        "who has nothing to give is not asked"
    );
}

#[test]
fn the_desk_reads_both_names() {
    let stage = Stage::staff(RoleKind::Coordinator, "志愿服务协调员", SCHOOL);
    offered(&stage, false);
    let part = |person: u128, name: &str, gives: u128, gets: u128| SwapPart {
        id: SwapPart::of(id(SWAP), id(person)),
        offer: id(SWAP),
        post: id(MINE + 1),
        person: id(person),
        person_name: name.into(),
        gives: id(gives),
        gets: Some(id(gets)),
        began: gives == 610,
        state: SwapState::Agreed,
        words: "周三要出差".into(),
        reason: String::new(),
        at: at("11-22T18:00").timestamp(),
    };
    stage.put(part(901, "王芳", 610, MINE));
    stage.put(part(902, "赵强", MINE, 610));
    let swap = stage.read(|reading| swaps(reading, Swaps { offering: true })).desk.remove(0);
    assert_eq!((swap.one.name.as_str(), swap.waits), ("王芳", true));
    assert_eq!(swap.other.unwrap().name, "赵强");
    let _ = Feed::School;
}

#[test]
fn the_desk_reads_with_whom_somebody_could_swap_and_what_it_knows_of_both() {
    let stage = Stage::staff(RoleKind::Coordinator, "志愿服务协调员", SCHOOL);
    offered(&stage, false);
    for (person, name, at) in [(901, "王芳", MINE), (902, "赵强", 610), (903, "孙丽", 610)] {
        let mut row = take(MINE, person, name);
        row.shift = id(at);
        row.id = id(800 + person);
        row.state = xinmei_model::TakeState::Taken;
        stage.put(row);
    }
    let ask = |person: u128, shift: u128| SwapWith { person: id(person), shift: id(shift) };
    let found = stage.read(|reading| partners(reading, &ask(901, MINE))).partners;
    let names: Vec<_> = found.iter().map(|one| (one.name.as_str(), one.gives.shift)).collect();
    assert_eq!(names, [("孙丽", id(610)), ("赵强", id(610))]);
    assert!(
        stage.read(|reading| partners(reading, &ask(902, MINE))).partners.is_empty(),
        "not theirs to give"
    );
    let family = Stage::family();
    offered(&family, true);
    assert!(family.read(|reading| partners(reading, &ask(FATHER, MINE))).partners.is_empty(), "no desk");
}
