//! What pupils did in a term, for the desk's report: counted, never named.

use std::collections::{BTreeMap, BTreeSet};

use xinmei_model::{Child, DutySaid, Id, Kind, List, Place, Post, Power, PupilTake, Shift, Year};

use crate::{
    Client,
    api::{
        Ask, Fault,
        attendance::{TermId, TermName},
        pupil::{PupilFigures, PupilReport, PupilReportClass, Report},
    },
    fault::invalid,
    view::{
        ask::{no_power, read},
        reading::{Reading, count},
        terms::terms_begun,
    },
};

impl Ask for Report {
    type Reply = PupilReport;

    async fn answer(self, client: &Client) -> Result<PupilReport, Fault> {
        read(client, move |reading| report(reading, self.term)).await
    }
}

/// One pupil at one shift.
struct Part {
    child: Id<Child>,
    class: Option<Id<Place>>,
    minutes: u32,
}

pub(super) fn report(reading: &Reading<'_>, wanted: Option<TermId>) -> Result<PupilReport, Fault> {
    if !reading.has(Power::ManageShifts) {
        return Err(no_power(Power::ManageShifts));
    }
    let years: Vec<Year> = reading.snapshot.list(List::All(Kind::Year))?;
    let terms = terms_begun(&years, reading.day);
    let term = match wanted {
        Some(id) => Some(terms.iter().find(|term| term.id == id).ok_or_else(|| invalid("term"))?),
        None => terms.first(),
    };
    let parts = match term {
        Some(term) => parts_of(reading, term)?,
        None => Vec::new(),
    };
    let mut classes: BTreeMap<Option<Id<Place>>, Vec<&Part>> = BTreeMap::new();
    for part in &parts {
        classes.entry(part.class).or_default().push(part);
    }
    let mut classes: Vec<_> = classes.into_iter().collect();
    classes.sort_by_cached_key(|(class, _)| {
        let place = class.and_then(|class| reading.places.get(&class));
        (place.is_none(), place.map(|place| reading.place_order(place)))
    });
    let classes = classes.into_iter().map(|(class, parts)| PupilReportClass {
        class: class.map(|class| reading.place_name(class)),
        figures: figures(parts),
    });
    Ok(PupilReport { whole: figures(&parts), classes: classes.collect() })
}

fn parts_of(reading: &Reading<'_>, term: &TermName) -> Result<Vec<Part>, Fault> {
    let posts: Vec<Post> = reading.snapshot.list(List::All(Kind::Post))?;
    let mut parts = Vec::new();
    for post in posts.iter().filter(|post| reading.may(Power::ManageShifts, &post.held_at)) {
        let shifts: Vec<Shift> = reading.snapshot.list(List::ShiftsOf(post.id))?;
        for shift in shifts.iter().filter(|shift| shift.is_on()) {
            let day = shift.day_in(reading.zone.clone());
            if day < term.from || term.to < day {
                continue;
            }
            let takes: Vec<PupilTake> = reading.snapshot.list(List::PupilTakesOf(shift.id))?;
            let came = |take: &&PupilTake| matches!(take.holds, Some(DutySaid::Came { .. }));
            parts.extend(takes.iter().filter(came).map(|take| Part {
                child: take.child,
                class: take.class,
                minutes: take.minutes(shift, reading.now).unwrap_or_default(),
            }));
        }
    }
    Ok(parts)
}

fn figures<'p>(parts: impl IntoIterator<Item = &'p Part> + Clone) -> PupilFigures {
    let children: BTreeSet<_> = parts.clone().into_iter().map(|part| part.child).collect();
    PupilFigures {
        pupils: count(&children),
        services: count(parts.clone()),
        minutes: parts.into_iter().map(|part| part.minutes).fold(0, u32::saturating_add),
    }
}
