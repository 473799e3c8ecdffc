import { lettersOf } from "./traced-text.ts";
import { WindowIndex } from "./windows.ts";

/** A shorter piece of a key says nothing and would be found in words. */
export const keyPiece = 8;
/** A shorter piece of a text, in letters and digits, is found in others by chance: "completion". */
export const textPiece = 12;
const shortestSecret = 4;

/** What a redactor looks for. `plain` is compared in lower case; `letters` are of `lettersOf`. */
export interface SecretPatterns {
  /** Searched by pieces of `keyPiece`. */
  readonly plain: WindowIndex;
  readonly letters: WindowIndex;
  /** Searched by pieces of `textPiece`. */
  readonly texts: readonly string[];
  /** Words of the texts, in letters and digits, searched by pieces of `keyPiece`. */
  readonly words: readonly string[];
  /** Searched as a whole, since they are shorter than a piece. */
  readonly shortPlain: readonly string[];
  readonly shortLetters: readonly string[];
}

/**
 * Prepares keys (header values, query values) and texts (prompts) to be found. A key is found in pieces, and in Base64
 * and hexadecimal at any offset. A text is found in longer pieces, or as a whole where it has fewer letters and digits;
 * one with less than `keyPiece` of them is not searched. A word of a text with a digit in it may be a password, and is a key.
 */
export function secretPatterns(keys: readonly string[], texts: readonly string[]): SecretPatterns {
  const plain = new Set<string>();
  const letters = new Set<string>();
  const shortPlain = new Set<string>();
  const addKey = (key: string) => {
    if (key.length < shortestSecret || /^(?:bearer|basic)$/i.test(key)) return;
    if (key.length < keyPiece) {
      for (const form of [key, unpadded(Buffer.from(key))]) shortPlain.add(lowerAscii(form));
    } else plain.add(lowerAscii(key));
    letters.add(lettersOf(key));
    for (const form of encodings(key)) letters.add(lettersOf(form));
  };
  for (const key of keys.flatMap(partsOf)) addKey(key);
  const long: string[] = [];
  const words: string[] = [];
  const shortLetters: string[] = [];
  for (const text of texts) {
    const folded = lettersOf(text);
    if (folded.length >= textPiece) long.push(folded);
    else if (folded.length >= keyPiece) shortLetters.push(folded);
    for (const word of text.match(/\S+/g) ?? []) {
      if (word.length >= keyPiece && word.length <= longestWord && /\d/.test(word))
        words.push(lettersOf(word));
    }
  }
  return {
    plain: new WindowIndex(keyPiece, [...plain]),
    letters: new WindowIndex(keyPiece, [...letters]),
    texts: long,
    words,
    shortPlain: [...shortPlain],
    shortLetters,
  };
}

/** A longer word of a prompt is a file in Base64, and no password. */
const longestWord = 256;

/** ASCII alone, so that no letter changes its length. */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** "Bearer abc" is a secret as a whole and in its words; what Basic credentials encode is one too. */
function partsOf(secret: string): string[] {
  const whole = secret.trim();
  const basic = /^basic\s+([A-Za-z0-9+/_-]+)=*$/i.exec(whole)?.[1];
  const credentials = basic === undefined ? "" : Buffer.from(basic, "base64").toString();
  const parts = [whole, ...whole.split(/\s+/), credentials, credentials.replace(/^[^:]*:/, "")];
  return [...parts, ...parts.flatMap(percentDecoded)];
}

function percentDecoded(text: string): string[] {
  if (!text.includes("%")) return [];
  try {
    return [decodeURIComponent(text)];
  } catch {
    return [];
  }
}

/** A key in hexadecimal, and in Base64 as it looks after none, one and two other bytes. */
function encodings(key: string): string[] {
  const utf8 = Buffer.from(key);
  const latin1 = Buffer.from(key, "latin1");
  return (utf8.equals(latin1) ? [utf8] : [utf8, latin1]).flatMap((bytes) => [
    bytes.toString("hex"),
    unpadded(bytes),
    // The first characters hold bits of the bytes before.
    unpadded(Buffer.concat([Buffer.alloc(1), bytes])).slice(2),
    unpadded(Buffer.concat([Buffer.alloc(2), bytes])).slice(3),
  ]);
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
