//! Conversations: who may begin, who sees what is said, in which order it stands, and what becomes of it when people change.

use xinmei_model::{
    Act, Actor, Came, Capacity, Child, Conversation, ConversationDraft, Feed, Id, List, Message, MessageText,
    Person, Power, ReadMark, Refusal, Relation, Right, Role, RoleKind, Side, limits,
};

use crate::world::{World, people::*};

struct Scene {
    world: World,
    teacher: Staff,
    maths: Staff,
    head: Staff,
    child: Id<Child>,
    mother: Id<Person>,
    father: Id<Person>,
    /// A guardian who may pick up, and receives nothing.
    uncle: Id<Person>,
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
    let uncle = world.guardian("刘强").of(child, Relation::Other, &[Right::PickUp]).id();
    Scene { world, teacher, maths, head, child, mother, father, uncle }
}

impl Scene {
    fn text(&mut self, text: &str) -> MessageText {
        MessageText { id: self.world.fresh(), text: text.into(), quotes: None, files: Vec::new() }
    }

    fn draft(&mut self, with: Staff) -> ConversationDraft {
        let message = self.text("张老师，雨桐今天忘带数学书了");
        let (id, child) = (self.world.fresh(), self.child);
        ConversationDraft { id, child, with: with.role.into(), title: " 数学书 ".into(), message }
    }

    fn open(&mut self, who: Actor, with: Staff) -> Id<Conversation> {
        let conversation = self.draft(with);
        let id = conversation.id;
        self.world.does(who, &Act::OpenConversation { conversation });
        id
    }

    /// The mother and the class teacher.
    fn begun(&mut self) -> Id<Conversation> {
        self.open(guardian(self.mother), self.teacher)
    }

    fn say(&mut self, who: Actor, conversation: Id<Conversation>, text: &str) -> Id<Message> {
        let message = self.text(text);
        let id = message.id;
        let child = self.child;
        self.world.does(who, &Act::SayMessage { conversation, child, message });
        id
    }

    fn refused(&mut self, who: Actor, conversation: Id<Conversation>) -> Refusal {
        let message = self.text("在吗");
        let child = self.child;
        self.world.refuses(who, &Act::SayMessage { conversation, child, message })
    }

    fn said(&self, conversation: Id<Conversation>) -> Vec<Message> {
        self.world.list(List::MessagesOf(conversation))
    }

    /// Which of mother, father, uncle, class teacher, maths teacher and head see a row.
    fn sees<T>(&self, id: Id<T>) -> [bool; 6] {
        let staff = [self.teacher.person, self.maths.person, self.head.person];
        let who = [self.mother, self.father, self.uncle].into_iter().chain(staff);
        let seen: Vec<_> = who.map(|who| self.world.sees(who, id)).collect();
        seen.try_into().unwrap()
    }
}

fn too_many(field: &str, limit: usize) -> Refusal {
    Refusal::TooMany { field: field.into(), limit: u32::try_from(limit).unwrap() }
}

fn not_found(what: &str) -> Refusal {
    Refusal::NotFound { what: what.into() }
}

#[test]
fn both_guardians_and_whom_they_asked_see_it_and_nobody_else() {
    let mut s = scene();
    let id = s.begun();
    let row = s.world.get(id);
    assert_eq!((row.title.as_str(), row.messages, row.last_side), ("数学书", 1, Side::Family));
    assert!(row.waits_for(Side::School));
    let first = s.said(id).remove(0);
    assert_eq!(first.by.capacity, Capacity::Guardian { relation: Relation::Mother });
    assert_eq!((first.by.name.as_str(), first.seq), ("刘芳", 1));
    assert_eq!(s.sees(id), [true, true, false, true, false, false]);
    assert_eq!(s.sees(first.id), [true, true, false, true, false, false]);
    let answer = s.say(s.teacher.actor(), id, "已经借给她一本");
    assert_eq!(s.sees(answer), [true, true, false, true, false, false]);
    assert!(!s.world.get(id).waits_for(Side::School));
    let by_father = s.say(guardian(s.father), id, "谢谢");
    assert_eq!(s.said(id).iter().map(|one| one.id).collect::<Vec<_>>(), [first.id, answer, by_father]);
    assert_eq!(s.said(id).iter().map(|one| one.seq).collect::<Vec<_>>(), [1, 2, 3]);
}

#[test]
fn who_is_not_in_it_does_not_know_of_it() {
    let mut s = scene();
    let id = s.begun();
    for stranger in [s.maths.actor(), s.head.actor()] {
        assert_eq!(s.refused(stranger, id), not_found("conversation"));
    }
    assert_eq!(s.refused(guardian(s.uncle), id), Refusal::NoRight { right: Right::Messages });
    let other = s.world.class(2024, 3);
    let child = s.world.child("王小明", other);
    let neighbour = s.world.guardian("王芳").of(child, Relation::Mother, PARENT).id();
    assert_eq!(s.refused(guardian(neighbour), id), not_found("child"));
    assert_eq!(s.refused(Actor::Clock, id), Refusal::NoPower { power: Power::Converse });
}

#[test]
fn it_begins_with_staff_of_this_child_in_a_hat_that_is_worn() {
    let mut s = scene();
    let other = s.world.class(2024, 3);
    let elsewhere = s.world.teacher("陈红", other);
    let office = s.world.administrator();
    for with in [elsewhere, office] {
        let conversation = s.draft(with);
        let refusal = s.world.refuses(guardian(s.mother), &Act::OpenConversation { conversation });
        assert_eq!(refusal, not_found("role"));
    }
    let yesterday = s.world.yesterday();
    s.world.edit(s.maths.role, |role| role.to = Some(yesterday));
    let conversation = s.draft(s.maths);
    let refusal = s.world.refuses(guardian(s.mother), &Act::OpenConversation { conversation });
    assert_eq!(refusal, not_found("role"));
    // Staff begin in their own hat, at their own children.
    let conversation = s.draft(s.head);
    let refusal = s.world.refuses(s.teacher.actor(), &Act::OpenConversation { conversation });
    assert_eq!(refusal, Refusal::Malformed { field: "with".into() });
    let conversation = s.draft(elsewhere);
    let refusal = s.world.refuses(elsewhere.actor(), &Act::OpenConversation { conversation });
    assert_eq!(refusal, Refusal::NoPower { power: Power::Converse });
    let mut conversation = s.draft(s.teacher);
    conversation.message.quotes = Some(s.world.fresh());
    let refusal = s.world.refuses(guardian(s.mother), &Act::OpenConversation { conversation });
    assert_eq!(refusal, Refusal::Malformed { field: "quotes".into() });
    let id = s.open(s.teacher.actor(), s.teacher);
    assert_eq!(s.said(id)[0].by.side(), Side::School);
    assert!(!s.world.get(id).waits_for(Side::School));
}

#[test]
fn nobody_writes_where_nobody_reads() {
    let mut s = scene();
    for guardian in [s.mother, s.father] {
        s.world.edit_link(guardian, s.child, |link| link.joined = false);
    }
    let conversation = s.draft(s.teacher);
    let refusal = s.world.refuses(s.teacher.actor(), &Act::OpenConversation { conversation });
    assert_eq!(refusal, Refusal::AudienceEmpty);
}

#[test]
fn a_right_that_ends_takes_everything_away() {
    let mut s = scene();
    let id = s.begun();
    let said = s.say(guardian(s.father), id, "我来送书");
    s.world.bar(s.father, s.child);
    assert_eq!(s.sees(said), [true, false, false, true, false, false]);
    assert!(matches!(s.refused(guardian(s.father), id), Refusal::NotFound { .. } | Refusal::NoRight { .. }));
}

#[test]
fn a_hat_that_ends_sees_nothing_more() {
    let mut s = scene();
    let id = s.begun();
    let yesterday = s.world.yesterday();
    s.world.edit(s.teacher.role, |role| role.to = Some(yesterday));
    assert_eq!(s.sees(id), [true, true, false, false, false, false]);
    assert_eq!(s.refused(s.teacher.actor(), id), Refusal::NoPower { power: Power::Converse });
}

#[test]
fn quotations_stay_within() {
    let mut s = scene();
    let (id, other) = (s.begun(), s.begun());
    let first = s.said(id)[0].id;
    let mut message = s.text("这个");
    message.quotes = Some(first);
    let child = s.child;
    let say = |conversation, message: &MessageText| Act::SayMessage {
        conversation,
        child,
        message: message.clone(),
    };
    assert_eq!(s.world.refuses(s.teacher.actor(), &say(other, &message)), not_found("message"));
    s.world.does(s.teacher.actor(), &say(id, &message));
    assert_eq!(s.said(id)[1].quotes, Some(first));
    assert_eq!(
        s.world.refuses(s.teacher.actor(), &say(id, &message)),
        Refusal::Malformed { field: "id".into() }
    );
}

#[test]
fn what_is_typed_names_its_child() {
    let mut s = scene();
    let id = s.begun();
    let class = s.world.get(s.child).class().unwrap();
    let other = s.world.child("李雨泽", class);
    s.world.link(s.mother, other, Relation::Mother, PARENT);
    let message = s.text("换个孩子");
    let say = Act::SayMessage { conversation: id, child: other, message };
    assert_eq!(s.world.refuses(guardian(s.mother), &say), not_found("conversation"));
    let message = s.said(id)[0].id;
    let edit = Act::EditMessage { message, child: other, text: "换个孩子".into() };
    assert_eq!(s.world.refuses(guardian(s.mother), &edit), not_found("message"));
}

#[test]
fn an_edit_leaves_a_trace_and_so_does_deleting() {
    let mut s = scene();
    let id = s.begun();
    let message = s.said(id)[0].id;
    let child = s.child;
    let edit = |text: &str| Act::EditMessage { message, child, text: text.into() };
    for other in [guardian(s.father), s.teacher.actor()] {
        assert_eq!(s.world.refuses(other, &edit("改了")), Refusal::MessageFixed);
    }
    s.world.pass_minutes(5);
    let now = s.world.now;
    s.world.does(guardian(s.mother), &edit(" 语文书 "));
    let row = s.world.get(message);
    assert_eq!((row.text.as_str(), row.earlier.len(), row.earlier[0].until), ("语文书", 1, now));
    assert_eq!(row.earlier[0].text, "张老师，雨桐今天忘带数学书了");
    assert!(s.world.does(guardian(s.mother), &edit("语文书")).is_empty(), "the same text is no edit");
    for n in 1..limits::MESSAGE_EDITS {
        s.world.does(guardian(s.mother), &edit(&format!("第 {n} 次")));
    }
    assert_eq!(s.world.refuses(guardian(s.mother), &edit("再改")), too_many("edits", limits::MESSAGE_EDITS));
    s.world.pass_minutes(9);
    s.world.does(guardian(s.mother), &Act::DeleteMessage { message });
    let row = s.world.get(message);
    assert_eq!((row.text.as_str(), row.earlier.len(), row.deleted), ("", 0, Some(s.world.now)));
    assert_eq!(s.world.refuses(guardian(s.mother), &edit("又来")), Refusal::MessageFixed);
    assert_eq!(s.world.refuses(s.teacher.actor(), &Act::ReceiveMessage { message }), Refusal::MessageFixed);
    let late = s.say(guardian(s.mother), id, "还有一件事");
    s.world.pass(limits::MESSAGE_CHANGE);
    let delete = Act::DeleteMessage { message: late };
    assert_eq!(s.world.refuses(guardian(s.mother), &delete), Refusal::MessageFixed);
}

#[test]
fn received_is_said_once_and_by_somebody_else() {
    let mut s = scene();
    let id = s.begun();
    let message = s.said(id)[0].id;
    let receive = Act::ReceiveMessage { message };
    let refusal = s.world.refuses(guardian(s.mother), &receive);
    assert_eq!(refusal, Refusal::Malformed { field: "message".into() });
    s.world.does(s.teacher.actor(), &receive);
    s.world.does(guardian(s.father), &receive);
    assert!(s.world.does(s.teacher.actor(), &receive).is_empty());
    let names: Vec<_> = s.world.get(message).received.into_iter().map(|one| one.name).collect();
    assert_eq!(names, ["张晓梅", "李建国"]);
    assert!(s.world.find(ReadMark::of(id, s.teacher.person, true)).is_some(), "to say 收到 is to have read");
}

#[test]
fn what_is_read_is_shown_when_the_reader_likes() {
    let mut s = scene();
    let id = s.begun();
    let (own, shown) = (ReadMark::of(id, s.teacher.person, false), ReadMark::of(id, s.teacher.person, true));
    let read = |up_to, shown| Act::MarkRead { conversation: id, up_to, shown };
    s.world.does(s.teacher.actor(), &read(9, false));
    assert_eq!(s.world.get(own).up_to, 1, "nobody reads ahead");
    assert_eq!(s.world.feeds(own).into_iter().collect::<Vec<_>>(), [Feed::Person(s.teacher.person)]);
    assert!(s.world.find(shown).is_none());
    s.world.does(s.teacher.actor(), &read(1, true));
    assert_eq!(s.sees(shown), [true, true, false, true, false, false]);
    s.say(guardian(s.mother), id, "还有水杯");
    assert!(s.world.does(s.teacher.actor(), &read(1, true)).is_empty(), "a mark only moves on");
    s.say(s.teacher.actor(), id, "好");
    assert_eq!((s.world.get(own).up_to, s.world.get(shown).up_to), (3, 3), "to answer is to have read");
}

#[test]
fn who_is_brought_in_sees_it_whole_and_everybody_knows() {
    let mut s = scene();
    let id = s.begun();
    s.world.does(s.teacher.actor(), &Act::MarkRead { conversation: id, up_to: 1, shown: true });
    let bring = |role: Id<Role>| Act::BringIn { conversation: id, who: role.into(), reads_only: false };
    assert_eq!(
        s.world.refuses(guardian(s.mother), &bring(s.head.role)),
        Refusal::NoPower { power: Power::Converse }
    );
    assert_eq!(s.world.refuses(s.head.actor(), &bring(s.head.role)), not_found("conversation"));
    s.world.does(s.teacher.actor(), &bring(s.head.role));
    let first = s.said(id)[0].id;
    assert_eq!(s.sees(first), [true, true, false, true, false, true]);
    assert!(s.world.sees(s.head.person, ReadMark::of(id, s.teacher.person, true)));
    let row = s.world.get(id);
    assert_eq!(row.with[1].came, Came::BroughtIn { by: "张晓梅".into() });
    assert!(s.world.does(s.teacher.actor(), &bring(s.head.role)).is_empty());
    s.say(s.head.actor(), id, "我也在");
    let office = s.world.administrator();
    assert_eq!(s.world.refuses(s.teacher.actor(), &bring(office.role)), not_found("role"));
}

#[test]
fn an_ended_conversation_is_read_and_nothing_more() {
    let mut s = scene();
    let id = s.begun();
    let end = Act::EndConversation { conversation: id };
    assert_eq!(s.world.refuses(guardian(s.mother), &end), Refusal::NoPower { power: Power::Converse });
    s.world.does(s.teacher.actor(), &end);
    assert_eq!(s.world.get(id).ended.unwrap().by, "张晓梅");
    for who in [guardian(s.mother), s.teacher.actor()] {
        assert_eq!(s.refused(who, id), Refusal::ConversationEnded);
    }
    assert_eq!(s.world.refuses(s.teacher.actor(), &end), Refusal::ConversationEnded);
    let bring = Act::BringIn { conversation: id, who: s.head.role.into(), reads_only: false };
    assert_eq!(s.world.refuses(s.teacher.actor(), &bring), Refusal::ConversationEnded);
    assert_eq!(s.sees(id), [true, true, false, true, false, false]);
}

#[test]
fn what_is_open_goes_to_the_substitute() {
    let mut s = scene();
    let (open, ended) = (s.begun(), s.begun());
    s.world.does(s.teacher.actor(), &Act::EndConversation { conversation: ended });
    let hand = |from: Staff, to: Staff| Act::HandOver { from: from.role, to: to.role };
    assert_eq!(
        s.world.refuses(s.maths.actor(), &hand(s.teacher, s.maths)),
        Refusal::NoPower { power: Power::HandOver }
    );
    assert_eq!(
        s.world.refuses(s.teacher.actor(), &hand(s.teacher, s.teacher)),
        Refusal::Malformed { field: "to".into() }
    );
    s.world.does(s.teacher.actor(), &hand(s.teacher, s.maths));
    let first = s.said(open)[0].id;
    assert_eq!(s.sees(open), [true, true, false, false, true, false]);
    assert_eq!(s.sees(first), [true, true, false, false, true, false]);
    assert_eq!(s.sees(ended), [true, true, false, true, false, false], "what is over stays where it was");
    assert_eq!(s.world.get(open).with[0].came, Came::TookOver { from: "张晓梅".into() });
    // Back again by the head, who sees nothing of it.
    s.world.does(s.head.actor(), &hand(s.maths, s.teacher));
    assert_eq!(s.sees(first), [true, true, false, true, false, false]);
    let other = s.world.class(2024, 3);
    let elsewhere = s.world.teacher("陈红", other);
    assert_eq!(s.world.refuses(s.head.actor(), &hand(s.teacher, elsewhere)), not_found("role"));
}

#[test]
fn only_a_hat_that_is_worn_gives_and_takes_over() {
    let mut s = scene();
    let yesterday = s.world.yesterday();
    s.world.edit(s.maths.role, |role| role.to = Some(yesterday));
    let hand = Act::HandOver { from: s.teacher.role, to: s.maths.role };
    assert_eq!(s.world.refuses(s.teacher.actor(), &hand), Refusal::Malformed { field: "to".into() });
    let hand = Act::HandOver { from: s.maths.role, to: s.teacher.role };
    assert_eq!(s.world.refuses(s.maths.actor(), &hand), Refusal::NoPower { power: Power::HandOver });
}

#[test]
fn whoever_takes_over_and_was_in_it_stands_there_once() {
    let mut s = scene();
    let id = s.begun();
    s.world.does(
        s.teacher.actor(),
        &Act::BringIn { conversation: id, who: s.maths.role.into(), reads_only: false },
    );
    s.world.does(s.teacher.actor(), &Act::HandOver { from: s.teacher.role, to: s.maths.role });
    let with: Vec<_> = s.world.get(id).with.into_iter().map(|partner| partner.role).collect();
    assert_eq!(with, [s.maths.role]);
}

#[test]
fn everything_has_a_limit() {
    let mut s = scene();
    let id = s.begun();
    for _ in 1..limits::MESSAGES_IN_A_ROW {
        s.say(guardian(s.mother), id, "在吗");
    }
    let in_a_row = Refusal::TooMany { field: "in-a-row".into(), limit: limits::MESSAGES_IN_A_ROW };
    assert_eq!(s.refused(guardian(s.father), id), in_a_row, "a side, not a person");
    s.say(s.teacher.actor(), id, "在");
    s.say(guardian(s.mother), id, "好");
    s.world.edit(id, |row| row.messages = limits::MESSAGES_PER_CONVERSATION);
    let whole = Refusal::TooMany { field: "messages".into(), limit: limits::MESSAGES_PER_CONVERSATION };
    assert_eq!(s.refused(guardian(s.mother), id), whole);
    for _ in 1..limits::OPEN_CONVERSATIONS {
        s.begun();
    }
    let conversation = s.draft(s.teacher);
    let refusal = s.world.refuses(guardian(s.mother), &Act::OpenConversation { conversation });
    assert_eq!(refusal, too_many("conversations", limits::OPEN_CONVERSATIONS));
    s.world.does(s.teacher.actor(), &Act::EndConversation { conversation: id });
    s.begun();
    s.open(guardian(s.mother), s.maths);
    let mut message = s.text(&"长".repeat(limits::MESSAGE_CHARS + 1));
    let child = s.child;
    let say = |message: &MessageText| Act::SayMessage { conversation: id, child, message: message.clone() };
    let refusal = s.world.refuses(guardian(s.mother), &say(&message));
    assert_eq!(refusal, too_many("text", limits::MESSAGE_CHARS));
    message.text = "  ".into();
    let refusal = s.world.refuses(guardian(s.mother), &say(&message));
    assert_eq!(refusal, Refusal::Malformed { field: "text".into() });
}

#[test]
fn staff_in_one_conversation_have_a_limit() {
    let mut s = scene();
    let id = s.begun();
    for n in 1..=limits::PARTNERS {
        let one = s.world.staff(&format!("老师{n}"), RoleKind::Coordinator, s.world.campus);
        let bring = Act::BringIn { conversation: id, who: one.role.into(), reads_only: false };
        if n < limits::PARTNERS {
            s.world.does(s.teacher.actor(), &bring);
        } else {
            assert_eq!(s.world.refuses(s.teacher.actor(), &bring), too_many("with", limits::PARTNERS));
        }
    }
}
