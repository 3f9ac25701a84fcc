//! A conference day on Tuesday, and those who have to do with it.

use jiff::Timestamp;
use xinmei_model::{
    Act, Child, Conference, ConferenceDraft, ConferenceKind, Id, List, Meeting, MeetingBooking, MeetingOffer,
    MeetingState, MeetingWish, OfferDraft, Person, Place, Relation, RoleKind,
};

use super::{World, people::*, plans::at};

/// 李雨桐 with two parents who live apart, her teacher and her counsellor; another family; a conference day on Tuesday.
pub struct Scene {
    pub world: World,
    pub desk: Staff,
    pub teacher: Staff,
    pub maths: Staff,
    pub counsellor: Staff,
    pub mother: Id<Person>,
    pub father: Id<Person>,
    pub neighbour: Id<Person>,
    pub yutong: Id<Child>,
    pub haoran: Id<Child>,
    pub east: Id<Place>,
    pub day: Id<Conference>,
}

impl Scene {
    pub fn new() -> Self {
        let mut world = World::school();
        let (root, campus) = (world.root, world.campus);
        let class = world.class(2024, 2);
        let east = world.campus("东校区");
        let yutong = world.child("李雨桐", class);
        let haoran = world.child("王浩然", class);
        let mother = world.guardian("陈静").of(yutong, Relation::Mother, PARENT).id();
        let father = world.guardian("李建国").of(yutong, Relation::Father, PARENT).id();
        let neighbour = world.guardian("王芳").of(haoran, Relation::Mother, PARENT).id();
        let desk = world.coordinator(root);
        let teacher = world.teacher("张晓梅", class);
        let maths = world.staff("刘洋", RoleKind::SubjectTeacher, class);
        let counsellor = world.staff("何静", RoleKind::Counsellor, campus);
        let day = open(&mut world, desk, ConferenceKind::ConferenceDay, root);
        Self { world, desk, teacher, maths, counsellor, mother, father, neighbour, yutong, haoran, east, day }
    }

    /// Half an hour from two on Tuesday, ten minutes each, on the first campus.
    pub fn offer(&mut self, who: Staff, from: &str, until: &str) -> Id<MeetingOffer> {
        let draft = self.draft(from, until);
        let id = draft.id;
        self.world.does(who.actor(), &Act::OfferSlots { offer: draft, cut: None });
        id
    }

    pub fn draft(&mut self, from: &str, until: &str) -> OfferDraft {
        OfferDraft {
            id: self.world.fresh(),
            conference: self.day,
            place: self.world.campus,
            room: "203".into(),
            from: at(from),
            until: at(until),
            minutes: 10,
            buffer: 0,
            breaks: vec![],
        }
    }

    pub fn taken(&self, offer: Id<MeetingOffer>) -> usize {
        self.world.get(offer).taken.len()
    }

    pub fn meetings_of(&self, guardian: Id<Person>) -> Vec<Meeting> {
        self.world.list(List::MeetingsBy(guardian))
    }

    pub fn booked(&self, guardian: Id<Person>) -> Vec<String> {
        let all = self.meetings_of(guardian).into_iter();
        let booked = all.filter(|meeting| meeting.state == MeetingState::Booked);
        booked.map(|meeting| meeting.starts.strftime("%H:%M").to_string()).collect()
    }
}

pub fn open(world: &mut World, who: Staff, kind: ConferenceKind, place: Id<Place>) -> Id<Conference> {
    let id = world.fresh();
    let conference = ConferenceDraft {
        id,
        kind,
        place,
        title: "秋季家长会面谈日".into(),
        about: String::new(),
        opens: at("2026-10-12T08:00"),
        closes: at("2026-10-13T12:00"),
        minutes: 10,
    };
    world.does(who.actor(), &Act::OpenConference { conference });
    id
}

pub fn tuesday(time: &str) -> Timestamp {
    at(&format!("2026-10-13T{time}")).timestamp()
}

pub fn book(conference: Id<Conference>, slots: &[(Id<MeetingOffer>, &str, Id<Child>)]) -> Act {
    let wish = |(offer, time, child): &(Id<MeetingOffer>, &str, Id<Child>)| MeetingWish {
        offer: *offer,
        starts: tuesday(time),
        child: *child,
    };
    let meetings = slots.iter().map(wish).collect();
    Act::BookMeetings(MeetingBooking { conference, meetings, on_behalf_of: None })
}
