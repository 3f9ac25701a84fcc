//! One family before an open day.

use jiff::{SignedDuration, Zoned};
use xinmei_model::{Act, Booking, Child, EventDraft, Id, Person, Refusal, Relation, Session, SignUp};

use super::{World, people::*};

pub const NANOSECOND: SignedDuration = SignedDuration::from_nanos(1);

/// A school with one family, 雨桐 and her mother, and one session of two seats tomorrow at nine.
#[derive(Clone)]
pub struct Scene {
    pub world: World,
    pub desk: Staff,
    pub mother: Id<Person>,
    pub child: Id<Child>,
    pub session: Id<Session>,
}

pub fn scene(change: impl FnOnce(&mut EventDraft)) -> Scene {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let class = world.class(2024, 2);
    let child = world.child("李雨桐", class);
    let mother = world.guardian("王芳").of(child, Relation::Mother, PARENT).id();
    let (_, sessions) = world.event_with(desk, &[2], change);
    Scene { world, desk, mother, child, session: sessions[0] }
}

impl Scene {
    pub fn wish(&mut self, adults: u32) -> SignUp {
        self.world.wish(self.session, &[self.child], adults)
    }

    #[track_caller]
    pub fn refused(&mut self, adults: u32) -> Refusal {
        let wish = self.wish(adults);
        self.world.refuses(guardian(self.mother), &Act::SignUp(wish))
    }

    /// Another family of one child.
    pub fn family(&mut self, name: &str) -> (Id<Person>, Id<Child>) {
        let class = self.world.get(self.child).class().unwrap();
        let child = self.world.child(&format!("{name}的孩子"), class);
        (self.world.guardian(name).of(child, Relation::Father, PARENT).id(), child)
    }

    /// Families that sign up one after another, each with so many adults.
    pub fn line(&mut self, sizes: &[u32]) -> Vec<(Id<Person>, Id<Booking>)> {
        let names = ["甲", "乙", "丙", "丁", "戊"];
        let mut line = vec![];
        for (name, adults) in names.iter().zip(sizes) {
            let (who, child) = self.family(name);
            line.push((who, self.world.signs_up(who, self.session, &[child], *adults)));
        }
        line
    }
}

pub fn at_the_moment(scene: &mut Scene, moment: &Zoned, offset: SignedDuration) {
    scene.world.now = moment.timestamp() + offset;
}
