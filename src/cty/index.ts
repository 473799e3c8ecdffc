/**
 * The values and types of Terraform (go-cty's), exact, and their two wire forms: MessagePack and JSON.
 *
 * @module
 */

export { conform, conformPieces } from "./conform.ts";
export { equals, equalsPieces } from "./equals.ts";
export { CtyError } from "./error.ts";
export { decodeJSON, encodeJSON, holdsJSONObject } from "./json.ts";
export { decodeMsgpack, encodeMsgpack, encodeMsgpackPieces, encodePlainPieces } from "./msgpack.ts";
export {
  Decimal,
  type ExactNumber,
  isExactNumber,
  numberText,
  parseNumber,
  parseShortNumber,
  terraformNumberText,
} from "./number.ts";
export { Path, type Step } from "./path.ts";
export { atOnce, inPieces, type Pieces, STEP } from "./pieces.ts";
export {
  bool,
  dynamic,
  list,
  map,
  number,
  object,
  set,
  string,
  type Type,
  tuple,
  typeFromJSON,
  typeToJSON,
} from "./type.ts";
export { isLongText, normalizePieces, normalizeString } from "./unicode.ts";
export {
  type Bound,
  DynamicValue,
  isUnknown,
  isWhollyKnown,
  type ObjectValue,
  objectValue,
  type Refinements,
  UNKNOWN,
  Unknown,
  type Value,
  whollyKnownPieces,
} from "./value.ts";
