//! 护学岗: whose turn it is, who fills it, and the plan a desk lays over the shifts that stand.

use jiff::{Zoned, civil::Date};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{FamilyName, Id, Person, ShiftTurns, TakeState, TurnCount, TurnPlan};

use super::{
    profile::PlaceName,
    shift::{ShiftLine, TurnLine},
    sync::ItemState,
};

/// `turns.classes`: the turns of one's own classes: as a family, as its contact, or as who minds its families.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "TurnsClasses")]
pub struct Classes {}

/// Classes with their turns.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ClassesInTurn {
    /// By campus, grade and number. A hat over many classes reads only those that have something to read.
    pub classes: Vec<ClassInTurn>,
}

/// A class, who fills its turns, and how they stand.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ClassInTurn {
    /// Which.
    pub class: PlaceName,
    /// Its contacts, by name.
    pub contacts: Vec<ContactView>,
    /// Whether one is its contact oneself.
    pub contact: bool,
    /// Whether the hat names contacts and may ask any family of it.
    pub minds: bool,
    /// Whether one said that one may be asked; none where one is no family of it.
    pub ready: Option<bool>,
    /// A wish to say so, or no longer, waits on this computer, or was refused.
    pub ready_pending: Option<ItemState>,
    /// 代办: the school entered that one may be asked.
    pub ready_entered: bool,
    /// Families that may be asked; for its contact and who minds it.
    pub families: Vec<ReadyFamily>,
    /// Parents of the class list, by child; only for who minds it.
    pub parents: Vec<ParentName>,
    /// Its turns to come, by start.
    pub days: Vec<TurnDay>,
}

/// A contact of a class.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ContactView {
    /// Who.
    pub person: Id<Person>,
    /// Name.
    pub name: String,
    /// As the class knows them.
    pub family: FamilyName,
    /// The last day, that of the school year.
    #[ts(type = "string")]
    pub until: Date,
    /// It is oneself.
    pub me: bool,
    /// A wish about it waits on this computer, or was refused.
    pub pending: Option<ItemState>,
}

/// A family that said that it may be asked.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ReadyFamily {
    /// Who.
    pub person: Id<Person>,
    /// As the class knows them.
    pub family: FamilyName,
    /// 代办: somebody entered it.
    pub entered: bool,
}

/// A parent of a class list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ParentName {
    /// Who.
    pub person: Id<Person>,
    /// Name.
    pub name: String,
    /// As the class knows them.
    pub family: FamilyName,
}

/// A shift at which it is a class's turn.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TurnDay {
    /// The shift, with one's own part in it.
    pub line: ShiftLine,
    /// What is kept of it for the class.
    pub turn: TurnLine,
    /// Who comes, is asked or gave it back, newest last; for the contact and who minds the class.
    pub parts: Vec<TurnPartView>,
}

/// Somebody's part in a turn.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TurnPartView {
    /// Who.
    pub person: Id<Person>,
    /// As the class knows them.
    pub family: FamilyName,
    /// Whether they come; none where only a wish to ask them waits.
    pub state: Option<TakeState>,
    /// 代办: somebody entered it.
    pub entered: bool,
    /// The class asked them, and may take it back.
    pub may_take_back: bool,
    /// A wish to ask them, or no longer, waits on this computer, or was refused.
    pub pending: Option<ItemState>,
}

/// `turns.preview`: whose turn it would be, before anything is laid.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "TurnsPreview")]
pub struct Preview {
    /// The shifts of which post.
    pub post: Id<xinmei_model::Post>,
    /// The plan; of none, the classes there are to choose from.
    pub plan: Option<TurnPlan>,
}

/// A plan laid over the shifts.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TurnsPreviewed {
    /// Classes below the post's place, by campus, grade and number, with how often each has its turn this term.
    pub classes: Vec<PreviewClass>,
    /// Its shifts in the plan, by start.
    pub shifts: Vec<PreviewShift>,
    /// What `set-turns` takes to save it as it is shown.
    pub turns: Vec<ShiftTurns>,
}

/// How often a class has its turn in the term, over all posts one plans.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PreviewClass {
    /// Which.
    pub class: PlaceName,
    /// As it stands.
    pub before: TurnCount,
    /// With this plan.
    pub after: TurnCount,
}

/// A shift in a plan.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PreviewShift {
    /// Which.
    pub shift: Id<xinmei_model::Shift>,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// People needed.
    pub needed: u32,
    /// People who come.
    pub taken: u32,
    /// Whose turn it would be; none where it would be open already.
    pub class: Option<PlaceName>,
    /// Places that would be kept.
    pub places: u32,
    /// Until when.
    pub until: Option<Zoned>,
    /// Whose turn it is now.
    pub was: Vec<PlaceName>,
}
