// A contest being planned or changed.
import { fromDate } from '@internationalized/date';
import { formLimits, type ContestOpened, type ContestPut, type PlannedStage, type StageKind } from '$lib/bindings';
import { schoolNow } from '$lib/school.svelte';
import { instant } from '$lib/when';
import { m } from '$messages';
import { whole } from '../event/plan';

export interface StageForm {
  id: string | null;
  name: string;
  venue: string;
  starts: string;
  ends: string;
  kind: StageKind['is'];
  minutes: string;
  buffer: string;
  breaks: { from: string; until: string }[];
  seedFrom: string;
  due: string;
  note: string;
}

export interface ContestForm {
  place: string;
  title: string;
  about: string;
  /** Grades and classes; none is everybody at the place. A draft of an older window has no such field. */
  eligible?: string[];
  perClass: string;
  opens: string;
  closes: string;
  stages: StageForm[];
  reason: string;
}

/** Fields as long as what the rules take: only what is typed is held back here, the rest is the school's to say. */
export const MOST = { title: 80, stage: 20, about: 4_000, note: 200, minutes: 60, perClass: 99, breaks: formLimits.contest.breaks };

const at = (zone: string, days: number, hour: number) => fromDate(schoolNow(), zone).set({ hour, minute: 0, second: 0, millisecond: 0 }).add({ days }).toString();

/** A stage a day after the one before it. */
export function nextStage(zone: string, stages: readonly StageForm[]): StageForm {
  const days = 14 + stages.length;
  return { id: null, name: '', venue: '', starts: at(zone, days, 14), ends: at(zone, days, 16), kind: 'in-turn', minutes: '3', buffer: '1', breaks: [], seedFrom: '', due: at(zone, days - 1, 18), note: '' };
}

export const freshContest = (zone: string, place = ''): ContestForm => ({ place, title: '', about: '', eligible: [], perClass: '', opens: at(zone, 1, 8), closes: at(zone, 10, 18), stages: [nextStage(zone, [])], reason: '' });

export function formOf({ plan }: ContestOpened, zone: string): ContestForm {
  const stages = plan.stages.map(({ kind, ...stage }, at): StageForm => {
    const usual = nextStage(zone, plan.stages.slice(0, at).map(() => ({}) as StageForm));
    const turns = kind.is === 'in-turn' ? { minutes: String(kind.minutes), buffer: String(kind.buffer), breaks: kind.breaks, seedFrom: kind.seed_from } : {};
    return { ...usual, ...stage, kind: kind.is, ...turns, ...(kind.is === 'on-show' ? { due: kind.due } : {}) };
  });
  return { place: plan.place, title: plan.title, about: plan.about, eligible: [...plan.eligible], perClass: plan.per_class === null ? '' : String(plan.per_class), opens: plan.opens, closes: plan.closes, stages, reason: '' };
}

export type StageErrors = Partial<Record<'name' | 'ends' | 'minutes' | 'buffer' | 'seedFrom' | 'due' | 'breaks', string>>;
export interface ContestErrors {
  place?: string;
  title?: string;
  perClass?: string;
  closes?: string;
  stages: StageErrors[];
}

const isWithin = ({ from, until }: StageForm['breaks'][number], { starts, ends }: StageForm): boolean =>
  !!from && !!until && !!starts && !!ends && instant(starts) <= instant(from) && instant(from) < instant(until) && instant(until) <= instant(ends);

function stageErrors(stage: StageForm, before: StageForm | undefined): StageErrors {
  const errors: StageErrors = {};
  if (!stage.name.trim()) errors.name = m.contest_form_need();
  if (!stage.starts || !stage.ends || instant(stage.ends) <= instant(stage.starts) || (before?.starts && instant(stage.starts) < instant(before.starts))) errors.ends = m.contest_form_order();
  if (stage.kind === 'in-turn') {
    if (!whole(stage.minutes, MOST.minutes)) errors.minutes = m.contest_form_number({ limit: MOST.minutes });
    if (stage.buffer.trim() !== '0' && !whole(stage.buffer, MOST.minutes)) errors.buffer = m.contest_form_number({ limit: MOST.minutes });
    if (!stage.breaks.every((pause) => isWithin(pause, stage))) errors.breaks = m.contest_form_break_wrong();
    if (!stage.seedFrom.trim()) errors.seedFrom = m.contest_form_need();
  }
  if (stage.kind === 'on-show' && (!stage.due || (stage.ends && instant(stage.due) > instant(stage.ends)))) errors.due = m.contest_form_order();
  return errors;
}

/** What is still missing, by field. */
export function contestErrors(form: ContestForm): ContestErrors {
  const errors: ContestErrors = { stages: form.stages.map((stage, at) => stageErrors(stage, form.stages[at - 1])) };
  if (!form.place) errors.place = m.contest_form_bad_place();
  if (!form.title.trim()) errors.title = m.contest_form_need();
  if (form.perClass.trim() && !whole(form.perClass, MOST.perClass)) errors.perClass = m.contest_form_number({ limit: MOST.perClass });
  if (!form.opens || !form.closes || instant(form.closes) <= instant(form.opens)) errors.closes = m.contest_form_order();
  return errors;
}

export const isComplete = ({ stages, ...own }: ContestErrors): boolean => Object.keys(own).length === 0 && stages.every((one) => Object.keys(one).length === 0);

function kindOf(stage: StageForm): StageKind {
  if (stage.kind === 'in-turn') return { is: 'in-turn', minutes: Number(stage.minutes), buffer: Number(stage.buffer), breaks: stage.breaks, seed_from: stage.seedFrom.trim() };
  return stage.kind === 'on-show' ? { is: 'on-show', due: stage.due } : { is: 'together' };
}

/** As the core takes it. Only for a complete form. */
export function toPut(form: ContestForm, opened: ContestOpened | undefined, publish: boolean): ContestPut {
  const stages = form.stages.map((stage): PlannedStage => ({ id: stage.id, name: stage.name.trim(), venue: stage.venue.trim(), starts: stage.starts, ends: stage.ends, kind: kindOf(stage), note: stage.note.trim() }));
  return {
    contest: opened?.line.id ?? null,
    place: form.place,
    title: form.title.trim(),
    about: form.about.trim(),
    eligible: form.eligible ?? opened?.plan.eligible ?? [],
    per_class: whole(form.perClass, MOST.perClass) ?? null,
    opens: form.opens,
    closes: form.closes,
    stages,
    version: opened?.version ?? 0,
    publish,
    reason: form.reason.trim(),
  };
}
