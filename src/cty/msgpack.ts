export { decodeMsgpack } from "./msgpack-decode.ts";
export { encodeMsgpack, encodeMsgpackPieces } from "./msgpack-encode.ts";
export { encodePlainPieces } from "./msgpack-plain.ts";
