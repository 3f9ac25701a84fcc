// The invite the window was opened with: `index.html?link=xinmei://join?…`.
import { readStrip, type Strip } from './invite';

/**
 * Reads it, and takes it out of the address, so that a reload does not ask again. What is no invite counts as none:
 * the screen then is as without.
 */
export function takeInvite(address: string, replace: (address: string) => void): Strip | undefined {
  const url = new URL(address);
  const asked = url.searchParams.get('link');
  if (asked === null) return undefined;
  url.searchParams.delete('link');
  replace(url.href);
  const strip = readStrip(asked);
  return strip.link || strip.code ? strip : undefined;
}
