import * as cty from "../../src/cty/index.ts";
import { ours, sameMsgpack } from "./compare.ts";
import type { Verdict } from "./oracle.ts";

/** One answer to broken bytes on either side. */
export interface Case {
  readonly type: cty.Type;
  readonly bytes: Buffer;
  readonly theirs: Verdict;
  readonly own: Verdict;
}

/**
 * Where src/cty takes broken MessagePack for something else than go-cty does, and why that is right.
 * Each is as narrow as it can be said.
 */
export const exceptions: readonly { readonly name: string; readonly excuses: (one: Case) => boolean }[] = [
  {
    // A message of Terraform's that ends later than its value would be a defect worth a message.
    name: "bytes after the value are refused, while go-cty leaves them unread",
    excuses: ({ type, bytes, theirs, own }) => {
      const left = /^the MessagePack data has (\d+) bytes after the value$/.exec(reason(own))?.[1];
      if (left === undefined || !theirs.accepted) return false;
      const rest = ours(type, { msgpack: bytes.subarray(0, bytes.length - Number(left)) });
      const all = { type, bytes, theirs, own: rest };
      return isSame(all) || exceptions.slice(1).some(({ excuses }) => excuses(all));
    },
  },
  {
    // JavaScript's strings cannot hold such bytes. Terraform's state, which is JSON, cannot either.
    name: "bytes that are no UTF-8 become U+FFFD at once, while go-cty does that only in JSON",
    excuses: ({ type, bytes, theirs, own }) => {
      if (!theirs.accepted || !own.accepted || isUTF8(bytes)) return false;
      const again = ours(type, { msgpack: theirs.msgpack });
      return again.accepted && sameMsgpack(again.msgpack, own.msgpack, type);
    },
  },
  {
    // unmarshalMap of go-cty makes an error and forgets to return it.
    name: "a map key that is no string is refused, while go-cty takes it for an empty one",
    excuses: ({ own }) => /a string as map key is required, got /.test(reason(own)),
  },
  {
    name: "a number that Terraform would round is not written, while go-cty rounds it",
    excuses: ({ own, theirs }) =>
      theirs.accepted && /the number has more digits than Terraform keeps/.test(reason(own)),
  },
  {
    // The state, which is JSON, could not hold it.
    name: "an infinite number is refused",
    excuses: ({ own, theirs }) =>
      theirs.accepted && /a (finite )?number is required, got "?[-+]?inf/i.test(reason(own)),
  },
  {
    name: "a number with a power of two (1p3 for 8) is refused, while Go reads it",
    excuses: ({ own, theirs, bytes }) =>
      theirs.accepted &&
      /a number is required, got "/.test(reason(own)) &&
      /[0-9.][pP][+-]?[0-9]/.test(bytes.toString("latin1")),
  },
  {
    // go-cty takes the value of a key it does not know for the next key; for a value of unknown type it
    // reads nothing at all.
    name: "refinements with keys that nobody knows are skipped with their values",
    excuses: ({ type, bytes, theirs, own }) => {
      if (!hasRefined(bytes)) return false;
      if (!theirs.accepted || !own.accepted) return theirs.accepted !== own.accepted;
      return withoutRefinements(theirs.msgpack, type).equals(withoutRefinements(own.msgpack, type));
    },
  },
];

/** Whether there may be a refined unknown value: any header of an extension before the type 12. */
function hasRefined(bytes: Buffer): boolean {
  return bytes.some((byte, i) => {
    if (byte !== 0x0c) return false;
    const before = (distance: number) => bytes[i - distance] ?? 0;
    const isFixed = 0xd4 <= before(1) && before(1) <= 0xd8;
    return isFixed || before(2) === 0xc7 || before(3) === 0xc8 || before(5) === 0xc9;
  });
}

/** The value with nothing known of what is unknown. */
function withoutRefinements(msgpack: Buffer, type: cty.Type): Buffer {
  return cty.encodeMsgpack(bare(cty.decodeMsgpack(msgpack, type)), type);
}

function bare(value: cty.Value): cty.Value {
  if (cty.isUnknown(value)) return cty.UNKNOWN;
  if (value instanceof cty.DynamicValue) return new cty.DynamicValue(value.type, bare(value.value));
  if (value instanceof Map) return new Map([...value].map(([key, one]) => [key, bare(one)]));
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== "object" || value === null || value instanceof cty.Decimal) return value;
  return cty.objectValue(Object.entries(value).map(([name, one]) => [name, bare(one)]));
}

export function isSame({ type, theirs, own }: Case): boolean {
  if (!theirs.accepted || !own.accepted) return theirs.accepted === own.accepted;
  try {
    return sameMsgpack(theirs.msgpack, own.msgpack, type);
  } catch (error) {
    // What go-cty writes may be one of the exceptions itself.
    if (error instanceof cty.CtyError) return false;
    throw error;
  }
}

function reason(verdict: Verdict): string {
  return verdict.accepted ? "" : verdict.reason;
}

function isUTF8(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString("utf8")).equals(bytes);
}
