//! Who is whom: numbers, names and phones as the office writes them.

use std::collections::BTreeSet;

use xinmei_model::*;
use xinmei_server::import::shown::Counts;

use crate::world::*;

const ONE: &str = "本部,三年级,1班,1001,李一,男,李父,父亲,12800000001,李母,母亲,12800000001,";
const TWO: &str = "本部,三年级,1班,1002,李二,男,李父,父亲,12800000001,,,,";

#[tokio::test]
async fn name_and_phone_make_a_guardian_and_the_number_a_child() {
    let world = World::new().await;
    world.import("p.csv", &pupils(&[ONE, TWO]), false).await;
    // Parents who share a phone are two, the father of two is one.
    assert_eq!(world.all::<Person>().len(), 2);
    let rows = world.all::<Link>().len();

    // The same in the widths of a Chinese keyboard.
    let wide = ONE
        .replace("1001", "１００１")
        .replace("12800000001", "１２８ ０００００００１")
        .replace("李一", " 李　一 ");
    let preview = world.preview("p.csv", &pupils(&[&wide, TWO])).await;
    assert_eq!(preview.counts, Counts { unchanged: 2, ..Counts::default() });

    // Two who swap their names are still who their numbers say.
    let swapped = [ONE.replace("李一", "李二"), TWO.replace("李二", "李一")];
    let preview = world.preview("p.csv", &pupils(&[&swapped[0], &swapped[1]])).await;
    assert_eq!(preview.counts, Counts { changed: 2, ..Counts::default() });
    world.confirm(&preview, PUPILS_LEAVE).await.unwrap();
    assert_eq!((world.child("1001").name.as_str(), world.links_of("1001").len()), ("李二", 2));

    // Another name on a known phone is another person, who waits for nobody's rights.
    let aunt = TWO.replace("李父,父亲", "李姑,其他监护人");
    world.import("p.csv", &pupils(&[ONE, &aunt]), false).await;
    assert_eq!((world.all::<Person>().len(), world.all::<Link>().len()), (3, rows + 1));
    let father = world.father_of("1001").guardian;
    assert!(world.links_of("1002").iter().any(|link| link.guardian == father && link.to.is_none()));
}

#[tokio::test]
async fn a_new_sibling_has_the_parents_who_are_there() {
    let world = World::new().await;
    world.import("p.csv", &pupils(&[ONE]), false).await;
    let family = world.links_of("1001").into_iter().map(|link| link.guardian).collect::<BTreeSet<_>>();
    // A line of its own, and a phone that only one of two with this name has.
    let namesake = "本部,三年级,1班,1003,孙三,男,李父,父亲,12800000003,,,,";
    let sibling = "本部,三年级,1班,1004,李四,女,李母,母亲,12800000001,李父,父亲,12800000001,";
    world.import("n.csv", &pupils(&[namesake, sibling]), false).await;
    assert_eq!(world.all::<Person>().len(), 3);
    let of_sibling = world.links_of("1004").into_iter().map(|link| link.guardian).collect::<BTreeSet<_>>();
    assert_eq!(of_sibling, family);
    assert!(!family.contains(&world.father_of("1003").guardian));
}

#[tokio::test]
async fn whoever_comes_back_is_bound_again_and_old_words_are_put_away() {
    let world = World::new().await;
    let said = format!("{TWO}单亲");
    world.import("p.csv", &pupils(&[ONE, &said]), false).await;
    world.import("p.csv", &pupils(&[ONE]), true).await;
    let remark = world.all::<Remark>()[0].id;
    assert!(world.child("1002").path.is_empty() && world.father_of("1002").to.is_some());
    assert_eq!(world.feeds(remark.uuid()), "");
    world.import("p.csv", &pupils(&[ONE, &said]), false).await;
    assert!(world.father_of("1002").to.is_none() && world.father_of("1002").undecided);
    assert_eq!(world.feeds(remark.uuid()), "office");
}
