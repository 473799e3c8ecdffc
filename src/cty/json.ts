export { decodeJSON, holdsJSONObject } from "./json-decode.ts";
export { encodeJSON } from "./json-encode.ts";
