import { type Attributes, type Kind, Path } from "../../framework/index.ts";
import { memberOf } from "./wire.ts";

/**
 * The argument that a `param` of the API's errors stands for, as deep as it can be followed:
 * `expires_after.days`, `metadata[team]`, `tools[1].function`. Undefined where there is none.
 */
export function argumentPath(param: string, attributes: Attributes): Path | undefined {
  const steps = param.split(/[.[\]]+/).filter((step) => step !== "");
  return follow(undefined, { kind: "object", attributes }, steps);
}

function follow(path: Path | undefined, kind: Kind, [step, ...rest]: readonly string[]): Path | undefined {
  if (step === undefined) return path;
  if (kind.kind === "list" && /^\d+$/.test(step))
    return follow(path?.atListIndex(Number(step)), kind.element, rest);
  // A key of a map may have dots in it.
  if (kind.kind === "map") return path?.atMapKey([step, ...rest].join("."));
  if (kind.kind !== "object") return path;
  const found = Object.entries(kind.attributes).find(
    ([name, attribute]) => attribute.mode !== "computed" && memberOf(name, attribute) === step,
  );
  if (found === undefined) return path;
  const [name, attribute] = found;
  return follow((path ?? Path.root).atName(name), attribute.kind, rest);
}
