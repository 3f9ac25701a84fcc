// What the hat that is on may do, as far as the window needs to know; the school decides anyway.
import type { RoleKind } from './bindings';
import { me } from './me.svelte';

const SENDERS: readonly (RoleKind | null | undefined)[] = ['class-teacher', 'subject-teacher', 'coordinator', 'head'];

export const isStaff = (): boolean => me.hat?.hat.is === 'staff';
export const sends = (): boolean => SENDERS.includes(me.hat?.kind);
/** Alerts are for few: heads of the school, of a campus, of a grade. */
export const alarms = (): boolean => me.hat?.kind === 'head';
export const administers = (): boolean => me.hat?.kind === 'administrator';
