//! Files that mean harm or are broken: every one gets an answer, none a panic, none more memory than its limit.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::io::{Cursor, Read, Write};

use proptest::prelude::*;
use xinmei_roster::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const FAULTS: &[u8] = include_bytes!("../data/pupils-with-faults.csv");
const HEADER: &str = "校区,年级,班级,学号,姓名,性别,监护人1,关系1,电话1,监护人2,关系2,电话2,备注";

type Parts = Vec<(String, Vec<u8>)>;

fn zipped(parts: &Parts) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A small workbook: one sheet with this XML between `<sheetData>` and its end, and these shared strings.
fn workbook(sheet_data: &str, strings: &str) -> Parts {
    let relations = |list: &[(&str, &str)]| {
        let mut xml = String::from(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
        );
        for (kind, target) in list {
            xml.push_str(&format!(
                "<Relationship Id=\"{kind}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/>"
            ));
        }
        xml + "</Relationships>"
    };
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let parts = [
        ("_rels/.rels", relations(&[("officeDocument", "xl/workbook.xml")])),
        (
            "xl/_rels/workbook.xml.rels",
            relations(&[("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")]),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook {main} xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"学生\" sheetId=\"1\" r:id=\"worksheet\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet {main}><sheetData>{sheet_data}</sheetData></worksheet>"),
        ),
        ("xl/sharedStrings.xml", strings.to_owned()),
    ];
    let owned = parts.map(|(n, c)| (n.to_owned(), c.into_bytes()));
    owned.into_iter().collect()
}

fn small() -> Parts {
    let mut data = String::new();
    for (line, text) in [(2, HEADER), (4, "东,1,1,202600001,李四,男,李三,父亲,12800000001,,,,x")] {
        data.push_str(&format!("<row r=\"{line}\">"));
        for (at, cell) in text.split(',').enumerate() {
            let column = char::from(b'A' + at as u8);
            data.push_str(&format!("<c r=\"{column}{line}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"));
        }
        data.push_str("</row>");
    }
    workbook(&data, "<sst uniqueCount=\"1\"><si><t>a</t></si></sst>")
}

#[test]
fn a_small_workbook_is_read_with_its_lines() {
    let book = read(&zipped(&small()), "a.xlsx").unwrap();
    let roster = parse(&book, None);
    assert_eq!(roster.faults, []);
    assert_eq!(roster.pupils[0].source.line, 4);
    assert_eq!(roster.pupils[0].source.sheet, "学生");
}

#[test]
fn numbers_typed_as_numbers_keep_their_digits() {
    let cell = |at: &str, v: &str| format!("<c r=\"{at}\"><v>{v}</v></c>");
    let sheet = format!(
        "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>学号</v></c><c r=\"B1\" t=\"str\"><v>姓名</v></c><c r=\"C1\" t=\"str\"><v>班级</v></c></row><row r=\"2\">{}<c r=\"B2\" t=\"s\"><v>0</v></c><c r=\"C2\" t=\"str\"><v>三年级2班</v></c></row><row r=\"3\">{}<c r=\"B3\" t=\"s\"><v>0</v></c><c r=\"C3\" t=\"str\"><v>三年级2班</v></c></row>",
        cell("A2", "202600001"),
        cell("A3", "3701022026000012345")
    );
    let strings = "<sst uniqueCount=\"1\"><si><t>李四</t></si></sst>";
    let roster = parse(&read(&zipped(&workbook(&sheet, strings)), "").unwrap(), None);
    assert_eq!(roster.pupils[0].number, "202600001");
    let fault = &roster.faults[0];
    assert!(matches!(fault.code, FaultCode::ScientificNotation { .. }));
    assert_eq!((fault.line, fault.severity), (3, Severity::Error));
}

#[test]
fn what_is_no_roster_is_said_so() {
    let old = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1].to_vec();
    let stream: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let encrypted = [old.clone(), vec![0; 600], stream].concat();
    let document = zipped(&vec![("word/document.xml".to_owned(), b"<a/>".to_vec())]);
    let table: [(Vec<u8>, ReadFault); 9] = [
        (vec![], ReadFault::Empty),
        (b" \r\n,,\r\n".to_vec(), ReadFault::Empty),
        (old, ReadFault::OldExcel),
        (encrypted, ReadFault::Encrypted),
        (document, ReadFault::NotAWorkbook),
        (b"%PDF-1.7".to_vec(), ReadFault::UnknownFormat),
        (b"\x89PNG\0\0".to_vec(), ReadFault::UnknownFormat),
        (b" <HTML><table>".to_vec(), ReadFault::WebPage),
        (b"\xD1\xA7\xFF\xFF".to_vec(), ReadFault::UnknownEncoding),
    ];
    for (bytes, expected) in table {
        assert_eq!(read(&bytes, "roster.xlsx").unwrap_err(), expected);
    }
    let nothing = parse(&read("今天,天气,很好\n".as_bytes(), "a.csv").unwrap(), None);
    assert_eq!(nothing.faults[0].code, FaultCode::NoRoster);
}

#[test]
fn limits_refuse_instead_of_filling_memory() {
    let too_large = vec![b'a'; MAX_FILE_BYTES + 1];
    assert!(matches!(read(&too_large, "a"), Err(ReadFault::TooLarge { .. })));

    let mut bomb = small();
    bomb.push(("xl/worksheets/sheet2.xml".to_owned(), vec![b' '; 65 << 20]));
    let bomb = zipped(&bomb);
    assert!(bomb.len() < 1 << 20);
    assert!(matches!(read(&bomb, "a"), Err(ReadFault::UnpacksTooLarge { .. })));

    let mut parts = small();
    parts.extend((0..MAX_PARTS).map(|n| (format!("xl/{n}.bin"), vec![])));
    assert!(matches!(read(&zipped(&parts), "a"), Err(ReadFault::TooManyParts { .. })));

    for count in ["99999999999999999999", "1000000000000", "5000000"] {
        let strings = format!("<sst uniqueCount=\"{count}\"><si><t>a</t></si></sst>");
        let bytes = zipped(&workbook("", &strings));
        assert!(matches!(read(&bytes, "a"), Err(ReadFault::Damaged { .. })));
    }

    let corners =
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>";
    assert_eq!(read(&zipped(&workbook(corners, "<sst/>")), "a").unwrap().sheets[0].rows.len(), 2);
    let far = "<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>";
    let fault = read(&zipped(&workbook(far, "<sst/>")), "a").unwrap_err();
    assert!(matches!(fault, ReadFault::TooManyColumns { line: 1, .. }));

    let rows = "a,b\n".repeat(MAX_ROWS + 1);
    assert!(matches!(read(rows.as_bytes(), "a"), Err(ReadFault::TooManyRows { .. })));
    let columns = "a,".repeat(MAX_COLUMNS) + "b";
    assert!(matches!(read(columns.as_bytes(), "a"), Err(ReadFault::TooManyColumns { .. })));
    assert!(read(&vec![b','; 1 << 20], "a").is_err());
}

#[test]
fn one_great_string_in_many_cells_is_cut() {
    let mut sheet = String::new();
    for row in 1..=20_000 {
        sheet.push_str(&format!("<row r=\"{row}\"><c t=\"s\"><v>0</v></c></row>"));
    }
    let strings = format!("<sst><si><t>{}</t></si></sst>", "长".repeat(5 << 20));
    let book = read(&zipped(&workbook(&sheet, &strings)), "a").unwrap();
    assert!(book.sheets[0].rows.iter().all(|r| r.cut == [0]));
    let wide = sheet.replace("</row>", "<c t=\"s\"><v>0</v></c><c t=\"s\"><v>0</v></c></row>");
    let fault = read(&zipped(&workbook(&wide, &strings)), "a").unwrap_err();
    assert!(matches!(fault, ReadFault::TooMuchText { .. }));
}

#[test]
fn classes_taught_are_read_as_a_list_with_a_limit() {
    let staff = |classes: &str| {
        let text = format!("工号,姓名,校区,任教班级,电话\nT1,李,东,\"{classes}\",12800000001\n");
        parse(&read(text.as_bytes(), "a.csv").unwrap(), None)
    };
    let classes = |roster: &Roster| {
        let keys = roster.staff[0].classes.iter();
        keys.map(|k| (k.grade, k.class)).collect::<Vec<_>>()
    };
    assert_eq!(classes(&staff("六年级1班、三年级3班")), [(6, 1), (3, 3)]);
    assert_eq!(classes(&staff("六年级1班，2班 三（2）班")), [(6, 1), (6, 2), (3, 2)]);
    let part = staff("六年级1班、全校");
    assert_eq!(classes(&part), [(6, 1)]);
    let found = "全校".to_owned();
    assert_eq!(part.faults[0].code, FaultCode::UnreadTeachingClass { found });
    let many: Vec<String> = (1..90).map(|n| format!("1年级{n}班")).collect();
    assert_eq!(classes(&staff(&many.join("、"))).len(), 32);
}

/// The faults of one line below the header, as their serialised kinds.
fn kinds(line: &str) -> Vec<String> {
    let text = format!("{HEADER}\n{line}\n");
    let roster = parse(&read(text.as_bytes(), "a.csv").unwrap(), None);
    let kind = |f: &Fault| serde_json::to_value(&f.code).unwrap()["kind"].as_str().unwrap().to_owned();
    roster.faults.iter().map(kind).collect()
}

#[test]
fn each_fault_of_a_line() {
    let long = format!("东,1,1,1,李,男,张,父亲,12800000001,,,,{}", "长".repeat(1_001));
    let table = [
        ("东,1,1,1,李,男,张,父亲,12800000001", vec![]),
        ("东,1,1,1,李,男,张,父亲,12800000001,,,,备注,", vec![]),
        ("东,1,1,1,李,男,张,父亲,12800000001,,,,备注,多", vec!["extra-cells"]),
        (long.as_str(), vec!["cell-too-long"]),
        ("东,1,1,1,李,男,张,父亲,12800000001,,,,\"甲\n乙\"", vec!["line-break"]),
        (",1,1,1,李,男,张,父亲,12800000001", vec!["missing"]),
        ("东,7,1,1,李,男,张,父亲,12800000001", vec!["bad-grade"]),
        ("东,,1,1,李,男,张,父亲,12800000001", vec!["missing"]),
        ("东,,三（2）班,1,李,男,张,父亲,12800000001", vec![]),
        ("东,3,三（2）班,1,李,男,张,父亲,12800000001", vec![]),
        ("东,4,三（2）班,1,李,男,张,父亲,12800000001", vec!["bad-class"]),
        ("东,3,实验班,1,李,男,张,父亲,12800000001", vec!["bad-class"]),
        ("东,3,31班,1,李,男,张,父亲,12800000001", vec!["unknown-class"]),
        ("东,1,1,一,李,男,张,父亲,12800000001", vec!["bad-number"]),
        ("东,1,1,1,李,?,张,父亲,12800000001", vec!["unknown-sex"]),
        ("东,1,1,1,李,男,张,父亲,1.28E+10", vec!["scientific-notation"]),
        ("东,1,1,1,李,男,张,,12800000001", vec!["missing"]),
        ("东,1,1,1,李,男,张,父亲,", vec!["missing"]),
        ("东,1,1,1,李,男,,父亲,12800000001", vec!["missing"]),
        ("东,1,1,1,李,男,,,,,,,", vec!["no-guardian"]),
        ("东,1,1,1,李,男,张,父亲,12800000001,张,父亲,12800000001,", vec!["guardian-twice"]),
        ("东,1,1,1,李,男,张,父亲,12800000001,王,母亲,12800000001,", vec![]),
        (HEADER, vec![]),
    ];
    for (line, expected) in table {
        assert_eq!(kinds(line), expected, "{line}");
    }
}

#[test]
fn a_single_pupil_far_beyond_the_classes_is_a_slip() {
    let row = |n: u8, class: &str| format!("东,1,{class},{n},李,男,张,父亲,12800000001\n");
    let faults = |classes: &[&str]| {
        let mut text = format!("{HEADER}\n");
        for (n, class) in classes.iter().enumerate() {
            text.push_str(&row(n as u8, class));
        }
        let roster = parse(&read(text.as_bytes(), "a.csv").unwrap(), None);
        roster.faults.iter().map(|f| f.line).collect::<Vec<_>>()
    };
    assert_eq!(faults(&["1", "1", "2", "2", "22"]), [6]);
    assert!(faults(&["1", "1", "2", "2", "4"]).is_empty());
    assert!(faults(&["1", "1", "22", "22"]).is_empty());
    assert!(faults(&["7"]).is_empty());
}

#[test]
fn unread_lines_are_not_people_who_left() {
    let text = |phone: &str| format!("{HEADER}\n东,1,1,7,李,男,张,父亲,{phone}\n");
    let good = parse(&read(text("12800000001").as_bytes(), "a").unwrap(), None);
    let held = [HeldPupil::from_row(&good.pupils[0], 2026)];
    let bad = parse(&read(text("1280000").as_bytes(), "a").unwrap(), None);
    let comparison = compare(&held, &[], &bad, 2026);
    assert!(matches!(&comparison.pupils[0].outcome, Outcome::Unread { source } if source.line == 2));
    assert_eq!((comparison.pupil_counts.unread, comparison.pupil_counts.unidentified), (1, 0));
}

#[test]
fn lines_and_sheets_of_nobody_are_counted() {
    let line = |number: &str| format!("东,1,1,{number},李,男,张,父亲,12800000001\n");
    for (numbers, unidentified) in [
        (vec!["7", "8"], 0),
        (vec!["7", "7"], 1),
        (vec!["2.02601E+08", "", "?"], 3),
        (vec!["7", "7", "7"], 2),
    ] {
        let lines: String = numbers.iter().map(|number| line(number)).collect();
        let roster = parse(&read(format!("{HEADER}\n{lines}").as_bytes(), "a").unwrap(), None);
        assert_eq!(compare(&[], &[], &roster, 2026).pupil_counts.unidentified, unidentified, "{numbers:?}");
        assert_eq!(roster.unread_sheets(), 0);
    }
    let mut book = read(format!("{HEADER}\n{}", line("7")).as_bytes(), "a").unwrap();
    book.hidden.push("旧".to_owned());
    let mut other = book.sheets[0].clone();
    other.rows.remove(0);
    book.sheets.push(other);
    assert_eq!(parse(&book, None).unread_sheets(), 2);
}

fn mutated(bytes: &[u8], changes: &[(usize, u8)]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for (at, byte) in changes {
        let at = at % out.len();
        out[at] = *byte;
    }
    out
}

fn answer(bytes: &[u8]) {
    if let Ok(book) = read(bytes, "x.csv") {
        let roster = parse(&book, None);
        let _ = (guardians(&roster), households(&roster), remarks(&roster));
        let _ = compare(&[], &[], &roster, i16::MIN);
    }
}

fn fragments() -> impl Strategy<Value = String> {
    proptest::sample::select(vec![
        "<c r=\"A1\">",
        "</c>",
        "<v>",
        "</v>",
        "<row r=\"0\">",
        "<row r=\"99999999999\">",
        "</row>",
        "<c r=\"A0\">",
        "<c r=\"ZZZZZZZ1\" t=\"s\">",
        "<c t=\"d\">",
        "<c t=\"b\">",
        "<c t=\"e\">",
        "<is>",
        "</is>",
        "<t>",
        "</t>",
        "&#0;",
        "&lol;",
        "&#x110000;",
        "1e999",
        "-1",
        "学号",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<f t=\"shared\">",
        "</f>",
        "<",
        ">",
        "</sheetData>",
        "<?xml encoding=\"utf-16\"?>",
        "\u{FEFF}",
    ])
    .prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_get_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        answer(&bytes);
    }

    #[test]
    fn any_cells_get_an_answer(cells in proptest::collection::vec("\\PC{0,12}|[0-9０-９E+.班年级一十()（）]{0,8}", 13..60)) {
        let mut text = format!("{HEADER}\n");
        for row in cells.chunks(13) {
            let quoted: Vec<String> = row.iter().map(|c| format!("\"{}\"", c.replace('"', "\"\""))).collect();
            text.push_str(&quoted.join(","));
            text.push('\n');
        }
        answer(text.as_bytes());
    }

    #[test]
    fn a_mutated_csv_gets_an_answer(changes in proptest::collection::vec((any::<usize>(), any::<u8>()), 1..20)) {
        answer(&mutated(FAULTS, &changes));
    }

    #[test]
    fn a_mutated_archive_gets_an_answer(changes in proptest::collection::vec((any::<usize>(), any::<u8>()), 1..8)) {
        answer(&mutated(&zipped(&small()), &changes));
    }

    #[test]
    fn mutated_parts_get_an_answer(part in 0_usize..5, changes in proptest::collection::vec((any::<usize>(), 0_u8..128), 1..12)) {
        let mut parts = small();
        parts[part].1 = mutated(&parts[part].1, &changes);
        answer(&zipped(&parts));
    }

    #[test]
    fn any_sheet_xml_gets_an_answer(xml in proptest::collection::vec(fragments(), 0..24)) {
        answer(&zipped(&workbook(&xml.concat(), "<sst><si><t>a</t></si></sst>")));
    }
}

#[test]
fn the_real_workbook_cut_short_gets_an_answer() {
    let bytes = include_bytes!("../data/roster.xlsx");
    for part in 0..16 {
        assert!(read(&bytes[..bytes.len() * part / 16], "a.xlsx").is_err());
    }
    let mut archive = ZipArchive::new(Cursor::new(&bytes[..])).unwrap();
    let mut sheet = String::new();
    let mut part = archive.by_name("xl/worksheets/sheet2.xml").unwrap();
    part.read_to_string(&mut sheet).unwrap();
    assert!(sheet.contains("工号"));
}
