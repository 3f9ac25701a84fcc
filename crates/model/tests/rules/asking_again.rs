//! Only those a change concerns are asked again; what the others answered stands.

use xinmei_model::{
    Act, Answer, Answering, Ask, AskAgain, Child, Choice, Id, List, Notice, NoticeDraft, Person, Place,
    Refusal, Relation, Reply,
};

use crate::world::{World, people::*, plans::*};

/// Two classes with a child each, whose families chose the bus and the walk.
struct Scene {
    world: World,
    desk: Staff,
    classes: [Id<Place>; 2],
    children: [(Id<Child>, Id<Person>); 2],
}

fn scene() -> Scene {
    let mut world = World::school();
    let classes = [world.class(2024, 2), world.class(2024, 3)];
    world.class(2023, 1);
    let desk = world.coordinator(world.campus);
    let children = [("李雨桐", classes[0]), ("王梓轩", classes[1])].map(|(name, class)| {
        let child = world.child(name, class);
        (child, world.guardian("家长").of(child, Relation::Mother, PARENT).id())
    });
    Scene { world, desk, classes, children }
}

impl Scene {
    fn draft(&mut self) -> NoticeDraft {
        let choice = |text: &str, limit| Choice { text: text.into(), limit };
        let ask = Ask::Choose { choices: vec![choice("乘车", Some(9)), choice("步行", None)], most: 1 };
        let grade = self.world.grade_of(self.classes[0]);
        NoticeDraft { ask, ..self.world.notice_draft(to_place(grade)) }
    }

    fn send(&mut self, notice: NoticeDraft) -> Id<Notice> {
        let id = notice.id;
        self.world.does(self.desk.actor(), &Act::SendNotice { notice });
        self.world.release();
        id
    }

    /// The first takes the bus, the second walks; then the bus leaves earlier, and these are asked again. Whose answers stand?
    fn stand(&mut self, asks_again: AskAgain) -> Vec<Id<Child>> {
        let first = self.draft();
        let old = self.send(first);
        for (choice, (child, parent)) in (0..).zip(self.children) {
            let reply = Reply::Choose { choices: vec![choice] };
            self.world.does(guardian(parent), &Act::Answer(Answering::new(old, child, reply)));
        }
        let draft = self.draft();
        let new = NoticeDraft { supersedes: Some(old), keeps_answers: true, asks_again, ..draft };
        let new = self.send(new);
        let used = self.world.allotment(self.world.get(new).choice_id(0)).used;
        let answers: Vec<Answer> = self.world.list(List::AnswersTo(new));
        let bus = answers.iter().filter(|answer| answer.given.reply.choices() == [0]).count();
        assert_eq!(used as usize, bus, "the places of those who are asked again are free");
        answers.into_iter().map(|answer| answer.child).collect()
    }
}

#[test]
fn a_class_or_whoever_chose_something_is_asked_again_and_nobody_else() {
    let scene = scene();
    let [(first, _), (second, _)] = scene.children;
    let cases = [
        (AskAgain::default(), vec![first, second]),
        (AskAgain { places: vec![scene.classes[1]], choices: vec![] }, vec![first]),
        (AskAgain { places: vec![], choices: vec![0] }, vec![second]),
        (AskAgain { places: vec![scene.classes[1]], choices: vec![0] }, vec![]),
    ];
    for (asks_again, expected) in cases {
        let mut scene = Scene { world: scene.world.clone(), ..scene };
        let mut stand = scene.stand(asks_again.clone());
        stand.sort();
        let mut expected = expected;
        expected.sort();
        assert_eq!(stand, expected, "{asks_again:?}");
    }
}

#[test]
fn nobody_is_asked_again_where_everybody_is_asked_and_of_a_choice_that_is_not_there() {
    let mut scene = scene();
    let first = scene.draft();
    let old = scene.send(first);
    let draft = scene.draft();
    let malformed = Refusal::Malformed { field: "asks_again".into() };
    for (keeps_answers, choice) in [(false, 0), (true, 2)] {
        let asks_again = AskAgain { places: vec![], choices: vec![choice] };
        let notice = NoticeDraft { supersedes: Some(old), keeps_answers, asks_again, ..draft.clone() };
        assert_eq!(scene.world.refuses(scene.desk.actor(), &Act::SendNotice { notice }), malformed);
    }
}
