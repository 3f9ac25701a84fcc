//! 换班: two people of a post swap shifts.

use std::process::ExitCode;

use clap::Subcommand;
use jiff::Timestamp;
use xinmei_client::api::{Request, swap as ask, volunteer::Step};
use xinmei_model::{Id, Shift, SwapAct, SwapOffer, SwapSide, VolunteerAct};

use super::{names, terminal::Terminal};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Offers of others that a shift of one's own fits. They name nobody.
    List,
    /// Swaps of one's own.
    Mine,
    /// For a desk: swaps of its posts, those that wait for it first.
    Desk,
    /// Offer a shift of one's own for another of its post.
    Offer {
        /// Which one gives.
        give: Id<Shift>,
        /// For one of these; for any other of the post, if none is named.
        #[arg(long = "for")]
        want: Vec<Id<Shift>>,
        /// For the desk to read.
        #[arg(long, default_value = "")]
        words: String,
    },
    /// Answer an offer with a shift of one's own.
    Accept {
        /// Which.
        swap: Id<SwapOffer>,
        /// The shift one gives for it.
        shift: Id<Shift>,
    },
    /// Take back one's own offer, or one's yes while the desk has not confirmed.
    Withdraw {
        /// Which.
        swap: Id<SwapOffer>,
    },
    /// Confirm what two agreed.
    Confirm {
        /// Which.
        swap: Id<SwapOffer>,
        /// When it was answered, as the list has it: refused where it was answered otherwise since.
        #[arg(long)]
        seen: Option<Timestamp>,
    },
    /// Say no to a swap.
    Refuse {
        /// Which.
        swap: Id<SwapOffer>,
        /// When it was answered, as the list has it: refused where it was answered otherwise since.
        #[arg(long)]
        seen: Option<Timestamp>,
        /// Why, for both to read.
        #[arg(long)]
        reason: String,
    },
    /// For a desk: with whom somebody who telephoned could swap a shift, and what speaks against it, for each of the two.
    With {
        /// Who, by name or id.
        person: String,
        /// Which shift of theirs.
        shift: Id<Shift>,
    },
    /// 代办: swap the shifts of two who telephoned.
    Enter {
        /// One of them, by name or id.
        one: String,
        /// Their shift.
        gives: Id<Shift>,
        /// The other, by name or id.
        other: String,
        /// The other's shift.
        gets: Id<Shift>,
        /// How they said it.
        #[arg(long, default_value = "")]
        note: String,
    },
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let list = || Request::VolunteerSwaps(ask::Swaps::default());
        let act = match self {
            Self::List => {
                let columns = ["/swap", "/title", "/give/starts", "/yours", "/confirmed", "/clash"];
                return terminal.show(list(), "/offers", &columns).await;
            }
            Self::Mine => {
                let columns =
                    ["/swap", "/title", "/gives/starts", "/gets/starts", "/state", "/reason", "/pending"];
                return terminal.show(list(), "/mine", &columns).await;
            }
            Self::Desk => {
                let columns = [
                    "/swap",
                    "/title",
                    "/one/name",
                    "/one/gives/starts",
                    "/other/name",
                    "/other/gives/starts",
                    "/seen",
                    "/waits",
                    "/words",
                ];
                return terminal.show(list(), "/desk", &columns).await;
            }
            Self::With { person, shift } => {
                let columns = ["/person", "/name", "/gives/shift", "/gives/starts", "/one", "/other"];
                let person = names::person(terminal, &person).await?;
                let ask = Request::VolunteerSwapWith(ask::SwapWith { person, shift });
                return terminal.show(ask, "/partners", &columns).await;
            }
            Self::Offer { give, want, words } => {
                let offer = Request::VolunteerOfferSwap(ask::OfferSwap { give, want, words });
                return terminal.save(offer).await;
            }
            Self::Accept { swap, shift } => SwapAct::AcceptSwap { swap, shift },
            Self::Withdraw { swap } => SwapAct::WithdrawSwap { swap },
            Self::Confirm { swap, seen } => {
                SwapAct::AnswerSwap { swap, agrees: true, reason: String::new(), seen }
            }
            Self::Refuse { swap, seen, reason } => SwapAct::AnswerSwap { swap, agrees: false, reason, seen },
            Self::Enter { one, gives, other, gets, note } => SwapAct::SwapShifts {
                one: SwapSide { person: names::person(terminal, &one).await?, shift: gives },
                other: SwapSide { person: names::person(terminal, &other).await?, shift: gets },
                note,
            },
        };
        terminal.save(Request::VolunteerStep(Step { step: VolunteerAct::Swap(act) })).await
    }
}
