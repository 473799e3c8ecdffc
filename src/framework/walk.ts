import { equals, isUnknown, type ObjectValue, objectValue, Path, type Value } from "../cty/index.ts";
import type { Attribute, Attributes } from "./attribute.ts";
import { ctyType, type Kind } from "./kind.ts";

/** Where a value is in a larger one, and what the schema says about it. */
export interface Node {
  /** The attribute's name. An element has the name of the attribute that contains it. */
  readonly name: string;
  readonly kind: Kind;
  /** Undefined for an element of a collection, and for the value that the walk began at. */
  readonly attribute: Attribute | undefined;
  /** Terraform's paths cannot address an element of a set: inside a set this is the set's path. */
  readonly path: Path;
  readonly inSet: boolean;
  /** Whether the attribute or one around it is sensitive: then no message may show the value. */
  readonly sensitive: boolean;
}

/**
 * What a walk calls for each value, outermost first. `beside` has the values at the same place of the
 * objects that are walked along: null where there is none, and for the elements of a set. `inside` walks on
 * into the value and returns it with each part replaced by what the visitor returned.
 */
export interface Visit {
  (value: Value, beside: readonly Value[], node: Node, inside: () => Value): Value;
  /** Attributes that it need not be called for, which then stay as they are. */
  readonly passesOver?: PassesOver | undefined;
}

type PassesOver = (value: Value, attribute: Attribute) => boolean;

const kinds = new WeakMap<Attributes, Kind>();

/** The kind of an object that has these attributes: the same for the same. */
export function objectKind(attributes: Attributes): Kind {
  const known = kinds.get(attributes) ?? { kind: "object", attributes };
  kinds.set(attributes, known);
  return known;
}

/** The node of a value that stands for itself: a whole object, or an argument of a function. */
export function nodeOf(kind: Kind, name = ""): Node {
  return { name, kind, attribute: undefined, path: Path.root, inSet: false, sensitive: false };
}

/**
 * The one walk over values by their kinds. Returns what the visitor returned for the value. Attributes
 * that the schema does not have, and values of another shape than their kind, stay as they are.
 */
export function mapValue(value: Value, beside: readonly Value[], node: Node, visit: Visit): Value {
  return visit(value, beside, node, () => mapInside(value, beside, node, visit));
}

/** As `mapValue` for each attribute of an object; the object itself is not visited. */
export function mapObject(
  object: ObjectValue,
  beside: readonly Value[],
  attributes: Attributes,
  visit: Visit,
  around: Node = nodeOf({ kind: "object", attributes }),
): ObjectValue {
  return objectValue(
    Object.keys(object).map((name) => {
      const value = object[name] as Value;
      const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
      if (attribute === undefined || visit.passesOver?.(value, attribute) === true) return [name, value];
      const others = beside.map((other) => (isObjectValue(other) ? (other[name] ?? null) : null));
      return [name, mapValue(value, others, attributeNode(name, attribute, around), visit)];
    }),
  );
}

/** The node of an attribute of the object that `around` is the node of. */
function attributeNode(name: string, attribute: Attribute, around: Node): Node {
  return {
    name,
    kind: attribute.kind,
    attribute,
    path: around.inSet ? around.path : around.path.atName(name),
    inSet: around.inSet,
    sensitive: around.sensitive || attribute.sensitive,
  };
}

function mapInside(value: Value, beside: readonly Value[], node: Node, visit: Visit): Value {
  const { kind, path, inSet } = node;
  const element = (kind: Kind, at: Path, inASet = false): Node => ({
    ...node,
    kind,
    attribute: undefined,
    path: inSet ? path : at,
    inSet: inSet || inASet,
  });
  switch (kind.kind) {
    case "object":
      return isObjectValue(value) ? mapObject(value, beside, kind.attributes, visit, node) : value;
    case "list":
      if (!Array.isArray(value)) return value;
      return value.map((each: Value, i) => {
        const others = beside.map((other) => (Array.isArray(other) ? (other[i] ?? null) : null));
        return mapValue(each, others, element(kind.element, path.atListIndex(i)), visit);
      });
    case "set": {
      if (!Array.isArray(value)) return value;
      const others = beside.map(() => null);
      return value.map((each: Value) => mapValue(each, others, element(kind.element, path, true), visit));
    }
    case "map":
      if (!(value instanceof Map)) return value;
      return new Map(
        [...value].map(([key, each]: [string, Value]) => {
          const others = beside.map((other) => (other instanceof Map ? (other.get(key) ?? null) : null));
          return [key, mapValue(each, others, element(kind.element, path.atMapKey(key)), visit)];
        }),
      );
    default:
      return value;
  }
}

/**
 * A test of kinds: whether an attribute inside, at any depth, is such a one. It keeps a walk that looks for those
 * attributes out of all other values, of which there may be very many.
 */
export function holding(isSuch: (attribute: Attribute) => boolean): (kind: Kind) => boolean {
  const known = new WeakMap<Kind, boolean>();
  const holds = (kind: Kind): boolean => {
    let result = known.get(kind);
    if (result === undefined) {
      if (kind.kind === "object") {
        result = Object.values(kind.attributes).some((each) => isSuch(each) || holds(each.kind));
      } else result = "element" in kind && holds(kind.element);
      known.set(kind, result);
    }
    return result;
  };
  return holds;
}

/** Walks without changing anything. */
export function eachValue(
  value: Value,
  beside: readonly Value[],
  node: Node,
  visit: (value: Value, beside: readonly Value[], node: Node, inside: () => void) => void,
  passesOver?: PassesOver,
): void {
  const visitor = (each: Value, others: readonly Value[], at: Node, inside: () => Value) => {
    visit(each, others, at, inside);
    return each;
  };
  mapValue(value, beside, node, Object.assign(visitor, { passesOver }));
}

/**
 * The paths at which a value differs from another one of its kind. `decide` says of a pair that it agrees
 * (true) or differs (false); undefined compares it, part by part as far as both have the same parts.
 */
export function differences(
  value: Value,
  other: Value,
  node: Node,
  decide: (value: Value, other: Value, node: Node) => boolean | undefined,
): Path[] {
  const paths: Path[] = [];
  eachValue(value, [other], node, (each, [beside = null], at, inside) => {
    const decided = decide(each, beside, at);
    if (decided === undefined && sameParts(each, beside, at.kind)) inside();
    else if (decided === false || (decided === undefined && !equals(each, beside, ctyType(at.kind)))) {
      paths.push(at.path);
    }
  });
  return paths;
}

/** Whether both values have parts that can be compared in pairs. A set's elements cannot. */
function sameParts(a: Value, b: Value, kind: Kind): boolean {
  switch (kind.kind) {
    case "object":
      return isObjectValue(a) && isObjectValue(b);
    case "list":
      return Array.isArray(a) && Array.isArray(b) && a.length === b.length;
    case "map":
      return (
        a instanceof Map && b instanceof Map && a.size === b.size && [...a.keys()].every((key) => b.has(key))
      );
    default:
      return false;
  }
}

/** Whether a value equals another one wherever that one is not null. */
export function fillsOnlyNulls(value: Value, other: Value, kind: Kind): boolean {
  const differing = differences(value, other, nodeOf(kind), (each, beside) => {
    if (beside === null) return true;
    return each === null || isUnknown(each) || isUnknown(beside) ? false : undefined;
  });
  return differing.length === 0;
}

/** Whether a value is an object's (and not a list, a map or a scalar). */
export function isObjectValue(value: unknown): value is ObjectValue {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Map)
    return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
