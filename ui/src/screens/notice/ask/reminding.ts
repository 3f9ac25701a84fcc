// Reminding those who have not answered: a new notice that asks nothing and names the old one.
import type { AudienceName, NoticeOpened, SheetCell } from '$lib/bindings';
import { me } from '$lib/me.svelte';
import { by, isPast } from '$lib/when';
import { m } from '$messages';
import { isSilent } from '../cells';
import { TARGETS, TITLE_CHARS } from '../compose';

export interface Reminder {
  /** The title of what it reminds of. */
  about: string;
  audience: AudienceName[];
  /** More are silent than can be named one by one: it goes to whole places. */
  wide: boolean;
  title: string;
  body: string;
}

/** Every class with somebody silent, less whoever was left out before. */
function placesOf(silent: readonly SheetCell[], audience: readonly AudienceName[]): AudienceName[] {
  const classes = new Map(silent.flatMap(({ child }) => (child.class ? [[child.class.id, child.class] as const] : [])));
  const places = [...classes.values()].map((place): AudienceName => ({ is: 'place', place, except: false }));
  const except = audience.filter((name) => name.except);
  return places.length && places.length + except.length <= TARGETS ? [...places, ...except] : [...audience];
}

function bodyOf({ title, due }: NoticeOpened['line']): string {
  if (!due) return m.ask_remind_body({ title });
  return isPast(due) ? m.ask_remind_body_late({ title }) : m.ask_remind_body_due({ title, due: by(due, me.zone) });
}

export function reminderOf({ line, sheet, audience }: Pick<NoticeOpened, 'line' | 'sheet' | 'audience'>): Reminder {
  const silent = sheet.filter(isSilent);
  const wide = silent.length > TARGETS;
  const children = silent.map(({ child }): AudienceName => ({ is: 'child', child, except: false }));
  return {
    about: line.title,
    audience: wide ? placesOf(silent, audience) : children,
    wide,
    title: [...m.ask_remind_subject({ title: line.title })].slice(0, TITLE_CHARS).join(''),
    body: bodyOf(line),
  };
}
