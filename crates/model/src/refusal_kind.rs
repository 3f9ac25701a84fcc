//! What is asked of every refusal.

use crate::Refusal;

impl Refusal {
    /// The stable code, as in JSON and problem details.
    #[must_use]
    pub fn code(&self) -> String {
        serde_json::to_value(self)
            .ok()
            .and_then(|value| value.get("code").and_then(|code| code.as_str().map(str::to_owned)))
            .unwrap_or_default()
    }

    /// Whether waiting could turn it into a yes. A client refuses on its own only what cannot improve: the server's clock counts.
    #[must_use]
    pub fn may_improve(&self) -> bool {
        !matches!(
            self,
            Self::NoRight { .. }
                | Self::NoPower { .. }
                | Self::Malformed { .. }
                | Self::TooMany { .. }
                | Self::FamilyLimit { .. }
                | Self::NotEligible
                | Self::OtherGuardian
                | Self::TextChanged
                | Self::ConversationEnded
                | Self::ReadsOnly
                | Self::MessageFixed
                | Self::Concerned
                | Self::AudienceEmpty
                | Self::DrawDone
                | Self::LaterTold { .. }
                | Self::DueTooEarly { .. }
                | Self::AlreadyBooked { .. }
                | Self::HoursOwn
                | Self::ShiftOff
                | Self::PostEnded
                | Self::SwapOff
                | Self::GateClosed
                | Self::NoWalkInSeats { .. }
                | Self::AlreadyIn { .. }
                | Self::SeatReleased
                | Self::OtherSession { .. }
                | Self::HolidayFileUnreadable
                | Self::HolidayFileForged
                | Self::HolidayFileWrong { .. }
                | Self::HolidaysOlder { .. }
        )
    }
}
