import type { JsonObject, JsonValue } from "../../openai/index.ts";

/** An object of the members that are there, in the order in which they are written. */
export function object(members: { readonly [name: string]: JsonValue | undefined }): JsonObject {
  return new Map(
    Object.entries(members).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  );
}
