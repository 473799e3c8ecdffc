import { takenOver } from "../api/foreign-state.ts";
import { identityOf } from "../api/identity.ts";
import { apiListResource } from "../api/list-resource.ts";
import { resource } from "../define.ts";
import { completion } from "./completion.ts";
import { createCompletion } from "./create.ts";
import { deleteCompletion } from "./delete.ts";
import { foreignCompletion } from "./foreign-values.ts";
import { importCompletion, importedState } from "./import.ts";
import { readCompletion } from "./read.ts";
import { resourceAttributes } from "./resource-attributes.ts";
import { planUpdate, updateCompletion } from "./update.ts";
import { configValidators, validateResource } from "./validate.ts";

export const chatCompletionResource = resource({
  name: "openai_chat_completion",
  description:
    "Creates a chat completion with `store = true`, and keeps it: the answer stays in state, and the completion with " +
    "OpenAI for 30 days. Creating is paid for; no plan, refresh, import, or change of `metadata` or `timeouts` is.",
  attributes: resourceAttributes,
  identity: identityOf(completion.declaration),
  ...takenOver(completion.declaration.name, resourceAttributes, foreignCompletion),
  configValidators,
  validate: ({ config, diagnostics }) => validateResource(config, diagnostics),
  modifyPlan: planUpdate,
  create: createCompletion,
  read: readCompletion,
  update: updateCompletion,
  delete: deleteCompletion,
  import: importCompletion,
});

/** Finds stored completions. One whose state is asked for costs a request of its own: that of its messages. */
export const chatCompletionListResource = apiListResource(
  completion.declaration,
  ({ access, known: { id }, response, options, request, diagnostics }) =>
    importedState({ access, id, response, timeoutMs: options().timeoutMs }, { ...request, diagnostics }),
);
