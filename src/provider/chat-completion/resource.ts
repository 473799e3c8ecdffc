import { type Plan, type State, UNKNOWN } from "../../framework/index.ts";
import { apiObject } from "../api/object.ts";
import { sameAttribute } from "../api/refresh.ts";
import { completionList, completionNames } from "./completion.ts";
import { foreignCompletion } from "./foreign-values.ts";
import { type ResourceAttributes, resourceAttributes } from "./resource-attributes.ts";
import { configValidators, validateResource } from "./validate.ts";

/** A chat completion with the arguments that it was created with. */
export const keptCompletion = apiObject({
  ...completionNames,
  attributes: resourceAttributes,
  list: completionList,
  // An import alone has a use for it.
  more: async (request) => (request.imported ? (await import("./import.ts")).importedArguments(request) : {}),
  resource: {
    description:
      "Creates a chat completion with `store = true`, and keeps it: the answer stays in state, and the completion with " +
      "OpenAI for 30 days. Creating is paid for; no plan, refresh, import, or change of `metadata` or `timeouts` is.",
    paid: "the tokens of the request and of its answer",
    keeps: {
      noun: "completion",
      created: "created",
      changes: ["metadata"],
      partial: true,
      requestId: "request_id",
      lingers: true,
      lacking: '"stored" has only what the answer says.',
    },
    // Some gateways stream unless a request says no.
    always: { store: true, stream: false },
    update: ["metadata", "store", "on_expiry", "recreate_after_expiry"],
    foreignValues: foreignCompletion,
    configValidators,
    validate: ({ config, diagnostics }) => validateResource(config, diagnostics),
    modifyPlan: async ({ plan, state }) => planStored(plan, state),
  },
});

/** A change of the metadata leaves unknown what is stored of it, and nothing else. */
function planStored(plan: Plan<ResourceAttributes>, state: State<ResourceAttributes> | null) {
  if (state === null || sameAttribute(resourceAttributes.metadata, plan.metadata, state.metadata))
    return undefined;
  return { plan: { stored: state.stored === null ? UNKNOWN : { ...state.stored, metadata: UNKNOWN } } };
}
