import { overwriteGetLocale } from './paraglide/runtime.js';

export type Theme = 'system' | 'light' | 'dark';
export type Language = 'zh-CN' | 'en';
export type Density = 'family' | 'staff';

const KEY = 'xinmei.prefs';

interface Kept {
  theme: Theme;
  large: boolean;
  language: Language;
  keys: boolean;
  showsRead: boolean;
}
const initial: Kept = { theme: 'system', large: false, language: 'zh-CN', keys: true, showsRead: true };

function kept(): Kept {
  try {
    return { ...initial, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Kept>) };
  } catch {
    return initial;
  }
}

/** How this person wants the window on this device. */
class Prefs {
  #kept = $state(kept());
  #density = $state<Density>('family');

  constructor() {
    // Messages read the language from here, so a change of language redraws what is on screen.
    overwriteGetLocale(() => this.#kept.language);
    this.#apply();
  }

  get theme() {
    return this.#kept.theme;
  }
  set theme(theme: Theme) {
    this.#keep({ theme });
  }
  get large() {
    return this.#kept.large;
  }
  set large(large: boolean) {
    this.#keep({ large });
  }
  get language() {
    return this.#kept.language;
  }
  set language(language: Language) {
    this.#keep({ language });
  }
  /** Whether others in a conversation learn at once what was read; else when one answers. */
  get showsRead() {
    return this.#kept.showsRead;
  }
  set showsRead(showsRead: boolean) {
    this.#keep({ showsRead });
  }
  /** Single-key shortcuts may be switched off. */
  get keys() {
    return this.#kept.keys;
  }
  set keys(keys: boolean) {
    this.#keep({ keys });
  }
  /** Set by the hat, not by the person. */
  get density() {
    return this.#density;
  }
  set density(density: Density) {
    this.#density = density;
    this.#apply();
  }

  #keep(change: Partial<Kept>): void {
    Object.assign(this.#kept, change);
    localStorage.setItem(KEY, JSON.stringify(this.#kept));
    this.#apply();
  }

  #apply(): void {
    const { dataset } = document.documentElement;
    const { theme, large, language } = this.#kept;
    if (theme === 'system') delete dataset.theme;
    else dataset.theme = theme;
    if (large) dataset.type = 'large';
    else delete dataset.type;
    dataset.density = this.#density;
    document.documentElement.lang = language;
  }
}

export const prefs = new Prefs();
