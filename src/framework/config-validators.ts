import { isUnknown } from "../cty/index.ts";

/**
 * A check that relates attributes of one object: of a whole block (`configValidators`), of a nested object
 * (`nested(…, { validate })`), or of the attribute that it stands at, which then comes first among the names.
 */
export interface ConfigValidator {
  /** For the documentation page, of the attributes' names. */
  description(names: readonly string[]): string;
  /** The names it was made with; checked against the schema. */
  readonly names: readonly string[];
  /**
   * Unknown values may become null, and are never an error. `attribute` is the one that the validator stands
   * at, if any; `names` has it too.
   */
  validate(
    config: { readonly [name: string]: unknown },
    names: readonly string[],
    attribute?: string,
  ): ConfigProblem | undefined;
}

export interface ConfigProblem {
  /** A warning does not stop the run. Left out means an error. */
  readonly severity?: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  /** The attribute that is wrong. Left out means the object as a whole. */
  readonly attribute?: string;
}

/** One of the attributes is set, and no other. */
export function exactlyOneOf(...names: readonly string[]): ConfigValidator {
  return {
    names,
    description: (all) => `exactly one of ${listed(all)} must be set`,
    validate: (config, all) => conflict(config, all) ?? missing(config, all, "Exactly"),
  };
}

/** One of the attributes is set, or several. */
export function atLeastOneOf(...names: readonly string[]): ConfigValidator {
  return {
    names,
    description: (all) => `at least one of ${listed(all)} must be set`,
    validate: (config, all) => missing(config, all, "At least"),
  };
}

/**
 * No two of the attributes are set. At an attribute: none of the others is set beside it, but several of
 * them may be without it.
 */
export function conflictsWith(...names: readonly string[]): ConfigValidator {
  return {
    names,
    description: (all) => `only one of ${listed(all)} can be set`,
    validate(config, all, attribute) {
      if (attribute === undefined) return conflict(config, all);
      const others = all.filter((name) => name !== attribute && isSet(config[name]));
      if (!isSet(config[attribute]) || others.length === 0) return undefined;
      return {
        attribute,
        summary: "Conflicting arguments",
        detail: `${quoted(attribute)} cannot be set together with ${listed(others, "and")}. Remove ${quoted(attribute)}, or ${listed(others, "and")}.`,
      };
    },
  };
}

/** The first attribute is set only where all others are. */
export function requiredWith(...names: readonly string[]): ConfigValidator {
  return {
    names,
    description: ([name = "", ...others]) => `${quoted(name)} needs ${listed(others, "and")}`,
    validate(config, [name = "", ...others]) {
      const absent = others.filter((other) => config[other] === null);
      if (!isSet(config[name]) || absent.length === 0) return undefined;
      return {
        attribute: name,
        summary: `Missing value for ${quoted(absent[0] ?? "")}`,
        detail: `${quoted(name)} is only allowed with ${listed(absent, "and")}. Set ${listed(absent, "and")}, or remove ${quoted(name)}.`,
      };
    },
  };
}

function conflict(
  config: { readonly [name: string]: unknown },
  names: readonly string[],
): ConfigProblem | undefined {
  const set = names.filter((name) => isSet(config[name]));
  const second = set[1];
  if (second === undefined) return undefined;
  return {
    attribute: second,
    summary: "Conflicting arguments",
    detail: `Only one of ${listed(names)} can be set, and the configuration sets ${listed(set, "and")}. Remove all but one.`,
  };
}

function missing(
  config: { readonly [name: string]: unknown },
  names: readonly string[],
  how: "Exactly" | "At least",
): ConfigProblem | undefined {
  if (names.some((name) => config[name] !== null)) return undefined;
  return {
    summary: "Missing argument",
    detail: `${how} one of ${listed(names)} must be set, and the configuration sets none of them.`,
  };
}

function isSet(value: unknown): boolean {
  return value !== null && value !== undefined && !isUnknown(value);
}

function quoted(name: string): string {
  return `"${name}"`;
}

function listed(names: readonly string[], conjunction: "and" | "or" = "or"): string {
  const all = names.map(quoted);
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} ${conjunction} ${all.at(-1)}`;
}
