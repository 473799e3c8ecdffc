import { keyPiece, lowerAscii, type SecretPatterns, secretPatterns, textPiece } from "./secret-patterns.ts";
import { type TracedText, traced, tracedLetters } from "./traced-text.ts";
import { unescaped } from "./unescape.ts";
import { sharedWindows } from "./windows.ts";

/** What stands where a secret stood. */
export const redacted = "[redacted]";

/** Layers of escapes that are looked through: JSON in a query in HTML has three. */
const mostLayers = 4;

/** What looks like one of OpenAI's keys, and bearer tokens. */
const keyLike = /(?<![A-Za-z0-9-])(?:sk|sess)-[^\s"'`<>()[\]{},;]*[^\s"'`<>()[\]{},;.!?]/g;
const bearer = /\b(Bearer|Basic)\s+[^\s"'`<>,;]{8,}/gi;

/**
 * Removes secrets from text that is to be shown or logged. Holds them privately: inspecting it prints none. Making one
 * costs nothing: what is searched is prepared at the first text.
 */
export class Redactor {
  readonly #keys: readonly string[];
  readonly #texts: readonly string[];
  #patterns: SecretPatterns | undefined;

  /**
   * @param keys API keys, header values and query values, as given.
   * @param texts What is secret and may be long, such as a prompt.
   */
  constructor(keys: Iterable<string>, texts: Iterable<string> = []) {
    this.#keys = [...keys];
    this.#texts = [...texts];
  }

  /** A redactor that removes these too. */
  with(keys: Iterable<string>, texts: Iterable<string> = []): Redactor {
    return new Redactor([...this.#keys, ...keys], [...this.#texts, ...texts]);
  }

  /**
   * The text without secrets and their pieces, masked keys, and queries of URLs. Secrets are found in any case, with
   * any characters that are no letters between their own, escaped in several layers, and keys in Base64 and
   * hexadecimal.
   */
  redact(text: string): string {
    return withoutMasked(withoutQueries(this.#withoutSecrets(text)))
      .replace(bearer, `$1 ${redacted}`)
      .replace(keyLike, redacted)
      .replace(/(?:\[redacted\]){2,}/g, redacted);
  }

  #withoutSecrets(text: string): string {
    this.#patterns ??= secretPatterns(this.#keys, this.#texts);
    const { plain, letters, texts, words, shortPlain, shortLetters } = this.#patterns;
    const marks = new Marks(text.length);
    // What looks like a key is one as a whole, also where it begins as another one does that is known.
    for (const { index, 0: key } of text.matchAll(keyLike)) marks.addSpan(index, index + key.length);
    let layer: TracedText | undefined = traced(text);
    for (let layers = 0; layer !== undefined && layers <= mostLayers; layers += 1) {
      const lower = { ...layer, text: lowerAscii(layer.text) };
      marks.addWindows(lower, keyPiece, plain.in(lower.text));
      marks.addWholes(lower, shortPlain);
      const folded = tracedLetters(layer);
      marks.addWindows(folded, keyPiece, letters.in(folded.text));
      marks.addWindows(folded, textPiece, sharedWindows(folded.text, textPiece, texts));
      marks.addWindows(folded, keyPiece, sharedWindows(folded.text, keyPiece, words));
      marks.addWholes(folded, shortLetters);
      layer = unescaped(layer);
    }
    return marks.replacedIn(text);
  }
}

/** Which characters of a text are part of a secret. */
class Marks {
  readonly #marks: Uint8Array;
  #any = false;

  constructor(length: number) {
    this.#marks = new Uint8Array(length);
  }

  addSpan(from: number, to: number): void {
    this.#mark(from, to);
  }

  addWindows(view: TracedText, width: number, found: ReadonlySet<string>): void {
    if (found.size === 0) return;
    let marked = 0;
    for (let at = 0; at + width <= view.text.length; at += 1) {
      if (!found.has(view.text.slice(at, at + width))) continue;
      marked = this.#mark(Math.max(marked, view.starts[at] ?? 0), view.ends[at + width - 1] ?? 0);
    }
  }

  addWholes(view: TracedText, patterns: readonly string[]): void {
    for (const pattern of patterns) {
      for (let at = view.text.indexOf(pattern); at >= 0; at = view.text.indexOf(pattern, at + pattern.length))
        this.#mark(view.starts[at] ?? 0, view.ends[at + pattern.length - 1] ?? 0);
    }
  }

  #mark(from: number, to: number): number {
    this.#marks.fill(1, from, to);
    this.#any = true;
    return to;
  }

  replacedIn(text: string): string {
    if (!this.#any) return text;
    let result = "";
    for (let at = 0; at < text.length; ) {
      const mark = this.#marks[at];
      const change = this.#marks.indexOf(mark === 1 ? 0 : 1, at);
      const end = change < 0 ? text.length : change;
      const piece = text.slice(at, end);
      result += mark === 1 ? withoutMiddle(piece) : piece;
      at = end;
    }
    return result;
  }
}

/** White space at the ends of a secret stays, so that words do not run together. */
function withoutMiddle(piece: string): string {
  const [start = ""] = /^\s*/.exec(piece) ?? [];
  return start + redacted + piece.slice(piece.trimEnd().length);
}

/** The text without the queries of URLs. */
function withoutQueries(text: string): string {
  if (!text.includes("://") || !text.includes("?")) return text;
  return text.replace(/[^\s"'<>]+/g, (token) => {
    let result = "";
    let rest = token;
    for (;;) {
      const url = rest.search(/[a-z][a-z0-9+.-]{0,20}:\/\//i);
      const query = url < 0 ? -1 : rest.indexOf("?", url) + 1;
      if (query <= 0) return result + rest;
      const end = rest.indexOf(")", query);
      result += rest.slice(0, query) + redacted;
      if (end < 0) return result;
      rest = rest.slice(end);
    }
  });
}

/** The text without keys that somebody masked, `sk-ab***yz`. */
function withoutMasked(text: string): string {
  if (!text.includes("***")) return text;
  return text.replace(/[^\s"'`<>()[\]{},;:=]+/g, (token) => {
    if (!token.includes("***")) return token;
    let end = token.length;
    while (/[.!?]/.test(token.charAt(end - 1))) end -= 1;
    return redacted + token.slice(end);
  });
}
