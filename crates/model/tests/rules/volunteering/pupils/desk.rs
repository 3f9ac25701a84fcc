//! What the desk does with pupils in shifts, and whose care they are in.

use super::*;
use xinmei_model::GuestDraft;

#[test]
fn pupils_are_in_no_guests_care() {
    let mut care = care(&[("08:00", "09:00", 3)], PostTerms { guests: true, ..pupils(4, 1) });
    let class = care.scene.world.class(2023, 4);
    let sponsor = care.scene.world.staff("周雅琴", RoleKind::SubjectTeacher, class);
    care.adult(0);
    care.enter(0);
    care.enter(1);
    assert_eq!(care.with_adult(), [true, false, false, false]);
    let person = care.scene.world.fresh();
    let guest = GuestDraft {
        person,
        name: "何读书".into(),
        organisation: "青禾社区图书馆".into(),
        phone: String::new(),
        agreed: "本人在电话里同意".into(),
        sponsor: sponsor.person,
        shifts: vec![care.shift(0)],
    };
    care.scene.desk_does(VolunteerAct::AddGuest { guest: Box::new(guest) });
    let used = care.scene.world.allotment(care.shift(0).uuid()).used;
    assert_eq!((used, care.fill().adults), (2, 1), "a guest comes, and nobody is in their care");
    assert_eq!(care.with_adult(), [true, false, false, false]);
    // Counted anew, a guest who came before is none either.
    care.enter(2);
    assert_eq!((care.fill().pupils, care.fill().adults, care.fill().reaches), (3, 1, 1));
}

#[test]
fn the_desk_takes_a_pupil_out_whoever_may_decide_now() {
    let mut care = care(&[("08:00", "09:00", 3)], pupils(3, 2));
    care.enter(0);
    let (shift, child) = (care.shift(0), care.children[0]);
    let class = care.scene.world.get(child).class().unwrap();
    let teacher = care.scene.world.teacher("张晓梅", class);
    let no_power = Refusal::NoPower { power: Power::ManageShifts };
    assert_eq!(care.scene.world.refuses(teacher.actor(), &withdraws(shift, child)), no_power);
    // The right on which the consent rested ended, and the consent did not.
    let link = care.scene.world.list::<xinmei_model::Link>(List::LinksOf(child))[0].clone();
    let row = care.scene.world.get(child);
    let link = xinmei_model::Link { rights: xinmei_model::Rights::default(), ..link };
    care.scene.world.apply(vec![xinmei_model::put_link(link, &row)]);
    assert!(care.pupil(0).is_down());
    let by = Proxy::new(care.parents[0], "");
    let wish = PupilWish { on_behalf_of: Some(by), ..wish(shift, child) };
    let refused = care.scene.desk_refused(VolunteerAct::WithdrawPupil(wish));
    // Who has no right at all is told of no child.
    assert_eq!(refused, Refusal::NotFound { what: "child".into() });
    let desk = care.scene.desk;
    care.scene.world.does(desk.actor(), &withdraws(shift, child));
    let row = care.pupil(0);
    assert_eq!((row.state, row.withdrawn.map(|one| one.by)), (PupilState::Withdrawn, Some(desk.person)));
    assert_eq!(row.entered.map(|entered| entered.by).as_deref(), Some("周协调"));
    assert_eq!(care.fill().pupils, 0);
}

#[test]
fn the_terms_of_a_shift_that_runs_stay_until_it_is_over() {
    let mut care = care(&[("08:00", "09:00", 3)], pupils(3, 2));
    care.enter(0);
    care.scene.world.now = at("2026-10-13T08:30").timestamp();
    let change = care.change(PostTerms::default());
    assert_eq!(care.scene.desk_refused(change), Refusal::SeatsHeld { used: 1 });
    care.scene.world.now = at("2026-10-13T09:00").timestamp();
    let change = care.change(PostTerms::default());
    care.scene.desk_does(change);
}
