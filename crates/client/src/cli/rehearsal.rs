//! A rehearsal of the rush, from a plan in a file.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use xinmei_client::api::{Request, desk::Publish, rehearsal as ask};
use xinmei_model::rehearsal::{ClassFigures, Fates, LeftOutOfSeats, Preferred, SessionFigures, Suppositions};

use super::{
    names,
    terminal::{Terminal, line, row},
    whom::place_words,
};

/// What families are supposed to do.
#[derive(Args)]
pub(crate) struct Suppose {
    /// Openings to play.
    #[arg(long, default_value_t = 200)]
    runs: u32,
    /// The seed of an earlier rehearsal: the same figures come out again.
    #[arg(long)]
    seed: Option<u32>,
    /// Of 100 families, so many want to come.
    #[arg(long, default_value_t = Suppositions::default().want_percent)]
    want: u32,
    /// Of 100 families that come, so many with two adults.
    #[arg(long, default_value_t = Suppositions::default().two_adults_percent)]
    two_adults: u32,
    /// Of 100 families, so many press within the first minute.
    #[arg(long, default_value_t = Suppositions::default().first_minute_percent)]
    first_minute: u32,
    /// The others press within so many hours.
    #[arg(long, default_value_t = Suppositions::default().hours)]
    hours: u32,
    /// In how many sessions, at most, a child could come.
    #[arg(long, default_value_t = Suppositions::default().suits)]
    suits: u32,
    /// Sessions a family wants for each child.
    #[arg(long, default_value_t = Suppositions::default().times)]
    times: u32,
    /// Which sessions they like best.
    #[arg(long, value_enum, default_value_t = Prefer::Even)]
    prefer: Prefer,
    /// Of 100 bookings, so many are given back.
    #[arg(long, default_value_t = Suppositions::default().give_back_percent)]
    give_back: u32,
    /// Classes that hear of it later: `3.2` is 三年级2班; ids of any place.
    #[arg(long)]
    late: Vec<String>,
    /// How much later, in minutes.
    #[arg(long, default_value_t = Suppositions::default().late_minutes)]
    late_minutes: u32,
    /// Families without the app are entered by staff after so many hours.
    #[arg(long, default_value_t = Suppositions::default().staff_hours)]
    staff_hours: u32,
}

#[derive(Clone, Copy, ValueEnum)]
enum Prefer {
    Even,
    First,
}

impl Suppose {
    pub(crate) async fn run(self, terminal: &Terminal, plan: Publish) -> anyhow::Result<ExitCode> {
        let mut late = Vec::with_capacity(self.late.len());
        for place in &self.late {
            late.push(names::place(terminal, place).await?);
        }
        let suppose = Suppositions {
            want_percent: self.want,
            two_adults_percent: self.two_adults,
            first_minute_percent: self.first_minute,
            hours: self.hours,
            suits: self.suits,
            times: self.times,
            prefer: match self.prefer {
                Prefer::Even => Preferred::Even,
                Prefer::First => Preferred::First,
            },
            give_back_percent: self.give_back,
            late,
            late_minutes: self.late_minutes,
            staff_hours: self.staff_hours,
        };
        let request =
            Request::EventRehearse(ask::Rehearse { plan, suppose, runs: self.runs, seed: self.seed });
        if terminal.json {
            return terminal.show(request, "", &[]).await;
        }
        print(&terminal.ask(request).await?);
        Ok(ExitCode::SUCCESS)
    }
}

/// The plan as it is first, what it is compared with second: the classes left out, the families, the sessions, every class.
fn print(told: &ask::Rehearsed) {
    let (seed, runs) = (told.seed, told.runs);
    line(&format!("{} families, {runs} openings, seed {seed}; nothing was sent or kept", told.families));
    let (planned, other) = if told.draws { ("draw", "race") } else { ("race", "draw") };
    for class in &told.classes {
        let of = if told.draws { class.draw.as_ref() } else { Some(&class.race) };
        if let Some((figures, left_out)) = of.and_then(|one| Some((one, one.left_out?))) {
            let why = match left_out {
                LeftOutOfSeats::NoSession => "no session is for it",
                LeftOutOfSeats::Nobody => "in most runs nobody has a seat",
                LeftOutOfSeats::Few => "in most runs not half as many as elsewhere have a seat",
            };
            let wanting = format!("{} families want to come", figures.wanting.median);
            row(&["left out", &place_words(&class.class), &wanting, why]);
        }
    }
    let mut ways = vec![("race", Some(&told.race)), ("draw", told.draw.as_ref())];
    ways.sort_by_key(|(name, _)| *name != planned);
    for (name, fates) in ways.into_iter().filter_map(|(name, fates)| Some((name, fates?))) {
        families(name, fates);
    }
    for session in &told.sessions {
        let of = |name: &str| if name == "race" { Some(&session.race) } else { session.draw.as_ref() };
        for (name, figures) in [planned, other].into_iter().filter_map(|name| Some((name, of(name)?))) {
            seats(name, &session.name, figures, session.enough);
        }
    }
    for class in &told.classes {
        let of = |name: &str| if name == "race" { Some(&class.race) } else { class.draw.as_ref() };
        for (name, ClassFigures { wanting, seated, percent, .. }) in
            [planned, other].into_iter().filter_map(|name| Some((name, of(name)?)))
        {
            let figures = format!("{} of {} families, {percent} %", seated.median, wanting.median);
            row(&[name, &place_words(&class.class), &figures]);
        }
    }
}

fn families(name: &str, fates: &Fates) {
    let words = [
        ("want to come", fates.wanting),
        ("have seats", fates.seated),
        ("have some of their seats", fates.partly),
        ("wait", fates.waiting),
        ("found no room", fates.turned_away),
        ("too many for one family", fates.too_large),
        ("came too late", fates.too_late),
        ("no session is for them", fates.no_session),
        ("gave back", fates.gave_back),
    ];
    for (what, spread) in words {
        let spread_words = format!("{} ({} to {})", spread.median, spread.low, spread.high);
        row(&[name, what, &spread_words]);
    }
}

fn seats(name: &str, session: &str, figures: &SessionFigures, enough: Option<u32>) {
    let SessionFigures { capacity, used, waiting, full_after_s, .. } = figures;
    let used = format!("{} ({} to {}) of {capacity} seats", used.median, used.low, used.high);
    let full = full_after_s.map_or_else(|| "-".into(), |after| format!("full after {after} s"));
    let waiting = format!("{} wait", waiting.median);
    let enough = enough.map_or_else(|| "-".into(), |seats| format!("{seats} would do"));
    row(&[name, session, &used, &full, &waiting, &enough]);
}
