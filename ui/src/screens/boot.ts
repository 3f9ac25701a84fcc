// Which of the window's faces is shown: the way in, or the frame.
import type { Fault } from '$lib/api';
import type { ProfileStanding } from '$lib/bindings';

export type Boot = 'waiting' | 'fault' | 'join' | 'unlock' | 'removed' | 'inside';

/** `joining`: somebody locked or removed asked to join with a new strip. */
export function bootOf(standing: ProfileStanding | undefined, fault: Fault | undefined, joining: boolean): Boot {
  if (!standing) return fault?.fault === 'locked' ? 'unlock' : fault ? 'fault' : 'waiting';
  if (standing.is === 'ready') return 'inside';
  if (standing.is === 'new' || joining) return 'join';
  return standing.is === 'locked' ? 'unlock' : 'removed';
}
