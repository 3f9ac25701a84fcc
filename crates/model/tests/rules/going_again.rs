//! A trip and its partner come along with a theme and with a copy of an event.

use jiff::tz::TimeZone;
use xinmei_model::{
    Act, Event, EventShape, Id, Kind, List, PartnerDraft, PartnerOrg, Refusal, Session, ThemeDraft,
    ThemeMessages, Trip, TripPlan,
};

use crate::world::{World, people::*};

fn plan(to: &str) -> TripPlan {
    TripPlan {
        from: " 东门 ".into(),
        to: to.into(),
        meeting_point: String::new(),
        children_per_adult: 10,
        buses: vec![],
        slip: true,
        stops: vec!["出发前".into(), "返校".into()],
    }
}

fn museum(world: &mut World, desk: Staff) -> Id<PartnerOrg> {
    let partner = world.fresh();
    let draft = PartnerDraft { name: "重庆红岩博物馆".into(), ..PartnerDraft::default() };
    world.does(desk.actor(), &Act::PutPartner { partner, draft });
    partner
}

fn theme(event: EventShape) -> ThemeDraft {
    let (posts, survey, messages) = (vec![], vec![], ThemeMessages::default());
    ThemeDraft { name: "场馆研学".into(), event, posts, messages, survey }
}

fn shape(world: &World, event: Id<Event>) -> EventShape {
    let sessions = world.list::<Session>(List::SessionsOf(event));
    EventShape::of(&world.get(event), &sessions, &TimeZone::UTC).unwrap()
}

#[test]
fn an_event_is_published_as_a_trip_with_a_partner() {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let partner = museum(&mut world, desk);
    let (event, _) = world.event_with(desk, &[40], |event| {
        event.partner = Some(partner);
        event.trip = Some(plan("红岩村"));
    });
    let kept = world.get(event);
    assert_eq!(kept.partner.as_ref().unwrap().name, "重庆红岩博物馆");
    let tidy = TripPlan { from: "东门".into(), ..plan("红岩村") };
    assert_eq!(kept.trip, Some(Trip { plan: tidy.clone(), slips: vec![], ended: vec![] }));

    let kept = shape(&world, event);
    assert_eq!((kept.partner, kept.trip.clone()), (Some(partner), Some(tidy)));
    // A theme carries both, and neither is lost where the event is changed.
    let id = world.fresh();
    world.does(desk.actor(), &Act::PutTheme { theme: id, draft: theme(kept.clone()) });
    assert_eq!(world.get(id).draft.event, kept.clone().lasting());
    let before = world.get(event);
    let act = crate::venues::change(&mut world, event, |draft| draft.title = "走进红岩村".into());
    world.does(desk.actor(), &act);
    let after = world.get(event);
    assert_eq!((&after.partner, &after.trip), (&before.partner, &before.trip));

    world.does(desk.actor(), &Act::DropPartner { partner });
    assert_eq!(kept.clone().with_partner(|one| one == partner), (kept.clone(), false));
    let (without, gone) = kept.with_partner(|_| false);
    assert!(gone && without.partner.is_none() && without.trip.is_some());
    assert_eq!(without.clone().with_partner(|_| false), (without, false));
}

#[test]
fn what_cannot_be_planned_is_refused_here_too() {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let partner = museum(&mut world, desk);
    let (event, _) = world.event_with(desk, &[40], |event| event.partner = Some(partner));
    let shape = shape(&world, event);
    world.does(desk.actor(), &Act::DropPartner { partner });
    let missing = Refusal::NotFound { what: Kind::PartnerOrg.name().into() };
    let id = world.fresh();
    assert_eq!(
        world.refuses(desk.actor(), &Act::PutTheme { theme: id, draft: theme(shape.clone()) }),
        missing
    );
    let mut draft = world.event_draft(world.campus, &[1]);
    draft.partner = Some(partner);
    assert_eq!(world.refuses(desk.actor(), &Act::PublishEvent { event: draft.clone() }), missing);
    (draft.partner, draft.trip) = (None, Some(plan(" ")));
    let refused = world.refuses(desk.actor(), &Act::PublishEvent { event: draft });
    assert_eq!(refused, Refusal::Malformed { field: "to".into() });
    let wrong = EventShape { partner: None, trip: Some(plan(" ")), ..shape };
    let refused = world.refuses(desk.actor(), &Act::PutTheme { theme: id, draft: theme(wrong) });
    assert_eq!(refused, Refusal::Malformed { field: "to".into() });
    // Both have acts of their own once the event stands.
    type Alter = fn(&mut xinmei_model::EventDraft);
    let alters: [(&str, Alter); 2] = [
        ("partner", |draft| draft.partner = Some(Id::new(draft.id.uuid()))),
        ("trip", |draft| draft.trip = Some(plan("馆"))),
    ];
    for (field, alter) in alters {
        let act = crate::venues::change(&mut world, event, alter);
        assert_eq!(world.refuses(desk.actor(), &act), Refusal::Malformed { field: field.into() });
    }
}
