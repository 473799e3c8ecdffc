/** The wire types of the protocol buffers encoding; the groups are only ever skipped. */
export const WireType = {
  VARINT: 0,
  FIXED64: 1,
  LENGTH: 2,
  GROUP_START: 3,
  GROUP_END: 4,
  FIXED32: 5,
} as const;
export type WireType = (typeof WireType)[keyof typeof WireType];

/** How deep messages may nest in received bytes: the limit of protobuf's C++ and Java parsers. */
export const MAX_DEPTH = 100;

/** Received bytes are not the message that they should be. Names the message, never its contents. */
export class WireError extends Error {
  override readonly name = "WireError";
}
