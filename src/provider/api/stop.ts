import { type Attributes, Diagnostics, type State, type StateRequest } from "../../framework/index.ts";
import { OpenAIError, type OperationOptions } from "../../openai/index.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { checkOrganizationOfMissing } from "./another-organization.ts";
import { operationTime, timeoutsOf } from "./arguments.ts";
import type { ApiObject, ResourceDeclaration, Stop } from "./declaration.ts";
import { withId } from "./object-id.ts";
import { objectPath } from "./object-names.ts";
import { explained, isBelowArchived, isMissing, isNamed, reported, retrieve, subjectOf } from "./request.ts";

/**
 * Removes an object that the API never deletes: ends what it does, where it does something, and deletes what its
 * creation prepared. One that is gone already is no error.
 */
export async function stopObject(
  of: ApiObject,
  declared: ResourceDeclaration<Attributes>,
  stop: Stop<Attributes>,
  request: StateRequest<Attributes, OpenAIProvider>,
): Promise<void> {
  const { provider, diagnostics, signal, log } = request;
  const state = withId(of, request.state);
  if (!isNamed(of, state, request)) return;
  const access = provider.access(null, { diagnostics, log, object: "resource", key: of.key });
  if (access === undefined) return;
  const timeLeft = operationTime(timeoutsOf(state), "delete", access.openai);
  const options = () => ({ signal, timeoutMs: timeLeft() });
  const missing = (thrown: unknown) =>
    checkOrganizationOfMissing({ of, access, state, private: request.private }, thrown);
  await explained(request, subjectOf(of, access, "delete", state), async () => {
    await endIfRunning(of, stop, access, state, { options, missing });
    for (const path of declared.prepared?.(state) ?? [])
      await unlessGone(of, () => access.openai.acknowledge({ method: "DELETE", path }, options()));
  });
}

interface Ending {
  readonly options: () => OperationOptions;
  /** Gets what says that it is there no more. May throw. */
  readonly missing?: ((thrown: unknown) => void) | undefined;
}

/** Ends what an object does, where it does something. */
export async function endIfRunning(
  of: ApiObject,
  stop: Stop<Attributes>,
  access: Access,
  state: State<Attributes>,
  { options, missing }: Ending,
): Promise<void> {
  const { while: running, unasked = false } = stop;
  const last = running && state[running.attribute];
  // What has ended once does not run again.
  if (!unasked && running !== undefined && last != null && !running.values.includes(String(last))) return;
  const runs = () => isRunning(of, stop, access, state, { options, missing });
  if (unasked || (await runs())) await end(of, stop, access, state, { options, missing, runs });
}

interface End extends Ending {
  readonly runs: () => Promise<boolean>;
}

async function end(
  of: ApiObject,
  { post }: Stop<Attributes>,
  access: Access,
  state: State<Attributes>,
  { options, missing, runs }: End,
): Promise<void> {
  const path = objectPath(of, state, post);
  try {
    // A second time ends nothing more.
    const send = { method: "POST", path, headers: of.headers, policy: "repeatable" } as const;
    await unlessGone(of, () => access.openai.acknowledge(send, options()), missing);
  } catch (thrown) {
    // It may have ended by itself meanwhile.
    if (!(thrown instanceof OpenAIError) || thrown.kind === "aborted" || (await runs())) throw thrown;
  }
}

/** Whether there is something to end. Read now: what state has may be hours old. */
async function isRunning(
  of: ApiObject,
  { while: running }: Stop<Attributes>,
  access: Access,
  state: State<Attributes>,
  { options, missing }: Ending,
): Promise<boolean> {
  if (running === undefined) return true;
  const response = await unlessGone(of, () => retrieve(of, access, state, options()), missing);
  if (response === undefined) return false;
  const now = await reported(of, state, response, new Diagnostics());
  return running.values.includes(String(now[running.attribute]));
}

/** Undefined where it is there no more, or belongs to what is archived, where nothing works any more. */
async function unlessGone<T>(
  of: ApiObject,
  run: () => Promise<T>,
  missing?: (thrown: unknown) => void,
): Promise<T | undefined> {
  try {
    return await run();
  } catch (thrown) {
    if (isMissing(thrown)) missing?.(thrown);
    else if (!isBelowArchived(of, thrown)) throw thrown;
    return undefined;
  }
}
