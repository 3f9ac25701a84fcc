// Whom a family wants to meet, at which times: what the plan is asked with.
import { SvelteMap } from 'svelte/reactivity';
import type { ConferenceOpened, ConferencePlan, MeetingPick, MeetingView, PlannedMeeting, SlotView, TeacherOffer } from '$lib/bindings';
import { instant } from '$lib/when';
import { isLive, keyOf } from './words';

/** A slot that stays as it is. */
export type Lock = Pick<SlotView, 'offer' | 'starts'>;

export interface Talk {
  key: string;
  child: string;
  person: string;
  teacher: TeacherOffer;
}

const stamp = (at: string): string => instant(at).toISOString();
const live = (meeting: MeetingView | null): meeting is MeetingView => meeting !== null && isLive(meeting);

export class Wishing {
  /** Not before, not after; empty where it is all the same. */
  from = $state('');
  until = $state('');
  /** What was ticked or cleared by hand; anything else is as the school asked, or as it is booked. */
  #ticked = new SvelteMap<string, boolean>();
  /** Locked by hand, or let go by hand; anything else is locked where it is booked. */
  #locked = new SvelteMap<string, Lock | null>();
  #opened: () => ConferenceOpened | undefined;

  constructor(opened: () => ConferenceOpened | undefined) {
    this.#opened = opened;
  }

  /** Every talk that could be had. */
  get all(): Talk[] {
    return (this.#opened()?.children ?? []).flatMap(({ child, teachers }) => teachers.map((teacher) => ({ key: keyOf(child, teacher.person), child: child.id, person: teacher.person, teacher })));
  }
  /** Those that are wished for. */
  get talks(): Talk[] {
    return this.all.filter(({ key, teacher }) => this.wishes(key, teacher));
  }
  /** 请您来 and what is booked are wished for from the start; who offers no time cannot be. */
  wishes(key: string, teacher: TeacherOffer): boolean {
    if (teacher.slots.length === 0) return false;
    return this.#ticked.get(key) ?? (teacher.please_come !== null || live(teacher.meeting));
  }
  tick(key: string, on: boolean): void {
    this.#ticked.set(key, on);
    if (!on) this.#locked.delete(key);
  }

  lockOf({ key, teacher }: Talk): Lock | null {
    const own = this.#locked.get(key);
    if (own !== undefined) return own;
    return live(teacher.meeting) ? { offer: teacher.meeting.offer, starts: teacher.meeting.starts } : null;
  }
  lock(key: string, at: Lock): void {
    this.#locked.set(key, { offer: at.offer, starts: at.starts });
    this.#ticked.set(key, true);
  }
  unlock(key: string): void {
    this.#locked.set(key, null);
  }
  unbound(): void {
    this.from = this.until = '';
  }
  /** Booked: it is locked where it is from now on, whatever was let go by hand. */
  settle(): void {
    this.#locked.clear();
  }

  /** What the plan is asked with; nothing where nobody is wished for. */
  ask(conference: string): ConferencePlan | null {
    const { talks } = this;
    if (talks.length === 0) return null;
    const locked = talks.flatMap((talk): MeetingPick[] => {
      const at = this.lockOf(talk);
      return at ? [{ offer: at.offer, starts: stamp(at.starts), child: talk.child }] : [];
    });
    return {
      conference,
      wishes: talks.map(({ child, person }) => ({ child, person })),
      from: this.from ? stamp(this.from) : null,
      until: this.until ? stamp(this.until) : null,
      locked,
    };
  }
}

/** What one press books: all that is not booked at that time already. */
export function picksOf(meetings: readonly PlannedMeeting[]): MeetingPick[] {
  return meetings.filter(({ stays }) => !stays).map(({ offer, starts, child }) => ({ offer, starts: stamp(starts), child: child.id }));
}

/** The one slot as a wish of its own. */
export const pickOf = (slot: Lock, child: string): MeetingPick => ({ offer: slot.offer, starts: stamp(slot.starts), child });

/** Times somebody could be met at; those at which the guardian is elsewhere are told apart. */
export function choicesOf(slots: readonly SlotView[]): { free: SlotView[]; clashing: SlotView[] } {
  const open = slots.filter(({ state }) => state === 'free' || state === 'mine');
  return { free: open.filter(({ clash, state }) => clash === null || state === 'mine'), clashing: open.filter(({ clash, state }) => clash !== null && state !== 'mine') };
}
