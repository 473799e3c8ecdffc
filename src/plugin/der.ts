/**
 * ASN.1 values in DER (X.690), as few as a certificate needs. Each function returns a whole
 * tag-length-value; Go's parser takes nothing looser than DER.
 */
export function sequence(...items: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(items));
}

export function set(...items: readonly Buffer[]): Buffer {
  return tagged(0x31, Buffer.concat(items));
}

/** A non-negative integer, given as its big-endian bytes. */
export function integer(bytes: Uint8Array): Buffer {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const magnitude = Buffer.from(bytes.subarray(start));
  // A first bit of 1 would make it negative.
  const sign = (magnitude[0] ?? 0) >= 0x80 || magnitude.length === 0 ? [0] : [];
  return tagged(0x02, Buffer.concat([Buffer.from(sign), magnitude]));
}

export function boolean(value: boolean): Buffer {
  return tagged(0x01, Buffer.from([value ? 0xff : 0x00]));
}

/** @param dotted such as "2.5.4.3" */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap(base128);
  return tagged(0x06, Buffer.from(bytes));
}

/** Big-endian groups of seven bits, all but the last with the high bit set. */
function base128(number: number): number[] {
  const groups = [number % 128];
  for (let rest = Math.floor(number / 128); rest > 0; rest = Math.floor(rest / 128)) {
    groups.unshift((rest % 128) + 128);
  }
  return groups;
}

export function utf8String(text: string): Buffer {
  return tagged(0x0c, Buffer.from(text, "utf8"));
}

export function octetString(content: Buffer): Buffer {
  return tagged(0x04, content);
}

/** @param unusedBits how many of the last byte's low bits carry nothing; they must be zero */
export function bitString(content: Buffer, unusedBits = 0): Buffer {
  return tagged(0x03, Buffer.concat([Buffer.from([unusedBits]), content]));
}

/** A moment to the second: UTCTime through 2049, GeneralizedTime after (RFC 5280, 4.1.2.5). */
export function time(moment: Date): Buffer {
  const text = `${moment.toISOString().replace(/\.\d+/, "").replace(/[-:T]/g, "")}`;
  return moment.getUTCFullYear() < 2050
    ? tagged(0x17, Buffer.from(text.slice(2), "latin1"))
    : tagged(0x18, Buffer.from(text, "latin1"));
}

/** A context-specific tag around whole values. */
export function explicit(tag: number, content: Buffer): Buffer {
  return tagged(0xa0 | tag, content);
}

/** A context-specific tag in place of a string's own. */
export function implicitString(tag: number, text: string): Buffer {
  return tagged(0x80 | tag, Buffer.from(text, "latin1"));
}

function tagged(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content]);
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length];
  if (length < 0x100) return [0x81, length];
  if (length < 0x10000) return [0x82, length >> 8, length & 0xff];
  throw new RangeError(`a DER value of ${length} bytes is longer than a certificate needs`);
}
