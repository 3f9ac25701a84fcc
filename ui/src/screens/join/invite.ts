// What people paste or type from the strip, read as it was meant.
import { asFault, type Fault } from '$lib/api';

/** Twelve letters and digits, in three groups. */
const CODE_LENGTH = 12;
const LINK = /xinmei:\/\/join\?[\w.~%:@&=+[\]-]+/i;
const ADDRESS = /(?:https:\/\/)?((?:(?:[a-z0-9-]+\.)+[a-z]{2,}|\d{1,3}(?:\.\d{1,3}){3}|localhost)(?::\d{1,5})?)/i;
const CODE = /(?<![0-9a-z])[0-9a-z]{4}[-–—\s]?[0-9a-z]{4}[-–—\s]?[0-9a-z]{4}(?![0-9a-z])/i;

export interface Strip {
  /** The whole link, where there is one: it needs nothing else. */
  link: string;
  address: string;
  code: string;
}

/** Full-width letters, as a Chinese input method types them, become plain ones. */
const plain = (text: string) => text.normalize('NFKC');

/** "7K2M-QXRT-9ABC", also while it is being typed. O is read as 0, I and L as 1: codes have none of those. */
export function groupCode(typed: string): string {
  const letters = plain(typed)
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
    .slice(0, CODE_LENGTH);
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}

export const codeLeft = (code: string): number => CODE_LENGTH - code.replaceAll('-', '').length;

/** Whether it can only be a code so far, so that it may be grouped while it is typed. */
export const looksLikeCode = (typed: string): boolean => {
  const text = plain(typed);
  return /^[0-9a-z\s–—-]*$/i.test(text) && text.replace(/[^0-9a-z]/gi, '').length <= CODE_LENGTH;
};

/** Reads a whole pasted message: a link, or an address and a code. */
export function readStrip(pasted: string): Strip {
  const text = plain(pasted);
  const link = LINK.exec(text)?.[0] ?? '';
  if (link) {
    const query = new URLSearchParams(link.slice(link.indexOf('?') + 1));
    return { link, address: query.get('at') ?? '', code: groupCode(query.get('code') ?? '') };
  }
  const address = ADDRESS.exec(text)?.[1]?.toLowerCase() ?? '';
  const code = CODE.exec(address ? text.replace(ADDRESS, ' ') : text)?.[0] ?? '';
  return { link: '', address, code: groupCode(code) };
}

/** Characters as a person counts them. */
export const lengthOf = (password: string): number => [...password].length;
export const SHORTEST_PASSWORD = 10;

/** While joining there is nothing to read offline: the address may be wrong as well as the network. */
export function joinFault(thrown: unknown): Fault {
  const fault = asFault(thrown);
  return fault.fault === 'offline' ? { fault: 'denied', code: 'join-offline', detail: '' } : fault;
}
