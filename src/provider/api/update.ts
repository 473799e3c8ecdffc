import {
  type Attributes,
  type Diagnostics,
  isUnknown,
  Path,
  type State,
  type UpdateRequest,
} from "../../framework/index.ts";
import { type JsonValue, monotonicNow } from "../../openai/index.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import { operationTime, timeoutsOf } from "./arguments.ts";
import type { ApiObject, ResourceDeclaration } from "./declaration.ts";
import { pathOf } from "./object-names.ts";
import { sameValue } from "./refresh.ts";
import { explained, isNamed, reported, retrieve, subjectOf } from "./request.ts";
import { sleep } from "./visibility.ts";
import { memberOf, wireOf, writeAttribute } from "./wire.ts";

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
  const { plan, state, provider, diagnostics, log, signal } = request;
  const updated = { ...state, ...plan, ...withoutUnknowns(request.computed) };
  const names = (declared.update ?? []).filter((name) => isSent(of, name) && !isSame(of, name, plan, state));
  // Arguments of the provider alone, such as `timeouts`, are no business of the API.
  if (names.length === 0) return updated;
  if (!isNamed(of, state, request)) return diagnostics;
  const access = provider.access(null, { diagnostics, log, object: "resource", key: of.key });
  if (access === undefined) return diagnostics;
  const timeLeft = operationTime(timeoutsOf(plan), "update");
  const now = await explained(request, subjectOf(of, access, "update", updated), async () => {
    const path = pathOf(of, updated, String(state.id));
    // A second time does what the first did: the values are sent, and not a difference.
    const send = { method: "POST", path, headers: of.headers, policy: "repeatable" } as const;
    await access.openai.acknowledge(
      { ...send, body: bodyOf(of, names, plan) },
      { signal, timeoutMs: timeLeft() },
    );
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

/** Computed values that the plan knows: a file's hash. */
function withoutUnknowns(computed: { readonly [name: string]: unknown }): {
  readonly [name: string]: unknown;
} {
  return Object.fromEntries(Object.entries(computed).filter(([, value]) => !isUnknown(value)));
}

function isSent(of: ApiObject, name: string): boolean {
  const attribute = of.attributes[name];
  return attribute !== undefined && wireOf(attribute).local !== true;
}

/** The changed members; null for what was taken away. */
function bodyOf(of: ApiObject, names: readonly string[], plan: { readonly [name: string]: unknown }) {
  const body = new Map<string, JsonValue>();
  for (const name of names) {
    const attribute = of.attributes[name];
    if (attribute === undefined) continue;
    body.set(memberOf(name, attribute), writeAttribute(attribute, plan[name] ?? null) ?? null);
  }
  return body;
}

function isSame(
  of: ApiObject,
  name: string,
  a: { [name: string]: unknown },
  b: { [name: string]: unknown },
): boolean {
  const attribute = of.attributes[name];
  return attribute === undefined || sameValue(attribute.kind, a[name] ?? null, b[name] ?? null);
}

function notUpdated(of: ApiObject, name: string, diagnostics: Diagnostics): void {
  diagnostics.addAttributeError(
    Path.root.atName(name),
    `"${name}" not updated`,
    `The API accepted the new value of "${name}", but the ${of.noun} still has another one. State has what the API ` +
      "reports.\n\nRun terraform plan again. If the value stays as it is, the API does not change it.",
  );
}
