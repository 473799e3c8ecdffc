export { decodeMsgpack } from "./msgpack-decode.ts";
export { encodeMsgpack } from "./msgpack-encode.ts";
