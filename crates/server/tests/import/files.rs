//! Which lines and files an import can tell of, and who must not leave because of those it cannot.

use xinmei_model::*;
use xinmei_server::import::shown::Counts;

use crate::world::*;

const EAST: [&str; 2] = [
    "东校区,三年级,1班,1001,李一,男,李父,父亲,12800000001,,,,",
    "东校区,三年级,1班,1002,李二,男,李父,父亲,12800000001,,,,",
];
const WEST: &str = "西校区,三年级,1班,2001,王一,女,王父,父亲,12800000003,,,,";

fn gone(world: &World) -> Vec<String> {
    world.all::<Child>().into_iter().filter(|child| child.path.is_empty()).map(|child| child.number).collect()
}

#[tokio::test]
async fn nobody_leaves_while_lines_are_nobodys() {
    let world = World::new().await;
    // The pupils of the file with faults, as they were before somebody spoilt their lines.
    let mut line = 0;
    let clean = edited(|cells| {
        line += 1;
        if line > 121 {
            cells.clear();
        }
    });
    world.import("clean.csv", &clean, false).await;
    let preview = world.preview("pupils-with-faults.csv", FAULTS).await;
    // Line 5 has the number of line 4, line 38 a number that Excel rounded: their pupils seem to have left.
    assert_eq!((preview.counts.faulty, preview.counts.unidentified), (6, 2));
    assert!(preview.counts.left >= 2);
    assert!(preview.to_string().contains("unidentified 2"));
    let before = world.bytes();
    let fail = world.confirm(&preview, PUPILS_LEAVE).await.unwrap_err();
    assert!(fail.to_string().contains("2 lines or sheets"), "{fail}");
    assert_eq!(code(fail), "lines-unread");
    assert_eq!(code(world.confirm(&preview, STAFF_LEAVE).await.unwrap_err()), "lines-unread");
    assert_eq!(world.bytes(), before);
    world.confirm(&preview, STAY).await.unwrap();
    assert_eq!(gone(&world), [""; 0]);
}

#[tokio::test]
async fn a_sheet_that_was_not_read_keeps_its_pupils() {
    let world = World::new().await;
    let (east, west) = (pupils(&EAST), pupils(&[WEST]));
    let both = world.preview_all(&[("east.csv", &east), ("west.csv", &west)], None).await.unwrap();
    world.confirm(&both, STAY).await.unwrap();
    for spoilt in ["西校区,三年级,1班,2001,王一,女\n", "校区,姓名,性别,备注\n西校区,王一,女,\n"]
    {
        let files = [("east.csv", east.as_slice()), ("west.csv", spoilt.as_bytes())];
        let preview = world.preview_all(&files, None).await.unwrap();
        assert_eq!((preview.counts.left, preview.counts.unidentified), (1, 1), "{spoilt}");
        assert_eq!(code(world.confirm(&preview, PUPILS_LEAVE).await.unwrap_err()), "lines-unread");
    }
    let preview = world.preview("east.csv", &east).await;
    assert_eq!((preview.counts.left, preview.counts.unidentified), (1, 0));
    world.confirm(&preview, PUPILS_LEAVE).await.unwrap();
    assert_eq!(gone(&world), ["2001"]);
}

#[tokio::test]
async fn files_of_one_roster_are_one_roster() {
    let world = World::new().await;
    let (east, west) = (pupils(&EAST), pupils(&[WEST, "西校区,三年级,1班,2002,,男,,,,,,,"]));
    let teachers = staff(&["T1,周一,东校区,任课教师,语文,三年级1班,"]);
    let files =
        [("east.csv", east.as_slice()), ("west.csv", west.as_slice()), ("staff.csv", teachers.as_slice())];
    let first = world.preview_all(&files, None).await.unwrap();
    assert_eq!(first.counts, Counts { new: 3, staff: 1, faulty: 1, ..Counts::default() });
    assert_eq!(first.name, "east.csv、west.csv、staff.csv");
    let faults: Vec<_> =
        first.faults.iter().map(|f| (f.sheet.as_str(), f.line, f.column.as_str(), f.hint)).collect();
    assert_eq!(faults, [("west.csv", 3, "姓名", false), ("staff.csv", 2, "电话", true)]);
    world.confirm(&first, PUPILS_LEAVE).await.unwrap();
    let second = world.preview_all(&files, None).await.unwrap();
    assert_eq!(second.counts, Counts { unchanged: 3, faulty: 1, ..Counts::default() });
    assert_eq!(world.confirm(&second, PUPILS_LEAVE).await.unwrap().rows, 0);
    assert_eq!(gone(&world), [""; 0]);

    let alone = world.preview("west.csv", &west).await;
    assert_eq!((alone.counts.left, alone.faults[0].sheet.as_str()), (2, ""));
    // The same pupil in two files is a fault of the second.
    let twice = world.preview_all(&[("east.csv", &east), ("again.csv", &east)], None).await.unwrap();
    assert_eq!((twice.counts.faulty, twice.counts.unidentified), (2, 2));
    assert_eq!((twice.faults[0].sheet.as_str(), twice.faults[0].value.as_str()), ("again.csv", "east.csv 2"));
}
