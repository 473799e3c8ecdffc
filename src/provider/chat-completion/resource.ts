import { takenOver } from "../api/foreign-state.ts";
import { identityOf } from "../api/identity.ts";
import { apiListResource } from "../api/list-resource.ts";
import { isReplaced, warnOfCosts } from "../api/removal.ts";
import { resource } from "../define.ts";
import { completion } from "./completion.ts";
import { foreignCompletion } from "./foreign-values.ts";
import { resourceAttributes } from "./resource-attributes.ts";
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
  modifyPlan: async (request) => {
    if (isReplaced(resourceAttributes, request))
      warnOfCosts("chat completion", "the tokens of the request and of its answer", request.diagnostics);
    return (await import("./update.ts")).planUpdate(request);
  },
  create: async (request) => (await import("./create.ts")).createCompletion(request),
  read: async (request) => (await import("./read.ts")).readCompletion(request),
  update: async (request) => (await import("./update.ts")).updateCompletion(request),
  delete: async (request) => (await import("./delete.ts")).deleteCompletion(request),
  import: async (request) => (await import("./import.ts")).importCompletion(request),
});

/** Finds stored completions. One whose state is asked for costs a request of its own: that of its messages. */
export const chatCompletionListResource = apiListResource(
  completion.declaration,
  async ({ access, known: { id }, response, options, request, diagnostics }) => {
    const { importedState } = await import("./import.ts");
    const { timeoutMs } = options();
    return importedState({ access, id, response, timeoutMs }, { ...request, diagnostics });
  },
);
