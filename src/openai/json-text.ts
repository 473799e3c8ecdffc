import {
  isJsonArray,
  isJsonObject,
  type JsonArray,
  JsonNumber,
  type JsonObject,
  type JsonValue,
} from "./json.ts";

/**
 * Writes a value as compact JSON. Numbers keep their text, objects their order.
 *
 * @param most Characters after which nothing more is written: what is left out is cut off where it stands.
 */
export function stringifyJson(value: JsonValue, most = Number.POSITIVE_INFINITY): string {
  const writer = new Writer(most);
  writer.value(value);
  return writer.text;
}

class Writer {
  readonly #most: number;
  text = "";

  constructor(most: number) {
    this.#most = most;
  }

  value(value: JsonValue): void {
    if (value instanceof JsonNumber) this.#add(value.text);
    else if (isJsonArray(value)) this.#array(value);
    else if (isJsonObject(value)) this.#object(value);
    else this.#add(JSON.stringify(value));
  }

  #array(array: JsonArray): void {
    let before = "[";
    for (const element of array) {
      if (this.text.length > this.#most) return;
      this.#add(before);
      this.value(element);
      before = ",";
    }
    this.#add(before === "[" ? "[]" : "]");
  }

  #object(object: JsonObject): void {
    let before = "{";
    for (const [key, member] of object) {
      if (this.text.length > this.#most) return;
      this.#add(`${before}${JSON.stringify(key)}:`);
      this.value(member);
      before = ",";
    }
    this.#add(before === "{" ? "{}" : "}");
  }

  #add(text: string): void {
    this.text += text;
  }
}
