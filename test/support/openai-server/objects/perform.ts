import type { Caller } from "../access.ts";
import { APIError, invalid } from "../errors.ts";
import { isObject, type Json, type JsonObject, Literal } from "../json.ts";
import { knownError } from "../known-errors.ts";
import { metadataError } from "../metadata.ts";
import { readPageRequest } from "../pages.ts";
import { parse } from "../parse.ts";
import { type ActionCall, type Made, type ObjectKind, objectKinds } from "./kinds.ts";
import { formParts } from "./multipart.ts";
import type { StoredObject, StoredObjects } from "./stored-objects.ts";

/** What the operations on objects need of a request and of the server. */
export interface ObjectRequest {
  readonly method: string;
  /** Below the base path, still encoded: `/vector_stores/vs_1`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: Buffer;
}

export interface ObjectState {
  readonly objects: StoredObjects;
  readonly newId: (prefix: string) => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

type Result = JsonObject | Literal | Buffer | APIError;

interface Route {
  readonly kind: ObjectKind;
  readonly parents: Readonly<Record<string, string>>;
  readonly id: string | undefined;
  /** The step below the object: `content`, or an action. */
  readonly below: string | undefined;
}

/** Which kind of object a path is about; undefined where it is about none. */
export function objectRoute(path: string): Route | undefined {
  for (const kind of objectKinds) {
    const names: string[] = [];
    const pattern = kind.path.replace(/\{(\w+)\}/g, (_, name) => {
      names.push(name);
      return "([^/]+)";
    });
    const match = new RegExp(`^/${pattern}(?:/([^/]+)(?:/(content${actionsOf(kind)}))?)?$`).exec(path);
    if (match === null) continue;
    const [, ...groups] = match.map((group) => (group === undefined ? undefined : decodeURIComponent(group)));
    const parents = Object.fromEntries(names.map((name, index) => [name, groups[index] ?? ""]));
    return { kind, parents, id: groups[names.length], below: groups[names.length + 1] };
  }
  return undefined;
}

function actionsOf({ actions = {} }: ObjectKind): string {
  return Object.keys(actions)
    .map((name) => `|${name}`)
    .join("");
}

/** Carries out a request to objects. */
export function performOnObjects(
  state: ObjectState,
  request: ObjectRequest,
  route: Route,
  caller: Caller,
): Result {
  const { method } = request;
  const { kind, parents, id } = route;
  const parent = missingParent(state, route, caller);
  if (parent !== undefined) return parent;
  const visible = state.objects.visible(kind, parents, caller);
  if (id === undefined) {
    if (kind.query !== undefined)
      return method === "POST" ? answerQuery(request, kind, kind.query) : knownError("method_not_supported");
    if (method === "GET") return listOf(state, request, route, visible);
    return method === "POST" && kind.create !== undefined
      ? createOne(state, request, route, caller)
      : knownError("method_not_supported");
  }
  const object = visible.find((each) => each.id === id);
  if (object === undefined) return missing(kind, id, parents);
  if (route.below === "content")
    return method === "GET" ? (object.content ?? Buffer.alloc(0)) : knownError("method_not_supported");
  const action = kind.actions?.[route.below ?? ""];
  if (action !== undefined && method !== "POST") return knownError("method_not_supported");
  const refused = action?.(object, actionCall(state, request));
  if (refused !== undefined) return refused;
  if (method === "GET" || action !== undefined)
    return new Literal(JSON.stringify(state.objects.bodyOf(object)));
  if (method === "POST" && kind.update !== undefined) return updateOne(state, request, object, kind.update);
  if (method !== "DELETE" || kind.delete === undefined) return knownError("method_not_supported");
  state.objects.forget(object);
  return { id, object: kind.delete.object, deleted: true };
}

function actionCall({ objects, now }: ObjectState, { body }: ObjectRequest): ActionCall {
  const json = body.length === 0 ? {} : parse(body.toString());
  return { seconds: Math.floor(now() / 1000), parameters: isObject(json) ? json : {}, objects };
}

function missing({ missing }: ObjectKind, id: string, parents: Route["parents"]): APIError {
  const message = missing.message.replace(/\{(\w+)\}/g, (_, name) =>
    name === "id" ? id : (parents[name] ?? ""),
  );
  const { param, code } = missing;
  return new APIError(404, message, { ...(param && { param }), ...(code && { code }) });
}

/** The 404 for what an object should belong to. */
function missingParent(state: ObjectState, { kind, parents }: Route, caller: Caller): APIError | undefined {
  const above = kindAbove(kind);
  const id = Object.values(parents)[0];
  if (above === undefined || id === undefined) return undefined;
  return aboveOf(state, { kind, parents }, caller) === undefined ? missing(above, id, {}) : undefined;
}

function kindAbove(kind: ObjectKind): ObjectKind | undefined {
  return objectKinds.find(({ path }) => kind.path.startsWith(`${path}/{`));
}

/** What an object belongs to. */
function aboveOf(
  state: ObjectState,
  { kind, parents }: Pick<Route, "kind" | "parents">,
  caller: Caller,
): StoredObject | undefined {
  const above = kindAbove(kind);
  const [id] = Object.values(parents);
  return above && state.objects.visible(above, {}, caller).find((object) => object.id === id);
}

function answerQuery(
  request: ObjectRequest,
  { sample }: ObjectKind,
  { parameters, required, answer }: NonNullable<ObjectKind["query"]>,
): Result {
  const read = bodyOf(request, parameters);
  if (read instanceof APIError) return read;
  const absent = required.find((name) => read.parameters[name] === undefined);
  return absent === undefined ? answer(sample, read.parameters) : missingParameter(absent);
}

function missingParameter(name: string): APIError {
  return invalid(`Missing required parameter: '${name}'.`, name, "missing_required_parameter");
}

function createOne(state: ObjectState, request: ObjectRequest, route: Route, caller: Caller): Result {
  const { kind, parents } = route;
  const read =
    kind.form === true && /^multipart\//.test(request.contentType)
      ? formOf(request)
      : bodyOf(request, kind.create?.parameters ?? []);
  if (read instanceof APIError) return read;
  const { parameters, file } = read;
  for (const name of kind.create?.required ?? []) {
    const there = name === "file" ? file !== undefined : parameters[name] !== undefined;
    if (!there) return missingParameter(name);
  }
  const given = "prefix" in kind.id ? state.newId(kind.id.prefix) : String(parameters[kind.id.parameter]);
  const { key } = kind;
  const id = key === undefined ? given : nextNumber(state, kind, parents);
  const createdAt = state.now();
  const known = Object.keys(kind.sample);
  const members = Object.entries(parameters).filter(([name]) => known.includes(name));
  const body: Record<string, unknown> = {
    ...structuredClone(kind.sample),
    ...Object.fromEntries(members),
    ...parents,
    id: given,
    ...(key === undefined ? {} : { [key]: id }),
    created_at: Math.floor(createdAt / 1000),
    ...(file === undefined ? {} : { filename: file.filename, bytes: file.content.length }),
    ...(kind.progress === undefined ? {} : { [kind.progress.member]: kind.progress.from }),
  };
  // The API keeps an empty object where nothing is given.
  if ("metadata" in body && body.metadata === null) body.metadata = {};
  kind.created?.(body, parameters, aboveOf(state, route, caller));
  const size = file?.content.length ?? 0;
  const object: StoredObject = {
    kind,
    id,
    parents,
    owner: caller,
    body,
    content: kind.large === true && size > mostKept ? undefined : file?.content,
    size,
    createdAt,
    progresses: true,
  };
  state.objects.add(object);
  for (const made of kind.makes?.(body, parameters) ?? [])
    addMade(state.objects, made, { caller, createdAt });
  return new Literal(JSON.stringify(state.objects.bodyOf(object)));
}

function addMade(
  objects: StoredObjects,
  { path, parents, members }: Made,
  { caller, createdAt }: { readonly caller: Caller; readonly createdAt: number },
): void {
  const kind = objectKinds.find((each) => each.path === path);
  if (kind === undefined) throw new Error(`the server has no objects at ${path}`);
  const id = String(members.id);
  const created = { created_at: Math.floor(createdAt / 1000) };
  const body = { ...structuredClone(kind.sample), ...members, ...parents, ...created, id };
  const common = { owner: caller, content: undefined, createdAt, progresses: false };
  objects.add({ ...common, kind, id, parents, body });
}

/** Of a large upload, that much of a part is kept. */
const mostKept = 8 * 1024 * 1024;

/** The first of a parent is made with the parent. */
function nextNumber(state: ObjectState, { path }: ObjectKind, parents: Route["parents"]): string {
  const [above] = Object.values(parents);
  const numbers = state.objects
    .all(path)
    .filter((each) => Object.values(each.parents)[0] === above)
    .map(({ id }) => Number(id));
  return String(Math.max(1, ...numbers) + 1);
}

function updateOne(
  state: ObjectState,
  request: ObjectRequest,
  object: StoredObject,
  allowed: readonly string[],
): Result {
  const read = bodyOf(request, allowed);
  if (read instanceof APIError) return read;
  for (const [name, value] of Object.entries(read.parameters)) {
    object.body[name] = name === "metadata" && value === null ? {} : value;
  }
  return new Literal(JSON.stringify(state.objects.bodyOf(object)));
}

interface Read {
  readonly parameters: JsonObject;
  readonly file?: { readonly filename: string; readonly content: Buffer };
}

function bodyOf({ body }: ObjectRequest, allowed: readonly string[]): Read | APIError {
  let json: Json;
  try {
    json = parse(body.toString());
  } catch {
    return invalid("We could not parse the JSON body of your request.");
  }
  if (!isObject(json)) return invalid("Invalid type for the body: expected an object.");
  const unknown = Object.keys(json).find((name) => !allowed.includes(name));
  if (unknown !== undefined) return invalid(`Unknown parameter: '${unknown}'.`, unknown, "unknown_parameter");
  const { metadata } = json;
  const error = metadata === undefined || metadata === null ? undefined : metadataError(metadata);
  return error ?? { parameters: JSON.parse(body.toString()) };
}

function formOf({ contentType, body }: ObjectRequest): Read | APIError {
  const parts = formParts(contentType, body);
  if (parts === undefined) return invalid("The request is not a form with a boundary.");
  const parameters: Record<string, Json> = {};
  for (const { name, filename, content } of parts) {
    const nested = /^(\w+)\[(\w+)\]$/.exec(name);
    if (filename !== undefined) continue;
    if (nested === null) parameters[name] = content.toString();
    else {
      const [, outer = "", inner = ""] = nested;
      const before = parameters[outer];
      parameters[outer] = { ...(isObject(before) ? before : {}), [inner]: content.toString() };
    }
  }
  const file = parts.find(({ filename }) => filename !== undefined);
  return file?.filename === undefined
    ? { parameters }
    : { parameters, file: { filename: file.filename, content: file.content } };
}

function listOf(
  state: ObjectState,
  { query }: ObjectRequest,
  { kind }: Route,
  visible: StoredObject[],
): Result {
  const matching = visible.filter((object) =>
    Object.entries(kind.filters ?? {}).every(([parameter, member]) => {
      const wanted = query.get(parameter);
      return wanted === null || state.objects.bodyOf(object)[member] === wanted;
    }),
  );
  const bodyText = (object: StoredObject) => new Literal(JSON.stringify(state.objects.bodyOf(object)));
  if (kind.single === true) return { object: "list", data: matching.map(bodyText) };
  const request = readPageRequest(query, "desc");
  if (request instanceof APIError) return request;
  const ordered = request.order === "asc" ? matching : [...matching].reverse();
  const start =
    request.after === undefined ? 0 : ordered.findIndex(({ body }) => body.id === request.after) + 1;
  if (request.after !== undefined && start === 0) {
    return invalid(`Invalid 'after': no item with ID '${request.after}' found.`, "after", "invalid_value");
  }
  const shown = ordered.slice(start, start + request.limit);
  return {
    object: "list",
    data: shown.map(bodyText),
    first_id: cursorOf(shown[0]),
    last_id: cursorOf(shown.at(-1)),
    has_more: start + shown.length < ordered.length,
  };
}

/** A list names its objects by their own IDs, whatever their paths have. */
function cursorOf(object: StoredObject | undefined): string | null {
  return object === undefined ? null : String(object.body.id);
}
