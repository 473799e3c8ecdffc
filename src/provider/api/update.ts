import {
  type Attributes,
  type Diagnostics,
  isUnknown,
  Path,
  type State,
  type UpdateRequest,
} from "../../framework/index.ts";
import { isJsonObject, type JsonObject, type JsonValue, monotonicNow } from "../../openai/index.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import { operationTime, timeoutsOf } from "./arguments.ts";
import { Body } from "./body.ts";
import type { ApiObject, ResourceDeclaration } from "./declaration.ts";
import { withId } from "./object-id.ts";
import { objectPath, parentsOf } from "./object-names.ts";
import { sameAttribute } from "./refresh.ts";
import { explained, isNamed, reported, retrieve, subjectOf } from "./request.ts";
import { markUnseen, sleep } from "./visibility.ts";
import { answeredMember, createdWith, hasMember, memberOf, wireOf } from "./wire.ts";
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
  const { plan, provider, diagnostics, log, signal } = request;
  const state = withId(of, request.state);
  const updated = { ...state, ...plan, ...withoutUnknowns(request.computed) };
  const names = (declared.update ?? []).filter((name) => isSent(of, name) && !isSame(of, name, plan, state));
  rememberCreated(of, request);
  // Arguments of the provider alone, such as `timeouts`, are no business of the API. An answer never changes there.
  if (names.length === 0 || declared.keeps !== undefined) return updated;
  if (!isNamed(of, state, request)) return diagnostics;
  const access = provider.access(null, { diagnostics, log, object: "resource", key: of.key });
  if (access === undefined) return diagnostics;
  const timeLeft = operationTime(timeoutsOf(plan), "update", access.openai);
  const options = () => ({ signal, timeoutMs: timeLeft() });
  const now = await explained(request, subjectOf(of, access, "update", updated), async () => {
    const change = { openai: access.openai, provider, state: { ...state, id: String(state.id) }, plan };
    if ((await declared.mayChange?.({ ...change, diagnostics, options })) === false) return undefined;
    const path = objectPath(of, updated);
    // A second time does what the first did: the values are sent, and not a difference.
    const send = { method: "POST", path, headers: of.headers, policy: "repeatable" } as const;
    const answer = await access.openai.acknowledge(
      { ...send, body: bodyOf(of, names, plan) },
      { signal, timeoutMs: timeLeft() },
    );
    if (declared.answersUpdate === true && isJsonObject(answer.body)) {
      const read = await reported(
        answered(of, answer.body),
        updated,
        { ...answer, body: answer.body },
        diagnostics,
      );
      // One that says nothing of what was sent may be no such object.
      if (names.every((name) => isSame(of, name, plan, read))) {
        // The next read may still have what was before.
        markUnseen(request.private);
        return read;
      }
    }
    // Room is left for the last read.
    const until = monotonicNow() + Math.min(staleMs, timeLeft() - 4 * pauseMs);
    for (;;) {
      const response = await retrieve(of, access, state, { signal, timeoutMs: timeLeft() });
      const read = await reported(of, updated, response, diagnostics);
      if (names.every((name) => isSame(of, name, plan, read)) || monotonicNow() >= until) return read;
      await sleep(pauseMs, signal);
    }
  });
  if (now === undefined) return diagnostics;
  const refused = names.filter((name) => !isSame(of, name, plan, now));
  if (refused.length === 0) return now;
  request.save(now);
  for (const name of refused) notUpdated(of, name, diagnostics);
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

/** Computed values that the plan knows: a file's hash. */
function withoutUnknowns(computed: { readonly [name: string]: unknown }): {
  readonly [name: string]: unknown;
} {
  return Object.fromEntries(Object.entries(computed).filter(([, value]) => !isUnknown(value)));
}

function isSent(of: ApiObject, name: string): boolean {
  const attribute = of.attributes[name];
  if (attribute === undefined) return false;
  const { local, createOnly } = wireOf(attribute);
  return local !== true && createOnly !== true;
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
    if (names.includes(name)) putMember(body, memberOf(name, attribute), value ?? null);
    else if (value !== undefined && isSent(of, name) && !parents.includes(name) && whole(name))
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

function notUpdated(of: ApiObject, name: string, diagnostics: Diagnostics): void {
  diagnostics.addAttributeError(
    Path.root.atName(name),
    `"${name}" not updated`,
    `The API accepted the new value of "${name}", but the ${of.noun} still has another one. State has what the API ` +
      "reports.\n\nRun terraform plan again. If the value stays as it is, the API does not change it.",
  );
}
