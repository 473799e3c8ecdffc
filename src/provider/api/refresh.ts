import {
  type Attribute,
  type Attributes,
  atOnce,
  isUnknown,
  type Kind,
  type Pieces,
  type PlanModifierRequest,
  type Value,
} from "../../framework/index.ts";
import { stringifyJson } from "../../openai/index.ts";
import { coversJson } from "../json-argument.ts";
import type { Body } from "./body.ts";
import type { Keeps } from "./declaration.ts";
import { mergedState } from "./merged-state.ts";
import { answeredMember, hasMember, memberAt, readAttributePieces, wireOf } from "./wire.ts";
import { writeKind } from "./write.ts";

type Values = { readonly [name: string]: unknown };

/**
 * What becomes of arguments that the practitioner set, where an answer has another value. `keep`: right after
 * they were sent, they stay as written. `compare`: another value is a change by somebody else, and is taken. `take`:
 * nothing was written, since the object is imported, and everything is taken. `fixed`: the object never changes; what was
 * written stays, and so does what an answer does not repeat.
 */
export type Arguments = "keep" | "compare" | "take" | "fixed";

/**
 * The state after an answer of the API. What the practitioner wrote stays as it was written while it means
 * the same; an argument that was left out stays null, whatever value the API chose for it.
 *
 * @param known The state before, or the plan.
 */
export function refreshed(attributes: Attributes, known: Values, answer: Body, args: Arguments): Values {
  return atOnce(refreshedPieces(attributes, known, answer, args));
}

/** {@link refreshed} as work in pieces. */
export function* refreshedPieces(
  attributes: Attributes,
  known: Values,
  answer: Body,
  args: Arguments,
  { changes = [], partial }: Pick<Keeps<Attributes>, "changes" | "partial"> = {},
): Pieces<Values> {
  const read = yield* readAttributePieces(attributes, answer);
  const state: Record<string, unknown> = { ...known };
  for (const [name, attribute] of Object.entries(attributes)) {
    if (!Object.hasOwn(read, name)) continue;
    const [before, now] = [known[name] ?? null, read[name] ?? null];
    if (attribute.mode === "computed")
      state[name] = args === "fixed" ? lasting(attribute, before, now, partial === true) : now;
    else if (args === "fixed" && changes.includes(name)) {
      // What is not there, or cannot be read, is no change.
      if (now !== null) state[name] = merged(attribute, before, now, before === null ? "take" : "compare");
    } else if (before === null || !isSilent(answer, answeredMember(name, attribute), now))
      state[name] = merged(attribute, before, now, args);
  }
  return state;
}

/** What there is of an answer that does not change, after another read of it. */
function lasting(attribute: Attribute, before: unknown, now: unknown, partial: boolean): unknown {
  if (wireOf(attribute).whole === true) return now;
  if (partial) return mergedState(before, now);
  return isNothing(now) ? before : now;
}

/** Whether the answer says nothing of an argument: it leaves the member out, or has what cannot be read. */
function isSilent(answer: Body, member: string, read: unknown): boolean {
  return !hasMember(answer, member) || (read === null && !memberAt(answer, member).isNull);
}

function merged(attribute: Attribute, known: unknown, answered: unknown, args: Arguments): unknown {
  if (attribute.mode === "computed") return answered;
  const read = answered instanceof Map ? legible(answered, known) : answered;
  if (known === null) {
    // Nothing of an import, of a move, or of another provider's state: a required argument was set all the same.
    if (attribute.mode === "optional_computed" || attribute.mode === "required") return read;
    // The API has null, {} and [] for the same: an argument that is left out.
    const isEmpty = isNothing(read) || (wireOf(attribute).json === true && isEmptyJson(read));
    return args === "take" && !isEmpty ? read : null;
  }
  if (args === "keep" || args === "fixed" || (saysNothing(attribute, known) && isNothing(read))) return known;
  return mergedKind(attribute, attribute.kind, known, read, args);
}

/** A map as the argument can hold it: a value that could not be read is as it was before, if it was there. */
function legible(read: ReadonlyMap<unknown, unknown>, before: unknown): ReadonlyMap<unknown, unknown> {
  const known = before instanceof Map ? before : new Map<unknown, unknown>();
  return new Map(
    [...read]
      .map(([key, value]) => [key, value ?? known.get(key) ?? null] as const)
      .filter(([, value]) => value !== null),
  );
}

function mergedKind(
  attribute: Attribute,
  kind: Kind,
  known: unknown,
  read: unknown,
  args: Arguments,
): unknown {
  if (read === null) return null;
  const { json, covers = coversJson } = wireOf(attribute);
  if (json === true) return covers(String(known), String(read)) ? known : read;
  if (attribute.kind === kind && means(attribute, known, read)) return known;
  if (kind.kind === "object") {
    const [before, now] = [known as Values, read as Values];
    return Object.fromEntries(
      Object.entries(kind.attributes).map(([name, each]) => [
        name,
        merged(each, before[name] ?? null, now[name] ?? null, args),
      ]),
    );
  }
  if (kind.kind === "list" && kind.element.kind === "object") {
    const { element } = kind;
    if (Array.isArray(known) && Array.isArray(read) && known.length === read.length) {
      return read.map((each: unknown, index) => mergedKind(attribute, element, known[index], each, args));
    }
  }
  return sameValue(kind, known, read) ? known : read;
}

/** Whether a value of the API's means what the practitioner wrote. */
function means({ equivalent }: Attribute, known: unknown, read: unknown): boolean {
  return equivalent?.(known as Value, read as Value) === true;
}

/** Whether two values of an attribute are the same, or mean the same. */
export function sameAttribute(attribute: Attribute, a: unknown, b: unknown): boolean {
  return (a !== null && b !== null && means(attribute, a, b)) || sameValue(attribute.kind, a, b);
}

/** Whether nothing is there: the API has null, `{}` and `[]` for the same. */
export function isNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === null || value === undefined || (value instanceof Map && value.size === 0);
}

/**
 * Whether a value of an argument says nothing: beside what {@link isNothing} finds, an object of such values, and
 * JSON text of `{}` or `[]`.
 */
export function saysNothing(attribute: Attribute, value: unknown): boolean {
  if (isNothing(value)) return true;
  if (wireOf(attribute).json === true) return isEmptyJson(value);
  const { kind } = attribute;
  if (kind.kind !== "object" || isUnknown(value)) return false;
  return Object.entries(kind.attributes).every(([name, each]) => saysNothing(each, (value as Values)[name]));
}

function isEmptyJson(text: unknown): boolean {
  return typeof text === "string" && /^\s*(?:\{\s*\}|\[\s*\])\s*$/.test(text);
}

/** Where a change from nothing to nothing, such as from null to `{}`, replaces nothing. */
export function unlessNothing(attribute: Attribute): Attribute {
  const planModifiers = attribute.planModifiers.map((modifier) => ({
    ...modifier,
    requiresReplace: (request: PlanModifierRequest) =>
      !(saysNothing(attribute, request.plan) && saysNothing(attribute, request.state)) &&
      modifier.requiresReplace?.(request) === true,
  }));
  return { ...attribute, planModifiers };
}

/** Whether two values of a kind are equal: numbers by value, maps and sets in any order, strings after NFC. */
export function sameValue(kind: Kind, a: unknown, b: unknown): boolean {
  if (a === b) return true;
  // Of an answer that has very much no text is made.
  if (kind.kind !== "set" && sizeOf(a) !== sizeOf(b)) return false;
  return canonical(kind, a) === canonical(kind, b);
}

function sizeOf(value: unknown): number {
  if (value instanceof Map) return value.size;
  return Array.isArray(value) ? value.length : 0;
}

function canonical(kind: Kind, value: unknown): string {
  // The API has null and {} for the same.
  if (kind.kind === "map" && (value === null || value instanceof Map)) {
    const entries = [...(value ?? [])].map(([key, each]) => [
      String(key).normalize(),
      canonical(kind.element, each),
    ]);
    return JSON.stringify(entries.sort(([one = ""], [other = ""]) => (one < other ? -1 : 1)));
  }
  if (Array.isArray(value) && (kind.kind === "set" || kind.kind === "list")) {
    const elements = value.map((each: unknown) => canonical(kind.element, each));
    return JSON.stringify(kind.kind === "set" ? [...new Set(elements)].sort() : elements);
  }
  return stringifyJson(writeKind(kind, value)).normalize();
}
