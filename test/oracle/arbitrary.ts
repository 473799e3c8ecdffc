import fc from "fast-check";
import * as cty from "../../src/cty/index.ts";
import { numbers, prefixes, text } from "./scalars.ts";

/** A type and a value of it. */
export interface Typed {
  readonly type: cty.Type;
  readonly value: cty.Value;
}

/** How deep the types nest, counted in containers. */
export const MAX_TYPE_DEPTH = 6;

const name = fc.oneof(text, fc.constantFrom("a", "b", "id", "<&>"));

const cache = new Map<string, fc.Arbitrary<cty.Type>>();

/** Any type nested up to `depth` levels; the deeper, the fewer parts, so that values stay small. */
export function types(depth: number, withDynamic = true): fc.Arbitrary<cty.Type> {
  const key = `${depth} ${withDynamic}`;
  const known = cache.get(key) ?? fc.oneof(...typeKinds(depth, withDynamic));
  cache.set(key, known);
  return known;
}

function typeKinds(depth: number, withDynamic: boolean): fc.WeightedArbitrary<cty.Type>[] {
  const leaves = fc.constantFrom(cty.string, cty.number, cty.bool, ...(withDynamic ? [cty.dynamic] : []));
  if (depth === 0) return [{ weight: 1, arbitrary: leaves }];
  const inner = types(depth - 1, withDynamic);
  const parts = fc.oneof({ weight: 2, arbitrary: inner }, { weight: 3, arbitrary: leaves });
  const names = fc.uniqueArray(name, { maxLength: 4, selector: normal });
  return [
    { weight: 2, arbitrary: leaves },
    { weight: 1, arbitrary: inner.map(cty.list) },
    { weight: 1, arbitrary: inner.map(cty.set) },
    { weight: 1, arbitrary: inner.map(cty.map) },
    { weight: 1, arbitrary: fc.array(parts, { maxLength: 3 }).map(cty.tuple) },
    {
      weight: 2,
      arbitrary: names.chain((all) =>
        fc
          .tuple(...all.map(() => parts))
          .map((each) => cty.object(all.map((one, i) => [one, each[i] ?? cty.bool]))),
      ),
    },
  ];
}

/** The type with the types that its dynamic slots have: elements of one collection must not differ in them. */
interface Shape {
  readonly type: cty.Type;
  /** What a dynamic slot holds. */
  readonly concrete?: Shape;
  readonly parts: readonly Shape[];
  readonly holdsDynamic: boolean;
}

function shapes(type: cty.Type): fc.Arbitrary<Shape> {
  if (type.kind === "dynamic") {
    const concrete = types(2, false).chain(shapes);
    return concrete.map((shape) => ({ type, concrete: shape, parts: [], holdsDynamic: true }));
  }
  return fc.tuple(...partsOf(type).map(shapes)).map((parts) => {
    return { type, parts, holdsDynamic: parts.some((part) => part.holdsDynamic) };
  });
}

function partsOf(type: cty.Type): readonly cty.Type[] {
  if ("element" in type) return [type.element];
  if (type.kind === "tuple") return type.elements;
  return type.kind === "object" ? [...type.attributes.values()] : [];
}

/** A random type with a random value of it; with `unknowns`, unknown values and refinements at every place. */
export function typedValues(unknowns: boolean, depth = MAX_TYPE_DEPTH): fc.Arbitrary<Typed> {
  return types(depth)
    .chain(shapes)
    .chain((shape) => values(shape, unknowns, false).map((value) => ({ type: shape.type, value })));
}

/**
 * `rigid` is set inside collections whose elements have dynamic slots: null, unknown or empty in the
 * place of such a slot would have another type than its neighbour, which go-cty refuses.
 */
function values(shape: Shape, unknowns: boolean, rigid: boolean): fc.Arbitrary<cty.Value> {
  const whole = known(shape, unknowns, rigid);
  if (rigid && shape.holdsDynamic) return whole;
  const special = unknowns
    ? fc.oneof(fc.constant(null), fc.constant(cty.UNKNOWN), unknownValues(shape.type))
    : fc.constant(null);
  return fc.oneof({ weight: 1, arbitrary: special }, { weight: 6, arbitrary: whole });
}

function known(
  { type, parts, concrete, holdsDynamic }: Shape,
  unknowns: boolean,
  rigid: boolean,
): fc.Arbitrary<cty.Value> {
  const [element] = parts;
  const lengths = { minLength: rigid && holdsDynamic ? 1 : 0, maxLength: maxLength(type) };
  switch (type.kind) {
    case "string":
      return text;
    case "number":
      return numbers;
    case "bool":
      return fc.boolean();
    case "list":
    case "set":
      return element === undefined
        ? fc.constant([])
        : fc.array(values(element, unknowns, rigid || element.holdsDynamic), lengths);
    case "map":
      return element === undefined
        ? fc.constant(new Map())
        : fc
            .uniqueArray(fc.tuple(text, values(element, unknowns, rigid || element.holdsDynamic)), {
              ...lengths,
              selector: ([key]) => normal(key),
            })
            .map((pairs) => new Map(pairs));
    case "tuple":
      return fc.tuple(...parts.map((part) => values(part, unknowns, rigid)));
    case "object": {
      const names = [...type.attributes.keys()];
      const all = fc.tuple(...parts.map((part) => values(part, unknowns, rigid)));
      return all.map((each) => cty.objectValue(names.map((one, i) => [one, each[i] ?? null])));
    }
    case "dynamic":
      return concrete === undefined
        ? fc.constant(null)
        : values(concrete, unknowns, false).map((value) => new cty.DynamicValue(concrete.type, value));
  }
}

function maxLength(type: cty.Type): number {
  return [20, 20, 6, 4, 3, 2, 2][typeDepth(type)] ?? 2;
}

/** How many containers are inside each other; a string has 0. */
export function typeDepth(type: cty.Type): number {
  const parts = partsOf(type);
  if (parts.length === 0) return type.kind === "tuple" || type.kind === "object" ? 1 : 0;
  return 1 + Math.max(...parts.map(typeDepth));
}

function normal(key: string): string {
  return key.replace(/\p{Surrogate}/gu, "\ufffd").normalize("NFC");
}

function unknownValues(type: cty.Type): fc.Arbitrary<cty.Value> {
  // Nothing can be known of a value whose type is not.
  if (type.kind === "dynamic") return fc.constant(cty.UNKNOWN);
  const nullness = fc.constantFrom({}, { nullness: "not_null" as const });
  return fc.tuple(nullness, refinements(type)).map(([first, rest]) => new cty.Unknown({ ...first, ...rest }));
}

function refinements(type: cty.Type): fc.Arbitrary<cty.Refinements> {
  if (type.kind === "string") return fc.record({ stringPrefix: prefixes }, { requiredKeys: [] });
  if (type.kind === "number") {
    // The magnitudes keep the minimum below the maximum.
    const bound = fc.record({ value: numbers, inclusive: fc.boolean() });
    const min = bound.map((one) => ({ ...one, value: withSign(one.value, "-") }));
    const max = bound.map((one) => ({ ...one, value: withSign(one.value, "") }));
    return fc
      .record({ numberMin: min, numberMax: max }, { requiredKeys: [] })
      .filter(({ numberMin, numberMax }) => {
        return numberMin?.value !== 0 || numberMax?.value !== 0;
      });
  }
  if (type.kind === "list" || type.kind === "set" || type.kind === "map") {
    const lengths = fc.tuple(fc.integer({ min: 1, max: 70_000 }), fc.integer({ min: 1, max: 70_000 }));
    return lengths.chain(([lengthMin, more]) =>
      fc.record(
        { lengthMin: fc.constant(lengthMin), lengthMax: fc.constant(lengthMin + more) },
        { requiredKeys: [] },
      ),
    );
  }
  return fc.constant({});
}

function withSign(value: cty.ExactNumber, sign: string): cty.ExactNumber {
  const digits = cty.numberText(value).replace("-", "");
  return cty.parseNumber(digits === "0" ? digits : sign + digits);
}
