// The groupings of the report, and what their rows are called.
import type { HoursFigures, HoursReport, HoursReportGroup, HoursReportOf } from '$lib/bindings';
import { placeName } from '$lib/place';
import { m } from '$messages';
import type { ReportedRow } from './ReportTable.svelte';

export const GROUPINGS = ['classes', 'grades', 'campuses', 'programmes', 'campaigns', 'posts', 'months', 'by_term'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export const headOf = (by: Grouping): string =>
  ({
    classes: m.hours_report_class, grades: m.hours_report_grade, campuses: m.hours_report_campus, programmes: m.hours_report_programme,
    campaigns: m.hours_report_campaign, posts: m.hours_report_post, months: m.hours_report_month, by_term: m.hours_report_term,
  })[by]();

const nothing: Partial<Record<Grouping, () => string>> = { programmes: m.hours_report_no_programme, campaigns: m.hours_report_no_campaign, posts: m.hours_report_no_post, by_term: m.hours_report_no_term };

function nameOf(of: HoursReportOf, by: Grouping): string {
  switch (of.is) {
    case 'place':
      return placeName(of.place);
    case 'named':
      return of.name;
    case 'month':
      return m.hours_report_month_of({ year: of.year, month: of.month });
    case 'staff':
      return m.hours_report_staff();
    case 'guests':
      return m.guest_report();
    case 'other':
      return m.hours_report_other();
    case 'nothing':
      return (nothing[by] ?? m.hours_report_other)();
  }
}

export const groupOf = (report: HoursReport, by: Grouping): HoursReportGroup => report[by];

/** Two posts may bear one title: a row is its place in the list. */
const allRows = (report: HoursReport, by: Grouping): ReportedRow[] => groupOf(report, by).rows.map(({ of, figures }, n) => ({ key: `${n}`, name: nameOf(of, by), figures }));

const PUPILS = ['pupils', 'services', 'served'] as const;
const isPupils = (key: string): boolean => (PUPILS as readonly string[]).includes(key);
/** Whether figures say something of adults and their shifts. */
export const saysAdults = (figures: HoursFigures): boolean => Object.entries(figures).some(([key, value]) => value > 0 && !isPupils(key));

/** Rows of adults; those that count pupils alone stand among the pupils. */
export const rowsOf = (report: HoursReport, by: Grouping): ReportedRow[] => allRows(report, by).filter(({ figures }) => saysAdults(figures) || !figures.services);
/** Rows of pupils. */
export const pupilRowsOf = (report: HoursReport, by: Grouping): ReportedRow[] => allRows(report, by).filter(({ figures }) => figures.services > 0);

/** Shifts are counted by post: they are of no class. */
export const hasShifts = (by: Grouping): boolean => by !== 'classes' && by !== 'grades';
