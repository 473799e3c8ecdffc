import { CtyError, MAX_DEPTH } from "./error.ts";
import type { Path } from "./path.ts";
import { list, map, object, set, type Type, tuple, typeToJSON } from "./type.ts";
import { DynamicValue, isUnknown } from "./value.ts";

/**
 * Throws CtyError when elements of a collection differ in the types that their dynamic values have, or
 * when one has a null where another has a value. Terraform crashes on such a value ("inconsistent list
 * element types", ListVal in go-cty's value_init.go). Takes elements that conform otherwise.
 */
export function checkSameType(elements: Iterable<unknown>, type: Type, path: Path): void {
  if (holdsDynamic(type)) commonType(elements, type, path);
}

const DYNAMIC_INSIDE = new WeakMap<Type, boolean>();

/** Whether the type has dynamic slots; remembered, as it is asked again for every container. */
export function holdsDynamic(type: Type, depth = 0): boolean {
  const known = DYNAMIC_INSIDE.get(type);
  // A type beyond the limit is refused when its values are walked.
  if (known !== undefined || depth > MAX_DEPTH) return known ?? false;
  const result = type.kind === "dynamic" || partsOf(type).some((part) => holdsDynamic(part, depth + 1));
  DYNAMIC_INSIDE.set(type, result);
  return result;
}

function partsOf(type: Type): readonly Type[] {
  if ("element" in type) return [type.element];
  if (type.kind === "tuple") return type.elements;
  return type.kind === "object" ? [...type.attributes.values()] : [];
}

/** The type that all elements have; an untyped null or unknown value goes with any. */
function commonType(elements: Iterable<unknown>, type: Type, path: Path): Type {
  let common = type;
  let commonJSON: string | undefined;
  for (const element of elements) {
    const concrete = concreteType(element, type, path);
    if (concrete.kind === "dynamic") continue;
    const json = typeToJSON(concrete);
    commonJSON ??= json;
    if (json !== commonJSON) {
      throw new CtyError(
        path,
        `all elements of a collection must have the same type, got ${commonJSON} and ${json}; Terraform crashes on such a value`,
      );
    }
    common = concrete;
  }
  return common;
}

/** The type that go-cty gives the value: the declared one, with the actual types in its dynamic slots. */
function concreteType(value: unknown, type: Type, path: Path): Type {
  if (value === null || isUnknown(value) || !holdsDynamic(type)) return type;
  if (value instanceof DynamicValue) return concreteType(value.value, value.type, path);
  if (type.kind === "map" && value instanceof Map) return map(commonType(value.values(), type.element, path));
  if (type.kind === "object" && typeof value === "object") {
    const attributes = new Map<string, unknown>(Object.entries(value));
    const concrete = [...type.attributes].map(([name, attribute]): [string, Type] => {
      return [name, concreteType(attributes.get(name), attribute, path)];
    });
    return object(concrete);
  }
  if (!Array.isArray(value)) return type;
  if (type.kind === "list") return list(commonType(value, type.element, path));
  if (type.kind === "set") return set(commonType(value, type.element, path));
  return type.kind === "tuple"
    ? tuple(type.elements.map((one, i) => concreteType(value[i], one, path)))
    : type;
}
