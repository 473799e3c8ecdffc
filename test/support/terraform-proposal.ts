import { isUnknown, type ObjectValue, objectValue, type Value } from "../../src/cty/index.ts";
import type { Attribute, Attributes, Kind } from "../../src/framework/index.ts";

/*
 * What Terraform proposes to a provider (internal/plans/objchange, ProposedNew), of the attributes that
 * this framework has: the configuration, with the prior values of computed attributes that it leaves out.
 */

export function proposedState(
  attributes: Attributes,
  prior: ObjectValue | null,
  config: ObjectValue,
): ObjectValue {
  return objectValue(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      proposedValue(attribute, prior?.[name] ?? null, config[name] ?? null),
    ]),
  );
}

export function isComputed({ mode }: Attribute): boolean {
  return mode === "computed" || mode === "optional_computed";
}

function proposedValue(attribute: Attribute, prior: Value, config: Value): Value {
  if (isComputed(attribute) && config === null) return wasWritten(attribute, prior) ? config : prior;
  return proposedInside(attribute.kind, prior, config);
}

/**
 * Whether Terraform takes a prior value for one that a configuration had, and has no more: nested attributes that may be
 * left out, of which some are not computed and have a value (`optionalValueNotComputable`).
 */
function wasWritten({ mode, kind }: Attribute, prior: Value): boolean {
  return mode === "optional_computed" && holdsWritten(kind, prior);
}

function holdsWritten(kind: Kind, value: Value): boolean {
  if (value === null || isUnknown(value)) return false;
  if (kind.kind === "object" && isObject(value))
    return Object.entries(kind.attributes).some(([name, attribute]) => {
      const inside = value[name] ?? null;
      return inside !== null && (!isComputed(attribute) || holdsWritten(attribute.kind, inside));
    });
  if (!("element" in kind) || kind.element.kind !== "object") return false;
  const elements: readonly Value[] =
    value instanceof Map ? [...value.values()] : Array.isArray(value) ? value : [];
  return elements.some((each) => holdsWritten(kind.element, each));
}

/** Elements are paired by index and by key. Sets cannot hold computed attributes here. */
function proposedInside(kind: Kind, prior: Value, config: Value): Value {
  if (config === null || isUnknown(config)) return config;
  if (kind.kind === "object" && isObject(config)) {
    return proposedState(kind.attributes, isObject(prior) ? prior : null, config);
  }
  if (kind.kind === "list" && Array.isArray(config)) {
    const before: readonly Value[] = Array.isArray(prior) ? prior : [];
    return config.map((each: Value, i) => proposedInside(kind.element, before[i] ?? null, each));
  }
  if (kind.kind === "map" && config instanceof Map) {
    const before = prior instanceof Map ? prior : new Map<string, Value>();
    return new Map(
      [...config].map(([key, each]) => [key, proposedInside(kind.element, before.get(key) ?? null, each)]),
    );
  }
  return config;
}

export function isObject(value: Value | undefined): value is ObjectValue {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === null;
}
