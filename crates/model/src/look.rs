//! How an event looks on every screen: a colour its theme brings along. It means nothing by itself.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The colour of an event. Which shade it is, by day and by night, is the window's to say; none of them says how anything
/// stands, and none is the only thing that tells two events apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Look {
    /// As all others.
    #[default]
    Plain,
    /// 绿书签
    Green,
    /// 红领巾
    Red,
    /// 天蓝
    Blue,
    /// 金黄
    Gold,
    /// 梅紫
    Plum,
}

impl Look {
    /// Whether it looks as all others do.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        *self == Self::Plain
    }
}
