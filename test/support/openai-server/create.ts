import type { Caller } from "./access.ts";
import { answer } from "./answer.ts";
import { storedTool } from "./answer-tools.ts";
import type { Clock } from "./clock.ts";
import { type StoredCompletion, storedChoice, storedView } from "./completion.ts";
import type { CreateRequest } from "./create-request.ts";
import type { Identifiers } from "./identifiers.ts";
import { float, isArray, isObject, type JsonObject, numberOf, stringify } from "./json.ts";
import type { Settings } from "./options.ts";

/** What a create request leaves behind. */
export interface Created {
  /** The create view that is answered. */
  readonly view: JsonObject;
  /** What is to be stored; it is not when the request or the organization's retention says so. */
  readonly completion: StoredCompletion;
}

/** What is known when a request has been accepted. */
export interface CreateContext {
  readonly caller: Caller;
  readonly clock: Clock;
  readonly ids: Identifiers;
  readonly settings: Settings;
  /** The dated name of the model. */
  readonly model: string;
  /** The request's ID, which the stored view repeats. */
  readonly requestID: string;
}

/** Carries out a create request that was found to be in order. */
export function create(request: CreateRequest, context: CreateContext): Created {
  const { caller, clock, ids, settings, model, requestID } = context;
  const { body } = request;
  const searched = body.web_search_options !== undefined;
  const id = ids.completion(searched ? "uuid" : "plain");
  const created = clock.seconds();
  const { choices, usage } = answer(request, ids, created);
  const system_fingerprint = searched ? "" : "fp_4e1f7c20aa";
  const view: JsonObject = {
    id,
    object: "chat.completion",
    created,
    model,
    choices,
    usage,
    // Answers of web search models lack the tier.
    service_tier: searched ? undefined : tierOf(request),
    system_fingerprint,
    moderation: body.moderation === undefined ? undefined : moderation(),
  };
  const metadata = isObject(body.metadata) ? body.metadata : {};
  const stored = storedView({
    id,
    model,
    created,
    request_id: requestID,
    usage: {
      total_tokens: usage.total_tokens,
      completion_tokens: usage.completion_tokens,
      prompt_tokens: usage.prompt_tokens,
    },
    seed: body.seed ?? ids.seed(),
    choices: choices.map(storedChoice),
    metadata,
    system_fingerprint,
    rest: echoed(request),
  });
  return {
    view,
    completion: {
      id,
      created,
      owner: { organization: caller.organization, project: caller.project },
      messages: request.messages,
      visibleAt: clock.now() + settings.visibleAfterMs,
      expires: true,
      goneAt: undefined,
      body: stringify(stored),
    },
  };
}

/** The parameters that the stored view repeats. */
function echoed(request: CreateRequest): JsonObject {
  const { body } = request;
  return {
    tool_choice: body.tool_choice ?? null,
    top_p: float(numberOf(body.top_p) ?? 1),
    temperature: float(numberOf(body.temperature) ?? 1),
    presence_penalty: float(numberOf(body.presence_penalty) ?? 0),
    frequency_penalty: float(numberOf(body.frequency_penalty) ?? 0),
    input_user: body.user ?? null,
    service_tier: tierOf(request),
    tools: isArray(body.tools) ? body.tools.map(storedTool) : null,
    response_format: body.response_format ?? null,
  };
}

/** `auto` is decided by the server. */
function tierOf(request: CreateRequest): string {
  const tier = request.body.service_tier;
  return typeof tier === "string" && tier !== "auto" ? tier : "default";
}

function moderation(): JsonObject {
  const nothing = { type: "moderation_results", model: "omni-moderation-latest", results: [] };
  return { input: nothing, output: nothing };
}
