/** A text, and for each of its UTF-16 units where in the original the characters begin and end that it stands for. */
export interface TracedText {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** The text itself, each unit at its own place. */
export function traced(text: string): TracedText {
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    starts.push(at);
    ends.push(at + 1);
  }
  return { text, starts, ends };
}

/**
 * Letters and digits alone, in lower case: what is left of a text whatever case it is written in, and whatever
 * stands between its letters. What has other characters than letters and digits is the same as without them.
 */
export function lettersOf(text: string): string {
  const lower = text.toLowerCase();
  if (/^[\0-\x7f]*$/.test(lower)) return lower.replace(/[^0-9a-z]+/g, "");
  // A sigma at a word's end has a form of its own, which a text cut in pieces would not have.
  return lower.replaceAll("ς", "σ").replace(notLetters, "");
}

const notLetters = /[^\p{L}\p{N}]+/gu;

/** {@link lettersOf}, with each letter's place. */
export function tracedLetters({ text, starts, ends }: TracedText): TracedText {
  const letters = new TraceBuilder();
  for (let at = 0; at < text.length; ) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const last = at + character.length - 1;
    letters.add(lettersOf(character), starts[at] ?? 0, ends[last] ?? 0);
    at = last + 1;
  }
  return letters.built();
}

/** Makes a traced text piece by piece. */
export class TraceBuilder {
  #text = "";
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  add(piece: string, start: number, end: number): void {
    this.#text += piece;
    for (let unit = 0; unit < piece.length; unit += 1) {
      this.#starts.push(start);
      this.#ends.push(end);
    }
  }

  built(): TracedText {
    return { text: this.#text, starts: this.#starts, ends: this.#ends };
  }
}
