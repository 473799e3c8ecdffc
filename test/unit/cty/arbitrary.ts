import fc from "fast-check";
import * as cty from "../../../src/cty/index.ts";

// Random types, and values of a random type, with the keys and numbers that break naive codecs.

const HOSTILE = ["__proto__", "constructor", "_isUint64BE", "_isInt64BE", "toString", "hasOwnProperty", ""];

const text = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  fc.string({ unit: "grapheme", maxLength: 10 }),
  // UTF-16 code units at random: lone surrogates.
  fc.array(fc.integer({ min: 0xd7f0, max: 0xe010 }), { maxLength: 4 }).map((units) => {
    return String.fromCharCode(...units);
  }),
  fc.integer({ min: 1, max: 300 }).map((length) => "e\u0301".repeat(length)),
  fc.constantFrom(...HOSTILE),
);

const name = fc.oneof(fc.constantFrom(...HOSTILE, "a", "b", "<&>", "\u2028"), fc.string({ maxLength: 5 }));

/**
 * Any type, nested up to `depth` levels. Dynamic occurs outside collections only, since the elements of a
 * collection must not differ in type.
 */
export function types(depth = 3, withDynamic = true): fc.Arbitrary<cty.Type> {
  const leaves = fc.constantFrom(cty.string, cty.number, cty.bool, ...(withDynamic ? [cty.dynamic] : []));
  if (depth === 0) return leaves;
  const inner = types(depth - 1, withDynamic);
  const element = types(depth - 1, false);
  return fc.oneof(
    { weight: 2, arbitrary: leaves },
    element.map(cty.list),
    element.map(cty.set),
    element.map(cty.map),
    fc.array(inner, { maxLength: 3 }).map(cty.tuple),
    fc.array(fc.tuple(name, inner), { maxLength: 4 }).map(cty.object),
  );
}

/** Numbers in every canonical form, of which Terraform keeps all digits. */
export const numbers: fc.Arbitrary<cty.ExactNumber> = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n }).map(exact),
  fc.bigInt({ min: -(10n ** 150n), max: 10n ** 150n }).map(exact),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(exact),
  fc
    .tuple(fc.integer({ min: -4096, max: 4096 }), fc.integer({ min: 0, max: 20 }))
    .map(([m, e]) => m / 2 ** e),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 100n), max: 10n ** 100n }), fc.integer({ min: -300, max: 100 }))
    .map(([digits, exponent]) => cty.parseNumber(`${digits}e${exponent}`)),
);

function exact(value: number | bigint): cty.ExactNumber {
  return cty.parseNumber(value.toString());
}

/** Any value of the type; with `unknowns`, unknown values and refinements among them. */
export function values(type: cty.Type, unknowns = true): fc.Arbitrary<cty.Value> {
  const special: fc.Arbitrary<cty.Value> = unknowns
    ? fc.oneof(fc.constant(null), fc.constant(cty.UNKNOWN), unknownValues(type))
    : fc.constant(null);
  return fc.oneof({ weight: 1, arbitrary: special }, { weight: 6, arbitrary: known(type, unknowns) });
}

function known(type: cty.Type, unknowns: boolean): fc.Arbitrary<cty.Value> {
  switch (type.kind) {
    case "string":
      return text;
    case "number":
      return numbers;
    case "bool":
      return fc.boolean();
    case "list":
    case "set":
      return fc.array(values(type.element, unknowns), { maxLength: 20 });
    case "map":
      return distinctKeys(fc.array(fc.tuple(text, values(type.element, unknowns)), { maxLength: 20 }));
    case "tuple":
      return fc.tuple(...type.elements.map((element) => values(element, unknowns)));
    case "object": {
      const attributes = [...type.attributes];
      const tuple = fc.tuple(...attributes.map(([, attribute]) => values(attribute, unknowns)));
      return tuple.map((all) => cty.objectValue(attributes.map(([key], i) => [key, all[i] ?? null])));
    }
    case "dynamic":
      return types(2, false).chain((concrete) =>
        values(concrete, unknowns).map((value) => new cty.DynamicValue(concrete, value)),
      );
  }
}

/** Keys that differ after normalisation, since two equal ones are an error. */
function distinctKeys(pairs: fc.Arbitrary<[string, cty.Value][]>): fc.Arbitrary<cty.Value> {
  return pairs.map((all) => {
    const byKey = new Map<string, [string, cty.Value]>();
    for (const [key, value] of all)
      byKey.set(key.replace(/\p{Surrogate}/gu, "\ufffd").normalize(), [key, value]);
    return new Map(byKey.values());
  });
}

function unknownValues(type: cty.Type): fc.Arbitrary<cty.Value> {
  // Nothing can be known of a value whose type is not.
  if (type.kind === "dynamic") return fc.constant(cty.UNKNOWN);
  const nullness = fc.constantFrom({}, { nullness: "not_null" as const });
  return fc.tuple(nullness, refinements(type)).map(([first, rest]) => new cty.Unknown({ ...first, ...rest }));
}

function refinements(type: cty.Type): fc.Arbitrary<cty.Refinements> {
  if (type.kind === "string") {
    return fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
      .map((stringPrefix) => ({ stringPrefix }));
  }
  if (type.kind === "number") {
    return fc
      .tuple(fc.integer({ max: -1 }), fc.boolean(), fc.integer({ min: 0 }))
      .map(([min, inclusive, max]) => ({
        numberMin: { value: min, inclusive },
        numberMax: { value: max + 0.5, inclusive },
      }));
  }
  if (type.kind === "list" || type.kind === "set" || type.kind === "map") {
    return fc
      .integer({ min: 1, max: 300 })
      .map((length) => ({ lengthMin: length, lengthMax: length + 70000 }));
  }
  return fc.constant({});
}
