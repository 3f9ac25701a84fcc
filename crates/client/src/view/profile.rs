//! Who is sitting here, and in which hats.

use xinmei_model::{Hat, Person, QuietHours, Role};

use super::{family::Family, reading::Reading};
use crate::{
    Snapshot,
    api::{
        Fault,
        profile::{HatView, Me},
    },
};

/// The person at this computer.
pub(crate) fn me(snapshot: &Snapshot<'_>) -> Result<Me, Fault> {
    let reading = Reading::open(snapshot)?;
    let family = Family::load(&reading)?;
    let mut roles: Vec<Role> = Vec::new();
    let mut hats = Vec::new();
    for hat in snapshot.hats()? {
        match hat {
            Hat::Guardian => hats.push(HatView {
                hat,
                kind: None,
                title: String::new(),
                place: None,
                children: family.names(|_| true),
            }),
            Hat::Staff { role } => roles.extend(snapshot.get(role)?),
        }
    }
    // The largest place first, then by what the school calls the hat.
    roles.sort_by_cached_key(|role| {
        (reading.places.get(&role.place).map(|place| reading.place_order(place)), role.title.clone(), role.id)
    });
    hats.extend(roles.iter().map(|role| HatView {
        hat: Hat::Staff { role: role.id },
        kind: Some(role.kind),
        title: role.title.clone(),
        place: Some(reading.place_name(role.place)),
        children: Vec::new(),
    }));
    let person: Option<Person> = snapshot.get(reading.me)?;
    let school = reading.school.as_ref();
    Ok(Me {
        person: reading.me,
        name: person
            .map(|person| person.name)
            .or_else(|| roles.first().map(|role| role.person_name.clone()))
            .unwrap_or_default(),
        school: school.map(|school| school.name.clone()).unwrap_or_default(),
        zone: school.map_or_else(|| "UTC".to_owned(), |school| school.zone.clone()),
        // Before the first sync no place is shown, so no grade is reckoned from it.
        year: reading.year.unwrap_or_else(|| reading.day.year()),
        quiet: school.and_then(|school| school.quiet),
        quiet_staff: school.and_then(|school| school.quiet_staff),
        hold_s: school.map_or(0, |school| school.hold_s),
        travel_min: school.map_or(xinmei_model::School::USUAL_TRAVEL_MIN, |school| school.travel_min),
        sets_quiet: sets_quiet(&reading),
        office_hours: reading.role().and_then(|role| role.office_hours),
        keeps_office_hours: reading.role().is_some_and(Role::keeps_office_hours),
        hats,
        hat: reading.hat,
        arriving: snapshot.arriving(),
    })
}

/// Whether the hat that is on settles things for the whole school.
fn sets_quiet(reading: &Reading<'_>) -> bool {
    let role = reading.role().and_then(|role| Some((role, reading.places.get(&role.place)?)));
    role.is_some_and(|(role, place)| QuietHours::may_be_set_by(role, place))
}

#[cfg(test)]
mod tests {
    use xinmei_model::RoleKind;

    use super::*;
    use crate::view::stage::{CLASS, Stage};

    #[test]
    fn a_guardian_and_a_teacher_each_have_their_hat() {
        let family = Stage::family().replica.read(me).unwrap();
        assert_eq!(
            (family.name.as_str(), family.school.as_str(), family.year),
            ("李建国", "江畔实验小学", 2026)
        );
        assert_eq!(family.hat, Hat::Guardian);
        let children: Vec<_> = family.hats[0].children.iter().map(|child| child.name.as_str()).collect();
        assert_eq!(children, ["李雨桐", "李雨辰"]);

        let teacher = Stage::staff(RoleKind::ClassTeacher, "班主任", CLASS).replica.read(me).unwrap();
        assert_eq!((teacher.name.as_str(), teacher.hats[0].title.as_str()), ("张晓梅", "班主任"));
        let place = teacher.hats[0].place.as_ref().unwrap();
        assert_eq!((place.grade, place.number), (Some(3), Some(2)));
    }
}
