//! 带班: the member of staff a post names as its supervisor says who came, and reads the roll of that post and nothing else.

use crate::{Actor, Facts, Id, List, Person, Post, Power, Refusal, Shift, Stop, limits, rights};

impl Post {
    /// Whether this person is there for the volunteers of this post, as long as they work here.
    #[must_use]
    pub fn is_supervised_by(&self, person: Id<Person>) -> bool {
        self.terms.supervisor == Some(person)
    }
}

/// Whoever says who came: a desk of the post, and its supervisor.
pub(crate) fn require_marker(facts: &Facts, actor: &Actor, post: &Post) -> Result<Id<Person>, Stop> {
    let person = actor.person().ok_or(Refusal::NoPower { power: Power::ManageShifts })?;
    if post.is_supervised_by(person) && works_here(facts, actor)? {
        return Ok(person);
    }
    rights::require_power(facts, actor, Power::ManageShifts, &post.held_at).map(|()| person)
}

/// In a hat of their own that holds today: whoever left supervises nobody, whatever the post still says.
fn works_here(facts: &Facts, actor: &Actor) -> Result<bool, Stop> {
    Ok(rights::role_worn(facts, actor)?.is_some())
}

/// The posts whose roll somebody who works here has as their supervisor: as long as something may be said of a shift.
pub(crate) fn rolls(facts: &Facts, person: Id<Person>) -> Result<Vec<Id<Post>>, Stop> {
    let posts = facts.list::<Post>(List::SupervisedBy(person), limits::ROWS_PER_LIST)?;
    let open = Facts::each(&posts, |post| is_open(facts, post))?;
    Ok(posts.into_iter().zip(open).filter(|(_, open)| *open).map(|(post, _)| post.id).collect())
}

fn is_open(facts: &Facts, post: &Post) -> Result<bool, Stop> {
    let open = |shift: &&Shift| {
        let closes = shift.ends.timestamp().saturating_add(limits::DUTY_AFTER).unwrap_or_default();
        facts.now() < closes
    };
    // This is read at every pull, of posts of years ago too: the shift that ends last is all there is to know.
    Ok(facts.list::<Shift>(List::LatestShiftsOf(post.id), 1)?.iter().any(open))
}
