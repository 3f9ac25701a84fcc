// How far a notice came, in words and in shape.
import Ban from '@lucide/svelte/icons/ban';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleDashed from '@lucide/svelte/icons/circle-dashed';
import CircleQuestionMark from '@lucide/svelte/icons/circle-question-mark';
import Clock from '@lucide/svelte/icons/clock';
import FileText from '@lucide/svelte/icons/file-text';
import MonitorOff from '@lucide/svelte/icons/monitor-off';
import type { Component } from 'svelte';
import type { ChildDelivery, Delivery, GuardianDelivery, Way } from '$lib/bindings';
import { enteredWords } from '$lib/person';
import type { Tone } from '$lib/states';
import { soon } from '$lib/when';
import { m } from '$messages';

export function wayWords(way: Way, zone: string): string {
  switch (way.is) {
    case 'held':
      return way.since ? m.ask_deliver_held_since({ when: soon(way.since, zone) }) : m.ask_deliver_held_long();
    case 'not-yet':
      return m.ask_deliver_not_yet();
    case 'no-device':
      return m.ask_deliver_no_device();
    case 'not-joined':
      return m.ask_deliver_not_joined();
    case 'on-paper':
      return m.ask_deliver_on_paper();
    case 'cannot-receive':
      return m.ask_deliver_cannot();
    case 'unknown':
      return m.ask_deliver_unknown();
  }
}

export const shapeOf: Record<Way['is'], Component> = {
  held: CircleCheck,
  'not-yet': Clock,
  'no-device': MonitorOff,
  'not-joined': CircleDashed,
  'on-paper': FileText,
  'cannot-receive': Ban,
  unknown: CircleQuestionMark,
};

export const toneOf: Record<Way['is'], Tone> = {
  held: 'green',
  'not-yet': 'honey',
  'no-device': 'honey',
  'not-joined': 'plain',
  'on-paper': 'plain',
  'cannot-receive': 'red',
  unknown: 'plain',
};

/** What this guardian did about it, and who entered it; else when it was on the screen. */
export function actedWords({ acted, seen }: GuardianDelivery, zone: string): string {
  if (!acted) return seen ? m.ask_deliver_seen({ when: soon(seen, zone) }) : '';
  return acted.entered ? enteredWords(acted.entered) : m.ask_deliver_acted({ when: soon(acted.at, zone) });
}

export type Group = 'waiting' | 'held' | 'unable';

/** A family has it as soon as one guardian has. */
export function groupOf({ guardians }: ChildDelivery): Group {
  const has = (...ways: Way['is'][]) => guardians.some(({ way }) => ways.includes(way.is));
  if (has('held')) return 'held';
  return has('not-yet', 'no-device', 'unknown') ? 'waiting' : 'unable';
}

export const asOf = ({ as_of, last_known }: Delivery, zone: string): string => (last_known ? m.ask_deliver_last_known : m.ask_deliver_as_of)({ when: soon(as_of, zone) });
