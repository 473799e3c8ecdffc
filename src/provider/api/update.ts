import {
  type Attributes,
  type Diagnostics,
  isUnknown,
  Path,
  type State,
  type UpdateRequest,
} from "../../framework/index.ts";
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  monotonicNow,
  OpenAIError,
  type OperationOptions,
} from "../../openai/index.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { type Absence, absenceOf, absenceWarning, canBeNamed } from "./absence.ts";
import { otherId } from "./another-object.ts";
import { onceVisible, recordSeen } from "./answer-record.ts";
import { operationTime, timeoutsOf } from "./arguments.ts";
import { Body } from "./body.ts";
import type { ApiObject, ResourceDeclaration } from "./declaration.ts";
import { aboutAnswer, hasId } from "./kept-read.ts";
import { isPlainObject } from "./merged-state.ts";
import type { About } from "./missing-answer.ts";
import { withId } from "./object-id.ts";
import { objectPath, parentsOf } from "./object-names.ts";
import { sameAttribute } from "./refresh.ts";
import { discreet, explained, isNamed, reported, retrieve, subjectOf } from "./request.ts";
import { markUnseen, sleep } from "./visibility.ts";
import { answeredMember, createdWith, hasMember, memberOf, readAttributes, wireOf } from "./wire.ts";
import { putMember, writeAttribute } from "./write.ts";

type Request = UpdateRequest<Attributes, OpenAIProvider>;
type Values = State<Attributes>;

/** How long a read may still have the values from before an update, and the pause between two reads. */
const staleMs = 10_000;
const pauseMs = 500;

/** Sends what changed and nothing else, and reads the object back. */
export async function updateObject(
  of: ApiObject,
  declared: ResourceDeclaration<Attributes>,
  request: Request,
): Promise<Values | Diagnostics> {
  const { plan, provider, diagnostics, log } = request;
  const { keeps, update = [] } = declared;
  const state = withId(of, request.state);
  const updated: Values = { ...state, ...plan, ...asPlanned(request.computed, state) };
  const sendable = keeps === undefined ? update : (keeps.changes ?? []);
  const names = sendable.filter(
    (name) => isSent(of, name, plan[name] ?? null) && !isSame(of, name, plan, state),
  );
  rememberCreated(of, request);
  // Arguments of the provider alone, such as `timeouts`, are no business of the API.
  if (names.length === 0) return updated;
  if (!(keeps === undefined ? isNamed(of, state, request) : hasId(of, { ...request, state })))
    return diagnostics;
  const open = provider.access(null, { diagnostics, log, object: "resource", key: of.key });
  if (open === undefined) return diagnostics;
  const access = discreet(of, open, { ...state, ...plan });
  const about = keeps && aboutAnswer(of, keeps, state, { ...request, access });
  const change = { access, names, state, updated, about, request };
  if (about !== undefined && !canBeNamed(about.subject.state))
    return inStateOnly("never_seen", undefined, change);
  const now = await explained(request, subjectOf(of, access, "update", updated), async () => {
    try {
      return await sendAndReadBack(of, declared, change);
    } catch (thrown) {
      if (about === undefined || !(thrown instanceof OpenAIError)) throw thrown;
      const absence = absenceOf(thrown, about.subject);
      if (absence === undefined || absence === "gone") throw thrown;
      return inStateOnly(absence, thrown, change);
    }
  });
  if (now === undefined) return diagnostics;
  const refused = names.filter((name) => !isSame(of, name, plan, now));
  if (refused.length === 0) return now;
  request.save(now);
  for (const name of refused) addNotUpdated(of, name, [plan[name], now[name]], diagnostics);
  return diagnostics;
}

/** What only the creation sends, and is written no more, is still so: a later plan compares with it. */
function rememberCreated({ attributes }: ApiObject, { plan, state, private: kept }: Request): void {
  for (const [name, attribute] of Object.entries(attributes)) {
    const value = state[name];
    if (wireOf(attribute).createOnly === true && typeof value === "string" && plan[name] == null)
      kept.set(createdWith(name), value);
  }
}

interface Change {
  readonly access: Access;
  /** The arguments that are sent. */
  readonly names: readonly string[];
  /** Before. */
  readonly state: Values;
  /** Once it is carried out. */
  readonly updated: Values;
  /** Of an answer that is kept. */
  readonly about: About | undefined;
  readonly request: Request;
}

/** Sends the arguments, and reads until they are there. Undefined: it may not be changed. */
async function sendAndReadBack(
  of: ApiObject,
  declared: ResourceDeclaration<Attributes>,
  { access, names, state, updated, about, request }: Change,
): Promise<Values | undefined> {
  const { plan, provider, diagnostics, signal, log, private: kept } = request;
  const timeLeft = operationTime(timeoutsOf(plan), "update", access.openai);
  const options = () => ({ signal, timeoutMs: timeLeft() });
  const asked = { openai: access.openai, provider, state: { ...state, id: String(state.id) }, plan };
  if ((await declared.mayChange?.({ ...asked, diagnostics, options })) === false) return undefined;
  const body = bodyOf(of, names, plan);
  const send = (options: OperationOptions) =>
    // A second time does what the first did: the values are sent, and not a difference.
    access.openai.acknowledge(
      { method: "POST", path: objectPath(of, updated), headers: of.headers, body, policy: "repeatable" },
      options,
    );
  const answer =
    about === undefined
      ? await send(options())
      : await onceVisible(send, { state: about.subject.state, private: kept, timeLeft, signal, log });
  const has = (read: Values, values: Values) => names.every((name) => isSame(of, name, values, read));
  const own = isJsonObject(answer.body) ? { ...answer, body: answer.body } : undefined;
  if (declared.answersUpdate === true && own !== undefined && otherId(of, state, own) === undefined) {
    const read = await reported(answered(of, own.body), updated, own, diagnostics);
    // One that says nothing of what was sent may be no such object.
    if (has(read, plan)) {
      // The next read may still have what was before.
      markUnseen(kept);
      return read;
    }
  }
  const answeredValues = valuesIn(of, names, answer.body);
  // Room is left for the last read.
  const until = monotonicNow() + Math.min(staleMs, timeLeft() - 4 * pauseMs);
  for (;;) {
    const response = await retrieve(of, access, state, options());
    if (about === undefined) {
      const read = await reported(of, updated, response, diagnostics);
      if (has(read, plan) || monotonicNow() >= until) return read;
    } else {
      const read = await reported(of, updated, response, diagnostics, "fixed");
      recordSeen(kept, access, response);
      // One that differs from what was sent may be late, unless the answer to the update differs as well.
      const isFinal = answeredValues !== undefined && has(read, answeredValues);
      if (has(read, plan) || isFinal || monotonicNow() >= until)
        return { ...read, ...asPlanned(request.computed, read) };
    }
    await sleep(pauseMs, signal);
  }
}

/** What the answer to an update has of its arguments; undefined where it does not have all of them. */
function valuesIn({ attributes }: ApiObject, names: readonly string[], body: JsonValue): Values | undefined {
  const sent = Object.fromEntries(Object.entries(attributes).filter(([name]) => names.includes(name)));
  const answer = new Body(body, "", () => {});
  const isWhole = Object.entries(sent).every(([name, each]) => hasMember(answer, answeredMember(name, each)));
  return isWhole ? readAttributes(sent, answer) : undefined;
}

/** Arguments of an answer that is not there: a changed tag must not stop everything else, and buys nothing. */
function inStateOnly(
  absence: Absence,
  error: OpenAIError | undefined,
  { about, names, updated }: Change,
): Values {
  if (about === undefined) return updated;
  const what = names.join(" and ");
  const texts = {
    summary: `${what.charAt(0).toUpperCase()}${what.slice(1)} changed in state only`,
    kept: `The new ${what} is in state, and the API does not confirm it.`,
    remedy:
      `Nothing has to be done. To create the ${about.subject.noun} anew with this ${what}, and pay for it again, run ` +
      "terraform apply -replace=ADDRESS.",
  };
  about.diagnostics.add(absenceWarning(absence, error, about.subject, texts));
  return updated;
}

/** Computed values as they were planned, such as a file's hash; what was unknown then is as it is in `read`. */
function asPlanned(
  planned: object,
  read: { readonly [name: string]: unknown },
): { readonly [name: string]: unknown } {
  const entries = Object.entries(planned).map(([name, value]: [string, unknown]) => [
    name,
    knownPart(value, read[name] ?? null),
  ]);
  return Object.fromEntries(entries);
}

function knownPart(planned: unknown, read: unknown): unknown {
  if (isUnknown(planned)) return read;
  return isPlainObject(planned) ? asPlanned(planned, isPlainObject(read) ? read : {}) : planned;
}

function isSent(of: ApiObject, name: string, value: unknown): boolean {
  const attribute = of.attributes[name];
  if (attribute === undefined) return false;
  const { local, createOnly, stays } = wireOf(attribute);
  return local !== true && createOnly !== true && !(stays === true && value === null);
}

/** The object without the attributes that an answer does not have: these are as they were. */
function answered(of: ApiObject, body: JsonObject): ApiObject {
  const answer = new Body(body);
  const own = Object.entries(of.attributes).filter(
    ([name, attribute]) =>
      wireOf(attribute).read !== undefined || hasMember(answer, answeredMember(name, attribute)),
  );
  return { ...of, attributes: Object.fromEntries(own) };
}

/**
 * The changed members; null for what was taken away. What is replaced as a whole is sent whole: a singleton, what
 * `updatesWhole` says, and an object in the body.
 */
function bodyOf(of: ApiObject, names: readonly string[], plan: { readonly [name: string]: unknown }) {
  const body = new Map<string, JsonValue>();
  const parents = parentsOf(of);
  const changed = names.map((name) => topOf(of, name));
  const whole = (name: string) =>
    of.singleton === true ||
    of.resource?.updatesWhole === true ||
    (memberOfName(of, name).includes(".") && changed.includes(topOf(of, name)));
  for (const [name, attribute] of Object.entries(of.attributes)) {
    const value = writeAttribute(attribute, plan[name] ?? null);
    if (names.includes(name))
      putMember(body, memberOf(name, attribute), value ?? wireOf(attribute).emptied ?? null);
    else if (value !== undefined && isSent(of, name, value) && !parents.includes(name) && whole(name))
      putMember(body, memberOf(name, attribute), value);
  }
  return body;
}

/** The member of the body that an attribute stands for, or stands in. */
function topOf(of: ApiObject, name: string): string | undefined {
  return memberOfName(of, name).split(".")[0];
}

function memberOfName({ attributes }: ApiObject, name: string): string {
  const attribute = attributes[name];
  return attribute === undefined ? name : memberOf(name, attribute);
}

function isSame(
  of: ApiObject,
  name: string,
  a: { [name: string]: unknown },
  b: { [name: string]: unknown },
): boolean {
  const attribute = of.attributes[name];
  return attribute === undefined || sameAttribute(attribute, a[name] ?? null, b[name] ?? null);
}

function addNotUpdated(
  of: ApiObject,
  name: string,
  [sent, kept]: readonly [unknown, unknown],
  diagnostics: Diagnostics,
): void {
  const path = Path.root.atName(name);
  const { noun, resource } = of;
  const before = kept instanceof Map ? [...kept.keys()].map(String) : [];
  const survived = before
    .filter((key) => !(sent instanceof Map && sent.has(key)))
    .map((key) => JSON.stringify(key));
  if (survived.length === 0) {
    diagnostics.addAttributeError(
      path,
      `"${name}" not updated`,
      `The API accepted the new value of "${name}", but the ${noun} still has another one. State has what the API ` +
        "reports.\n\nRun terraform plan again. If the value stays as it is, the API does not change it.",
    );
    return;
  }
  diagnostics.addAttributeError(
    path,
    `Removed ${name} survived`,
    `The API kept what was to be removed: ${survived.join(", ")}. It merges new ${name} into the old, and has no way to ` +
      "remove a key. State has what the API reports.\n\n" +
      `Give such a key an empty value instead (KEY = ""), or put it back; terraform apply -replace=ADDRESS creates the ${noun} ` +
      `anew${resource?.paid === undefined ? "" : ", which is paid for"}.`,
  );
}
