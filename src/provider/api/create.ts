import {
  type Attributes,
  type CreateRequest,
  type Diagnostic,
  Diagnostics,
  type ExactNumber,
  Path,
  type State,
} from "../../framework/index.ts";
import {
  isJsonArray,
  isJsonObject,
  JsonNumber,
  type JsonObject,
  monotonicNow,
  type ObjectResponse,
  OpenAIError,
  pathSegment,
  type SendRequest,
  unexpectedShape,
} from "../../openai/index.ts";
import { diagnosticOf, explain, mayBeCarriedOut } from "../explain/explain.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { recordOrganization } from "./another-organization.ts";
import { recordCreation, recordSeen } from "./answer-record.ts";
import { operationTime, timeoutsOf } from "./arguments.ts";
import { Body } from "./body.ts";
import type { ApiObject, Form, Readiness, ResourceDeclaration } from "./declaration.ts";
import { findLost, type Lost } from "./lost.ts";
import { onceNewIsVisible } from "./new-objects.ts";
import { knownId, withId } from "./object-id.ts";
import {
  idMemberOf,
  objectPath,
  pathOf,
  pluralNoun,
  stepRequest,
  titleOf,
  withArticle,
} from "./object-names.ts";
import { untilReady } from "./ready.ts";
import { refreshed } from "./refresh.ts";
import { discreet, explained, memberAttributes, ownError, reported, retrieve, subjectOf } from "./request.ts";
import { valueInWords } from "./value-in-words.ts";
import { markSeen, markUnseen } from "./visibility.ts";
import { wireOf } from "./wire.ts";
import { writeAttributes } from "./write.ts";

type Request = CreateRequest<Attributes, OpenAIProvider>;
type Values = State<Attributes>;

/**
 * Creates an object: one POST, whose answer is saved before anything else can fail, and then the wait until
 * the object is ready.
 */
export async function createObject(
  of: ApiObject,
  declared: ResourceDeclaration<Attributes>,
  request: Request,
): Promise<Values | Diagnostics> {
  const { plan, config, save, diagnostics, signal, provider, log } = request;
  const open = provider.access(null, { diagnostics, log, object: "resource", key: of.key });
  if (open === undefined) return diagnostics;
  // An error may quote what was sent.
  const access = discreet(of, open, { ...plan, ...config });
  const { keeps } = declared;
  const ready = waitedFor(declared, plan);
  const timeLeft = operationTime(timeoutsOf(plan), "create", access.openai, ready?.within);
  const made = await declared.prepare?.({ plan, access, timeLeft, diagnostics, signal });
  if (declared.prepare !== undefined && (made === undefined || diagnostics.hasError)) return diagnostics;
  const sent: Values = { ...plan, ...made };
  const args = written(of, request);
  const form = await declared.form?.({ plan, config, planned: request.computed, diagnostics, signal });
  if (declared.form !== undefined && (form === undefined || diagnostics.hasError)) return diagnostics;
  const content =
    form?.fields === undefined
      ? { body: requestBody(of, declared, { ...args, ...made }) }
      : { form: form.fields, sendForm: form.send };
  const response = await explained(request, subjectOf(of, access, "create", withId(of, args)), () =>
    post(of, declared, content, {
      access,
      sent: { ...sent, ...form?.state },
      sentAt: monotonicNow(),
      timeLeft,
      request,
    }),
  );
  if (response === undefined) return diagnostics;
  const id = knownId(of, sent) ?? response.body.get(idMemberOf(of));
  const canBeNamed = typeof id === "string" && pathSegment(id).ok;
  // What was paid for is kept by any ID.
  if (typeof id !== "string" || id === "" || (keeps === undefined && !canBeNamed))
    return diagnostics.add(withoutId(of, access, response));
  // What has an ID must not be lost over what else its answer has.
  const nothing = Object.fromEntries(Object.keys(of.attributes).map((name) => [name, null]));
  const known = withId(of, { ...nothing, ...sent, ...form?.state, id });
  recordOrganization({ of, access, private: request.private }, response);
  if (keeps === undefined) markUnseen(request.private);
  else recordCreation(request.private, access, response, createdAt(response, keeps.created));
  save(known);
  provider.creations.record(request.private, pathsOf(of, declared, known));
  // Of what there is one of, the ID is none of the API's.
  if (of.singleton !== true) provider.creations.recordId(id);
  const once = await declared.fromCreation?.({ body: response.body, id, plan, diagnostics });
  const whole = { ...known, ...once };
  save(whole);
  const state = await answered(of, access, whole, response, request);
  if (state === undefined) return diagnostics;
  save(state);
  if (declared.fromCreation !== undefined && once === undefined) return diagnostics;
  // Of an answer that failed most likely nothing was stored.
  if (keeps !== undefined && (!canBeNamed || ownError(of, response).api !== undefined)) {
    if (!canBeNamed) addUnnamable(of, id, diagnostics);
    return state;
  }
  const seen = (read: ObjectResponse) =>
    keeps === undefined ? markSeen(request.private) : recordSeen(request.private, access, read);
  const wait = { access, state, timeLeft, request, paid: declared.paid !== undefined, seen };
  const last = await untilReady(of, ready, wait);
  if (keeps === undefined || last instanceof Diagnostics || !isReady(ready, last)) return last;
  save(last);
  return (await import("./kept-read.ts")).confirmed(of, keeps, { ...wait, state: last });
}

/**
 * The state after the answer to a creation. Undefined, with an error added, where it cannot be read; what was paid for
 * is kept then, if only by its ID.
 */
async function answered(
  of: ApiObject,
  access: Access,
  known: Values,
  response: ObjectResponse,
  { diagnostics }: Request,
): Promise<Values | undefined> {
  const { keeps } = of.resource ?? {};
  try {
    const state = await reported(of, known, objectIn(of, String(known.id), response), diagnostics, "keep");
    const requestId = keeps?.requestId;
    if (requestId === undefined) return state;
    return { ...state, [requestId]: state[requestId] ?? response.requestId ?? null };
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    const failure = explain(thrown, subjectOf(of, access, "read", known));
    diagnostics.add(keeps === undefined ? failure : { ...failure, severity: "warning" });
    return keeps === undefined
      ? undefined
      : { ...known, ...refreshed(of.attributes, known, new Body(null), "keep") };
  }
}

/** Where a new object is, and what it has added elsewhere. */
function pathsOf(of: ApiObject, { gone }: ResourceDeclaration<Attributes>, state: Values) {
  const added = typeof gone === "object" && "each" in gone ? gone.each(state) : [];
  return [objectPath(of, state), ...added];
}

function createdAt({ body }: ObjectResponse, member: string): ExactNumber | null {
  const value = body.get(member);
  return value instanceof JsonNumber ? Number(value.text) : null;
}

function isReady(ready: Readiness<Attributes> | undefined, state: Values): boolean {
  if (ready === undefined) return true;
  const { attribute, pending, failed = [], ended = [] } = ready;
  return ![...pending, ...failed, ...ended].includes(String(state[attribute]));
}

/** The object in the answer to its creation. */
function objectIn({ association }: ApiObject, id: string, response: ObjectResponse): ObjectResponse {
  if (association === undefined) return response;
  const { answer, steps } = association;
  const listed = steps === undefined ? undefined : response.body.get("data");
  const object = isJsonArray(listed)
    ? listed.find((each) => isJsonObject(each) && each.get("id") === id)
    : answer === undefined
      ? undefined
      : response.body.get(answer);
  return { ...response, body: isJsonObject(object) ? object : new Map() };
}

/** What is waited for with these arguments. */
function waitedFor({ ready }: ResourceDeclaration<Attributes>, plan: { readonly [name: string]: unknown }) {
  return ready?.when === undefined || plan[ready.when] === true ? ready : undefined;
}

/** The longest that one request may take, however long the wait after it. */
const longestPostMs = 600_000;

type Content = Pick<SendRequest, "body" | "form"> & { readonly sendForm?: Form<Attributes>["send"] };

/** The one POST. What it made is found again where its answer is lost, and what was prepared goes where it is refused. */
async function post(
  of: ApiObject,
  declared: ResourceDeclaration<Attributes>,
  { sendForm, ...content }: Content,
  lost: Lost,
): Promise<ObjectResponse> {
  const { access, sent, timeLeft, request } = lost;
  const { signal, log, provider } = request;
  const { openai } = access;
  let [sentAt, queuedBefore] = [lost.sentAt, openai.waitedMs];
  try {
    if (sendForm !== undefined) return await sendForm({ access, timeLeft, signal, log });
    for (const path of declared.prepared?.(sent) ?? []) provider.creations.recordId(path.at(-1) ?? "");
    // Where a wait follows, the time is meant for that.
    const most = declared.ready === undefined ? Number.POSITIVE_INFINITY : longestPostMs;
    const values = withId(of, sent);
    const asked = creationRequest(of, declared, content, values);
    return await onceNewIsVisible(asked, { provider, access, timeLeft, signal, log }, (left) => {
      // An attempt before was answered with 404, and made nothing.
      [sentAt, queuedBefore] = [monotonicNow(), openai.waitedMs];
      const options = { ...left, timeoutMs: Math.min(left.timeoutMs, most) };
      return asked.method === "GET" ? retrieve(of, access, values, options) : openai.send(asked, options);
    });
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    if (mayBeCarriedOut(thrown)) {
      // What was made while the request still waited for its turn is another's.
      sentAt += openai.waitedMs - queuedBefore;
      const found = await findLost(of, declared, thrown, { ...lost, sentAt });
      if (found !== undefined) return found;
    } else {
      for (const path of declared.prepared?.(sent) ?? [])
        await openai.acknowledge({ method: "DELETE", path }, { timeoutMs: 30_000 }).catch(() => {});
    }
    throw thrown;
  }
}

/** What creates the object. A GET takes what is there as it is. */
function creationRequest(
  of: ApiObject,
  declared: ResourceDeclaration<Attributes>,
  content: Omit<Content, "sendForm">,
  values: Values,
): SendRequest {
  const common = { headers: of.headers, ...content };
  const steps = of.association?.steps;
  if (steps !== undefined) return stepRequest(of, values, steps.make, steps.ids);
  if (of.singleton !== true && declared.create !== "adopt")
    return { method: "POST", path: pathOf(of, values), policy: "once", ...common };
  const path = objectPath(of, values);
  if (content.body instanceof Map && content.body.size === 0) return { method: "GET", path };
  // What is there is set: a second time does what the first did.
  return { method: "POST", path, policy: "repeatable", ...common };
}

/** The body of a creation: what the arguments say and no more, numbers exact. */
export function requestBody(
  of: ApiObject,
  { always = {} }: ResourceDeclaration<Attributes>,
  values: Values,
): JsonObject {
  const members = Object.entries(memberAttributes(of)).filter(([, each]) => wireOf(each).updateOnly !== true);
  return new Map([...writeAttributes(Object.fromEntries(members), values), ...Object.entries(always)]);
}

/** The arguments as planned, and write-only ones as written. */
function written(of: ApiObject, { plan, config }: Request): Values {
  return { ...plan, ...Object.fromEntries(writeOnlyNames(of).map((name) => [name, config[name] ?? null])) };
}

function writeOnlyNames({ attributes }: ApiObject): string[] {
  return Object.entries(attributes).flatMap(([name, { writeOnly }]) => (writeOnly ? [name] : []));
}

/** Nothing can be kept without an ID: the one failure that every later apply would meet, and pay for. */
function withoutId(of: ApiObject, access: Access, response: ObjectResponse): Diagnostic {
  const { noun, resource } = of;
  const id = response.body.get(idMemberOf(of));
  const found = id === undefined ? "is missing" : id === "" ? "is empty" : `is ${valueInWords(id)}`;
  const expected = typeof id === "string" && id !== "" ? "part of a URL" : "a string";
  const error = unexpectedShape(response, `"${idMemberOf(of)}" should be ${expected}, but ${found}`);
  const paid =
    resource?.paid === undefined
      ? `Is base_url right? Look for the ${noun} there before the next apply, which creates another one.`
      : `This API cannot be used with the resource ${of.name}: the answer may have been paid for and is not kept, and each ` +
        "apply would create, and cost, another one. Is base_url right? Otherwise remove the resource, or use an API that " +
        `gives its ${pluralNoun(of)} IDs.`;
  return diagnosticOf(error, {
    summary: "Unexpected answer from the API",
    paragraphs: [
      `${access.baseUrl} answered the request to create ${withArticle(noun)}, but without an ID: ${error.message}. Without one it ` +
        "can be neither kept in state nor read, updated or deleted.",
      paid,
    ],
  });
}

/** A gateway's ID that no URL can have: what it names cannot be asked for. */
function addUnnamable(of: ApiObject, id: string, diagnostics: Diagnostics): void {
  diagnostics.addAttributeWarning(
    Path.root,
    `${titleOf(of)} cannot be read`,
    `The API gave the ${of.noun} the ID ${JSON.stringify(id)}, which cannot be part of a URL. It is kept in state as it was ` +
      "answered.",
  );
}
