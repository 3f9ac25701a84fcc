// A chosen file, read and written as base64 for the door.
export const MAX_BYTES = 32 * 1024 * 1024;
/** A multiple of three: each piece is base64 on its own. */
const PIECE = 3 * 64 * 1024;

/** Reads in pieces, so that progress shows and the window stays awake. `going` says whether to go on. */
export async function toBase64(file: Blob, onread: (bytes: number) => void, going: () => boolean): Promise<string | undefined> {
  const parts: string[] = [];
  for (let at = 0; at < file.size; at += PIECE) {
    const bytes = new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer());
    if (!going()) return undefined;
    parts.push(base64(bytes));
    onread(Math.min(file.size, at + PIECE));
  }
  return parts.join('');
}

function base64(bytes: Uint8Array): string {
  let text = '';
  // Arguments of one call are limited; 8 KB at a time is far below that.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
