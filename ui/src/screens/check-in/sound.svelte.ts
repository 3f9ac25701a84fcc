// Two tones that nobody takes for each other: a short one that rises, for who may come in; a low one, twice, for who is to wait.

export type Tone = 'in' | 'stop';

interface Note {
  hertz: number;
  /** Seconds from now. */
  from: number;
  lasts: number;
}

export const NOTES: Record<Tone, readonly Note[]> = {
  in: [
    { hertz: 880, from: 0, lasts: 0.09 },
    { hertz: 1320, from: 0.09, lasts: 0.16 },
  ],
  stop: [
    { hertz: 196, from: 0, lasts: 0.2 },
    { hertz: 196, from: 0.28, lasts: 0.32 },
  ],
};
/** Heard over a crowd, and no alarm. */
const LOUD = 0.35;
const KEY = 'xinmei.check-in.sound';

class Sound {
  #on = $state(localStorage.getItem(KEY) !== 'off');
  #context: AudioContext | undefined;

  get on(): boolean {
    return this.#on;
  }
  set on(on: boolean) {
    this.#on = on;
    localStorage.setItem(KEY, on ? 'on' : 'off');
  }

  play(tone: Tone): void {
    // A computer without a loudspeaker checks in as well.
    if (!this.#on || typeof AudioContext === 'undefined') return;
    this.#context ??= new AudioContext();
    const context = this.#context;
    void context.resume?.();
    for (const { hertz, from, lasts } of NOTES[tone]) {
      const [oscillator, gain] = [context.createOscillator(), context.createGain()];
      const begins = context.currentTime + from;
      oscillator.type = tone === 'in' ? 'sine' : 'square';
      oscillator.frequency.value = hertz;
      // Faded, so that it does not crack.
      gain.gain.setValueAtTime(LOUD, begins);
      gain.gain.linearRampToValueAtTime(0, begins + lasts);
      oscillator.connect(gain).connect(context.destination);
      oscillator.start(begins);
      oscillator.stop(begins + lasts);
    }
  }
}

export const sound = new Sound();
