import type { Component, ComponentProps } from 'svelte';
import type { screens } from '../screens/registry';

type Screens = typeof screens;
export type ScreenName = keyof Screens;
type ParamsOf<N extends ScreenName> = Screens[N] extends Component<infer Props> ? Props : ComponentProps<Screens[N]>;

export interface Place {
  screen: ScreenName;
  params: Record<string, unknown>;
}

/** Where the window is. A screen's params are its component's props. */
class Route {
  #trail = $state.raw<Place[]>([{ screen: 'today', params: {} }]);

  get here(): Place {
    return this.#trail.at(-1) as Place;
  }
  get screen(): ScreenName {
    return this.here.screen;
  }
  get canGoBack(): boolean {
    return this.#trail.length > 1;
  }

  /** Goes deeper; `back` returns. */
  go<N extends ScreenName>(screen: N, params: ParamsOf<N>): void {
    this.#trail = [...this.#trail, { screen, params: params as Record<string, unknown> }];
  }
  /** Starts anew at a screen of the rail. */
  start(screen: ScreenName): void {
    this.#trail = [{ screen, params: {} }];
  }
  back(): void {
    if (this.canGoBack) this.#trail = this.#trail.slice(0, -1);
  }
}

export const route = new Route();
