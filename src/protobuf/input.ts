/**
 * What a message of type T may be written as: fields may be left out, bytes may be any Uint8Array,
 * lists and maps may be read-only. A literal with a field that T does not have is a compile error.
 */
export type Input<T> = T extends string | number | boolean | undefined
  ? T
  : T extends Uint8Array
    ? Uint8Array
    : T extends ReadonlyMap<infer K, infer V>
      ? ReadonlyMap<K, Input<V>>
      : T extends readonly (infer E)[]
        ? readonly Input<E>[]
        : { readonly [K in keyof T]?: Input<T[K]> | undefined };
