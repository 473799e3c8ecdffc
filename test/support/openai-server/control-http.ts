import type { Control } from "./control.ts";
import { checkFault, unknown } from "./fault-check.ts";
import type { Fault } from "./faults.ts";
import { isArray, isObject, type Json, type JsonObject, numberOf, stringify } from "./json.ts";
import type { Settings } from "./options.ts";
import { parse } from "./parse.ts";
import type { RateLimitOptions } from "./rate-limit.ts";
import type { Reply } from "./reply.ts";
import type { Seed } from "./seed.ts";
import type { ThrottleOptions } from "./throttle.ts";

/** Requests below this path are for the server itself and are neither recorded nor counted. */
export const CONTROL_PATH = "/__control";

/**
 * The control interface for other processes. Bodies are JSON, the same as the arguments of Control's methods:
 *
 *   GET    /__control/state               {ids, counts, faults, now, settings}
 *   GET    /__control/requests            the recorded requests
 *   POST   /__control/faults              a fault, or a list of them; DELETE takes all away
 *   POST   /__control/completions         a seed, or a list of them; DELETE removes all
 *   DELETE /__control/completions/{id}    behind Terraform's back
 *   POST   /__control/completions/{id}    {metadata}, behind Terraform's back
 *   POST   /__control/clock               {advance_ms} or {now_ms}
 *   POST   /__control/settings            any of Settings
 *   POST   /__control/rate-limit          RateLimitOptions; DELETE lifts it
 *   POST   /__control/throttle            {perMinute, minuteMs, kind} of the Administration API; DELETE lifts it
 *   POST   /__control/reset               faults, rate limit, recorded requests and counts
 */
export function controlReply(control: Control, method: string, path: string, body: string): Reply {
  try {
    const result = handle(control, method, path.slice(CONTROL_PATH.length), body);
    if (result === undefined) return json(404, { error: `no such control: ${method} ${path}` });
    return json(200, result);
  } catch (error) {
    return json(400, { error: error instanceof Error ? error.message : "bad request" });
  }
}

function handle(control: Control, method: string, path: string, body: string): Json | undefined {
  const [, what, encoded] = path.split("/");
  const id = encoded === undefined ? undefined : decodeURIComponent(encoded);
  const done = { ok: true };
  switch (`${method} ${what}`) {
    case "GET state":
      return state(control);
    case "GET requests":
      return control.requests.map((request) => ({
        method: request.method,
        path: request.path,
        query: request.query.toString(),
        headers: Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, value ?? null]),
        ),
        body: request.body,
        status: request.status ?? null,
      }));
    case "POST faults":
      addFaults(control, many<Fault>(JSON.parse(body)));
      return done;
    case "DELETE faults":
      control.faults.clear();
      return done;
    case "POST completions":
      if (id !== undefined) return { ok: control.setMetadata(id, members(members(parse(body)).metadata)) };
      for (const seed of seeds(parse(body))) control.seed(seed);
      return done;
    case "DELETE completions":
      if (id !== undefined) return { ok: control.forget(id) };
      control.clearCompletions();
      return done;
    case "POST clock":
      moveClock(control, members(parse(body)));
      return { now: control.now() };
    case "POST settings":
      changeSettings(control.settings, JSON.parse(body));
      return done;
    case "POST rate-limit":
      control.rateLimit(rateLimit(members(parse(body))));
      return done;
    case "DELETE rate-limit":
      control.rateLimit(undefined);
      return done;
    case "POST throttle":
      control.throttle(throttle(members(parse(body))));
      return done;
    case "DELETE throttle":
      control.throttle(undefined);
      return done;
    case "POST reset":
      control.reset();
      return done;
    default:
      return undefined;
  }
}

/** All or none. A fault holds only plain numbers, so JSON.parse reads it exactly. */
function addFaults(control: Control, faults: readonly Fault[]): void {
  for (const fault of faults) checkFault(fault);
  for (const fault of faults) control.fault(fault);
}

function state(control: Control): JsonObject {
  const { counts, settings } = control;
  return {
    ids: control.ids(),
    counts: { ...Object.fromEntries(Object.entries(counts)), reads: counts.reads },
    faults: control.faults.waiting,
    now: control.now(),
    settings: Object.fromEntries(Object.entries(settings)),
  };
}

function moveClock(control: Control, request: JsonObject): void {
  const now = numberOf(request.now_ms);
  const advance = numberOf(request.advance_ms);
  if (now === undefined && advance === undefined) throw new TypeError("now_ms or advance_ms is missing");
  if (now !== undefined) control.setClock(now);
  if (advance !== undefined) control.advance(advance);
}

/** Only settings that exist, with values of the same type. */
function changeSettings(settings: Settings, change: Record<string, unknown>): void {
  const known = new Map<string, unknown>(Object.entries(settings));
  for (const [name, value] of Object.entries(change)) {
    if (!known.has(name)) throw unknown("setting", name, [...known.keys()]);
    if (typeof value !== typeof known.get(name)) throw new TypeError(`setting ${name} has another type`);
  }
  Object.assign(settings, change);
}

function rateLimit(request: JsonObject): RateLimitOptions {
  const perSecond = numberOf(request.perSecond);
  const burst = numberOf(request.burst);
  const { retryAfter } = request;
  if (perSecond === undefined) throw new TypeError("perSecond is missing");
  const how = retryAfter === "ms" || retryAfter === "none" ? retryAfter : "seconds";
  return { perSecond, retryAfter: how, ...(burst === undefined ? {} : { burst }) };
}

function throttle(request: JsonObject): ThrottleOptions {
  const perMinute = numberOf(request.perMinute);
  const minuteMs = numberOf(request.minuteMs);
  if (perMinute === undefined) throw new TypeError("perMinute is missing");
  const kind = request.kind === "fixed" || request.kind === "bucket" ? request.kind : "sliding";
  return { perMinute, kind, ...(minuteMs === undefined ? {} : { minuteMs }) };
}

function seeds(json: Json): Seed[] {
  return (isArray(json) ? json : [json]).map((each) => {
    const { id, content, choices, view, body, created, messages, owner, visibleAfterMs, expires } =
      members(each);
    if (typeof id !== "string") throw new TypeError("a completion needs an id");
    const createdAt = numberOf(created);
    const delay = numberOf(visibleAfterMs);
    return {
      id,
      ...(typeof content === "string" || content === null ? { content } : {}),
      ...(isArray(choices) ? { choices } : {}),
      ...(isObject(view) ? { view } : {}),
      ...(typeof body === "string" ? { body } : {}),
      ...(createdAt === undefined ? {} : { created: createdAt }),
      ...(isArray(messages) ? { messages: messages.filter(isObject) } : {}),
      ...(isObject(owner)
        ? { owner: { organization: `${owner.organization}`, project: `${owner.project}` } }
        : {}),
      ...(delay === undefined ? {} : { visibleAfterMs: delay }),
      ...(typeof expires === "boolean" ? { expires } : {}),
    };
  });
}

function many<T>(value: T | T[]): T[] {
  return Array.isArray(value) ? value : [value];
}

function members(json: Json | undefined): JsonObject {
  if (!isObject(json)) throw new TypeError("the body must be a JSON object");
  return json;
}

function json(status: number, value: Json): Reply {
  return { status, headers: { "content-type": "application/json" }, body: Buffer.from(stringify(value, 2)) };
}
