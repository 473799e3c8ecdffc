import { resourceAttributes } from "./resource-attributes.ts";

/** Arguments that are no parameters of a create request. */
const notSent = new Set([
  "messages_wo",
  "messages_wo_version",
  "extra_body_json",
  "store",
  "on_expiry",
  "recreate_after_expiry",
  "timeouts",
]);

/** The arguments by the names that the API has for them: JSON arguments without `_json`. */
export const argumentsByParameter: ReadonlyMap<string, string> = new Map(
  Object.entries(resourceAttributes)
    .filter(([name, { mode, refused }]) => mode !== "computed" && refused === undefined && !notSent.has(name))
    .map(([name]) => [name.replace(/_json$/, ""), name]),
);
