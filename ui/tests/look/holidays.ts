// Holidays as the core knows them: what was announced for the autumn of 2026, and nothing of 2027.
import type { DayKind, DayKinds, DayView, HolidayName, HolidaySpan, HolidaysSoon, HolidayYears, SchoolDaysAhead } from '../../src/lib/bindings';
import type { School } from './people';

const NATIONAL: HolidayName = { zh: '国庆节', en: 'National Day' };
const AUTUMN: HolidayName = { zh: '中秋节', en: 'Mid-Autumn Festival' };
const off = (from: string, to: string, name: HolidayName): HolidaySpan => ({ from, to, kind: 'holiday', name });
const worked = (day: string, name: HolidayName): HolidaySpan => ({ from: day, to: day, kind: 'workday', name });
/** By 国办发明电〔2025〕7号. */
export const SPANS: readonly HolidaySpan[] = [worked('2026-09-20', NATIONAL), off('2026-09-25', '2026-09-27', AUTUMN), off('2026-10-01', '2026-10-07', NATIONAL), worked('2026-10-10', NATIONAL)];

/** The same as if they were now. */
export const FESTIVE: readonly HolidaySpan[] = [off('2026-11-25', '2026-11-26', AUTUMN), worked('2026-11-28', AUTUMN), off('2026-11-30', '2026-12-02', NATIONAL), worked('2026-12-05', NATIONAL)];
const spansOf = ({ festive }: Pick<School, 'festive'>): readonly HolidaySpan[] => (festive ? FESTIVE : SPANS);

const weekday = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay();
const isWeekend = (date: string) => weekday(date) === 0 || weekday(date) === 6;
const next = (date: string) => new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

export function kindOf(date: string, given: Pick<School, 'festive'> = {}): DayKind {
  const span = spansOf(given).find(({ from, to }) => from <= date && date <= to);
  if (span) return span.kind === 'holiday' ? { is: 'holiday', name: span.name } : { is: 'make-up-workday', name: span.name };
  if (date >= '2026-12-26') return { is: 'not-announced', weekend: isWeekend(date) };
  return isWeekend(date) ? { is: 'weekend' } : { is: 'workday' };
}

export const daysOf = (days: readonly string[], given: School): DayKinds => ({ days: days.map((date) => ({ date, kind: kindOf(date, given) })) });
/** Those of a week that are not as their weekday says. */
export const marksOf = (days: readonly string[], given: School): DayView[] => daysOf(days, given).days.filter(({ kind }) => kind.is === 'holiday' || kind.is === 'make-up-workday');

export function schoolDaysOf(after: string, count: number, given: Pick<School, 'festive'> = {}): SchoolDaysAhead {
  const days: string[] = [];
  for (let date = next(after); days.length < count; date = next(date)) {
    const kind = kindOf(date, given);
    if (kind.is === 'workday' || kind.is === 'make-up-workday' || (kind.is === 'not-announced' && !kind.weekend)) days.push(date);
  }
  const last = days.at(-1) ?? after;
  return { days, spans: spansOf(given).filter(({ from, to }) => from <= last && to > after), not_announced: days.find((date) => kindOf(date).is === 'not-announced') ?? null };
}

/** From the 23rd of November on: nothing until the new year, of which nothing was announced. */
export const soonOf = ({ festive }: School): HolidaysSoon => ({ spans: festive ? [...FESTIVE] : [], not_announced: 2027 });

export const yearsOf = (): HolidayYears => ({
  years: [
    { year: 2026, published: '2025-11-04', edition: 1, source: '国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）', brought_in: false, spans: [...SPANS] },
    { year: 2025, published: '2024-11-12', edition: 1, source: '国务院办公厅关于2025年部分节假日安排的通知（国办发明电〔2024〕12号）', brought_in: false, spans: [] },
  ],
  not_announced: [2027],
});
