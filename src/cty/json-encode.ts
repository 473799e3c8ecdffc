import { CtyError, checkDepth } from "./error.ts";
import { terraformNumberText } from "./number.ts";
import { Path } from "./path.ts";
import { canonicalElements } from "./set-order.ts";
import { attributesOf, boolOf, dynamicOf, elementsOf, entriesOf, numberOf, textOf } from "./shape.ts";
import { goStringJSON, type Type, typeToJSON } from "./type.ts";
import { isUnknown, type Value } from "./value.ts";

/**
 * The value as compact JSON, byte for byte what go-cty's cty/json writes: keys sorted, numbers plain and
 * with all their digits, dynamic values as `{"value":…,"type":…}`. Throws CtyError as encodeMsgpack does,
 * and for an unknown value, which JSON cannot hold.
 */
export function encodeJSON(value: Value, type: Type): string {
  return json(value, type, Path.root, 0);
}

function json(value: unknown, type: Type, path: Path, depth: number): string {
  checkDepth(path, depth);
  if (value === null) return "null";
  if (isUnknown(value)) throw new CtyError(path, "the value is not known, and JSON has no unknown values");
  const inner = (element: unknown, elementType: Type, at: Path) => json(element, elementType, at, depth + 1);
  switch (type.kind) {
    case "string":
      return goStringJSON(textOf(value, type, path));
    case "number":
      return terraformNumberText(numberOf(value, type, path), path);
    case "bool":
      return String(boolOf(value, type, path));
    case "list":
    case "set": {
      const given = elementsOf(value, type, path);
      const elements = type.kind === "set" ? canonicalElements(given, type.element, path) : given;
      return `[${elements.map((element, i) => inner(element, type.element, path.atListIndex(i)))}]`;
    }
    case "tuple": {
      const elements = elementsOf(value, type, path);
      return `[${elements.map((element, i) => inner(element, type.elements[i] ?? type, path.atListIndex(i)))}]`;
    }
    case "map": {
      const members = entriesOf(value, type, path).map(([key, element]) => {
        return `${goStringJSON(key)}:${inner(element, type.element, path.atMapKey(key))}`;
      });
      return `{${members}}`;
    }
    case "object": {
      const members = attributesOf(value, type, path).map((one) => {
        return `${goStringJSON(one.name)}:${inner(one.value, one.type, path.atName(one.name))}`;
      });
      return `{${members}}`;
    }
    case "dynamic": {
      const concrete = dynamicOf(value, type, path);
      return `{"value":${inner(concrete.value, concrete.type, path)},"type":${typeToJSON(concrete.type)}}`;
    }
  }
}
