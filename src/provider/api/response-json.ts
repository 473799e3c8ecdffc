import { type Items, jsonSource } from "../../openai/index.ts";
import { text } from "./arguments.ts";

/** `response_json`: what the API answered, whatever of it has an attribute. */
export const responseJson = text("The whole answer, as JSON text. Of a list, all pages as one.");

/** The pages of a list as they come, of which the text is kept. */
export class PageTexts {
  readonly #pages: string[] = [];
  readonly #items: string[] = [];
  #hasMore = false;

  async *of(pages: AsyncIterable<Items>): AsyncGenerator<Items, void, undefined> {
    for await (const items of pages) {
      this.#pages.push(items.page.text.trim());
      for (const index of items.data.keys()) this.#items.push(jsonSource(items.page.data, index) ?? "null");
      this.#hasMore = items.hasMore;
      yield items;
    }
  }

  /** One page as it came, several as one list. */
  get json(): string {
    const [only] = this.#pages;
    if (only !== undefined && this.#pages.length === 1) return only;
    return `{"object":"list","data":[${this.#items.join(",")}],"has_more":${this.#hasMore}}`;
  }
}
