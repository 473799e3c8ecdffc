import type { IncomingHttpHeaders } from "node:http";
import { type Caller, identify } from "./access.ts";
import { isAdminPath } from "./admin.ts";
import type { Clock } from "./clock.ts";
import { bodyOf, membersOf, setMetadata } from "./completion.ts";
import type { Counts } from "./counts.ts";
import { create } from "./create.ts";
import { readCreateRequest } from "./create-request.ts";
import { APIError, invalid } from "./errors.ts";
import type { Identifiers } from "./identifiers.ts";
import { isObject, type Json, type JsonObject, Literal } from "./json.ts";
import { completionNotFound, knownError } from "./known-errors.ts";
import { metadataError } from "./metadata.ts";
import { resolveModel } from "./models.ts";
import { isSingleton, objectRoute, performOnObjects } from "./objects/perform.ts";
import type { StoredObjects } from "./objects/stored-objects.ts";
import type { ServerOptions, Settings } from "./options.ts";
import { parse } from "./parse.ts";
import { listCompletions, listMessages } from "./reads.ts";
import { belowBase, type Route, routeOf } from "./routes.ts";
import type { Store } from "./store.ts";
import { TRIGGERS, textError, triggered } from "./triggers.ts";

/** A request as the API sees it. */
export interface APIRequest {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly bytes: Buffer;
  /** The value of the answer's `x-request-id`. */
  readonly requestID: string;
}

/** What the operations of a server work on. */
export interface APIState {
  readonly options: ServerOptions;
  readonly settings: Settings;
  readonly store: Store;
  readonly objects: StoredObjects;
  readonly clock: Clock;
  readonly ids: Identifiers;
  readonly counts: Counts;
}

/** Who asked, and the success body's JSON or the error. */
export interface Outcome {
  readonly caller: Caller | undefined;
  readonly result: JsonObject | Literal | Buffer | APIError;
  /** Of a success; unset means 200. */
  readonly status?: number;
}

/** Carries out a request. */
export function perform(state: APIState, request: APIRequest): Outcome {
  const refused = gatewayError(state.settings, request.headers);
  if (refused !== undefined) return { caller: undefined, result: refused };
  if (state.options.mode === "azure_legacy" && !request.query.get("api-version")) {
    return { caller: undefined, result: new APIError(404, "Resource not found") };
  }
  const path = belowBase(state.options, request.path);
  const caller = identify(request.headers, state.options, request.method, path);
  if (caller instanceof APIError) return { caller: undefined, result: caller };
  const objects = onObjects(state, request, path, caller);
  if (objects !== undefined) return { caller, ...objects };
  const route = routeOf(request.method, request.path, state.options);
  if (route instanceof APIError) return { caller, result: route };
  return { caller, result: operate(state, request, route, caller) };
}

/** What the API answers about any object but a completion; undefined for paths of completions and for unknown ones. */
function onObjects(
  state: APIState,
  request: APIRequest,
  path: string,
  caller: Caller,
): Pick<Outcome, "result" | "status"> | undefined {
  const route = objectRoute(path);
  if (route === undefined) return undefined;
  const { clock, ids, objects } = state;
  const contentType = request.headers["content-type"] ?? "";
  const result = performOnObjects(
    { objects, newId: (prefix) => ids.object(prefix), now: () => clock.now() },
    { method: request.method, path, query: request.query, contentType, body: request.bytes },
    route,
    caller,
  );
  const created = request.method === "POST" && isAdminPath(path) && route.id === undefined;
  return created && !isSingleton(route) ? { result, status: state.settings.createdStatus } : { result };
}

function operate(state: APIState, request: APIRequest, route: Route, caller: Caller): Outcome["result"] {
  const { store, settings, counts } = state;
  const mode = state.options.mode ?? "openai";
  counts.asked(route.operation);
  if (route.operation === "create") return performCreate(state, request, caller);
  if (route.operation === "list")
    return listCompletions(store.visible(caller), request.query, settings, mode);
  const completion = store.find(route.id, caller);
  if (completion === undefined) return completionNotFound(route.id);
  if (route.operation === "messages") return listMessages(completion, request.query, mode);
  if (route.operation === "delete") {
    store.delete(completion);
    return { object: "chat.completion.deleted", id: completion.id, deleted: true };
  }
  if (route.operation === "update") {
    const metadata = readMetadata(request.body);
    if (metadata instanceof APIError) return metadata;
    const old = membersOf(completion)?.metadata;
    const merged = settings.metadataUpdate === "merge" && isObject(old) ? { ...old, ...metadata } : metadata;
    const error = metadataError(merged);
    if (error !== undefined) return error;
    setMetadata(completion, merged);
  }
  return new Literal(bodyOf(completion, mode, "alone"));
}

function performCreate(state: APIState, request: APIRequest, caller: Caller): JsonObject | APIError {
  const json = readJSON(request.body);
  if (json instanceof APIError) return json;
  const wanted = readCreateRequest(json);
  if (wanted instanceof APIError) return wanted;
  const model = resolveModel(wanted.model, state.options.models);
  if (model === undefined) {
    return new APIError(
      404,
      `The model \`${wanted.model}\` does not exist or you do not have access to it.`,
      {
        code: "model_not_found",
      },
    );
  }
  const error = textError(wanted.messages);
  if (error !== undefined) return error;
  const { clock, ids, settings, store } = state;
  const { view, completion } = create(wanted, {
    caller,
    clock,
    ids,
    settings,
    model,
    requestID: request.requestID,
  });
  state.counts.paid();
  const retains = !settings.zeroDataRetention && !triggered(wanted.messages, TRIGGERS.unstored);
  if (wanted.store && retains) store.add(completion);
  return triggered(wanted.messages, TRIGGERS.serverError) ? knownError("server_error") : view;
}

function readMetadata(body: string): JsonObject | APIError {
  const json = readJSON(body);
  if (json instanceof APIError) return json;
  const metadata = isObject(json) ? json.metadata : undefined;
  if (metadata === undefined) {
    return invalid("Missing required parameter: 'metadata'.", "metadata", "missing_required_parameter");
  }
  if (isObject(json)) {
    const unknown = Object.keys(json).find((name) => name !== "metadata");
    if (unknown !== undefined)
      return invalid(`Unknown parameter: '${unknown}'.`, unknown, "unknown_parameter");
  }
  const error = metadataError(metadata);
  if (error !== undefined) return error;
  return isObject(metadata) ? metadata : {};
}

function readJSON(body: string): Json | APIError {
  try {
    return parse(body);
  } catch {
    return invalid("We could not parse the JSON body of your request.");
  }
}

function gatewayError(settings: Settings, headers: IncomingHttpHeaders): APIError | undefined {
  for (const [name, value] of Object.entries(settings.requiredHeaders)) {
    if (headers[name.toLowerCase()] !== value) {
      return new APIError(401, `The gateway wants the header ${name}.`, { type: "gateway_error" });
    }
  }
  return undefined;
}
