import { type Scalar, type ScalarName, scalars } from "./scalar.ts";
import { WireType } from "./wire.ts";

/** A message type as a field table refers to it: its table is made when it is first asked for. */
export interface Nested {
  readonly name: string;
  readonly table: Table;
}

/**
 * When a field is on the wire: a plain one unless it is zero, an optional one (a message, a member
 * of a oneof) unless it is undefined.
 */
export type Rule = "plain" | "optional" | "repeated" | "map";

export interface Field {
  readonly number: number;
  readonly name: string;
  readonly rule: Rule;
  /** Of a map: the type of its entries. */
  readonly type: Scalar | Nested;
  readonly oneof: string | undefined;
}

/** The fields of one message. */
export class Table {
  /** In the order of their numbers. */
  readonly fields: readonly Field[];
  readonly reversed: readonly Field[];
  readonly byNumber: ReadonlyMap<number, Field>;
  readonly names: ReadonlySet<string>;
  /** The members of each oneof, by its name. */
  readonly oneofs: ReadonlyMap<string, readonly string[]>;

  constructor(fields: readonly Field[]) {
    this.fields = fields;
    this.reversed = fields.toReversed();
    this.byNumber = new Map(fields.map((field) => [field.number, field]));
    this.names = new Set(fields.map((field) => field.name));
    const oneofs = new Map<string, string[]>();
    for (const { oneof, name } of fields) {
      if (oneof === undefined) continue;
      const members = oneofs.get(oneof);
      if (members === undefined) oneofs.set(oneof, [name]);
      else members.push(name);
    }
    this.oneofs = oneofs;
  }
}

type TypeReference = ScalarName | Nested;

/** A scalar without presence, or a message. */
export function one(number: number, name: string, type: TypeReference): Field {
  const rule = typeof type === "string" ? "plain" : "optional";
  return { number, name, rule, type: resolve(type), oneof: undefined };
}

/** A scalar with presence (proto3 `optional`). */
export function optional(number: number, name: string, type: TypeReference): Field {
  return { number, name, rule: "optional", type: resolve(type), oneof: undefined };
}

/** A member of the oneof of that name. */
export function member(oneof: string, number: number, name: string, type: TypeReference): Field {
  return { number, name, rule: "optional", type: resolve(type), oneof };
}

export function repeated(number: number, name: string, type: TypeReference): Field {
  return { number, name, rule: "repeated", type: resolve(type), oneof: undefined };
}

/** A map: on the wire a repeated message of a key and a value, both of which are always written. */
export function map(number: number, name: string, key: ScalarName, value: TypeReference): Field {
  const entry = { name, table: new Table([optional(1, "key", key), optional(2, "value", value)]) };
  return { number, name, rule: "map", type: entry, oneof: undefined };
}

/** Whether a field's type is a message. */
export function isNested(type: Scalar | Nested): type is Nested {
  return "table" in type;
}

/** The wire type of a single value. */
export function wireTypeOf(type: Scalar | Nested): WireType {
  return isNested(type) ? WireType.LENGTH : type.wire;
}

function resolve(type: TypeReference): Scalar | Nested {
  return typeof type === "string" ? scalars[type] : type;
}
