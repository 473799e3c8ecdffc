import { type ExactNumber, parseNumber } from "../../framework/index.ts";
import {
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

  number(): ExactNumber | null {
    if (this.#value === null) return null;
    if (!(this.#value instanceof JsonNumber)) throw this.#mismatch("a number");
    try {
      return parseNumber(this.#value.text);
    } catch {
      throw new ShapeError(this.#path, "a number that Terraform can hold", shortened(this.#value.text));
    }
  }

  /** The JSON text as received; null for null. */
  json(): string | null {
    return this.#value === null ? null : (this.#source ?? null);
  }

  /** Each element of an array through `read`; null for null. */
  list<T>(read: (element: Body) => T): T[] | null {
    if (this.#value === null) return null;
    if (!isJsonArray(this.#value)) throw this.#mismatch("a list");
    return this.#value.map((element, index) => read(new Body(element, `${this.#path}[${index}]`)));
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

  #object(): JsonObject {
    if (!isJsonObject(this.#value)) throw this.#mismatch("an object");
    return this.#value;
  }

  #member(name: string): string {
    const step = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `[${JSON.stringify(shortened(name))}]`;
    return this.#path === "" ? step : step.startsWith("[") ? `${this.#path}${step}` : `${this.#path}.${step}`;
  }

  #mismatch(expected: string): ShapeError {
    return new ShapeError(this.#path, expected, describe(this.#value));
  }
}

/** A JSON value in words, with enough of it to recognise it by. */
export function describe(value: JsonValue): string {
  if (value === null) return "null";
  if (typeof value === "string") return `the string ${JSON.stringify(shortened(value))}`;
  if (typeof value === "boolean") return String(value);
  if (value instanceof JsonNumber) return `the number ${shortened(value.text)}`;
  if (isJsonArray(value)) return `a list of ${value.length}`;
  return `an object with the keys ${[...value.keys()].slice(0, 8).map(shortened).join(", ") || "(none)"}`;
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
