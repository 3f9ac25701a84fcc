//! A contest in stages: who takes part, what is shown of them, whose turn it is, and how a stage ends.

mod entries;
mod moved;
mod orders;
mod results;
mod times;

use xinmei_model::{
    Act, Attachment, Break, Candidate, Child, Contest, ContestAct, ContestPlan, ContestState, EntryWish,
    Feed, FileHash, FileKind, Id, Outcome, Person, Place, Power, Refusal, Relation, Right, ShownCandidate,
    Stage, StageKind, Turn, Upload, limits,
};

use crate::world::{World, people::*, plans::at};

pub fn malformed(field: &str) -> Refusal {
    Refusal::Malformed { field: field.into() }
}

pub fn step(step: ContestAct) -> Act {
    Act::Contest(step)
}

/// An election of four stages: 笔试, 海报展示, 现场自我介绍, 现场提问. Nominations are open now, until the 14th.
pub struct Election {
    pub world: World,
    pub desk: Staff,
    pub teacher: Staff,
    pub class: Id<Place>,
    pub contest: Id<Contest>,
    pub stages: Vec<Id<Stage>>,
}

pub fn plan(place: Id<Place>, ids: &[Id<Stage>]) -> ContestPlan {
    let stage = |id: usize, name: &str, starts: &str, ends: &str, kind| Stage {
        id: ids[id],
        name: name.into(),
        venue: "队史廊".into(),
        starts: at(starts),
        ends: at(ends),
        kind,
        note: String::new(),
    };
    let turns = |minutes| StageKind::InTurn {
        minutes,
        buffer: 1,
        breaks: vec![Break { from: at("2026-10-21T14:10"), until: at("2026-10-21T14:20") }],
        seed_from: "掷三次骰子".into(),
    };
    ContestPlan {
        place,
        title: " 大队委换届选举 ".into(),
        about: "五个环节".into(),
        eligible: vec![],
        per_class: Some(3),
        opens: at("2026-10-12T08:00"),
        closes: at("2026-10-14T18:00"),
        stages: vec![
            stage(0, "笔试", "2026-10-16T12:30", "2026-10-16T13:00", StageKind::Together),
            stage(
                1,
                "海报展示",
                "2026-10-19T08:00",
                "2026-10-20T17:00",
                StageKind::OnShow { due: at("2026-10-16T18:00") },
            ),
            stage(2, "现场自我介绍", "2026-10-21T14:00", "2026-10-21T15:00", turns(4)),
            stage(3, "现场提问", "2026-10-22T14:00", "2026-10-22T15:00", turns(3)),
        ],
    }
}

impl Election {
    pub fn new() -> Self {
        let mut world = World::school();
        let desk = world.coordinator(world.campus);
        let class = world.class(2022, 2);
        let teacher = world.teacher("张晓梅", class);
        let contest = world.fresh();
        let stages: Vec<Id<Stage>> = (0..4).map(|_| world.fresh()).collect();
        let plan = plan(world.campus, &stages);
        let put = ContestAct::PutContest { contest, plan, version: 0, publish: true, reason: String::new() };
        world.does(desk.actor(), &step(put));
        Self { world, desk, teacher, class, contest, stages }
    }

    /// A child of the class, and the mother.
    pub fn child(&mut self, name: &str) -> (Id<Child>, Id<Person>) {
        let child = self.world.child(name, self.class);
        (child, self.world.guardian("王芳").of(child, Relation::Mother, PARENT).id())
    }

    pub fn wish(&self, child: Id<Child>) -> EntryWish {
        EntryWish {
            contest: self.contest,
            child,
            statement: "我想为大家做事".into(),
            poster: None,
            shows: true,
            on_behalf_of: None,
            replaces: None,
            mark: Some(Id::new(uuid::Uuid::from_u128(child.uuid().as_u128() ^ 1))),
        }
    }

    /// A candidate whose mother nominated it.
    pub fn candidate(&mut self, name: &str) -> (Id<Candidate>, Id<Person>) {
        let (child, mother) = self.child(name);
        let wish = self.wish(child);
        self.world.does(guardian(mother), &step(ContestAct::EnterCandidate(wish)));
        (Candidate::of(self.contest, child), mother)
    }

    /// So many candidates, each of a class of its own.
    pub fn candidates(&mut self, count: u8) -> Vec<(Id<Candidate>, Id<Person>)> {
        let one = |number| {
            self.class = self.world.class(2021, number);
            self.candidate(&format!("孩子{number}"))
        };
        (1..=count).map(one).collect()
    }

    pub fn poster(&mut self, person: Id<Person>, name: &str) -> Attachment {
        let sha256 = FileHash::of(name.as_bytes());
        let id = Upload::of(person, sha256);
        let now = self.world.now;
        self.world.put(Upload { id, person, sha256, bytes: 9, at: now }, []);
        Attachment { sha256, name: name.into(), kind: FileKind::Pdf, bytes: 9, picture: None }
    }

    pub fn comes(&mut self, when: &str) {
        self.world.now = at(when).timestamp();
    }

    #[track_caller]
    pub fn desk_does(&mut self, act: ContestAct) {
        self.world.does(self.desk.actor(), &step(act));
    }

    #[track_caller]
    pub fn desk_refused(&self, act: ContestAct) -> Refusal {
        self.world.refuses(self.desk.actor(), &step(act))
    }

    #[track_caller]
    pub fn checks(&mut self, candidate: Id<Candidate>, revise: &str) {
        let version = self.world.get(candidate).version;
        self.desk_does(ContestAct::CheckCandidate { candidate, version, revise: revise.into() });
    }

    /// What the school sees of a candidate, if anything.
    pub fn shown(&self, candidate: Id<Candidate>) -> Option<ShownCandidate> {
        let id = ShownCandidate::of(candidate);
        self.world.find(id).filter(|_| self.world.feeds(id) == [Feed::School].into())
    }

    pub fn turns(&self, stage: usize) -> Vec<Turn> {
        let mut turns: Vec<Turn> = self.world.all();
        turns.retain(|turn| turn.stage == self.stages[stage] && !turn.gone);
        turns.sort_by_key(|turn| turn.number);
        turns
    }

    #[track_caller]
    pub fn results(&mut self, stage: usize, outcomes: &[(Id<Candidate>, Outcome)]) {
        let id = self.stages[stage];
        for (candidate, outcome) in outcomes {
            let (candidate, outcome) = (*candidate, outcome.clone());
            self.desk_does(ContestAct::SetResult { stage: id, candidate, outcome, reason: String::new() });
        }
        let candidates = outcomes.len() as u32;
        self.desk_does(ContestAct::PublishResults { contest: self.contest, stage: id, candidates });
    }
}

#[test]
fn a_contest_is_its_desks_until_it_is_published_and_everybodys_from_then_on() {
    let mut election = Election::new();
    let (contest, campus) = (election.world.fresh(), election.world.campus);
    let stages: Vec<Id<Stage>> = (0..4).map(|_| election.world.fresh()).collect();
    let put = |version, publish| ContestAct::PutContest {
        contest,
        plan: plan(campus, &stages),
        version,
        publish,
        reason: String::new(),
    };
    election.desk_does(put(0, false));
    assert_eq!(election.world.get(contest).plan.title, "大队委换届选举");
    assert_eq!(election.world.feeds(contest), [Feed::Desk(contest.uuid())].into());
    assert!(election.world.sees(election.desk.person, contest));
    assert!(!election.world.sees(election.teacher.person, contest));
    assert_eq!(election.desk_refused(put(7, true)), Refusal::ChangedMeanwhile);
    election.desk_does(put(0, true));
    assert!(election.world.sees(election.teacher.person, contest));
    // What was published stays published.
    election.desk_does(put(1, false));
    assert_eq!(election.world.get(contest).state, ContestState::Published);

    let no = Refusal::NoPower { power: Power::ManageEvents };
    assert_eq!(election.world.refuses(election.teacher.actor(), &step(put(2, true))), no);
    let cancel = ContestAct::CancelContest { contest, reason: "停课".into() };
    assert_eq!(election.world.refuses(election.teacher.actor(), &step(cancel.clone())), no);
    election.desk_does(cancel.clone());
    assert_eq!(election.desk_refused(cancel), Refusal::EventNotOpen);
    assert!(election.world.sees(election.teacher.person, contest), "with the reason");
}

#[test]
fn a_plan_that_could_not_be_held_is_refused_by_its_field() {
    type Spoil = fn(&mut ContestPlan);
    let cases: Vec<(Spoil, Refusal)> = vec![
        (|it| it.title = " ".into(), malformed("title")),
        (|it| it.per_class = Some(0), malformed("per_class")),
        (|it| it.closes = it.opens.clone(), malformed("closes")),
        (|it| it.stages.clear(), malformed("stages")),
        (|it| it.stages[1].id = it.stages[0].id, malformed("stages")),
        (|it| it.stages[0].kind = it.stages[1].kind.clone(), malformed("stages.due")),
        (|it| it.stages[3].kind = StageKind::OnShow { due: at("2026-10-20T18:00") }, malformed("stages")),
        (|it| it.stages.swap(0, 1), malformed("stages.starts")),
        (|it| it.stages[0].starts = at("2026-10-11T08:00"), malformed("stages.starts")),
        (|it| it.stages[0].ends = it.stages[0].starts.clone(), malformed("stages.ends")),
        (|it| it.stages[2].ends = at("2026-10-22T01:00"), malformed("stages.ends")),
        (|it| it.stages[0].name = String::new(), malformed("stages.name")),
        (
            |it| it.stages[0].name = "字".repeat(21),
            Refusal::TooMany { field: "stages.name".into(), limit: limits::STAGE_NAME_CHARS as u32 },
        ),
        (
            |it| {
                if let StageKind::InTurn { minutes, .. } = &mut it.stages[2].kind {
                    *minutes = 0;
                }
            },
            malformed("stages.minutes"),
        ),
        (
            |it| {
                if let StageKind::InTurn { buffer, .. } = &mut it.stages[2].kind {
                    *buffer = 61;
                }
            },
            Refusal::TooMany { field: "stages.buffer".into(), limit: limits::TURN_MINUTES },
        ),
        (
            |it| {
                if let StageKind::InTurn { seed_from, .. } = &mut it.stages[2].kind {
                    seed_from.clear();
                }
            },
            malformed("stages.seed_from"),
        ),
        (
            |it| {
                if let StageKind::InTurn { breaks, .. } = &mut it.stages[2].kind {
                    breaks[0].until = breaks[0].from.clone();
                }
            },
            malformed("stages.breaks"),
        ),
    ];
    let mut election = Election::new();
    let contest = election.world.fresh();
    for (at, (spoil, refusal)) in cases.into_iter().enumerate() {
        let mut plan = plan(election.world.campus, &election.stages);
        spoil(&mut plan);
        let put = ContestAct::PutContest { contest, plan, version: 0, publish: true, reason: String::new() };
        assert_eq!(election.desk_refused(put), refusal, "case {at}");
    }
}

#[test]
fn its_acts_keep_their_form() {
    let id = "00000000-0000-0000-0000-000000000001";
    let acts = [
        (
            ContestAct::CancelContest { contest: id.parse().unwrap(), reason: "停课".into() },
            format!(r#"{{"do":"contest","step":"cancel-contest","contest":"{id}","reason":"停课"}}"#),
        ),
        (
            ContestAct::EnterCandidate(EntryWish {
                contest: id.parse().unwrap(),
                child: id.parse().unwrap(),
                statement: "好".into(),
                poster: None,
                shows: true,
                on_behalf_of: None,
                replaces: None,
                mark: None,
            }),
            format!(
                r#"{{"do":"contest","step":"enter-candidate","contest":"{id}","child":"{id}","statement":"好","shows":true,"on_behalf_of":null}}"#
            ),
        ),
        (
            ContestAct::SetResult {
                stage: id.parse().unwrap(),
                candidate: id.parse().unwrap(),
                outcome: Outcome::Elected { office: "宣传委员".into() },
                reason: String::new(),
            },
            format!(
                r#"{{"do":"contest","step":"set-result","stage":"{id}","candidate":"{id}","outcome":{{"is":"elected","office":"宣传委员"}}}}"#
            ),
        ),
        (
            ContestAct::PublishResults {
                contest: id.parse().unwrap(),
                stage: id.parse().unwrap(),
                candidates: 12,
            },
            format!(
                r#"{{"do":"contest","step":"publish-results","contest":"{id}","stage":"{id}","candidates":12}}"#
            ),
        ),
    ];
    for (act, json) in acts {
        let name = act.name();
        let act = step(act);
        assert_eq!(serde_json::to_string(&act).unwrap(), json);
        assert_eq!(serde_json::from_str::<Act>(&json).unwrap(), act);
        assert!(json.contains(&format!(r#""step":"{name}""#)));
    }
}
