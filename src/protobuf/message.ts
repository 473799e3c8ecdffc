/**
 * Protocol buffers, version 3: messages as JavaScript objects and on the wire. The tables of messages are
 * generated from `proto/`; a table is made when it is first used.
 *
 * @module
 */

import { decodeFields, emptyMessage } from "./decode.ts";
import { encodeFields } from "./encode.ts";
import { type Field, Table } from "./field.ts";
import type { Input } from "./input.ts";
import { Reader } from "./reader.ts";
import { WireError } from "./wire.ts";
import { Writer } from "./writer.ts";

/** A message type. T and the fields come from one descriptor: see scripts/generate.mjs. */
export class MessageType<T> {
  /** With its package: `tfplugin6.Schema.Block`. */
  readonly name: string;
  readonly #fields: () => readonly Field[];
  #table: Table | undefined;

  /** `fields` is called at first use, so that tables cost nothing at start and may be recursive. */
  constructor(name: string, fields: () => readonly Field[]) {
    this.name = name;
    this.#fields = fields;
  }

  get table(): Table {
    this.#table ??= new Table(this.#fields());
    return this.#table;
  }

  /**
   * Throws a TypeError for a property that is no field and for two members of one oneof, and a
   * TypeError or RangeError, which names the field, for a value that the field cannot hold.
   */
  encode(message: Input<T>): Buffer {
    const writer = new Writer();
    encodeFields(writer, this.table, message);
    return writer.finish();
  }

  /**
   * Unset fields are zero, empty or undefined as their type says. An enum's number that the schema
   * lacks is kept. Fields of type bytes share memory with the input. Throws a WireError for bytes
   * that are not such a message, a RangeError for an int64 beyond 2^53.
   */
  decode(bytes: Uint8Array): T {
    const message = emptyMessage(this.table);
    try {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      decodeFields(new Reader(buffer), this.table, message, 1);
    } catch (error) {
      if (error instanceof WireError) error.message = `not a ${this.name}: ${error.message}`;
      throw error;
    }
    // The table made it, and T was generated from the same descriptor.
    return message as T;
  }
}
