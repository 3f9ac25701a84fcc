//! Whom a notice is for.

use clap::Args;
use xinmei_client::api::profile::PlaceName;
use xinmei_model::{Audience, Target};

use super::{
    activities::{Activities, ExceptActivities},
    names,
    terminal::Terminal,
};

/// Whom a notice is for.
#[derive(Args)]
pub(crate) struct Whom {
    /// Classes: `3.2` is 三年级2班; ids of any place.
    #[arg(long)]
    to: Vec<String>,
    /// Single families, by child.
    #[arg(long)]
    child: Vec<String>,
    #[command(flatten)]
    activities: Activities,
    /// Classes left out.
    #[arg(long)]
    except: Vec<String>,
    /// Families left out, by child.
    #[arg(long)]
    except_child: Vec<String>,
    #[command(flatten)]
    except_activities: ExceptActivities,
}

impl Whom {
    pub(crate) async fn audience(&self, terminal: &Terminal) -> anyhow::Result<Audience> {
        let mut include = targets(terminal, &self.to, &self.child).await?;
        include.extend(self.activities.targets());
        let mut except = targets(terminal, &self.except, &self.except_child).await?;
        except.extend(self.except_activities.targets());
        Ok(Audience { include, except })
    }
}

/// `本部 3.2`, as `--to` takes it.
pub(crate) fn place_words(PlaceName { name, grade, number, .. }: &PlaceName) -> String {
    let grade = grade.map(|grade| format!(" {grade}")).unwrap_or_default();
    let number = number.map(|number| format!(".{number}")).unwrap_or_default();
    format!("{name}{grade}{number}")
}

pub(crate) async fn targets(
    terminal: &Terminal,
    places: &[String],
    children: &[String],
) -> anyhow::Result<Vec<Target>> {
    let mut targets = Vec::new();
    for place in places {
        targets.push(Target::Place(names::place(terminal, place).await?));
    }
    for child in children {
        targets.push(Target::Child(names::child(terminal, child).await?));
    }
    Ok(targets)
}
