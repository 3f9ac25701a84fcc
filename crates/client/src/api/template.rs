//! Templates of notices.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Id, Template, TemplateDraft};

/// `template.list`: the school's and one's own, for whoever writes notices.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "TemplateList")]
pub struct List {}

/// Templates.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Templates {
    /// One's own first, then the school's; each by name.
    pub templates: Vec<TemplateView>,
    /// The hat keeps templates of its own.
    pub may_keep: bool,
    /// The hat keeps templates for everybody who works here.
    pub may_keep_school: bool,
}

/// A template.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TemplateView {
    /// Which.
    pub id: Id<Template>,
    /// What it says.
    pub draft: TemplateDraft,
    /// The names of its fields, in the order in which they are met.
    pub fields: Vec<String>,
    /// It is the school's, not one's own.
    pub school: bool,
    /// The hat may change and drop it.
    pub may_change: bool,
    /// When it was changed last.
    pub at: Timestamp,
}

/// `template.fill`: title and text with these values in their fields.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "TemplateFill")]
pub struct Fill {
    /// Which.
    pub template: Id<Template>,
    /// By the field's name.
    pub values: BTreeMap<String, String>,
}

/// A template with its fields filled.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "TemplateFilled")]
pub struct Filled {
    /// One line.
    pub title: String,
    /// Plain text.
    pub body: String,
    /// Fields that have no value: they stand in the text as they are.
    pub missing: Vec<String>,
}

/// `template.put`: a new one, or one that is there as it reads now.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "TemplatePut")]
pub struct Put {
    /// Which; a new one if `None`.
    pub template: Option<Id<Template>>,
    /// What it says.
    pub draft: TemplateDraft,
    /// For everybody who works here.
    pub school: bool,
}

/// `template.drop`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "TemplateDrop")]
pub struct Drop {
    /// Which.
    pub template: Id<Template>,
}
