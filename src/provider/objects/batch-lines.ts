import { quote } from "../../framework/index.ts";
import { isJsonObject, type JsonValue } from "../../openai/index.ts";

/** The most requests that the API takes in one batch. */
export const mostRequests = 50_000;

/** The lines of a batch's input, checked one after another as the API would, which does it hours later. */
export class BatchLines {
  readonly #endpoint: string | null;
  readonly #quotes: boolean;
  /** The lines of the custom IDs. */
  readonly #lines = new Map<string, number>();

  /**
   * @param endpoint What every `url` has to be; null where that is not known.
   * @param quotes Whether problems quote the lines, which may be secret.
   */
  constructor(endpoint: string | null, quotes: boolean) {
    this.#endpoint = endpoint;
    this.#quotes = quotes;
  }

  /** How many requests there are so far. */
  get count(): number {
    return this.#lines.size;
  }

  /** What is wrong with a line, as the rest of a sentence that begins with it; undefined where it can be sent. */
  problem(value: JsonValue, line: number): string | undefined {
    if (this.#lines.size >= mostRequests)
      return `is one too many: a batch has at most ${mostRequests} requests`;
    if (!isJsonObject(value)) return "is no JSON object";
    const id = value.get("custom_id");
    if (typeof id !== "string" || id.trim() === "")
      return "has no custom_id, by which its result would be found";
    const before = this.#lines.get(id);
    if (before !== undefined)
      return `repeats the custom_id ${this.#quotes ? `${quote(id)} ` : ""}of line ${before}`;
    this.#lines.set(id, line);
    if (value.get("method") !== "POST") return 'has another method than "POST", which is the only one';
    const url = value.get("url");
    if (typeof url !== "string") return "has no url";
    if (this.#endpoint !== null && url !== this.#endpoint)
      return `has the url ${quote(url)}, which is not the batch's endpoint ${quote(this.#endpoint)}`;
    return isJsonObject(value.get("body")) ? undefined : "has no body, or one that is no object";
  }
}
