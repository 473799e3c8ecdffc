import { type Diagnostics, isUnknown, Path } from "../../framework/index.ts";

/** What each cloud needs, and what it may have, of the arguments that not all clouds have. */
export interface CloudArguments {
  readonly [cloud: string]: { readonly needed: readonly string[]; readonly allowed?: readonly string[] };
}

/**
 * Adds an error with all arguments that the cloud of `type` needs and has not, and one for each argument that it has and
 * does not know.
 */
export function checkCloud(
  clouds: CloudArguments,
  config: { readonly [name: string]: unknown },
  diagnostics: Diagnostics,
): void {
  const { type } = config;
  const own = typeof type === "string" ? clouds[type] : undefined;
  if (own === undefined) return;
  const { needed, allowed = [] } = own;
  const missing = needed.filter((name) => (config[name] ?? null) === null);
  const [first] = missing;
  if (first !== undefined)
    diagnostics.addAttributeError(
      Path.root.atName(first),
      "Missing argument of the cloud",
      `With type = "${type}", ${inWords(needed)} ${needed.length === 1 ? "is" : "are"} needed. Set ${inWords(missing)}.`,
    );
  const all = new Set(Object.values(clouds).flatMap((each) => [...each.needed, ...(each.allowed ?? [])]));
  for (const name of all) {
    const value = config[name] ?? null;
    if (value === null || isUnknown(value) || needed.includes(name) || allowed.includes(name)) continue;
    diagnostics.addAttributeError(
      Path.root.atName(name),
      "Argument of another cloud",
      `${name} is set, and means nothing with type = "${type}". Remove it, or correct type.`,
    );
  }
}

/** Which arguments each cloud needs, and may have, for a description. */
export function cloudsInWords(clouds: CloudArguments): string {
  return Object.entries(clouds)
    .map(([cloud, { needed, allowed = [] }]) => {
      const more = allowed.length === 0 ? "" : `, and may have ${inWords(allowed.map(code))}`;
      return `\`${cloud}\` needs ${inWords(needed.map(code))}${more}.`;
    })
    .join(" ");
}

function code(name: string): string {
  return `\`${name}\``;
}

/** `a, b and c`. */
function inWords(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
