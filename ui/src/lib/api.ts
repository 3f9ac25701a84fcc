// The one file that knows how the window reaches the core. Everything else says `call` and `onChanged`.
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Calls, Fault, Opening } from './bindings';
import { school } from './school.svelte';

export type { Calls, Fault };
export type Ask = keyof Calls;

interface Door {
  call(request: { ask: string; with: unknown }): Promise<unknown>;
  onChanged(hear: (topics: string[]) => void): () => void;
  onOpen(hear: (opening: Opening) => void): () => void;
}

/** Hears an event of the shell. Outside the app (the gallery, a plain browser) there is nobody to listen to. */
function hearing<P>(event: string, hear: (payload: P) => void): () => void {
  const stop = listen<P>(event, ({ payload }) => hear(payload));
  stop.catch(() => undefined);
  return () => void stop.then((off) => off()).catch(() => undefined);
}

const tauri: Door = {
  call: (request) => invoke('call', { request }),
  onChanged: (hear) => hearing('changed', hear),
  onOpen: (hear) => hearing('open', hear),
};

/** The same core over HTTP, for working on screens in a browser. Absent from production builds. */
const browser: Door = {
  async call(request) {
    let answer: Response;
    try {
      answer = await fetch('/door', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
      });
    } catch {
      throw { fault: 'offline' } satisfies Fault;
    }
    const body: unknown = await answer.json();
    if (!answer.ok) throw body;
    return body;
  },
  onChanged(hear) {
    const source = new EventSource('/door/changed');
    source.onmessage = (event: MessageEvent<string>) => hear(JSON.parse(event.data) as string[]);
    return () => source.close();
  },
  onOpen: () => () => undefined,
};

const door: Door = import.meta.env.MODE === 'door' ? browser : tauri;

export function isFault(thrown: unknown): thrown is Fault {
  return typeof thrown === 'object' && thrown !== null && 'fault' in thrown;
}

/** What was thrown, as a Fault: anything that is not one already is our own mistake. */
export function asFault(thrown: unknown): Fault {
  if (isFault(thrown)) return thrown;
  const report = thrown instanceof Error ? thrown.message : String(thrown);
  return { fault: 'broken', report };
}

/** Asks the core. Rejects with a `Fault`, never with anything else. */
export async function call<N extends Ask>(name: N, args: Calls[N]['request']): Promise<Calls[N]['reply']> {
  try {
    const reply = await door.call({ ask: name, with: args });
    if (name === 'sync.status') school.hear(reply as Calls['sync.status']['reply']);
    return reply as Calls[N]['reply'];
  } catch (thrown) {
    throw asFault(thrown);
  }
}

/** Hears which topics changed. Returns the way to stop hearing. */
export function onChanged(hear: (topics: string[]) => void): () => void {
  return door.onChanged(hear);
}

/** Hears where a click on a notification leads. Returns the way to stop hearing. */
export function onOpen(hear: (opening: Opening) => void): () => void {
  return door.onOpen(hear);
}
