import { quote, string, type Validator } from "../../framework/index.ts";
import { objectType, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { isKey, pathSegmentValidator } from "../http-validators.ts";

/** What an ID with slashes must not be: each of its parts becomes a segment of a URL's path. */
function pathSegmentsValidator(): Validator<string> {
  const one = pathSegmentValidator();
  return {
    description:
      "may have slashes, with a segment of a URL's path between them: not `.` or `..`, and without backslashes and control characters",
    validate(value) {
      const parts = value.split("/");
      if (isKey(value) || parts.length === 1) return one.validate(value);
      if (parts.some((part) => part.trim() === ""))
        return {
          detail: "Nothing stands before, after or between slashes. Is this one a URL or a path?",
          given: quote(value),
        };
      const problem = parts.map((part) => one.validate(part)).find((each) => each !== undefined);
      return problem && { ...problem, given: quote(value) };
    },
  };
}

/** A model that the key's project may use: OpenAI's own, or a fine-tuned one. */
export const model = apiObject({
  name: "openai_model",
  noun: "model",
  subcategory: "Models",
  path: "models",
  id: "gpt-5.6-sol",
  slashes: pathSegmentsValidator(),
  // A name without a date may be answered with the model that it stands for.
  isAlias: () => true,
  missing: ["its name is misspelt, or OpenAI has shut it down", "the key's project has no access to it"],
  attributes: {
    object: objectType("model"),
    created: timestamp("of its creation"),
    owned_by: string({ computed: true, description: "The organization that owns the model." }),
    shutdown_date: string({
      computed: true,
      description:
        "The day on which OpenAI shuts the model down, as `YYYY-MM-DD`; null where none is announced.",
    }),
  },
  dataSource: { description: "Reads a model: who owns it, and on which day it is shut down." },
  list: {
    description:
      "Reads all models that the key's project may use, with the days on which they are shut down.",
    pages: "single",
    order: false,
  },
});
