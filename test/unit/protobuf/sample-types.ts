import { map, member, one, optional, repeated } from "../../../src/protobuf/field.ts";
import { MessageType } from "../../../src/protobuf/message.ts";

/** A message with every kind of field that the codec knows, and itself in it. */
export interface Sample {
  flag: boolean;
  data: Buffer;
  small: number;
  large: number;
  text: string;
  count: number;
  kind: 0 | 1;
  child: Sample | undefined;
  texts: string[];
  numbers: number[];
  children: Sample[];
  names: Map<string, string>;
  byNumber: Map<number, Sample>;
  maybe: string | undefined;
  left: string | undefined;
  right: Sample | undefined;
}

export const Sample: MessageType<Sample> = new MessageType("test.Sample", () => [
  one(1, "flag", "bool"),
  one(2, "data", "bytes"),
  one(3, "small", "int32"),
  one(4, "large", "int64"),
  one(5, "text", "string"),
  one(6, "count", "uint32"),
  one(7, "kind", "enum"),
  one(8, "child", Sample),
  repeated(9, "texts", "string"),
  repeated(10, "numbers", "int64"),
  repeated(11, "children", Sample),
  map(12, "names", "string", "string"),
  map(13, "byNumber", "int64", Sample),
  optional(14, "maybe", "string"),
  member("side", 15, "left", "string"),
  member("side", 16, "right", Sample),
]);

/** What decoding no bytes gives. */
export const empty: Sample = Sample.decode(Buffer.alloc(0));

/** Bytes from hexadecimal text with spaces. */
export function bytes(text: string): Buffer {
  return Buffer.from(text.replaceAll(" ", ""), "hex");
}
