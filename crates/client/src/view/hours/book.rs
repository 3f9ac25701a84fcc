//! The report as a workbook: a sheet for each grouping, hours as numbers, and what they mean on the first.

use rust_xlsxwriter::XlsxError;
use xinmei_model::HoursFigures;

use super::report::report;
use crate::{
    Client,
    api::{
        Ask, Fault,
        attendance::TermId,
        hours_report::{ReportExport, ReportGroup, ReportOf, ReportTable, ReportView},
        table::{KeptFile, Language, MadeFile},
    },
    fault::broken,
    view::{
        ask::read,
        reading::Reading,
        workbook::{Made, Tables, Value, hours, number, place_words, wall},
    },
};

impl Ask for ReportTable {
    type Reply = MadeFile;

    async fn answer(self, client: &Client) -> Result<MadeFile, Fault> {
        Ok(read(client, move |reading| make(reading, self.term, self.language)).await?.give())
    }
}

impl Ask for ReportExport {
    type Reply = KeptFile;

    async fn answer(self, client: &Client) -> Result<KeptFile, Fault> {
        read(client, move |reading| make(reading, self.term, self.language)).await?.keep(client).await
    }
}

pub(super) fn make(reading: &Reading<'_>, term: Option<TermId>, language: Language) -> Result<Made, Fault> {
    let view = report(reading, term)?;
    let words = Words::of(language);
    let book = Book { words, reading, tables: Tables::new() };
    let name = view.term.as_ref().map(|term| term.name.clone()).unwrap_or_default();
    let content = book.fill(&view).map_err(|error| broken(&error))?;
    Ok(Made::new(&name, words.report, reading.day, content))
}

/// The words of one language.
struct Words {
    language: Language,
    report: &'static str,
    about: &'static str,
    term: &'static str,
    from: &'static str,
    to: &'static str,
    made: &'static str,
    ahead: &'static str,
    called_off: &'static str,
    /// How each figure is meant: its name, and the rule.
    rules: [(&'static str, &'static str); 8],
    /// Name of the sheet, and of its first column, of each grouping in the order of [`groups`].
    groups: [(&'static str, &'static str); 8],
    staff: &'static str,
    guests: &'static str,
    other: &'static str,
    /// In no programme, campaign, post, term: the last four groupings that have such a row.
    nothing: [&'static str; 8],
    /// The last two rows of a sheet.
    twice: &'static str,
    whole: &'static str,
    heads: [&'static str; 12],
}

const CHINESE: Words = Words {
    language: Language::Chinese,
    report: "志愿报告",
    about: "说明",
    term: "学期",
    from: "从",
    to: "到",
    made: "统计时间",
    ahead: "还没到的班次",
    called_off: "取消的班次",
    rules: [
        ("认定时长（小时）", "由另一人审批认定、没有被更正替代的时长。"),
        ("待审批（小时）", "还没有审批的时长；等待审批的更正不重复计入。"),
        ("志愿者（人）", "有认定时长的人，各表每行内每人只算一次。"),
        ("到岗、请假未到、未到（人次）", "按到岗记录；写了原因的算请假未到。没有记录的不计入。"),
        (
            "班次、需要、已报",
            "已经开始、没有取消的班次，和它们需要、报名的人次。这三项按岗位统计，不分班级和年级。",
        ),
        (
            "班级、年级",
            "按志愿者当天在校孩子的班级。有两个孩子在不同班的，各班都算；“合计”只算一次，多算的写在“重复计入”。没有孩子在校的教职工单列。",
        ),
        ("项目", "岗位的项目和标签都算，一个班次可以属于几个项目；“合计”只算一次。"),
        (
            "学生",
            "跟着大人服务的学生，按报名时所在的班级，各表每行内每人只算一次；时长是当天记下的，不经审批，不计入认定时长。没有班级的在“其他”。",
        ),
    ],
    groups: [
        ("班级", "班级"),
        ("年级", "年级"),
        ("校区", "校区"),
        ("项目", "项目"),
        ("活动", "活动"),
        ("岗位", "岗位"),
        ("月份", "月份"),
        ("历学期", "学期"),
    ],
    staff: "教职工",
    guests: "社区客人",
    other: "其他",
    nothing: ["", "", "", "没有项目", "没有活动", "没有班次的时长", "", "学期之外"],
    twice: "重复计入",
    whole: "合计",
    heads: [
        "认定时长（小时）",
        "待审批（小时）",
        "志愿者（人）",
        "到岗（人次）",
        "请假未到（人次）",
        "未到（人次）",
        "班次",
        "需要（人次）",
        "已报（人次）",
        "学生（人）",
        "学生（人次）",
        "学生时长（小时）",
    ],
};

const ENGLISH: Words = Words {
    language: Language::English,
    report: "Volunteering",
    about: "About",
    term: "Term",
    from: "From",
    to: "To",
    made: "Reckoned",
    ahead: "Shifts to come",
    called_off: "Shifts called off",
    rules: [
        ("Approved (hours)", "Approved by somebody else, and not replaced by a correction."),
        ("Waiting (hours)", "Not approved yet. A correction that waits adds nothing."),
        ("Volunteers", "People with approved hours, each once in a row."),
        (
            "Came, excused, missed",
            "As they were marked; with a reason it is excused. Who was not marked is in none.",
        ),
        (
            "Shifts, needed, signed up",
            "Shifts that have begun and were not called off. By post: they are of no class or grade.",
        ),
        (
            "Classes, grades",
            "By the class of the volunteer's children on the day. Who has children in two classes is in both; the total counts once, and what is counted more often is on its own line. Staff without children here stand apart.",
        ),
        ("Programmes", "A post's programme and its tags; a shift may be in several. The total counts once."),
        (
            "Pupils",
            "Who served in an adult's care, by the class they were in as they were put down, each once in a row. Their time is what was noted on the day: it is not approved, and no part of the approved hours. Who was in no class is among the others.",
        ),
    ],
    groups: [
        ("Classes", "Class"),
        ("Grades", "Grade"),
        ("Campuses", "Campus"),
        ("Programmes", "Programme"),
        ("Campaigns", "Campaign"),
        ("Posts", "Post"),
        ("Months", "Month"),
        ("Terms", "Term"),
    ],
    staff: "Staff",
    guests: "Community guests",
    other: "Others",
    nothing: ["", "", "", "No programme", "No campaign", "Hours without a shift", "", "Outside any term"],
    twice: "Counted more than once",
    whole: "Total",
    heads: [
        "Approved (hours)",
        "Waiting (hours)",
        "Volunteers",
        "Came",
        "Excused",
        "Missed",
        "Shifts",
        "Needed",
        "Signed up",
        "Pupils",
        "Pupils' times",
        "Pupils' time (hours)",
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

/// The columns that count shifts, the people they need and those who said they come.
const SHIFTS: std::ops::Range<usize> = 6..9;

/// The groupings in the order of the sheets. Each term stands beside the others, whichever is reported.
fn groups(view: &ReportView) -> [&ReportGroup; 8] {
    [
        &view.classes,
        &view.grades,
        &view.campuses,
        &view.programmes,
        &view.campaigns,
        &view.posts,
        &view.months,
        &view.by_term,
    ]
}

struct Book<'r, 's> {
    words: &'static Words,
    reading: &'r Reading<'s>,
    tables: Tables,
}

impl Book<'_, '_> {
    fn fill(mut self, view: &ReportView) -> Result<Vec<u8>, XlsxError> {
        self.about(view)?;
        let words = self.words;
        for (at, (group, (sheet, head))) in groups(view).into_iter().zip(words.groups).enumerate() {
            // Shifts are of no class.
            let shown = move |column: usize| at > 1 || !SHIFTS.contains(&column);
            let heads = (0..).zip(words.heads).filter(|(column, _)| shown(*column));
            let heads = heads.map(|(_, head)| (head, 11.0));
            let heads = [(head, 28.0)].into_iter().chain(heads);
            let nothing = words.nothing.get(at).copied().unwrap_or_default();
            let line = |name: String, of: &HoursFigures| -> Vec<Value> {
                let figures = (0..).zip(figures(of)).filter(|(column, _)| shown(*column));
                [Value::text(name)].into_iter().chain(figures.map(|(_, value)| value)).collect()
            };
            let mut rows: Vec<_> =
                group.rows.iter().map(|row| line(self.name(&row.of, nothing), &row.figures)).collect();
            // The terms of other years are no part of the whole of this one.
            if at < 7 {
                if group.twice != HoursFigures::default() {
                    rows.push(line(words.twice.to_owned(), &group.twice));
                }
                rows.push(line(words.whole.to_owned(), &view.whole));
            }
            self.tables.sheet(sheet, heads, rows)?;
        }
        self.tables.finish()
    }

    fn about(&mut self, view: &ReportView) -> Result<(), XlsxError> {
        let words = self.words;
        let name = view.term.as_ref().map(|term| term.name.clone()).unwrap_or_default();
        let day = |day: Option<jiff::civil::Date>| day.map_or(Value::Empty, Value::Day);
        let lines = [
            (words.term, Value::text(&name)),
            (words.from, day(view.term.as_ref().map(|term| term.from))),
            (words.to, day(view.term.as_ref().map(|term| term.to))),
        ];
        let whole = words.heads.into_iter().zip(figures(&view.whole));
        let lines = lines.into_iter().chain(whole).chain([
            (words.ahead, number(view.ahead)),
            (words.called_off, number(view.called_off)),
            (words.made, wall(self.reading, view.made)),
        ]);
        let rules = words.rules.map(|(head, rule)| (head, Value::text(rule)));
        self.tables.about(self.reading, words.about, &name, lines.chain(rules))
    }

    fn name(&self, of: &ReportOf, nothing: &str) -> String {
        match of {
            ReportOf::Place { place } => place_words(self.words.language, place),
            ReportOf::Named { name } => name.clone(),
            ReportOf::Month { year, month } => format!("{year}-{month:02}"),
            ReportOf::Staff => self.words.staff.to_owned(),
            ReportOf::Guests => self.words.guests.to_owned(),
            ReportOf::Other => self.words.other.to_owned(),
            ReportOf::Nothing => nothing.to_owned(),
        }
    }
}

fn figures(of: &HoursFigures) -> impl Iterator<Item = Value> + use<> {
    let HoursFigures { approved, waiting, people, came, excused, missed, shifts, needed, filled, .. } = *of;
    let HoursFigures { pupils, services, served, .. } = *of;
    let counts = [people, came, excused, missed, shifts, needed, filled, pupils, services].map(number);
    [hours(approved), hours(waiting)].into_iter().chain(counts).chain([hours(served)])
}
