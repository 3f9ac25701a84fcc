//! The few words a calendar adds to what people wrote: how an entry stands, in the language of whoever reads it.

/// The language of a calendar's own words. What people wrote stays as they wrote it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CalendarLanguage {
    /// 中文
    #[default]
    Chinese,
    /// English
    English,
}

/// How an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Says<'w> {
    /// The event does not take place, and why.
    EventOff(&'w str),
    /// This session of it does not, and why.
    SessionOff(&'w str),
    /// The school cancelled a meeting, and why.
    SchoolOff(&'w str),
    /// In line.
    Waiting,
    /// A seat is held until somebody says yes.
    Offered,
    /// Whom one meets.
    With(&'w str),
    /// A talk of the guidance station.
    Appointment,
    /// The order of a contest was not drawn yet.
    NoOrder,
    /// This shift does not take place, and why.
    ShiftOff(&'w str),
    /// A child waits until one more adult comes to a shift.
    NoAdult,
}

impl CalendarLanguage {
    /// The end of the product's identifier (RFC 5545 §3.7.3).
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "ZH",
            Self::English => "EN",
        }
    }

    pub(crate) fn say(self, what: Says<'_>) -> String {
        match (self, what) {
            (Self::Chinese, Says::EventOff(why)) => format!("活动取消：{why}"),
            (Self::English, Says::EventOff(why)) => format!("The event is off: {why}"),
            (Self::Chinese, Says::SessionOff(why)) => format!("本场取消：{why}"),
            (Self::English, Says::SessionOff(why)) => format!("This session is off: {why}"),
            (Self::Chinese, Says::SchoolOff(why)) => format!("学校取消：{why}"),
            (Self::English, Says::SchoolOff(why)) => format!("Cancelled by the school: {why}"),
            (Self::Chinese, Says::Waiting) => "候补".into(),
            (Self::English, Says::Waiting) => "On the waitlist".into(),
            (Self::Chinese, Says::Offered) => "有名额，等您确认".into(),
            (Self::English, Says::Offered) => "A place is free, waiting for you to confirm".into(),
            (Self::Chinese, Says::With(name)) => format!("与{name}面谈"),
            (Self::English, Says::With(name)) => format!("Meeting with {name}"),
            (Self::Chinese, Says::NoOrder) => "顺序还没有定".into(),
            (Self::English, Says::NoOrder) => "The order is not settled yet".into(),
            (Self::Chinese, Says::ShiftOff(why)) => format!("班次取消：{why}"),
            (Self::English, Says::ShiftOff(why)) => format!("The shift is off: {why}"),
            (Self::Chinese, Says::NoAdult) => "还没有定：等一位大人".into(),
            (Self::English, Says::NoAdult) => "Not settled yet: waiting for an adult".into(),
            (Self::Chinese, Says::Appointment) => "学校预约".into(),
            (Self::English, Says::Appointment) => "Appointment at the school".into(),
        }
    }

    /// 家长开放日（雨桐、雨辰）
    pub(crate) fn titled(self, title: &str, names: &[&str]) -> String {
        match self {
            _ if names.is_empty() => title.to_owned(),
            Self::Chinese => format!("{title}（{}）", names.join("、")),
            Self::English => format!("{title} ({})", names.join(", ")),
        }
    }
}
