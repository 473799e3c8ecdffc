import { nested, string } from "../../framework/index.ts";
import { completionAttributes } from "../chat-completion/attributes.ts";

/** One completion of a list. */
export const element = nested({
  id: string({ computed: true, description: "The ID of the chat completion." }),
  ...completionAttributes,
});

export type ElementAttributes = (typeof element)["attributes"];
