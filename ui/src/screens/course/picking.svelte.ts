// Lessons a family ticks to sign up for in one go: one session of each.
import type { ChildName, LessonView, SessionFill } from '$lib/bindings';

export interface Open {
  lesson: LessonView;
  session: SessionFill;
}

export interface Pick {
  /** Sessions that can be ticked now. */
  readonly open: readonly Open[];
  readonly chosen: readonly Open[];
  has: (session: string) => boolean;
  toggle: (session: string) => void;
  clear: (but?: readonly string[]) => void;
}

/** Whether one can still ask for a session from here: open, not begun, with room or a waitlist, for a child who is not in it. */
function canPick({ line, may_join, on_its_page }: LessonView, session: SessionFill): boolean {
  const free = may_join.find((join) => join.session === session.id)?.children.length ?? 0;
  return line.open_now && line.state.is === 'published' && !on_its_page && !session.begun && session.cancelled === null && free > 0;
}

export function picking(lessons: () => readonly LessonView[]): Pick {
  let ticked = $state<string[]>([]);
  const open = $derived(lessons().flatMap((lesson) => lesson.line.sessions.filter((session) => canPick(lesson, session)).map((session) => ({ lesson, session }))));
  const chosen = $derived(open.filter(({ session }) => ticked.includes(session.id)));
  return {
    get open() {
      return open;
    },
    get chosen() {
      return chosen;
    },
    has: (session) => ticked.includes(session),
    toggle(session) {
      if (ticked.includes(session)) {
        ticked = ticked.filter((one) => one !== session);
        return;
      }
      const of = open.find((one) => one.session.id === session);
      // One session of each lesson: the other one is let go.
      const others = open.filter(({ lesson }) => lesson.line.id === of?.lesson.line.id).map((one) => one.session.id);
      ticked = [...ticked.filter((one) => !others.includes(one)), session];
    },
    clear: (but = []) => (ticked = [...but]),
  };
}

/** Children who may come to at least one of these, each once. */
export function childrenOf(chosen: readonly Open[]): ChildName[] {
  const found = new Map<string, ChildName>();
  for (const { lesson, session } of chosen) {
    const free = lesson.may_join.find((join) => join.session === session.id)?.children ?? [];
    for (const child of lesson.line.eligible) if (free.includes(child.id)) found.set(child.id, child);
  }
  return [...found.values()];
}
