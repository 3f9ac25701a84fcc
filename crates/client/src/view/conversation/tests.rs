use xinmei_model::{
    Act, Came, Capacity, Conversation, ConversationDraft, Ended, Link, Message, MessageText, Partner,
    ReadMark, Refusal, Relation, Rights, Side, Speaker,
};

use super::{excerpt, list, thread};
use crate::{
    api::{Fault, conversation::Conversations, sync::ItemState},
    view::stage::{CLASS, FATHER, Stage, TEACHER, TEACHER_ROLE, YUCHEN, YUTONG, at, id},
};

const TALK: u128 = 700;

/// The class teacher and the family of a child, with so many messages; who spoke last, and when.
fn talk(stage: &Stage, talk: u128, child: u128, messages: u32, last: (Side, &str)) {
    let at = at(last.1).timestamp();
    let partner = Partner {
        role: id(TEACHER_ROLE),
        person: id(TEACHER),
        name: "张晓梅".into(),
        title: "班主任".into(),
        came: Came::First,
        since: at,
        reads_only: false,
    };
    stage.put(Conversation {
        id: id(talk),
        child: id(child),
        with: vec![partner],
        inboxes: Vec::new(),
        title: format!("对话 {talk}"),
        opened: at,
        messages,
        last: at,
        last_side: last.0,
        in_a_row: 1,
        ended: None,
        stopped: Vec::new(),
    });
    let father = Speaker {
        person: id(FATHER),
        name: "李建国".into(),
        capacity: Capacity::Guardian { relation: Relation::Father },
    };
    for seq in 1..=messages {
        stage.put(Message {
            id: id(talk * 1_000 + u128::from(seq)),
            conversation: id(talk),
            child: id(child),
            seq,
            by: father.clone(),
            text: format!("第 {seq} 句"),
            quotes: (seq > 1).then(|| id(talk * 1_000 + 1)),
            at,
            earlier: Vec::new(),
            deleted: None,
            received: Vec::new(),
            files: Vec::new(),
        });
    }
}

fn read_to(stage: &Stage, talk: u128, person: u128, up_to: u32) {
    stage.put(ReadMark {
        id: ReadMark::of(id(talk), id(person), false),
        conversation: id(talk),
        person: id(person),
        name: String::new(),
        up_to,
        shown: false,
    });
}

/// The teacher's class, with 雨桐 in it, and 雨辰 the teacher's own child.
fn teacher() -> Stage {
    let stage = Stage::teacher();
    stage.child(YUTONG, "李雨桐", "20240412", CLASS);
    stage.child(YUCHEN, "李雨辰", "20260117", CLASS);
    stage.link(40, TEACHER, "张晓梅", YUCHEN, true);
    stage
}

fn order(list: &Conversations) -> Vec<&str> {
    list.conversations.iter().map(|line| line.title.as_str()).collect()
}

#[test]
fn what_waits_comes_first_the_longest_waiting_before_the_rest() {
    let stage = teacher();
    talk(&stage, 701, YUTONG, 1, (Side::School, "11-20T09:00"));
    talk(&stage, 702, YUTONG, 2, (Side::Family, "11-22T09:00"));
    talk(&stage, 703, YUTONG, 1, (Side::Family, "11-21T09:00"));
    talk(&stage, 704, YUTONG, 1, (Side::School, "11-22T19:00"));
    read_to(&stage, 702, TEACHER, 1);
    let found = stage.read(list);
    assert_eq!(order(&found), ["对话 703", "对话 702", "对话 704", "对话 701"]);
    assert_eq!(found.conversations.iter().map(|line| line.unread).collect::<Vec<_>>(), [1, 1, 1, 1]);
    assert!(found.conversations[0].waits_for_us && !found.conversations[2].waits_for_us);
    assert!(found.may_begin && found.children.is_empty());
}

#[test]
fn the_hat_that_is_on_says_whose_it_is() {
    let stage = teacher();
    talk(&stage, TALK, YUTONG, 1, (Side::Family, "11-22T09:00"));
    stage.put(Conversation { id: id(1), ..with_nobody(&stage) });
    assert_eq!(order(&stage.read(list)), ["对话 700"], "what others were asked is not in this inbox");
    let family = Stage::family();
    talk(&family, TALK, YUTONG, 1, (Side::School, "11-22T09:00"));
    talk(&family, 701, 9_999, 1, (Side::School, "11-22T09:00"));
    let found = family.read(list);
    assert_eq!((order(&found), found.children.len()), (vec!["对话 700"], 2));
}

/// About the teacher's own child, with somebody else.
fn with_nobody(stage: &Stage) -> Conversation {
    let row = stage.read(|reading| reading.snapshot.get::<Conversation>(id(TALK)));
    Conversation { child: id(YUCHEN), with: Vec::new(), ..row.unwrap() }
}

#[test]
fn a_thread_is_read_from_its_end_as_far_back_as_asked() {
    let stage = teacher();
    talk(&stage, TALK, YUTONG, 120, (Side::Family, "11-22T09:00"));
    let page = |most| stage.read(|reading| thread::open(reading, id(TALK), most));
    let seqs = |most| {
        let page = page(most);
        let ends = [page.messages.first().unwrap().seq, page.messages.last().unwrap().seq];
        (page.messages.len(), ends, page.more)
    };
    assert_eq!(seqs(50), (50, [71, 120], true));
    assert_eq!(seqs(119), (119, [2, 120], true));
    assert_eq!(seqs(120), (120, [1, 120], false));
    assert_eq!(seqs(u32::MAX), (120, [1, 120], false));
    assert!(page(0).messages.is_empty());
    let last = page(50).messages.pop().unwrap();
    assert_eq!(last.quotes.unwrap().text, "第 1 句", "however far back it is");
}

#[test]
fn a_refused_message_stays_in_sight_with_its_text() {
    let stage = Stage::family();
    talk(&stage, TALK, YUTONG, 1, (Side::School, "11-22T09:00"));
    let message =
        MessageText { id: id(5_555), text: "还有一件事".into(), quotes: None, files: Vec::new() };
    let wish = stage.wish(Act::SayMessage { conversation: id(TALK), child: id(YUTONG), message });
    stage.push();
    stage.refuse(wish, Refusal::ConversationEnded);
    let page = stage.read(|reading| thread::open(reading, id(TALK), 50));
    let last = page.messages.last().unwrap();
    assert_eq!((last.text.as_str(), last.own, last.mutation), ("还有一件事", true, Some(wish)));
    assert!(matches!(last.pending, Some(ItemState::Refused { .. })));
    assert!(!last.may_change && !last.may_receive);
}

#[test]
fn a_conversation_that_was_refused_is_still_read() {
    let stage = Stage::family();
    let message = MessageText { id: id(5_555), text: "张老师好".into(), quotes: None, files: Vec::new() };
    let (child, with, title) =
        (id(YUTONG), xinmei_model::Addressee::Role { role: id(TEACHER_ROLE) }, "数学书".into());
    let conversation = ConversationDraft { id: id(TALK), child, with, title, message };
    let wish = stage.wish(Act::OpenConversation { conversation });
    stage.push();
    stage.refuse(wish, Refusal::NotFound { what: "role".into() });
    let found = stage.read(list);
    assert_eq!((order(&found), found.conversations[0].waits_for_us), (vec!["数学书"], false));
    let page = stage.read(|reading| thread::open(reading, id(TALK), 50));
    assert_eq!(page.messages.iter().map(|one| one.text.as_str()).collect::<Vec<_>>(), ["张老师好"]);
}

#[test]
fn what_is_not_here_is_said_to_be_unusable() {
    let stage = Stage::family();
    let gone = stage.read(|reading| Ok(thread::open(reading, id(TALK), 50).err()));
    assert_eq!(gone, Some(Fault::Invalid { what: "conversation".into() }));
}

#[test]
fn an_ended_one_waits_for_nobody() {
    let stage = teacher();
    talk(&stage, TALK, YUTONG, 1, (Side::Family, "11-22T09:00"));
    let row = stage.read(|reading| reading.snapshot.get::<Conversation>(id(TALK))).unwrap();
    let ended = Some(Ended { by: "张晓梅".into(), at: at("11-22T10:00").timestamp() });
    stage.put(Conversation { ended, ..row });
    let page = stage.read(|reading| thread::open(reading, id(TALK), 50));
    assert!(!page.line.waits_for_us && !page.may_say && !page.may_end && page.colleagues.is_empty());
}

#[test]
fn a_line_shows_one_line() {
    assert_eq!(excerpt("早\n上\u{7}好"), "早 上 好");
    assert_eq!(excerpt(&"长".repeat(200)).chars().count(), 80);
}

#[test]
fn staff_see_which_guardians_read_along() {
    let stage = teacher();
    talk(&stage, TALK, YUTONG, 1, (Side::Family, "11-22T09:00"));
    stage.link(41, FATHER, "李建国", YUTONG, true);
    stage.link(42, 77, "刘强", YUTONG, true);
    let uncle = stage.read(|reading| reading.snapshot.get::<Link>(id(42))).unwrap();
    stage.put(Link { rights: Rights::default(), ..uncle });
    let page = stage.read(|reading| thread::open(reading, id(TALK), 50));
    assert_eq!(page.guardians.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["李建国"]);
}
