import { type Attributes, Diagnostics, type State, type StateRequest } from "../../framework/index.ts";
import {
  isJsonObject,
  type JsonValue,
  monotonicNow,
  OpenAIError,
  type OperationOptions,
} from "../../openai/index.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { isAddedAnew } from "./added-anew.ts";
import { checkOrganizationOfMissing } from "./another-organization.ts";
import { operationTime, timeoutsOf } from "./arguments.ts";
import type { ApiObject, Reset, Settled } from "./declaration.ts";
import { withId } from "./object-id.ts";
import { objectPath, stepRequest, titleOf } from "./object-names.ts";
import {
  discreet,
  explained,
  isBelowArchived,
  isExpired,
  isMissing,
  isNamed,
  reported,
  retrieve,
  subjectOf,
} from "./request.ts";
import { sleep } from "./visibility.ts";

/** How long a deleted object may still be readable before that counts as a failure, and the pause between two reads. */
export const goneWithinMs = 30_000;
export const pauseMs = 500;

/** Deletes an object, sets it back, or leaves it where its declaration says so. One that is gone already is no error. */
export async function deleteObject(
  of: ApiObject,
  gone: "delete" | "forget" | Reset,
  request: StateRequest<Attributes, OpenAIProvider>,
): Promise<void> {
  if (gone === "forget") return;
  const { absent, settled } = of.resource ?? {};
  const { provider, diagnostics, signal, log } = request;
  const state = withId(of, request.state);
  if (!isNamed(of, state, request)) return;
  // Created before this one was to go, by create_before_destroy: it is the new one's now.
  if (provider.creations.isOfAnother(request.private, objectPath(of, state))) return;
  if (isAddedAnew(of, request.private, state, diagnostics)) return;
  const open = provider.access(null, { diagnostics, log, object: "resource", key: of.key });
  if (open === undefined) return;
  const access = discreet(of, open, state);
  const timeLeft = operationTime(timeoutsOf(state), "delete", access.openai);
  const options = () => ({ signal, timeoutMs: timeLeft() });
  const missing = (thrown: unknown) =>
    checkOrganizationOfMissing({ of, access, state, private: request.private }, thrown);
  await explained(request, subjectOf(of, access, "delete", state), async () => {
    const change = { openai: access.openai, provider, state: { ...state, id: String(state.id) }, plan: null };
    if ((await of.resource?.mayChange?.({ ...change, diagnostics, options })) === false) return;
    try {
      if (typeof gone === "object") return await setBack(of, access, state, gone, { signal, timeLeft });
      if ((await removeOne(of, access, state, { signal, timeLeft, missing })) !== "kept") return;
    } catch (thrown) {
      if (isMissing(thrown)) missing(thrown);
      if (isMissing(thrown) || isBelowArchived(of, thrown)) return;
      if (absent !== undefined && isExpired(thrown)) return;
      if (settled === undefined || !(await isSettled(of, settled, { access, state, thrown, options })))
        throw thrown;
      diagnostics.addWarning(
        `${titleOf(of)} not deleted`,
        `The API does not delete the ${of.noun} ${JSON.stringify(state.id)} any more: its ${settled.attribute} is ` +
          `${settled.values.join(" or ")}. It is out of the state, and stays where it is.`,
      );
      return;
    }
    addNotDeleted(of, state, diagnostics);
  });
}

export function addNotDeleted(of: ApiObject, state: State<Attributes>, diagnostics: Diagnostics): void {
  const noun = of.resource?.keeps?.noun ?? of.noun;
  diagnostics.addError(
    `${titleOf(of)} not deleted`,
    `The API accepted the deletion of ${JSON.stringify(state.id)}, but still has the ${noun}.\n\n` +
      "Run terraform destroy again in a while. It stays in state until it is gone.",
  );
}

/**
 * Reads for a while: without the API's word, only a 404 shows that an object is gone.
 *
 * @throws {OpenAIError} `not_found` where it is gone, and what else a read fails with.
 */
async function untilGone(
  of: ApiObject,
  access: Access,
  values: { readonly [name: string]: unknown },
  { signal, timeLeft }: While,
): Promise<void> {
  const until = monotonicNow() + Math.min(timeLeft(), goneWithinMs);
  while (monotonicNow() < until && !signal.aborted) {
    await retrieve(of, access, values, { signal, timeoutMs: timeLeft() });
    await sleep(pauseMs, signal);
  }
}

interface While {
  readonly signal: AbortSignal;
  readonly timeLeft: () => number;
  /** Gets what says that it was there no more before. May throw. */
  readonly missing?: (thrown: unknown) => void;
}

async function setBack(
  of: ApiObject,
  access: Access,
  state: State<Attributes>,
  { set }: Reset,
  { signal, timeLeft }: While,
): Promise<void> {
  const body = new Map(Object.entries(set));
  const path = objectPath(of, state);
  const request = { method: "POST", path, headers: of.headers, body, policy: "repeatable" } as const;
  await access.openai.acknowledge(request, { signal, timeoutMs: timeLeft() });
}

/** What became of an object that was to be deleted. */
export type Removal =
  | "deleted"
  /** It was there no more. */
  | "gone"
  /** The API accepted the deletion, and still has the object. */
  | "kept";

/**
 * Deletes one object of the API.
 *
 * @param values Its ID, and those of what it belongs to.
 * @throws {OpenAIError} what the API refuses.
 */
export async function removeOne(
  of: ApiObject,
  access: Access,
  values: { readonly [name: string]: unknown },
  { signal, timeLeft, missing }: While,
): Promise<Removal> {
  const options = () => ({ signal, timeoutMs: timeLeft() });
  const path = objectPath(of, values);
  let accepted = false;
  try {
    const steps = of.association?.steps;
    if (steps !== undefined) {
      await access.openai.acknowledge(stepRequest(of, values, steps.remove, steps.ids), options());
      return "deleted";
    }
    const request = { method: "DELETE", path, headers: of.headers } as const;
    const { body } = await access.openai.acknowledge(request, options());
    if (saysDeleted(body)) return "deleted";
    accepted = true;
    await untilGone(of, access, values, { signal, timeLeft });
    return "kept";
  } catch (thrown) {
    if (!isMissing(thrown)) throw thrown;
    // An earlier attempt of this very deletion may have succeeded, and only its answer was lost.
    const again = thrown instanceof OpenAIError && thrown.attempts > 1;
    if (accepted || again) return "deleted";
    missing?.(thrown);
    return "gone";
  }
}

/** Some objects of the API say it by a boolean, and others by their type alone: `certificate.deleted`. */
function saysDeleted(body: JsonValue): boolean {
  if (!isJsonObject(body)) return false;
  const [deleted, object] = [body.get("deleted"), body.get("object")];
  return (
    deleted === true || (deleted === undefined && typeof object === "string" && object.endsWith(".deleted"))
  );
}

interface Refusal {
  readonly access: Access;
  readonly state: State<Attributes>;
  readonly thrown: unknown;
  readonly options: () => OperationOptions;
}

/** Whether the API refused to delete what by now cannot be deleted. */
async function isSettled(
  of: ApiObject,
  settled: Settled,
  { access, state, thrown, options }: Refusal,
): Promise<boolean> {
  if (!(thrown instanceof OpenAIError) || (thrown.kind !== "bad_request" && thrown.kind !== "conflict"))
    return false;
  const response = await retrieve(of, access, state, options());
  const now = await reported(of, state, response, new Diagnostics());
  return settled.values.includes(String(now[settled.attribute]));
}
