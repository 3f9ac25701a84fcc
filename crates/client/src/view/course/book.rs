//! The count as a workbook: one sheet for each grouping, a figure a number, the heading in sight.

use rust_xlsxwriter::XlsxError;
use xinmei_model::CourseFigures;

use super::count::count_of_term;
use crate::{
    Client,
    api::{
        Ask, Fault,
        attendance::TermId,
        course_count::{CountExport, CountOf, CountPlace, CountRow, CountTable, CountView},
        table::{KeptFile, Language, MadeFile},
    },
    fault::broken,
    view::{
        ask::read,
        reading::Reading,
        workbook::{Made, Tables, Value, number, place_words, wall},
    },
};

impl Ask for CountTable {
    type Reply = MadeFile;

    async fn answer(self, client: &Client) -> Result<MadeFile, Fault> {
        Ok(read(client, move |reading| make(reading, self.term, self.language)).await?.give())
    }
}

impl Ask for CountExport {
    type Reply = KeptFile;

    async fn answer(self, client: &Client) -> Result<KeptFile, Fault> {
        read(client, move |reading| make(reading, self.term, self.language)).await?.keep(client).await
    }
}

pub(super) fn make(reading: &Reading<'_>, term: Option<TermId>, language: Language) -> Result<Made, Fault> {
    let view = count_of_term(reading, term)?;
    let book = Book { words: Words::of(language), reading, tables: Tables::new() };
    let content = book.fill(&view).map_err(|error| broken(&error))?;
    let name = view.term.map(|term| term.name).unwrap_or_default();
    Ok(Made::new(&name, Words::of(language).count, reading.day, content))
}

/// The words of one language.
struct Words {
    language: Language,
    count: &'static str,
    about: &'static str,
    term: &'static str,
    made: &'static str,
    ahead: &'static str,
    called_off: &'static str,
    read_so: &'static str,
    rules: &'static str,
    programmes: &'static str,
    programme: &'static str,
    courses: &'static str,
    course: &'static str,
    campuses: &'static str,
    campus: &'static str,
    grades: &'static str,
    grade: &'static str,
    classes: &'static str,
    class: &'static str,
    lessons: &'static str,
    lesson: &'static str,
    speakers: &'static str,
    starts: &'static str,
    recorded: &'static str,
    yes: &'static str,
    no: &'static str,
    no_class: &'static str,
    no_tag: &'static str,
    sessions: &'static str,
    unrecorded: &'static str,
    /// Of [`CourseFigures`], in the order of the columns; the last is the share.
    heads: [&'static str; 7],
}

const CHINESE: Words = Words {
    language: Language::Chinese,
    count: "家长课程统计",
    about: "说明",
    term: "学期",
    made: "统计时间",
    ahead: "还没上的课次",
    called_off: "取消的课次",
    read_so: "怎么看",
    rules: "一位家长到一次课算一个人次。家长人数每人只算一次，算在第一次参加时所跟孩子的班级，所以各班相加等于全校。\
            “覆盖学生”是至少有一位家长参加过一次的在籍学生。“未记录”是报了名、课已结束而没有记下到否的家庭，不算缺席。\
            同一位家长参加了几个项目的，各项目都算。",
    programmes: "项目",
    programme: "项目",
    courses: "课程",
    course: "课程",
    campuses: "校区",
    campus: "校区",
    grades: "年级",
    grade: "年级",
    classes: "班级",
    class: "班级",
    lessons: "课次",
    lesson: "课",
    speakers: "主讲",
    starts: "时间",
    recorded: "已记录",
    yes: "是",
    no: "否",
    no_class: "班级不详",
    no_tag: "没有项目",
    sessions: "课次",
    unrecorded: "未记录的课次",
    heads: ["参加人次", "家长人数", "在籍学生", "覆盖学生", "记为未到", "未记录家庭", "覆盖率（%）"],
};

const ENGLISH: Words = Words {
    language: Language::English,
    count: "Parent courses",
    about: "About",
    term: "Term",
    made: "Reckoned",
    ahead: "Sessions to come",
    called_off: "Sessions called off",
    read_so: "How to read it",
    rules: "A parent at one session is one time. Each parent is counted once, in the class of the child they first came with, so that \
            the classes sum to the school. A pupil is reached if a parent came at least once. \"Not recorded\" are families that \
            signed up for a session that is over and of whom nothing was said: they are not absent. A parent who came to \
            several programmes is in each.",
    programmes: "Programmes",
    programme: "Programme",
    courses: "Courses",
    course: "Course",
    campuses: "Campuses",
    campus: "Campus",
    grades: "Grades",
    grade: "Grade",
    classes: "Classes",
    class: "Class",
    lessons: "Sessions",
    lesson: "Lesson",
    speakers: "Speakers",
    starts: "Starts",
    recorded: "Recorded",
    yes: "yes",
    no: "no",
    no_class: "Class not known",
    no_tag: "No programme",
    sessions: "Sessions",
    unrecorded: "Sessions not recorded",
    heads: [
        "Times",
        "Parents",
        "Pupils",
        "Pupils reached",
        "Marked absent",
        "Families not recorded",
        "Reached (%)",
    ],
};

impl Words {
    fn of(language: Language) -> &'static Self {
        match language {
            Language::Chinese => &CHINESE,
            Language::English => &ENGLISH,
        }
    }
}

struct Book<'r, 's> {
    words: &'static Words,
    reading: &'r Reading<'s>,
    tables: Tables,
}

impl Book<'_, '_> {
    fn fill(mut self, view: &CountView) -> Result<Vec<u8>, XlsxError> {
        let words = self.words;
        self.about(view)?;
        let rows = |rows: &[CountRow]| -> Vec<Vec<Value>> {
            let name =
                |row: &CountRow| if row.name.is_empty() { words.no_tag.to_owned() } else { row.name.clone() };
            rows.iter()
                .map(|row| [Value::text(name(row))].into_iter().chain(of(&row.count)).collect())
                .collect()
        };
        let (programmes, courses) = (rows(&view.programmes), rows(&view.courses));
        let several = [words.sessions, words.unrecorded].into_iter().chain(words.heads);
        let heads = |first| -> Vec<(&str, f64)> {
            [(first, 24.0)].into_iter().chain(several.clone().map(|head| (head, 10.0))).collect()
        };
        self.tables.sheet(words.programmes, heads(words.programme), programmes)?;
        self.tables.sheet(words.courses, heads(words.course), courses)?;
        for (sheet, head, places) in [
            (words.campuses, words.campus, &view.campuses),
            (words.grades, words.grade, &view.grades),
            (words.classes, words.class, &view.classes),
        ] {
            let rows = places.iter().map(|CountPlace { place, figures: of }| {
                let name = place.as_ref().map(|place| place_words(words.language, place));
                let name = Value::text(name.unwrap_or_else(|| words.no_class.to_owned()));
                [name].into_iter().chain(figures(of)).collect()
            });
            let rows = rows.collect();
            let heads = [(head, 20.0)].into_iter().chain(words.heads.map(|head| (head, 10.0)));
            self.tables.sheet(sheet, heads, rows)?;
        }
        let rows = view.lessons.iter().map(|lesson| {
            vec![
                wall(self.reading, lesson.starts.timestamp()),
                Value::text(&lesson.course),
                Value::text(&lesson.title),
                Value::text(&lesson.programme),
                Value::text(&lesson.speakers),
                Value::text(if lesson.recorded { words.yes } else { words.no }),
                number(lesson.times),
                number(lesson.unknown),
            ]
        });
        let rows = rows.collect();
        let [times, _, _, _, _, unknown, _] = words.heads;
        let heads = vec![
            (words.starts, 17.0),
            (words.course, 24.0),
            (words.lesson, 28.0),
            (words.programme, 20.0),
            (words.speakers, 16.0),
            (words.recorded, 8.0),
            (times, 10.0),
            (unknown, 10.0),
        ];
        self.tables.sheet(words.lessons, heads, rows)?;
        self.tables.finish()
    }

    fn about(&mut self, view: &CountView) -> Result<(), XlsxError> {
        let words = self.words;
        let name = view.term.as_ref().map(|term| term.name.clone()).unwrap_or_default();
        let figures = words.heads.into_iter().zip(figures(&view.whole.figures));
        let lines = [
            (words.term, Value::text(&name)),
            (words.sessions, number(view.whole.sessions)),
            (words.unrecorded, number(view.whole.unrecorded)),
        ];
        let lines = lines.into_iter().chain(figures).chain([
            (words.ahead, number(view.ahead)),
            (words.called_off, number(view.called_off)),
            (words.made, wall(self.reading, view.made)),
            (words.read_so, Value::text(words.rules)),
        ]);
        self.tables.about(self.reading, words.about, &name, lines)
    }
}

fn figures(of: &CourseFigures) -> impl Iterator<Item = Value> {
    let CourseFigures { times, parents, children, reached, missed, unknown } = *of;
    let share = if children == 0 {
        Value::Empty
    } else {
        // One decimal, as the screen has it.
        Value::Number((f64::from(reached) * 1000.0 / f64::from(children)).round() / 10.0)
    };
    [times, parents, children, reached, missed, unknown].map(number).into_iter().chain([share])
}

fn of(count: &CountOf) -> impl Iterator<Item = Value> {
    [number(count.sessions), number(count.unrecorded)].into_iter().chain(figures(&count.figures))
}
