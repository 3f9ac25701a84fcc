// What the hat that is on may do about requests, as far as the window needs to know; the school decides anyway.
import type { RoleKind } from '$lib/bindings';
import { me } from '$lib/me.svelte';

const ENTER: readonly (RoleKind | null | undefined)[] = ['class-teacher', 'coordinator', 'administrator'];

/** Answers what families of the class ask. */
export const answers = (): boolean => me.hat?.kind === 'class-teacher';
/** 代办: enters what a family says by phone or on paper. */
export const enters = (): boolean => ENTER.includes(me.hat?.kind);
