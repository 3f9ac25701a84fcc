//! Children and people by name, where the name is unique; by id always.

use anyhow::{Context, bail};
use clap::Args;
use xinmei_client::api::{Request, class, profile};
use xinmei_model::{Child, Hat, Id, Person, Place, Role};

use super::terminal::Terminal;

/// A child of the family, or of the classes a hat covers.
pub(crate) async fn child(terminal: &Terminal, text: &str) -> anyhow::Result<Id<Child>> {
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    let me = me(terminal).await?;
    let family: Vec<_> = me.hats.iter().flat_map(|hat| &hat.children).collect();
    let mut found: Vec<_> = family.iter().filter(|child| child.name == text).map(|child| child.id).collect();
    if found.is_empty() {
        let ask = Request::ClassFind(class::Find { text: text.to_owned() });
        let list: class::Found = terminal.ask(ask).await?;
        let same = |child: &class::ClassChild| child.child.name == text || child.number == text;
        found = list.children.iter().filter(|child| same(child)).map(|child| child.child.id).collect();
    }
    let own: Vec<_> = family.iter().map(|child| child.name.as_str()).collect();
    let hint =
        if own.is_empty() { "see `xinmei class find`".into() } else { format!("yours: {}", own.join(", ")) };
    only(found, text, &hint)
}

/// Several children.
pub(crate) async fn children(terminal: &Terminal, texts: &[String]) -> anyhow::Result<Vec<Id<Child>>> {
    let mut found = Vec::new();
    for text in texts {
        found.push(child(terminal, text).await?);
    }
    Ok(found)
}

/// A guardian on the class lists: for whom staff act.
pub(crate) async fn person(terminal: &Terminal, text: &str) -> anyhow::Result<Id<Person>> {
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    let mut found = Vec::new();
    let classes: class::Classes = terminal.ask(Request::ClassList(class::List {})).await?;
    for line in classes.classes {
        let open = Request::ClassOpen(class::Open { place: line.place.id });
        let list: class::Class = terminal.ask(open).await?;
        let guardians = list.children.iter().flat_map(|child| &child.guardians);
        found.extend(guardians.filter(|guardian| guardian.name == text).map(|guardian| guardian.person));
    }
    only(found, text, "guardians are named in `xinmei class open`")
}

/// 代办: staff act for somebody who phoned or wrote on paper.
#[derive(Args)]
pub(crate) struct Proxy {
    /// 代办: for whom, by name or id.
    #[arg(long = "for")]
    person: Option<String>,
    /// With `--for`: how they told, in a few words: 妈妈来电.
    #[arg(long, default_value = "", requires = "person")]
    note: String,
}

impl Proxy {
    /// Who is meant.
    pub(crate) async fn find(&self, terminal: &Terminal) -> anyhow::Result<Option<xinmei_model::Proxy>> {
        let Some(text) = &self.person else { return Ok(None) };
        let person = person(terminal, text).await?;
        Ok(Some(xinmei_model::Proxy::new(person, &self.note)))
    }
}

/// A class as `3.2` (三年级2班), `一年级1班` is not read; by id always.
pub(crate) async fn place(terminal: &Terminal, text: &str) -> anyhow::Result<Id<Place>> {
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    let classes: class::Classes = terminal.ask(Request::ClassList(class::List {})).await?;
    let named = |line: &class::ClassLine| {
        let grade = line.place.grade.unwrap_or_default();
        format!("{grade}.{}", line.place.number.unwrap_or_default()) == text
    };
    let found = classes.classes.iter().filter(|line| named(line)).map(|line| line.place.id).collect();
    only(found, text, "classes are written as 3.2; see `xinmei class list`")
}

/// `guardian`, a role's id, or its title where it is unique.
pub(crate) async fn hat(terminal: &Terminal, text: &str) -> anyhow::Result<Hat> {
    if text == "guardian" {
        return Ok(Hat::Guardian);
    }
    if let Ok(role) = text.parse::<Id<Role>>() {
        return Ok(Hat::Staff { role });
    }
    let me = me(terminal).await?;
    let found: Vec<_> = me.hats.iter().filter(|hat| hat.title == text).map(|hat| hat.hat).collect();
    match found.as_slice() {
        [hat] => Ok(*hat),
        [] => {
            let titles = me.hats.iter().map(|hat| if hat.title.is_empty() { "guardian" } else { &hat.title });
            bail!("no hat is called {text}; yours: {}", titles.collect::<Vec<_>>().join(", "))
        }
        several => {
            let roles = several.iter().filter_map(|hat| match hat {
                Hat::Staff { role } => Some(role.to_string()),
                Hat::Guardian => None,
            });
            bail!(
                "{} hats are called {text}; give one id: {}",
                several.len(),
                roles.collect::<Vec<_>>().join(", ")
            )
        }
    }
}

/// Who is sitting here.
pub(crate) async fn me(terminal: &Terminal) -> anyhow::Result<profile::Me> {
    match terminal.ask(Request::ProfileStatus(profile::Status {})).await? {
        profile::Standing::Ready { me } => Ok(*me),
        _ => bail!("nobody has joined in this profile"),
    }
}

/// The one that is meant; else which ones it may be, or where to look.
pub(crate) fn only<T>(mut found: Vec<Id<T>>, text: &str, hint: &str) -> anyhow::Result<Id<T>> {
    found.sort();
    found.dedup();
    if found.len() > 1 {
        let ids: Vec<_> = found.iter().map(ToString::to_string).collect();
        bail!("{} here are called {text}; give one id: {}", ids.len(), ids.join(", "));
    }
    found.pop().with_context(|| format!("nothing here is called {text}; {hint}"))
}
