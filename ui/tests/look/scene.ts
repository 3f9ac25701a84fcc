// What a picture of a screen is of, and how one is written down in a line.
import type { Role, School, Size } from './school';

/** What is done before the picture, in whatever language. */
export type Step =
  | { click: string }
  | { type: string; into: string }
  | { file: string }
  | { key: string };

export interface Scene {
  name: string;
  school: School;
  screen?: string;
  with?: object;
  /** The page is opened with an invite. */
  link?: string;
  steps?: readonly Step[];
  /** Printed on A4 as well. */
  print?: boolean;
}

export const of = (role: Role, size: Size, more: Omit<School, 'role' | 'size'> = {}): School => ({ role, size, ...more });
export const scene = (name: string, school: School, screen?: string, params?: object, steps: readonly Step[] = []): Scene => ({ name, school, screen, with: params, steps });
export const SIZES: readonly Size[] = [0, 1, 'some', 'many'];
/** The same screen with nothing, one, some and very many things. */
export const sizes = (name: string, role: Role, screen: string, params?: object, more: Omit<School, 'role' | 'size'> = {}): Scene[] =>
  SIZES.map((size) => scene(`${name}-${size}`, of(role, size, more), screen, params));
