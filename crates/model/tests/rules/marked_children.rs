//! With which child a parent is counted, and whose parents may be.

use xinmei_model::{Feed, Participation, Relation};

use crate::{
    courses::*,
    world::people::*,
};

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

