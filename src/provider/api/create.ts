import {
  type Attributes,
  type CreateRequest,
  Diagnostics,
  type ExactNumber,
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
} from "../../openai/index.ts";
import { mayBeCarriedOut } from "../explain/explain.ts";
import { withArticle } from "../explain/subject.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { recordOrganization } from "./another-organization.ts";
import { recordCreation, recordSeen } from "./answer-record.ts";
import { operationTime, timeoutsOf } from "./arguments.ts";
import type { ApiObject, Form, Readiness, ResourceDeclaration } from "./declaration.ts";
import { findLost, findNamed, type Lost } from "./lost.ts";
import { knownId, withId } from "./object-id.ts";
import { idMemberOf, objectPath, pathOf, stepRequest } from "./object-names.ts";
import { untilReady } from "./ready.ts";
import { explained, memberAttributes, reported, retrieve, subjectOf } from "./request.ts";
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
  const access = { ...open, openai: open.openai.withHidden(secretTexts(of, { ...plan, ...config })) };
  const ready = waitedFor(declared, plan);
  const timeLeft = operationTime(timeoutsOf(plan), "create", access.openai, ready?.within);
  const made = await declared.prepare?.({ plan, access, timeLeft, diagnostics, signal });
  if (declared.prepare !== undefined && (made === undefined || diagnostics.hasError)) return diagnostics;
  const sent: Values = { ...plan, ...made };
  const form = await declared.form?.({ plan, config, planned: request.computed, diagnostics, signal });
  if (declared.form !== undefined && (form === undefined || diagnostics.hasError)) return diagnostics;
  const content =
    form?.fields === undefined
      ? { body: bodyOf(of, declared, { ...written(of, request), ...made }) }
      : { form: form.fields, sendForm: form.send };
  const response = await explained(request, subjectOf(of, access, "create", withId(of, plan)), () =>
    post(of, declared, content, { access, sent, sentAt: monotonicNow(), timeLeft, request }),
  );
  if (response === undefined) return diagnostics;
  const id = knownId(of, sent) ?? response.body.get(idMemberOf(of));
  if (typeof id !== "string" || !pathSegment(id).ok) return withoutId(of, access, response, diagnostics);
  // What has an ID must not be lost over what else its answer has.
  const nothing = Object.fromEntries(Object.keys(of.attributes).map((name) => [name, null]));
  const known = withId(of, { ...nothing, ...sent, ...form?.state, id });
  save(known);
  const once = await declared.fromCreation?.({ body: response.body, id, plan, diagnostics });
  const whole = { ...known, ...once };
  save(whole);
  const { keeps } = declared;
  recordOrganization({ of, access, private: request.private }, response);
  if (keeps === undefined) markUnseen(request.private);
  else recordCreation(request.private, access, response, createdAt(response, keeps.created));
  const state = await explained(request, subjectOf(of, access, "read", known), () =>
    reported(of, whole, objectIn(of, id, response), diagnostics, "keep"),
  );
  if (state === undefined) return diagnostics;
  save(state);
  if (declared.fromCreation !== undefined && once === undefined) return diagnostics;
  const seen = (read: ObjectResponse) =>
    keeps === undefined ? markSeen(request.private) : recordSeen(request.private, access, read);
  const wait = { access, state, timeLeft, request, paid: declared.paid !== undefined, seen };
  const last = await untilReady(of, ready, wait);
  if (keeps === undefined || last instanceof Diagnostics || !isReady(ready, last)) return last;
  save(last);
  return (await import("./kept-read.ts")).confirmed(of, keeps, { ...wait, state: last });
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
  const { signal, log } = request;
  const queuedBefore = access.openai.waitedMs;
  try {
    if (sendForm !== undefined) return await sendForm({ access, timeLeft, signal, log });
    const options = { signal, timeoutMs: Math.min(timeLeft(), longestPostMs) };
    const common = { headers: of.headers, ...content };
    const steps = of.association?.steps;
    if (steps !== undefined)
      return await access.openai.send(stepRequest(of, withId(of, sent), steps.make, steps.ids), options);
    if (of.singleton !== true && declared.create !== "adopt")
      return await access.openai.send(
        { method: "POST", path: pathOf(of, sent), policy: "once", ...common },
        options,
      );
    // What is there is set: a second time does what the first did. Without a value to set, it is taken as it is.
    if (content.body instanceof Map && content.body.size === 0)
      return await retrieve(of, access, withId(of, sent), options);
    const path = objectPath(of, withId(of, sent));
    return await access.openai.send({ method: "POST", path, policy: "repeatable", ...common }, options);
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    if (mayBeCarriedOut(thrown)) {
      const { diagnostics } = request;
      const named = await findNamed(of, sent, thrown, { access, timeLeft, signal, diagnostics });
      if (named !== undefined) return named;
      // What was made while the request still waited for its turn is another's.
      const sentAt = lost.sentAt + access.openai.waitedMs - queuedBefore;
      const found = await findLost(of, declared, { ...lost, sentAt });
      if (found !== undefined) return found;
    } else {
      for (const path of declared.prepared?.(sent) ?? [])
        await access.openai.acknowledge({ method: "DELETE", path }, { timeoutMs: 30_000 }).catch(() => {});
    }
    throw thrown;
  }
}

function bodyOf(of: ApiObject, { always = {} }: ResourceDeclaration<Attributes>, values: Values): JsonObject {
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

/** What is sensitive or write-only. */
function secretTexts(of: ApiObject, values: { readonly [name: string]: unknown }): string[] {
  return Object.entries(of.attributes).flatMap(([name, { writeOnly, sensitive }]) => {
    const value = values[name];
    return (writeOnly || sensitive) && typeof value === "string" ? [value] : [];
  });
}

function withoutId(
  of: ApiObject,
  access: Access,
  response: ObjectResponse,
  diagnostics: Diagnostics,
): Diagnostics {
  return diagnostics.addError(
    "Unexpected answer from the API",
    `${access.baseUrl} answered the request to create ${withArticle(of.noun)} with success, but without an ID. It may have been ` +
      "created, and cannot be kept in state.\n\n" +
      `Is base_url right? Look for the ${of.noun} there before the next apply, which creates another one.` +
      (response.requestId === undefined
        ? ""
        : `\n\nStatus ${response.status}, request ID ${response.requestId}`),
  );
}
