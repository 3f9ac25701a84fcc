//! Notices to who came.

use xinmei_model::{Act, ArrivalMove, Arriving, Audience, Target};

use crate::{taking_part::*, world::plans::*};

#[test]
fn who_came_is_told_afterwards_and_of_a_session_without_a_gate_who_had_a_seat() {
    let mut s = scene();
    let (first, mother) = s.home("雨桐", "王芳");
    let (second, father) = s.home("梓轩", "王强");
    let (third, aunt) = s.home("思远", "陈静");
    let came = Target::Came(s.event);
    let booking = s.world.signs_up(mother, s.sessions[1], &[first], 2);
    s.world.signs_up(father, s.sessions[1], &[second], 1);
    s.world.signs_up(aunt, s.sessions[0], &[third], 1);
    s.world.does(s.desk.actor(), &Act::OpenCheckIn { event: s.event });
    s.world.now = at("2026-10-13T09:55").timestamp();
    assert_eq!(s.preview(&[came], &[]), "｜｜", "nobody came yet");
    let gate = s.world.gate(s.desk, s.event, "北门");
    let arrive = |s: &mut Scene| {
        let wish = Arriving {
            arrival: s.world.fresh(),
            gate,
            session: s.sessions[1],
            booking: Some(booking),
            name: String::new(),
            seats: 1,
            extra: 0,
            at: s.world.now,
            on_paper: false,
        };
        let arrival = wish.arrival;
        s.world.does(s.desk.actor(), &Act::Arrive(wish));
        arrival
    };
    let slip = arrive(&mut s);
    s.world.does(s.desk.actor(), &Act::CorrectArrival { arrival: slip, to: ArrivalMove::Undo });
    assert_eq!(s.preview(&[came], &[]), "｜｜", "a slip of the hand is nobody");
    arrive(&mut s);
    assert_eq!(s.preview(&[came], &[]), "雨桐：王芳为雨桐（到场第 2 场）｜｜");
    let last = s.world.get(s.sessions[0]).ends.max(s.world.get(s.sessions[1]).ends);
    s.world.now = last.timestamp();
    assert_eq!(
        s.preview(&[came], &[]),
        "思远：陈静为思远（来第 1 场）；雨桐：王芳为雨桐（到场第 2 场）｜｜",
        "of the first session only the seats are known"
    );
    let notice = s.world.notice(s.desk, Audience { include: vec![came], except: vec![] });
    assert_eq!([mother, father, aunt].map(|who| s.world.sees(who, notice)), [true, false, true]);
}
