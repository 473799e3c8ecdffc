import assert from "node:assert/strict";
import { Decimal, isUnknown, numberText, type ObjectValue, type Value } from "../../src/cty/index.ts";
import type { Attribute, Kind } from "../../src/framework/index.ts";
import { isJsonArray, isJsonObject, JsonNumber, type JsonValue, parseJson } from "../../src/openai/index.ts";
import { completionAttributes } from "../../src/provider/chat-completion/completion-attributes.ts";

type Step = string | number;
type Path = readonly Step[];

/** Leaves by path: a scalar, an empty list or an empty object. Each as a text that is the same for equal values. */
type Leaves = Map<string, string>;

/** What was compared of one body. */
export interface Compared {
  /** Leaves of the body found in state at the place that their name says. */
  readonly inAttributes: number;
  /** Leaves found inside an attribute that holds JSON. */
  readonly inJson: number;
  /** Names without an attribute: `response_json` alone has them. */
  readonly onlyInResponse: readonly string[];
  /** Leaves of the state, not null, that were found in the body. */
  readonly backwards: number;
}

/** Lists that are [] where the body has null or nothing. */
const neverNull = new Set(["choices", "function_call", "tool_calls", "function", "custom"]);
const keptAsJson = new Set(["tools", "tool_choice", "response_format", "moderation"]);

/**
 * Compares a body with the state that was made of it, leaf by leaf in both directions. Written without
 * the provider's mapping: by the names of the body and the schema alone. Throws AssertionError.
 */
export function compareLeaves(text: string, state: ObjectValue): Compared {
  assert.equal(state.response_json, asTerraform(text), "response_json is the body as received");
  const body = parseJson(text);
  const actual = stateLeaves(state);
  const matched = new Set<string>();
  const onlyInResponse: string[] = [];
  const counts = { inAttributes: 0, inJson: 0 };
  for (const [path, leaf] of bodyLeaves(body)) {
    const place = placeOf(path);
    if (!hasAttribute(place)) {
      onlyInResponse.push(nameOf(path));
      continue;
    }
    counts[isInJson(place) ? "inJson" : "inAttributes"] += 1;
    matchLeaf(place, leaf, actual, matched);
  }
  for (const [path, joined] of joinedContents(body)) {
    assert.equal(actual.get(key(path)), joined, `the texts of ${nameOf(path)} joined`);
    matched.add(key(path));
  }
  let backwards = 0;
  for (const [place, leaf] of actual) {
    if (leaf === "null") continue;
    const isOurs = leaf === "[]" && neverNull.has(String(JSON.parse(place).at(-1)));
    assert.ok(matched.has(place) || isOurs, `${place} = ${leaf} is not from the body`);
    if (matched.has(place)) backwards += 1;
  }
  return { ...counts, onlyInResponse, backwards };
}

function matchLeaf(place: Path, leaf: string, actual: Leaves, matched: Set<string>): void {
  const at = key(place);
  if (leaf === "{}" && actual.get(at) !== "{}") {
    // An object of which nothing is known: all of its attributes are null.
    const inside = [...actual].filter(([other]) => other.startsWith(`${at.slice(0, -1)},`));
    assert.ok(inside.length > 0 && inside.every(([, value]) => value === "null" || value === "[]"), at);
    return;
  }
  const expected = leaf === "null" && neverNull.has(String(place.at(-1))) ? "[]" : leaf;
  assert.equal(actual.get(at), expected, `${at} in state`);
  matched.add(at);
}

/** Where in state a leaf of the body is, by its name. */
function placeOf(path: Path): Path {
  const [first, second, third, ...rest] = path;
  if (first === "usage" && (second === "prompt_tokens_details" || second === "completion_tokens_details")) {
    return path.slice(1);
  }
  if (keptAsJson.has(String(first))) return [`${first}_json`, ...path.slice(1)];
  if (first !== "choices" || third !== "message" || path.length < 4) return path;
  return [first, second ?? 0, third, 0, ...placeInMessage(rest)];
}

function placeInMessage(path: Path): Path {
  const [first, second, third, ...rest] = path;
  if (first === "content" && second !== undefined) return ["content_parts_json", ...path.slice(1)];
  if (first === "function_call" && second !== undefined) return [first, 0, ...path.slice(1)];
  const isList = first === "tool_calls" && (third === "function" || third === "custom") && rest.length > 0;
  return isList ? [first, second ?? 0, third, 0, ...rest] : path;
}

/** The texts of contents that are lists of parts: those go to two places. */
function* joinedContents(body: JsonValue): Generator<[Path, string]> {
  const choices = isJsonObject(body) ? (body.get("choices") ?? null) : null;
  for (const [index, choice] of (isJsonArray(choices) ? choices : []).entries()) {
    const message = isJsonObject(choice) ? choice.get("message") : null;
    const content = isJsonObject(message ?? null) && message instanceof Map ? message.get("content") : null;
    if (!isJsonArray(content)) continue;
    const texts = content
      .map((part) => (isJsonObject(part) && part.get("type") === "text" ? part.get("text") : undefined))
      .filter((text) => typeof text === "string");
    const joined = texts.length === 0 ? "null" : JSON.stringify(asTerraform(texts.join("")));
    yield [["choices", index, "message", 0, "content"], joined];
  }
}

function isInJson(place: Path): boolean {
  return place.some((step) => typeof step === "string" && step.endsWith("_json"));
}

/** Whether the schema has the place. What is inside JSON always has one. */
function hasAttribute(place: Path): boolean {
  let attributes: Readonly<Record<string, Attribute>> | undefined = completionAttributes;
  for (const step of place) {
    if (typeof step === "number") continue;
    // The keys of a map are the practitioner's.
    if (attributes === undefined) return true;
    if (!Object.hasOwn(attributes, step)) return false;
    if (step.endsWith("_json")) return true;
    attributes = nestedOf(attributes[step]?.kind);
  }
  return true;
}

function nestedOf(kind: Kind | undefined): Readonly<Record<string, Attribute>> | undefined {
  if (kind?.kind === "object") return kind.attributes;
  return kind?.kind === "list" ? nestedOf(kind.element) : undefined;
}

function* bodyLeaves(value: JsonValue, path: Path = []): Generator<[Path, string]> {
  const members: [Step, JsonValue][] | undefined = isJsonArray(value)
    ? [...value.entries()]
    : isJsonObject(value)
      ? [...value]
      : undefined;
  if (members === undefined) yield [path, leafText(value)];
  else if (members.length === 0) yield [path, isJsonArray(value) ? "[]" : "{}"];
  else for (const [step, member] of members) yield* bodyLeaves(member, [...path, step]);
}

function leafText(value: JsonValue): string {
  if (value instanceof JsonNumber) return canonical(value.text);
  return typeof value === "string" ? JSON.stringify(asTerraform(value)) : String(value);
}

/** The leaves of what the API says, JSON attributes opened; arguments and what we add are none. */
function stateLeaves(state: ObjectValue): Leaves {
  const leaves: Leaves = new Map();
  for (const name of Object.keys(completionAttributes)) collect(state[name] ?? null, [name], leaves);
  return leaves;
}

function collect(value: Value, path: Path, leaves: Leaves): void {
  assert.ok(!isUnknown(value), nameOf(path));
  if (typeof value === "string" && isInJson(path)) {
    for (const [inside, leaf] of bodyLeaves(parseJson(value))) leaves.set(key([...path, ...inside]), leaf);
  } else if (typeof value === "string") leaves.set(key(path), JSON.stringify(value));
  else if (isNumber(value)) leaves.set(key(path), canonical(numberText(value)));
  else if (value === null || typeof value === "boolean") leaves.set(key(path), String(value));
  else {
    const [members, empty] = membersOf(value);
    if (members.length === 0) leaves.set(key(path), empty);
    for (const [step, member] of members) collect(member, [...path, step], leaves);
  }
}

function isNumber(value: Value): value is number | bigint | Decimal {
  return typeof value === "number" || typeof value === "bigint" || value instanceof Decimal;
}

function membersOf(value: Value): [[Step, Value][], string] {
  if (Array.isArray(value)) return [[...value.entries()], "[]"];
  if (value instanceof Map) return [[...value], "{}"];
  return [Object.entries(value ?? {}), "{}"];
}

/** A decimal as its digits and its power of ten, however it was written: `1.50`, `15e-1` and `0.15E1` are `15e-1`. */
export function canonical(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  assert.ok(match, text);
  const [, sign, whole = "", fraction = "", power = "0"] = match;
  const digits = (whole + fraction).replace(/^0+/, "");
  const kept = digits.replace(/0+$/, "");
  return kept === ""
    ? "0"
    : `${sign}${kept}e${Number(power) - fraction.length + digits.length - kept.length}`;
}

/** Terraform keeps text in Unicode's NFC, and no halves of pairs. */
function asTerraform(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd").normalize("NFC");
}

function key(path: Path): string {
  return JSON.stringify(path);
}

function nameOf(path: Path): string {
  return path.filter((step) => typeof step === "string").join(".");
}
