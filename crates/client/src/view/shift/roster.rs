//! The coordinator's posts, with who comes.

use xinmei_model::{
    Kind, Link, List, Opening, Person, Post, Power, Shift, SwapAct, Take, TakeState, VolunteerAct,
    VolunteerRecord, lacking,
};

use crate::{
    Client,
    api::{
        Ask, Fault,
        shift::{PostView, Posts, Roster, RosterShift, Volunteer},
    },
    view::{ask::read, names::in_text, reading::Reading},
};

/// Shifts that ended longer ago than this are history, not a roster.
const DAYS_BACK: i64 = 28;

impl Ask for Roster {
    type Reply = Posts;

    async fn answer(self, client: &Client) -> Result<Posts, Fault> {
        read(client, roster).await
    }
}

pub(super) fn roster(reading: &Reading<'_>) -> Result<Posts, Fault> {
    let mut posts: Vec<Post> = reading.snapshot.list(List::All(Kind::Post))?;
    posts.retain(|post| reading.may(Power::ManageShifts, &post.held_at));
    posts.sort_by(|a, b| a.title.cmp(&b.title).then_with(|| a.id.cmp(&b.id)));
    let posts = posts.iter().map(|post| post_view(reading, post)).collect::<Result<_, _>>()?;
    Ok(Posts { posts })
}

fn post_view(reading: &Reading<'_>, post: &Post) -> Result<PostView, Fault> {
    let shifts: Vec<Shift> = reading.snapshot.list(List::ShiftsOf(post.id))?;
    let recent = shifts.iter().filter(|shift| reading.is_recent(shift.ends.timestamp(), DAYS_BACK));
    Ok(PostView {
        id: post.id,
        title: post.title.clone(),
        place: reading.place_name(post.place),
        about: post.about.clone(),
        meeting_point: post.meeting_point.clone(),
        programme: post.programme.clone(),
        terms: post.terms.clone(),
        campaign: reading.campaign_of(post)?,
        version: post.version,
        ended: post.ended.is_some(),
        pending: reading.wishes.volunteering(|step| match step {
            VolunteerAct::ChangePost { post: draft, .. } => draft.id == post.id,
            VolunteerAct::EndPost { post: id } => *id == post.id,
            _ => false,
        }),
        shifts: recent.map(|shift| roster_shift(reading, post, shift)).collect::<Result<_, _>>()?,
    })
}

fn roster_shift(reading: &Reading<'_>, post: &Post, shift: &Shift) -> Result<RosterShift, Fault> {
    let mut takes: Vec<Take> = reading.snapshot.list(List::TakesOf(shift.id))?;
    takes.sort_by_key(|take| take.at);
    let mine = takes.iter().find(|take| take.person == reading.me).cloned();
    // 代办: the desk's own wishes stand on the roster, one's own on the list of shifts.
    let pending = reading.wishes.about_shift(shift.id, false).map(|wish| wish.state);
    let line = reading.line_of(post, shift, mine.as_ref(), pending, None)?;
    let (mut people, mut asking) = (Vec::new(), Vec::new());
    let (mut offered, mut said_no) = (Vec::new(), Vec::new());
    for take in takes {
        match take.state {
            TakeState::Taken => people.push(volunteer(reading, post, shift, take)?),
            TakeState::Asked => asking.push(volunteer(reading, post, shift, take)?),
            TakeState::Offered => offered.push(volunteer(reading, post, shift, take)?),
            TakeState::SaidNo => said_no.push(volunteer(reading, post, shift, take)?),
            TakeState::Dropped | TakeState::Declined | TakeState::CalledOff | TakeState::Released => {}
        }
    }
    let invites = post.invites_to(shift, reading.now);
    Ok(RosterShift { line, people, asking, offered, said_no, invites })
}

fn volunteer(reading: &Reading<'_>, post: &Post, shift: &Shift, take: Take) -> Result<Volunteer, Fault> {
    let (who, day) = (take.person, shift.day_in(reading.zone.clone()));
    let asked = &post.terms.requires;
    let name = |(one, _): (&xinmei_model::Qualification, _)| one.draft.name.clone();
    let lacks = reading
        .snapshot
        .settle(|facts| Ok(lacking(facts, who, asked, day)?.into_iter().map(name).collect::<Vec<_>>()))?;
    // Only what a change may have brought: whoever came in came in by the rules.
    let moved = shift.moved.as_ref().is_some_and(|moved| take.at < moved.at);
    let guest = reading.guest_of(who)?;
    let trouble = if moved
        && guest.is_none()
        && take.state == TakeState::Taken
        && reading.now < shift.starts.timestamp()
    {
        let could = |facts: &xinmei_model::Facts| {
            Ok(VolunteerRecord::of(facts, who)?.could_come(&Opening::of(facts, shift.id)?))
        };
        reading.snapshot.settle(could)?.and_then(|could| could.why_not)
    } else {
        None
    };
    let comes = take.state == TakeState::Taken;
    Ok(Volunteer {
        still_comes: take.reminded.filter(|_| comes).map(|_| take.confirmed.is_some()),
        lacks: lacks.unwrap_or_default(),
        offer: reading.offer_view(&take),
        reason: take.reason.clone(),
        trouble,
        pending: reading.wishes.volunteering(|step| match step {
            VolunteerAct::AnswerVolunteer { shift: id, person, .. }
            | VolunteerAct::ReleaseOffer { shift: id, person } => (*id, *person) == (shift.id, who),
            VolunteerAct::OfferShift { shift: id, people, .. } => *id == shift.id && people.contains(&who),
            VolunteerAct::AnswerOffer { shift: id, on_behalf_of: Some(proxy), .. }
            | VolunteerAct::ConfirmShift { shift: id, on_behalf_of: Some(proxy) } => {
                (*id, proxy.person) == (shift.id, who)
            }
            VolunteerAct::Swap(SwapAct::SwapShifts { one, other, .. }) => {
                [one, other].iter().any(|side| (side.shift, side.person) == (shift.id, who))
            }
            _ => false,
        }),
        of: children_of(reading, take.person)?,
        guest,
        person: take.person,
        name: take.person_name,
        entered: take.entered,
    })
}

/// Children through whom the desk knows somebody.
pub(in crate::view) fn children_of(
    reading: &Reading<'_>,
    person: xinmei_model::Id<Person>,
) -> Result<Vec<String>, Fault> {
    let links: Vec<Link> = reading.snapshot.list(List::LinksBy(person))?;
    let standing = links.into_iter().filter(|link| link.counts(reading.day));
    let ids: Vec<_> = standing.map(|link| link.child).collect();
    Ok(reading.child_names(&ids)?.iter().map(in_text).collect())
}
