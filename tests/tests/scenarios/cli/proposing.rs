//! 建议人选 by command line: it is read before anybody is asked, and what is stale asks nobody.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_is_read_and_then_sent_as_it_was_read_or_not_at_all() {
    let windows = Windows::open().await;
    let places = windows.zhou.call("event.list", &json!({})).await;
    let one = |day: &str, needed: u32| json!({ "starts": format!("{day}T07:30[Asia/Shanghai]"), "ends": format!("{day}T08:10[Asia/Shanghai]"), "needed": needed });
    let post = json!({
        "place": places["places"][0]["id"], "title": "护学岗", "about": "", "meeting_point": "南门", "programme": "",
        "shifts": [one("2026-11-24", 1), one("2026-11-26", 1)],
        // A search by itself would ask them first.
        "terms": { "stand_in": "off" },
    });
    let file = windows.file("post.json", &post);
    accepted(&windows.zhou.does(&["shift", "post", &file]).await);
    windows.li.does(&["sync"]).await;
    let shifts = windows.li.does(&["shift", "list"]).await.cells();
    let (first, second) = (shifts[0][0].clone(), shifts[1][0].clone());
    accepted(&windows.li.does(&["shift", "take", &first]).await);
    windows.zhou.does(&["sync"]).await;

    let shown = windows.zhou.does(&["volunteer", "propose", &second]).await;
    let cells = shown.cells();
    assert!(shown.out.contains("李建国") && shown.out.contains("shifts of this post: 1"), "{}", shown.out);
    let read = cells.last().unwrap()[1].clone();
    assert_eq!(cells.last().unwrap()[0], "proposal");
    let json = windows.zhou.does(&["--json", "volunteer", "propose", &second]).await.json();
    assert_eq!(json["proposal"], json!(read));

    // Somebody took a place meanwhile: nobody is asked by what was read before.
    windows.zhao.does(&["sync"]).await;
    accepted(&windows.zhao.does(&["shift", "take", &second]).await);
    windows.zhou.does(&["sync"]).await;
    let stale = windows.zhou.run(&["volunteer", "propose", &second, "--ask", &read]).await;
    assert!(stale.err.contains("the shift is full"), "{}", stale.err);
    let asked = || async {
        let roster = windows.zhou.does(&["--json", "shift", "roster"]).await.json();
        roster["posts"][0]["shifts"][1]["offered"].as_array().unwrap().len()
    };
    assert_eq!(asked().await, 0);

    // They give it back: it is read again, and sent as it reads now.
    accepted(&windows.zhao.does(&["shift", "drop", &second]).await);
    windows.zhou.does(&["sync"]).await;
    let again = windows.zhou.does(&["volunteer", "propose", &second]).await.cells();
    let read = again.last().unwrap()[1].clone();
    let sent = ["volunteer", "propose", &second, "--ask", &read, "--words", "周四早上缺人"];
    let sent = windows.zhou.does(&sent).await;
    assert!(sent.out.contains("李建国") && sent.out.contains("accepted"), "{}", sent.out);
    windows.zhou.does(&["sync"]).await;
    assert_eq!(asked().await, 1);
    let stale = windows.zhou.run(&["volunteer", "propose", &second, "--ask", &read]).await;
    assert!(stale.err.contains("nobody was asked"), "who was asked is not asked again: {}", stale.err);
    windows.world.end(&[]).await;
}
