// A shared inbox as it is being described, and what is still missing.
import type { HatLine, InboxKeep, InboxLine, PlaceName } from '$lib/bindings';
import { placeName } from '$lib/place';
import { m, nameShown, namesShown } from '$messages';

/** As the school takes them: `limits.rs`. */
export const LIMITS = { name: 20, about: 200, readers: 20 };

export interface InboxPlan {
  name: string;
  about: string;
  place: string;
  readers: string[];
}

export const freshInbox = (): InboxPlan => ({ name: '', about: '', place: '', readers: [] });
export const planOf = (line: InboxLine): InboxPlan => ({ name: line.name, about: line.about, place: line.place.id, readers: line.readers.map(({ role }) => role) });
export const toKeep = (inbox: string | null, plan: InboxPlan): InboxKeep => ({ inbox, name: plan.name.trim(), about: plan.about.trim(), place: plan.place, readers: [...plan.readers] });

/** Whether a hat worn at one place talks with all families of another. */
export function covers(outer: PlaceName, inner: PlaceName): boolean {
  if (outer.level === 'school' || outer.id === inner.id) return true;
  if (inner.level === 'school' || inner.level === 'campus' || outer.name !== inner.name) return false;
  return outer.level === 'campus' || (outer.level === 'grade' && inner.level === 'class' && outer.grade === inner.grade);
}

/** Who may read an inbox of a place: worn today, and for all its families. */
export const mayRead = (hats: readonly HatLine[], place: PlaceName | undefined): HatLine[] => hats.filter((hat) => !hat.over && place && covers(hat.place, place));

/** "张晓梅", with what tells one hat from another: title, subject, place. */
export function hatChoice({ role, name, title, subject, place }: HatLine) {
  const where = place.level === 'school' ? '' : placeName(place);
  return { value: role, label: nameShown(name), note: [title, subject, where].filter(Boolean).join(' · ') };
}

const length = (text: string) => [...text.trim()].length;

/** What is wrong with each field; empty where nothing is. `far` are readers who do not work with all its families. */
export function errorsOf(plan: InboxPlan, far: readonly string[]) {
  const room = (text: string, most: number) => (length(text) > most ? m.inbox_room({ count: length(text), most }) : '');
  const { readers } = plan;
  return {
    name: length(plan.name) ? room(plan.name, LIMITS.name) : m.inbox_need_name(),
    about: room(plan.about, LIMITS.about),
    place: plan.place ? '' : m.inbox_need_place(),
    readers: !readers.length
      ? m.inbox_need_readers()
      : readers.length > LIMITS.readers
        ? m.inbox_many_readers({ count: readers.length, most: LIMITS.readers })
        : far.length
          ? m.inbox_far_readers({ names: namesShown(far) })
          : '',
  };
}
