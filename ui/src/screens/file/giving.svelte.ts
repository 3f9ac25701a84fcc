// Files that are being added: read in pieces, given to the core one piece after the other, and kept there, encrypted, as soon as
// they are whole. What comes back is what will be sent.
import { asFault, call } from '$lib/api';
import { faultWords } from '$lib/faults';
import type { Attachment, FileGiven } from '$lib/bindings';

/** A multiple of three, so that each piece is base64 on its own; the door takes 256 KiB. */
const PIECE = 3 * 64 * 1024;
/** As the school's limits have it: larger ones are not even read. */
export const FILE_BYTES = 20 * 1024 * 1024;

/** A file on its way in, or one that could not be added. */
export interface Adding {
  key: number;
  name: string;
  bytes: number;
  have: number;
  /** All of it was given: the core looks at it, cleans a picture and encrypts. */
  whole: boolean;
  /** Why it was not added, and what to do. */
  trouble: { title: string; next: string } | undefined;
}

export class Giving {
  adding = $state<Adding[]>([]);
  #next = 0;
  #onadded: (file: Attachment) => void;

  constructor(onadded: (file: Attachment) => void) {
    this.#onadded = onadded;
  }

  get busy(): boolean {
    return this.adding.some(({ trouble }) => !trouble);
  }

  /** Adds them in their order, so that they stand in it afterwards. */
  async add(files: readonly File[]): Promise<void> {
    const rows = files.map((file) => ({ key: ++this.#next, name: file.name, bytes: file.size, have: 0, whole: false, trouble: undefined }));
    this.adding.push(...rows);
    for (const [at, file] of files.entries()) await this.#one(rows[at]!.key, file);
  }

  /** Takes away one that is on its way, or that could not be added. */
  drop = (key: number): void => {
    this.adding = this.adding.filter((one) => one.key !== key);
  };

  async #one(key: number, file: File): Promise<void> {
    const row = () => this.adding.find((one) => one.key === key);
    try {
      if (file.size > FILE_BYTES) throw { fault: 'denied', code: 'file-too-large', detail: '' };
      let id: string | null = null;
      for (let at = 0; at === 0 || at < file.size; at += PIECE) {
        const content = await base64(file.slice(at, at + PIECE));
        const giving = row();
        if (!giving) return;
        giving.whole = at + PIECE >= file.size;
        const given: FileGiven = await call('file.give', { file: id, name: file.name, bytes: file.size, at, content });
        id = given.file;
        const shown = row();
        if (!shown) return;
        shown.have = given.have;
        if (!given.attachment) continue;
        this.drop(key);
        this.#onadded(given.attachment);
        return;
      }
    } catch (thrown) {
      const shown = row();
      if (shown) shown.trouble = faultWords(asFault(thrown));
    }
  }
}

async function base64(piece: Blob): Promise<string> {
  const bytes = new Uint8Array(await piece.arrayBuffer());
  let text = '';
  // Arguments of one call are limited; 8 KB at a time is far below that.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
