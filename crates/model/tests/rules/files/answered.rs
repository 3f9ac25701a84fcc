//! Files that families send back.

use xinmei_model::{Answering, Ask, FieldKind, FormField, Reply};

use super::*;

impl Scene {
    /// Asks 雨桐's family for words, for the pages of a form, and for a picture where they like.
    fn asks_for_files(&mut self) -> Id<Notice> {
        let field = |label: &str, value, required| FormField { label: label.into(), value, required };
        let fields = vec![
            field("班级", FieldKind::Text, false),
            field("回执", FieldKind::File, true),
            field("照片", FieldKind::File, false),
        ];
        let draft = self.draft(Vec::new());
        let notice = NoticeDraft { ask: Ask::FillIn { fields }, ..draft };
        let id = notice.id;
        self.world.does(self.teacher.actor(), &Act::SendNotice { notice });
        self.world.pass_minutes(3);
        self.world.fire_due();
        id
    }

    fn answering(&self, notice: Id<Notice>, values: [&str; 3], files: &[Attachment], replaces: u32) -> Act {
        let reply = Reply::FillIn { values: values.map(Into::into).to_vec(), files: files.to_vec() };
        Act::Answer(Answering { replaces, ..Answering::new(notice, self.child, reply) })
    }
}

#[test]
fn an_answer_carries_the_files_its_fields_name_and_no_other() {
    let mut scene = scene();
    let notice = scene.asks_for_files();
    let (one, two, picture) = (file("第一页.pdf"), file("第二页.pdf"), photo("合影.jpg"));
    for file in [&one, &two, &picture] {
        scene.uploads(scene.mother, file);
    }
    let refused = |values: [&str; 3], files: &[Attachment]| {
        scene.world.refuses(guardian(scene.mother), &scene.answering(notice, values, files, 0))
    };
    let pages = "第一页.pdf\n第二页.pdf";
    assert_eq!(refused(["", "", ""], &[]), malformed("回执"), "it must be there");
    assert_eq!(
        refused(["", pages, ""], std::slice::from_ref(&one)),
        malformed("reply.files"),
        "one is named only"
    );
    assert_eq!(
        refused(["", "第一页.pdf", ""], &[one.clone(), two.clone()]),
        malformed("reply.files"),
        "one is not named"
    );
    assert_eq!(
        refused(["", pages, "第一页.pdf"], &[one.clone(), two.clone()]),
        malformed("reply.files"),
        "of two fields"
    );
    let twice = [one.clone(), one.clone()];
    assert_eq!(
        refused(["", "第一页.pdf\n第一页.pdf", ""], &twice),
        malformed("reply.files"),
        "which is which"
    );
    assert_eq!(
        refused(["第一页.pdf", "第二页.pdf", ""], &[one.clone(), two.clone()]),
        malformed("reply.files"),
        "words are no file"
    );
    let stranger = file("别人的.pdf");
    let missing = Refusal::FileMissing { name: "别人的.pdf".into() };
    assert_eq!(refused(["", "别人的.pdf", ""], std::slice::from_ref(&stranger)), missing);
    let escaping = file("../回执.pdf");
    assert_eq!(refused(["", "../回执.pdf", ""], &[escaping]), malformed("files.name"));
    let many: Vec<_> = (0..=limits::FILES_PER_ANSWER).map(|n| file(&format!("{n}.pdf"))).collect();
    let names: Vec<_> = many.iter().map(|file| file.name.as_str()).collect();
    let limit = u32::try_from(limits::FILES_PER_ANSWER).unwrap();
    assert_eq!(
        refused(["", &names.join("\n"), ""], &many),
        Refusal::TooMany { field: "files".into(), limit }
    );
    let all = [one.clone(), two, picture];
    let wish = scene.answering(notice, ["二班", pages, "合影.jpg"], &all, 0);
    assert_eq!(wish.files().count(), 3);
    scene.world.does(guardian(scene.mother), &wish);
    assert_eq!(scene.names(&one), 1, "who sees the answer may read it");
}

#[test]
fn a_changed_answer_keeps_what_the_other_guardian_sent_and_lets_go_of_what_it_does_not_name() {
    let mut scene = scene();
    let father = scene.world.guardian("李建国").of(scene.child, Relation::Father, PARENT).id();
    let notice = scene.asks_for_files();
    let (form, wrong, right) = (file("回执.pdf"), photo("别的孩子.jpg"), photo("合影.jpg"));
    for file in [&form, &wrong] {
        scene.uploads(scene.mother, file);
    }
    let first = scene.answering(notice, ["", "回执.pdf", "别的孩子.jpg"], &[form.clone(), wrong.clone()], 0);
    scene.world.does(guardian(scene.mother), &first);
    // What the mother uploaded is over by now, and the father never had it.
    scene.world.pass(SignedDuration::from_hours(30));
    scene.uploads(father, &right);
    let second = scene.answering(notice, ["", "回执.pdf", "合影.jpg"], &[form.clone(), right.clone()], 1);
    scene.world.does(guardian(father), &second);
    assert_eq!((scene.names(&form), scene.names(&right)), (1, 1));
    assert_eq!(scene.names(&wrong), 0, "nobody reads it any more");
    let answer: Vec<Answer> = scene.world.list(List::AnswersTo(notice));
    let names: Vec<_> = answer[0].earlier[0].reply.files().iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["回执.pdf", "别的孩子.jpg"], "that there was one stays in the history");
    // The same bytes under another name are still what stands there.
    let renamed = Attachment { name: "回执 (2).pdf".into(), ..form };
    let third = scene.answering(notice, ["", "回执 (2).pdf", "合影.jpg"], &[renamed, right], 2);
    scene.world.does(guardian(father), &third);
    // An answer that was meanwhile given by the other is told as that, not as a file that is missing.
    let page = file("第二页.pdf");
    let late = scene.answering(notice, ["", "第二页.pdf", ""], &[page], 2);
    let refusal = scene.world.refuses(guardian(scene.mother), &late);
    assert!(matches!(refusal, Refusal::AnsweredAlready { .. }), "{refusal:?}");
}

#[test]
fn what_a_family_takes_back_is_not_kept_alive_by_the_notice_that_was_replaced() {
    let mut scene = scene();
    let old = scene.asks_for_files();
    let (form, wrong) = (file("回执.pdf"), photo("别的孩子.jpg"));
    for file in [&form, &wrong] {
        scene.uploads(scene.mother, file);
    }
    let wish = scene.answering(old, ["", "回执.pdf", "别的孩子.jpg"], &[form.clone(), wrong.clone()], 0);
    scene.world.does(guardian(scene.mother), &wish);
    let draft = scene.draft(Vec::new());
    let ask = scene.world.get(old).ask;
    let notice = NoticeDraft { ask, supersedes: Some(old), keeps_answers: true, ..draft };
    let new = notice.id;
    scene.world.does(scene.teacher.actor(), &Act::SendNotice { notice });
    scene.world.pass_minutes(3);
    scene.world.fire_due();
    assert_eq!(scene.names(&wrong), 1, "it went along with the answer");
    let first: Vec<Answer> = scene.world.list(List::AnswersTo(old));
    let said = Reply::FillIn {
        values: vec![String::new(), "回执.pdf".into(), "别的孩子.jpg".into()],
        files: Vec::new(),
    };
    assert_eq!(first[0].given.reply, said, "its name stays");
    let wish = scene.answering(new, ["", "回执.pdf", ""], &[form], 1);
    scene.world.does(guardian(scene.mother), &wish);
    assert_eq!(scene.names(&wrong), 0, "nobody reads it any more");
}
