import * as cty from "../../src/cty/index.ts";
import type { Dice } from "../support/random/dice.ts";
import { looseNumber, looseText } from "./loose-scalars.ts";

/**
 * The value in MessagePack as some careless encoder might write it: longer headers than needed, byte
 * strings for strings, keys in any order, repeated elements of sets, numbers in any form that says the
 * same. Takes values that src/cty can encode; shares no code with it.
 */
export function looseMsgpack(value: cty.Value, type: cty.Type, dice: Dice): Buffer {
  const writer = new LooseWriter(dice);
  writer.value(value, type);
  return writer.bytes();
}

class LooseWriter {
  readonly #dice: Dice;
  readonly #chunks: Buffer[] = [];

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  value(value: cty.Value, type: cty.Type): void {
    if (value === null) this.#raw(0xc0);
    else if (cty.isUnknown(value)) this.#unknown(value.refinements, type);
    else if (typeof value === "boolean") this.#raw(value ? 0xc3 : 0xc2);
    else if (typeof value === "string") this.#string(looseText(value, this.#dice));
    else if (value instanceof cty.DynamicValue) this.#dynamic(value);
    else if (value instanceof Map) this.#map(value, type);
    else if (Array.isArray(value)) this.#array(value, type);
    else if (type.kind === "object" && typeof value === "object")
      this.#object(new Map(Object.entries(value)), type);
    else if (typeof value === "number" || typeof value === "bigint" || value instanceof cty.Decimal)
      this.#number(value);
  }

  #raw(...bytes: number[]): void {
    this.#chunks.push(Buffer.from(bytes));
  }

  /** A header: the one that holds the length in itself, or one of the codes for 8, 16 and 32 bits. */
  #head(
    length: number,
    fixed: number | undefined,
    fixedBelow: number,
    codes: readonly (number | undefined)[],
  ): void {
    const fits = codes.map((code, i) => (length < 2 ** (8 << i) ? code : undefined));
    const usable = fits.flatMap((code, i) => (code === undefined ? [] : [{ code, size: 1 << i }]));
    const chosen = usable[this.#dice.below(usable.length + 1)];
    if (chosen === undefined && fixed !== undefined && length < fixedBelow) {
      this.#raw(fixed + length);
      return;
    }
    const { code, size } = chosen ?? usable[0] ?? { code: 0xc1, size: 1 };
    const head = Buffer.alloc(1 + size, code);
    head.writeUIntBE(length, 1, size);
    this.#chunks.push(head);
  }

  #string(text: string): void {
    const bytes = Buffer.from(text);
    if (this.#dice.once(3)) this.#head(bytes.length, undefined, 0, [0xc4, 0xc5, 0xc6]);
    else this.#head(bytes.length, 0xa0, 32, [0xd9, 0xda, 0xdb]);
    this.#chunks.push(bytes);
  }

  #number(value: cty.ExactNumber): void {
    const text = cty.numberText(value);
    const double = Number(text);
    const isDouble = typeof value !== "bigint" && exactText(double) === text;
    const form = this.#dice.below(4);
    const isShort = /^-?\d{1,15}$/.test(text);
    if (form === 0 || (!isDouble && !isShort)) this.#string(looseNumber(text, this.#dice));
    else if (isDouble && (form === 1 || !isShort)) this.#float(double);
    else this.#integer(BigInt(text));
  }

  #float(value: number): void {
    const bytes = Buffer.alloc(9, 0xcb);
    bytes.writeDoubleBE(value, 1);
    if (Math.fround(value) === value && this.#dice.once(2)) {
      bytes[0] = 0xca;
      bytes.writeFloatBE(value, 1);
      this.#chunks.push(bytes.subarray(0, 5));
    } else this.#chunks.push(bytes);
  }

  /** In any of the forms that hold it, signed or not. */
  #integer(value: bigint): void {
    const forms: Buffer[] = [];
    for (const size of [1, 2, 4, 8]) {
      const code = Math.log2(size);
      const bits = size * 8;
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64BE(BigInt.asUintN(64, value));
      const tail = bytes.subarray(8 - size);
      if (BigInt.asIntN(bits, value) === value) forms.push(Buffer.from([0xd0 + code, ...tail]));
      if (BigInt.asUintN(bits, value) === value) forms.push(Buffer.from([0xcc + code, ...tail]));
    }
    if (-32n <= value && value < 128n) forms.push(Buffer.from([Number(BigInt.asUintN(8, value))]));
    const [first = Buffer.alloc(0), ...rest] = forms;
    this.#chunks.push(this.#dice.pick([first, ...rest]));
  }

  #array(elements: readonly cty.Value[], type: cty.Type): void {
    let all = [...elements];
    if (type.kind === "set") {
      const repeated = all.filter((element) => cty.isWhollyKnown(element) && this.#dice.once(4));
      all = this.#dice.shuffled([...all, ...repeated]);
    }
    this.#head(all.length, 0x90, 16, [undefined, 0xdc, 0xdd]);
    for (const [i, element] of all.entries()) this.value(element, partOf(type, i));
  }

  #map(entries: ReadonlyMap<string, cty.Value>, type: cty.Type): void {
    this.#head(entries.size, 0x80, 16, [undefined, 0xde, 0xdf]);
    for (const [key, element] of this.#dice.shuffled([...entries])) {
      this.#string(looseText(key, this.#dice));
      this.value(element, partOf(type, 0));
    }
  }

  #object(attributes: ReadonlyMap<string, cty.Value>, type: Extract<cty.Type, { kind: "object" }>): void {
    this.#head(attributes.size, 0x80, 16, [undefined, 0xde, 0xdf]);
    for (const [name, value] of this.#dice.shuffled([...attributes])) {
      this.#string(name);
      this.value(value, type.attributes.get(name) ?? cty.bool);
    }
  }

  #dynamic({ type, value }: cty.DynamicValue): void {
    this.#head(2, 0x90, 16, [undefined, 0xdc, 0xdd]);
    const json = cty.typeToJSON(type);
    // Outside strings only, so that no name changes.
    this.#string(this.#dice.once(2) ? json : JSON.stringify(JSON.parse(json), null, 1));
    this.value(value, type);
  }

  #unknown(refinements: cty.Refinements, type: cty.Type): void {
    const fields = type.kind === "dynamic" ? [] : this.#dice.shuffled(this.#fields(refinements, type));
    if (fields.length === 0) {
      if (this.#dice.once(3)) this.#raw(0xc7, 0, this.#dice.below(256));
      else this.#raw(0xd4, this.#dice.below(256), this.#dice.below(256));
      return;
    }
    const body = new LooseWriter(this.#dice);
    body.#raw(0x80 + fields.length);
    for (const write of fields) write(body);
    const bytes = body.bytes();
    const fixed = [1, 2, 4, 8, 16].indexOf(bytes.length);
    if (fixed >= 0 && this.#dice.once(2)) this.#raw(0xd4 + fixed);
    else this.#head(bytes.length, undefined, 0, [0xc7, 0xc8, 0xc9]);
    this.#raw(0x0c);
    this.#chunks.push(bytes);
  }

  /** By the numbers of cty/msgpack/unknown.go. */
  #fields(known: cty.Refinements, type: cty.Type): ((body: LooseWriter) => void)[] {
    const fields: ((body: LooseWriter) => void)[] = [];
    const { nullness, stringPrefix, numberMin, numberMax, lengthMin, lengthMax } = known;
    const add = (key: number, write: (body: LooseWriter) => void) =>
      fields.push((body) => {
        body.#integer(BigInt(key));
        write(body);
      });
    if (nullness !== undefined) add(1, (body) => body.#raw(0xc2));
    if (stringPrefix !== undefined) {
      add(2, (body) => {
        const bytes = Buffer.from(stringPrefix);
        body.#head(bytes.length, 0xa0, 32, [0xd9, 0xda, 0xdb]);
        body.#chunks.push(bytes);
      });
    }
    for (const [key, bound] of [
      [3, numberMin],
      [4, numberMax],
    ] as const) {
      if (bound === undefined) continue;
      add(key, (body) => {
        body.#head(2, 0x90, 16, [undefined, 0xdc, 0xdd]);
        body.value(bound.value, cty.number);
        body.value(bound.inclusive, cty.bool);
      });
    }
    if (lengthMin !== undefined && type.kind !== "string") add(5, (body) => body.#integer(BigInt(lengthMin)));
    if (lengthMax !== undefined && type.kind !== "string") add(6, (body) => body.#integer(BigInt(lengthMax)));
    return fields;
  }
}

/** The type of an element. */
export function partOf(type: cty.Type, index: number): cty.Type {
  if ("element" in type) return type.element;
  return (type.kind === "tuple" ? type.elements[index] : undefined) ?? cty.bool;
}

/** All digits of a double, if it is one with few. */
function exactText(double: number): string {
  if (Number.isSafeInteger(double)) return Object.is(double, -0) ? "0" : double.toString();
  if (Math.abs(double) >= 1e15) return "";
  // Up to 20 binary places have at most 20 decimal ones.
  return Number.isInteger(double * 2 ** 20) ? double.toFixed(20).replace(/0+$/, "") : "";
}
