//! With which child a parent is counted, and whose parents may be.

use xinmei_model::{Feed, Id, Kind, Participation, Relation, Seat, derived};

use crate::{courses::*, world::people::*};

#[test]
fn a_mark_that_knew_what_stood_also_says_with_which_child() {
    let mut s = scene();
    let (first, mother) = s.family("雨桐", "王芳");
    let second = s.world.child("雨辰", s.class);
    s.world.link(mother, second, Relation::Mother, PARENT);
    s.begins();
    s.world.does(s.desk.actor(), &s.mark(mother, first, true, 0));
    s.world.does(s.desk.actor(), &s.mark(mother, second, true, 1));
    let id = Participation::of(s.session, mother);
    assert_eq!(s.world.get(id).child, second);
    assert!(s.world.feeds(id).contains(&Feed::Own(second, mother)));
    s.world.does(s.desk.actor(), &s.mark(mother, first, true, 0));
    assert_eq!(s.world.get(id).child, second, "said without knowing");
    assert_eq!(s.world.get(id).marks.len(), 3);
}

#[test]
fn a_seat_that_was_given_back_makes_nobody_one_of_here() {
    let mut s = scene();
    let east = s.world.campus("东校区");
    let class = s.world.class_at(east, 2024, 1);
    let child = s.world.child("梓轩", class);
    let father = s.world.guardian("王强").of(child, Relation::Father, PARENT).id();
    let id: Id<Seat> = derived("seat", s.session.uuid(), child.uuid());
    let (booking, session, event) = (s.world.fresh(), s.session, s.event);
    let seat = Seat { id, child, child_name: "梓轩".into(), booking, session, event, gone: true };
    s.world.put(seat.clone(), []);
    s.begins();
    assert_eq!(s.world.refuses(s.desk.actor(), &s.mark(father, child, true, 0)), missing(Kind::Link));
    s.world.put(Seat { gone: false, ..seat }, []);
    s.world.does(s.desk.actor(), &s.mark(father, child, true, 0));
}
