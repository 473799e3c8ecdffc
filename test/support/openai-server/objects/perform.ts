import type { Caller } from "../access.ts";
import { isAdminPath } from "../admin.ts";
import { APIError, invalid } from "../errors.ts";
import { isObject, type Json, type JsonObject, Literal } from "../json.ts";
import { knownError } from "../known-errors.ts";
import { parse } from "../parse.ts";
import { bucketsOf } from "./buckets.ts";
import { objectKinds } from "./kinds.ts";
import { listOf } from "./list.ts";
import type { ActionCall, Made, ObjectKind } from "./object-kind.ts";
import { bodyOf, formOf } from "./request-body.ts";
import { singletonOf } from "./singleton.ts";
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
  patterns ??= objectKinds.map(patternOf);
  for (const { kind, names, pattern } of patterns) {
    const match = pattern.exec(path);
    if (match === null) continue;
    const [, ...groups] = match.map((group) => (group === undefined ? undefined : decodeURIComponent(group)));
    const parents = Object.fromEntries(names.map((name, index) => [name, groups[index] ?? ""]));
    return { kind, parents, id: groups[names.length], below: groups[names.length + 1] };
  }
  return undefined;
}

/** Made once: every request is compared with all of them. */
let patterns: ReturnType<typeof patternOf>[] | undefined;

function patternOf(kind: ObjectKind) {
  const names: string[] = [];
  const parents = kind.path.replace(/\{(\w+)\}/g, (_, name) => {
    names.push(name);
    return "([^/]+)";
  });
  const id = kind.slashes === true ? ".+" : "[^/]+";
  const below = kind.singleton === true ? "" : `(?:/(${id})(?:/(content${actionsOf(kind)}))?)?`;
  return { kind, names, pattern: new RegExp(`^/${parents}${below}$`) };
}

function actionsOf({ actions = {}, archive }: ObjectKind): string {
  return [...Object.keys(actions), ...(archive === undefined ? [] : ["archive"])]
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
  const unfit = missingParent(state, route, caller) ?? archivedParent(state, request, route, caller);
  if (unfit !== undefined) return unfit;
  if (kind.singleton === true) return performOnSingleton(state, request, route, caller);
  // A write meets what is there, whatever reads still show.
  const visible = state.objects.visible(kind, parents, caller, method === "GET" ? "shown" : "newest");
  if (id === undefined) {
    if (kind.buckets !== undefined)
      return method === "GET"
        ? bucketsOf(kind.buckets, kind.sample, request.query, state.now())
        : knownError("method_not_supported");
    if (kind.query !== undefined)
      return method === "POST" ? answerQuery(request, kind, kind.query) : knownError("method_not_supported");
    if (method === "GET") return listOf(state.objects, request.query, kind, visible);
    return method === "POST" && kind.create !== undefined
      ? createOne(state, request, route, caller)
      : knownError("method_not_supported");
  }
  const step = method === "POST" ? kind.steps?.[id] : undefined;
  if (step !== undefined) return step(visible, actionCall(state, request));
  const object = visible.find((each) => kind.isNamed?.(each, id) ?? each.id === id);
  if (object === undefined) return missing(kind, id, parents);
  if (route.below === "content")
    return method === "GET" ? (object.content ?? Buffer.alloc(0)) : knownError("method_not_supported");
  if (route.below !== undefined)
    return method === "POST" ? act(state, request, object, route.below) : knownError("method_not_supported");
  if (method === "GET")
    return kind.listOnly === true
      ? knownError("method_not_supported")
      : new Literal(JSON.stringify(kind.shows?.(object, request.query) ?? state.objects.bodyOf(object)));
  if (method === "POST" && kind.update !== undefined) return updateOne(state, request, object, kind.update);
  if (method !== "DELETE" || kind.delete === undefined) return knownError("method_not_supported");
  const refused = kind.refusesDeletion?.(object);
  if (refused !== undefined) return refused;
  state.objects.remove(object);
  return { id, object: kind.delete.object, ...(kind.bareDeletion !== true && { deleted: true }) };
}

/** A POST to a step below an object. */
function act(state: ObjectState, request: ObjectRequest, object: StoredObject, step: string): Result {
  const { archive, actions } = object.kind;
  state.objects.beforeChange(object);
  const call = actionCall(state, request);
  const answer = actions?.[step]?.(object, call);
  if (answer !== undefined) return answer;
  if (step === "archive" && archive !== undefined && object.body.archived_at === null)
    Object.assign(object.body, { status: "archived", archived_at: call.seconds });
  return newest(state, object);
}

/** What a write answers with: the object as it is, whatever reads still show. */
function newest({ objects }: ObjectState, object: StoredObject): Literal {
  return new Literal(JSON.stringify(objects.bodyOf(object, "newest")));
}

export function isSingleton({ kind }: Pick<Route, "kind">): boolean {
  return kind.singleton === true;
}

function performOnSingleton(
  state: ObjectState,
  request: ObjectRequest,
  { kind, parents }: Route,
  caller: Caller,
): Result {
  if (kind.unset !== undefined && state.objects.visible(kind, parents, caller, "newest").length === 0) {
    if (request.method !== "POST") return missing(kind, Object.values(parents)[0] ?? "", parents);
    const read = bodyOf(request, kind.update ?? []);
    const absent =
      read instanceof APIError
        ? undefined
        : kind.unset.required.find((name) => read.parameters[name] === undefined);
    if (absent !== undefined) return missingParameter(absent);
  }
  const object = singletonOf(state.objects, kind, parents, caller);
  if (request.method === "GET") return new Literal(JSON.stringify(state.objects.bodyOf(object)));
  if (request.method === "POST" && kind.update !== undefined)
    return updateOne(state, request, object, kind.update);
  if (request.method !== "DELETE" || kind.delete === undefined) return knownError("method_not_supported");
  state.objects.forget(object);
  return { object: kind.delete.object, deleted: true };
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

/** The 400 for a write below what is archived, or to it. */
function archivedParent(
  state: ObjectState,
  { method }: ObjectRequest,
  route: Route,
  caller: Caller,
): APIError | undefined {
  if (method === "GET" || route.below === "archive") return undefined;
  const own = state.objects
    .visible(route.kind, route.parents, caller, "newest")
    .find(({ id }) => id === route.id);
  const archived = [own, aboveOf(state, route, caller)].find(
    (object) => object?.kind.archive !== undefined && object.body.archived_at !== null,
  );
  return archived && invalid(`'${archived.id}' is archived, and cannot be changed.`);
}

function kindAbove(kind: ObjectKind): ObjectKind | undefined {
  return objectKinds.find(({ path }) =>
    kind.above === undefined ? kind.path.startsWith(`${path}/{`) : path === kind.above,
  );
}

/** What an object belongs to. */
function aboveOf(
  state: ObjectState,
  { kind, parents }: Pick<Route, "kind" | "parents">,
  caller: Caller,
): StoredObject | undefined {
  const above = kindAbove(kind);
  const [id] = Object.values(parents);
  return above && state.objects.visible(above, {}, caller, "newest").find((object) => object.id === id);
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
  const refused = kind.refuses?.(parameters, state.objects);
  if (refused !== undefined) return refused;
  const given = idOf(state, kind, parameters);
  const { key } = kind;
  const id = key === undefined ? given : nextNumber(state, kind, parents);
  const createdAt = state.now();
  const known = Object.keys(kind.sample);
  const members = named(kind, parameters).filter(([name]) => known.includes(name));
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
  kind.created?.(body, parameters, aboveOf(state, route, caller), state.objects, file?.content);
  dropForeign(kind, parents, body);
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
  if (kind.answers !== undefined) return kind.answers(body, parents);
  return newest(state, object);
}

function idOf({ newId }: ObjectState, { id }: ObjectKind, parameters: JsonObject): string {
  if ("prefix" in id) return newId(id.prefix);
  const { otherwise, parameter } = id;
  return otherwise !== undefined && parameters[parameter] === undefined
    ? newId(otherwise)
    : String(parameters[parameter]);
}

/** An object of the Administration API does not name what it belongs to, unless its sample does. */
function dropForeign(
  { path, sample }: ObjectKind,
  parents: Route["parents"],
  body: Record<string, unknown>,
): void {
  if (!isAdminPath(`/${path}`)) return;
  for (const name of [...Object.keys(parents), "created_at"]) if (!(name in sample)) delete body[name];
}

function addMade(
  objects: StoredObjects,
  { path, parents, members }: Made,
  { caller, createdAt }: { readonly caller: Caller; readonly createdAt: number },
): void {
  const kind = objectKinds.find((each) => each.path === path);
  if (kind === undefined) throw new Error(`the server has no objects at ${path}`);
  const id = String(members.id);
  const common = { created_at: Math.floor(createdAt / 1000), ...parents };
  const body = { ...structuredClone(kind.sample), ...members, ...(kind.bare === true ? {} : common), id };
  dropForeign(kind, parents, body);
  objects.add({ kind, id, parents, body, owner: caller, content: undefined, createdAt, progresses: false });
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
  const { wholeUpdate, create } = object.kind;
  const absent = wholeUpdate && create?.required?.find((name) => read.parameters[name] === undefined);
  if (typeof absent === "string") return missingParameter(absent);
  state.objects.beforeChange(object);
  for (const [name, value] of named(object.kind, read.parameters)) {
    object.body[name] = name === "metadata" && value === null ? {} : value;
  }
  object.kind.changed?.(object.body, { ...actionCall(state, request), parameters: read.parameters });
  return object.kind.updated?.(object.body) ?? newest(state, object);
}

/** Parameters by the members that they set. */
function named({ renamed = {} }: ObjectKind, parameters: JsonObject): [string, Json][] {
  return Object.entries(parameters).map(([name, value]) => [renamed[name] ?? name, value ?? null]);
}
