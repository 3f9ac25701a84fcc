//! Whatever changes, a window that shows it hears of it.

use xinmei_model::Kind;

use crate::{
    TOPICS,
    replica::{Topics, topics_of},
};

/// What no window shows: rows of the server alone, and what is read only as something else is asked.
const UNSEEN: [Kind; 5] = [Kind::Contact, Kind::Upload, Kind::EndedRight, Kind::DrawSecret, Kind::HoursHead];

#[test]
fn every_kind_of_row_makes_an_answer_old_or_is_shown_nowhere() {
    for kind in Kind::ALL {
        let mut topics = Topics::new();
        topics_of(kind.name(), &mut topics);
        assert_eq!(topics.is_empty(), UNSEEN.contains(kind), "{}", kind.name());
        let unlisted: Vec<_> = topics.iter().filter(|topic| !TOPICS.contains(topic)).collect();
        assert!(unlisted.is_empty(), "a window that missed some changes forgets {unlisted:?}");
    }
}
