import { type Kind, Path } from "../../framework/index.ts";
import { isJsonObject } from "../../openai/index.ts";
import { parseJsonArgument } from "../json-argument.ts";
import { resourceAttributes } from "./resource-attributes.ts";
import { argumentsByParameter } from "./wire-names.ts";

/** Which of the arguments that share a parameter a configuration sets. */
export interface WrittenArguments {
  readonly messages: unknown;
  readonly extra_body_json: string | null;
}

/**
 * The argument that a `param` of the API's errors stands for, as deep as it can be followed:
 * `messages[0].content`, `metadata.team`, `tools[1].function.parameters`. Undefined where there is none.
 */
export function paramPath(param: string, written: WrittenArguments): Path | undefined {
  const [first = "", ...rest] = param.split(/[.[\]]+/).filter((step) => step !== "");
  const name =
    first === "messages" && written.messages === null ? "messages_wo" : argumentsByParameter.get(first);
  const attribute = Object.entries(resourceAttributes).find(([each]) => each === name)?.[1];
  if (name !== undefined && attribute !== undefined)
    return follow(Path.root.atName(name), attribute.kind, rest);
  const extra = written.extra_body_json === null ? undefined : parseJsonArgument(written.extra_body_json);
  return isJsonObject(extra) && extra.has(first) ? Path.root.atName("extra_body_json") : undefined;
}

function follow(path: Path, kind: Kind, [step, ...rest]: readonly string[]): Path {
  if (step === undefined) return path;
  if (kind.kind === "list" && /^\d+$/.test(step))
    return follow(path.atListIndex(Number(step)), kind.element, rest);
  // A key of a map may have dots in it.
  if (kind.kind === "map") return path.atMapKey([step, ...rest].join("."));
  if (kind.kind !== "object") return path;
  const names = rest.some((each) => /^\d+$/.test(each))
    ? [`${step}_parts`, step, `${step}_json`]
    : [step, `${step}_json`];
  const usable = (name: string) =>
    Object.hasOwn(kind.attributes, name) && kind.attributes[name]?.refused === undefined;
  const name = names.find(usable);
  const attribute = name === undefined ? undefined : kind.attributes[name];
  return name === undefined || attribute === undefined
    ? path
    : follow(path.atName(name), attribute.kind, rest);
}
