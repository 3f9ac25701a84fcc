// What a scanner that types has typed.

/** A ticket, as it ends whatever was left standing in the field before it was scanned. */
const TICKET = /XM[0-9A-V]{29}$/i;
const TICKET_CHARS = 31;

/** The ticket in what was typed; `undefined` for a name, a class, a number. */
export function ticketIn(text: string): string | undefined {
  return TICKET.exec(text.trim())?.[0].toUpperCase();
}

/** Whatever else came out of a scanner: a long run of letters and digits is nobody's name. */
export function isScan(text: string): boolean {
  const code = text.trim();
  return ticketIn(code) !== undefined || (code.length >= TICKET_CHARS - 7 && /^[\x21-\x7e]+$/.test(code));
}
