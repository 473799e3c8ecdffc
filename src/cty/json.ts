export { decodeJSON } from "./json-decode.ts";
export { encodeJSON } from "./json-encode.ts";
