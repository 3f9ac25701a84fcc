//! What the author of a notice sees before anything is sent.

use std::process::ExitCode;

use clap::Args;
use jiff::Zoned;
use xinmei_client::api::{
    Request,
    audience::{Because, EventPart},
    notice::{Approver, LeftOutView, Preview, Previewed, RecipientView},
    profile::{ChildName, Me},
};

use super::{
    names,
    terminal::{Terminal, line, on_the_wall, row, word},
    whom::{Whom, place_words},
};

/// A notice of which only this is known yet.
#[derive(Args)]
pub(crate) struct Previewing {
    #[command(flatten)]
    whom: Whom,
    /// Not before: `2026-11-27T07:30+08:00[Asia/Shanghai]`.
    #[arg(long)]
    at: Option<Zoned>,
}

impl Previewing {
    /// A line for each family: for whom, who of it receives, and why; one for each guardian whose child nobody is told
    /// about, and for each who is left out while the family is told; then the sums, and when it would go out.
    pub(crate) async fn run(&self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let audience = self.whom.audience(terminal).await?;
        let request = Request::NoticePreview(Preview { audience, send_at: self.at.clone() });
        if terminal.json {
            return terminal.show(request, "", &[]).await;
        }
        let me = names::me(terminal).await?;
        let seen: Previewed = terminal.ask(request).await?;
        seen.list.iter().for_each(gets);
        seen.unreached.iter().for_each(|one| misses("unreached", one));
        seen.left_out.iter().for_each(|one| misses("left out", one));
        for name in &seen.no_family {
            row(&["left out", "", name, "no-family"]);
        }
        line(&format!("families {}", seen.families));
        line(&format!("children {}", seen.children));
        line(&format!("two-guardians {}", seen.both));
        let class = seen.noise.class.as_ref().map(place_words).unwrap_or_default();
        line(&format!("asked-today {} {class}", seen.noise.today).trim_end());
        self.goes_out(&seen, &me);
        if let Some(as_of) = seen.as_of {
            line(&format!("as-of {}: the school cannot be reached", on_the_wall(as_of, &me.zone)));
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Who has to agree before it goes out; else when it goes, and what it waits for until then.
    fn goes_out(&self, seen: &Previewed, me: &Me) {
        if let Some(approvers) = &seen.approvers {
            approval(approvers);
            return;
        }
        line(&"approval not-needed");
        let Some(goes) = seen.goes_out else { return };
        let waits = if seen.quiet_until.is_some() {
            "after the quiet hours".to_owned()
        } else if self.at.as_ref().is_some_and(|at| at.timestamp() == goes) {
            "as asked".to_owned()
        } else {
            format!("after {} s in which it can be taken back", me.hold_s)
        };
        line(&format!("goes-out {} {waits}", on_the_wall(goes, &me.zone)));
    }
}

/// The whole school takes a second person.
fn approval(approvers: &[Approver]) {
    for one in approvers {
        row(&["may agree", &one.name, &one.title]);
    }
    let may = if approvers.is_empty() { "impossible" } else { "needed" };
    line(&format!("approval {may}"));
}

fn gets(family: &RecipientView) {
    let children: Vec<_> = family.children.iter().map(child_words).collect();
    let guardians: Vec<_> = family.guardians.iter().map(|guardian| guardian.name.as_str()).collect();
    let because: Vec<_> = family.because.iter().map(reason).collect();
    row(&["gets", &children.join(", "), &guardians.join(", "), &because.join("; ")]);
}

fn misses(how: &str, one: &LeftOutView) {
    let guardian = one.guardian.as_ref().map(|guardian| guardian.name.as_str()).unwrap_or_default();
    row(&[how, &child_words(&one.child), guardian, &word(&one.why)]);
}

/// Told apart from others of the same name: `李雨桐 0213`.
fn child_words(child: &ChildName) -> String {
    format!("{} {}", child.name, child.tail).trim_end().to_owned()
}

fn reason(because: &Because) -> String {
    match because {
        Because::Place { place } => place_words(place),
        Because::Child => "chosen".into(),
        Because::Event { title, session, who } => {
            let way = match who {
                EventPart::Comes => "",
                EventPart::Waits => " (waits)",
                EventPart::Came => " (came)",
            };
            format!("{title} {}{way}", session.name)
        }
        Because::Post { title, shift } => format!("{title} {}", shift.starts),
    }
}
