import type { ObjectValue, Path } from "../../cty/index.ts";
import type { Attributes } from "../attribute.ts";
import { eachValue, holding, mapObject, nodeOf, objectKind } from "../walk.ts";

const holdsWriteOnly = holding(({ writeOnly }) => writeOnly);

/** The object with every write-only attribute null, at every depth: what a plan and a state may hold. */
export function nullifyWriteOnly(object: ObjectValue, attributes: Attributes): ObjectValue {
  if (!holdsWriteOnly(objectKind(attributes))) return object;
  return mapObject(object, [], attributes, (value, _beside, { attribute, kind }, inside) => {
    if (attribute?.writeOnly) return null;
    return holdsWriteOnly(kind) ? inside() : value;
  });
}

/** The path of the first write-only attribute that a configuration sets, at any depth. */
export function setWriteOnly(object: ObjectValue, attributes: Attributes): Path | undefined {
  const paths: Path[] = [];
  const root = nodeOf({ kind: "object", attributes });
  eachValue(object, [], root, (value, _beside, { attribute, path }, inside) => {
    if (attribute?.writeOnly && value !== null) paths.push(path);
    else inside();
  });
  return paths[0];
}
