//! Whom a notice is for, and the list before anything is sent.

use std::process::ExitCode;

use clap::Args;
use xinmei_client::api::{Request, audience::Because, notice as ask, profile::PlaceName};
use xinmei_model::{Audience, Target};

use super::{
    activities::{Activities, ExceptActivities},
    names,
    terminal::{Terminal, line},
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

    /// A line for each family: who of it receives, for whom, and why; then a line for each guardian who does not.
    pub(crate) async fn preview(&self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let audience = self.audience(terminal).await?;
        let request = Request::NoticePreview(ask::Preview { audience, send_at: None });
        if terminal.json {
            return terminal.show(request, "", &[]).await;
        }
        let seen: ask::Previewed = terminal.ask(request).await?;
        for family in &seen.list {
            let children: Vec<_> = family.children.iter().map(|child| child.name.as_str()).collect();
            let guardians: Vec<_> = family.guardians.iter().map(|guardian| guardian.name.as_str()).collect();
            let because: Vec<_> = family.because.iter().map(reason).collect();
            line(&format!("gets\t{}\t{}\t{}", children.join(", "), guardians.join(", "), because.join("; ")));
        }
        for left in seen.unreached.iter().chain(&seen.left_out) {
            let guardian = left.guardian.as_ref().map(|guardian| guardian.name.as_str()).unwrap_or_default();
            line(&format!(
                "left out\t{}\t{guardian}\t{}",
                left.child.name,
                serde_json::to_value(left.why)?.as_str().unwrap_or_default()
            ));
        }
        for name in &seen.no_family {
            line(&format!("left out\t\t{name}\tno-family"));
        }
        line(&format!("families {}", seen.families));
        Ok(ExitCode::SUCCESS)
    }
}

fn reason(because: &Because) -> String {
    match because {
        Because::Place { place } => place_words(place),
        Because::Child => "chosen".into(),
        Because::Event { title, session, waiting } => {
            format!("{title} {}{}", session.name, if *waiting { " (waits)" } else { "" })
        }
        Because::Post { title, shift } => format!("{title} {}", shift.starts),
    }
}

/// `本部 3.2`, as `--to` takes it.
fn place_words(PlaceName { name, grade, number, .. }: &PlaceName) -> String {
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
