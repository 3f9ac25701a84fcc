//! 举报: who may report, who reads because of it and that everybody sees so, and what the school may settle.

use xinmei_model::{
    Access, AccessKind, Act, Actor, Came, Child, Conversation, ConversationDraft, Feed, Hat, Id, List,
    Message, MessageText, Person, Power, Refusal, Relation, Report, ReportDraft, ReportReason, Right,
    RoleKind, Stop, limits, open_with, read_reported,
};

use crate::world::{World, people::*};

struct Scene {
    world: World,
    teacher: Staff,
    maths: Staff,
    head: Staff,
    office: Staff,
    child: Id<Child>,
    mother: Id<Person>,
    father: Id<Person>,
    conversation: Id<Conversation>,
    /// What the father said.
    rude: Id<Message>,
}

/// The father wrote to the class teacher, and is rude.
fn scene() -> Scene {
    let mut world = World::school();
    let class = world.class(2024, 2);
    let teacher = world.teacher("张晓梅", class);
    let maths = world.staff("罗文", RoleKind::SubjectTeacher, class);
    let head = world.staff("何敏", RoleKind::Head, world.root);
    let office = world.staff("陈志", RoleKind::Administrator, world.root);
    let child = world.child("李雨桐", class);
    let mother = world.guardian("刘芳").of(child, Relation::Mother, PARENT).id();
    let father = world.guardian("李建国").of(child, Relation::Father, PARENT).id();
    let (conversation, rude) = (world.fresh(), world.fresh());
    let message =
        MessageText { id: rude, text: "你们老师都不负责".into(), quotes: None, files: Vec::new() };
    let draft = ConversationDraft {
        id: conversation,
        child,
        with: teacher.role.into(),
        title: "作业".into(),
        message,
    };
    world.does(guardian(father), &Act::OpenConversation { conversation: draft });
    Scene { world, teacher, maths, head, office, child, mother, father, conversation, rude }
}

impl Scene {
    fn draft(&self) -> ReportDraft {
        let (message, child) = (self.rude, self.child);
        ReportDraft { message, child, reason: ReportReason::Insult, words: " 骂人 ".into() }
    }

    fn report(&mut self, who: Actor) -> Id<Report> {
        let act = Act::ReportMessage(self.draft());
        self.world.does(who, &act);
        let Actor::Person { person, .. } = who else { panic!("somebody reports") };
        Report::of(self.rude, person)
    }

    /// Reads as the server does: the line of the log first.
    fn read(&mut self, who: Actor, report: Id<Report>) -> Result<Vec<Message>, Refusal> {
        match self.world.ask(|facts| read_reported(facts, &who, report)) {
            Ok(reported) => {
                self.world.apply(reported.changes);
                Ok(reported.messages)
            }
            Err(Stop::Refused(refusal)) => Err(refusal),
            Err(stop) => panic!("{stop:?}"),
        }
    }

    fn say(&mut self, who: Id<Person>) -> Result<(), Refusal> {
        let message =
            MessageText {
                id: self.world.fresh(), text: "再说一句".into(), quotes: None, files: Vec::new()
            };
        let act = Act::SayMessage { conversation: self.conversation, child: self.child, message };
        self.world.act(guardian(who), &act).map(drop)
    }

    fn log(&self) -> Vec<Access> {
        self.world.list(List::AccessesTo(self.conversation))
    }

    /// Which of mother, father, class teacher, maths teacher, head and administrator see a row.
    fn sees<T>(&self, id: Id<T>) -> [bool; 6] {
        let staff = [self.teacher, self.maths, self.head, self.office].map(|one| one.person);
        let who: Vec<_> = [self.mother, self.father].into_iter().chain(staff).collect();
        who.into_iter().map(|who| self.world.sees(who, id)).collect::<Vec<_>>().try_into().unwrap()
    }
}

fn close(report: Id<Report>) -> Act {
    Act::CloseReport {
        report, to_reporter: "已经和这位家长谈过".into(), to_all: "请好好说话".into()
    }
}

fn stop(report: Id<Report>, guardian: Id<Person>) -> Act {
    Act::StopWriting {
        report, guardian, why: "辱骂老师".into(), call: "教导处，办公室 201".into()
    }
}

#[test]
fn a_report_is_seen_by_whoever_made_it_and_by_those_who_settle_it() {
    let mut s = scene();
    let id = s.report(s.teacher.actor());
    let report = s.world.get(id);
    assert_eq!((report.words.as_str(), report.said_by.name.as_str()), ("骂人", "李建国"));
    assert_eq!(s.sees(id), [false, false, true, false, true, true]);
    let by_mother = s.report(guardian(s.mother));
    assert_eq!(s.sees(by_mother), [true, false, false, false, true, true], "the father does not know who");
    assert!(s.world.does(s.teacher.actor(), &Act::ReportMessage(s.draft())).is_empty(), "once is enough");
    assert_eq!(s.sees(s.rude), [true, true, true, false, false, false], "to report shows nothing to anybody");
}

#[test]
fn who_is_not_in_it_cannot_report_nor_anybody_themselves() {
    let s = scene();
    let act = Act::ReportMessage(s.draft());
    let hidden = Refusal::NotFound { what: "conversation".into() };
    assert_eq!(s.world.refuses(s.maths.actor(), &act), hidden);
    let own = Refusal::Malformed { field: "message".into() };
    assert_eq!(s.world.refuses(guardian(s.father), &act), own);
    let bare = ReportDraft { reason: ReportReason::Other, words: "  ".into(), ..s.draft() };
    let words = Refusal::Malformed { field: "words".into() };
    assert_eq!(s.world.refuses(s.teacher.actor(), &Act::ReportMessage(bare)), words);
}

#[test]
fn each_reading_stands_in_the_log_that_everybody_in_it_sees() {
    let mut s = scene();
    let id = s.report(s.teacher.actor());
    let said = s.read(s.office.actor(), id).unwrap();
    assert_eq!(said[0].text, "你们老师都不负责");
    s.read(s.office.actor(), id).unwrap();
    let log = s.log();
    assert_eq!(log.iter().map(|line| line.seq).collect::<Vec<_>>(), [1, 2], "each time");
    assert_eq!((log[0].by.as_str(), log[0].at), ("陈志", s.world.now));
    assert_eq!(log[0].what, AccessKind::Read { reason: ReportReason::Insult });
    assert_eq!(s.sees(log[0].id), [true, true, true, false, true, true]);
    assert_eq!(s.sees(s.rude), [true, true, true, false, false, false], "what was read goes into no feed");
    let line = serde_json::to_string(&log[0]).unwrap();
    assert!(!line.contains(&id.to_string()), "the id of a report tells whose it is");
}

#[test]
fn only_an_administrator_reads_and_only_while_the_report_is_open() {
    let mut s = scene();
    let id = s.report(s.teacher.actor());
    let administer = Refusal::NoPower { power: Power::Administer };
    for who in [s.head.actor(), s.teacher.actor(), s.maths.actor()] {
        assert_eq!(s.read(who, id), Err(administer.clone()));
    }
    assert!(s.read(guardian(s.mother), id).is_err());
    let never = Report::of(s.rude, s.mother);
    assert_eq!(s.read(s.office.actor(), never), Err(Refusal::NotFound { what: "report".into() }));
    s.world.does(s.head.actor(), &close(id));
    assert_eq!(s.read(s.office.actor(), id), Err(Refusal::ReportClosed));
    let lines: Vec<_> = s.log().into_iter().map(|line| line.what).collect();
    assert_eq!(lines, [AccessKind::Closed { words: "请好好说话".into() }]);
}

#[test]
fn a_report_is_settled_once_with_words_for_both() {
    let mut s = scene();
    let id = s.report(guardian(s.mother));
    let wordless = Act::CloseReport { report: id, to_reporter: " ".into(), to_all: "好".into() };
    let refusal = Refusal::Malformed { field: "to_reporter".into() };
    assert_eq!(s.world.refuses(s.office.actor(), &wordless), refusal);
    let moderate = Refusal::NoPower { power: Power::Moderate };
    assert_eq!(s.world.refuses(s.teacher.actor(), &close(id)), moderate);
    s.world.does(s.office.actor(), &close(id));
    let closed = s.world.get(id).closed.unwrap();
    assert_eq!((closed.by.as_str(), closed.to_reporter.as_str()), ("陈志", "已经和这位家长谈过"));
    assert_eq!(s.world.refuses(s.head.actor(), &close(id)), Refusal::ReportClosed);
    let again = Act::ReportMessage(s.draft());
    assert_eq!(s.world.refuses(guardian(s.mother), &again), Refusal::ReportClosed);
}

#[test]
fn a_stopped_guardian_reads_on_is_told_why_and_writes_again_when_the_school_says_so() {
    let mut s = scene();
    let id = s.report(s.teacher.actor());
    let moderate = Refusal::NoPower { power: Power::Moderate };
    assert_eq!(
        s.world.refuses(s.teacher.actor(), &stop(id, s.father)),
        moderate,
        "staff do not stop on their own"
    );
    s.world.does(s.head.actor(), &stop(id, s.father));
    let told =
        Refusal::WritingStopped { why: "辱骂老师".into(), call: "教导处，办公室 201".into() };
    assert_eq!(s.say(s.father), Err(told.clone()));
    let edit = Act::EditMessage { message: s.rude, child: s.child, text: "改一改".into() };
    s.world.does(s.head.actor(), &close(id));
    assert_eq!(s.world.refuses(guardian(s.father), &edit), told, "nor say it otherwise");
    assert_eq!(s.say(s.mother), Ok(()), "one guardian, not the family");
    assert!(s.world.sees(s.father, s.rude), "reading goes on");
    let row = s.world.get(s.conversation);
    assert_eq!((row.stopped[0].by.as_str(), row.stopped[0].name.as_str()), ("何敏", "李建国"));
    // A report that is closed still ends what was settled because of it.
    s.world.does(s.office.actor(), &Act::LetWrite { report: id, guardian: s.father });
    assert_eq!(s.say(s.father), Ok(()));
    assert!(s.world.does(s.office.actor(), &Act::LetWrite { report: id, guardian: s.father }).is_empty());
    let stranger = s.world.person("路人");
    let hidden = Refusal::NotFound { what: "person".into() };
    assert_eq!(s.world.refuses(s.office.actor(), &stop(id, stranger)), hidden);
    let let_write = Act::LetWrite { report: id, guardian: stranger };
    assert_eq!(s.world.refuses(s.office.actor(), &let_write), hidden);
}

#[test]
fn nobody_settles_what_concerns_themselves_or_their_own_child() {
    let mut s = scene();
    let id = s.report(s.teacher.actor());
    s.world.link(s.office.person, s.child, Relation::Other, PARENT);
    assert_eq!(s.read(s.office.actor(), id), Err(Refusal::Concerned));
    assert_eq!(s.world.refuses(s.office.actor(), &close(id)), Refusal::Concerned);
    s.world.does(
        s.teacher.actor(),
        &Act::BringIn { conversation: s.conversation, who: s.head.role.into(), reads_only: false },
    );
    let message =
        MessageText { id: s.world.fresh(), text: "请注意言辞".into(), quotes: None, files: Vec::new() };
    let (head_said, conversation, child) = (message.id, s.conversation, s.child);
    s.world.does(s.head.actor(), &Act::SayMessage { conversation, child, message });
    let about_head = ReportDraft { message: head_said, ..s.draft() };
    s.world.does(guardian(s.father), &Act::ReportMessage(about_head));
    let about_head = Report::of(head_said, s.father);
    assert_eq!(s.world.refuses(s.head.actor(), &close(about_head)), Refusal::Concerned);
}

#[test]
fn the_school_lets_somebody_read_along_without_reading_itself_and_nobody_in_it_takes_that_back() {
    let mut s = scene();
    let id = s.report(guardian(s.mother));
    let counsellor = s.world.staff("苏婉", RoleKind::SubjectTeacher, s.world.root);
    let appoint = |report| Act::AppointReader { report, who: counsellor.role, ends: false };
    assert_eq!(s.world.refuses(s.maths.actor(), &appoint(id)), Refusal::NoPower { power: Power::Moderate });
    s.world.does(s.head.actor(), &appoint(id));
    assert!(s.world.sees(counsellor.person, s.rude) && s.world.sees(counsellor.person, s.conversation));
    assert_eq!(s.sees(s.rude), [true, true, true, false, false, false], "the head has not read a word");
    let reader = s.world.get(s.conversation).partner(counsellor.role).unwrap().clone();
    assert_eq!((reader.reads_only, reader.came), (true, Came::Appointed { by: "何敏".into() }));
    let log = s.log();
    let name =
        AccessKind::Appointed { role: counsellor.role, reader: "苏婉".into(), reader_title: reader.title };
    assert_eq!((&log[0].by, &log[0].what), (&"何敏".to_owned(), &name));
    assert_eq!(s.sees(log[0].id), [true, true, true, false, true, true], "all in it read who and by whom");
    assert!(s.world.sees(counsellor.person, log[0].id));
    assert!(s.world.does(s.head.actor(), &appoint(id)).is_empty(), "once is enough");

    let message = MessageText { id: s.world.fresh(), text: "我来说".into(), quotes: None, files: vec![] };
    let say = Act::SayMessage { conversation: s.conversation, child: s.child, message };
    assert_eq!(s.world.refuses(counsellor.actor(), &say), Refusal::ReadsOnly);
    let take_out = Act::TakeOut { conversation: s.conversation, who: counsellor.role.into() };
    let not_yours = Refusal::Malformed { field: "who".into() };
    assert_eq!(s.world.refuses(s.teacher.actor(), &take_out), not_yours);
    s.world.does(counsellor.actor(), &take_out);
    assert!(!s.world.sees(counsellor.person, s.rude), "who reads along may leave");
    let last = s.log().remove(1);
    assert!(matches!(last.what, AccessKind::Dismissed { role, .. } if role == counsellor.role));
    assert!(s.world.sees(s.head.person, last.id), "and whoever asked for it reads so");

    s.world.does(s.head.actor(), &close(id));
    assert_eq!(s.world.refuses(s.head.actor(), &appoint(id)), Refusal::ReportClosed);
}

#[test]
fn whoever_asks_whom_it_concerns_and_the_childs_own_guardians_do_not_read_along() {
    let mut s = scene();
    let id = s.report(guardian(s.mother));
    let aunt = s.world.staff("刘敏", RoleKind::SubjectTeacher, s.world.root);
    s.world.link(aunt.person, s.child, Relation::Other, PARENT);
    // The father teaches here, too.
    let rude = s.world.role(s.father, RoleKind::SubjectTeacher, s.world.root);
    for (who, ends) in [(s.head.role, false), (aunt.role, false), (rude.role, false)] {
        let act = Act::AppointReader { report: id, who, ends };
        assert_eq!(s.world.refuses(s.head.actor(), &act), Refusal::Concerned);
    }
    assert_eq!(s.sees(s.rude), [true, true, true, false, false, false]);
}

#[test]
fn who_was_brought_in_reads_for_the_school_once_it_says_so_and_the_school_takes_that_back_after_it_is_settled()
 {
    let mut s = scene();
    let (conversation, who) = (s.conversation, s.maths.role);
    s.world.does(s.teacher.actor(), &Act::BringIn { conversation, who: who.into(), reads_only: true });
    let id = s.report(s.teacher.actor());
    s.world.does(s.head.actor(), &Act::AppointReader { report: id, who, ends: false });
    let take_out = Act::TakeOut { conversation, who: who.into() };
    let not_yours = Refusal::Malformed { field: "who".into() };
    assert_eq!(s.world.refuses(s.teacher.actor(), &take_out), not_yours);
    // Handed on, it stays what it is.
    let other = s.world.staff("苏婉", RoleKind::SubjectTeacher, s.world.root);
    s.world.does(s.maths.actor(), &Act::HandOver { from: who, to: other.role });
    assert!(s.world.get(conversation).only_reads(other.role) && !s.world.sees(s.maths.person, s.rude));
    assert_eq!(
        s.world.refuses(s.teacher.actor(), &Act::TakeOut { conversation, who: other.role.into() }),
        not_yours
    );
    let line = s.log().pop().unwrap().what;
    assert!(matches!(line, AccessKind::HandedOn { from, role, .. } if (from, role) == (who, other.role)));
    // Whom the school may not ask does not come into it by being handed a hat either.
    let aunt = s.world.staff("刘敏", RoleKind::SubjectTeacher, s.world.root);
    s.world.link(aunt.person, s.child, Relation::Other, PARENT);
    s.world.does(other.actor(), &Act::HandOver { from: other.role, to: aunt.role });
    assert!(!s.world.get(conversation).is_with(aunt.role.into()));
    let line = s.log().pop().unwrap().what;
    assert!(matches!(line, AccessKind::Dismissed { role, .. } if role == other.role));
    s.world.does(s.head.actor(), &Act::AppointReader { report: id, who: other.role, ends: false });
    // To somebody who answers in it, it is not handed on.
    s.world.does(other.actor(), &Act::HandOver { from: other.role, to: s.teacher.role });
    assert!(!s.world.get(conversation).only_reads(s.teacher.role));
    let line = s.log().pop().unwrap().what;
    assert!(matches!(line, AccessKind::Dismissed { role, .. } if role == other.role));
    s.world.does(s.head.actor(), &Act::AppointReader { report: id, who, ends: false });
    s.world.does(s.head.actor(), &close(id));
    s.world.does(s.head.actor(), &Act::AppointReader { report: id, who, ends: true });
    assert!(!s.world.sees(s.maths.person, s.rude));
    assert!(matches!(s.log().last().unwrap().what, AccessKind::Dismissed { role, .. } if role == who));
    assert!(s.world.does(s.head.actor(), &Act::AppointReader { report: id, who, ends: true }).is_empty());
}

#[test]
fn what_was_reported_stays_as_it_was_said_until_it_is_settled() {
    let mut s = scene();
    let id = s.report(s.teacher.actor());
    let delete = Act::DeleteMessage { message: s.rude };
    assert_eq!(s.world.refuses(guardian(s.father), &delete), Refusal::MessageFixed);
    s.world.does(s.head.actor(), &close(id));
    s.world.does(guardian(s.father), &delete);
}

#[test]
fn whoever_comes_into_the_conversation_sees_its_log_and_whoever_leaves_does_not() {
    let mut s = scene();
    let id = s.report(guardian(s.mother));
    s.read(s.office.actor(), id).unwrap();
    let line = s.log().remove(0).id;
    assert!(!s.world.sees(s.maths.person, line));
    s.world.does(s.teacher.actor(), &Act::HandOver { from: s.teacher.role, to: s.maths.role });
    assert_eq!(s.sees(line), [true, true, false, true, true, true]);
}

#[test]
fn a_right_that_ends_takes_ones_own_report_along() {
    let mut s = scene();
    let id = s.report(guardian(s.mother));
    assert_eq!(s.world.get(id).hat, Hat::Guardian);
    let own = Feed::Own(s.child, s.mother);
    assert!(s.world.feeds_of(s.mother).contains(&own));
    s.world.bar(s.mother, s.child);
    assert!(!s.world.feeds_of(s.mother).contains(&own) && !s.world.sees(s.mother, id));
    s.world.link(s.mother, s.child, Relation::Mother, &[Right::PickUp]);
    assert!(!s.world.feeds_of(s.mother).contains(&own), "it goes with the right to messages");
}

#[test]
fn reports_of_one_person_and_lines_of_one_log_have_a_limit() {
    let mut s = scene();
    for n in 0..=limits::OPEN_REPORTS {
        s.say(s.father).unwrap();
        let message = s.world.list::<Message>(List::MessagesOf(s.conversation)).pop().unwrap().id;
        let act = Act::ReportMessage(ReportDraft { message, ..s.draft() });
        if n < limits::OPEN_REPORTS {
            s.world.does(s.teacher.actor(), &act);
        } else {
            let limit = u32::try_from(limits::OPEN_REPORTS).unwrap();
            let refusal = Refusal::TooMany { field: "reports".into(), limit };
            assert_eq!(s.world.refuses(s.teacher.actor(), &act), refusal);
        }
    }
    let id = s.report(guardian(s.mother));
    for _ in 0..limits::ACCESSES {
        s.read(s.office.actor(), id).unwrap();
    }
    assert!(matches!(s.read(s.office.actor(), id), Err(Refusal::TooMany { .. })));
}

#[test]
fn how_much_there_is_to_hand_over_is_told_to_whoever_may_and_is_a_number() {
    let s = scene();
    let count = |who: Staff, of: Staff| s.world.ask(|facts| open_with(facts, &who.actor(), of.role));
    for who in [s.head, s.office, s.teacher] {
        assert_eq!(count(who, s.teacher), Ok(1));
    }
    let hidden = Stop::Refused(Refusal::NotFound { what: "role".into() });
    assert_eq!(count(s.maths, s.teacher), Err(hidden.clone()));
    let nobody = Staff { role: Id::new(uuid::Uuid::from_u128(77)), ..s.teacher };
    assert_eq!(count(s.head, nobody), Err(hidden));
}
