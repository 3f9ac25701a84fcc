// What is wrong with a line or with the whole file, in a sentence.
import type { Fault, FaultLine } from '$lib/bindings';
import { faultWords, type Told } from '$lib/faults';
import { m } from '$messages';

type Sentence = (given: { value: string }) => string;

const lines: Record<string, Sentence> = {
  'no-roster': m.import_fault_no_roster,
  'no-header': m.import_fault_no_header,
  'hidden-sheet': m.import_fault_hidden_sheet,
  'missing-columns': m.import_fault_missing_columns,
  'too-few-columns': m.import_fault_too_few_columns,
  'extra-cells': m.import_fault_extra_cells,
  'cell-too-long': m.import_fault_cell_too_long,
  'line-break': m.import_fault_line_break,
  missing: m.import_fault_missing,
  'duplicate-number': m.import_fault_duplicate_number,
  'scientific-notation': m.import_fault_scientific_notation,
  'bad-number': m.import_fault_bad_number,
  'bad-phone': m.import_fault_bad_phone,
  'bad-grade': m.import_fault_bad_grade,
  'bad-class': m.import_fault_bad_class,
  'unknown-class': m.import_fault_unknown_class,
  'unknown-sex': m.import_fault_unknown_sex,
  'unknown-relation': m.import_fault_unknown_relation,
  'no-guardian': m.import_fault_no_guardian,
  'guardian-twice': m.import_fault_guardian_twice,
  'unread-teaching-class': m.import_fault_unread_teaching_class,
  'own-class-assumed': m.import_fault_own_class_assumed,
};

const files: Record<string, () => string> = {
  empty: m.import_file_empty,
  'too-large': m.import_file_too_large,
  'old-excel': m.import_file_old_excel,
  encrypted: m.import_file_encrypted,
  'not-a-workbook': m.import_file_not_a_workbook,
  'unknown-format': m.import_file_unknown_format,
  'web-page': m.import_file_web_page,
  damaged: m.import_file_damaged,
  'unpacks-too-large': m.import_file_unpacks_too_large,
  'too-many-parts': m.import_file_too_many_parts,
  'too-many-sheets': m.import_file_too_many_sheets,
  'too-many-rows': m.import_file_too_many_rows,
  'too-many-columns': m.import_file_too_many_columns,
  'too-much-text': m.import_file_too_much_text,
  'unknown-encoding': m.import_file_unknown_encoding,
};

/** Where an import stands in its life, and why it goes no further. */
const lives: Record<string, () => string> = {
  'preview-stale': m.import_file_preview_stale,
  'import-done': m.import_file_import_done,
  'import-undone': m.import_file_import_undone,
  'import-settled': m.import_file_import_settled,
  'lines-unread': m.import_file_lines_unread,
};

export const lineCodes = Object.keys(lines);
export const fileCodes = Object.keys(files);

export function lineWords({ code, value }: FaultLine): string {
  const sentence = lines[code];
  return sentence ? sentence({ value }) : m.import_fault_unknown({ code });
}

export function whereWords({ sheet, line }: FaultLine): string {
  if (!line) return sheet ? m.import_where_sheet({ sheet }) : m.import_where_file();
  return sheet ? m.import_where({ sheet, line }) : m.import_where_line({ line });
}

/** Why the file as a whole was not taken. The school names the reader's code, with or without `roster-` before it. */
export function fileWords(fault: Fault): Told {
  if (fault.fault === 'offline') return { title: m.import_offline(), next: m.import_offline_next() };
  if (fault.fault !== 'denied') return faultWords(fault);
  const code = fault.code.replace(/^roster-/, '');
  if (code === 'years-differ') return { title: m.import_denied(), next: m.import_years_note() };
  const life = lives[code];
  if (life) return { title: m.import_denied_write(), next: life() };
  // "roster-unreadable" carries the reader's own code in its detail.
  const sentence = files[code] ?? files[fault.detail.split(/[^a-z-]/)[0] ?? ''];
  // No fault of the file's.
  if (!sentence && !fault.code.startsWith('roster-')) return faultWords(fault);
  return { title: m.import_denied(), next: sentence ? sentence() : m.import_denied_next() };
}

/**
 * The school years a roster could be read as where its titles say several, by the year each begins in; none for any
 * other fault. Which they are stands in the detail, as the reader's own code does; without it they are those about now.
 */
export function yearsToChoose(fault: Fault, now: number): number[] {
  if (fault.fault !== 'denied' || fault.code !== 'years-differ') return [];
  const named = new Set([...fault.detail.matchAll(/\b20\d\d\b/g)].map(([year]) => Number(year)));
  return named.size > 1 ? [...named].toSorted((a, b) => a - b) : [now - 1, now, now + 1];
}
