import * as cty from "../../src/cty/index.ts";
import type { Dice } from "../support/random/dice.ts";
import { partOf } from "./loose-msgpack.ts";
import { looseJSONNumber, looseText } from "./loose-scalars.ts";

/**
 * The value in JSON as some careless encoder might write it: white space, escapes, keys in any order,
 * null attributes left out, numbers and bools in strings, strings that look like numbers without quotes.
 * Takes wholly known values that src/cty can encode; shares no code with it.
 */
export function looseJSON(value: cty.Value, type: cty.Type, dice: Dice): string {
  const inner = (one: cty.Value, of: cty.Type) => looseJSON(one, of, dice);
  const comma = `${space(dice)},${space(dice)}`;
  if (value === null) return "null";
  if (typeof value === "boolean") return dice.pick([`${value}`, `"${value}"`, value ? '"1"' : '"0"']);
  if (typeof value === "string") return looseString(value, dice);
  if (typeof value === "number" || typeof value === "bigint" || value instanceof cty.Decimal) {
    const text = looseJSONNumber(cty.numberText(value), dice);
    return dice.once(3) ? `"${text}"` : text;
  }
  if (value instanceof cty.DynamicValue) {
    const members = [
      `"value":${space(dice)}${inner(value.value, value.type)}`,
      `"type":${cty.typeToJSON(value.type)}`,
    ];
    return `{${dice.shuffled(members).join(comma)}}`;
  }
  if (value instanceof Map) {
    const members = [...value].map(
      ([key, element]) =>
        `${escaped(looseText(key, dice), dice)}${space(dice)}:${inner(element, partOf(type, 0))}`,
    );
    return `{${space(dice)}${dice.shuffled(members).join(comma)}}`;
  }
  if (Array.isArray(value)) {
    const elements = value.map((element, i) => inner(element, partOf(type, i)));
    const all =
      type.kind === "set" ? dice.shuffled([...elements, ...elements.filter(() => dice.once(4))]) : elements;
    return `[${space(dice)}${all.join(comma)}${space(dice)}]`;
  }
  if (type.kind !== "object") throw new TypeError("not a value of its type");
  const given = Object.entries(value).filter(([, attribute]) => attribute !== null || dice.once(2));
  const members = given.map(([name, attribute]) => {
    return `${escaped(name, dice)}:${inner(attribute, type.attributes.get(name) ?? cty.bool)}`;
  });
  return `${space(dice)}{${dice.shuffled(members).join(comma)}}${space(dice)}`;
}

function space(dice: Dice): string {
  return dice.pick(["", "", " ", "\n\t", "\r\n"]);
}

function looseString(text: string, dice: Dice): string {
  const form = looseText(text, dice);
  if (/^(true|false|-?(0|[1-9]\d*)(\.\d+)?)$/.test(form) && dice.once(2)) return form;
  return escaped(form, dice);
}

/** Some characters by their number, with small or capital digits; those that must be are. */
function escaped(text: string, dice: Dice): string {
  const units = Array.from({ length: text.length }, (_, i) => text.charAt(i)).map((unit) => {
    const code = unit.charCodeAt(0).toString(16).padStart(4, "0");
    const isPart = /[\ud800-\udfff]/.test(unit);
    if (unit === "/" && dice.once(2)) return "\\/";
    if (unit < " " || unit === '"' || unit === "\\" || (!isPart && dice.once(8))) {
      return `\\u${dice.once(2) ? code : code.toUpperCase()}`;
    }
    return unit;
  });
  // Bytes of UTF-8 have no halves of pairs; escapes do.
  return `"${units.join("").replace(/\p{Surrogate}/gu, (half) => `\\u${half.charCodeAt(0).toString(16)}`)}"`;
}
