import { type Attributes, oneOf, string } from "../../framework/index.ts";
import type { ListDeclaration } from "./declaration.ts";

/** `order`, which is always sent: documentation and server disagree on its default. */
export function orderArgument(usual: "asc" | "desc", description: string) {
  return string({
    optional: true,
    validate: [oneOf("asc", "desc")],
    description: `${description} Left out means \`${usual}\`; it is always sent, so that the API's own default does not matter.`,
  });
}

/** The order of a list, of APIs that have one. */
export function orderArguments({ order }: ListDeclaration<Attributes>): Attributes {
  if (order === false) return {};
  const description = "By the time of creation: `desc`, the newest first, or `asc`.";
  return { order: orderArgument("desc", description) };
}
