use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use xinmei_model::SeatedBecause;

use super::book::fill;
use crate::{
    api::{
        audience::SessionName,
        profile::ChildName,
        table::Language,
        trip::{BusList, BusView, RiderView, SlipStand},
    },
    view::stage::{Stage, at, id},
};

fn rider(child: u128, name: &str, slip: SlipStand, because: Option<SeatedBecause>) -> RiderView {
    let child = ChildName { id: id(child), name: name.into(), tail: "0217".into(), class: None };
    RiderView { child, booking: id(1), adults: 2, because, slip }
}

fn list() -> BusList {
    BusList {
        title: "走进红岩村".into(),
        session: SessionName { id: id(201), name: "上午".into(), starts: at("11-23T11:00") },
        meeting_point: "=东门".into(),
        buses: vec![BusView {
            name: "1 号车".into(),
            seats: 45,
            taken: 3,
            parents: 2,
            escorts: 0,
            lacks: 0,
            children: vec![rider(31, "李雨桐", SlipStand::Signed, Some(SeatedBecause::ByHand))],
        }],
        left: vec![rider(32, "赵子涵", SlipStand::Refused, None)],
        adults_left: 1,
        may_move: true,
    }
}

#[test]
fn another_hand_reads_the_workbook_of_buses() {
    let stage = Stage::family();
    for (language, sheets, seat, slip) in [
        (Language::Chinese, ["说明", "儿童", "车辆"], "没有座位", "不同意"),
        (Language::English, ["About", "Children", "Buses"], "No seat", "refused"),
    ] {
        let content = stage.read(|reading| Ok(fill(reading, language, &list()).unwrap()));
        let mut book = Xlsx::new(Cursor::new(content)).unwrap();
        assert_eq!(book.sheet_names(), sheets);
        let text = |data: Option<&Data>| data.map(ToString::to_string).unwrap_or_default();
        let children = book.worksheet_range(sheets[1]).unwrap();
        let row = |n: u32| (0..7).map(|col| text(children.get_value((n, col)))).collect::<Vec<_>>();
        assert_eq!(row(1)[..5], ["1 号车", "", "李雨桐", "0217", "2"].map(String::from));
        assert_eq!((row(2)[0].as_str(), row(2)[2].as_str(), row(2)[5].as_str()), (seat, "赵子涵", slip));
        assert_eq!(children.get_value((1, 4)), Some(&Data::Float(2.0)), "a figure is a number");
        assert_eq!(children.get_value((1, 3)), Some(&Data::String("0217".into())), "and a code is none");
        let buses = book.worksheet_range(sheets[2]).unwrap();
        let figures: Vec<_> = (1..7).map(|col| text(buses.get_value((1, col)))).collect();
        assert_eq!(figures, ["45", "3", "1", "2", "0", "0"]);
        let about = book.worksheet_range(sheets[0]).unwrap();
        assert!(about.used_cells().any(|(_, _, cell)| cell == &Data::String("=东门".into())));
    }
}
