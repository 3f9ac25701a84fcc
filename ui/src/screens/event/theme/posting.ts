// A post of volunteers a theme needs, as the plan of its shifts: one for each session that takes place.
import { parseZonedDateTime } from '@internationalized/date';
import type { EventOpened, ThemePost } from '$lib/bindings';
import type { PostPlan } from '../../shift/posts';

export function postFrom(post: ThemePost, { line }: Pick<EventOpened, 'line'>): PostPlan {
  const taking = line.sessions.filter(({ cancelled }) => cancelled === null);
  return {
    place: line.place.id,
    title: post.title,
    about: line.title,
    meetingPoint: post.meeting_point,
    programme: line.programme,
    shifts: taking.map(({ starts, ends }) => ({
      starts: parseZonedDateTime(starts).subtract({ minutes: post.before_min }).toString(),
      ends: parseZonedDateTime(ends).add({ minutes: post.after_min }).toString(),
      needed: String(post.needed),
    })),
  };
}
