//! Files to the school and from it, in pieces, so that a cut costs one piece.

use std::{collections::HashMap, sync::Arc};

use futures_util::StreamExt;
use tokio::sync::Mutex;
use xinmei_model::{
    FileHash,
    wire::{BeginUpload, UploadStand},
};

use super::transport::{Fetched, Lost, away};
use crate::{
    Client,
    api::Fault,
    fault::denied,
    replica::{PIECE, ToUpload},
};

/// An upload whose offset moves under it begins anew so often: another device of this person sends the same file.
const TRIES: u32 = 4;

/// Who fetches what: a file is fetched once, however many ask for it.
#[derive(Default)]
pub(crate) struct Fetching(Mutex<HashMap<FileHash, Arc<Mutex<()>>>>);

impl Client {
    /// Uploads the next file that a waiting wish carries. `None` where there is none.
    ///
    /// # Errors
    /// As [`Client::post`].
    pub async fn upload_once(&self) -> Result<Option<bool>, Fault> {
        let _one = self.core.uploading.lock().await;
        let (next, topics) = self.on_replica(|replica| replica.next_upload()).await?;
        self.emit(topics);
        let Some(file) = next else { return Ok(None) };
        match self.upload(file).await {
            Ok(()) => {}
            // The school will not have it, now or later: the wish is put aside with the reason.
            Err(lost) => match lost.trouble().filter(|trouble| !trouble.may_pass) {
                Some(trouble) => {
                    let park = move |replica: &crate::replica::Replica| {
                        replica.park_with_file(file.sha256, &trouble.code)
                    };
                    self.emit(self.on_replica(park).await?);
                }
                None => return Err(lost.fault),
            },
        }
        self.emit(["outbox", "sync", "file", "notice", "conversation"]);
        Ok(Some(true))
    }

    async fn upload(&self, file: ToUpload) -> Result<(), Lost> {
        let ToUpload { sha256, bytes } = file;
        let mut tries = 0;
        loop {
            let begin = BeginUpload { sha256, bytes };
            let UploadStand { mut offset } = self.try_post("/v1/uploads", &begin).await?;
            let moved = loop {
                self.on_replica(move |replica| replica.note_sent(sha256, offset)).await?;
                self.emit(["outbox", "file"]);
                if offset >= bytes {
                    return Ok(());
                }
                let part = self.on_replica(move |replica| replica.file_bytes(sha256, offset, PIECE)).await?;
                let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
                match self.try_part(&format!("/v1/uploads/{sha256}"), offset, part).await {
                    Ok(()) => offset = offset.saturating_add(length),
                    Err(lost) => break lost,
                }
            };
            let again = matches!(moved.code(), Some("upload-offset" | "file-changed" | "not-found"));
            tries += 1;
            if !again || tries >= TRIES {
                return Err(moved);
            }
        }
    }

    /// Fetches what is missing of a file.
    ///
    /// # Errors
    /// [`Fault::Denied`] with `file-gone` where the school has it no more, or not for whoever sits here; with `file-damaged`
    /// where what came is not it; as [`Client::post`].
    pub async fn fetch(&self, hash: FileHash, bytes: u32) -> Result<(), Fault> {
        let lock = Arc::clone(self.core.fetching.0.lock().await.entry(hash).or_default());
        let _one = lock.lock().await;
        let done = self.fetch_rest(hash, bytes).await;
        self.core.fetching.0.lock().await.remove(&hash);
        done
    }

    async fn fetch_rest(&self, hash: FileHash, bytes: u32) -> Result<(), Fault> {
        let stand = self.on_replica(move |replica| replica.file_stand(hash)).await?;
        if stand.is_some_and(|stand| stand.is_here()) {
            return Ok(());
        }
        let mut at = stand.map_or(0, |stand| stand.have);
        let response = match self.try_fetch(&format!("/v1/files/{hash}"), at).await {
            Ok(Fetched { begins, response }) if begins == u64::from(at) => response,
            Ok(_) => return Err(away(&"the school answered with another part")),
            Err(lost) if lost.code() == Some("not-found") => {
                return Err(denied("file-gone", "the school has this file no more, or not for you"));
            }
            Err(lost) => return Err(lost.fault),
        };
        let mut chunks = response.bytes_stream();
        let mut held: Vec<u8> = Vec::new();
        loop {
            let chunk = chunks.next().await.transpose();
            let end = matches!(chunk, Ok(None) | Err(_));
            if let Ok(Some(chunk)) = &chunk {
                held.extend_from_slice(chunk);
            }
            // What came before a cut is kept: the next time goes on from there.
            while held.len() >= PIECE || end && !held.is_empty() {
                let piece: Vec<u8> = held.drain(..held.len().min(PIECE)).collect();
                at = self.take_piece(hash, bytes, at, piece).await?;
            }
            match chunk {
                Ok(Some(_)) => {}
                Ok(None) if at == bytes => return Ok(()),
                Ok(None) => return Err(away(&"a file ended early")),
                Err(error) => return Err(away(&error)),
            }
        }
    }

    /// Keeps a piece; where the next one begins.
    async fn take_piece(&self, hash: FileHash, bytes: u32, at: u32, piece: Vec<u8>) -> Result<u32, Fault> {
        let next = at.saturating_add(u32::try_from(piece.len()).unwrap_or(u32::MAX));
        let damaged = || denied("file-damaged", "what the school sent is not this file");
        if next > bytes {
            return Err(damaged());
        }
        let right = self.on_replica(move |replica| replica.take_piece(hash, bytes, at, &piece)).await?;
        self.emit(["file"]);
        if right { Ok(next) } else { Err(damaged()) }
    }
}
