//! The faults are over: everybody comes to rest by themselves, with whatever clock they have, and holds the same.

use std::collections::BTreeMap;

use xinmei_client::replica::Fate;
use xinmei_model::{
    Act, Answer, Arrival, Booking, Conversation, Event, FamilyRequest, List, Message, Notice, Verdict,
};
use xinmei_server::store::Arg;

use super::{history::History, report::Report, truth};

/// Minutes that coming to rest may take: the longest wait of an engine is one.
const MINUTES: usize = 12;

impl History {
    /// Nothing goes wrong any more; nobody presses a button.
    pub fn heal(&mut self) {
        self.healing = true;
        self.start_server();
        self.note(format_args!("healing"));
        for _ in 0..MINUTES {
            self.pass(61_000);
            self.settle();
            if self.at_rest() {
                break;
            }
        }
        // Counts that were held back are written by a tick of the server.
        self.pass(2_000);
        let server = self.server.as_mut().unwrap();
        server.write(|_| Ok(())).unwrap();
        self.truth.look(server, &mut self.report);
        for _ in 0..3 {
            self.pass(61_000);
            self.settle();
        }
        assert!(self.at_rest(), "not at rest: {}", self.unrest());
    }

    /// Carries letters until none are left, fires what is due, and again.
    fn settle(&mut self) {
        for _ in 0..50 {
            for _ in 0..10_000 {
                self.carry(false);
                if self.letters.is_empty() {
                    break;
                }
            }
            assert!(self.letters.is_empty(), "letters go round and round");
            let rev = self.server.as_ref().unwrap().rev();
            self.turn(Vec::new(), true);
            if self.letters.is_empty() && self.server.as_ref().unwrap().rev() == rev {
                return;
            }
        }
        panic!("the school does not come to rest");
    }

    fn at_rest(&self) -> bool {
        self.unrest().is_empty()
    }

    /// Who still waits for what.
    fn unrest(&self) -> String {
        let rev = self.server.as_ref().unwrap().rev();
        let mut unrest = String::new();
        for computer in &self.computers {
            let (waiting, _) = computer.replica().waiting_and_failed().unwrap();
            let cursor = computer.cursor();
            // A computer whose feeds did not change since need not have heard of the last revs.
            if waiting > 0 || cursor < rev && computer.pulling.is_some() {
                unrest += &format!("{} waits for {waiting}, {cursor} of {rev}; ", computer.name);
            }
        }
        unrest
    }

    /// Everything that must hold at the end.
    pub fn end(mut self) -> Report {
        for who in 0..self.computers.len() {
            self.computers[who].wishes.iter_mut().for_each(|wish| wish.through = false);
            self.check_wishes(who);
            self.look_at_refused(who);
            let computer = &self.computers[who];
            let outbox = computer.replica().read(|s| s.outbox()).unwrap();
            assert!(outbox.is_empty(), "{} is left with {outbox:?}", computer.name);
            for wish in computer.wishes.iter().filter(|wish| !wish.gone) {
                let fate = computer.replica().fate(wish.id).unwrap();
                assert!(matches!(fate, Fate::Settled { .. }), "{} never heard of {wish:?}", computer.name);
            }
            self.check_same(who);
        }
        self.check_effects();
        self.check_record();
        truth::check_rest(self.server.as_ref().unwrap());
        let revs: Vec<u64> = self.computers.iter().map(super::computer::Computer::cursor).collect();
        self.note(format_args!("the end at {revs:?}"));
        self.report
    }

    /// What was accepted was done, once; what was refused was not.
    fn check_effects(&self) {
        let server = self.server.as_ref().unwrap();
        let mut signed_up = 0;
        let wishes = self.computers.iter().flat_map(|computer| {
            let me = computer.caller.person;
            computer.wishes.iter().map(move |wish| (me, wish))
        });
        for (me, wish) in wishes {
            let Some(verdict) = self.truth.verdicts.get(&wish.id) else {
                assert!(wish.gone, "{wish:?} has no verdict");
                continue;
            };
            let accepted = matches!(verdict, Verdict::Accepted { .. });
            let done = match &wish.act {
                Act::SignUp(act) => server.row::<Booking>(act.booking).is_some(),
                Act::SendNotice { notice } => server.row::<Notice>(notice.id).is_some(),
                Act::MakeRequest { request } => server.row::<FamilyRequest>(request.id).is_some(),
                Act::OpenConversation { conversation } => {
                    server.row::<Conversation>(conversation.id).is_some()
                }
                Act::SayMessage { message, .. } => server.row::<Message>(message.id).is_some(),
                Act::PublishEvent { event } => server.row::<Event>(event.id).is_some(),
                Act::Answer(act) if accepted => {
                    let by = act.on_behalf_of.as_ref().map_or(me, |proxy| proxy.person);
                    let notice = server.row::<Notice>(act.notice).expect("an answered notice is there");
                    let answer = server.row(Answer::of(&notice, act.child, by));
                    answer.is_some_and(|answer: Answer| {
                        answer.earlier.iter().chain([&answer.given]).any(|given| given.reply == act.reply)
                    })
                }
                Act::Withdraw { booking, .. } | Act::DeclineOffer { booking, .. } if accepted => {
                    // Whoever came all the same, at a gate that had not heard, has the seats again.
                    let came = server.list::<Arrival>(List::ArrivalsOf(*booking));
                    let over = server.row::<Booking>(*booking).is_some_and(|row| row.state.is_over());
                    over || came.iter().any(Arrival::counts)
                }
                _ => accepted,
            };
            assert_eq!(accepted, done, "{verdict:?} of {wish:?}");
            signed_up += usize::from(accepted && matches!(wish.act, Act::SignUp(_)));
        }
        assert_eq!(self.truth.known_bookings().len(), signed_up, "bookings and accepted sign-ups");
    }

    /// The school's own record of verdicts is what it said.
    fn check_record(&self) {
        let server = self.server.as_ref().unwrap();
        let rows =
            server.ledger.look(|session| session.rows("SELECT id, verdict FROM mutation", &[] as &[Arg<'_>]));
        let kept: BTreeMap<_, _> =
            rows.unwrap().iter().map(|row| (row.uuid(0), row.text(1).to_owned())).collect();
        for (id, verdict) in &self.truth.verdicts {
            let kept = kept.get(&id.uuid()).expect("a verdict is on record");
            assert_eq!(serde_json::from_str::<Verdict>(kept).unwrap(), *verdict);
        }
    }
}
