//! Templates: a notice kept with fields, for oneself or for everybody who works here.

use std::collections::BTreeMap;

use xinmei_model::{
    Act, AnsweredBy, Ask, Feed, Id, Power, Refusal, Relation, RoleKind, Template, TemplateDraft, limits,
};

use crate::world::{World, people::*};

fn trip() -> TemplateDraft {
    TemplateDraft {
        name: "研学同意书".into(),
        title: "{地点}研学同意书".into(),
        body: "{日期}到{地点}研学，{ 集合时间 }从东门乘车。".into(),
        ask: Ask::Sign,
        answered_by: AnsweredBy::AnyGuardian,
        reminds: true,
    }
}

fn put(template: Id<Template>, draft: TemplateDraft, school: bool) -> Act {
    Act::PutTemplate { template, draft, school }
}

fn values(of: &[(&str, &str)]) -> BTreeMap<String, String> {
    of.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn fields_are_met_in_order_and_filled_wherever_they_stand() {
    let draft = trip();
    assert_eq!(draft.fields(), ["地点", "日期", "集合时间"]);
    let (title, body) =
        draft.filled(&values(&[("地点", "科技馆"), ("日期", " 12月3日 "), ("集合时间", "8:20")]));
    assert_eq!(title, "科技馆研学同意书");
    assert_eq!(body, "12月3日到科技馆研学，8:20从东门乘车。");
    let (_, half) = draft.filled(&values(&[("日期", "  ")]));
    assert_eq!(half, "{日期}到{地点}研学，{集合时间}从东门乘车。", "what is missing is seen");
    // A value is text, also where it looks like a field.
    let (title, _) = draft.filled(&values(&[("地点", "{日期}"), ("日期", "明天")]));
    assert_eq!(title, "{日期}研学同意书");
}

#[test]
fn a_brace_that_is_no_field_stays_a_brace() {
    for text in ["{}", "{ }", "a { b", "}{", "{\n}", "{{", "集合{"] {
        let draft = TemplateDraft { title: text.into(), body: String::new(), ..trip() };
        assert_eq!(draft.fields(), Vec::<String>::new(), "{text}");
        assert_eq!(draft.filled(&BTreeMap::new()).0, text);
    }
    let long = format!("{{{}}}", "长".repeat(limits::TEMPLATE_FIELD_CHARS + 1));
    let draft = TemplateDraft { title: format!("{{ {long} {{日期}}"), body: String::new(), ..trip() };
    assert_eq!(draft.fields(), ["日期"]);
}

#[test]
fn ones_own_is_for_oneself_and_the_schools_for_everybody_who_works_here() {
    let mut world = World::school();
    let class = world.class(2024, 2);
    let (root, campus) = (world.root, world.campus);
    let teacher = world.teacher("张晓梅", class);
    let colleague = world.teacher("周明", class);
    let office = world.staff("何静", RoleKind::Administrator, root);
    let head = world.staff("胡校长", RoleKind::Head, root);
    let branch = world.staff("分校长", RoleKind::Head, campus);
    let child = world.child("李雨桐", class);
    let mother = world.guardian("王芳").of(child, Relation::Mother, PARENT).id();
    let (own, schools) = (world.fresh(), world.fresh());
    world.does(teacher.actor(), &put(own, trip(), false));
    world.does(office.actor(), &put(schools, trip(), true));
    assert_eq!(world.feeds(own), [Feed::Person(teacher.person)].into());
    assert_eq!(world.feeds(schools), [Feed::Staff].into());
    let sees = |id| [teacher.person, colleague.person, office.person, mother].map(|who| world.sees(who, id));
    assert_eq!(sees(own), [true, false, false, false]);
    assert_eq!(sees(schools), [true, true, true, false]);

    let no = |power| Refusal::NoPower { power };
    let fresh = world.fresh();
    assert_eq!(world.refuses(teacher.actor(), &put(fresh, trip(), true)), no(Power::KeepTemplates));
    assert_eq!(world.refuses(branch.actor(), &put(fresh, trip(), true)), no(Power::KeepTemplates));
    assert_eq!(world.refuses(guardian(mother), &put(fresh, trip(), false)), no(Power::SendNotices));
    let missing = Refusal::NotFound { what: "template".into() };
    assert_eq!(world.refuses(colleague.actor(), &put(own, trip(), false)), missing);
    assert_eq!(world.refuses(colleague.actor(), &Act::DropTemplate { template: own }), missing);
    let dropping = Act::DropTemplate { template: schools };
    assert_eq!(world.refuses(teacher.actor(), &dropping), no(Power::KeepTemplates));
    // What is the school's, whoever keeps such templates may change.
    let renamed = TemplateDraft { name: " 研学 ".into(), ..trip() };
    world.does(head.actor(), &put(schools, renamed, true));
    assert_eq!(world.get(schools).draft.name, "研学");
    world.does(head.actor(), &dropping);
    assert!(world.feeds(schools).is_empty(), "nobody holds it any more");
    assert_eq!(world.refuses(office.actor(), &put(schools, trip(), true)), missing);
}

#[test]
fn a_template_has_its_limits_and_names_nobody() {
    let mut world = World::school();
    let class = world.class(2024, 2);
    let teacher = world.teacher("张晓梅", class);
    let id = world.fresh();
    let refused = |world: &World, draft| world.refuses(teacher.actor(), &put(id, draft, false));
    let malformed = |field: &str| Refusal::Malformed { field: field.into() };
    assert_eq!(refused(&world, TemplateDraft { name: " ".into(), ..trip() }), malformed("name"));
    let by_name = AnsweredBy::Guardian { person: teacher.person, name: "王芳".into() };
    assert_eq!(refused(&world, TemplateDraft { answered_by: by_name, ..trip() }), malformed("answered_by"));
    assert_eq!(refused(&world, TemplateDraft { ask: Ask::Nothing, ..trip() }), malformed("reminds"));
    let many: String = (0..=limits::FIELDS).map(|n| format!("{{栏{n}}}")).collect();
    let too_many = |field: &str, limit: usize| Refusal::TooMany { field: field.into(), limit: limit as u32 };
    assert_eq!(refused(&world, TemplateDraft { body: many, ..trip() }), too_many("fields", limits::FIELDS));
    let first = world.fresh();
    world.does(teacher.actor(), &put(first, trip(), false));
    for _ in 1..limits::TEMPLATES {
        let next = world.fresh();
        world.does(teacher.actor(), &put(next, trip(), false));
    }
    assert_eq!(refused(&world, trip()), too_many("templates", limits::TEMPLATES));
    // One that is there is not one more, and one that was dropped makes room.
    world.does(teacher.actor(), &put(first, trip(), false));
    world.does(teacher.actor(), &Act::DropTemplate { template: first });
    world.does(teacher.actor(), &put(id, trip(), false));
}

#[test]
fn its_acts_keep_their_form() {
    let id = "00000000-0000-0000-0000-000000000001";
    let put = put(id.parse().unwrap(), TemplateDraft { body: String::new(), ..trip() }, true);
    let json = format!(
        r#"{{"do":"put-template","template":"{id}","draft":{{"name":"研学同意书","title":"{{地点}}研学同意书","body":"","ask":{{"is":"sign"}},"answered_by":{{"is":"any-guardian"}},"reminds":true}},"school":true}}"#
    );
    let drop = Act::DropTemplate { template: id.parse().unwrap() };
    for (act, json) in [(put, json), (drop, format!(r#"{{"do":"drop-template","template":"{id}"}}"#))] {
        assert_eq!(serde_json::to_string(&act).unwrap(), json);
        assert_eq!(serde_json::from_str::<Act>(&json).unwrap(), act);
    }
}
