//! The end of a trip.

use xinmei_model::{Act, TripEnding, not_accounted_for};

use super::Going;
use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        trip_end::{End, LeftChild, TripEndView},
    },
    view::{ask::save, reading::Reading},
};

impl Ask for End {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { session, reason, goes_on } = self;
        save(client, Act::EndTrip(TripEnding { session, reason, goes_on })).await
    }
}

impl Going {
    pub(super) fn end(&self, reading: &Reading<'_>) -> TripEndView {
        let open = not_accounted_for(&self.trip, self.session.id, &self.lines, &self.marks);
        let of = |line: &&xinmei_model::TripChild| open.contains(&line.child);
        let left = self.lines.iter().filter_map(|line| {
            line.left.clone().map(|left| LeftChild { child: self.child(reading, line), left })
        });
        TripEndView {
            at: self.trip.ended(self.session.id),
            may: self.whole
                && self.session.takes_place(&self.event)
                && self.session.is_written_down(reading.now),
            open: self.lines.iter().filter(of).map(|line| self.child(reading, line)).collect(),
            left: left.collect(),
        }
    }
}
