import { type Attributes, type Kind, Path } from "../../framework/index.ts";
import { isSent, memberOf } from "./wire.ts";
import { extraMembers } from "./write.ts";

/**
 * The argument that a `param` of the API's errors stands for, as deep as it can be followed:
 * `expires_after.days`, `metadata[team]`, `tools[1].function`. Undefined where there is none.
 *
 * @param values The configuration: of arguments that share a member, the one that is set is meant.
 */
export function argumentPath(param: string, attributes: Attributes, values?: object): Path | undefined {
  const steps = param.split(/[.[\]]+/).filter((step) => step !== "");
  return follow(undefined, { kind: "object", attributes }, steps, values) ?? extra(steps, attributes, values);
}

/** The argument whose JSON text has the member. */
function extra(
  [first = ""]: readonly string[],
  attributes: Attributes,
  values: object = {},
): Path | undefined {
  const found = Object.entries(attributes).find(([name, attribute]) =>
    extraMembers(attribute, Reflect.get(values, name)).has(first),
  );
  return found && Path.root.atName(found[0]);
}

function follow(
  path: Path | undefined,
  kind: Kind,
  [step, ...rest]: readonly string[],
  values?: object,
): Path | undefined {
  if (step === undefined) return path;
  if (kind.kind === "list" && isIndex(step))
    return follow(path?.atListIndex(Number(step)), kind.element, rest);
  // A key of a map may have dots in it.
  if (kind.kind === "map") return path?.atMapKey([step, ...rest].join("."));
  if (kind.kind !== "object") return path;
  const found = Object.entries(kind.attributes).filter(([name, attribute]) => {
    // A list in a query: the API's errors do not name its brackets.
    const member = memberOf(name, attribute).replace(/\[\]$/, "");
    // One that stands for a member of a member is meant by either.
    const within = member.startsWith(`${step}.`) && `${[step, ...rest].join(".")}.`.startsWith(`${member}.`);
    return isSent(attribute) && (member === step || within);
  });
  const set = found.filter(([name]) => values !== undefined && Reflect.get(values, name) != null);
  const among = set.length === 0 ? found : set;
  // A member may be a text or a list, which are two arguments.
  const one = among.find(([, { kind }]) => (kind.kind === "list") === isIndex(rest[0])) ?? among[0];
  if (one === undefined) return path;
  const [name, attribute] = one;
  const inside = rest.slice(memberOf(name, attribute).split(".").length - 1);
  return follow((path ?? Path.root).atName(name), attribute.kind, inside);
}

function isIndex(step: string | undefined): boolean {
  return step !== undefined && /^\d+$/.test(step);
}
