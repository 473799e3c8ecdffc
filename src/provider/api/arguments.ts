import {
  type Attribute,
  type Attributes,
  bool,
  type ExactNumber,
  type Kind,
  type ListKind,
  map,
  nested,
  notBlank,
  number,
  type ObjectKind,
  object,
  string,
  terraformNumberText,
  types,
  type Validator,
} from "../../framework/index.ts";
import { monotonicNow, type OpenAI } from "../../openai/index.ts";
import { parseDuration, positiveDuration } from "../duration.ts";
import { headerValue, pathSegmentValidator } from "../http-validators.ts";
import type { KeyName } from "../settings.ts";
import { metadataLimits } from "./metadata.ts";
import { local } from "./wire.ts";

/* The attributes that objects share. */

/** An ID that the practitioner names: it becomes a segment of a URL's path. */
export function idArgument(description: string, segments: Validator<string> = pathSegmentValidator()) {
  return string({ required: true, validate: [notBlank(), segments], description });
}

/** The API key of one data source or ephemeral resource. */
export function apiKeyArgument(of: "data source" | "ephemeral resource" = "data source") {
  return string({
    optional: true,
    sensitive: true,
    validate: [notBlank(), headerValue()],
    description: `The API key for this ${of}. Left out, the provider's key is used; \`none\` sends none.`,
  });
}

/** `api_key` of an object's data source. An object that takes the admin key has none. */
export function ownKeyArgument(key: KeyName = "project"): Attributes {
  return key === "admin" ? {} : { api_key: apiKeyArgument() };
}

/** `metadata` of an object, which the API can change. */
export function metadata() {
  return map(types.string, {
    optional: true,
    validate: [metadataLimits()],
    description: "Metadata: at most 16 keys of 64 characters, with values of at most 512 characters.",
  });
}

/** The Unix timestamp of something: `timestamp("of its creation")`. */
export function timestamp(of: string) {
  return number({ computed: true, description: `The Unix timestamp (in seconds) ${of}.` });
}

/** Whether a Unix timestamp in seconds lies in the past. */
export function isPast(seconds: ExactNumber | null): boolean {
  return seconds !== null && Number(seconds) * 1000 <= Date.now();
}

/** A Unix timestamp in seconds as text: in RFC 3339, but for one that is outside of what a date can be. */
export function timeText(seconds: ExactNumber): string {
  const time = new Date(Number(seconds) * 1000);
  return Number.isNaN(time.getTime()) ? terraformNumberText(seconds) : time.toISOString();
}

/** `object`, which the API sends with everything. */
export function objectType(word: string) {
  return text(`The object type, which is always \`${word}\`.`);
}

/** A computed string that repeats the ID: `idAlias` of a declaration. */
export function idAlias(description: string) {
  return local(text(description));
}

/** A computed string. */
export function text(description: string) {
  return string({ computed: true, description });
}

/** A computed boolean. */
export function flag(description: string) {
  return bool({ computed: true, description });
}

/** A computed number, exact. */
export function count(description: string) {
  return number({ computed: true, description });
}

const operations = {
  create: { default: "10m", words: "Time for the creation, with the wait until the object is ready." },
  read: { default: "5m", words: "Time for a read." },
  open: { default: "5m", words: "Time for the opening." },
  update: { default: "5m", words: "Time for an update." },
  delete: { default: "5m", words: "Time for a deletion." },
} as const;

export type Operation = keyof typeof operations;
export type Timeouts = { readonly [O in Operation]?: string | null } | null | undefined;

function time(operation: Operation) {
  const { words, default: usual } = operations[operation];
  return string({
    optional: true,
    validate: [positiveDuration("5m")],
    description: `${words} Left out means \`${usual}\`.`,
  });
}

const howLong = { optional: true, description: "How long operations may take, with all attempts." } as const;

/** `timeouts` of a resource, with the operations that ask the API. */
export function resourceTimeouts(asking: readonly Operation[]) {
  return object(nested(Object.fromEntries(asking.map((operation) => [operation, time(operation)]))), howLong);
}

export const readTimeouts = object(nested({ read: time("read") }), howLong);

export const openTimeouts = object(nested({ open: time("open") }), howLong);

/** The `timeouts` of a plan, a state or a configuration. */
export function timeoutsOf(values: { readonly [name: string]: unknown }): Timeouts {
  const { timeouts } = values;
  if (typeof timeouts !== "object" || timeouts === null) return null;
  const entries = Object.entries(timeouts).filter(([, value]) => typeof value === "string");
  return Object.fromEntries(entries);
}

/**
 * The time for an operation with all its attempts and waits, in milliseconds.
 *
 * @param usual A duration, where `timeouts` has none.
 */
export function timeoutOf(
  timeouts: Timeouts,
  operation: Operation,
  usual: string = operations[operation].default,
): number {
  return parseDuration(timeouts?.[operation] ?? usual) ?? 0;
}

/**
 * Starts the time of an operation, as `timeoutOf` has it. Returns what is left of it, in milliseconds, at least 1.
 *
 * @param openai Whose requests it makes: what they wait for their turn, where the API takes few a minute, is no part of
 * the time.
 */
export function operationTime(
  timeouts: Timeouts,
  operation: Operation,
  openai: Pick<OpenAI, "waitedMs"> = { waitedMs: 0 },
  usual?: string,
): () => number {
  const whole = timeoutOf(timeouts, operation, usual);
  const started = monotonicNow();
  const before = openai.waitedMs;
  return () => Math.max(whole + openai.waitedMs - before - (monotonicNow() - started), 1);
}

/** Attributes as a read reports them: computed, at every depth. */
export type ComputedAttributes<A extends Attributes> = {
  readonly [N in keyof A]: Attribute<ComputedKind<A[N]["kind"]>, "computed", false>;
};

type ComputedKind<K extends Kind> =
  K extends ObjectKind<infer A>
    ? ObjectKind<ComputedAttributes<A>>
    : K extends ListKind<infer E>
      ? ListKind<ComputedKind<E>>
      : K;

export function computedAttributes<A extends Attributes>(attributes: A): ComputedAttributes<A>;
export function computedAttributes(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).map(([name, each]) => [name, computed(each)]));
}

/** The attribute as a read reports it: computed, at every depth. */
export function computed(attribute: Attribute): Attribute {
  return {
    ...attribute,
    kind: computedKind(attribute.kind),
    mode: "computed",
    writeOnly: false,
    validators: [],
    configValidators: [],
    planModifiers: [],
    default: undefined,
    equivalent: undefined,
  };
}

function computedKind(kind: Kind): Kind {
  if (kind.kind === "object") return { kind: "object", attributes: computedAttributes(kind.attributes) };
  return "element" in kind ? { ...kind, element: computedKind(kind.element) } : kind;
}
