/** A number exactly as it is written in JSON text: `1.0`, `-7016696130141027151`. */
export class Literal {
  readonly text: string;

  /** `text` is spliced into the output unchanged, so any JSON text is allowed, not only numbers. */
  constructor(text: string) {
    this.text = text;
  }
}

/** JSON with numbers that keep their spelling. Members that are `undefined` are not written. */
export type Json = null | boolean | string | number | bigint | Literal | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Literal);
}

export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The value as a double, or undefined when it is not a number. */
export function numberOf(value: Json | undefined): number | undefined {
  if (typeof value === "number" || typeof value === "bigint") return Number(value);
  return value instanceof Literal && /^-?\d/.test(value.text) ? Number(value.text) : undefined;
}

/** The word that OpenAI's error messages use for the value's type. */
export function typeName(value: Json | undefined): string {
  if (value === null || value === undefined) return "null";
  if (isArray(value)) return "array";
  if (isObject(value)) return "object";
  const number = numberOf(value);
  if (number !== undefined) return Number.isInteger(number) ? "integer" : "decimal";
  return typeof value;
}

/** A number in Python's float spelling (`1.0`, `0.5`), which is how the API writes its sampling parameters. */
export function float(value: number): Literal {
  return new Literal(Number.isInteger(value) ? value.toFixed(1) : String(value));
}

/** JSON text: compact without `indent`, else with that many spaces a level, as JSON.stringify lays it out. */
export function stringify(value: Json, indent = 0): string {
  return write(value, indent, "");
}

function write(value: Json, indent: number, margin: string): string {
  if (value instanceof Literal) return value.text;
  if (typeof value === "bigint") return value.toString();
  if (isArray(value)) {
    return wrap(
      "[",
      value.map((element) => write(element, indent, margin + " ".repeat(indent))),
      "]",
      indent,
      margin,
    );
  }
  if (isObject(value)) {
    const colon = indent > 0 ? ": " : ":";
    const members: string[] = [];
    for (const [key, member] of Object.entries(value)) {
      if (member === undefined) continue;
      members.push(JSON.stringify(key) + colon + write(member, indent, margin + " ".repeat(indent)));
    }
    return wrap("{", members, "}", indent, margin);
  }
  return JSON.stringify(value);
}

function wrap(open: string, parts: readonly string[], close: string, indent: number, margin: string): string {
  if (indent === 0 || parts.length === 0) return open + parts.join(",") + close;
  const inner = margin + " ".repeat(indent);
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${margin}${close}`;
}
