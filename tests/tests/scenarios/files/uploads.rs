//! Uploads and downloads by the wire alone: cut, changed, doubled, and asked for in parts.

use xinmei_model::{
    Act, FileHash, Hat, Verdict, limits,
    wire::{BeginUpload, UploadStand},
};
use xinmei_tests::{Raw, World};

use super::{attachment, pdf, said, talking};

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_goes_on_where_it_was_cut_at_any_byte() {
    let mut world = World::new().await;
    let mut raw = world.raw("李建国").await;
    let (conversation, child) = talking(&world, &mut raw).await;
    for (cut, cuts) in [(1, true), (7, false), (8, true), (15, false)] {
        let content = pdf(u8::try_from(cut).unwrap(), 16);
        let hash = FileHash::of(&content);
        let begin = BeginUpload { sha256: hash, bytes: 16 };
        let stand: UploadStand = raw.post("/v1/uploads", &begin).await.unwrap();
        assert_eq!(stand.offset, 0);
        assert_eq!(raw.part(hash, 0, &content[..cut]).await.0, 204);
        if cuts {
            world.kill_server().await;
            world.start().await;
        }
        let (status, headers, _) = raw.bytes("HEAD", &format!("/v1/uploads/{hash}"), &[], Vec::new()).await;
        assert_eq!((status, headers["upload-offset"].to_str().unwrap()), (200, cut.to_string().as_str()));
        assert_eq!(headers["upload-length"].to_str().unwrap(), "16");
        let stand: UploadStand = raw.post("/v1/uploads", &begin).await.unwrap();
        assert_eq!(stand.offset, u32::try_from(cut).unwrap(), "asking again is the same question");
        // Behind and ahead of where it stands nothing is taken.
        for at in [0, cut - 1, cut + 1].into_iter().filter(|at| *at != cut) {
            assert_eq!(raw.part(hash, at, &content[at..]).await, (409, "upload-offset".into()));
        }
        assert_eq!(raw.part(hash, cut, &[&content[cut..], b"more"].concat()).await.0, 413);
        assert_eq!(raw.file(hash).await.0, 404, "half a file is none");
        assert_eq!(raw.part(hash, cut, &content[cut..]).await.0, 204);
        assert_eq!(raw.file(hash).await, (200, content.clone()));
        let message = said("", vec![attachment("单.pdf", &content)]);
        let say = Act::SayMessage { conversation, child, message };
        assert!(matches!(raw.push(&Raw::wish(Hat::Guardian, say)).await, Verdict::Accepted { .. }));
    }
    world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_arrives_must_be_what_was_promised() {
    let world = World::new().await;
    let raw = world.raw("李建国").await;
    let content = pdf(9, 3_000);
    let hash = FileHash::of(&content);
    let begin = |bytes| BeginUpload { sha256: hash, bytes };
    let at = |stand: UploadStand| stand.offset;
    raw.post::<_, UploadStand>("/v1/uploads", &begin(3_000)).await.unwrap();
    assert_eq!(raw.part(hash, 0, &content[..1_000]).await.0, 204);
    // The file was changed while it was sent.
    assert_eq!(raw.part(hash, 1_000, &pdf(10, 2_000)).await, (422, "file-changed".into()));
    assert_eq!(at(raw.post("/v1/uploads", &begin(3_000)).await.unwrap()), 0, "it begins anew");
    // Two uploads at once, of one person on two devices: each byte is taken once.
    let twin = world.raw("李建国").await;
    let (one, other) =
        tokio::join!(raw.part(hash, 0, &content[..2_000]), twin.part(hash, 0, &content[..2_000]));
    let mut both = [one.0, other.0];
    both.sort_unstable();
    assert_eq!(both, [204, 409]);
    // And of somebody else: theirs is another upload.
    let somebody = world.raw("赵倩").await;
    assert_eq!(somebody.bytes("HEAD", &format!("/v1/uploads/{hash}"), &[], Vec::new()).await.0, 404);
    assert_eq!(somebody.part(hash, 2_000, &content[2_000..]).await.0, 404);
    assert_eq!(twin.part(hash, 2_000, &content[2_000..]).await.0, 204);
    assert_eq!(somebody.file(hash).await.0, 404, "an upload is its uploader's until a row names it");
    // What cannot be.
    let problem = |stand: Result<UploadStand, xinmei_model::wire::Problem>| stand.unwrap_err().code;
    assert_eq!(problem(raw.post("/v1/uploads", &begin(limits::FILE_BYTES + 1)).await), "too-large");
    assert_eq!(problem(raw.post("/v1/uploads", &begin(0)).await), "malformed");
    let mut quota = 0;
    for n in 0..40_u8 {
        let begin = BeginUpload { sha256: FileHash::of(&[n]), bytes: limits::FILE_BYTES };
        if let Err(problem) = somebody.post::<_, UploadStand>("/v1/uploads", &begin).await {
            assert_eq!((problem.status, problem.code.as_str()), (413, "upload-quota"));
            quota += 1;
        }
    }
    assert!(quota > 0, "nobody fills the disk with promises");
    let json = [("content-type", "application/json"), ("upload-offset", "0")];
    assert_eq!(raw.bytes("PATCH", &format!("/v1/uploads/{hash}"), &json, Vec::new()).await.0, 415);
    let huge = vec![0; limits::UPLOAD_PART_BYTES + 1];
    assert_eq!(raw.part(hash, 0, &huge).await.0, 413);
    for path in ["/v1/files/x", "/v1/files/..%2F..%2Fschool.db", "/v1/uploads/%00"] {
        assert_eq!(
            raw.bytes("GET", path, &[], Vec::new()).await.0,
            if path.contains("uploads") { 405 } else { 404 }
        );
    }
    world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_of_a_file_are_given_as_asked() {
    let world = World::new().await;
    let raw = world.raw("李建国").await;
    let content = pdf(11, 600_000);
    let hash = raw.upload(&content).await;
    for (range, status, part) in [
        ("bytes=0-", 206, Some(0..600_000)),
        ("bytes=599999-", 206, Some(599_999..600_000)),
        ("bytes=10-19", 206, Some(10..20)),
        ("bytes=10-9999999", 206, Some(10..600_000)),
        ("bytes=600000-", 416, None),
        ("bytes=19-10", 200, Some(0..600_000)),
        ("bytes=-5", 200, Some(0..600_000)),
        ("lines=1-2", 200, Some(0..600_000)),
    ] {
        let (found, headers, bytes) =
            raw.bytes("GET", &format!("/v1/files/{hash}"), &[("range", range)], Vec::new()).await;
        assert_eq!(found, status, "{range}");
        let Some(part) = part else { continue };
        assert!(bytes == content[part.clone()], "{range}");
        assert_eq!(headers["content-type"], "application/octet-stream");
        assert_eq!(headers["content-disposition"], "attachment");
        if status == 206 {
            let told = format!("bytes {}-{}/600000", part.start, part.end - 1);
            assert_eq!(headers["content-range"].to_str().unwrap(), told);
        }
    }
    world.end(&[]).await;
}
