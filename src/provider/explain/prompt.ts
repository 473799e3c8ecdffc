import { Path } from "../../framework/index.ts";
import type { OpenAIError } from "../../openai/index.ts";
import type { Texts } from "./explain.ts";
import type { Subject } from "./subject.ts";

/** Texts for what only the prompt of a creation can be refused for. */
export function promptTexts(
  { api }: OpenAIError,
  { topic, operation, argument }: Subject,
): Texts | undefined {
  const { prompt } = topic;
  if (prompt === undefined || operation !== "create") return undefined;
  const at = (): Pick<Texts, "path"> => {
    const path = argument?.(api?.param ?? prompt) ?? argument?.(prompt);
    return path === undefined ? {} : { path };
  };
  switch (api?.code) {
    case "context_length_exceeded":
    case "string_above_max_length":
      if (api.code === "string_above_max_length" && !api.param?.startsWith(prompt)) return undefined;
      return {
        summary: "Prompt too long for the model",
        paragraphs: [
          "The prompt has more tokens than fit into the model's context, together with the answer's. Nothing was created or " +
            "paid for.",
          `Shorten the ${prompt}, lower the most tokens that the answer may have, or use a model with a larger context.`,
        ],
        ...at(),
      };
    case "invalid_prompt":
    case "content_policy_violation":
    case "content_filter":
      return {
        summary: "Prompt refused by the content policy",
        paragraphs: [
          "The API takes the prompt for a breach of its usage policies, and does not answer it. Nothing was created or paid for.",
          `Change the ${prompt}. Asking the same again can have consequences for the account.`,
        ],
        ...at(),
      };
    case "model_not_found":
      return {
        summary: "Unknown model",
        paragraphs: [
          "The API has no model of this name, or the key's project has no access to it. Nothing was created or paid for.",
          "Correct model, allow it in the project's settings, or use a key of a project that has access. Behind a gateway, " +
            "models have the gateway's names.",
        ],
        path: Path.root.atName("model"),
      };
    default:
      return undefined;
  }
}
