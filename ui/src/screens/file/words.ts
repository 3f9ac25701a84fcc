// Files in words.
import type { FileKind, FileView } from '$lib/bindings';
import { m } from '$messages';

const UNIT = 1024;

/** "3.1 MB", "412 KB": as people say it. */
export function sizeWords(bytes: number): string {
  if (bytes < UNIT) return m.file_bytes({ count: bytes });
  const kilo = bytes / UNIT;
  if (kilo < UNIT) return m.file_kilobytes({ count: Math.round(kilo) });
  return m.file_megabytes({ count: (kilo / UNIT).toFixed(1) });
}

const kinds: Record<FileKind, () => string> = {
  pdf: m.file_kind_pdf,
  jpeg: m.file_kind_picture,
  png: m.file_kind_picture,
  text: m.file_kind_text,
  document: m.file_kind_document,
  sheet: m.file_kind_sheet,
  slides: m.file_kind_slides,
  audio: m.file_kind_audio,
  video: m.file_kind_video,
  other: m.file_kind_other,
};

export const kindWords = (kind: FileKind): string => kinds[kind]();

/** How a file stands, where that is worth a word: on its way to the school, or come half. */
export function standWords({ attachment, here, sent }: FileView): string {
  if (sent !== null) return sent < attachment.bytes ? m.file_sending({ sent: sizeWords(sent), bytes: sizeWords(attachment.bytes) }) : m.file_up();
  return here > 0 && here < attachment.bytes ? m.file_half({ here: sizeWords(here), bytes: sizeWords(attachment.bytes) }) : '';
}
