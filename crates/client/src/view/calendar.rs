//! A person's calendar: its address, of which this computer alone knows the secret, and files that need no address.

#[cfg(test)]
mod tests;

use data_encoding::BASE64URL_NOPAD;
use xinmei_model::{
    Act, Booking, CalendarEntry, CalendarLanguage, CalendarLink, FileHash, ICalendar, Id, calendar_of,
    file_name_of,
};

use super::ask::save;
use crate::{
    Client, Snapshot,
    api::{
        Ask, Fault, Saved,
        calendar::{Address, End, Look, Make, Print, Save, Text},
        file::SavedAt,
        table::Language,
    },
    client::blocking,
    fault::invalid,
    replica::{Enrolment, meta},
};

/// Where the secret of the address is kept that was made here last.
const SECRET: &str = "calendar-secret";
/// And of the one before, which stands until the school has the new one, and if it refuses it.
const SECRET_BEFORE: &str = "calendar-secret-before";
/// Characters of a title in the name of its file.
const TITLE_CHARS: usize = 50;

impl Ask for Look {
    type Reply = Address;

    async fn answer(self, client: &Client) -> Result<Address, Fault> {
        let enrolment = client.on_replica(|replica| replica.enrolment()).await?;
        let enrolment = enrolment.ok_or_else(|| invalid("profile"))?;
        client.read(move |snapshot| look(snapshot, &enrolment, self.language)).await
    }
}

impl Ask for Make {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let secret: [u8; 32] = client.core.options.edge.bytes();
        // Kept first: an address that nobody knows is of no use.
        let text = BASE64URL_NOPAD.encode(&secret);
        let stands = client.read(standing).await?;
        client
            .write(move |conn| {
                if let Some(stands) = stands {
                    meta::put(conn, SECRET_BEFORE, &stands)?;
                }
                meta::put(conn, SECRET, &text)
            })
            .await?;
        save(client, Act::MakeCalendarLink { secret_sha256: FileHash::of(&secret) }).await
    }
}

impl Ask for End {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::EndCalendarLink).await
    }
}

impl Ask for Save {
    type Reply = SavedAt;

    async fn answer(self, client: &Client) -> Result<SavedAt, Fault> {
        let (name, text) = client.read(move |snapshot| file(snapshot, self.booking, self.language)).await?;
        let outside = client.core.options.outside.clone();
        let path = blocking(move || outside.save(&name, text.as_bytes())).await?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(SavedAt { path: path.display().to_string(), name })
    }
}

impl Ask for Print {
    type Reply = Text;

    async fn answer(self, client: &Client) -> Result<Text, Fault> {
        let language = self.language;
        let read = move |snapshot: &Snapshot<'_>| {
            Ok(Text { content: written(snapshot, &entries(snapshot, language)?, language)? })
        };
        client.read(read).await
    }
}

fn look(snapshot: &Snapshot<'_>, enrolment: &Enrolment, language: Language) -> Result<Address, Fault> {
    let id = CalendarLink::of(snapshot.person());
    let link = snapshot.get(id)?.filter(|link| link.ended.is_none());
    let secret = standing(snapshot)?;
    let ending = match language {
        Language::Chinese => ".ics",
        Language::English => ".en.ics",
    };
    Ok(Address {
        made: link.as_ref().map(|link| link.made),
        address: secret.map(|secret| format!("https://{}/calendar/{secret}{ending}", enrolment.address)),
        private: enrolment.ca.is_some(),
        pending: snapshot.is_pending(id.uuid())?,
    })
}

/// The secret of the address that stands. One made on another computer has a secret that is not here.
fn standing(snapshot: &Snapshot<'_>) -> Result<Option<String>, Fault> {
    let link = snapshot.get(CalendarLink::of(snapshot.person()))?.filter(|link| link.ended.is_none());
    let Some(link) = link else { return Ok(None) };
    let kept = [snapshot.fact(SECRET)?, snapshot.fact(SECRET_BEFORE)?];
    Ok(kept.into_iter().flatten().find(|secret| fits(secret, &link)))
}

fn fits(secret: &str, link: &CalendarLink) -> bool {
    let bytes = BASE64URL_NOPAD.decode(secret.as_bytes());
    bytes.is_ok_and(|bytes| FileHash::of(&bytes) == link.secret_sha256)
}

/// What stands in the calendar of whoever sits here, as far as this computer knows.
fn entries(snapshot: &Snapshot<'_>, language: Language) -> Result<Vec<CalendarEntry>, Fault> {
    let me = snapshot.person();
    snapshot.settle(|facts| calendar_of(facts, me, spoken(language)))?.ok_or_else(|| invalid("calendar"))
}

fn spoken(language: Language) -> CalendarLanguage {
    match language {
        Language::Chinese => CalendarLanguage::Chinese,
        Language::English => CalendarLanguage::English,
    }
}

fn written(snapshot: &Snapshot<'_>, entries: &[CalendarEntry], language: Language) -> Result<String, Fault> {
    let school = snapshot.school()?.ok_or_else(|| invalid("school"))?;
    Ok(ICalendar { school: &school, source: None, entries, language: spoken(language) }.text())
}

/// One booking: what its file is called, and what it says.
fn file(
    snapshot: &Snapshot<'_>,
    booking: Id<Booking>,
    language: Language,
) -> Result<(String, String), Fault> {
    let mut all = entries(snapshot, language)?;
    all.retain(|entry| entry.of == booking.uuid());
    let entry = all.first().ok_or_else(|| invalid("booking"))?;
    // A title is no path.
    let title: String = entry.title.replace(['/', '\\'], " ").chars().take(TITLE_CHARS).collect();
    Ok((file_name_of(&format!("{title}.ics")), written(snapshot, &all, language)?))
}
