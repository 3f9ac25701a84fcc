//! "What did we tell them, when?": what a family had in its hands at a moment, and who may ask.

use jiff::{SignedDuration, Timestamp};
use xinmei_model::{
    Act, Actor, Answering, Changed, Child, Conversation, ConversationDraft, EndedRight, FamilyRequest,
    FamilyRequestDraft, Gone, HeardThen, History, Id, Link, Message, MessageText, Notice, NoticeThen, Person,
    Place, Refusal, Relation, Reply, RequestState, Right, RoleKind, Stop, Target, Wanted, history,
};

use crate::world::{World, people::*, plans::*};

struct Scene {
    world: World,
    class: Id<Place>,
    teacher: Staff,
    maths: Staff,
    head: Staff,
    child: Id<Child>,
    mother: Id<Person>,
    father: Id<Person>,
}

/// Monday, 12 October 2026, nine in the morning.
fn scene() -> Scene {
    let mut world = World::school();
    let class = world.class(2024, 2);
    let teacher = world.teacher("张晓梅", class);
    let maths = world.staff("罗文", RoleKind::SubjectTeacher, class);
    let head = world.staff("何敏", RoleKind::Head, world.root);
    let child = world.child("李雨桐", class);
    let mother = world.guardian("刘芳").of(child, Relation::Mother, PARENT).id();
    let father = world.guardian("李建国").of(child, Relation::Father, PARENT).id();
    Scene { world, class, teacher, maths, head, child, mother, father }
}

fn time(text: &str) -> Timestamp {
    at(&format!("2026-10-12T{text}")).timestamp()
}

impl Scene {
    fn look(&self, who: Actor, at: Timestamp) -> History {
        self.world.ask(|facts| history(facts, &who, self.child, at)).expect("it may be seen")
    }

    fn refused(&self, who: Actor) -> Stop {
        self.world.ask(|facts| history(facts, &who, self.child, self.world.now)).unwrap_err()
    }

    /// Minute by minute, so that what is due happens when it is due.
    fn until(&mut self, text: &str) {
        while self.world.now < time(text) {
            self.world.pass_minutes(1);
            self.world.fire_due();
        }
    }

    /// 放学 15:00, out at 9:02; 15:40 in its place, out at 10:02.
    fn fifteen_forty(&mut self) -> [Id<Notice>; 2] {
        let mut old = self.world.notice_draft(to_place(self.class));
        old.title = "今天 15:00 放学".into();
        let mut new = self.world.notice_draft(to_place(self.class));
        new.title = "今天 15:40 放学".into();
        new.supersedes = Some(old.id);
        new.changed = Some(Changed { was: "15:00".into(), now: "15:40".into() });
        let ids = [old.id, new.id];
        self.world.does(self.teacher.actor(), &Act::SendNotice { notice: old });
        self.until("10:00");
        self.world.does(self.teacher.actor(), &Act::SendNotice { notice: new });
        self.until("12:00");
        ids
    }
}

fn titles(history: &History) -> Vec<&str> {
    history.notices.iter().filter_map(|one| one.text.as_ref()).map(|text| text.title.as_str()).collect()
}

fn only(history: History) -> NoticeThen {
    let [one] = history.notices.try_into().expect("one notice");
    one
}

#[test]
fn fifteen_until_ten_oclock_and_fifteen_forty_from_then_on() {
    let mut s = scene();
    let [old, new] = s.fifteen_forty();
    let (out, changed) = (time("09:02"), time("10:02"));
    for who in [guardian(s.mother), s.teacher.actor(), s.maths.actor()] {
        assert!(titles(&s.look(who, out - SignedDuration::from_nanos(1))).is_empty(), "not out yet");
        assert_eq!(titles(&s.look(who, out)), ["今天 15:00 放学"]);
        assert_eq!(titles(&s.look(who, changed - SignedDuration::from_nanos(1))), ["今天 15:00 放学"]);
        assert_eq!(titles(&s.look(who, changed)), ["今天 15:40 放学"]);
        assert_eq!(titles(&s.look(who, s.world.now)), ["今天 15:40 放学"]);
    }
    let before = s.look(s.teacher.actor(), time("09:30"));
    assert_eq!((before.before, before.after), (Some(out), Some(changed)), "from change to change");
    let first = only(before);
    assert_eq!((first.id, first.sent), (old, out));
    assert_eq!(first.gone, Some(Gone::Replaced { at: changed, by: new }), "with what became of it");
    assert_eq!(first.with, [s.father, s.mother]);
    let second = only(s.look(guardian(s.mother), s.world.now));
    assert_eq!(second.text.unwrap().supersedes, Some(old));
    assert_eq!(second.with, [s.mother], "a guardian sees no other guardian");
}

#[test]
fn what_was_taken_back_was_there_until_then_and_leaves_a_trace() {
    let mut s = scene();
    let id = s.world.notice(s.teacher, to_place(s.class));
    s.until("11:00");
    s.world.does(s.teacher.actor(), &recall(id));
    s.until("12:00");
    for at in [time("10:00"), s.world.now] {
        let told = only(s.look(guardian(s.mother), at));
        assert_eq!(told.gone, Some(Gone::Recalled { at: time("11:00") }));
        assert_eq!(told.text, None, "taken back is taken back");
        assert!(only(s.look(s.teacher.actor(), at)).text.is_some(), "its author knows what it said");
    }
    assert_eq!(only(s.look(guardian(s.mother), time("10:00"))).with, [s.mother]);
    assert!(only(s.look(guardian(s.mother), s.world.now)).with.is_empty());
}

#[test]
fn what_never_went_out_was_in_nobodys_hands() {
    let mut s = scene();
    let notice = s.world.notice_draft(to_place(s.class));
    let id = notice.id;
    s.world.does(s.teacher.actor(), &Act::SendNotice { notice });
    assert!(s.look(s.teacher.actor(), s.world.now).notices.is_empty(), "held");
    s.world.does(s.teacher.actor(), &recall(id));
    s.until("12:00");
    assert!(s.look(s.teacher.actor(), s.world.now).notices.is_empty(), "taken back in time");
}

#[test]
fn answers_stand_with_their_versions_up_to_the_moment() {
    let mut s = scene();
    let choice = |text: &str| xinmei_model::Choice { text: text.into(), limit: None };
    let mut notice = s.world.notice_draft(to_place(s.class));
    notice.ask = xinmei_model::Ask::Choose { choices: vec![choice("去"), choice("不去")], most: 1 };
    let id = notice.id;
    s.world.does(s.teacher.actor(), &Act::SendNotice { notice });
    s.until("10:00");
    let choose = |n| Reply::Choose { choices: vec![n] };
    s.world.does(guardian(s.mother), &Act::Answer(Answering::new(id, s.child, choose(0))));
    s.until("11:00");
    let change = Answering { replaces: 1, ..Answering::new(id, s.child, choose(1)) };
    s.world.does(guardian(s.father), &Act::Answer(change));
    s.until("12:00");
    assert!(only(s.look(guardian(s.mother), time("09:30"))).answers.is_empty());
    let first = only(s.look(s.teacher.actor(), time("10:30"))).answers;
    assert_eq!((first.len(), &first[0].reply, first[0].by.as_str()), (1, &choose(0), "刘芳"));
    assert_eq!(first[0].replaced, Some(time("11:00")));
    let both = only(s.look(guardian(s.mother), s.world.now)).answers;
    assert_eq!(both.iter().map(|one| one.reply.clone()).collect::<Vec<_>>(), [choose(0), choose(1)]);
    assert!(only(s.look(s.maths.actor(), s.world.now)).answers.is_empty(), "answers are its author's");
}

#[test]
fn a_reminder_stands_where_nobody_had_answered() {
    let mut s = scene();
    let mut notice = s.world.notice_draft(to_place(s.class));
    (notice.reminds, notice.due) = (true, Some(at("2026-10-12T18:00")));
    let id = notice.id;
    s.world.does(s.teacher.actor(), &Act::SendNotice { notice });
    s.until("16:30");
    let reminded = |s: &Scene, at| only(s.look(guardian(s.mother), at)).reminded;
    assert!(reminded(&s, time("15:59")).is_empty());
    assert_eq!(reminded(&s, time("16:00")).len(), 1);
    s.world.does(guardian(s.mother), &acknowledge(id, s.child));
    assert_eq!(reminded(&s, s.world.now).len(), 1, "it was there all the same");
}

#[test]
fn what_was_said_reads_as_it_did_then() {
    let mut s = scene();
    let (conversation, first): (Id<Conversation>, Id<Message>) = (s.world.fresh(), s.world.fresh());
    let text = |id, text: &str| MessageText { id, text: text.into(), quotes: None, files: Vec::new() };
    let draft = ConversationDraft {
        id: conversation,
        child: s.child,
        with: s.teacher.role.into(),
        title: "数学书".into(),
        message: text(first, "忘带数学书了"),
    };
    s.world.does(guardian(s.mother), &Act::OpenConversation { conversation: draft });
    s.until("09:05");
    let edit = Act::EditMessage { message: first, child: s.child, text: "忘带语文书了".into() };
    s.world.does(guardian(s.mother), &edit);
    s.until("09:10");
    let second = s.world.fresh();
    let say = Act::SayMessage { conversation, child: s.child, message: text(second, "已经借给她") };
    s.world.does(s.teacher.actor(), &say);
    s.until("09:15");
    s.world.does(s.teacher.actor(), &Act::DeleteMessage { message: second });
    s.until("12:00");
    let said = |who, at| {
        let talks = s.look(who, at).conversations;
        talks.into_iter().flat_map(|talk| talk.said).map(|one| one.text).collect::<Vec<_>>()
    };
    for who in [guardian(s.father), s.teacher.actor()] {
        assert_eq!(said(who, time("09:04")), ["忘带数学书了"]);
        assert_eq!(said(who, time("09:05")), ["忘带语文书了"]);
        assert_eq!(said(who, time("09:12")), ["忘带语文书了", ""], "what was taken back is kept nowhere");
    }
    assert!(said(s.head.actor(), s.world.now).is_empty() && said(s.maths.actor(), s.world.now).is_empty());
    let trace = s.look(guardian(s.mother), time("09:12")).conversations.remove(0).said.remove(1);
    assert_eq!(trace.deleted, Some(time("09:15")));
}

#[test]
fn a_request_stands_as_it_stood() {
    let mut s = scene();
    let id: Id<FamilyRequest> = s.world.fresh();
    let wanted = Wanted::PickUp {
        by: "刘强".into(),
        relation: "外公".into(),
        phone: String::new(),
        at: at("2026-10-12T16:00"),
    };
    let request = FamilyRequestDraft { id, child: s.child, wanted, on_behalf_of: None };
    s.world.does(guardian(s.mother), &Act::MakeRequest { request });
    s.until("10:00");
    s.world.does(s.teacher.actor(), &Act::AnswerRequest { request: id, agrees: true, note: String::new() });
    s.until("11:00");
    s.world.does(guardian(s.mother), &Act::WithdrawRequest { request: id, on_behalf_of: None });
    s.until("12:00");
    let state = |who, at| s.look(who, at).requests.into_iter().map(|one| one.state).next();
    for who in [guardian(s.father), s.teacher.actor()] {
        assert_eq!(state(who, time("09:30")), Some(RequestState::Open));
        assert!(matches!(state(who, time("10:30")), Some(RequestState::Agreed { .. })));
        assert!(matches!(state(who, s.world.now), Some(RequestState::Withdrawn { .. })));
    }
    assert_eq!(
        state(s.maths.actor(), s.world.now),
        None,
        "another teacher knows no more than that a child is away"
    );
}

#[test]
fn only_the_childs_family_and_staff_of_its_class_may_ask() {
    let mut s = scene();
    s.fifteen_forty();
    let other = s.world.class(2024, 3);
    let elsewhere = s.world.teacher("陈红", other);
    let stranger = s.world.person("路人");
    let hidden = Stop::Refused(Refusal::NotFound { what: "child".into() });
    assert_eq!(s.refused(elsewhere.actor()), hidden);
    assert_eq!(s.refused(guardian(stranger)), hidden);
    let uncle = s.world.guardian("刘强").of(s.child, Relation::Other, &[Right::PickUp]).id();
    assert_eq!(s.refused(guardian(uncle)), Stop::Refused(Refusal::NoRight { right: Right::Messages }));
    assert!(s.look(s.head.actor(), s.world.now).notices.is_empty(), "a head sees what a head may see anyway");
}

#[test]
fn who_joined_later_had_nothing_before_and_the_school_is_told_so() {
    let mut s = scene();
    s.fifteen_forty();
    let late = s.world.guardian("赵秀英").of(s.child, Relation::PaternalGrandmother, GRANDPARENT).id();
    let look = s.look(s.teacher.actor(), time("09:30"));
    let heard = |who| look.guardians.iter().find(|one| one.person == who).map(|one| one.heard);
    assert_eq!(heard(s.mother), Some(HeardThen::Heard));
    assert_eq!(heard(late), Some(HeardThen::NotJoined));
    assert!(!look.notices[0].with.contains(&late));
    let none = s.world.guardian("刘强").of(s.child, Relation::Other, &[Right::PickUp]).id();
    let look = s.look(s.teacher.actor(), s.world.now);
    let heard = look.guardians.iter().find(|one| one.person == none).map(|one| one.heard);
    assert_eq!(heard, Some(HeardThen::AskOffice));
}

#[test]
fn a_notice_to_less_than_a_class_is_found_by_its_membership_and_by_the_staff_of_the_class() {
    let mut s = scene();
    let other = s.world.child("王梓轩", s.class);
    s.world.guardian("王强").of(other, Relation::Father, PARENT);
    let mut audience = to_place(s.class);
    audience.except = vec![Target::Child(other)];
    s.world.notice(s.teacher, audience);
    assert_eq!(s.look(guardian(s.mother), s.world.now).notices.len(), 1);
    assert_eq!(
        s.look(s.maths.actor(), s.world.now).notices.len(),
        1,
        "the staff of the class know what it was told"
    );
    let mut audience = to_place(s.class);
    audience.except = vec![Target::Child(s.child)];
    s.world.notice(s.teacher, audience);
    assert_eq!(s.look(guardian(s.mother), s.world.now).notices.len(), 1, "not for this child");
}

#[test]
fn the_school_alone_knows() {
    let s = scene();
    let asked =
        s.world.ask_on_device_of(s.mother, |facts| history(facts, &guardian(s.mother), s.child, s.world.now));
    assert_eq!(asked, Err(Stop::Unknown));
}

#[test]
fn a_right_that_is_kept_has_been_held_all_along() {
    let mut s = scene();
    s.fifteen_forty();
    s.world.pass(SignedDuration::from_hours(48));
    let link = s.world.all::<Link>().into_iter().find(|link| link.guardian == s.mother).unwrap().id;
    let office = s.world.administrator().actor();
    s.world.does(office, &Act::SetRights { link, rights: vec![Right::Messages], barred: false });
    assert_eq!(titles(&s.look(guardian(s.mother), time("09:30"))), ["今天 15:00 放学"]);
}

#[test]
fn a_right_that_was_taken_away_stood_until_then_for_whoever_looks_back() {
    let mut s = scene();
    let id = s.world.notice(s.teacher, to_place(s.class));
    s.until("10:30");
    let office = s.world.administrator();
    let bar = Act::SetRights { link: link_id(s.father, s.child), rights: vec![], barred: true };
    s.world.does(office.actor(), &bar);
    s.until("12:00");
    let heard = |history: &History| {
        let father = history.guardians.iter().find(|one| one.person == s.father).unwrap();
        father.heard
    };
    let before = s.look(s.teacher.actor(), time("10:29"));
    assert_eq!(heard(&before), HeardThen::Heard);
    let told = only(before);
    assert_eq!((told.id, told.with), (id, vec![s.father, s.mother]), "he had it then");
    let after = s.look(s.teacher.actor(), time("10:30"));
    assert_eq!((heard(&after), only(after).with), (HeardThen::AskOffice, vec![s.mother]));
    let [ended] = &s.world.all::<EndedRight>()[..1] else { panic!("they are on record") };
    assert!(s.world.feeds(ended.id).is_empty(), "in nobody's feed");
    assert_eq!(s.world.all::<EndedRight>().len(), PARENT.len());
    s.world.does(office.actor(), &bar);
    assert_eq!(s.world.all::<EndedRight>().len(), PARENT.len(), "said again it ends nothing");
}
