//! Notices and what families answer to them.

use xinmei_client::Snapshot;
use xinmei_model::{
    Act, Answer, AnsweredBy, Answering, Ask, AskAgain, Audience, Child, Choice, FieldKind, FormField, Id,
    Notice, NoticeDraft, NoticeState, Place, Proxy, Reply, Target, recipients,
};

use super::{
    acts::{Pen, Shown},
    cast::Cast,
    computer::Computer,
};

impl Pen<'_> {
    pub(super) fn answer(
        &mut self,
        computer: &Computer,
        shown: &Shown,
        on_behalf_of: Option<Proxy>,
    ) -> Option<Act> {
        let notice = self.chance.pick(&shown.notices)?;
        let own = shown
            .links
            .iter()
            .filter(|link| on_behalf_of.as_ref().is_none_or(|proxy| proxy.person == link.guardian));
        let own: Vec<Id<Child>> = own.map(|link| link.child).collect();
        let child = self.chance.pick(&own)?;
        let reply = self.reply(&notice);
        let by = on_behalf_of.as_ref().map_or(computer.caller.person, |proxy| proxy.person);
        let stands = |s: &Snapshot<'_>| s.get(Answer::of(&notice, child, by));
        let stands = computer.replica().read(stands).unwrap().map_or(0, |answer| answer.version);
        // Some were composed before the answer was seen that stands now.
        let replaces = if self.chance.odds(90) { stands } else { 0 };
        Some(Act::Answer(Answering { replaces, on_behalf_of, ..Answering::new(notice.id, child, reply) }))
    }

    /// What somebody replies; now and then to another question.
    fn reply(&mut self, notice: &Notice) -> Reply {
        match &notice.ask {
            Ask::Choose { .. } => {
                let first = u32::try_from(self.chance.below(3)).unwrap();
                let second = self.chance.odds(30).then_some((first + 1) % 3);
                Reply::Choose { choices: [first].into_iter().chain(second).collect() }
            }
            Ask::FillIn { .. } => {
                Reply::FillIn { values: vec![self.chance.below(3).to_string()], files: Vec::new() }
            }
            Ask::Sign => Reply::Sign { agrees: self.chance.odds(70), sha256: notice.text_sha256() },
            Ask::Read => Reply::Read,
            _ => Reply::Acknowledge,
        }
    }

    /// What a notice asks.
    fn ask(&mut self) -> Ask {
        let choice = |text: &str, limit| Choice { text: text.into(), limit };
        let field = FormField { label: "几个人".into(), value: FieldKind::Number, required: true };
        match self.chance.weighted(&[20, 30, 10, 25, 8, 7]) {
            0 => Ask::Nothing,
            1 => Ask::Acknowledge,
            2 => Ask::Read,
            3 => {
                let choices = vec![choice("书法", Some(1)), choice("讲解", Some(2)), choice("跳绳", None)];
                Ask::Choose { choices, most: if self.chance.odds(40) { 2 } else { 1 } }
            }
            4 => Ask::FillIn { fields: vec![field] },
            _ => Ask::Sign,
        }
    }

    /// Who has to answer: a guardian by name where it is one family's.
    fn answered_by(&mut self, shown: &Shown) -> AnsweredBy {
        match self.chance.weighted(&[75, 15, 10]) {
            0 => AnsweredBy::AnyGuardian,
            1 => AnsweredBy::EachGuardian,
            _ => self.chance.pick(&shown.links).map_or(AnsweredBy::AnyGuardian, |link| {
                AnsweredBy::Guardian { person: link.guardian, name: link.guardian_name.clone() }
            }),
        }
    }

    /// Who takes part in something.
    fn part(&mut self, shown: &Shown) -> Option<Target> {
        let session = self.chance.pick(&shown.sessions)?;
        Some(match self.chance.below(5) {
            0 => Target::Event(session.event),
            1 => Target::Session(session.id),
            2 => Target::Waiting(session.event),
            3 => Target::Came(session.event),
            _ => Target::Shift(self.chance.pick(&shown.shifts)?.id),
        })
    }

    pub(super) fn notice(
        &mut self,
        computer: &Computer,
        cast: &Cast,
        shown: &Shown,
        place: Id<Place>,
    ) -> Option<Act> {
        let (include, except) = match self.chance.below(5) {
            4 => (vec![self.part(shown)?], Vec::new()),
            0 => (vec![Target::Child(cast.children[0]), Target::Child(cast.children[2])], Vec::new()),
            1 => (vec![Target::Place(place)], vec![Target::Child(self.chance.pick(&cast.children)?)]),
            _ => (vec![Target::Place(place)], Vec::new()),
        };
        let audience = Audience { include, except };
        let seen = computer.replica().read(|s| s.settle(|facts| recipients(facts, &audience))).ok().flatten();
        let mut families_seen = u32::try_from(seen.map(|r| r.families.len()).unwrap_or_default()).unwrap();
        if self.chance.odds(5) {
            families_seen += 1;
        }
        let mine = shown.notices.iter().filter(|notice| {
            notice.author == computer.caller.person
                && matches!(notice.state, NoticeState::Held { .. } | NoticeState::Sent { .. })
        });
        let mine: Vec<Notice> = mine.cloned().collect();
        let old = if self.chance.odds(30) { self.chance.pick(&mine) } else { None };
        let keeps_answers = old.is_some() && self.chance.odds(50);
        let ask = match &old {
            Some(old) if keeps_answers => old.ask.clone(),
            _ => self.ask(),
        };
        let answered_by = match &old {
            Some(old) if keeps_answers => old.answered_by.clone(),
            _ => self.answered_by(shown),
        };
        let supersedes = old.map(|old| old.id);
        let again = keeps_answers && self.chance.odds(30);
        let places = if again { vec![place] } else { Vec::new() };
        let asks_again = AskAgain { places, choices: Vec::new() };
        let due = self.chance.odds(40).then(|| self.chance.between(3 * 60, 30 * 60));
        let due = due.map(|minutes| self.at(minutes));
        let reminds = due.is_some() && ask.is_duty() && self.chance.odds(50);
        let send_at = self.chance.odds(15).then(|| self.chance.between(10, 20 * 60));
        let send_at = send_at.map(|minutes| self.at(minutes));
        let (title, body) = ("周三提前放学".into(), "请准时接孩子".into());
        let id = self.id();
        Some(Act::SendNotice {
            notice: NoticeDraft {
                id,
                audience,
                families_seen,
                title,
                body,
                ask,
                answered_by,
                due,
                send_at,
                supersedes,
                keeps_answers,
                asks_again,
                changed: None,
                class_reads: self.chance.odds(60),
                reminds,
                alert: None,
                files: Vec::new(),
            },
        })
    }
}
