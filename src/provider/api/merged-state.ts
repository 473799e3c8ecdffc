/**
 * What a read reports, with what it leaves out and an earlier answer had: nothing that was known is wiped. Lists of another
 * length are as the read has them. Both values are of one attribute, so of one shape.
 */
export function mergedState<T>(earlier: unknown, read: T): T;
export function mergedState(earlier: unknown, read: unknown): unknown {
  if (read === null || read === undefined) return earlier;
  if (Array.isArray(earlier) && Array.isArray(read)) {
    if (read.length === 0) return earlier;
    if (read.length !== earlier.length) return read;
    return read.map((each: unknown, index) => mergedState(earlier[index], each));
  }
  if (isPlainObject(earlier) && isPlainObject(read)) {
    return Object.fromEntries(
      Object.entries(read).map(([name, value]) => [name, mergedState(earlier[name], value)]),
    );
  }
  return read;
}

/** An object of attributes: neither a map nor an exact number. */
export function isPlainObject(value: unknown): value is { readonly [name: string]: unknown } {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
