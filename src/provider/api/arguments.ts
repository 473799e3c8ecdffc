import {
  type Attribute,
  map,
  nested,
  notBlank,
  number,
  object,
  string,
  types,
} from "../../framework/index.ts";
import { monotonicNow } from "../../openai/index.ts";
import { parseDuration, positiveDuration } from "../duration.ts";
import { headerValue, pathSegmentValidator } from "../validators.ts";
import { metadataLimits } from "./metadata.ts";

/* The attributes that objects share. */

/** An ID that the practitioner names: it becomes a segment of a URL's path. */
export function idArgument(description: string) {
  return string({ required: true, validate: [notBlank(), pathSegmentValidator()], description });
}

/** The API key of one read. */
export const apiKeyArgument = string({
  optional: true,
  sensitive: true,
  validate: [notBlank(), headerValue()],
  description: "The API key for this data source. Left out, the provider's key is used.",
});

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

/** `object`, which the API sends with everything. */
export function objectType(word: string) {
  return string({ computed: true, description: `The object type, which is always \`${word}\`.` });
}

const operations = {
  create: { default: "10m", words: "Time for the creation, with the wait until the object is ready." },
  read: { default: "5m", words: "Time for a read." },
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

export const resourceTimeouts = object(
  nested({ create: time("create"), read: time("read"), update: time("update"), delete: time("delete") }),
  howLong,
);

export const readTimeouts = object(nested({ read: time("read") }), howLong);

/** The `timeouts` of a plan, a state or a configuration. */
export function timeoutsOf(values: { readonly [name: string]: unknown }): Timeouts {
  const { timeouts } = values;
  if (typeof timeouts !== "object" || timeouts === null) return null;
  const entries = Object.entries(timeouts).filter(([, value]) => typeof value === "string");
  return Object.fromEntries(entries);
}

/** Starts the time of an operation. Returns what is left of it, in milliseconds, at least 1. */
export function operationTime(timeouts: Timeouts, operation: Operation): () => number {
  const text = timeouts?.[operation] ?? operations[operation].default;
  const whole = parseDuration(text) ?? 0;
  const started = monotonicNow();
  return () => Math.max(whole - (monotonicNow() - started), 1);
}

/** The attribute as a read reports it: computed, at every depth. */
export function computed(attribute: Attribute): Attribute {
  return {
    ...attribute,
    kind: computedKind(attribute.kind),
    mode: "computed",
    sensitive: attribute.sensitive,
    validators: [],
    planModifiers: [],
    default: undefined,
    equivalent: undefined,
  };
}

function computedKind(kind: Attribute["kind"]): Attribute["kind"] {
  if (kind.kind === "object") {
    const attributes = Object.entries(kind.attributes).map(([name, each]) => [name, computed(each)]);
    return { kind: "object", attributes: Object.fromEntries(attributes) };
  }
  return "element" in kind ? { ...kind, element: computedKind(kind.element) } : kind;
}
