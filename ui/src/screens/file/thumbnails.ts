// Thumbnails, asked of the core once each: a list is drawn again more often than a picture changes.
import { call } from '$lib/api';
import type { Attachment } from '$lib/bindings';

const MOST = 200;
const kept = new Map<string, string>();

/** A picture as the page may show it; nothing where it is not here and the school is away. */
export async function thumbnailOf(of: string | null, { sha256, picture }: Attachment): Promise<string | undefined> {
  if (!picture) return undefined;
  const { thumbnail } = picture;
  const known = kept.get(thumbnail);
  if (known) return known;
  try {
    const { content } = await call('file.thumbnail', { of, sha256, thumbnail });
    const source = `data:image/jpeg;base64,${content}`;
    if (kept.size >= MOST) kept.delete(kept.keys().next().value ?? '');
    kept.set(thumbnail, source);
    return source;
  } catch {
    return undefined;
  }
}
