// Using a template: which one, and what stands in its fields.
import { asFault, call, type Fault } from '$lib/api';
import type { TemplateDraft, TemplateFilled, TemplateView } from '$lib/bindings';

export class Using {
  chosen = $state.raw<TemplateView>();
  values = $state<Record<string, string>>({});
  /** Errors are told once somebody asked for it. */
  asked = $state(false);
  busy = $state(false);
  fault = $state.raw<Fault>();

  choose = (template: TemplateView | undefined): void => {
    this.chosen = template;
    // What was typed for a field of that name is meant for this one too.
    this.asked = false;
    this.fault = undefined;
  };

  readonly missing = $derived((this.chosen?.fields ?? []).filter((name) => !this.values[name]?.trim()));

  /** The notice as it reads with the fields filled; `undefined` where something is missing. */
  async fill(): Promise<{ draft: TemplateDraft; filled: TemplateFilled } | undefined> {
    this.asked = true;
    const template = this.chosen;
    if (!template || this.missing.length || this.busy) return undefined;
    this.busy = true;
    try {
      const filled = await call('template.fill', { template: template.id, values: $state.snapshot(this.values) });
      return { draft: template.draft, filled };
    } catch (thrown) {
      this.fault = asFault(thrown);
      return undefined;
    } finally {
      this.busy = false;
    }
  }
}
