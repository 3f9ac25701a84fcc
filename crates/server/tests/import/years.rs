//! The school year of a roster: what its title says, else the day; and classes named by it from the same moment.

use xinmei_model::*;

use crate::world::*;

/// The grade in which everybody reads this pupil's class today.
fn grade(world: &World, number: &str, today: jiff::civil::Date) -> Option<i16> {
    let class = world.child(number).class().unwrap();
    let class = world.all::<Place>().into_iter().find(|place| place.id == class).unwrap();
    class.grade_in(Year::of(&world.all::<Year>(), today).unwrap().begins_in)
}

fn titled(title: &str, lines: &[&str]) -> Vec<u8> {
    [format!("{title},,,\n").into_bytes(), pupils(lines)].concat()
}

const OLD: [&str; 2] = [
    "本部,一年级,1班,2601,李一,男,李父,父亲,12800000001,,,,",
    "本部,六年级,1班,2101,王六,男,王父,父亲,12800000002,,,,",
];
const NEXT: [&str; 2] = [
    "本部,二年级,1班,2601,李一,男,李父,父亲,12800000001,,,,",
    "本部,一年级,1班,2701,赵一,女,赵父,父亲,12800000003,,,,",
];

#[tokio::test]
async fn classes_are_named_by_the_year_of_the_last_roster() {
    let title = "江畔实验小学 2027—2028 学年学生名册";
    let cases = [
        // The title counts, in the holidays before and after the computed day.
        (jiff::civil::date(2027, 7, 15), titled(title, &NEXT), None),
        (jiff::civil::date(2027, 8, 15), titled(title, &NEXT), None),
        (jiff::civil::date(2027, 9, 1), titled(title, &NEXT), None),
        // So does somebody who says it.
        (jiff::civil::date(2027, 7, 15), pupils(&NEXT), Some(2027)),
        // Without either it is the day.
        (jiff::civil::date(2027, 8, 15), pupils(&NEXT), None),
        (jiff::civil::date(2027, 9, 1), pupils(&NEXT), None),
    ];
    for (day, next, year) in cases {
        let world = World::new().await;
        let first = world.preview("old.csv", &pupils(&OLD)).await;
        assert_eq!(first.year, 2026);
        world.confirm(&first, STAY).await.unwrap();
        assert_eq!(grade(&world, "2601", TODAY), Some(1));
        world.set(&format!("{day}T02:00:00Z"));
        let preview = world.preview_all(&[("next.csv", &next)], year).await.unwrap();
        assert_eq!(preview.year, 2027, "{day}");
        assert!(preview.to_string().contains("2027—2028"));
        let counts =
            (preview.counts.new, preview.counts.moved, preview.counts.unchanged, preview.counts.left);
        assert_eq!(counts, (1, 0, 1, 1), "{day}");
        world.confirm(&preview, PUPILS_LEAVE).await.unwrap();
        assert_eq!([grade(&world, "2601", day), grade(&world, "2701", day)], [Some(2), Some(1)], "{day}");
        let years = world.all::<Year>();
        for later in [jiff::civil::date(2027, 9, 1), jiff::civil::date(2028, 7, 31)] {
            assert_eq!(Year::of(&years, later).unwrap().begins_in, 2027);
        }
        // The same roster, once term has begun, does not move the year it began.
        world.set("2027-09-15T02:00:00Z");
        let again = world.preview_all(&[("next.csv", &next)], year).await.unwrap();
        assert_eq!(world.confirm(&again, STAY).await.unwrap().rows, 0, "{day}");
        assert_eq!(world.all::<Year>(), years);
    }
}

#[tokio::test]
async fn a_year_is_what_was_shown() {
    let world = World::new().await;
    world.set("2027-07-31T15:59:00Z");
    let before = world.preview("p.csv", &pupils(&OLD)).await;
    assert_eq!(before.year, 2026);
    // In the school's zone it is August now.
    world.set("2027-07-31T16:01:00Z");
    world.confirm(&before, STAY).await.unwrap();
    assert_eq!(world.all::<Year>()[0].begins_in, 2026);
    assert_eq!(world.preview("p.csv", &pupils(&OLD)).await.year, 2027);
    // A year that is there stays as it is.
    let again = world.preview_all(&[("p.csv", &pupils(&OLD))], Some(2026)).await.unwrap();
    assert_eq!(world.confirm(&again, STAY).await.unwrap().rows, 0);

    let files: [(&str, &[u8]); 2] =
        [("a.csv", &titled("2026—2027学年", &OLD)), ("b.csv", &titled("2027—2028学年", &NEXT))];
    assert_eq!(code(world.preview_all(&files, None).await.unwrap_err()), "years-differ");
    assert_eq!(world.preview_all(&files, Some(2027)).await.unwrap().year, 2027);
}
