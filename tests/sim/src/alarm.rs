//! What a head does: agrees, alarms, gives the all-clear; and who says where a child is.

use xinmei_client::Snapshot;
use xinmei_model::{
    Act, Alert, AlertStatus, AnsweredBy, Ask, Audience, Certainty, Child, Id, Kind, List, Marking, MsgType,
    Notice, NoticeDraft, NoticeState, RollMark, RollState, Severity, Target, Urgency, needs_approval,
};

use super::{acts::Pen, cast::Cast, computer::Computer, server::Server};

impl Pen<'_> {
    /// What a head says to others' notices and to everybody.
    pub(super) fn head(&mut self, cast: &Cast, notices: &[Notice]) -> Option<Act> {
        let waits = |notice: &&Notice| matches!(notice.state, NoticeState::Proposed { .. });
        let waiting: Vec<_> = notices.iter().filter(waits).map(|notice| notice.id).collect();
        if let Some(notice) = self.chance.pick(&waiting) {
            return Some(if self.chance.odds(80) {
                Act::ApproveNotice { notice }
            } else {
                Act::DeclineNotice { notice, reason: "时间写错了".into() }
            });
        }
        let on: Vec<Notice> = notices.iter().filter(|notice| notice.alarms_at(self.now)).cloned().collect();
        let old = self.chance.pick(&on);
        // Somebody who has not seen the alert of the others starts a second one.
        if old.is_some() || self.chance.odds(20) { Some(self.alarm(cast, old)) } else { None }
    }

    fn alarm(&mut self, cast: &Cast, old: Option<Notice>) -> Act {
        let places = [cast.campus, cast.classes[0]];
        let fresh =
            Audience { include: vec![Target::Place(places[self.chance.below(2)])], except: Vec::new() };
        let kinds = [MsgType::Update, MsgType::Cancel];
        let msg_type = if old.is_some() { kinds[self.chance.below(2)] } else { MsgType::Alert };
        let status = old.as_ref().and_then(|old| old.alert.as_ref()).map(|alert| alert.status);
        let roll_call = msg_type != MsgType::Cancel && self.chance.odds(80);
        let alert = Alert {
            status: status.unwrap_or(AlertStatus::Exercise),
            msg_type,
            urgency: Urgency::Immediate,
            severity: Severity::Moderate,
            certainty: Certainty::Observed,
            roll_call,
            expires: None,
        };
        let notice = NoticeDraft {
            id: self.id(),
            audience: old.as_ref().map_or(fresh, |old| old.audience.clone()),
            families_seen: 0,
            title: "消防演练".into(),
            body: "全体到操场".into(),
            ask: if self.chance.odds(50) { Ask::Acknowledge } else { Ask::Nothing },
            answered_by: AnsweredBy::AnyGuardian,
            due: None,
            send_at: None,
            supersedes: old.map(|old| old.id),
            keeps_answers: false,
            asks_again: Default::default(),
            changed: None,
            class_reads: false,
            reminds: false,
            alert: Some(alert),
            files: Vec::new(),
        };
        Act::SendNotice { notice }
    }

    /// Where a child is, said of one of these children.
    pub(super) fn mark(
        &mut self,
        computer: &Computer,
        notices: &[Notice],
        children: &[Id<Child>],
    ) -> Option<Act> {
        let incidents: Vec<_> = notices.iter().filter_map(|notice| notice.incident).collect();
        let (incident, child) = (self.chance.pick(&incidents)?, self.chance.pick(children)?);
        let kept = |s: &Snapshot<'_>| s.get(RollMark::of(incident, child));
        let version = computer.replica().read(kept).unwrap().map_or(0, |mark| mark.version);
        let states = [RollState::Safe, RollState::NeedsHelp, RollState::PickedUp];
        let state = states[self.chance.below(3)];
        Some(Act::MarkRollCall(Marking { incident, child, state, note: String::new(), replaces: version }))
    }
}

/// The whole school hears nothing that one person alone decided, an alert waits for nobody, and no mark is lost.
pub(super) fn check(server: &Server) {
    for notice in server.list::<Notice>(List::All(Kind::Notice)) {
        let out = matches!(notice.state, NoticeState::Held { .. } | NoticeState::Sent { .. });
        let asked = out && notice.alert.is_none();
        if asked && server.asks(|facts| needs_approval(facts, &notice.audience)) {
            let approved = notice.approved.as_ref().unwrap_or_else(|| panic!("nobody agreed: {notice:?}"));
            assert_ne!(approved.person, notice.author, "agreed to by its author: {notice:?}");
        }
        if notice.incident != Some(notice.id) {
            continue;
        }
        for mark in server.list::<RollMark>(List::MarksOf(notice.id)) {
            assert_eq!(mark.version as usize, mark.earlier.len() + 1, "{mark:?}");
            let child: Child = server.row(mark.child).expect("the child of a mark");
            assert!(notice.stands_at().iter().any(|place| child.path.contains(place)), "{mark:?}");
        }
    }
}
