import { type Diagnostic, Path } from "../../framework/index.ts";
import type { OpenAIError } from "../../openai/index.ts";
import { diagnosticOf, explain, type Texts } from "../explain/explain.ts";
import type { Subject } from "../explain/subject.ts";

/** A failed creation in a practitioner's words: what the API has against it, and whether it may have been paid for. */
export function explainCreate(
  error: OpenAIError,
  subject: Subject,
  argument: Subject["argument"],
): Diagnostic {
  const texts = refusalTexts(error, argument);
  if (texts !== undefined) return diagnosticOf(error, texts);
  return explain(error, { ...subject, ...(argument === undefined ? {} : { argument }) });
}

/** Texts for what only a creation can be refused for. */
function refusalTexts(error: OpenAIError, argument: Subject["argument"]): Texts | undefined {
  const { api } = error;
  const at = (param: string): Pick<Texts, "path"> => {
    const path = argument?.(api?.param ?? param) ?? argument?.(param);
    return path === undefined ? {} : { path };
  };
  switch (api?.code) {
    case "context_length_exceeded":
    case "string_above_max_length":
      if (api.code === "string_above_max_length" && !api.param?.startsWith("messages")) return undefined;
      return {
        summary: "Prompt too long for the model",
        paragraphs: [
          "The messages have more tokens than fit into the model's context, together with the answer's. Nothing was created " +
            "or paid for.",
          "Shorten the messages, lower max_completion_tokens, or use a model with a larger context.",
        ],
        ...at("messages"),
      };
    case "invalid_prompt":
    case "content_policy_violation":
    case "content_filter":
      return {
        summary: "Prompt refused by the content policy",
        paragraphs: [
          "The API takes the messages for a breach of its usage policies, and does not answer them. Nothing was created or " +
            "paid for.",
          "Change the messages. Asking the same again can have consequences for the account.",
        ],
        ...at("messages"),
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
