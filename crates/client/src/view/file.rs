//! Files: given by the window, fetched from the school, opened and saved.

use data_encoding::BASE64;
use uuid::Uuid;
use xinmei_model::{
    Act, Answer, Attachment, Candidate, ChildFile, FileHash, HoursEntry, Id, Material, Message, Notice,
    ShownCandidate, extension, holds_what_it_says,
};

use super::{
    ask::read,
    reading::{Reading, count},
};
use crate::{
    Client,
    api::{
        Ask, Done, Fault,
        file::{
            FileView, Give, Given, Jpeg, Open, Piece, Read, Save, SaveAnswers, SavedAnswers, SavedAt,
            Thumbnail,
        },
        notice,
        sync::UploadProgress,
    },
    attach::{self, Prepared, Took},
    client::blocking,
    fault::{denied, invalid},
    replica::PIECE,
};

impl Ask for Give {
    type Reply = Given;

    async fn answer(self, client: &Client) -> Result<Given, Fault> {
        let Self { file, name, bytes, at, content } = self;
        if content.len() > PIECE.div_ceil(3) * 4 {
            return Err(invalid("content"));
        }
        let piece = BASE64.decode(content.as_bytes()).map_err(|_| invalid("content"))?;
        let (file, took) = client.take_incoming(file, name, bytes, at, &piece)?;
        let (name, content) = match took {
            Took::Part(have) => {
                let have = u32::try_from(have).unwrap_or(u32::MAX);
                return Ok(Given { file, have, attachment: None });
            }
            Took::Whole(name, content) => (name, content),
        };
        let Prepared { attachment, parts } = blocking(move || attach::prepare(&name, content)).await?;
        client.on_replica(move |replica| replica.keep_files(&parts)).await?;
        Ok(Given { file, have: bytes, attachment: Some(attachment) })
    }
}

impl Ask for Open {
    type Reply = Done;

    async fn answer(self, client: &Client) -> Result<Done, Fault> {
        let (file, content) = whole(client, self.of, self.sha256).await?;
        if !file.kind.opens() {
            return Err(denied("file-not-opened", "files of this kind are never opened from here"));
        }
        // The sender's word is not enough: the bytes decide.
        if !holds_what_it_says(extension(&file.name), &content) {
            return Err(denied("file-deceives", "the file is not what its name says"));
        }
        client.open_outside(file.name, content).await?;
        Ok(Done {})
    }
}

impl Ask for Save {
    type Reply = SavedAt;

    async fn answer(self, client: &Client) -> Result<SavedAt, Fault> {
        let (file, content) = whole(client, self.of, self.sha256).await?;
        let outside = client.core.options.outside.clone();
        let path = blocking(move || outside.save(&file.name, &content)).await?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(SavedAt { path: path.display().to_string(), name })
    }
}

impl Ask for SaveAnswers {
    type Reply = SavedAnswers;

    async fn answer(self, client: &Client) -> Result<SavedAnswers, Fault> {
        let opened = notice::Open { notice: self.notice, child: None }.answer(client).await?;
        // All are here before the first is saved: a line that is cut leaves no half of them, which the next try would
        // save a second time.
        for answer in opened.sheet.iter().flat_map(|cell| &cell.answers) {
            for file in &answer.files {
                client.fetch(file.attachment.sha256, file.attachment.bytes).await?;
            }
        }
        let mut saved = SavedAnswers { files: 0, last: None };
        for cell in &opened.sheet {
            for answer in &cell.answers {
                for file in &answer.files {
                    let (_, content) = whole(client, answer.id, file.attachment.sha256).await?;
                    let name = cell.file_name(&file.attachment);
                    let outside = client.core.options.outside.clone();
                    let path = blocking(move || outside.save(&name, &content)).await?;
                    saved.files += 1;
                    saved.last = path.file_name().map(|name| name.to_string_lossy().into_owned());
                }
            }
        }
        Ok(saved)
    }
}

impl Ask for Thumbnail {
    type Reply = Jpeg;

    async fn answer(self, client: &Client) -> Result<Jpeg, Fault> {
        let Self { of, sha256, thumbnail } = self;
        let bytes = match of {
            Some(of) => {
                let file = read(client, move |reading| reading.attachment(of, sha256)).await?;
                let picture = file.picture.filter(|picture| picture.thumbnail == thumbnail);
                let bytes = picture.ok_or_else(|| invalid("thumbnail"))?.thumbnail_bytes;
                client.fetch(thumbnail, bytes).await?;
                bytes
            }
            None => {
                let stand = client.on_replica(move |replica| replica.file_stand(thumbnail)).await?;
                stand.filter(|stand| stand.is_here()).ok_or_else(|| invalid("thumbnail"))?.bytes
            }
        };
        let content = client
            .on_replica(move |replica| replica.file_bytes(thumbnail, 0, usize::try_from(bytes).unwrap_or(0)))
            .await?;
        if !attach::is_thumbnail(&content) {
            return Err(denied("file-deceives", "the thumbnail is none"));
        }
        Ok(Jpeg { content: BASE64.encode(&content) })
    }
}

impl Ask for Read {
    type Reply = Piece;

    async fn answer(self, client: &Client) -> Result<Piece, Fault> {
        let Self { of, sha256, at } = self;
        let file = read(client, move |reading| reading.attachment(of, sha256)).await?;
        client.fetch(sha256, file.bytes).await?;
        let content = client.on_replica(move |replica| replica.file_bytes(sha256, at, PIECE)).await?;
        Ok(Piece { content: BASE64.encode(&content) })
    }
}

/// A file with all of its bytes.
async fn whole(client: &Client, of: Uuid, sha256: FileHash) -> Result<(Attachment, Vec<u8>), Fault> {
    let file = read(client, move |reading| reading.attachment(of, sha256)).await?;
    client.fetch(sha256, file.bytes).await?;
    let content = client
        .on_replica(move |replica| {
            replica.touch_file(sha256)?;
            replica.file_bytes(sha256, 0, usize::MAX)
        })
        .await?;
    Ok((file, content))
}

impl Reading<'_> {
    /// A file that a notice, for all or for one child, an answer or a message carries, one that waits here too.
    fn attachment(&self, of: Uuid, sha256: FileHash) -> Result<Attachment, Fault> {
        let mut files = Vec::new();
        if let Some(notice) = self.snapshot.get::<Notice>(Id::new(of))? {
            files.extend(notice.files);
        }
        if let Some(own) = self.snapshot.get::<ChildFile>(Id::new(of))? {
            files.push(own.file);
        }
        if let Some(answer) = self.snapshot.get::<Answer>(Id::new(of))? {
            files.extend(answer.given.reply.files().iter().cloned());
        }
        if let Some(said) = self.snapshot.get::<Message>(Id::new(of))? {
            files.extend(said.files);
        }
        if let Some(entry) = self.snapshot.get::<HoursEntry>(Id::new(of))? {
            files.extend(entry.files);
        }
        if let Some(one) = self.snapshot.get::<Candidate>(Id::new(of))? {
            let entries = one.earlier.into_iter().chain([one.entry]).chain(one.fine);
            files.extend(entries.filter_map(|entry| entry.poster));
        }
        if let Some(one) = self.snapshot.get::<ShownCandidate>(Id::new(of))? {
            files.extend(one.entry.and_then(|entry| entry.poster));
        }
        if let Some(material) = self.snapshot.get::<Material>(Id::new(of))? {
            files.push(material.file);
        }
        for entry in self.snapshot.outbox()? {
            files.extend(entry.mutation.act.files().cloned());
        }
        files.into_iter().find(|file| file.sha256 == sha256).ok_or_else(|| invalid("file"))
    }

    /// Files as the window shows them. `waits`: they are part of a wish that has not been sent.
    pub(crate) fn file_views(&self, files: &[Attachment], waits: bool) -> Result<Vec<FileView>, Fault> {
        let view = |file: &Attachment| {
            let stand = self.snapshot.file_stand(file.sha256)?;
            let sent = stand.map_or(0, |stand| if stand.up.is_some() { stand.bytes } else { stand.sent });
            Ok(FileView {
                attachment: file.clone(),
                opens: file.kind.opens(),
                here: stand.map_or(0, |stand| stand.have),
                // What is not here is not sent from here: another's, which stays in a changed answer.
                sent: stand.filter(|_| waits).map(|_| sent),
            })
        };
        files.iter().map(view).collect()
    }

    /// How far the files of an act have come; `None` where it carries none that go from here.
    pub(crate) fn upload(&self, act: &Act) -> Result<Option<UploadProgress>, Fault> {
        let files: Vec<_> = act.files().cloned().collect();
        let views = self.file_views(&files, true)?;
        let own = || views.iter().filter_map(|file| Some((u64::from(file.attachment.bytes), file.sent?)));
        let (bytes, sent) =
            own().fold((0, 0), |(all, sent), (bytes, up)| (all + bytes, sent + u64::from(up)));
        let there = own().filter(|(bytes, up)| u64::from(*up) >= *bytes);
        let hundredths = sent.saturating_mul(100).checked_div(bytes).unwrap_or(100);
        let percent = u32::try_from(hundredths).unwrap_or(100).min(100);
        Ok((own().next().is_some()).then(|| UploadProgress {
            files: count(own()),
            there: count(there),
            percent,
        }))
    }
}
