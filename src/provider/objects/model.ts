import { string } from "../../framework/index.ts";
import { objectType, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";

/** A model that the key's project may use: OpenAI's own, or a fine-tuned one. */
export const model = apiObject({
  name: "openai_model",
  noun: "model",
  subcategory: "Models",
  path: "models",
  id: "gpt-5.6-sol",
  slashes: true,
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
