use std::io::Cursor;

use calamine::{Data, Range, Reader as _, Xlsx};
use xinmei_model::{Answer, AnsweredBy, Ask as Asked, Entered, FieldKind, FormField, Given, Notice, Reply};

use super::{Made, make};
use crate::{
    api::table::Language,
    view::stage::{CLASS, Stage, YUTONG, at, id},
};

const NOTICE: u128 = 100;

fn field(label: &str, value: FieldKind) -> FormField {
    FormField { label: label.into(), value, required: false }
}

/// A class of four: one answered late and odd, one is entered for, one is silent, of one nobody reads.
fn class_of_four(ask: Asked) -> Stage {
    let stage = Stage::teacher();
    stage.child(YUTONG, "李雨桐", "20240412", CLASS);
    stage.child(32, "王𬭚", "00240403", CLASS);
    stage.child(33, "=1+1", "20240409", CLASS);
    stage.child(34, "赵子涵", "20240410", CLASS);
    for (link, child) in [(40, YUTONG), (42, 32), (43, 33)] {
        stage.link(link, link + 10, "家长", child, true);
    }
    stage.link(44, 54, "家长", 34, false);
    stage.notice(NOTICE, CLASS, "秋游 15:00", Some("11-21T18:00"));
    let notice: Notice = stage.read(|reading| Ok(reading.snapshot.get(id(NOTICE))?.unwrap()));
    stage.put(Notice { ask, body: "带水\n和帽子".into(), ..notice });
    stage
}

fn answer(stage: &Stage, child: u128, reply: Reply, time: &str, entered: Option<Entered>) {
    stage.put(Answer {
        id: xinmei_model::derived("answer", id::<()>(NOTICE).uuid(), id::<()>(child).uuid()),
        notice: id(NOTICE),
        child: id(child),
        version: 1,
        given: Given {
            reply,
            guardian: id(child + 20),
            guardian_name: "王芳".into(),
            relation: Some(xinmei_model::Relation::Mother),
            entered,
            at: at(time).timestamp(),
        },
        earlier: Vec::new(),
    });
}

fn made(stage: &Stage, language: Language) -> Made {
    stage.read(|reading| make(reading, id(NOTICE), language))
}

fn sheets(made: &Made) -> Vec<(String, Range<Data>)> {
    Xlsx::new(Cursor::new(made.content.clone())).unwrap().worksheets()
}

/// The table's rows, as another program reads them.
fn rows(made: &Made) -> Vec<Vec<Data>> {
    sheets(made)[0].1.rows().map(<[Data]>::to_vec).collect()
}

fn texts(row: &[Data]) -> Vec<String> {
    row.iter().map(ToString::to_string).collect()
}

fn the_time(cell: &Data) -> String {
    let Data::DateTime(time) = cell else { panic!("no time but {cell:?}") };
    let (year, month, day, hour, minute, ..) = time.to_ymd_hms_milli();
    format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}")
}

#[test]
fn a_form_is_a_table_that_another_program_reads_back() {
    let fields = vec![
        field("身高", FieldKind::Number),
        field("手机", FieldKind::Text),
        field("生日", FieldKind::Date),
        field("=HYPERLINK(\"x\")", FieldKind::Text),
    ];
    let stage = class_of_four(Asked::FillIn { fields });
    let said =
        |values: [&str; 4]| Reply::FillIn { values: values.map(Into::into).to_vec(), files: Vec::new() };
    answer(&stage, 32, said(["136.5", "013812345678", "2017-03-09", "+8613812345678"]), "11-22T07:05", None);
    let phoned = Entered { by: "张晓梅".into(), note: "@妈妈来电".into() };
    answer(&stage, 33, said(["007", "_x0041_\u{1}", "很早", "-"]), "11-20T11:30", Some(phoned));
    let made = made(&stage, Language::Chinese);
    assert_eq!(made.name, "秋游 15 00 回应 2026-11-23.xlsx");
    let rows = rows(&made);
    let head = ["班级", "学号", "姓名", "状态", "身高", "手机", "生日", "=HYPERLINK(\"x\")"];
    assert_eq!(texts(&rows[0][..8]), head);
    assert_eq!(rows.len(), 5, "a child a row");

    let late = &rows[1];
    assert_eq!(texts(&late[..4]), ["本部三年级2班", "00240403", "王𬭚", "已回应"], "学号 keeps its zeros");
    assert_eq!(late[4], Data::Float(136.5), "a number can be summed");
    assert_eq!(late[5], Data::String("013812345678".into()));
    assert_eq!(the_time(&late[6]), "2017-03-09 00:00");
    assert_eq!(late[7], Data::String("+8613812345678".into()), "no formula, and no sign lost");
    assert_eq!(texts(&late[8..10]), ["王芳", "妈妈"]);
    assert_eq!(the_time(&late[10]), "2026-11-22 07:05", "the school's clock");
    assert_eq!(late[11].to_string(), "是");

    let entered = &rows[2];
    assert_eq!(entered[2], Data::String("=1+1".into()), "a name is a name");
    assert_eq!(entered[4], Data::String("007".into()));
    assert_eq!(entered[6], Data::String("很早".into()));
    assert_eq!(texts(&entered[12..14]), ["张晓梅", "@妈妈来电"]);
    assert_eq!(texts(&rows[3][..4])[2..], ["赵子涵", "收不到"]);
    assert_eq!(rows[3][14].to_string(), "还没加入");
    assert_eq!(texts(&rows[4][..4])[2..], ["李雨桐", "等回应"]);

    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(made.content.clone())).unwrap();
    assert!(book.worksheet_formula("回应").unwrap().is_empty(), "nothing in it is a formula");
    let about = &sheets(&made)[1];
    assert_eq!(about.0, "通知");
    let told: Vec<_> = about.1.rows().map(|row| row[0].to_string()).collect();
    assert_eq!(told, ["标题", "正文", "发布人", "发出时间", "最晚", "收到的家庭", "导出时间"]);
    assert_eq!(about.1.get((1, 1)), Some(&Data::String("带水\n和帽子".into())));
}

#[test]
fn each_choice_has_a_column_of_ones() {
    let choice = |text: &str| xinmei_model::Choice { text: text.into(), limit: None };
    let ask = Asked::Choose { choices: vec![choice("书法"), choice("跳绳"), choice("合唱")], most: 2 };
    let stage = class_of_four(ask);
    answer(&stage, YUTONG, Reply::Choose { choices: vec![0, 2] }, "11-20T11:00", None);
    let rows = rows(&made(&stage, Language::English));
    assert_eq!(texts(&rows[0][3..8]), ["State", "书法", "跳绳", "合唱", "Answered by"]);
    assert_eq!(rows[4][4..7], [Data::Float(1.0), Data::Empty, Data::Float(1.0)]);
    assert_eq!(rows[4][0].to_string(), "本部 Grade 3 Class 2");
}

#[test]
fn where_each_guardian_signs_each_has_a_row_and_half_is_told() {
    let stage = class_of_four(Asked::Sign);
    let notice: Notice = stage.read(|reading| Ok(reading.snapshot.get(id(NOTICE))?.unwrap()));
    stage.put(Notice { answered_by: AnsweredBy::EachGuardian, ..notice.clone() });
    stage.link(60, 61, "李建国", YUTONG, true);
    let sign = |agrees| Reply::Sign { agrees, sha256: notice.text_sha256() };
    answer(&stage, YUTONG, sign(false), "11-20T11:00", None);
    let half = rows(&made(&stage, Language::Chinese));
    assert_eq!(texts(&half[4][2..5]), ["李雨桐", "部分回应", "不同意"]);
    let told = &sheets(&made(&stage, Language::Chinese))[1].1;
    assert_eq!(told.get((6, 1)), Some(&Data::String(notice.text_sha256())));
}

#[test]
fn whoever_reads_no_answers_gets_no_table() {
    let stage = class_of_four(Asked::Acknowledge);
    let notice: Notice = stage.read(|reading| Ok(reading.snapshot.get(id(NOTICE))?.unwrap()));
    stage.put(Notice { author: id(999), ..notice });
    let refused = stage.read(|reading| Ok(make(reading, id(NOTICE), Language::Chinese).is_err()));
    assert!(refused);
}
