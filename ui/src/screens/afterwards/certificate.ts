// What a certificate says that is the same in no two languages.
import type { ChildName, EventCertificate } from '$lib/bindings';
import { childName } from '$lib/child';
import { placeName } from '$lib/place';
import { clock, instant } from '$lib/when';

type Locale = 'zh-CN' | 'en';

/** 2026年11月19日 星期四; Thursday, 19 November 2026. */
export function dayIn(at: string, zone: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { timeZone: zone, year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' }).format(instant(at));
}

export const timesOf = ({ starts, ends }: Pick<EventCertificate, 'starts' | 'ends'>, zone: string): string => `${clock(starts, zone)}–${clock(ends, zone)}`;

export const childLine = (child: ChildName): string => [childName(child), child.class && placeName(child.class)].filter(Boolean).join('  ');
