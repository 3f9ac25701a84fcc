//! Putting a child down, taking it out, and marking pupils.

use xinmei_model::{Act, PupilWish, VolunteerAct, limits};

use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        pupil::{Enter, Mark, Withdraw},
    },
    fault::invalid,
    view::ask::save,
};

impl Ask for Enter {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { shift, child, on_behalf_of } = self;
        let wish = PupilWish { shift, child, on_behalf_of };
        save(client, Act::Volunteer(VolunteerAct::EnterPupil(wish))).await
    }
}

impl Ask for Withdraw {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { shift, child, on_behalf_of } = self;
        let wish = PupilWish { shift, child, on_behalf_of };
        save(client, Act::Volunteer(VolunteerAct::WithdrawPupil(wish))).await
    }
}

impl Ask for Mark {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { shift, pupils } = self;
        let some = pupils.chunks(limits::MARKS_PER_ACT);
        let step = |pupils: &[_]| Act::Volunteer(VolunteerAct::MarkPupils { shift, pupils: pupils.to_vec() });
        let saved = client.save_all(some.map(step).collect()).await?;
        saved.last().map(|mutation| Saved { mutation: *mutation }).ok_or_else(|| invalid("pupils"))
    }
}
