import { CtyError, type ExactNumber, parseNumber, terraformNumberText } from "../../framework/index.ts";
import {
  capText,
  isJsonArray,
  isJsonObject,
  JsonNumber,
  type JsonObject,
  type JsonValue,
  jsonSource,
} from "../../openai/index.ts";

/** A body whose shape is not the API's: where, what was expected there, and what was found. */
export class ShapeError extends Error {
  constructor(path: string, expected: string, found: string) {
    super(`${path === "" ? "the body" : path} should be ${expected}, but is ${found}`);
    this.name = "ShapeError";
  }
}

/**
 * A member of a body, read by its type. The API leaves members out, or sends null, as it likes: both
 * are null here. A value of another type is a ShapeError, never a guess.
 */
export class Body {
  readonly #value: JsonValue;
  readonly #path: string;
  readonly #source: string | undefined;

  constructor(value: JsonValue | undefined, path = "", source?: string) {
    this.#value = value ?? null;
    this.#path = path;
    this.#source = source;
  }

  get isNull(): boolean {
    return this.#value === null;
  }

  get isArray(): boolean {
    return isJsonArray(this.#value);
  }

  /** Member `name` of an object; of null, null. */
  get(name: string): Body {
    if (this.#value === null) return new Body(null, this.#member(name));
    const object = this.#object();
    return new Body(object.get(name), this.#member(name), jsonSource(object, name));
  }

  string(): string | null {
    if (this.#value === null || typeof this.#value === "string") return this.#value;
    throw this.#mismatch("a string");
  }

  boolean(): boolean | null {
    if (this.#value === null || typeof this.#value === "boolean") return this.#value;
    throw this.#mismatch("a boolean");
  }

  number(): ExactNumber | null {
    if (this.#value === null) return null;
    if (!(this.#value instanceof JsonNumber)) throw this.#mismatch("a number");
    try {
      const number = parseNumber(this.#value.text);
      // What Terraform would round must not get as far as the encoder, which takes it for our mistake.
      terraformNumberText(number);
      return number;
    } catch (thrown) {
      if (!(thrown instanceof CtyError)) throw thrown;
      throw new ShapeError(this.#path, "a number that Terraform can hold", describe(this.#value));
    }
  }

  /** The JSON text as received; null for null. */
  json(): string | null {
    return this.#value === null ? null : (this.#source ?? null);
  }

  /** Each element of an array of objects through `read`; null for null. An element that is null is a mismatch. */
  objects<T>(read: (element: Body) => T): T[] | null {
    return this.#list((element) => {
      element.#object();
      return read(element);
    });
  }

  /** An array of numbers; null for null. An element that is null is a mismatch. */
  numbers(): ExactNumber[] | null {
    return this.#list((element) => {
      const value = element.number();
      if (value === null) throw element.#mismatch("a number");
      return value;
    });
  }

  /** The object itself through `read`; null for null. */
  object<T>(read: (object: Body) => T): T | null {
    if (this.#value === null) return null;
    this.#object();
    return read(this);
  }

  /** An object of strings as a Map, whatever its keys are; null for null. */
  stringMap(): Map<string, string> | null {
    if (this.#value === null) return null;
    const result = new Map<string, string>();
    for (const name of this.#object().keys()) {
      const value = this.get(name);
      const text = value.string();
      if (text === null) throw value.#mismatch("a string");
      result.set(name, text);
    }
    return result;
  }

  #list<T>(read: (element: Body) => T): T[] | null {
    const array = this.#value;
    if (array === null) return null;
    if (!isJsonArray(array)) throw this.#mismatch("a list");
    return array.map((element, index) =>
      read(new Body(element, `${this.#path}[${index}]`, jsonSource(array, index))),
    );
  }

  #object(): JsonObject {
    if (!isJsonObject(this.#value)) throw this.#mismatch("an object");
    return this.#value;
  }

  #member(name: string): string {
    const step = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `[${quoted(name)}]`;
    return this.#path === "" ? step : step.startsWith("[") ? `${this.#path}${step}` : `${this.#path}.${step}`;
  }

  #mismatch(expected: string): ShapeError {
    return new ShapeError(this.#path, expected, describe(this.#value));
  }
}

/** A JSON value in words, with enough of it to recognise it by, and fit for a terminal. */
export function describe(value: JsonValue): string {
  if (value === null) return "null";
  if (typeof value === "string") return `the string ${quoted(value)}`;
  if (typeof value === "boolean") return String(value);
  if (value instanceof JsonNumber) return `the number ${capText(value.text, longestQuote)}`;
  if (isJsonArray(value)) return `a list of ${value.length}`;
  const keys = [...value.keys()].slice(0, 8).map(quoted);
  if (value.size > keys.length) keys.push("…");
  return keys.length === 0 ? "an object without keys" : `an object with the keys ${keys.join(", ")}`;
}

const longestQuote = 60;

/** The beginning of a text in quotes, with control and formatting characters as escapes. */
function quoted(text: string): string {
  return JSON.stringify(capText(text, longestQuote)).replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
