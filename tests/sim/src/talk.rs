//! What people say to each other, and what must hold of it.

use jiff::civil::time;
use xinmei_client::Snapshot;
use xinmei_model::{
    Access, Act, Actor, Addressee, Conversation, ConversationDraft, FileHash, Hat, Id, Inbox, InboxDraft,
    Kind, Link, List, Message, MessageText, OfficeHours, PersonalQuiet, Power, QuietHours, ReadMark, Report,
    ReportDraft, ReportReason, Role, RoleKind, Side, decide, power_of, read_reported,
};

use super::{History, acts::Pen, computer::Computer, server::Server};

/// What a computer shows of it.
struct Heard {
    conversations: Vec<Conversation>,
    messages: Vec<Message>,
    partners: Vec<Role>,
    inboxes: Vec<Id<Inbox>>,
}

fn heard(computer: &Computer) -> Heard {
    let read = |s: &Snapshot<'_>| {
        let conversations: Vec<Conversation> = s.list(List::All(Kind::Conversation))?;
        let mut messages = Vec::new();
        for conversation in &conversations {
            messages.extend(s.list::<Message>(List::MessagesOf(conversation.id))?);
        }
        let mut partners: Vec<Role> = s.list(List::All(Kind::Role))?;
        partners.retain(|role| power_of(role.kind, Power::Converse));
        let inboxes: Vec<Inbox> = s.list(List::All(Kind::Inbox))?;
        let inboxes = inboxes.into_iter().map(|inbox| inbox.id).collect();
        Ok(Heard { conversations, messages, partners, inboxes })
    };
    computer.replica().read(read).unwrap()
}

/// The hat a member of staff wears there.
pub(super) fn own_role(computer: &Computer) -> Option<Id<Role>> {
    let roles = |s: &Snapshot<'_>| s.list::<Role>(List::RolesOf(s.person()));
    computer.replica().read(roles).unwrap().first().map(|role| role.id)
}

impl Pen<'_> {
    /// What somebody says or does in a conversation; `own` is the staff hat, where it is one.
    pub(super) fn talk(&mut self, computer: &Computer, links: &[Link], own: Option<Id<Role>>) -> Option<Act> {
        let heard = heard(computer);
        let text = format!("第 {} 句", self.chance.below(9));
        let message = MessageText { id: self.id(), text, quotes: None, files: Vec::new() };
        let conversation = self.chance.pick(&heard.conversations);
        let said = self.chance.pick(&heard.messages);
        let weights: &[usize] = if own.is_some() {
            &[20, 40, 8, 5, 8, 12, 5, 3, 1, 1, 4, 3]
        } else {
            &[20, 45, 8, 5, 8, 14, 0, 0, 0, 0, 4, 0]
        };
        let (choice, shown) = (self.chance.weighted(weights), self.chance.odds(60));
        if choice == 0 || conversation.is_none() {
            let partner = self.chance.pick(&heard.partners)?.id;
            let (id, child) = (self.id(), self.chance.pick(links)?.child);
            let with = own.unwrap_or(partner);
            let inbox = self.chance.pick(&heard.inboxes).filter(|_| self.chance.odds(20));
            let with = inbox.map_or(Addressee::from(with), Addressee::from);
            let conversation = ConversationDraft { id, child, with, title: "数学书".into(), message };
            return Some(Act::OpenConversation { conversation });
        }
        let conversation = conversation?;
        let (id, child) = (conversation.id, conversation.child);
        Some(match choice {
            1 => {
                let quotes = said.filter(|said| said.conversation == id).map(|said| said.id);
                Act::SayMessage { conversation: id, child, message: MessageText { quotes, ..message } }
            }
            2 => {
                let said = said?;
                Act::EditMessage { message: said.id, child: said.child, text: message.text }
            }
            3 => Act::DeleteMessage { message: said?.id },
            4 => Act::ReceiveMessage { message: said?.id },
            5 => Act::MarkRead { conversation: id, up_to: conversation.messages, shown },
            6 => {
                let (who, reads_only) = self.addressee(&heard)?;
                Act::BringIn { conversation: id, who, reads_only }
            }
            11 => {
                let with = conversation.with.iter().map(|partner| Addressee::from(partner.role));
                let inboxes = conversation.inboxes.iter().map(|one| Addressee::from(one.inbox));
                let circle: Vec<_> = with.chain(inboxes).collect();
                Act::TakeOut { conversation: id, who: self.chance.pick(&circle)? }
            }
            7 => Act::EndConversation { conversation: id },
            8 => Act::HandOver { from: own?, to: self.chance.pick(&heard.partners)?.id },
            10 => {
                let (said, reason) = (said?, ReportReason::Insult);
                let (message, child, words) = (said.id, said.child, String::new());
                Act::ReportMessage(ReportDraft { message, child, reason, words })
            }
            _ => {
                let hours = OfficeHours { from: time(8, 0, 0, 0), until: time(17, 30, 0, 0) };
                Act::SetOfficeHours { hours: shown.then_some(hours) }
            }
        })
    }
}

impl Pen<'_> {
    /// Whom to bring in, and whether to read along.
    fn addressee(&mut self, heard: &Heard) -> Option<(Addressee, bool)> {
        let inbox = self.chance.pick(&heard.inboxes).filter(|_| self.chance.odds(25));
        let reads_only = inbox.is_none() && self.chance.odds(30);
        let role = self.chance.pick(&heard.partners)?.id;
        Some((inbox.map_or(role.into(), Addressee::from), reads_only))
    }

    /// When somebody wants to be told, or the address of their calendar.
    pub(super) fn preferences(&mut self) -> Act {
        if self.chance.odds(30) {
            let secret = [u8::try_from(self.chance.below(200)).unwrap_or_default(); 32];
            let made = Act::MakeCalendarLink { secret_sha256: FileHash::of(&secret) };
            return if self.chance.odds(70) { made } else { Act::EndCalendarLink };
        }
        let own = PersonalQuiet::Own { hours: QuietHours::usual() };
        let quiet = [PersonalQuiet::School, own, PersonalQuiet::Never][self.chance.below(3)];
        Act::SetPreferences { quiet, digest: self.chance.odds(30).then_some(time(18, 0, 0, 0)) }
    }
}

impl History {
    /// The office makes a shared inbox, changes who reads it, or closes it.
    pub(super) fn keep_inbox(&mut self) {
        let Some(server) = &mut self.server else { return };
        let (person, role) = self.cast.office;
        let actor = Actor::Person { person, hat: Hat::Staff { role } };
        let mut readers: Vec<Role> = server.list(List::All(Kind::Role));
        readers.retain(|role| role.kind == RoleKind::Head || self.chance.odds(50));
        let known: Vec<Inbox> = server.list(List::All(Kind::Inbox));
        let id = match self.chance.pick(&known) {
            Some(inbox) if known.len() > 1 || self.chance.odds(60) => inbox.id,
            _ => server.ledger.edge.id(),
        };
        let act = if !known.is_empty() && self.chance.odds(15) {
            Act::CloseInbox { inbox: known[0].id }
        } else {
            let place = self.cast.campus;
            let readers = readers.iter().map(|role| role.id).collect();
            let (name, about) = ("教导处".into(), String::new());
            Act::KeepInbox { inbox: InboxDraft { id, name, about, place, readers } }
        };
        let written = server.write(move |tx| {
            let changes = tx.settle(|facts| decide(facts, &actor, &act))?;
            // Somebody who teaches one class may not read what all families of the campus write.
            changes.map_or(Ok(()), |changes| tx.apply(changes).map(drop))
        });
        written.unwrap();
        self.truth.look(server, &mut self.report);
        self.deliver_pokes();
    }

    /// The office reads what was reported, stops the speaker, lets them write again, or settles it.
    pub(super) fn settle_report(&mut self) {
        let Some(server) = &mut self.server else { return };
        let mut reports: Vec<Report> = server.list(List::All(Kind::Report));
        reports.retain(|report| report.closed.is_none());
        let Some(report) = self.chance.pick(&reports) else { return };
        let actor =
            Actor::Person { person: self.cast.office.0, hat: Hat::Staff { role: self.cast.office.1 } };
        let (id, guardian) = (report.id, report.said_by.person);
        let mut staff: Vec<Role> = server.list(List::All(Kind::Role));
        staff.retain(|role| power_of(role.kind, Power::Converse));
        let reader = self.chance.pick(&staff).map(|role| role.id);
        let act = match self.chance.below(5) {
            0 => None,
            4 => reader.map(|who| Act::AppointReader { report: id, who, ends: self.chance.odds(30) }),
            1 => Some(Act::StopWriting {
                report: id, guardian, why: "骂人".into(), call: "教导处".into()
            }),
            2 => Some(Act::LetWrite { report: id, guardian }),
            _ => Some(Act::CloseReport { report: id, to_reporter: "好".into(), to_all: "好".into() }),
        };
        let written = server.write(move |tx| {
            let changes = match &act {
                Some(act) => tx.settle(|facts| decide(facts, &actor, act))?,
                None => tx.settle(|facts| read_reported(facts, &actor, id))?.map(|read| read.changes),
            };
            // The speaker may be staff, or no guardian any more: then there is nobody to stop.
            changes.map_or(Ok(()), |changes| tx.apply(changes).map(drop))
        });
        written.unwrap();
        self.truth.look(server, &mut self.report);
        self.deliver_pokes();
    }
}

/// Messages stand in one order without a gap, everybody in a conversation sees them alike, and nobody reads ahead.
pub(super) fn check(server: &Server) {
    for conversation in server.list::<Conversation>(List::All(Kind::Conversation)) {
        let id = conversation.id;
        let circle = server.feeds(id.uuid());
        let messages = server.list::<Message>(List::MessagesOf(id));
        let order: Vec<u32> = messages.iter().map(|message| message.seq).collect();
        assert_eq!(order, (1..=conversation.messages).collect::<Vec<_>>(), "{conversation:?}");
        for message in &messages {
            assert_eq!(server.feeds(message.id.uuid()), circle, "who sees {message:?}");
            assert!(message.deleted.is_none() || message.text.is_empty(), "{message:?}");
        }
        // Whoever is in it reads who looked in from outside.
        let log = server.list::<Access>(List::AccessesTo(id));
        let order: Vec<u32> = log.iter().map(|line| line.seq).collect();
        assert_eq!(order, (1..).take(log.len()).collect::<Vec<_>>(), "the log of {conversation:?}");
        for line in &log {
            let seen = server.feeds(line.id.uuid());
            let sees = |feed: &str| seen.lines().any(|one| one == feed);
            assert!(circle.lines().all(sees), "who sees {line:?}");
        }
        let answers = conversation.with.iter().any(|partner| !partner.reads_only);
        assert!(answers || !conversation.inboxes.is_empty(), "nobody answers {conversation:?}");
        for partner in conversation.with.iter().filter(|partner| partner.reads_only) {
            let spoke = |said: &&Message| said.by.person == partner.person && said.at > partner.since;
            let elsewhere =
                conversation.with.iter().any(|one| one.person == partner.person && !one.reads_only);
            assert!(elsewhere || !messages.iter().any(|said| spoke(&said)), "{partner:?} only reads along");
        }
        for stopped in &conversation.stopped {
            let wrote = messages.iter().any(|said| {
                said.by.person == stopped.guardian && said.by.side() == Side::Family && said.at > stopped.at
            });
            assert!(!wrote, "{stopped:?} wrote all the same");
        }
        for mark in server.list::<ReadMark>(List::ReadMarksOf(id)) {
            assert!(mark.up_to <= conversation.messages, "{mark:?} reads ahead");
            if mark.shown {
                assert_eq!(server.feeds(mark.id.uuid()), circle, "who sees {mark:?}");
            }
        }
    }
}
