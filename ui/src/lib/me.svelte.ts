// Who sits here, in which hat. Followed by App for as long as the window is open.
import { call, type Fault } from './api';
import type { Hat, HatView, Me, ProfileStanding } from './bindings';
import { Live } from './live.svelte';
import { localZone } from './when';

class Session {
  #status = $state.raw<Live<'profile.status'>>();

  /** Call while the window's root initialises. */
  follow(): void {
    this.#status = new Live(() => ({ ask: 'profile.status', with: {} }));
  }

  get standing(): ProfileStanding | undefined {
    return this.#status?.value;
  }
  /** Why not even the standing is known. */
  get fault(): Fault | undefined {
    return this.standing ? undefined : this.#status?.fault;
  }
  get value(): Me | undefined {
    return this.standing?.is === 'ready' ? this.standing.me : undefined;
  }
  /** The school's zone; this computer's until it is known. */
  get zone(): string {
    return this.value?.zone ?? localZone();
  }
  get hats(): readonly HatView[] {
    return this.value?.hats ?? [];
  }
  /** The hat that is on. */
  get hat(): HatView | undefined {
    const on = this.value?.hat;
    return on && this.hats.find(({ hat }) => sameHat(hat, on));
  }

  refetch = (): void => void this.#status?.refetch();

  /** What `join`, `unlock`, `wear` answered; sooner than the change is heard of. */
  settle(standing: ProfileStanding): void {
    if (this.#status) this.#status.value = standing;
  }
  async wear(hat: Hat): Promise<void> {
    this.settle(await call('profile.wear', { hat }));
  }
}

export function sameHat(a: Hat, b: Hat): boolean {
  return a.is === 'staff' ? b.is === 'staff' && a.role === b.role : b.is === 'guardian';
}

export const me = new Session();
