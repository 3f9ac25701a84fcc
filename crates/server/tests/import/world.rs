//! A school that a test fills, and a clock that a test sets.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use jiff::Timestamp;
use xinmei_model::*;
use xinmei_server::{
    Fail,
    edge::{Clock, Edge},
    import::{self, Leave, shown},
    ledger::Ledger,
    school,
    store::{Arg, Cells},
};

pub(crate) const ROSTER: &[u8] = include_bytes!("../../../roster/data/roster.xlsx");
pub(crate) const NEXT_YEAR: &[u8] = include_bytes!("../../../roster/data/roster-next-year.xlsx");
pub(crate) const PUPILS: &[u8] = include_bytes!("../../../roster/data/pupils-gb18030.csv");
pub(crate) const STAFF: &[u8] = include_bytes!("../../../roster/data/staff-gb18030.csv");
pub(crate) const FAULTS: &[u8] = include_bytes!("../../../roster/data/pupils-with-faults.csv");

/// A clock that a test sets.
pub(crate) struct Hand(AtomicI64);

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

pub(crate) struct World {
    pub(crate) ledger: Ledger,
    clock: Arc<Hand>,
    dir: PathBuf,
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let name = format!("xinmei-import-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst));
        let dir = std::env::temp_dir().join(name);
        let clock = Arc::new(Hand(AtomicI64::new(ms("2026-11-23T02:00:00Z"))));
        let edge = Edge { clock: clock.clone(), ..Edge::of_machine() };
        let (store, writer, identity) = school::create(&dir, &edge).unwrap();
        let rows = school::first_rows(&identity, "江畔实验小学", "Asia/Shanghai", 120, 120, None);
        let ledger = Ledger::start(store, writer, identity, edge, |_| {}).unwrap();
        ledger.write(move |tx| tx.apply(rows.clone())).await.unwrap();
        Self { ledger, clock, dir }
    }

    pub(crate) fn set(&self, at: &str) {
        self.clock.0.store(ms(at), Ordering::SeqCst);
    }

    pub(crate) async fn preview(&self, name: &str, bytes: &[u8]) -> shown::Previewed {
        self.preview_all(&[(name, bytes)], None).await.unwrap()
    }

    pub(crate) async fn preview_all(
        &self,
        files: &[(&str, &[u8])],
        year: Option<i16>,
    ) -> Result<shown::Previewed, Fail> {
        let file = |(name, content): &(&str, &[u8])| import::File {
            name: (*name).to_owned(),
            content: content.to_vec(),
        };
        import::preview(&self.ledger, "仲慧", files.iter().map(file).collect(), year).await
    }

    pub(crate) async fn confirm(
        &self,
        preview: &shown::Previewed,
        leave: Leave,
    ) -> Result<shown::Outcome, Fail> {
        import::confirm(&self.ledger, preview.id, "仲慧", leave).await
    }

    pub(crate) async fn import(&self, name: &str, bytes: &[u8], let_leave: bool) -> shown::Outcome {
        let preview = self.preview(name, bytes).await;
        self.confirm(&preview, Leave { pupils: let_leave, staff: false }).await.unwrap()
    }

    /// How many rows there are.
    pub(crate) fn count(&self) -> i64 {
        self.ledger.look(|session| Ok(session.one("SELECT count(*) FROM row", &[])?.unwrap().int(0))).unwrap()
    }

    pub(crate) fn all<T: Noun + Clone>(&self) -> Vec<T> {
        let kind = Arg::Text(T::KIND.name());
        let cells = self
            .ledger
            .look(|session| session.rows("SELECT body FROM row WHERE kind = $1 ORDER BY id", &[kind]))
            .unwrap();
        let row = |cells: &Cells| Row::parse(T::KIND, cells.text(0)).unwrap();
        cells.iter().filter_map(|cells| T::of(&row(cells)).cloned()).collect()
    }

    pub(crate) fn child(&self, number: &str) -> Child {
        self.all::<Child>().into_iter().find(|child| child.number == number).unwrap()
    }

    pub(crate) fn links_of(&self, number: &str) -> Vec<Link> {
        let child = self.child(number).id;
        self.all::<Link>().into_iter().filter(|link| link.child == child).collect()
    }

    pub(crate) fn father_of(&self, number: &str) -> Link {
        self.links_of(number).into_iter().find(|link| link.relation == Relation::Father).unwrap()
    }

    /// A notice that went out to the class of this child.
    pub(crate) async fn tells(&self, child: &Child) -> Id<Notice> {
        let class = child.class().unwrap();
        let author = self.all::<Person>().remove(0);
        let now = self.ledger.now();
        let notice = Notice {
            id: self.ledger.edge.id(),
            author: author.id,
            author_name: author.name,
            author_title: String::new(),
            audience: Audience { include: vec![Target::Place(class)], except: Vec::new() },
            children: 1,
            families: 1,
            title: "周三放学改到 15:40".into(),
            body: String::new(),
            ask: Ask::Nothing,
            answered_by: AnsweredBy::AnyGuardian,
            due: None,
            state: NoticeState::Sent { at: now },
            supersedes: None,
            keeps_answers: false,
            asks_again: Default::default(),
            changed: None,
            class_reads: false,
            reminds: false,
            reminded: None,
            send_at: None,
            approved: None,
            alert: None,
            incident: None,
            reminded_at: Vec::new(),
            went_out: None,
            composed: now,
            files: Vec::new(),
        };
        let id = notice.id;
        let put = Change::put(notice, [Feed::Place(class, Right::Messages)]);
        self.ledger.write(move |tx| tx.apply(vec![put.clone()])).await.unwrap();
        id
    }

    /// What a family asked that nobody has answered.
    pub(crate) async fn asks(&self, child: &Child, guardian: &Link) -> Id<FamilyRequest> {
        let day = jiff::civil::date(2026, 12, 1);
        let request = FamilyRequest {
            id: self.ledger.edge.id(),
            child: child.id,
            wanted: Wanted::Leave { from: day, to: day, part: DayPart::WholeDay, reason: "发烧".into() },
            guardian: guardian.guardian,
            guardian_name: guardian.guardian_name.clone(),
            entered: None,
            state: RequestState::Open,
            earlier: Vec::new(),
            at: self.ledger.now(),
        };
        let id = request.id;
        let put = hand_over(child, &[request], day, self.ledger.now());
        self.ledger.write(move |tx| tx.apply(put.clone())).await.unwrap();
        id
    }

    /// A trip the child goes on, as its line says.
    pub(crate) async fn goes(&self, child: &Child) -> Id<TripChild> {
        let (booking, session, event) = (self.ledger.edge.id(), self.ledger.edge.id(), self.ledger.edge.id());
        let (child, child_name, class) = (child.id, child.name.clone(), child.class());
        let id = derived("seat", session.uuid(), child.uuid());
        let seat = Seat { id, child, child_name: child_name.clone(), booking, session, event, gone: false };
        let line = TripChild {
            id: TripChild::of(session, child),
            session,
            event,
            child,
            child_name,
            tail: String::new(),
            class,
            booking,
            adults: 0,
            since: self.ledger.now(),
            bus: None,
            slip: None,
            left: None,
            gone: false,
        };
        let id = line.id;
        let feeds: Vec<Feed> = class.map(Feed::Class).into_iter().collect();
        let put = vec![Change::put(seat, []), Change::put(line, feeds)];
        self.ledger.write(move |tx| tx.apply(put.clone())).await.unwrap();
        id
    }

    pub(crate) fn barred(&self, link: &Link) -> bool {
        self.all::<Bar>().iter().any(|bar| bar.link == link.id && bar.stands)
    }

    /// The last rev given out.
    pub(crate) fn rev(&self) -> i64 {
        self.ledger.look(|session| Ok(session.one("SELECT rev FROM school", &[])?.unwrap().int(0))).unwrap()
    }

    /// The feeds of a row, as the store writes them.
    pub(crate) fn feeds(&self, id: uuid::Uuid) -> String {
        let sql = "SELECT feeds FROM row WHERE id = $1";
        let cells = self.ledger.look(|session| session.one(sql, &[Arg::Bytes(id.as_bytes())])).unwrap();
        cells.unwrap().text(0).to_owned()
    }

    /// The rows written after a rev, in the order in which they were.
    pub(crate) fn written_since(&self, rev: i64) -> Vec<uuid::Uuid> {
        let sql = "SELECT id FROM row WHERE rev > $1 ORDER BY rev";
        let rows = self.ledger.look(|session| session.rows(sql, &[Arg::Int(rev)])).unwrap();
        rows.iter().map(|cells| cells.uuid(0)).collect()
    }

    /// Everything that is kept of rows, byte for byte, but for revs.
    pub(crate) fn bytes(&self) -> Vec<String> {
        self.ledger
            .look(|session| {
                let mut all = Vec::new();
                for cells in session.rows("SELECT hex(id), kind, feeds, body FROM row ORDER BY id", &[])? {
                    all.push((0..4).map(|n| cells.text(n).to_owned()).collect::<Vec<_>>().join("|"));
                }
                for cells in session.rows("SELECT list, ord, hex(row) FROM row_list ORDER BY 1, 2, 3", &[])? {
                    all.push(format!("{}|{}|{}", cells.text(0), cells.int(1), cells.text(2)));
                }
                let standing = "SELECT feed, hex(row) FROM feed_row WHERE present = 1 ORDER BY 1, 2";
                for cells in session.rows(standing, &[])? {
                    all.push(format!("{}|{}", cells.text(0), cells.text(1)));
                }
                Ok(all)
            })
            .unwrap()
    }

    /// A wish of the member of staff in whose name a role of this kind stands.
    pub(crate) async fn act(&self, kind: RoleKind, act: Act) -> Result<Vec<Change>, Refusal> {
        let role = self.all::<Role>().into_iter().find(|role| role.kind == kind).unwrap();
        let actor = Actor::Person { person: role.person, hat: Hat::Staff { role: role.id } };
        self.ledger
            .write(move |tx| {
                let decision = tx.settle(|facts| decide(facts, &actor, &act))?;
                if let Ok(changes) = decision.clone() {
                    tx.apply(changes)?;
                }
                Ok(decision)
            })
            .await
            .unwrap()
    }

    pub(crate) async fn join(&self, person: Id<Person>) {
        self.ledger
            .write(move |tx| {
                let changes = tx.settle(|facts| joined(facts, person))?;
                tx.apply(changes.unwrap())
            })
            .await
            .unwrap();
    }
}

pub(crate) fn ms(text: &str) -> i64 {
    text.parse::<Timestamp>().unwrap().as_millisecond()
}

pub(crate) fn code(fail: Fail) -> &'static str {
    match fail {
        Fail::Caller { code, .. } => code,
        other => panic!("{other}"),
    }
}

/// The roster's pupils as CSV, each line as the test wants it.
pub(crate) fn edited(mut edit: impl FnMut(&mut Vec<String>)) -> Vec<u8> {
    let roster = xinmei_roster::read(PUPILS, "p.csv").unwrap();
    let mut text = String::new();
    for row in &roster.sheets[0].rows {
        let mut cells = row.cells.clone();
        edit(&mut cells);
        if !cells.is_empty() {
            text.push_str(&cells.join(","));
            text.push('\n');
        }
    }
    text.into_bytes()
}

/// Nobody leaves.
pub(crate) const STAY: Leave = Leave { pupils: false, staff: false };
/// Pupils leave.
pub(crate) const PUPILS_LEAVE: Leave = Leave { pupils: true, staff: false };
/// Staff leave.
pub(crate) const STAFF_LEAVE: Leave = Leave { pupils: false, staff: true };

/// A small roster of pupils, without title.
pub(crate) fn pupils(lines: &[&str]) -> Vec<u8> {
    let header = "校区,年级,班级,学号,姓名,性别,监护人1,关系1,电话1,监护人2,关系2,电话2,备注";
    format!("{header}\n{}\n", lines.join("\n")).into_bytes()
}

/// A small roster of staff.
pub(crate) fn staff(lines: &[&str]) -> Vec<u8> {
    format!("工号,姓名,校区,职务,学科,任教班级,电话\n{}\n", lines.join("\n")).into_bytes()
}

pub(crate) const TONG: &str = "202600006";
pub(crate) const CHEN: &str = "202600007";
pub(crate) const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 23);
