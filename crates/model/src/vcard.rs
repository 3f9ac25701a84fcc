//! The directory of partners as text: vCard 4.0 (RFC 6350), and what phones save, which is vCard 3.0 (RFC 2426). Why it is
//! written here: `docs/adr/0039-vcards-are-written-here.md`.
//!
//! A partner is a card of `KIND:org`, and each of its people one of `KIND:individual` with its name as `ORG`. A card of a phone
//! has no kind: one with `ORG` is somebody there.

use uuid::Uuid;

use crate::{Id, PartnerContact, PartnerDraft, PartnerOrg, icalendar::Lines, limits};

/// Partners as they are saved and sent.
#[must_use]
pub fn vcards<'p>(partners: impl IntoIterator<Item = (Id<PartnerOrg>, &'p PartnerDraft)>) -> String {
    let mut out = Lines::default();
    for (id, partner) in partners {
        org(&mut out, id, partner);
        for contact in &partner.contacts {
            individual(&mut out, &partner.name, contact);
        }
    }
    out.0
}

fn org(out: &mut Lines, id: Id<PartnerOrg>, partner: &PartnerDraft) {
    begin(out, "org");
    out.put(&format!("UID:urn:uuid:{id}"));
    out.text("FN", &partner.name);
    out.text("ORG", &partner.name);
    for (name, value) in [("CATEGORIES", &partner.about), ("URL", &partner.website), ("NOTE", &partner.note)]
    {
        match (name, value.is_empty()) {
            (_, true) => {}
            // A URI is no text: nothing in it is escaped.
            ("URL", false) => out.put(&format!("URL:{value}")),
            (name, false) => out.text(name, value),
        }
    }
    if !partner.address.is_empty() {
        // Seven parts, of which the third is the street: a Chinese address is one line, not seven.
        let street = one_part(&partner.address);
        out.put(&format!("ADR:;;{street};;;;"));
    }
    out.put("END:VCARD");
}

fn individual(out: &mut Lines, partner: &str, contact: &PartnerContact) {
    begin(out, "individual");
    out.text("FN", &contact.name);
    // Some phones show nothing but this; where a family name ends nobody wrote down.
    out.put(&format!("N:{};;;;", one_part(&contact.name)));
    out.text("ORG", partner);
    if !contact.title.is_empty() {
        out.text("TITLE", &contact.title);
    }
    if !contact.phone.is_empty() {
        out.text("TEL;TYPE=work", &contact.phone);
    }
    if !contact.email.is_empty() {
        out.text("EMAIL;TYPE=work", &contact.email);
    }
    out.put("END:VCARD");
}

fn begin(out: &mut Lines, kind: &str) {
    out.put("BEGIN:VCARD");
    out.put("VERSION:4.0");
    out.put(&format!("KIND:{kind}"));
}

/// One part of a value that has several (RFC 6350 §3.4).
fn one_part(text: &str) -> String {
    let mut escaped = Lines::default();
    // Written as a text without a name, unfolded: the line it goes into is folded.
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => escaped.0.extend(['\\', letter]),
            '\n' | '\r' => escaped.0.push_str("\\n"),
            letter if letter.is_control() => escaped.0.push(' '),
            letter => escaped.0.push(letter),
        }
    }
    escaped.0
}

/// Why a file holds no cards at all.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS, thiserror::Error,
)]
#[serde(rename_all = "kebab-case")]
pub enum VCardFault {
    /// More than [`limits::VCARD_BYTES`].
    #[error("larger than {} bytes", limits::VCARD_BYTES)]
    TooLarge,
    /// Not UTF-8, which vCard 4.0 and 3.0 are.
    #[error("not UTF-8")]
    NotUtf8,
    /// More than [`limits::VCARDS`] cards.
    #[error("more than {} cards", limits::VCARDS)]
    TooMany,
    /// No `BEGIN:VCARD`.
    #[error("no vCard in it")]
    None,
}

/// Why one card cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum CardFault {
    /// The file ends, or another card begins, before `END:VCARD`.
    NoEnd,
    /// Of another version than 3.0 and 4.0.
    Version {
        /// Which; empty where none stands.
        version: String,
    },
    /// A line that is no property.
    Line {
        /// Which line of the file, from 1.
        line: u32,
    },
    /// Quoted-printable, of vCard 2.1.
    Encoded {
        /// Which line of the file, from 1.
        line: u32,
    },
    /// Neither a name nor an organisation.
    NoName,
    /// What it says does not fit the directory: the field of [`PartnerDraft`], `contacts.phone`.
    Unfit {
        /// Which.
        field: String,
    },
}

/// A card of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VCard {
    /// The line on which it begins, from 1.
    pub line: u32,
    /// The name it gives, as far as it was read: a person finds the card by it.
    pub name: String,
    /// Of which partner it tells, and what.
    pub told: Result<Told, CardFault>,
}

/// What one card tells of a partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The partner, where the card was written by us.
    pub id: Option<Id<PartnerOrg>>,
    /// The partner, with what this card says of it.
    pub partner: PartnerDraft,
}

/// Reads a file. A card that cannot be read spoils no other.
///
/// # Errors
/// [`VCardFault`].
pub fn read_vcards(bytes: &[u8]) -> Result<Vec<VCard>, VCardFault> {
    if bytes.len() > limits::VCARD_BYTES {
        return Err(VCardFault::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| VCardFault::NotUtf8)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut cards = Vec::new();
    let mut open: Option<(u32, Vec<(u32, String)>)> = None;
    for (line, content) in unfolded(text) {
        let says = |what: &str| content.trim().eq_ignore_ascii_case(what);
        if says("BEGIN:VCARD") {
            if let Some((from, lines)) = open.replace((line, Vec::new())) {
                cards.push(card(from, &lines, false));
            }
        } else if says("END:VCARD") {
            cards.extend(open.take().map(|(from, lines)| card(from, &lines, true)));
        } else if let Some((_, lines)) = &mut open {
            lines.push((line, content));
        }
        if cards.len() > limits::VCARDS {
            return Err(VCardFault::TooMany);
        }
    }
    cards.extend(open.map(|(from, lines)| card(from, &lines, false)));
    match cards.len() {
        0 => Err(VCardFault::None),
        many if many > limits::VCARDS => Err(VCardFault::TooMany),
        _ => Ok(cards),
    }
}

/// Lines put together again (RFC 6350 §3.2), each with its number in the file; without empty ones.
fn unfolded(text: &str) -> Vec<(u32, String)> {
    let mut lines: Vec<(u32, String)> = Vec::new();
    for (number, line) in (1_u32..).zip(text.split('\n')) {
        let line = line.strip_suffix('\r').unwrap_or(line);
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, before))) => before.push_str(rest),
            _ if line.trim().is_empty() => {}
            _ => lines.push((number, line.to_owned())),
        }
    }
    lines
}

/// One property.
struct Property<'l> {
    name: String,
    parameters: &'l str,
    value: &'l str,
}

/// `item1.TEL;TYPE=work:023 6310 0000`; a colon in quotes ends nothing.
fn property(line: &str) -> Option<Property<'_>> {
    let mut quoted = false;
    let colon = line.char_indices().find_map(|(at, letter)| {
        quoted ^= letter == '"';
        (letter == ':' && !quoted).then_some(at)
    })?;
    let (head, value) = (line.get(..colon)?, line.get(colon + 1..)?);
    let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
    let name = name.rsplit('.').next()?.trim().to_ascii_uppercase();
    let known = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    (!name.is_empty() && name.chars().all(known)).then_some(Property { name, parameters, value })
}

/// A value in parts, each as it reads.
fn parts(value: &str, between: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        let part = match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => Some('\n'),
                escaped => escaped,
            },
            letter if letter == between => {
                parts.push(String::new());
                None
            }
            letter => Some(letter),
        };
        if let (Some(letter), Some(last)) = (part, parts.last_mut()) {
            last.push(letter);
        }
    }
    parts
}

/// A value that has no parts.
fn whole(value: &str) -> String {
    parts(value, '\0').concat()
}

/// Of several telephones or addresses the first is kept that says anything.
fn first(kept: &mut String, value: String) {
    if kept.is_empty() {
        value.trim().clone_into(kept);
    }
}

fn card(line: u32, lines: &[(u32, String)], ended: bool) -> VCard {
    let mut name = String::new();
    let told = if ended { told(lines, &mut name) } else { Err(CardFault::NoEnd) };
    VCard { line, name, told }
}

fn told(lines: &[(u32, String)], full_name: &mut String) -> Result<Told, CardFault> {
    let (mut version, mut kind, mut id) = (String::new(), String::new(), None);
    let (mut parted, mut partner, mut contact) =
        (String::new(), PartnerDraft::default(), PartnerContact::default());
    for (number, line) in lines {
        let one = property(line).ok_or(CardFault::Line { line: *number })?;
        if one.parameters.to_ascii_uppercase().contains("QUOTED-PRINTABLE") {
            return Err(CardFault::Encoded { line: *number });
        }
        match one.name.as_str() {
            "VERSION" => one.value.trim().clone_into(&mut version),
            "KIND" => kind = one.value.trim().to_ascii_lowercase(),
            "UID" => {
                let uuid = one.value.trim().strip_prefix("urn:uuid:").and_then(|id| Uuid::parse_str(id).ok());
                id = uuid.map(Id::new);
            }
            "FN" => first(full_name, whole(one.value)),
            "N" => first(&mut parted, parts(one.value, ';').concat()),
            // What comes after the first part are departments.
            "ORG" => first(&mut partner.name, parts(one.value, ';').swap_remove(0)),
            "TITLE" => first(&mut contact.title, whole(one.value)),
            "TEL" => {
                let value = whole(one.value);
                first(&mut contact.phone, value.trim().trim_start_matches("tel:").to_owned());
            }
            "EMAIL" => first(&mut contact.email, whole(one.value)),
            "ADR" => {
                // Country and code come last in it, and first in a Chinese address.
                let mut address = parts(one.value, ';');
                let code = if address.len() > 5 { address.remove(5) } else { String::new() };
                address.reverse();
                let said: Vec<_> =
                    address.iter().chain([&code]).map(|it| it.trim()).filter(|it| !it.is_empty()).collect();
                first(&mut partner.address, said.join(" "));
            }
            "URL" => first(&mut partner.website, one.value.to_owned()),
            "NOTE" => first(&mut partner.note, whole(one.value)),
            "CATEGORIES" => first(&mut partner.about, parts(one.value, ',').join("、")),
            // A picture, a birthday: not for the directory.
            _ => {}
        }
    }
    first(full_name, parted);
    if !matches!(version.as_str(), "3.0" | "4.0") {
        return Err(CardFault::Version { version: version.chars().take(20).collect() });
    }
    let is_org = kind == "org" || partner.name.is_empty() || partner.name == *full_name;
    if partner.name.is_empty() {
        full_name.clone_into(&mut partner.name);
    }
    first(full_name, partner.name.clone());
    if partner.name.is_empty() {
        return Err(CardFault::NoName);
    }
    if is_org {
        // A number of the house itself: it is under the name of the house.
        if !contact.phone.is_empty() || !contact.email.is_empty() {
            partner.contacts.push(PartnerContact { name: partner.name.clone(), ..contact });
        }
    } else {
        partner.contacts.push(PartnerContact { name: full_name.clone(), ..contact });
        id = None;
    }
    let partner = partner.tidy();
    match partner.check() {
        Ok(()) => Ok(Told { id, partner }),
        Err(crate::Stop::Refused(
            crate::Refusal::Malformed { field } | crate::Refusal::TooMany { field, .. },
        )) => Err(CardFault::Unfit { field }),
        Err(_) => Err(CardFault::Unfit { field: "name".into() }),
    }
}
