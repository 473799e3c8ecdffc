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
  const characters = Array.from(text);
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join("")}…`;
}

/** The first line of a body that holds something, cleaned; markup is left as it is. */
export function firstLine(text: string): string {
  const line = text
    .slice(0, 16_384)
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .find((one) => cleanText(one) !== "");
  return line === undefined ? "" : cleanText(line);
}
