import {
  type Attribute,
  type AttributeOptions,
  type Attributes,
  atOnce,
  type Kind,
  type ObjectKind,
  type Pieces,
  type State,
  string,
  type Validator,
} from "../../framework/index.ts";
import type { JsonValue } from "../../openai/index.ts";
import { jsonObject, jsonObjects, sameJsonValue } from "../json-argument.ts";
import type { Body } from "./body.ts";

/*
 * Attributes and the API's members: how they differ, and how members are read (write.ts has the other direction). Names
 * are the same unless the attribute says otherwise. Null in state stands for a member that the API leaves out or sends as null.
 */

/** How an attribute differs from the member of its name. */
export interface Wire {
  /** The member's name, where it is another one; with dots, a member of a member: `expires_after.days`. */
  readonly member?: string;
  /** The member's name in answers, where requests have another one. */
  readonly answer?: string;
  /** The attribute holds the member as JSON text. */
  readonly json?: true;
  /** Of JSON text: whether an answer means what was written; unset means that it has all of it. */
  readonly covers?: (written: string, answered: string) => boolean;
  /** The API has no such member: it is neither sent nor read. */
  readonly local?: true;
  /** Sent, but never in an answer. */
  readonly sentOnly?: true;
  /** Sent by a creation, and by no update. */
  readonly createOnly?: true;
  /** Sent by an update, and by no creation. */
  readonly updateOnly?: true;
  /** Left out, it stays as the API has it: an update sends no null for it. */
  readonly stays?: true;
  /** Reads the value from the answer: the object that holds the member is given, not the member. */
  readonly read?: (object: Body) => unknown;
  /** As `read`, where what is read may be long. */
  readonly readPieces?: (object: Body) => Pieces<unknown>;
  /** What an update sends where the argument was taken away; unset means null. */
  readonly emptied?: JsonValue;
  /** JSON text of an object whose members stand beside all others in the body of a creation. */
  readonly extra?: true;
  /** Each answer has all of it: nothing stays of what an earlier one had. */
  readonly whole?: true;
  /** Writes the member; undefined leaves it out. */
  readonly write?: (value: unknown) => JsonValue | undefined;
}

const wireKey: unique symbol = Symbol("wire");

/** An attribute that is not simply the member of its name. */
interface Wired {
  readonly [wireKey]?: Wire;
}

/** The attribute, read and written as `wire` says. */
export function wired<T extends Attribute>(attribute: T, wire: Wire): T {
  return { ...attribute, [wireKey]: { ...wireOf(attribute), ...wire } };
}

/** An argument that the API does not know: what an upload reads, or how long to wait. */
export function local<T extends Attribute>(attribute: T): T {
  return wired(attribute, { local: true });
}

/** A member that is an object, as JSON text; the attribute's name ends in `_json`, which the member's does not. */
export function json<const O extends AttributeOptions<{ readonly kind: "string" }>>(options: O) {
  return jsonText(options, jsonObject());
}

/** A member that is a list of objects of different shapes, as JSON text. */
export function jsonList<const O extends AttributeOptions<{ readonly kind: "string" }>>(options: O) {
  return jsonText(options, jsonObjects());
}

function jsonText<const O extends AttributeOptions<{ readonly kind: "string" }>>(
  options: O,
  shape: Validator<string>,
) {
  if (options.computed === true && options.optional !== true) return wired(string(options), { json: true });
  const validate = [shape, ...(options.validate ?? [])];
  return wired(string({ equivalent: sameJsonValue, ...options, validate }), { json: true });
}

/** Arguments that no answer has. */
export function sentOnly<A extends Attributes>(attributes: A): A;
export function sentOnly(attributes: Attributes): Attributes {
  const entries = Object.entries(attributes).map(([name, each]) => [name, wired(each, { sentOnly: true })]);
  return Object.fromEntries(entries);
}

export function wireOf(attribute: Attribute & Wired): Wire {
  return attribute[wireKey] ?? {};
}

/** The name of the member that an attribute stands for. */
export function memberOf(name: string, attribute: Attribute): string {
  const { member, json } = wireOf(attribute);
  return member ?? (json === true ? name.replace(/_json$/, "") : name);
}

/** The name of the member of an answer that an attribute stands for. */
export function answeredMember(name: string, attribute: Attribute): string {
  return wireOf(attribute).answer ?? memberOf(name, attribute);
}

/** A member, or a member of a member, by the name that an attribute gives it. */
export function memberAt(object: Body, member: string): Body {
  if (!member.includes(".")) return object.get(member);
  return member.split(".").reduce((body, step) => body.get(step), object);
}

/** Whether an answer has the member, null or not. */
export function hasMember(object: Body, member: string): boolean {
  const steps = member.split(".");
  const last = steps.pop() ?? "";
  return steps.reduce((body, step) => body.get(step), object).has(last);
}

type Values = { readonly [name: string]: unknown };

/** The arguments that are sent, by the members that they stand for: of several, the first. */
export function argumentsByMember(attributes: Attributes): ReadonlyMap<string, string> {
  const sent = Object.entries(attributes).filter(([, attribute]) => isSent(attribute));
  return new Map(sent.map(([name, attribute]) => [memberOf(name, attribute), name] as const).reverse());
}

/** Whether requests have the attribute. One that is refused exists for its error alone. */
export function isSent(attribute: Attribute): boolean {
  return isSupported(attribute) && attribute.mode !== "computed" && wireOf(attribute).local !== true;
}

function isSupported({ mode, refused }: Attribute): boolean {
  return mode === "computed" || refused === undefined;
}

/** The values of attributes in an object of the API; those that it never has are left out. */
export function readAttributes<A extends Attributes>(attributes: A, object: Body): State<A> {
  return atOnce(readAttributePieces(attributes, object));
}

/** {@link readAttributes} as work in pieces. */
export function readAttributePieces<A extends Attributes>(attributes: A, object: Body): Pieces<State<A>>;
export function* readAttributePieces(attributes: Attributes, object: Body): Pieces<Values> {
  const values: Record<string, unknown> = {};
  for (const { name, read, pieces } of readsOf(attributes).all)
    values[name] = read === undefined ? yield* pieces(object) : read(object);
  return values;
}

/** {@link readAttributes} of what is {@link Reads.flat}. */
function readFlat<A extends Attributes>(attributes: A, object: Body): State<A>;
function readFlat(attributes: Attributes, object: Body): Values {
  const values: Record<string, unknown> = {};
  for (const { name, read } of readsOf(attributes).all) values[name] = read?.(object);
  return values;
}

/** How one attribute is read from the object that has its member: in pieces where it may be long. */
type Read = { readonly name: string } & (
  | { readonly read: (object: Body) => unknown; readonly pieces?: never }
  | { readonly pieces: (object: Body) => Pieces<unknown>; readonly read?: never }
);

interface Reads {
  readonly all: readonly Read[];
  /** Whether none of them may be long. */
  readonly flat: boolean;
}

const reads = new WeakMap<Attributes, Reads>();

/** How attributes are read: found once, since there may be many objects of them. */
function readsOf(attributes: Attributes): Reads {
  let found = reads.get(attributes);
  if (found === undefined) {
    const all = Object.entries(attributes).flatMap(([name, attribute]) => {
      const { local, sentOnly } = wireOf(attribute);
      return local === true || sentOnly === true || !isSupported(attribute) ? [] : [readOf(name, attribute)];
    });
    found = { all, flat: all.every(({ pieces }) => pieces === undefined) };
    reads.set(attributes, found);
  }
  return found;
}

function readOf(name: string, attribute: Attribute): Read {
  const { kind } = attribute;
  const { readPieces, read, json } = wireOf(attribute);
  const member = answeredMember(name, attribute);
  if (readPieces !== undefined) return { name, pieces: readPieces };
  if (read !== undefined) return { name, read };
  if (json === true) return { name, read: (object) => memberAt(object, member).json() };
  if (isScalar(kind)) return { name, read: scalarReader(kind, member) };
  if (kind.kind === "object" && readsOf(kind.attributes).flat)
    return {
      name,
      read: (object) => memberAt(object, member).object((inner) => readFlat(kind.attributes, inner)),
    };
  return {
    name,
    *pieces(object) {
      const body = memberAt(object, member);
      // What is not there needs no work.
      return body.isNull ? null : yield* readValuePieces(attribute, body);
    },
  };
}

/** An argument's list is read as a whole or not at all, so that what is odd in it is no change. */
function readValuePieces({ kind, mode }: Attribute, member: Body): Pieces<unknown> {
  return mode === "computed" && kind.kind === "list" && kind.element.kind === "object"
    ? readObjectPieces(kind.element, member)
    : readKindPieces(kind, member);
}

/** A list of objects. An element that is none is read as one without members: all others keep their places. */
export function readObjectPieces<A extends Attributes>(
  element: ObjectKind<A>,
  list: Body,
): Pieces<State<A>[] | null> {
  return readsOf(element.attributes).flat
    ? list.flatObjectPieces((each) => readFlat(element.attributes, each))
    : list.objectPieces((each) => readAttributePieces(element.attributes, each));
}

/** A value of a kind, as work in pieces. */
export function* readKindPieces(kind: Kind, body: Body): Pieces<unknown> {
  switch (kind.kind) {
    case "list":
    case "set":
      return yield* kind.element.kind === "number"
        ? body.numberPieces()
        : body.elementPieces((element) => readKindPieces(kind.element, element));
    case "map":
      return yield* kind.element.kind === "string"
        ? body.stringMapPieces()
        : body.memberPieces((element) => readKindPieces(kind.element, element));
    case "object":
      return yield* body.objectInPieces((object) => readAttributePieces(kind.attributes, object));
    default:
      return readScalar(kind, body);
  }
}

type ScalarKind = Exclude<Kind, { readonly kind: "list" | "set" | "map" | "object" }>;

function isScalar(kind: Kind): kind is ScalarKind {
  return kind.kind !== "object" && !("element" in kind);
}

function scalarReader({ kind }: ScalarKind, member: string): (object: Body) => unknown {
  if (kind === "dynamic") throw new Error("an attribute of the API cannot be dynamic: use json()");
  if (member.includes(".")) return (object) => readScalar({ kind }, memberAt(object, member));
  return (object) => object.scalar(member, kind);
}

function readScalar(kind: ScalarKind, body: Body): unknown {
  switch (kind.kind) {
    case "string":
      return body.string();
    case "bool":
      return body.boolean();
    case "number":
      return body.number();
    case "integer":
      return body.integer();
    case "dynamic":
      throw new Error("an attribute of the API cannot be dynamic: use json()");
  }
}

/** Where private state has the value of an argument that only the creation sends, once it is written no more. */
export function createdWith(name: string): string {
  return `created_with.${name}`;
}
