//! What families wish of a conference, and what the school does in it.

use xinmei_model::{
    Act, ConferenceDraft, Id, Meeting, MeetingBooking, MeetingOffer, MeetingWish, MutationId, OfferDraft,
};

use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        conference::{Book, Withdraw},
        meeting_offer::{Cancel, CancelMeeting, Change, Note, Offer, PleaseCome, Publish, WithdrawOffer},
        sync::{ItemState, TakeBack},
    },
    view::{
        ask::{read, save},
        reading::Reading,
    },
};

impl Ask for Book {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let wish = MeetingBooking {
            conference: self.conference,
            meetings: self
                .meetings
                .into_iter()
                .map(|pick| MeetingWish { offer: pick.offer, starts: pick.starts, child: pick.child })
                .collect(),
            on_behalf_of: self.on_behalf_of,
        };
        save(client, Act::BookMeetings(wish)).await
    }
}

impl Ask for Withdraw {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let meeting = self.meeting;
        let unsent = read(client, move |reading| unsent(reading, meeting)).await?;
        // Nobody else has heard of a wish that was never sent: it is not sent, and what else was in it is wished alone.
        if let Some((mutation, rest)) = unsent
            && (TakeBack { mutation }).answer(client).await.is_ok()
        {
            return match rest {
                Some(rest) => save(client, Act::BookMeetings(rest)).await,
                None => Ok(Saved { mutation }),
            };
        }
        save(client, Act::WithdrawMeeting { meeting, on_behalf_of: self.on_behalf_of }).await
    }
}

/// The wish that would book a meeting and was not sent, and what else is in it.
fn unsent(
    reading: &Reading<'_>,
    id: Id<Meeting>,
) -> Result<Option<(MutationId, Option<MeetingBooking>)>, Fault> {
    let saved = reading.wishes.meetings().filter(|(_, entry)| entry.state == ItemState::Saved);
    for (wish, entry) in saved {
        let mut rest = wish.clone();
        rest.meetings.clear();
        for pick in &wish.meetings {
            let offer: Option<MeetingOffer> = reading.snapshot.get(pick.offer)?;
            let is_it = offer.is_some_and(|offer| Meeting::id_in(&offer, pick.starts, reading.me) == id);
            if !is_it {
                rest.meetings.push(pick.clone());
            }
        }
        if rest.meetings.len() < wish.meetings.len() {
            let rest = (!rest.meetings.is_empty()).then_some(rest);
            return Ok(Some((entry.mutation.id, rest)));
        }
    }
    Ok(None)
}

impl Ask for Publish {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let conference = ConferenceDraft {
            id: client.new_id(),
            kind: self.kind,
            place: self.place,
            title: self.title,
            about: self.about,
            opens: self.opens,
            closes: self.closes,
            minutes: self.minutes,
        };
        save(client, Act::OpenConference { conference }).await
    }
}

impl Ask for Change {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let id = self.conference;
        let before = read(client, move |reading| reading.conference(id)).await?;
        let conference = ConferenceDraft {
            id,
            kind: before.kind,
            place: before.place,
            title: self.title,
            about: self.about,
            opens: self.opens,
            closes: self.closes,
            minutes: self.minutes,
        };
        save(client, Act::ChangeConference { conference, version: self.version }).await
    }
}

impl Ask for Cancel {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::CancelConference { conference: self.conference, reason: self.reason }).await
    }
}

impl Ask for Offer {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let offer = OfferDraft {
            id: self.offer.unwrap_or_else(|| client.new_id()),
            conference: self.conference,
            place: self.times.place,
            room: self.times.room,
            from: self.times.from,
            until: self.times.until,
            minutes: self.times.minutes,
            buffer: self.times.buffer,
            breaks: self.times.breaks,
        };
        save(client, Act::OfferSlots { offer, cut: self.cut }).await
    }
}

impl Ask for WithdrawOffer {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::WithdrawSlots { offer: self.offer, cut: self.cut }).await
    }
}

impl Ask for CancelMeeting {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::CancelMeeting { meeting: self.meeting, reason: self.reason }).await
    }
}

impl Ask for PleaseCome {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { conference, child, words, ends } = self;
        save(client, Act::PleaseCome { conference, child, words, ends }).await
    }
}

impl Ask for Note {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::WriteMeetingNote { meeting: self.meeting, text: self.text }).await
    }
}
