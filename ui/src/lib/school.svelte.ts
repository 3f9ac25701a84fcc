// What every answer about the line tells of the school: its time, and where it is. One clock for the whole window.
import type { SyncLine } from './bindings';
import { instant } from './when';

const TICK_MS = 20_000;
/** What lies between an answer and its hearing; no reason to draw everything again. */
const JITTER_MS = 500;

class School {
  /** The school's time less this computer's, in milliseconds. */
  ahead = $state(0);
  /** `school.example:8443`; empty until it is known. */
  address = $state('');

  hear({ now, address }: Pick<SyncLine, 'now' | 'address'>): void {
    const ahead = instant(now).getTime() - Date.now();
    if (Math.abs(ahead - this.ahead) > JITTER_MS) this.ahead = ahead;
    this.address = address;
  }
}

export const school = new School();

/** The time at the school. Windows, deadlines and "12 分钟前" count by this, never by this computer's clock alone. */
export function schoolNow(): Date {
  return new Date(Date.now() + school.ahead);
}

/** What this computer's clock said, as the school's clock had it. */
export function atSchool(here: string): string {
  return new Date(instant(here).getTime() + school.ahead).toISOString();
}

export interface Clock {
  readonly value: Date;
  /** Looks at once, and does not wait for its next tick. */
  look(): void;
}

/** The time at the school, moving on. Call while a component initialises. */
export function ticking(every = TICK_MS): Clock {
  let here = $state.raw(Date.now());
  const look = () => void (here = Date.now());
  $effect(() => {
    const timer = setInterval(look, every);
    return () => clearInterval(timer);
  });
  return {
    get value() {
      return new Date(here + school.ahead);
    },
    look,
  };
}
