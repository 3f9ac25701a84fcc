//! Hats, as one chooses among them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Id, OfficeHours, Role};

use super::profile::PlaceName;

/// A member of staff in a hat.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PartnerChoice {
    /// In which hat.
    pub role: Id<Role>,
    /// The name.
    pub name: String,
    /// 班主任
    pub title: String,
    /// 语文, for those who teach one.
    pub subject: Option<String>,
    /// When that person answers, as far as told.
    pub office_hours: Option<OfficeHours>,
}

/// A hat of somebody who talks with families.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct HatLine {
    /// Which.
    pub role: Id<Role>,
    /// Who wears it.
    pub name: String,
    /// 班主任
    pub title: String,
    /// 语文, for those who teach one.
    pub subject: Option<String>,
    /// Where it holds.
    pub place: PlaceName,
    /// It is no longer worn.
    pub over: bool,
}
