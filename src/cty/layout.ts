import { MAX_DEPTH } from "./error.ts";
import { holdsDynamic } from "./same-type.ts";
import type { ObjectType, Type } from "./type.ts";

/** What the single passes over MessagePack do with the values of a type. `other`: they know its null alone. */
export type LayoutKind = "string" | "number" | "bool" | "list" | "set" | "map" | "object" | "other";

/**
 * A type as the single passes use it: made once for each type, with all that is the same for every value of it.
 */
export class Layout {
  readonly kind: LayoutKind;
  /** Of a list, a set or a map. */
  readonly element: Layout | undefined;
  /** Of an object: its attributes' names, in the order of the bytes. */
  readonly names: readonly string[];
  readonly attributes: readonly Layout[];
  /** What stands before the value of each: the key, and before the first one the header of the map. */
  readonly keys: readonly Uint8Array[];

  constructor(
    kind: LayoutKind,
    element?: Layout,
    names: readonly string[] = [],
    attributes: readonly Layout[] = [],
  ) {
    this.kind = kind;
    this.element = element;
    this.names = names;
    this.attributes = attributes;
    this.keys = names.map((name, i) =>
      Buffer.concat([i === 0 ? headerOf(names.length, 0x80, 0xde) : nothing, keyOf(name)]),
    );
  }
}

const nothing = Buffer.alloc(0);
const layouts = new WeakMap<Type, Layout>();
const other = new Layout("other");

/** The layout of a type. */
export function layoutOf(type: Type, depth = 0): Layout {
  const known = layouts.get(type);
  if (known !== undefined) return known;
  const made = depth > MAX_DEPTH ? other : layoutFor(type, depth + 1);
  layouts.set(type, made);
  return made;
}

function layoutFor(type: Type, depth: number): Layout {
  switch (type.kind) {
    case "string":
    case "number":
    case "bool":
      return new Layout(type.kind);
    case "list":
    case "set":
    case "map":
      // The elements' types would have to be compared.
      return holdsDynamic(type.element) ? other : new Layout(type.kind, layoutOf(type.element, depth));
    case "object":
      return isReadable(type) ? objectLayout(type, depth) : other;
    default:
      return other;
  }
}

/** Whether an attribute that an object lacks is undefined, as one named `constructor` is not. */
function isReadable({ attributes }: ObjectType): boolean {
  const names = [...attributes.keys()];
  const fits = (name: string) => name.length < 0x4000 && !(name in Object.prototype);
  return names.length > 0 && names.length < 0x10000 && names.every(fits);
}

function objectLayout({ attributes }: ObjectType, depth: number): Layout {
  const parts = [...attributes.values()].map((attribute) => layoutOf(attribute, depth));
  return new Layout("object", undefined, [...attributes.keys()], parts);
}

/** A key as MessagePack has it: a string. */
function keyOf(name: string): Buffer {
  const bytes = Buffer.from(name);
  const { length } = bytes;
  const head =
    length < 32 ? [0xa0 | length] : length < 0x100 ? [0xd9, length] : [0xda, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), bytes]);
}

function headerOf(size: number, fixed: number, code16: number): Buffer {
  return Buffer.from(size < 16 ? [fixed | size] : [code16, size >> 8, size & 0xff]);
}
