//! What authors keep beside their notices: templates, and notices that repeat.

use xinmei_client::Snapshot;
use xinmei_model::{Act, AnsweredBy, Kind, List, NoticeDraft, Series, SeriesDraft, Template, TemplateDraft};

use super::{acts::Pen, computer::Computer};

impl Pen<'_> {
    /// Something an author does; `notice` is what would be sent, where something would.
    pub(super) fn author(&mut self, computer: &Computer, notice: Option<Act>) -> Option<Act> {
        let read = |s: &Snapshot<'_>| {
            let templates: Vec<Template> = s.list(List::TemplatesOf(Some(s.person())))?;
            Ok((templates, s.list::<Series>(List::All(Kind::Series))?))
        };
        let (templates, series) = computer.replica().read(read).unwrap();
        let notice =
            notice.and_then(|act| if let Act::SendNotice { notice } = act { Some(notice) } else { None });
        Some(match self.chance.weighted(&[35, 15, 35, 15]) {
            0 => {
                let old = if self.chance.odds(40) { self.chance.pick(&templates) } else { None };
                let template = old.map_or_else(|| self.id(), |old| old.id);
                let NoticeDraft { title, body, ask, .. } = notice?;
                let (name, answered_by) = ("放学".into(), AnsweredBy::AnyGuardian);
                let draft = TemplateDraft { name, title, body, ask, answered_by, reminds: false };
                Act::PutTemplate { template, draft, school: self.chance.odds(10) }
            }
            1 => Act::DropTemplate { template: self.chance.pick(&templates)?.id },
            2 => {
                let send_at = Some(self.at(30));
                let first = NoticeDraft {
                    send_at,
                    due: None,
                    class_reads: false,
                    reminds: false,
                    supersedes: None,
                    keeps_answers: false,
                    asks_again: Default::default(),
                    ..notice?
                };
                Act::RepeatNotice {
                    series: SeriesDraft {
                        id: self.id(),
                        notice: first,
                        rule: "FREQ=DAILY;COUNT=3".into(),
                        skip_holidays: self.chance.odds(30),
                    },
                }
            }
            _ => Act::EndSeries { series: self.chance.pick(&series)?.id },
        })
    }
}
