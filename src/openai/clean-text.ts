/** ANSI escape sequences: CSI, then OSC and its kin up to their end, then single escapes; with ESC or as C1 codes. */
const ansi =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes.
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]/g;

/** Control characters and invisible formatting (bidi overrides, tags, byte order marks), save the joiners of emoji. */
const invisible = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}]/gu;

/**
 * Text from an API made fit for a terminal: no escape sequences, no control or bidi characters, white space
 * collapsed to single spaces, and no more than `limit` characters, with … for the rest.
 */
export function cleanText(text: string, limit = 2_000): string {
  // Far more than is shown need not be cleaned.
  const cleaned = text
    .slice(0, limit * 8)
    .replace(ansi, "")
    .replace(/[\s\u2028\u2029]+/g, " ")
    .replace(invisible, "")
    .trim();
  return capText(cleaned, limit);
}

/** At most `limit` characters, never half a surrogate pair. */
export function capText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  // A character is two units at most, and one is more than enough to see that there are more.
  const characters = Array.from(text.slice(0, 2 * limit + 2));
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join("")}…`;
}

/** Characters of a JSON text that an outline is made of. */
const outlined = 2_000;

/**
 * The beginning of a JSON text, which may be broken, with keys and without values: in an answer that nobody expected,
 * any value may be a secret.
 */
export function jsonOutline(text: string): string {
  const outline = text
    .slice(0, outlined)
    .replace(/"(?:[^"\\]|\\.)*(?:"(\s*:)?|\\?$)|[^\s"{}[\],:]+/g, (token, colon?: string) =>
      colon === undefined ? "…" : token,
    );
  return cleanText(outline, 300);
}

/** Whether a text is JSON, or was on the way to it. */
export function looksLikeJson(text: string): boolean {
  return /^\s*[[{"]/.test(text);
}

/** The first line of a body that holds something, cleaned; markup is left as it is. */
export function firstLine(text: string): string {
  const line = text
    .slice(0, 16_384)
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .find((one) => cleanText(one) !== "");
  return line === undefined ? "" : cleanText(line);
}
