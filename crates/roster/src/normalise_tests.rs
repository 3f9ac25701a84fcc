use super::*;

#[test]
fn names() {
    let table = [
        (" 　顾予安 ", "顾予安"),
        ("王　芳", "王芳"),
        ("王 芳", "王芳"),
        ("Anna  Li", "Anna Li"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽‧买买提", "阿依古丽·买买提"),
        ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("阿依古丽 · 买买提", "阿依古丽·买买提"),
        ("Zoe\u{301}", "Zoé"),
        ("李\u{200B}四\u{202E}", "李四"),
        ("李\n四", "李四"),
        ("\u{20087}\u{3000}\u{30000}", "\u{20087}\u{30000}"),
        ("", ""),
    ];
    for (raw, expected) in table {
        assert_eq!(name(raw), expected, "{raw:?}");
    }
}

#[test]
fn phones() {
    let table = [
        ("１２８ ０００１ ２３４５", Ok("12800012345")),
        ("128-0001-2345", Ok("12800012345")),
        ("+86 12800012345", Ok("12800012345")),
        ("\t12800012345", Ok("12800012345")),
        ("1280001", Err(7)),
        ("128000123456", Err(12)),
        ("02800012345", Err(11)),
        ("1.28E+10", Err(5)),
        ("12800012345转2", Err(12)),
        ("", Err(0)),
    ];
    for (raw, expected) in table {
        assert_eq!(phone(raw), expected.map(str::to_owned), "{raw:?}");
    }
}

#[test]
fn grades() {
    let table = [
        ("一年级", Some(1)),
        ("1", Some(1)),
        ("一", Some(1)),
        ("１年级", Some(1)),
        (" ６ 年级", Some(6)),
        ("小学三年级", Some(3)),
        ("七年级", None),
        ("0", None),
        ("2026级", None),
        ("", None),
    ];
    for (raw, expected) in table {
        assert_eq!(grade(raw), expected, "{raw:?}");
    }
}

#[test]
fn classes() {
    let table = [
        ("2班", Some((None, 2))),
        ("2", Some((None, 2))),
        ("（2）班", Some((None, 2))),
        ("(２)班", Some((None, 2))),
        ("二班", Some((None, 2))),
        ("十二班", Some((None, 12))),
        ("二十三班", Some((None, 23))),
        ("02班", Some((None, 2))),
        ("99班", Some((None, 99))),
        ("三年级2班", Some((Some(3), 2))),
        ("3年级（2）班", Some((Some(3), 2))),
        ("三（2）班", Some((Some(3), 2))),
        ("三2班", Some((Some(3), 2))),
        ("3(2)班", Some((Some(3), 2))),
        ("32班", Some((None, 32))),
        ("三二班", None),
        ("0班", None),
        ("100班", None),
        ("一十一十班", None),
        ("实验班", None),
        ("", None),
    ];
    for (raw, expected) in table {
        assert_eq!(class_ref(raw), expected, "{raw:?}");
    }
}

#[test]
fn rounded_numbers() {
    for raw in ["2.02601E+08", "2.02601e8", "1E+18", "２.０２６０１Ｅ＋０８", "3.7E-2"] {
        assert!(is_scientific(raw), "{raw}");
    }
    for raw in ["202601315", "T0001", "E12", "2E5", "12E", "1.5", ""] {
        assert!(!is_scientific(raw), "{raw}");
    }
}

#[test]
fn numbers() {
    assert_eq!(number(" ２０２６ ").as_deref(), Some("2026"));
    assert_eq!(number("T0001").as_deref(), Some("T0001"));
    assert_eq!(number("=\"2026\""), None);
    assert_eq!(number("2026.0"), None);
    assert_eq!(number(""), None);
    assert_eq!(number(&"1".repeat(33)), None);
}

#[test]
fn words() {
    assert_eq!(sex("男"), Some(Sex::Male));
    assert_eq!(sex("女 性"), Some(Sex::Female));
    assert_eq!(sex("1"), None);
    let table = [
        ("父亲", Relation::Father, 51),
        ("妈妈", Relation::Mother, 52),
        ("继父", Relation::StepOrAdoptiveFather, 57),
        ("爷爷", Relation::PaternalGrandfather, 61),
        ("祖父", Relation::PaternalGrandfather, 61),
        ("奶奶", Relation::PaternalGrandmother, 62),
        ("外公", Relation::MaternalGrandfather, 63),
        ("姥姥", Relation::MaternalGrandmother, 64),
        ("姐姐", Relation::Sibling, 7),
        ("舅妈", Relation::OtherRelative, 97),
        ("其他监护人", Relation::OtherGuardian, 99),
    ];
    for (raw, expected, code) in table {
        assert_eq!(relation(raw), Some(expected), "{raw}");
        assert_eq!(expected.gb_t_4761(), code);
    }
    assert_eq!(relation("舅妈的表弟"), None);
}
