//! The list of buses as a workbook: all children on one sheet, to be sorted and sifted, and what each bus carries on another.

use rust_xlsxwriter::XlsxError;
use xinmei_model::{Id, SeatedBecause, Session};

use super::buses::bus_list;
use crate::{
    Client,
    api::{
        Ask, Fault,
        table::{KeptFile, Language, MadeFile},
        trip::{BusExport, BusList, BusTable, BusView, RiderView, SlipStand},
    },
    fault::broken,
    view::{
        ask::read,
        reading::{Reading, count},
        workbook::{Made, Tables, Value, number, place_words, wall},
    },
};

impl Ask for BusTable {
    type Reply = MadeFile;

    async fn answer(self, client: &Client) -> Result<MadeFile, Fault> {
        Ok(read(client, move |reading| make(reading, self.session, self.language)).await?.give())
    }
}

impl Ask for BusExport {
    type Reply = KeptFile;

    async fn answer(self, client: &Client) -> Result<KeptFile, Fault> {
        read(client, move |reading| make(reading, self.session, self.language)).await?.keep(client).await
    }
}

fn make(reading: &Reading<'_>, session: Id<Session>, language: Language) -> Result<Made, Fault> {
    let list = bus_list(reading, session)?;
    let content = fill(reading, language, &list).map_err(|error| broken(&error))?;
    Ok(Made::new(&list.title, Words::of(language).list, reading.day, content))
}

/// The words of one language.
struct Words {
    language: Language,
    list: &'static str,
    about: &'static str,
    title: &'static str,
    session: &'static str,
    starts: &'static str,
    meeting_point: &'static str,
    adults_left: &'static str,
    made: &'static str,
    children: &'static str,
    buses: &'static str,
    bus: &'static str,
    no_seat: &'static str,
    class: &'static str,
    child: &'static str,
    tail: &'static str,
    adults: &'static str,
    slip: &'static str,
    because: &'static str,
    seats: &'static str,
    taken: &'static str,
    parents: &'static str,
    escorts: &'static str,
    lacks: &'static str,
}

const CHINESE: Words = Words {
    language: Language::Chinese,
    list: "分车名单",
    about: "说明",
    title: "活动",
    session: "场次",
    starts: "时间",
    meeting_point: "集合",
    adults_left: "没有座位的成人",
    made: "名单时间",
    children: "儿童",
    buses: "车辆",
    bus: "车",
    no_seat: "没有座位",
    class: "班级",
    child: "姓名",
    tail: "学号后四位",
    adults: "同行家长",
    slip: "同意书",
    because: "怎么排的",
    seats: "座位",
    taken: "已坐",
    parents: "家长",
    escorts: "随行老师",
    lacks: "还差成人",
};

const ENGLISH: Words = Words {
    language: Language::English,
    list: "Bus list",
    about: "About",
    title: "Event",
    session: "Session",
    starts: "Starts",
    meeting_point: "Meeting point",
    adults_left: "Adults without a seat",
    made: "As of",
    children: "Children",
    buses: "Buses",
    bus: "Bus",
    no_seat: "No seat",
    class: "Class",
    child: "Name",
    tail: "Last four of the pupil number",
    adults: "Adults of the family",
    slip: "Slip",
    because: "Why there",
    seats: "Seats",
    taken: "Taken",
    parents: "Parents",
    escorts: "Staff",
    lacks: "Adults missing",
};

impl Words {
    fn of(language: Language) -> &'static Self {
        match language {
            Language::Chinese => &CHINESE,
            Language::English => &ENGLISH,
        }
    }

    fn slip(&self, stand: SlipStand) -> &'static str {
        let (chinese, english) = match stand {
            SlipStand::None => ("", ""),
            SlipStand::Signed => ("已签", "signed"),
            SlipStand::Half => ("只签了一位", "one of two signed"),
            SlipStand::Refused => ("不同意", "refused"),
            SlipStand::Missing => ("未签", "not signed"),
            SlipStand::Late => ("还没收到", "not asked yet"),
        };
        self.either(chinese, english)
    }

    fn because(&self, because: Option<SeatedBecause>) -> &'static str {
        let (chinese, english) = match because {
            Some(SeatedBecause::ByHand) => ("手动换的", "moved by hand"),
            Some(SeatedBecause::WithClass) => ("和全班一起", "with the class"),
            Some(SeatedBecause::WithFamily) => ("和家人一起", "with the family"),
            Some(SeatedBecause::WhereRoom) => ("有空位的车", "where there was a seat"),
            None => ("", ""),
        };
        self.either(chinese, english)
    }

    fn either(&self, chinese: &'static str, english: &'static str) -> &'static str {
        match self.language {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }
}

pub(super) fn fill(reading: &Reading<'_>, language: Language, list: &BusList) -> Result<Vec<u8>, XlsxError> {
    let words = Words::of(language);
    let mut tables = Tables::new();
    let left = if list.adults_left == 0 { Value::Empty } else { number(list.adults_left) };
    let lines = [
        (words.title, Value::text(&list.title)),
        (words.session, Value::text(&list.session.name)),
        (words.starts, wall(reading, list.session.starts.timestamp())),
        (words.meeting_point, Value::text(&list.meeting_point)),
        (words.adults_left, left),
        (words.made, wall(reading, reading.now)),
    ];
    tables.about(reading, words.about, &list.title, lines)?;
    let row = |bus: &str, rider: &RiderView| {
        let class = rider.child.class.as_ref().map(|class| place_words(words.language, class));
        vec![
            Value::text(bus),
            Value::text(class.unwrap_or_default()),
            Value::text(&rider.child.name),
            Value::text(&rider.child.tail),
            number(rider.adults),
            Value::text(words.slip(rider.slip)),
            Value::text(words.because(rider.because)),
        ]
    };
    let seated = list.buses.iter().flat_map(|bus| bus.children.iter().map(|rider| row(&bus.name, rider)));
    let rows = seated.chain(list.left.iter().map(|rider| row(words.no_seat, rider))).collect();
    let heads = [
        (words.bus, 12.0),
        (words.class, 20.0),
        (words.child, 14.0),
        (words.tail, 12.0),
        (words.adults, 10.0),
        (words.slip, 14.0),
        (words.because, 16.0),
    ];
    tables.sheet(words.children, heads, rows)?;
    let row = |bus: &BusView| {
        let BusView { name, seats, taken, parents, escorts, lacks, children } = bus;
        let figures = [*seats, *taken, count(children), *parents, *escorts, *lacks].map(number);
        [Value::text(name)].into_iter().chain(figures).collect()
    };
    let rows = list.buses.iter().map(row).collect();
    let heads =
        [words.bus, words.seats, words.taken, words.children, words.parents, words.escorts, words.lacks];
    tables.sheet(words.buses, heads.map(|head| (head, 12.0)), rows)?;
    tables.finish()
}
