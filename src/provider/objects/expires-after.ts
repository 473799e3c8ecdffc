import { type Attributes, integer, nested, oneOf, string } from "../../framework/index.ts";
import { between } from "../argument-validators.ts";

/**
 * When the API deletes an object: a time of the object, and how long after it.
 *
 * @param anchor The API's word for the time, and what has it where that is not the object: "created_at", " of the files".
 * @param after The one argument that says how long, by its unit.
 */
export function expiresAfter<const A extends Attributes>(
  [anchor, of = ""]: readonly [anchor: string, of?: string],
  after: A,
) {
  return nested({
    anchor: string({
      required: true,
      validate: [oneOf(anchor)],
      description: `The time from which the ${Object.keys(after).join()} count: \`${anchor}\`${of}.`,
    }),
    ...after,
  });
}

/** `expires_after` of uploaded files, and of files that a batch makes. */
export function fileExpiry(files: "file" | "files") {
  return expiresAfter(["created_at", files === "file" ? "" : " of the files"], {
    seconds: integer({
      required: true,
      validate: [between(3_600, 2_592_000)],
      description: `After how many seconds the API deletes the ${files}: from an hour to 30 days.`,
    }),
  });
}
