// Using a template: which one, and what stands in its fields.
import { asFault, call, type Fault } from '$lib/api';
import type { TemplateDraft, TemplateFilled, TemplateView } from '$lib/bindings';
import { FormDraft } from '../../event/draft.svelte';

const fresh = () => ({ template: '', values: {} as Record<string, string> });

export class Using {
  /** Errors are told once somebody asked for it. */
  asked = $state(false);
  busy = $state(false);
  fault = $state.raw<Fault>();
  #draft = new FormDraft('template.fill', fresh());
  #templates: () => readonly TemplateView[];

  /** Call while a component initialises. */
  constructor(templates: () => readonly TemplateView[]) {
    this.#templates = templates;
  }

  readonly chosen = $derived.by(() => this.#templates().find(({ id }) => id === this.#draft.value.template));
  get values(): Record<string, string> {
    return this.#draft.value.values;
  }

  choose = (template: TemplateView | undefined): void => {
    // What was typed for a field of that name is meant for this one too.
    this.#draft.value.template = template?.id ?? '';
    this.asked = false;
    this.fault = undefined;
  };
  /** Nothing of it comes back. */
  leave = (): Promise<void> => this.#draft.clear(fresh());

  readonly missing = $derived.by(() => (this.chosen?.fields ?? []).filter((name) => !this.values[name]?.trim()));

  /** The notice as it reads with the fields filled; `undefined` where something is missing. */
  async fill(): Promise<{ draft: TemplateDraft; filled: TemplateFilled } | undefined> {
    this.asked = true;
    const template = this.chosen;
    if (!template || this.missing.length || this.busy) return undefined;
    this.busy = true;
    try {
      const filled = await call('template.fill', { template: template.id, values: $state.snapshot(this.values) });
      await this.leave();
      return { draft: template.draft, filled };
    } catch (thrown) {
      this.fault = asFault(thrown);
      return undefined;
    } finally {
      this.busy = false;
    }
  }
}
