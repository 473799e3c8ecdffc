/** What stands where a secret stood. */
export const redacted = "[redacted]";

/** A shorter piece of a key says nothing and would be found in words. */
const shortestPiece = 8;
const shortestSecret = 4;

/** A key that somebody masked (`sk-ab***yz`), anything that looks like one of OpenAI's keys, and bearer tokens. */
const masked = /[^\s"'`<>()[\]{},;:=]*\*{3,}(?:[^\s"'`<>()[\]{},;:=]*[^\s"'`<>()[\]{},;:=.!?])?/g;
const keyLike = /(?<![A-Za-z0-9-])(?:sk|sess)-[^\s"'`<>()[\]{},;]*[^\s"'`<>()[\]{},;.!?]/g;
const bearer = /\b(Bearer|Basic)\s+[^\s"'`<>,;]{8,}/gi;
const urlQuery = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s?#"'<>]+)\?[^\s"'<>)]*/gi;

/** Removes secrets from text that is to be shown or logged. Holds them privately: inspecting it prints none. */
export class Redactor {
  readonly #forms: readonly string[];
  readonly #pieces: ReadonlySet<string>;

  /** Secrets are API keys, header values and query values, as given. */
  constructor(secrets: Iterable<string>) {
    const forms = new Set<string>();
    const pieces = new Set<string>();
    for (const secret of secrets) {
      // "Bearer abc" is a secret as a whole and in its words.
      for (const part of [secret.trim(), ...secret.trim().split(/\s+/)]) {
        if (part.length < shortestSecret || /^(?:bearer|basic)$/i.test(part)) continue;
        for (const form of [part, escapeUri(part), JSON.stringify(part).slice(1, -1), base64(part)])
          forms.add(form);
        for (let at = 0; at + shortestPiece <= part.length; at += 1)
          pieces.add(part.slice(at, at + shortestPiece));
      }
    }
    this.#forms = [...forms].sort((a, b) => b.length - a.length);
    this.#pieces = pieces;
  }

  /** The text without secrets, their pieces of 8 characters and more, masked keys, and queries of URLs. */
  redact(text: string): string {
    let result = text;
    for (const form of this.#forms) result = result.replaceAll(form, redacted);
    return this.#withoutPieces(result)
      .replace(urlQuery, `$1?${redacted}`)
      .replace(masked, redacted)
      .replace(bearer, `$1 ${redacted}`)
      .replace(keyLike, redacted)
      .replace(/(?:\[redacted\]){2,}/g, redacted);
  }

  #withoutPieces(text: string): string {
    if (this.#pieces.size === 0) return text;
    let result = "";
    let kept = 0;
    for (let at = 0; at + shortestPiece <= text.length; at += 1) {
      if (!this.#pieces.has(text.slice(at, at + shortestPiece))) continue;
      let end = at + shortestPiece;
      while (end < text.length && this.#pieces.has(text.slice(end + 1 - shortestPiece, end + 1))) end += 1;
      result += text.slice(kept, at) + redacted;
      kept = end;
      at = end - 1;
    }
    return result + text.slice(kept);
  }
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64").replace(/=+$/, "");
}

function escapeUri(text: string): string {
  return URL.canParse(`x:${text}`) ? encodeURIComponent(text.replace(/\p{Cs}/gu, "\ufffd")) : text;
}
