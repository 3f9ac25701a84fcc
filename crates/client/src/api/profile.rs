//! Who is sitting here: joining, unlocking, hats.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Hat, Id, OfficeHours, Person, Place, QuietHours, RoleKind};

/// `profile.status`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ProfileStatus")]
pub struct Status {}

/// `profile.unlock`: where there is no keyring, the password opens the store.
#[derive(Clone, Serialize, Deserialize, TS)]
#[ts(rename = "ProfileUnlock")]
pub struct Unlock {
    /// The password chosen when joining.
    pub password: String,
}

/// `profile.sign-in`: after a long absence the school asks for the password once more.
#[derive(Clone, Serialize, Deserialize, TS)]
#[ts(rename = "ProfileSignIn")]
pub struct SignIn {
    /// The password chosen when joining.
    pub password: String,
}

/// `profile.sign-out`: ends the session; the replica stays, locked.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ProfileSignOut")]
pub struct SignOut {}

/// `profile.wear`: put on another hat.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ProfileWear")]
pub struct Wear {
    /// Which.
    pub hat: Hat,
}

macro_rules! hide_password {
    ($($name:ident),+) => { $(impl std::fmt::Debug for $name {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(concat!(stringify!($name), " { .. }"))
        }
    })+ };
}
hide_password!(Unlock, SignIn, Join);

/// How this profile stands.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ProfileStanding")]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Standing {
    /// Nobody has joined on this computer.
    New,
    /// The password is needed.
    Locked,
    /// This device was removed by the school; what was waiting can still be read.
    Removed,
    /// Somebody is here.
    Ready {
        /// Who.
        me: Box<Me>,
    },
}

/// The person at this computer.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Me {
    /// Identity.
    pub person: Id<Person>,
    /// Name.
    pub name: String,
    /// The school's name; empty until the first sync.
    pub school: String,
    /// IANA zone of every wall time shown.
    pub zone: String,
    /// The calendar year the school year began in.
    pub year: i16,
    /// When nothing goes out to anybody.
    pub quiet: Option<QuietHours>,
    /// Those of staff, where they have their own.
    pub quiet_staff: Option<QuietHours>,
    /// How long a notice stands in its author's hands, in seconds.
    pub hold_s: u32,
    /// How long it takes from one campus to another, in minutes.
    pub travel_min: u32,
    /// Whether the hat that is on may set them.
    pub sets_quiet: bool,
    /// When messages are answered in the hat that is on.
    pub office_hours: Option<OfficeHours>,
    /// Whether the hat that is on says so at all.
    pub keeps_office_hours: bool,
    /// Every hat worn today.
    pub hats: Vec<HatView>,
    /// The hat that is on.
    pub hat: Hat,
    /// Whether the first sync is still running; lists say "arriving" instead of "empty".
    pub arriving: bool,
}

/// A hat, as the foot of the rail shows it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct HatView {
    /// Which.
    pub hat: Hat,
    /// What it allows; `None` for a guardian.
    pub kind: Option<RoleKind>,
    /// 班主任; empty for a guardian.
    pub title: String,
    /// Where it holds; `None` for a guardian.
    pub place: Option<PlaceName>,
    /// The guardian's children.
    pub children: Vec<ChildName>,
}

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StaffName {
    /// Who.
    pub person: Id<Person>,
    /// Name.
    pub name: String,
}

/// A place in words the window can say in any language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlaceName {
    /// Which.
    pub id: Id<Place>,
    /// `school`, `campus`, `grade` or `class`.
    pub level: xinmei_model::Level,
    /// The campus, or the school's name at the top.
    pub name: String,
    /// 3 in 三年级, this school year; grades and classes.
    pub grade: Option<i16>,
    /// 2 in 2班; classes.
    pub number: Option<u8>,
}

/// A child, always told apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChildName {
    /// Which.
    pub id: Id<xinmei_model::Child>,
    /// Name.
    pub name: String,
    /// The last four of 学号 where two children of that name are in one class; else empty.
    pub tail: String,
    /// The class, while enrolled.
    pub class: Option<PlaceName>,
}

/// `join.look`: is this a school, and does it know the code? Nothing secret is sent.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "JoinLook")]
pub struct Look {
    /// The whole link, or the address as typed.
    pub address: String,
    /// The code as typed; empty where `address` is a link.
    pub code: String,
}

/// The school proved that it knows the code.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "JoinLooked")]
pub struct Looked {
    /// Its name.
    pub school: String,
    /// Its address, normalised.
    pub address: String,
}

/// `join.enrol`: this computer becomes a device of the school.
#[derive(Clone, Serialize, Deserialize, TS)]
#[ts(rename = "JoinEnrol")]
pub struct Join {
    /// As in `join.look`.
    pub address: String,
    /// As in `join.look`.
    pub code: String,
    /// At least 10 characters, staff 15.
    pub password: String,
    /// What the person calls this computer.
    pub device_name: String,
}
