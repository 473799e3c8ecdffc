import { equals, isUnknown, type ObjectValue, UNKNOWN, type Value } from "../../src/cty/index.ts";
import { type Attribute, type Attributes, ctyType, type Kind } from "../../src/framework/index.ts";
import { isComputed, isObject } from "./terraform-proposal.ts";

/*
 * Terraform's checks of what a provider plans and returns (internal/plans/objchange, AssertPlanValid and
 * AssertObjectCompatible), written anew from their description for the attributes that this framework has.
 * Each problem is "path: what", in Terraform's terms.
 */

export interface PlannedChange {
  readonly prior: ObjectValue | null;
  readonly config: ObjectValue;
  readonly planned: ObjectValue;
}

/** What Terraform would call an invalid plan. */
export function planProblems(attributes: Attributes, change: PlannedChange, at = ""): string[] {
  return Object.entries(attributes).flatMap(([name, attribute]) =>
    valueProblems(
      attribute,
      {
        prior: change.prior?.[name] ?? null,
        config: change.config[name] ?? null,
        planned: change.planned[name] ?? null,
      },
      `${at}.${name}`,
    ),
  );
}

interface PlannedValue {
  readonly prior: Value;
  readonly config: Value;
  readonly planned: Value;
}

function valueProblems(attribute: Attribute, value: PlannedValue, at: string): string[] {
  const { kind, mode } = attribute;
  const { prior, config, planned } = value;
  if (same(planned, config, kind)) return [];
  if (prior !== null && config !== null && same(planned, prior, kind)) return [];
  if (attribute.writeOnly) {
    return planned === null ? [] : [`${at}: planned value for write-only attribute is not null`];
  }
  if (mode === "computed" || (isComputed(attribute) && config === null)) return [];
  if (config === null) return [`${at}: planned value for a non-computed attribute`];
  if (planned === null) return [`${at}: planned for absence but config wants existence`];
  if (isUnknown(planned)) return [`${at}: planned unknown for configured value`];
  const inside = insideProblems(kind, value, at);
  return inside ?? [`${at}: planned value does not match config value nor prior value`];
}

/** The problems of nested attributes; undefined where there are none nested. */
function insideProblems(
  kind: Kind,
  { prior, config, planned }: PlannedValue,
  at: string,
): string[] | undefined {
  if (kind.kind === "object" && isObject(config) && isObject(planned)) {
    return planProblems(kind.attributes, { prior: isObject(prior) ? prior : null, config, planned }, at);
  }
  if (!("element" in kind) || kind.element.kind !== "object") return undefined;
  const { element } = kind;
  if (kind.kind === "list" && Array.isArray(config) && Array.isArray(planned)) {
    if (planned.length !== config.length) return [`${at}: count in plan disagrees with count in config`];
    const before: readonly Value[] = Array.isArray(prior) ? prior : [];
    return planned.flatMap((each: Value, i) =>
      elementProblems(
        element,
        { prior: before[i] ?? null, config: config[i] ?? null, planned: each },
        `${at}[${i}]`,
      ),
    );
  }
  if (kind.kind === "map" && config instanceof Map && planned instanceof Map) {
    const before = prior instanceof Map ? prior : new Map<string, Value>();
    const strange = [...planned.keys(), ...config.keys()].filter((k) => !(planned.has(k) && config.has(k)));
    if (strange.length > 0) return strange.map((key) => `${at}: key ${key} is not in both plan and config`);
    return [...planned].flatMap(([key, each]) =>
      elementProblems(
        element,
        { prior: before.get(key) ?? null, config: config.get(key) ?? null, planned: each },
        `${at}[${key}]`,
      ),
    );
  }
  return undefined;
}

function elementProblems(kind: Kind, value: PlannedValue, at: string): string[] {
  if (isUnknown(value.planned) && !isUnknown(value.config)) return [`${at}: element must not be unknown`];
  if (same(value.planned, value.config, kind)) return [];
  return insideProblems(kind, value, at) ?? [`${at}: planned element does not match`];
}

/** Equal, whatever else is known of what is unknown. */
function same(a: Value, b: Value, kind: Kind): boolean {
  return equals(unrefined(a), unrefined(b), ctyType(kind));
}

function unrefined(value: Value): Value {
  if (isUnknown(value)) return UNKNOWN;
  if (Array.isArray(value)) return value.map(unrefined);
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, unrefined(each)]));
  if (!isObject(value)) return value;
  return Object.assign(
    Object.create(null),
    Object.fromEntries(Object.entries(value).map(([k, v]) => [k, unrefined(v)])),
  );
}

/** What Terraform would call an inconsistent result: a known planned value that came out otherwise. */
export function appliedProblems(attributes: Attributes, planned: ObjectValue, actual: ObjectValue): string[] {
  return objectProblems(attributes, planned, actual, "");
}

function objectProblems(
  attributes: Attributes,
  planned: ObjectValue,
  actual: ObjectValue,
  at: string,
): string[] {
  return Object.entries(attributes).flatMap(([name, { kind, writeOnly }]) => {
    const value = actual[name] ?? null;
    const path = `${at}.${name}`;
    if (writeOnly && value !== null) return [`${path}: write-only attribute is not null`];
    return resultProblems(kind, planned[name] ?? null, value, path);
  });
}

function resultProblems(kind: Kind, planned: Value, actual: Value, at: string): string[] {
  if (isUnknown(planned)) {
    const impossible = planned.refinements.nullness === "not_null" && actual === null;
    return impossible ? [`${at}: final value does not conform to planning placeholder`] : [];
  }
  if (planned === null || actual === null) {
    return planned === actual ? [] : [`${at}: null in one of plan and result only`];
  }
  if (isUnknown(actual)) return [`${at}: was known, but now unknown`];
  if (kind.kind === "object" && isObject(planned) && isObject(actual)) {
    return objectProblems(kind.attributes, planned, actual, at);
  }
  if (kind.kind === "list" && Array.isArray(planned) && Array.isArray(actual)) {
    if (planned.length !== actual.length) return [`${at}: element vanished or appeared`];
    return planned.flatMap((each: Value, i) =>
      resultProblems(kind.element, each, actual[i] ?? null, `${at}[${i}]`),
    );
  }
  if (kind.kind === "map" && planned instanceof Map && actual instanceof Map) {
    if (planned.size !== actual.size || [...planned.keys()].some((key) => !actual.has(key))) {
      return [`${at}: element vanished or appeared`];
    }
    return [...planned].flatMap(([key, each]) =>
      resultProblems(kind.element, each, actual.get(key) ?? null, `${at}[${key}]`),
    );
  }
  if (kind.kind === "set" && Array.isArray(planned) && Array.isArray(actual)) {
    const pairs = (one: Value, other: Value) => resultProblems(kind.element, one, other, at).length === 0;
    const lost = planned.some((one: Value) => !actual.some((other: Value) => pairs(one, other)));
    const made = actual.some((other: Value) => !planned.some((one: Value) => pairs(one, other)));
    return lost || made || actual.length > planned.length ? [`${at}: set elements do not correlate`] : [];
  }
  return equals(planned, actual, ctyType(kind)) ? [] : [`${at}: was one value, but now another`];
}
