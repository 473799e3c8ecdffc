/** Windows are the pieces of a text of one length: what two texts have in common shows in them. */

const base = 0x01000193;

/** The windows of keys: made once, and looked up for every text. */
export class WindowIndex {
  readonly #width: number;
  readonly #patterns: readonly string[];
  readonly #table: Table;

  constructor(width: number, patterns: readonly string[]) {
    this.#width = width;
    this.#patterns = patterns;
    this.#table = new Table(patterns.reduce((sum, pattern) => sum + pattern.length, 0));
    for (const pattern of patterns) roll(pattern, width, (hash) => this.#table.add(hash));
  }

  /** Which windows of a text stand in one of the patterns. */
  in(text: string): Set<string> {
    const found = new Set<string>();
    if (this.#patterns.length === 0) return found;
    const missing = new Set<string>();
    roll(text, this.#width, (hash, at) => {
      if (!this.#table.has(hash)) return;
      const window = text.slice(at, at + this.#width);
      if (found.has(window) || missing.has(window)) return;
      (this.#patterns.some((pattern) => pattern.includes(window)) ? found : missing).add(window);
    });
    return found;
  }
}

/**
 * The same for patterns that may be long, as prompts are, and are looked for in few texts. Work grows with the text and
 * the patterns together, however alike they are.
 */
export function sharedWindows(text: string, width: number, patterns: readonly string[]): Set<string> {
  const found = new Set<string>();
  if (text.length < width || patterns.length === 0) return found;
  const windows = new Set<string>();
  const table = new Table(text.length);
  roll(text, width, (hash, at) => {
    table.add(hash);
    windows.add(text.slice(at, at + width));
  });
  for (const pattern of patterns) {
    roll(pattern, width, (hash, at) => {
      if (!table.has(hash)) return;
      const window = pattern.slice(at, at + width);
      if (windows.has(window)) found.add(window);
    });
  }
  return found;
}

/** Whether a hash may be one of those added: few others seem so. */
class Table {
  readonly #bits: number;
  readonly #slots: Uint8Array;

  constructor(size: number) {
    this.#bits = Math.min(16, 5 + Math.ceil(Math.log2(size + 1)));
    this.#slots = new Uint8Array(1 << this.#bits);
  }

  add(hash: number): void {
    this.#slots[this.#slot(hash)] = 1;
  }

  has(hash: number): boolean {
    return this.#slots[this.#slot(hash)] === 1;
  }

  #slot(hash: number): number {
    return Math.imul(hash, 0x9e3779b1) >>> (32 - this.#bits);
  }
}

/** Calls for each window of a text, with its hash and where it begins. */
function roll(text: string, width: number, visit: (hash: number, at: number) => void): void {
  let leaving = 1;
  for (let step = 1; step < width; step += 1) leaving = Math.imul(leaving, base);
  let hash = 0;
  for (let end = 0; end < text.length; end += 1) {
    if (end >= width) hash = (hash - Math.imul(text.charCodeAt(end - width), leaving)) | 0;
    hash = (Math.imul(hash, base) + text.charCodeAt(end)) | 0;
    if (end >= width - 1) visit(hash, end - width + 1);
  }
}
