//! The people of a history, put into the school as an import would.

use jiff::{Timestamp, civil::Date};
use uuid::Uuid;
use xinmei_model::{
    Change, Child, Enrolment, Feed, Id, Level, Link, Person, Place, QuietHours, Relation, Right, Rights,
    Role, RoleKind, Year, derived, joined, put_child, put_link, put_person, put_year,
};
use xinmei_server::{device::Caller, school, store::Arg};

use super::server::Server;

const FIRST_DAY: Date = jiff::civil::date(2026, 9, 1);

/// What a person does in a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Has children here.
    Guardian,
    /// 班主任 of the first class.
    Teacher,
    /// Runs the events of the campus.
    Coordinator,
    /// 校长
    Head,
}

/// Everybody, whether they have a computer or not.
pub struct Cast {
    /// The campus.
    pub campus: Id<Place>,
    /// Two classes.
    pub classes: [Id<Place>; 2],
    /// 王, 李, 赵 and 钱's children, in this order.
    pub children: Vec<Id<Child>>,
    /// Who may have a computer, in the order in which they get one.
    pub people: Vec<(Id<Person>, &'static str, Part)>,
    /// Guardians who join later or on a second computer.
    pub late: Vec<(Id<Person>, &'static str)>,
    /// The second coordinator of the campus, who has no computer here.
    pub deputy: (Id<Person>, Id<Role>),
    /// The administrator, who needs no computer here.
    pub office: (Id<Person>, Id<Role>),
}

struct Builder<'s> {
    server: &'s mut Server,
    changes: Vec<Change>,
    now: Timestamp,
}

impl Builder<'_> {
    fn named<T>(&self, name: &str) -> Id<T> {
        self.server.ledger.identity.named(name)
    }

    fn place(&mut self, above: &[Id<Place>], name: &str, level: Level, number: Option<u8>) -> Id<Place> {
        let id = self.named(&format!("place/{name}"));
        let path = above.iter().copied().chain([id]).collect();
        let cohort = (level > Level::Campus).then_some(2024);
        let row = Place { id, level, path, name: name.into(), cohort, number };
        self.changes.push(Change::put(row, [Feed::School]));
        id
    }

    fn person(&mut self, name: &str, has_joined: bool) -> Id<Person> {
        let id = self.named(&format!("person/{name}"));
        let joined = has_joined.then_some(self.now);
        let row = Person { id, name: name.into(), staff_number: None, joined, on_paper: false };
        self.changes.push(put_person(row));
        id
    }

    fn child(&mut self, name: &str, path: &[Id<Place>]) -> Child {
        let class = *path.last().unwrap();
        let enrolments = vec![Enrolment { class, from: FIRST_DAY, to: None }];
        let id = self.named(&format!("child/{name}"));
        let (number, sex) = ("20240201".to_owned(), String::new());
        let child = Child { id, name: name.into(), number, sex, path: path.to_vec(), enrolments };
        self.changes.push(put_child(child.clone()));
        child
    }

    fn link(&mut self, guardian: Id<Person>, name: &str, child: &Child, rights: &[Right], joined: bool) {
        let link = Link {
            id: derived("link", guardian.uuid(), child.id.uuid()),
            guardian,
            guardian_name: name.into(),
            joined,
            on_paper: false,
            child: child.id,
            relation: Relation::Mother,
            relation_text: None,
            rights: Rights::granted(rights, FIRST_DAY, "名册"),
            undecided: false,
            from: FIRST_DAY,
            to: None,
        };
        self.changes.push(put_link(link, child));
    }

    fn role(&mut self, person: Id<Person>, name: &str, kind: RoleKind, place: Id<Place>) -> Id<Role> {
        let id = derived("role", person.uuid(), place.uuid());
        let (person_name, title) = (name.to_owned(), name.to_owned());
        let role = Role {
            id,
            person,
            person_name,
            kind,
            title,
            subject: None,
            place,
            from: FIRST_DAY,
            to: None,
            office_hours: None,
        };
        self.changes.push(Change::put(role, [Feed::School, Feed::Person(person)]));
        id
    }
}

impl Cast {
    /// Puts everybody into a new school. `father_decides`: whether 李建国 may book for the child he shares.
    pub fn enter(server: &mut Server, now: Timestamp, father_decides: bool) -> Self {
        let changes = school::first_rows(
            &server.ledger.identity,
            "江畔实验小学",
            "Asia/Shanghai",
            120,
            120,
            Some(QuietHours::usual()),
        );
        let root = school::root(&server.ledger.identity);
        let mut b = Builder { server, changes, now };
        let year = Year {
            id: b.named("year/2026"),
            begins_in: 2026,
            from: FIRST_DAY,
            to: jiff::civil::date(2027, 7, 10),
            terms: Vec::new(),
        };
        b.changes.push(put_year(year));
        let campus = b.place(&[root], "本部", Level::Campus, None);
        let grade = b.place(&[root, campus], "2024级", Level::Grade, None);
        let class = |b: &mut Builder<'_>, n| {
            b.place(&[root, campus, grade], &format!("{n}班"), Level::Class, Some(n))
        };
        let classes = [class(&mut b, 1), class(&mut b, 2)];
        let path = |n: usize| [root, campus, grade, classes[n]];
        let children: Vec<Child> = [("李雨桐", 0), ("李雨辰", 1), ("赵子涵", 0), ("钱一诺", 1)]
            .into_iter()
            .map(|(name, n)| b.child(name, &path(n)))
            .collect();
        let office = b.person("陈静", true);
        let admin = b.role(office, "陈静", RoleKind::Administrator, root);
        let zhou = b.person("周敏", true);
        b.role(zhou, "周敏", RoleKind::Coordinator, campus);
        let sun = b.person("孙丽", true);
        let deputy = b.role(sun, "孙丽", RoleKind::Coordinator, campus);
        let zhang = b.person("张晓梅", true);
        b.role(zhang, "张晓梅", RoleKind::ClassTeacher, classes[0]);
        let xiong = b.person("熊立新", true);
        b.role(xiong, "熊立新", RoleKind::Head, root);
        // The other head, without a computer here: what the first one writes waits.
        let wu = b.person("吴军", true);
        b.role(wu, "吴军", RoleKind::Head, root);
        let mut guardian = |name, own: &[usize], rights: &[Right], joined| {
            let id = b.person(name, joined);
            for child in own {
                b.link(id, name, &children[*child], rights, joined);
            }
            id
        };
        let some: &[Right] = if father_decides { &Right::ALL } else { &[Right::Messages, Right::PickUp] };
        let liu = guardian("刘芳", &[0, 1], &Right::ALL, true);
        let li = guardian("李建国", &[0], some, true);
        let zhao = guardian("赵倩", &[2], &Right::ALL, true);
        let qian = guardian("钱伟", &[3], &Right::ALL, true);
        let late = guardian("周桂英", &[0, 3], &Right::ALL, false);
        let changes = std::mem::take(&mut b.changes);
        server.put(changes);
        Self {
            campus,
            classes,
            children: children.iter().map(|child| child.id).collect(),
            people: vec![
                (zhou, "周敏", Part::Coordinator),
                (liu, "刘芳", Part::Guardian),
                (li, "李建国", Part::Guardian),
                (zhang, "张晓梅", Part::Teacher),
                (xiong, "熊立新", Part::Head),
                (zhao, "赵倩", Part::Guardian),
                (qian, "钱伟", Part::Guardian),
            ],
            late: vec![(late, "周桂英"), (liu, "刘芳"), (li, "李建国")],
            deputy: (sun, deputy),
            office: (office, admin),
        }
    }
}

/// Enters a device of a person; what the code, the password and the key have to do with it is tested elsewhere.
pub fn enrol(server: &mut Server, person: Id<Person>) -> Caller {
    let device: Uuid = server.ledger.edge.id::<()>().uuid();
    server
        .write(move |tx| {
            tx.session().execute(
                "INSERT INTO device (id, person, name, key, created, contact) VALUES ($1, $2, 'sim', $1, 0, 0)",
                &[Arg::Bytes(device.as_bytes()), Arg::Bytes(person.uuid().as_bytes())],
            )?;
            let changes = tx.settle(|facts| joined(facts, person))?;
            tx.apply(changes.unwrap())
        })
        .unwrap();
    Caller { device, person }
}
