import { type Diagnostics, isUnknown, Path } from "../../framework/index.ts";

/** What each cloud needs, and what it may have, of the arguments that not all clouds have. */
export interface CloudArguments {
  readonly [cloud: string]: { readonly needed: readonly string[]; readonly allowed?: readonly string[] };
}

/** Adds an error for each argument that the cloud of `type` needs and has not, or has and does not know. */
export function checkCloud(
  clouds: CloudArguments,
  config: { readonly [name: string]: unknown },
  diagnostics: Diagnostics,
): void {
  const { type } = config;
  const own = typeof type === "string" ? clouds[type] : undefined;
  if (own === undefined) return;
  const { needed, allowed = [] } = own;
  const all = new Set(Object.values(clouds).flatMap((each) => [...each.needed, ...(each.allowed ?? [])]));
  for (const name of all) {
    const value = config[name] ?? null;
    if (isUnknown(value)) continue;
    if (value === null && needed.includes(name))
      diagnostics.addAttributeError(
        Path.root.atName(name),
        "Missing argument of the cloud",
        `With type = "${type}", ${name} is needed. It needs ${needed.join(", ")}.`,
      );
    if (value !== null && !needed.includes(name) && !allowed.includes(name))
      diagnostics.addAttributeError(
        Path.root.atName(name),
        "Argument of another cloud",
        `${name} is set, and means nothing with type = "${type}". Remove it. The type needs ${needed.join(", ")}.`,
      );
  }
}
