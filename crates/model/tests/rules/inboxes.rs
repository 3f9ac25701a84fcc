//! Shared inboxes: who makes them, who may write there, who reads along, and how a question is passed on.

use xinmei_model::{
    Act, Addressee, Came, Child, Conversation, ConversationDraft, Id, Inbox, InboxDraft, Kind, List,
    MessageText, Person, Place, Power, Refusal, Relation, Right, Role, RoleKind, Side, limits,
};

use crate::world::{World, people::*};

struct Scene {
    world: World,
    campus: Id<Place>,
    office: Staff,
    teacher: Staff,
    head: Staff,
    counsellor: Staff,
    child: Id<Child>,
    mother: Id<Person>,
}

/// Monday, 12 October 2026, nine in the morning.
fn scene() -> Scene {
    let mut world = World::school();
    let class = world.class(2024, 2);
    let campus = world.path(class)[1];
    let office = world.administrator();
    let teacher = world.teacher("张晓梅", class);
    let head = world.staff("何敏", RoleKind::Head, world.root);
    let counsellor = world.staff("王晓梅", RoleKind::Counsellor, campus);
    let child = world.child("李雨桐", class);
    let mother = world.guardian("刘芳").of(child, Relation::Mother, PARENT).id();
    Scene { world, campus, office, teacher, head, counsellor, child, mother }
}

impl Scene {
    fn draft(&mut self, place: Id<Place>, readers: &[Staff]) -> InboxDraft {
        let (id, readers) = (self.world.fresh(), readers.iter().map(|one| one.role).collect());
        InboxDraft { id, name: " 教导处 ".into(), about: "转学、课程".into(), place, readers }
    }

    fn kept(&mut self, place: Id<Place>, readers: &[Staff]) -> Id<Inbox> {
        let inbox = self.draft(place, readers);
        let id = inbox.id;
        self.world.does(self.office.actor(), &Act::KeepInbox { inbox });
        id
    }

    /// 教导处, read by the head and the counsellor.
    fn shared(&mut self) -> Id<Inbox> {
        self.kept(self.campus, &[self.head, self.counsellor])
    }

    fn text(&mut self) -> MessageText {
        MessageText { id: self.world.fresh(), text: "请问转学".into(), quotes: None, files: Vec::new() }
    }

    fn writes_to(&mut self, with: Addressee) -> Act {
        let (id, child, message) = (self.world.fresh(), self.child, self.text());
        let conversation = ConversationDraft { id, child, with, title: "转学".into(), message };
        Act::OpenConversation { conversation }
    }

    fn begun(&mut self, with: impl Into<Addressee>) -> Id<Conversation> {
        let act = self.writes_to(with.into());
        self.world.does(guardian(self.mother), &act);
        let Act::OpenConversation { conversation } = act else { unreachable!() };
        conversation.id
    }

    fn say(&mut self, conversation: Id<Conversation>) -> Act {
        let (child, message) = (self.child, self.text());
        Act::SayMessage { conversation, child, message }
    }

    /// Which of teacher, head and counsellor see a row.
    fn sees<T>(&self, id: Id<T>) -> [bool; 3] {
        [self.teacher, self.head, self.counsellor].map(|who| self.world.sees(who.person, id))
    }
}

fn bring(conversation: Id<Conversation>, who: impl Into<Addressee>) -> Act {
    Act::BringIn { conversation, who: who.into(), reads_only: false }
}

fn along(conversation: Id<Conversation>, who: Staff) -> Act {
    Act::BringIn { conversation, who: who.role.into(), reads_only: true }
}

fn take_out(conversation: Id<Conversation>, who: impl Into<Addressee>) -> Act {
    Act::TakeOut { conversation, who: who.into() }
}

fn not_found(what: &str) -> Refusal {
    Refusal::NotFound { what: what.into() }
}

fn malformed(field: &str) -> Refusal {
    Refusal::Malformed { field: field.into() }
}

#[test]
fn everybody_at_the_school_knows_an_inbox_and_who_reads_it() {
    let mut s = scene();
    let id = s.shared();
    let row = s.world.get(id);
    assert_eq!((row.name.as_str(), row.readers.len()), ("教导处", 2));
    assert!(s.world.sees(s.mother, id) && s.world.sees(s.teacher.person, id));
}

#[test]
fn whoever_administers_the_place_makes_it_changes_it_and_closes_it() {
    let mut s = scene();
    let id = s.shared();
    let refused = Refusal::NoPower { power: Power::Administer };
    for who in [guardian(s.mother), s.teacher.actor(), s.head.actor()] {
        let inbox = s.draft(s.campus, &[s.head]);
        assert_eq!(s.world.refuses(who, &Act::KeepInbox { inbox }), refused);
        assert_eq!(s.world.refuses(who, &Act::CloseInbox { inbox: id }), refused);
    }
    let changed = InboxDraft { id, name: "教务处".into(), ..s.draft(s.campus, &[s.head, s.head]) };
    s.world.does(s.office.actor(), &Act::KeepInbox { inbox: changed });
    assert_eq!((s.world.get(id).name.as_str(), s.world.get(id).readers), ("教务处", vec![s.head.role]));
    s.world.does(s.office.actor(), &Act::CloseInbox { inbox: id });
    assert!(s.world.get(id).closed);
    assert!(s.world.does(s.office.actor(), &Act::CloseInbox { inbox: id }).is_empty());
}

#[test]
fn an_office_of_one_campus_takes_over_no_inbox_of_another() {
    let mut s = scene();
    let id = s.kept(s.world.root, &[s.head]);
    let small = s.world.staff("陈静", RoleKind::Administrator, s.campus);
    let inbox = InboxDraft { id, ..s.draft(s.campus, &[s.counsellor]) };
    let refused = Refusal::NoPower { power: Power::Administer };
    assert_eq!(s.world.refuses(small.actor(), &Act::KeepInbox { inbox }), refused);
}

#[test]
fn only_who_may_talk_with_all_its_families_reads_it() {
    let mut s = scene();
    let (root, campus) = (s.world.root, s.campus);
    for (place, reader) in [(campus, s.teacher), (root, s.counsellor), (campus, s.office)] {
        let inbox = s.draft(place, &[reader]);
        assert_eq!(s.world.refuses(s.office.actor(), &Act::KeepInbox { inbox }), not_found("role"));
    }
    let nobody = s.draft(campus, &[]);
    assert_eq!(s.world.refuses(s.office.actor(), &Act::KeepInbox { inbox: nobody }), malformed("readers"));
    let taken = InboxDraft { id: Id::new(s.child.uuid()), ..s.draft(campus, &[s.head]) };
    assert_eq!(s.world.refuses(s.office.actor(), &Act::KeepInbox { inbox: taken }), malformed("id"));
}

#[test]
fn a_reader_who_left_stands_in_nobodys_way() {
    let mut s = scene();
    let id = s.shared();
    let yesterday = s.world.yesterday();
    s.world.edit(s.counsellor.role, |role| role.to = Some(yesterday));
    let inbox = InboxDraft { id, ..s.draft(s.campus, &[s.head, s.counsellor]) };
    s.world.does(s.office.actor(), &Act::KeepInbox { inbox });
    let conversation = s.begun(id);
    assert_eq!(s.sees(conversation), [false, true, false]);
}

#[test]
fn there_is_a_limit_to_readers_and_to_inboxes() {
    let mut s = scene();
    let readers: Vec<Id<Role>> = (0..=limits::INBOX_READERS).map(|_| s.world.fresh()).collect();
    let inbox = InboxDraft { readers, ..s.draft(s.campus, &[]) };
    let many = |field: &str, limit: usize| Refusal::TooMany {
        field: field.into(),
        limit: u32::try_from(limit).unwrap(),
    };
    let keep = Act::KeepInbox { inbox };
    assert_eq!(s.world.refuses(s.office.actor(), &keep), many("readers", limits::INBOX_READERS));
    let first = s.shared();
    for _ in 1..limits::INBOXES {
        s.shared();
    }
    let one_more = Act::KeepInbox { inbox: s.draft(s.campus, &[s.head]) };
    assert_eq!(s.world.refuses(s.office.actor(), &one_more), many("inboxes", limits::INBOXES));
    s.world.does(s.office.actor(), &Act::CloseInbox { inbox: first });
    s.world.does(s.office.actor(), &one_more);
}

#[test]
fn whoever_reads_the_inbox_sees_what_a_family_asks_and_answers() {
    let mut s = scene();
    let id = s.shared();
    let conversation = s.begun(id);
    assert_eq!(s.sees(conversation), [false, true, true]);
    let row = s.world.get(conversation);
    assert_eq!((row.with.len(), row.inboxes[0].name.as_str()), (0, "教导处"));
    assert!(row.waits_for(Side::School));
    let answer = s.say(conversation);
    assert_eq!(s.world.refuses(s.teacher.actor(), &answer), not_found("conversation"));
    s.world.does(s.counsellor.actor(), &answer);
    let said: Vec<xinmei_model::Message> = s.world.list(List::MessagesOf(conversation));
    assert_eq!(said[1].by.name, "王晓梅");
    assert_eq!(s.sees(said[1].id), [false, true, true]);
}

#[test]
fn who_reads_it_no_longer_sees_nothing_more_and_who_comes_sees_all() {
    let mut s = scene();
    let id = s.kept(s.campus, &[s.head]);
    let conversation = s.begun(id);
    assert_eq!(s.sees(conversation), [false, true, false]);
    let inbox = InboxDraft { id, ..s.draft(s.campus, &[s.counsellor]) };
    s.world.does(s.office.actor(), &Act::KeepInbox { inbox });
    assert_eq!(s.sees(conversation), [false, false, true]);
    let answer = s.say(conversation);
    assert_eq!(s.world.refuses(s.head.actor(), &answer), not_found("conversation"));
    s.world.does(s.counsellor.actor(), &answer);
}

#[test]
fn nobody_writes_to_one_that_is_closed_elsewhere_or_read_by_nobody() {
    let mut s = scene();
    let east = s.world.campus("东校区");
    let (closed, far, empty) = (s.shared(), s.kept(east, &[s.head]), s.kept(s.campus, &[s.counsellor]));
    let open = s.begun(closed);
    s.world.does(s.office.actor(), &Act::CloseInbox { inbox: closed });
    let yesterday = s.world.yesterday();
    s.world.edit(s.counsellor.role, |role| role.to = Some(yesterday));
    for inbox in [closed, far, empty] {
        let act = s.writes_to(inbox.into());
        assert_eq!(s.world.refuses(guardian(s.mother), &act), not_found("inbox"));
    }
    let more = s.say(open);
    s.world.does(guardian(s.mother), &more);
    assert_eq!(s.sees(open), [false, true, false], "what is open goes on");
}

#[test]
fn staff_write_in_the_name_of_an_inbox_they_read_and_of_no_other() {
    let mut s = scene();
    let id = s.shared();
    let act = s.writes_to(id.into());
    s.world.does(s.head.actor(), &act);
    let act = s.writes_to(id.into());
    assert_eq!(s.world.refuses(s.teacher.actor(), &act), malformed("with"));
}

#[test]
fn a_question_is_passed_to_an_inbox_and_its_first_reader_leaves() {
    let mut s = scene();
    let id = s.shared();
    let conversation = s.begun(s.teacher.role);
    let alone = take_out(conversation, s.teacher.role);
    assert_eq!(s.world.refuses(s.teacher.actor(), &alone), Refusal::NobodyLeft);
    s.world.does(s.teacher.actor(), &bring(conversation, id));
    assert_eq!(s.sees(conversation), [true, true, true]);
    assert_eq!(s.world.get(conversation).inboxes[0].came, Came::BroughtIn { by: "张晓梅".into() });
    assert!(s.world.does(s.teacher.actor(), &bring(conversation, id)).is_empty(), "once");
    s.world.does(s.teacher.actor(), &alone);
    let first: Vec<xinmei_model::Message> = s.world.list(List::MessagesOf(conversation));
    assert_eq!((s.sees(conversation), s.sees(first[0].id)), ([false, true, true], [false, true, true]));
    assert_eq!(s.world.refuses(s.teacher.actor(), &alone), not_found("conversation"));
}

#[test]
fn whom_the_family_asked_goes_by_itself_and_who_was_brought_in_may_be_taken_out() {
    let mut s = scene();
    let conversation = s.begun(s.teacher.role);
    s.world.does(s.teacher.actor(), &bring(conversation, s.head.role));
    let teacher_out = take_out(conversation, s.teacher.role);
    assert_eq!(s.world.refuses(s.head.actor(), &teacher_out), malformed("who"));
    let mother = guardian(s.mother);
    let head_out = take_out(conversation, s.head.role);
    assert_eq!(s.world.refuses(mother, &head_out), Refusal::NoPower { power: Power::Converse });
    s.world.does(s.teacher.actor(), &head_out);
    assert_eq!(s.sees(conversation), [true, false, false]);
    assert!(s.world.does(s.teacher.actor(), &head_out).is_empty());
}

#[test]
fn who_reads_along_is_shown_to_all_and_says_nothing() {
    let mut s = scene();
    let conversation = s.begun(s.teacher.role);
    s.world.does(s.teacher.actor(), &along(conversation, s.counsellor));
    assert!(s.world.get(conversation).with[1].reads_only);
    assert_eq!(s.sees(conversation), [true, false, true]);
    let first = s.world.list::<xinmei_model::Message>(List::MessagesOf(conversation))[0].id;
    let reader = s.counsellor.actor();
    let acts = [
        s.say(conversation),
        Act::ReceiveMessage { message: first },
        Act::EndConversation { conversation },
        bring(conversation, s.head.role),
    ];
    for act in acts {
        assert_eq!(s.world.refuses(reader, &act), Refusal::ReadsOnly, "{act:?}");
    }
    s.world.does(reader, &Act::MarkRead { conversation, up_to: 1, shown: true });
    let teacher_out = take_out(conversation, s.teacher.role);
    assert_eq!(s.world.refuses(s.teacher.actor(), &teacher_out), Refusal::NobodyLeft, "nobody would answer");
    s.world.does(reader, &take_out(conversation, s.counsellor.role));
    assert_eq!(s.sees(conversation), [true, false, false]);
}

#[test]
fn an_inbox_answers_and_is_never_one_that_only_reads() {
    let mut s = scene();
    let id = s.shared();
    let conversation = s.begun(s.teacher.role);
    let act = Act::BringIn { conversation, who: id.into(), reads_only: true };
    assert_eq!(s.world.refuses(s.teacher.actor(), &act), malformed("reads_only"));
}

#[test]
fn who_reads_along_hands_over_to_somebody_who_reads_along() {
    let mut s = scene();
    let other = s.world.staff("罗文", RoleKind::Counsellor, s.campus);
    let conversation = s.begun(s.teacher.role);
    s.world.does(s.teacher.actor(), &along(conversation, s.counsellor));
    let hand = Act::HandOver { from: s.counsellor.role, to: other.role };
    s.world.does(s.counsellor.actor(), &hand);
    let row = s.world.get(conversation);
    let with: Vec<_> = row.with.iter().map(|one| (one.role, one.reads_only)).collect();
    assert_eq!(with, [(s.teacher.role, false), (other.role, true)]);
    s.world.does(s.teacher.actor(), &Act::HandOver { from: s.teacher.role, to: other.role });
    let row = s.world.get(conversation);
    assert_eq!((row.with.len(), row.with[0].reads_only), (1, false), "somebody answers");
}

#[test]
fn an_ended_conversation_keeps_its_circle() {
    let mut s = scene();
    let id = s.shared();
    let conversation = s.begun(s.teacher.role);
    s.world.does(s.teacher.actor(), &bring(conversation, id));
    s.world.does(s.head.actor(), &Act::EndConversation { conversation });
    let out = take_out(conversation, id);
    assert_eq!(s.world.refuses(s.teacher.actor(), &out), Refusal::ConversationEnded);
}

#[test]
fn the_circle_has_one_limit_for_people_and_inboxes() {
    let mut s = scene();
    let conversation = s.begun(s.teacher.role);
    for _ in 1..limits::PARTNERS {
        let id = s.shared();
        s.world.does(s.teacher.actor(), &bring(conversation, id));
    }
    let id = s.shared();
    let limit = u32::try_from(limits::PARTNERS).unwrap();
    let full = Refusal::TooMany { field: "with".into(), limit };
    assert_eq!(s.world.refuses(s.teacher.actor(), &bring(conversation, id)), full);
    assert_eq!(s.world.refuses(s.teacher.actor(), &bring(conversation, s.head.role)), full);
    assert_eq!(s.world.list::<Inbox>(List::All(Kind::Inbox)).len(), limits::PARTNERS);
}

#[test]
fn a_guardian_without_the_right_to_messages_writes_to_no_inbox() {
    let mut s = scene();
    let id = s.shared();
    let uncle = s.world.guardian("刘强").of(s.child, Relation::Other, &[Right::PickUp]).id();
    let act = s.writes_to(id.into());
    assert_eq!(s.world.refuses(guardian(uncle), &act), Refusal::NoRight { right: Right::Messages });
}
