//! Answers: read, choose, fill in, sign; by whom, changed until when, carried over to a new version.

use xinmei_model::{
    Act, Answer, AnsweredBy, Answering, Ask, Audience, Child, Choice, Decision, Entered, Feed, FieldKind,
    FormField, Id, Link, List, Notice, NoticeDraft, NoticeState, Person, Place, Proxy, Refusal, Relation,
    Reply, Right, Stop, Target, decide, limits,
};

use crate::world::{World, people::*, plans::*};

/// 雨桐 with mother, father and a grandmother who may not decide; 梓轩 and 思远 with a father each.
struct Scene {
    world: World,
    class: Id<Place>,
    teacher: Staff,
    child: Id<Child>,
    mother: Id<Person>,
    father: Id<Person>,
    grandmother: Id<Person>,
    others: [(Id<Child>, Id<Person>); 2],
}

fn scene() -> Scene {
    let mut world = World::school();
    let class = world.class(2024, 2);
    let teacher = world.teacher("张晓梅", class);
    let child = world.child("李雨桐", class);
    let mother = world.guardian("刘芳").of(child, Relation::Mother, PARENT).id();
    let father = world.guardian("李建国").of(child, Relation::Father, PARENT).id();
    let grandmother = world.guardian("赵秀英").of(child, Relation::PaternalGrandmother, GRANDPARENT).id();
    let others = ["王梓轩", "陈思远"].map(|name| {
        let other = world.child(name, class);
        (other, world.guardian("王强").of(other, Relation::Father, PARENT).id())
    });
    Scene { world, class, teacher, child, mother, father, grandmother, others }
}

impl Scene {
    fn draft(&mut self, ask: Ask) -> NoticeDraft {
        let audience = to_place(self.class);
        NoticeDraft { ask, ..self.world.notice_draft(audience) }
    }

    fn send(&mut self, notice: NoticeDraft) -> Id<Notice> {
        let id = notice.id;
        self.world.does(self.teacher.actor(), &Act::SendNotice { notice });
        self.world.release();
        id
    }

    fn ask(&mut self, ask: Ask) -> Id<Notice> {
        let draft = self.draft(ask);
        self.send(draft)
    }

    fn refuses_to_send(&self, notice: NoticeDraft) -> Refusal {
        self.world.refuses(self.teacher.actor(), &Act::SendNotice { notice })
    }

    fn answer(&self, notice: Id<Notice>) -> Answer {
        let answers: Vec<Answer> = self.world.list(List::AnswersTo(notice));
        answers.into_iter().find(|answer| answer.child == self.child).unwrap()
    }

    /// Whether nothing is left to answer for 雨桐, as the class teacher and as a guardian see it.
    fn done(&self, notice: Id<Notice>, by: Id<Person>) -> (bool, bool) {
        let notice = self.world.get(notice);
        let answers: Vec<Answer> = self.world.list(List::AnswersTo(notice.id));
        let own: Vec<_> = answers.iter().filter(|answer| answer.child == self.child).collect();
        let links: Vec<Link> = self.world.list(List::LinksOf(self.child));
        let one: Vec<Link> = links.iter().filter(|link| link.guardian == by).cloned().collect();
        let day = self.world.today();
        (notice.is_answered(&own, &links, day), notice.is_answered(&own, &one, day))
    }
}

fn choice(text: &str, limit: Option<u32>) -> Choice {
    Choice { text: text.into(), limit }
}

fn activities() -> Ask {
    let choices = vec![choice("书法", Some(1)), choice("跳绳", None), choice("讲解", Some(2))];
    Ask::Choose { choices, most: 2 }
}

fn field(label: &str, value: FieldKind, required: bool) -> FormField {
    FormField { label: label.into(), value, required }
}

fn form() -> Ask {
    let choices = vec!["水彩".into(), "国画".into()];
    Ask::FillIn {
        fields: vec![
            field("题目", FieldKind::Text, true),
            field("画种", FieldKind::Choice { choices }, false),
            field("宽", FieldKind::Number, false),
            field("交稿日", FieldKind::Date, false),
        ],
    }
}

fn chosen(choices: &[u32]) -> Reply {
    Reply::Choose { choices: choices.to_vec() }
}

fn filled(values: [&str; 4]) -> Reply {
    Reply::FillIn { values: values.map(str::to_owned).to_vec(), files: Vec::new() }
}

fn act(notice: Id<Notice>, child: Id<Child>, reply: Reply) -> Act {
    Act::Answer(Answering::new(notice, child, reply))
}

fn changing(notice: Id<Notice>, child: Id<Child>, reply: Reply, replaces: u32) -> Act {
    Act::Answer(Answering { replaces, ..Answering::new(notice, child, reply) })
}

fn malformed(field: &str) -> Refusal {
    Refusal::Malformed { field: field.into() }
}

#[test]
fn an_answer_of_another_kind_than_what_was_asked_is_refused() {
    let mut scene = scene();
    let asks = [Ask::Read, Ask::Acknowledge, activities(), form(), Ask::Sign];
    let notices: Vec<_> = asks.iter().map(|ask| scene.ask(ask.clone())).collect();
    let sign = |at: usize| Reply::Sign { agrees: true, sha256: scene.world.get(notices[at]).text_sha256() };
    let replies =
        |at| [Reply::Read, Reply::Acknowledge, chosen(&[1]), filled(["早晨", "", "", ""]), sign(at)];
    for (at, notice) in notices.iter().enumerate() {
        for (other, reply) in replies(at).into_iter().enumerate() {
            let wish = act(*notice, scene.child, reply);
            let decided = scene.world.decide(guardian(scene.mother), &wish);
            let wrong = Err(Stop::Refused(malformed("reply")));
            assert!(if at == other { decided.is_ok() } else { decided == wrong }, "{at} {other} {decided:?}");
        }
    }
    let nothing = scene.ask(Ask::Nothing);
    let wish = act(nothing, scene.child, Reply::Read);
    assert_eq!(scene.world.refuses(guardian(scene.mother), &wish), Refusal::NothingAsked);
}

#[test]
fn what_cannot_be_asked_is_refused_when_it_is_sent() {
    let mut scene = scene();
    let choose = |texts: &[&str], most| Ask::Choose {
        choices: texts.iter().map(|text| choice(text, None)).collect(),
        most,
    };
    let limited =
        |limit| Ask::Choose { choices: vec![choice("一", Some(limit)), choice("二", None)], most: 1 };
    let many: Vec<String> = (0..=limits::CHOICES).map(|n| n.to_string()).collect();
    let many: Vec<_> = many.iter().map(String::as_str).collect();
    let fields = |count: usize| Ask::FillIn {
        fields: (0..count).map(|n| field(&n.to_string(), FieldKind::Text, true)).collect(),
    };
    let unclear = field("哪天", FieldKind::Choice { choices: vec!["周一".into(), " 周一".into()] }, true);
    let too_many = |field: &str, limit| Refusal::TooMany { field: field.into(), limit };
    for (ask, refusal) in [
        (choose(&["只有一项"], 1), malformed("ask.choices")),
        (choose(&["一样", "一样"], 1), malformed("ask.choices")),
        (choose(&["有", " "], 1), malformed("ask.choices")),
        (choose(&many, 1), too_many("ask.choices", 20)),
        (choose(&["一", "二"], 0), malformed("ask.most")),
        (choose(&["一", "二"], 3), malformed("ask.most")),
        (limited(0), malformed("ask.limit")),
        (limited(limits::SEATS_PER_SESSION + 1), malformed("ask.limit")),
        (fields(0), malformed("ask.fields")),
        (fields(limits::FIELDS + 1), too_many("ask.fields", 12)),
        (Ask::FillIn { fields: vec![field("", FieldKind::Text, true)] }, malformed("ask.fields")),
        (Ask::FillIn { fields: vec![unclear] }, malformed("ask.fields")),
    ] {
        let draft = scene.draft(ask);
        assert_eq!(scene.refuses_to_send(draft), refusal);
    }
    let wordless = NoticeDraft { body: "  ".into(), ..scene.draft(Ask::Sign) };
    assert_eq!(scene.refuses_to_send(wordless), malformed("body"));
}

#[test]
fn a_choice_is_one_of_those_there_are_and_no_more_than_may_be_taken() {
    let mut scene = scene();
    let notice = scene.ask(activities());
    let refused = |choices: &[u32]| {
        scene.world.refuses(guardian(scene.mother), &act(notice, scene.child, chosen(choices)))
    };
    for wrong in [&[][..], &[3], &[1, 0], &[1, 1], &[1, 3]] {
        assert_eq!(refused(wrong), malformed("reply.choices"), "{wrong:?}");
    }
    assert_eq!(refused(&[0, 1, 2]), Refusal::TooMany { field: "reply.choices".into(), limit: 2 });
    scene.world.does(guardian(scene.mother), &act(notice, scene.child, chosen(&[0, 2])));
    assert_eq!(scene.answer(notice).given.reply, chosen(&[0, 2]));
    assert_eq!(scene.answer(notice).given.guardian_name, "刘芳");
    let feeds = [Feed::ChildRight(scene.child, Right::Messages), Feed::Author(scene.teacher.person)];
    assert_eq!(scene.world.feeds(scene.answer(notice).id), feeds.into());
}

#[test]
fn the_last_place_of_a_choice_goes_to_one_child_and_comes_back_when_it_chooses_otherwise() {
    let mut scene = scene();
    let notice = scene.ask(activities());
    let [(second, by_second), (third, by_third)] = scene.others;
    scene.world.does(guardian(scene.mother), &act(notice, scene.child, chosen(&[0])));
    let full = Refusal::ChoiceFull { choice: "书法".into() };
    assert_eq!(scene.world.refuses(guardian(by_second), &act(notice, second, chosen(&[0, 1]))), full);
    scene.world.does(guardian(by_second), &act(notice, second, chosen(&[1])));
    // The only place goes back and on.
    scene.world.does(guardian(scene.mother), &changing(notice, scene.child, chosen(&[0, 2]), 1));
    assert_eq!(scene.world.refuses(guardian(by_third), &act(notice, third, chosen(&[0]))), full);
    scene.world.does(guardian(scene.mother), &changing(notice, scene.child, chosen(&[2]), 2));
    scene.world.does(guardian(by_third), &act(notice, third, chosen(&[0, 2])));
    let used = |place| scene.world.allotment(scene.world.get(notice).choice_id(place)).used;
    assert_eq!([used(0), used(2)], [1, 2]);
    let open = Refusal::ChoiceFull { choice: "讲解".into() };
    let wish = changing(notice, second, chosen(&[1, 2]), 1);
    assert_eq!(scene.world.refuses(guardian(by_second), &wish), open);
}

#[test]
fn a_computer_never_promises_a_limited_place_and_always_an_unlimited_one() {
    let mut scene = scene();
    let notice = scene.ask(activities());
    let foresee = |choices: &[u32]| -> Decision {
        let wish = act(notice, scene.child, chosen(choices));
        scene.world.ask_on_device_of(scene.mother, |facts| decide(facts, &guardian(scene.mother), &wish))
    };
    assert_eq!(foresee(&[0]), Err(Stop::Unknown));
    assert_eq!(foresee(&[1]).unwrap().len(), 1);
}

#[test]
fn a_form_takes_what_fits_its_fields() {
    let mut scene = scene();
    let notice = scene.ask(form());
    let refused = |values: [&str; 4]| {
        scene.world.refuses(guardian(scene.mother), &act(notice, scene.child, filled(values)))
    };
    assert_eq!(refused(["", "水彩", "", ""]), malformed("题目"), "it must be filled");
    assert_eq!(refused(["早晨", "油画", "", ""]), malformed("画种"));
    for number in ["四十", "1e3", "1.", ".5", "-", "1.2.3", "２０", "NaN"] {
        assert_eq!(refused(["早晨", "", number, ""]), malformed("宽"), "{number}");
    }
    for date in ["27.11.2026", "2026-02-30", "明天"] {
        assert_eq!(refused(["早晨", "", "", date]), malformed("交稿日"), "{date}");
    }
    let long = "长".repeat(limits::REPLY_CHARS + 1);
    assert_eq!(refused([&long, "", "", ""]), Refusal::TooMany { field: "题目".into(), limit: 500 });
    let short = act(notice, scene.child, Reply::FillIn { values: vec!["早晨".into()], files: Vec::new() });
    assert_eq!(scene.world.refuses(guardian(scene.mother), &short), malformed("reply"));
    let good = filled(["嘉陵江的早晨", "水彩", "-36.5", "2026-11-27"]);
    scene.world.does(guardian(scene.mother), &act(notice, scene.child, good.clone()));
    assert_eq!(scene.answer(notice).given.reply, good);
}

#[test]
fn who_signs_signs_this_text_and_may_take_it_back_until_it_is_due() {
    let mut scene = scene();
    let notice = scene.ask(Ask::Sign);
    // Two independent ways to the hash of one text: what stands here was made with `sha256sum`.
    let row = scene.world.get(notice);
    assert_eq!(format!("{}\n\n{}", row.title, row.body), "周五放学时间 15:00\n\n请家长按时到东门接孩子。");
    let sha256 = "7fae9ee5aaad22ee0ca4bf5109a6ce31cf0436a14fb82f73463b657c5d34d944".to_owned();
    assert_eq!(row.text_sha256(), sha256);
    let sign = |agrees, sha256: &str| Reply::Sign { agrees, sha256: sha256.into() };
    let other = act(notice, scene.child, sign(true, &"0".repeat(64)));
    assert_eq!(scene.world.refuses(guardian(scene.mother), &other), Refusal::TextChanged);
    scene.world.does(guardian(scene.mother), &act(notice, scene.child, sign(true, &sha256)));
    let signed_at = scene.world.now;
    scene.world.pass_minutes(5);
    scene.world.does(guardian(scene.mother), &changing(notice, scene.child, sign(false, &sha256), 1));
    let answer = scene.answer(notice);
    assert_eq!((answer.version, &answer.given.reply), (2, &sign(false, &sha256)));
    assert_eq!((answer.earlier.len(), answer.earlier[0].at), (1, signed_at), "the record keeps both");
    assert_eq!(answer.earlier[0].reply, sign(true, &sha256));
}

#[test]
fn an_answer_is_changed_until_it_is_due_and_a_first_one_is_taken_after() {
    let mut scene = scene();
    let notice = scene.ask(activities());
    scene.world.does(guardian(scene.mother), &act(notice, scene.child, chosen(&[1])));
    let due = scene.world.get(notice).due.unwrap();
    scene.world.now = due.timestamp() - jiff::SignedDuration::from_nanos(1);
    scene.world.does(guardian(scene.mother), &changing(notice, scene.child, chosen(&[2]), 1));
    scene.world.now = due.timestamp();
    let late = changing(notice, scene.child, chosen(&[1]), 2);
    assert_eq!(scene.world.refuses(guardian(scene.mother), &late), Refusal::Closed { since: due });
    let same = changing(notice, scene.child, chosen(&[2]), 2);
    assert_eq!(scene.world.does(guardian(scene.mother), &same), [], "said again, nothing changes");
    let [(other, by), _] = scene.others;
    scene.world.does(guardian(by), &act(notice, other, chosen(&[1])));
}

#[test]
fn nobody_replaces_unseen_what_the_other_guardian_chose() {
    let mut scene = scene();
    let notice = scene.ask(activities());
    scene.world.does(guardian(scene.mother), &act(notice, scene.child, chosen(&[1])));
    let unseen = act(notice, scene.child, chosen(&[2]));
    let refused = Refusal::AnsweredAlready { by: "刘芳".into() };
    assert_eq!(scene.world.refuses(guardian(scene.father), &unseen), refused);
    assert_eq!(scene.world.does(guardian(scene.father), &act(notice, scene.child, chosen(&[1]))), []);
    scene.world.does(guardian(scene.father), &changing(notice, scene.child, chosen(&[2]), 1));
    assert_eq!(scene.answer(notice).given.guardian, scene.father);
    assert_eq!(scene.answer(notice).earlier[0].guardian, scene.mother);
    let stale = changing(notice, scene.child, chosen(&[1]), 1);
    let refused = Refusal::AnsweredAlready { by: "李建国".into() };
    assert_eq!(scene.world.refuses(guardian(scene.mother), &stale), refused);
}

#[test]
fn an_answer_is_not_changed_for_ever() {
    let mut scene = scene();
    let notice = scene.ask(activities());
    for version in 0..=u32::try_from(limits::ANSWER_CHANGES).unwrap() {
        let reply = chosen(&[1 + version % 2]);
        scene.world.does(guardian(scene.mother), &changing(notice, scene.child, reply, version));
    }
    let more = changing(notice, scene.child, chosen(&[2]), 21);
    let limit = Refusal::TooMany { field: "reply".into(), limit: 20 };
    assert_eq!(scene.world.refuses(guardian(scene.mother), &more), limit);
}

#[test]
fn each_guardian_who_may_decide_answers_for_themselves() {
    let mut scene = scene();
    let draft = NoticeDraft { answered_by: AnsweredBy::EachGuardian, ..scene.draft(Ask::Sign) };
    let notice = scene.send(draft);
    let sha256 = scene.world.get(notice).text_sha256();
    let sign = act(notice, scene.child, Reply::Sign { agrees: true, sha256 });
    assert_eq!(scene.done(notice, scene.mother), (false, false));
    scene.world.does(guardian(scene.mother), &sign);
    assert_eq!(scene.done(notice, scene.mother), (false, true), "hers is done, the child's is not");
    assert_eq!(scene.done(notice, scene.father), (false, false));
    let no_right = Refusal::NoRight { right: Right::Decide };
    assert_eq!(scene.world.refuses(guardian(scene.grandmother), &sign), no_right);
    scene.world.does(guardian(scene.father), &sign);
    assert_eq!(scene.done(notice, scene.father), (true, true));
    assert_eq!(scene.world.list::<Answer>(List::AnswersTo(notice)).len(), 2);
}

#[test]
fn a_named_guardian_answers_and_nobody_else() {
    let mut scene = scene();
    let audience = Audience { include: vec![Target::Child(scene.child)], except: vec![] };
    let draft = scene.world.notice_draft(audience);
    let by = |person| AnsweredBy::Guardian { person, name: "随便写的".into() };
    let draft = |person| NoticeDraft { answered_by: by(person), ..draft.clone() };
    assert_eq!(scene.refuses_to_send(draft(scene.grandmother)), malformed("answered_by"));
    let class = NoticeDraft { answered_by: by(scene.mother), ..scene.draft(Ask::Acknowledge) };
    assert_eq!(scene.refuses_to_send(class), malformed("answered_by"));
    let notice = scene.send(draft(scene.mother));
    let named = AnsweredBy::Guardian { person: scene.mother, name: "刘芳".into() };
    assert_eq!(scene.world.get(notice).answered_by, named, "as the school knows her");
    let yes = act(notice, scene.child, Reply::Acknowledge);
    assert_eq!(scene.world.refuses(guardian(scene.father), &yes), Refusal::OtherGuardian);
    let proxy = Some(Proxy::new(scene.father, "爸爸来电"));
    let entered =
        Answering { on_behalf_of: proxy, ..Answering::new(notice, scene.child, Reply::Acknowledge) };
    assert_eq!(scene.world.refuses(scene.teacher.actor(), &Act::Answer(entered)), Refusal::OtherGuardian);
    scene.world.does(guardian(scene.mother), &yes);
    assert_eq!(scene.done(notice, scene.mother), (true, true));
}

#[test]
fn what_staff_enter_from_paper_says_so_and_what_it_said_before() {
    let mut scene = scene();
    let notice = scene.ask(activities());
    scene.world.does(guardian(scene.mother), &act(notice, scene.child, chosen(&[1])));
    let on_behalf_of = Some(Proxy::new(scene.father, "爸爸来电"));
    let wish = Answering { replaces: 1, on_behalf_of, ..Answering::new(notice, scene.child, chosen(&[2])) };
    scene.world.does(scene.teacher.actor(), &Act::Answer(wish));
    let answer = scene.answer(notice);
    let entered = Entered { by: "张晓梅".into(), note: "爸爸来电".into() };
    assert_eq!((answer.given.entered, answer.given.guardian), (Some(entered), scene.father));
    assert_eq!(answer.earlier[0].entered, None);
}

#[test]
fn a_new_version_may_keep_the_answers_of_the_old_one() {
    let mut scene = scene();
    let old = scene.ask(activities());
    let [(second, by_second), (third, by_third)] = scene.others;
    scene.world.does(guardian(scene.mother), &act(old, scene.child, chosen(&[0])));
    scene.world.does(guardian(by_second), &act(old, second, chosen(&[2])));
    // 梓轩 is no longer asked.
    let audience =
        Audience { include: vec![Target::Place(scene.class)], except: vec![Target::Child(second)] };
    let draft = scene.world.notice_draft(audience);
    let again = NoticeDraft { ask: activities(), supersedes: Some(old), keeps_answers: true, ..draft };
    let new = scene.send(again);
    assert!(matches!(scene.world.get(old).state, NoticeState::Superseded { by, .. } if by == new));
    let carried = scene.answer(new);
    assert_eq!((carried.given.reply, carried.given.guardian), (chosen(&[0]), scene.mother));
    assert_eq!(scene.world.list::<Answer>(List::AnswersTo(new)).len(), 1);
    let used = |place| scene.world.allotment(scene.world.get(new).choice_id(place)).used;
    assert_eq!([used(0), used(2)], [1, 0], "kept for whom they were given to");
    let full = Refusal::ChoiceFull { choice: "书法".into() };
    assert_eq!(scene.world.refuses(guardian(by_third), &act(new, third, chosen(&[0]))), full);
}

#[test]
fn answers_to_another_question_or_under_another_text_are_not_kept() {
    let mut scene = scene();
    for (before, after) in [(activities(), form()), (Ask::Sign, Ask::Sign), (Ask::Read, Ask::Acknowledge)] {
        let old = scene.ask(before);
        let draft = NoticeDraft { supersedes: Some(old), keeps_answers: true, ..scene.draft(after) };
        assert_eq!(scene.refuses_to_send(draft), malformed("keeps_answers"));
    }
    let old = scene.ask(Ask::Acknowledge);
    let each = AnsweredBy::EachGuardian;
    let draft = NoticeDraft {
        answered_by: each,
        supersedes: Some(old),
        keeps_answers: true,
        ..scene.draft(Ask::Acknowledge)
    };
    assert_eq!(scene.refuses_to_send(draft), malformed("keeps_answers"));
}

#[test]
fn a_notice_goes_out_when_its_author_said_and_not_before_the_hold_window_ends() {
    let mut scene = scene();
    let zoned = |scene: &Scene, minutes| {
        let at = scene.world.now + jiff::SignedDuration::from_mins(minutes);
        Some(at.to_zoned(jiff::tz::TimeZone::get("Asia/Shanghai").unwrap()))
    };
    let later = NoticeDraft { send_at: zoned(&scene, 90), ..scene.draft(Ask::Read) };
    let id = later.id;
    let at = later.send_at.clone().unwrap().timestamp();
    scene.world.does(scene.teacher.actor(), &Act::SendNotice { notice: later });
    scene.world.pass_minutes(89);
    scene.world.fire_due();
    assert_eq!(scene.world.get(id).state, NoticeState::Held { until: at });
    scene.world.pass_minutes(1);
    scene.world.fire_due();
    assert_eq!(scene.world.get(id).state, NoticeState::Sent { at });
    let past = NoticeDraft { send_at: zoned(&scene, -90), ..scene.draft(Ask::Read) };
    let id = past.id;
    scene.world.does(scene.teacher.actor(), &Act::SendNotice { notice: past });
    let until = scene.world.now + jiff::SignedDuration::from_mins(2);
    assert_eq!(scene.world.get(id).state, NoticeState::Held { until });
    let far = NoticeDraft { send_at: zoned(&scene, 367 * 24 * 60), ..scene.draft(Ask::Read) };
    assert_eq!(scene.refuses_to_send(far), malformed("send_at"));
}
