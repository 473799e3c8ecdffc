import fc from "fast-check";
import { type ObjectValue, objectValue, UNKNOWN, Unknown, type Value } from "../../src/cty/index.ts";
import {
  type Attribute,
  type Attributes,
  type Kind,
  requiresReplace,
  useStateForUnknown,
} from "../../src/framework/index.ts";
import { isComputed, isObject } from "./terraform-proposal.ts";

/*
 * Random small resources: schemas that the framework accepts, configurations of them, and an author who
 * fills in what is computed.
 */

interface Place {
  readonly depth: number;
  readonly inSet: boolean;
  readonly inComputed: boolean;
  readonly inWriteOnly: boolean;
}

const kindNames = ["string", "number", "bool", "list", "set", "map", "object", "objects", "mapped"] as const;

function kinds(place: Place): fc.Arbitrary<Kind> {
  const inner: Place = { ...place, depth: place.depth + 1 };
  const nested = (at: Place): fc.Arbitrary<Kind> =>
    attributesOf(at).map((attributes): Kind => ({ kind: "object", attributes }));
  return fc.constantFrom(...(place.depth < 2 ? kindNames : kindNames.slice(0, 6))).chain((name) => {
    switch (name) {
      case "list":
      case "map":
        return fc.constant<Kind>({ kind: name, element: { kind: "string" } });
      case "set":
        return place.depth < 2 && !place.inWriteOnly
          ? nested({ ...inner, inSet: true }).map((element): Kind => ({ kind: "set", element }))
          : fc.constant<Kind>({ kind: "set", element: { kind: "string" } });
      case "object":
        return nested(inner);
      case "objects":
        return nested(inner).map((element): Kind => ({ kind: "list", element }));
      case "mapped":
        return nested(inner).map((element): Kind => ({ kind: "map", element }));
      default:
        return fc.constant<Kind>({ kind: name });
    }
  });
}

function attributeOf(place: Place): fc.Arbitrary<Attribute> {
  const free = !place.inSet && !place.inComputed && !place.inWriteOnly;
  const modes = place.inComputed
    ? (["computed"] as const)
    : free
      ? (["required", "optional", "computed", "optional_computed"] as const)
      : (["required", "optional"] as const);
  return fc.record({ mode: fc.constantFrom(...modes), flags: fc.nat(63) }).chain(({ mode, flags }) => {
    const writeOnly = place.inWriteOnly || (free && mode === "optional" && (flags & 3) === 3);
    const inner: Place = {
      ...place,
      inComputed: mode === "computed",
      inWriteOnly: writeOnly,
    };
    return kinds(inner).map((kind): Attribute => {
      const scalar = kind.kind === "string";
      const planned = !place.inSet && !place.inComputed;
      return {
        kind,
        mode,
        description: "It is described.",
        sensitive: false,
        writeOnly,
        deprecated: undefined,
        validators: [],
        configValidators: [],
        notNull: (mode === "computed" || mode === "optional_computed") && (flags & 1) !== 0,
        planModifiers: [
          ...(planned && (flags & 4) !== 0 ? [useStateForUnknown()] : []),
          ...(planned && (flags & 8) !== 0 ? [requiresReplace()] : []),
        ],
        default: scalar && mode === "optional_computed" && (flags & 16) !== 0 ? "default" : undefined,
        equivalent:
          scalar && (flags & 32) !== 0
            ? (a, b) => String(a).toLowerCase() === String(b).toLowerCase()
            : undefined,
      };
    });
  });
}

function attributesOf(place: Place): fc.Arbitrary<Attributes> {
  return fc
    .array(attributeOf(place), { minLength: 1, maxLength: 3 })
    .map((list) => Object.fromEntries(list.map((each, i) => [`a${i}`, each])));
}

/** A schema's attributes, as the builders would make them. */
export const anyAttributes = attributesOf({ depth: 0, inSet: false, inComputed: false, inWriteOnly: false });

/** A configuration of them; with `unknowns`, some values are not known yet. */
export function configurations(attributes: Attributes, unknowns: boolean): fc.Arbitrary<ObjectValue> {
  const names = Object.keys(attributes);
  return fc
    .tuple(...Object.values(attributes).map((each) => argument(each, unknowns)))
    .map((values) => objectValue(names.map((name, i) => [name, values[i] ?? null])));
}

function argument({ mode, kind }: Attribute, unknowns: boolean): fc.Arbitrary<Value> {
  if (mode === "computed") return fc.constant(null);
  const value = anyValue(kind, unknowns);
  const known = mode === "required" ? value : fc.oneof({ weight: 2, arbitrary: value }, fc.constant(null));
  if (!unknowns) return known;
  const unknown = fc.constantFrom(UNKNOWN, new Unknown({ nullness: "not_null" }));
  return fc.oneof({ weight: 4, arbitrary: known }, { weight: 1, arbitrary: unknown });
}

function anyValue(kind: Kind, unknowns: boolean): fc.Arbitrary<Value> {
  switch (kind.kind) {
    case "number":
    case "integer":
      return fc.constantFrom(1, 2);
    case "bool":
      return fc.boolean();
    case "list":
      return fc.array(anyValue(kind.element, unknowns), { maxLength: 2 });
    case "set":
      return fc.array(anyValue(kind.element, unknowns), { maxLength: 1 });
    case "map":
      return fc.dictionary(fc.constantFrom("k", "l"), anyValue(kind.element, unknowns), { maxKeys: 2 }).map(
        (entries) =>
          new Map(
            Object.keys(entries)
              .sort()
              .map((key) => [key, entries[key] ?? null]),
          ),
      );
    case "object":
      return configurations(kind.attributes, unknowns);
    default:
      return fc.constantFrom("a", "A", "b");
  }
}

/** A configuration that is known by now: every unknown value has become that of another configuration, or some. */
export function resolved(config: ObjectValue, attributes: Attributes): ObjectValue {
  return objectValue(
    Object.entries(attributes).map(([name, { kind }]) => [name, resolvedValue(config[name] ?? null, kind)]),
  );
}

function resolvedValue(value: Value, kind: Kind): Value {
  if (value instanceof Unknown) return some(kind, false);
  if (kind.kind === "object" && isObject(value)) return resolved(value, kind.attributes);
  if (!("element" in kind)) return value;
  if (Array.isArray(value)) return value.map((each: Value) => resolvedValue(each, kind.element));
  if (value instanceof Map) {
    return new Map([...value].map(([key, each]) => [key, resolvedValue(each, kind.element)]));
  }
  return value;
}

/** Some value of a kind; `computed` says whether computed attributes inside it have one too. */
function some(kind: Kind, computed: boolean): Value {
  switch (kind.kind) {
    case "number":
    case "integer":
      return 7;
    case "bool":
      return true;
    case "list":
    case "set":
      return [some(kind.element, computed)];
    case "map":
      return new Map([["m", some(kind.element, computed)]]);
    case "object":
      return objectValue(
        Object.entries(kind.attributes).map(([name, each]) => [
          name,
          each.mode === "computed" && !computed ? null : some(each.kind, computed),
        ]),
      );
    default:
      return "made";
  }
}

/** What an author makes of a plan: arguments as planned, and some value for all that is left to the provider. */
export function filled(
  attributes: Attributes,
  plan: { readonly [name: string]: unknown },
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => {
      const value = plan[name] ?? null;
      if (value === null) return [name, isComputed(attribute) ? some(attribute.kind, true) : null];
      return [name, filledInside(attribute.kind, value)];
    }),
  );
}

function filledInside(kind: Kind, value: unknown): unknown {
  if (kind.kind === "object" && typeof value === "object" && value !== null) {
    return filled(kind.attributes, Object.fromEntries(Object.entries(value)));
  }
  if (!("element" in kind)) return value;
  if (Array.isArray(value)) return value.map((each: unknown) => filledInside(kind.element, each));
  if (value instanceof Map) {
    return new Map(
      [...value].map(([key, each]: [string, unknown]) => [key, filledInside(kind.element, each)]),
    );
  }
  return value;
}
