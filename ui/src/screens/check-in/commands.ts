// What a key at the gate does. Letters are for names: the rest is on the function keys.
export interface Command {
  /** As `KeyboardEvent.key`. */
  key: string;
  words: string;
  run: () => void;
  /** What its key does, where that is not what the button does. */
  onkey?: () => void;
  /** Whether it is on, of what can be. */
  on?: boolean;
}
