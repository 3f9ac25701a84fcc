//! Invites: issued to staff for printing, proved before trust, redeemed once.

use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;
use xinmei_model::{
    Actor, Facts, Id, Invitable, List, Person, Row, School, Stop, invite as code, limits, may_invite,
    may_join, may_redeem,
    wire::{Face, Invite, InviteProof, InvitedChild, IssueInvites, ProveInvite},
};

use crate::{
    Fail, Result,
    device::{Caller, decode, remove_devices},
    ledger::{Ledger, Tx, settle},
    store::{Arg, Session},
};

/// A printed strip is good for two weeks.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Strips of one request: a large class with two guardians each, twice.
const AT_ONCE: usize = 200;

/// What an invite needs to know of the server besides the code.
#[derive(Clone, Debug)]
pub struct Address {
    /// `school.example:8443`
    pub host: String,
    /// The private certificate authority, DER; empty where a public one is used.
    pub ca: Vec<u8>,
}

impl Address {
    /// The pin that invites carry.
    #[must_use]
    pub fn pin(&self) -> String {
        if self.ca.is_empty() { String::new() } else { code::pin_of(&self.ca) }
    }

    /// The public face of the school.
    #[must_use]
    pub fn face(&self, name: String) -> Face {
        let ca = (!self.ca.is_empty()).then(|| BASE64URL_NOPAD.encode(&self.ca));
        Face { name, protocol: xinmei_model::wire::PROTOCOL, ca }
    }
}

/// "Prove that you know this code": answered for a real invite only, in whatever state, so that the window can say
/// "used" or "expired" after it trusts the server.
///
/// # Errors
/// `invite-unknown`.
pub fn prove(
    session: &mut dyn Session,
    address: &Address,
    name: String,
    ask: &ProveInvite,
) -> Result<InviteProof> {
    let lookup: [u8; 16] = decode("lookup", &ask.lookup)?;
    let nonce: [u8; 16] = decode("nonce", &ask.nonce)?;
    let row = session
        .one("SELECT proof FROM invite WHERE lookup = $1", &[Arg::Bytes(&lookup)])?
        .ok_or_else(unknown)?;
    let key: [u8; 32] = row.bytes(0).try_into().map_err(|_| Fail::broken("an invite is damaged"))?;
    let proof = code::server_proof(&key, &nonce, &address.ca);
    Ok(InviteProof { proof: BASE64URL_NOPAD.encode(&proof), face: address.face(name) })
}

/// A code as a device shows it: which strip, that it is known, and by whom.
#[derive(Clone, Copy)]
pub struct Strip {
    /// Names the invite.
    pub lookup: [u8; 16],
    /// Over the device key.
    pub proof: [u8; 32],
    /// The device's public key.
    pub device_key: [u8; 32],
}

/// What a strip is good for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It was not used yet.
    First {
        /// Whose it is.
        person: Id<Person>,
        /// Whether that person wears a hat.
        staff: bool,
        /// Whether it removes the person's other devices.
        replace: bool,
    },
    /// This very device used it.
    Again {
        /// Whose it is.
        person: Id<Person>,
        /// The device it made.
        device: Uuid,
    },
}

/// What a strip is good for, if the device knows the code and the school still means it.
///
/// # Errors
/// `invite-unknown` (also for a wrong proof), `invite-used`, `invite-expired`, `invite-void` where the person may not
/// join any more or not by this strip.
pub fn check(session: &mut dyn Session, school: Id<School>, strip: &Strip, now: Timestamp) -> Result<Use> {
    let row = session
        .one(
            "SELECT proof, person, expires, used, replace, staff, device FROM invite WHERE lookup = $1",
            &[Arg::Bytes(&strip.lookup)],
        )?
        .filter(|row| proof_fits(row.bytes(0), strip))
        .ok_or_else(unknown)?;
    let person = Id::new(row.uuid(1));
    let expired = row.int(2) <= now.as_millisecond();
    if !row.is_null(3) {
        let device = session.one(
            "SELECT id FROM device WHERE id = $1 AND key = $2 AND removed IS NULL",
            &[Arg::Bytes(row.bytes(6)), Arg::Bytes(&strip.device_key)],
        )?;
        let device = device.filter(|_| !expired).ok_or_else(used)?;
        return Ok(Use::Again { person, device: device.uuid(0) });
    }
    if expired {
        return Err(Fail::caller(410, "invite-expired", "This strip is too old; ask for a new one."));
    }
    let for_staff = row.int(5) != 0;
    let staff = settle(session, school, now, |facts| {
        may_redeem(facts, person, for_staff).map(|invitable| invitable.staff)
    })?;
    match staff {
        Ok(staff) => Ok(Use::First { person, staff, replace: row.int(4) != 0 }),
        Err(_) => {
            let detail = "The school changed what this strip was for; ask the office for a new one.";
            Err(Fail::caller(410, "invite-void", detail))
        }
    }
}

/// Uses an invite up for a device. One that replaces a lost computer removes the person's other devices, and says
/// which.
///
/// # Errors
/// If the store fails.
pub fn redeem(
    tx: &mut Tx<'_>,
    strip: &Strip,
    device: Uuid,
    person: Id<Person>,
    replace: bool,
) -> Result<Vec<Uuid>> {
    let now = tx.now().as_millisecond();
    tx.session().execute(
        "UPDATE invite SET used = $1, device = $2 WHERE lookup = $3",
        &[Arg::Int(now), Arg::Bytes(device.as_bytes()), Arg::Bytes(&strip.lookup)],
    )?;
    if replace { remove_devices(tx, person) } else { Ok(Vec::new()) }
}

fn proof_fits(key: &[u8], strip: &Strip) -> bool {
    <&[u8; 32]>::try_from(key).is_ok_and(|key| code::check_device_proof(key, &strip.device_key, &strip.proof))
}

/// Issues invites for staff to print.
///
/// # Errors
/// `cannot-be-invited` where the hat does not reach a person or a link forbids it, `too-many`.
pub async fn issue(
    ledger: &Ledger,
    caller: Caller,
    address: Address,
    ask: IssueInvites,
) -> Result<Vec<Invite>> {
    if ask.persons.is_empty() || ask.persons.len() > AT_ONCE {
        return Err(Fail::caller(422, "too-many", format!("Ask for 1 to {AT_ONCE} invites at once.")));
    }
    let actor = Actor::Person { person: caller.person, hat: ask.hat };
    let (school, persons) = (ledger.identity.school, ask.persons.clone());
    let now = ledger.now();
    let guests = ledger
        .read(move |session| {
            persons
                .iter()
                .map(|person| {
                    match settle(session, school, now, |facts| {
                        described(facts, *person, may_invite(facts, &actor, *person)?)
                    })? {
                        Ok(guest) => Ok(guest),
                        // A stranger's class and an unknown person look the same.
                        Err(_) => Err(Fail::caller(
                            403,
                            "cannot-be-invited",
                            "Your role does not invite this person.",
                        )),
                    }
                })
                .collect::<Result<Vec<_>>>()
        })
        .await?;
    write_invites(ledger, address, guests, ask.replace_devices).await
}

/// Issues an invite from the server's own command line, where whoever can read the data folder may do anything.
///
/// # Errors
/// `cannot-be-invited` where the strip would be refused when it is redeemed; if the store fails.
pub async fn issue_from_console(
    ledger: &Ledger,
    address: Address,
    person: Id<Person>,
    replace: bool,
) -> Result<Invite> {
    let (school, now) = (ledger.identity.school, ledger.now());
    let guest = ledger
        .read(move |session| {
            settle(session, school, now, |facts| described(facts, person, may_join(facts, person)?))?
                .map_err(|_| nobody())
        })
        .await?;
    let invites = write_invites(ledger, address, vec![guest], replace).await?;
    invites.into_iter().next().ok_or(Fail::Stopping)
}

/// Somebody to be invited.
#[derive(Clone)]
struct Guest {
    person: Id<Person>,
    name: String,
    children: Vec<InvitedChild>,
    staff: bool,
}

fn described(facts: &Facts, person: Id<Person>, invitable: Invitable<'_>) -> Result<Guest, Stop> {
    let children = Facts::each(&invitable.links, |link| facts.get(link.child))?;
    let children = invitable
        .links
        .iter()
        .zip(children)
        .map(|(link, child)| InvitedChild {
            child: child.id,
            name: child.name.clone(),
            relation: link.relation,
        })
        .collect();
    Ok(Guest { person, name: facts.get(person)?.name.clone(), children, staff: invitable.staff })
}

async fn write_invites(
    ledger: &Ledger,
    address: Address,
    guests: Vec<Guest>,
    replace: bool,
) -> Result<Vec<Invite>> {
    // Stretching a code takes 20 ms: not on a thread that others wait for, and not inside the transaction.
    let edge = ledger.edge.clone();
    let coded = tokio::task::spawn_blocking(move || {
        guests
            .into_iter()
            .map(|guest| {
                let text = code::code_from_bits(u64::from_be_bytes(edge.random()));
                let keys =
                    code::CodeKeys::of(&text).ok_or_else(|| Fail::broken("a new code cannot be read"))?;
                Ok((guest, text, keys))
            })
            .collect::<Result<Vec<_>>>()
    })
    .await
    .map_err(|_| Fail::Stopping)??;
    let to_write = coded.clone();
    let expires = ledger
        .write(move |tx| {
            let now = tx.now();
            let expires = now.saturating_add(GOOD_FOR).map_err(Fail::broken)?;
            for (guest, _, keys) in &to_write {
                // A newer strip makes older ones of the same person void.
                tx.session().execute(
                    "UPDATE invite SET used = $1 WHERE person = $2 AND used IS NULL",
                    &[Arg::Int(now.as_millisecond()), Arg::Bytes(guest.person.uuid().as_bytes())],
                )?;
                tx.session().execute(
                    "INSERT INTO invite (lookup, proof, person, issued, expires, replace, staff)
                     VALUES ($1, $2, $3, $4, $5, $6, $7)",
                    &[
                        Arg::Bytes(&keys.lookup),
                        Arg::Bytes(&keys.proof),
                        Arg::Bytes(guest.person.uuid().as_bytes()),
                        Arg::Int(now.as_millisecond()),
                        Arg::Int(expires.as_millisecond()),
                        Arg::Int(i64::from(replace)),
                        Arg::Int(i64::from(guest.staff)),
                    ],
                )?;
            }
            Ok(expires)
        })
        .await?;
    let pin = address.pin();
    Ok(coded
        .into_iter()
        .map(|(guest, text, _)| {
            let link =
                code::InviteLink { address: address.host.clone(), pin: pin.clone(), code: text.clone() };
            Invite {
                person: guest.person,
                person_name: guest.name,
                children: guest.children,
                link: link.to_url(),
                code: text,
                address: address.host.clone(),
                expires,
            }
        })
        .collect())
}

fn nobody() -> Fail {
    let detail =
        "Nobody who may join: no role, and no child for whom a right stands and every remark is decided.";
    Fail::caller(403, "cannot-be-invited", detail)
}

/// A strip opens one account on one computer.
pub(crate) fn used() -> Fail {
    Fail::caller(410, "invite-used", "This strip was used already; ask for a new one.")
}

fn unknown() -> Fail {
    Fail::caller(404, "invite-unknown", "No strip has this code; check it letter by letter.")
}

/// Rows of a person, for the command line's search by name.
///
/// # Errors
/// If the store fails.
pub fn find_person(session: &mut dyn Session, name_or_number: &str) -> Result<Vec<Person>> {
    let rows =
        crate::ledger::read_list(session, List::All(xinmei_model::Kind::Person), limits::ROWS_PER_LIST)?;
    Ok(rows
        .into_iter()
        .filter_map(|row| if let Row::Person(person) = row { Some(person) } else { None })
        .filter(|person| {
            person.name == name_or_number || person.staff_number.as_deref() == Some(name_or_number)
        })
        .collect())
}
