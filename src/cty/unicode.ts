import { atOnce, type Pieces } from "./pieces.ts";

const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Every text of characters below U+0300 is in NFC, and none of them is half of a pair. */
const BEYOND_LATIN = /[\u0300-\uffff]/;

/** Whether the text is as Terraform holds it by its characters alone. */
export function isNormal(text: string): boolean {
  return !BEYOND_LATIN.test(text);
}

/**
 * The string as Terraform holds it: valid UTF-8, so that each lone surrogate becomes U+FFFD, and NFC as
 * Go has it (cty.NormalizeString in go-cty's value_init.go), which never puts more than 30 non-starters
 * in a row. That limit also keeps the work linear: putting a run in order takes the square of its length.
 */
export function normalizeString(text: string): string {
  if (!BEYOND_LATIN.test(text)) return text;
  const valid = text.replace(LONE_SURROGATE, "\ufffd");
  return (mayHoldLongRun(valid) ? streamSafe(valid) : valid).normalize("NFC");
}

/** Characters that are normalised in one go. */
const LONG_TEXT = 65_536;

/** Whether normalising the text is more than a piece of work. */
export function isLongText(text: string): boolean {
  return text.length > LONG_TEXT;
}

/** {@link normalizeString} as work in pieces. */
export function* normalizePieces(text: string): Pieces<string> {
  if (!isLongText(text) || !BEYOND_LATIN.test(text)) return normalizeString(text);
  const valid = text.replace(LONE_SURROGATE, "\ufffd");
  yield;
  const safe = mayHoldLongRun(valid) ? yield* streamSafePieces(valid) : valid;
  const pieces: string[] = [];
  for (let start = 0; start < safe.length; ) {
    yield;
    const end = boundaryFrom(safe, start + LONG_TEXT);
    pieces.push(safe.slice(start, end).normalize("NFC"));
    start = end;
  }
  return pieces.join("");
}

/** The next place from which on nothing combines with what is before it, nor is put in order with it. */
function boundaryFrom(text: string, from: number): number {
  // No run of what combines is longer than MOST_NON_STARTERS there.
  for (let at = from; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const isLow = 0xdc00 <= unit && unit < 0xe000;
    if (!isLow && (unit < 0x300 || ((nonStarters(text.codePointAt(at) ?? 0) >> 3) & 7) === 0)) return at;
  }
  return text.length;
}

/** Compares by the bytes of the UTF-8 form, the order in which Go sorts strings. */
export function compareUTF8(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i += 1) {
    if (a.charCodeAt(i) !== b.charCodeAt(i)) return (a.codePointAt(i) ?? 0) - (b.codePointAt(i) ?? 0);
  }
  return a.length - b.length;
}

/** Non-starters in a row: maxNonStarters in golang.org/x/text/unicode/norm/composition.go. */
const MOST_NON_STARTERS = 30;
const GRAPHEME_JOINER = "\u034f";

/** Fewer characters than this cannot make a run too long, since none counts for more than three. */
const SHORTEST_LONG_RUN = 10;

/** What may be a non-starter: marks, and the vowels and finals of Hangul in every form. */
const CANDIDATE = /[\p{M}\u1160-\u11ff\u3131-\u318e\uff9e-\uffdc]/u;

/** Whether so many candidates stand in a row. Of each ten characters one is looked at, since a run has one of them. */
function mayHoldLongRun(text: string): boolean {
  for (let at = SHORTEST_LONG_RUN - 1; at < text.length; at += SHORTEST_LONG_RUN) {
    if (!isCandidate(text, at)) continue;
    let [first, last] = [at, at];
    while (at - first < SHORTEST_LONG_RUN && first > 0 && isCandidate(text, first - 1)) first -= 1;
    while (last - first < SHORTEST_LONG_RUN && last + 1 < text.length && isCandidate(text, last + 1))
      last += 1;
    if (last - first + 1 >= SHORTEST_LONG_RUN) return true;
  }
  return false;
}

/** What is known of each code point; made when first used, and then one byte each. 0 is unknown. */
let candidates: Uint8Array | undefined;
let counts: Uint8Array | undefined;

/** Whether the UTF-16 unit is a candidate, or a part of one. */
function isCandidate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit < 0x300 || (0x3400 <= unit && unit < 0xa000) || (0xac00 <= unit && unit < 0xd7b0)) return false;
  const isLow = 0xdc00 <= unit && unit < 0xe000;
  const point = text.codePointAt(isLow ? at - 1 : at) ?? 0;
  candidates ??= new Uint8Array(0x110000);
  if (candidates[point] === 0) candidates[point] = CANDIDATE.test(String.fromCodePoint(point)) ? 2 : 1;
  return candidates[point] === 2;
}

/** Puts a combining grapheme joiner after each thirty non-starters in a row, as streamSafe.next does there. */
function streamSafe(text: string): string {
  return atOnce(streamSafePieces(text));
}

function* streamSafePieces(text: string): Pieces<string> {
  const pieces: string[] = [];
  let start = 0;
  let run = 0;
  for (let at = 0, next = LONG_TEXT; at < text.length; ) {
    if (at >= next) {
      yield;
      next += LONG_TEXT;
    }
    const point = text.codePointAt(at) ?? 0;
    const packed = point < 0x80 ? 0 : nonStarters(point);
    const leading = (packed >> 3) & 7;
    if (leading === 0) run = packed & 7;
    else {
      run += leading;
      if (run > MOST_NON_STARTERS) {
        pieces.push(text.slice(start, at));
        start = at;
        run = leading;
      }
    }
    at += point > 0xffff ? 2 : 1;
  }
  pieces.push(text.slice(start));
  return pieces.join(GRAPHEME_JOINER);
}

/**
 * How many non-starters the compatibility decomposition begins and ends with (maketables.go there): the end in the
 * lowest three bits, the beginning in the next three.
 */
function nonStarters(point: number): number {
  counts ??= new Uint8Array(0x110000);
  let packed = counts[point] ?? 0;
  if (packed === 0) {
    const parts = [...String.fromCodePoint(point).normalize("NFKD")].map(isNonStarter);
    const [first, last] = [parts.indexOf(false), parts.lastIndexOf(false)];
    const [leading, trailing] =
      first === -1 ? [parts.length, parts.length] : [first, parts.length - 1 - last];
    packed = 0x80 | (leading << 3) | trailing;
    counts[point] = packed;
  }
  return packed;
}

/** Starters that combine with what is before them, and count as non-starters to Go: NFC_Quick_Check=Maybe. */
const COMBINING_STARTER =
  /[\u1161-\u1175\u11a8-\u11c2\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf\u102e\u1b35\u{11127}\u{1133e}\u{11357}\u{114b0}\u{114ba}\u{114bd}\u{115af}\u{11930}]/u;

/** Whether the character has a combining class, which shows in how normalisation orders it beside another. */
function isNonStarter(character: string): boolean {
  // The lowest and the highest class that there is.
  const [overlay, iota] = ["\u0334", "\u0345"];
  return (
    `${character}${overlay}`.normalize("NFD") === `${overlay}${character}` ||
    `${iota}${character}`.normalize("NFD") === `${character}${iota}` ||
    character === overlay ||
    character === iota ||
    COMBINING_STARTER.test(character)
  );
}
