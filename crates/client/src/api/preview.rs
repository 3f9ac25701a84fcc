//! Who would receive a notice, and why; and who would not.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Audience, Id, Person, Relation, Why};

use super::{
    audience::Because,
    profile::{ChildName, PlaceName},
};

/// `notice.preview`: the exact audience, before anything is sent.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NoticePreview")]
pub struct Preview {
    /// To whom.
    pub audience: Audience,
    /// Not before then.
    pub send_at: Option<Zoned>,
}

/// How much was asked today: of the class, or the family, of an audience that was asked most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Noise {
    /// How many notices that ask for something.
    pub today: u32,
    /// Of which class; `None` where it was one family that is named by itself, or nothing was asked.
    pub class: Option<PlaceName>,
}

/// The exact audience.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NoticePreviewed")]
pub struct Previewed {
    /// Families that will receive it; the button repeats this number.
    pub families: u32,
    /// Children they are told about.
    pub children: u32,
    /// Families where two guardians receive it.
    pub both: u32,
    /// Each family that receives it, and why; in class and 学号 order.
    pub list: Vec<RecipientView>,
    /// Children nobody is told about, each with its guardians and why.
    pub unreached: Vec<LeftOutView>,
    /// Other guardians who are left out while their family is told.
    pub left_out: Vec<LeftOutView>,
    /// People of shifts who are guardian of no child here: a notice goes to families.
    pub no_family: Vec<String>,
    /// How much was asked of them today already.
    pub noise: Noise,
    /// When it would go out, sent now; `None` as long as nothing is known of the school.
    pub goes_out: Option<Timestamp>,
    /// The end of the quiet hours it would wait for.
    pub quiet_until: Option<Timestamp>,
    /// Who else could agree to it, where the whole school is told: `None` where nobody has to.
    pub approvers: Option<Vec<Approver>>,
    /// As of when this list is, where the school cannot be reached.
    pub as_of: Option<Timestamp>,
}

/// Somebody who may agree to what the whole school is told.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Approver {
    /// Name.
    pub name: String,
    /// 校长
    pub title: String,
}

/// A family that will receive it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RecipientView {
    /// The children it names.
    pub children: Vec<ChildName>,
    /// Who receives it.
    pub guardians: Vec<GuardianName>,
    /// Why.
    pub because: Vec<Because>,
}

/// Somebody who does not receive it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct LeftOutView {
    /// Whose family.
    pub child: ChildName,
    /// Which guardian; `None` where the child has none.
    pub guardian: Option<GuardianName>,
    /// Why.
    pub why: Why,
}

/// A guardian, read from the child: 李雨桐妈妈（刘芳）.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GuardianName {
    /// Which.
    pub id: Id<Person>,
    /// Name.
    pub name: String,
    /// How related.
    pub relation: Relation,
    /// May decide today: 代办 rests on this right.
    pub decides: bool,
}
