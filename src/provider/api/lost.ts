import { type Attributes, Diagnostics, type OperationRequest, type State } from "../../framework/index.ts";
import { isJsonObject, monotonicNow, type ObjectResponse, OpenAIError } from "../../openai/index.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import type { ApiObject, Association, ListDeclaration, ResourceDeclaration } from "./declaration.ts";
import { listPages } from "./list-pages.ts";
import { withId } from "./object-id.ts";
import { idMemberOf, objectPath, pluralName } from "./object-names.ts";
import { isMissing, reported, retrieve } from "./request.ts";
import { sleep } from "./visibility.ts";

type Values = State<Attributes>;

/** How long a list may not have yet what was created, a read what an answer names, and the pause between two of them. */
const listedWithinMs = 6_000;
const namedWithinMs = 30_000;
const pauseMs = 1_500;
/** How many of the newest objects are looked at. */
const newest = 100;
/** Clocks of two of the API's servers may differ. */
const clockMs = 2_000;

export interface Lost {
  readonly access: Access;
  /** What was sent. */
  readonly sent: Values;
  /** When: of the monotonic clock. */
  readonly sentAt: number;
  /** Milliseconds. */
  readonly timeLeft: () => number;
  readonly request: OperationRequest<OpenAIProvider>;
}

/**
 * Looks for what a creation has made whose answer was lost: by the ID with which the answer begins, by its arguments where
 * these name it, or in the list. Undefined where it is not there, where there are several that it may be, and where it
 * cannot be read.
 */
export async function findLost(
  of: ApiObject,
  { made }: ResourceDeclaration<Attributes>,
  { failure }: OpenAIError,
  lost: Lost,
): Promise<ObjectResponse | undefined> {
  if (of.association !== undefined) return findRelated(of, of.association, lost);
  if (failure.objectId !== undefined && idMemberOf(of) === "id") {
    const named = await findNamed(of, failure.objectId, failure.message, lost);
    if (named !== undefined) return named;
  }
  const { list, idArgument } = of;
  if (idArgument !== undefined && of.resource?.create === undefined) {
    const one = await waitFor(() => readNew(of, idArgument, lost), listedWithinMs, lost);
    const since = `did not arrive. The API has ${JSON.stringify(lost.sent[idArgument])} since then, which is kept in state.`;
    return found(of, one, since, lost);
  }
  if (made === undefined || list === undefined) return undefined;
  const one = await waitFor(() => candidate(of, list, made, lost), listedWithinMs, lost);
  const id = one && JSON.stringify(one.body.get(idMemberOf(of)));
  const where = `did not arrive. The list of the data source "${pluralName(of)}" has one that was created since with what was sent`;
  return found(of, one, `${where}, ${id}, which is kept in state.`, lost);
}

/** Reads the object by the ID with which the answer begins, the rest of which cannot be read. */
async function findNamed(
  of: ApiObject,
  id: string,
  why: string,
  lost: Lost,
): Promise<ObjectResponse | undefined> {
  const one = await waitFor(() => read(of, { ...lost.sent, id }, lost), namedWithinMs, lost);
  const begun = `could not be read whole: ${why}. It begins with the ID ${JSON.stringify(id)}, by which the ${of.noun} was read`;
  return found(of, one, `${begun}, and is kept in state.`, lost);
}

/** Reads by its arguments what relates two objects: that it is there now is all that was asked for. */
async function findRelated(
  of: ApiObject,
  { answer, steps }: Association,
  lost: Lost,
): Promise<ObjectResponse | undefined> {
  const values = withId(of, lost.sent);
  const one = await waitFor(() => read(of, values, lost), listedWithinMs, lost);
  const there = `did not arrive, and the API has it, ${JSON.stringify(values.id)}. It is kept in state.`;
  const response = found(of, one, there, lost);
  if (response === undefined) return undefined;
  const { body } = response;
  if (steps !== undefined) return { ...response, body: new Map([["data", [body]]]) };
  return { ...response, body: answer === undefined ? new Map() : new Map([[answer, body]]) };
}

/** Warns of what was found, in a sentence after "The answer to its creation". */
function found(
  { noun }: ApiObject,
  response: ObjectResponse | undefined,
  words: string,
  { request }: Lost,
): ObjectResponse | undefined {
  if (response !== undefined)
    request.diagnostics.addWarning(
      "Answer lost, and found again",
      `The answer to the creation of the ${noun} ${words}`,
    );
  return response;
}

/** Looks again and again while there is nothing yet; null ends that. */
async function waitFor<T>(
  look: () => Promise<T | undefined | null>,
  withinMs: number,
  { timeLeft, request: { signal } }: Lost,
): Promise<T | undefined> {
  const until = monotonicNow() + withinMs;
  while (!signal.aborted && timeLeft() > pauseMs) {
    const one = await look();
    if (one !== undefined) return one ?? undefined;
    if (monotonicNow() >= until) return undefined;
    await sleep(pauseMs, signal);
  }
  return undefined;
}

/** One object. Undefined where it is not there yet; null where it cannot be read, or has ended. */
async function read(
  of: ApiObject,
  values: Values,
  { access, timeLeft, request: { signal } }: Lost,
): Promise<ObjectResponse | undefined | null> {
  try {
    const response = await retrieve(of, access, values, { signal, timeoutMs: timeLeft() });
    const hasEnded = of.resource?.absent?.is;
    if (hasEnded === undefined) return response;
    return hasEnded(await reported(of, { ...values }, response, new Diagnostics())) ? null : response;
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    // What may pass, the client has repeated; what is new may not be there yet.
    return isMissing(thrown) ? undefined : null;
  }
}

/** The object that an argument names, if it was created since; as {@link read}. */
async function readNew(
  of: ApiObject,
  idArgument: string,
  lost: Lost,
): Promise<ObjectResponse | undefined | null> {
  const values = { ...lost.sent, id: lost.sent[idArgument] ?? null };
  const response = await read(of, values, lost);
  if (response === undefined || response === null) return response;
  const { created_at } = await reported(of, { ...values }, response, new Diagnostics());
  return Number(created_at) >= since(response, lost) ? response : null;
}

/** The second in which the creation was sent, by the API's clock: this machine's may be wrong. */
function since({ date }: Pick<ObjectResponse, "date">, { sentAt }: Lost): number {
  return Math.floor(((date ?? Date.now()) - (monotonicNow() - sentAt) - clockMs) / 1000);
}

/** The newest object that it must be. Undefined where there is none; null where there are several, or no list. */
async function candidate(
  of: ApiObject,
  list: ListDeclaration<Attributes>,
  made: NonNullable<ResourceDeclaration<Attributes>["made"]>,
  lost: Lost,
): Promise<ObjectResponse | undefined | null> {
  const { access, sent, timeLeft, request } = lost;
  const { signal, log, provider } = request;
  try {
    const found: ObjectResponse[] = [];
    const options = () => ({ signal, timeoutMs: timeLeft() });
    for await (const { data, page } of listPages(of, list, {
      access,
      config: sent,
      limit: newest,
      options,
      log,
    })) {
      for (const item of data) {
        if (!isJsonObject(item)) continue;
        const response = { ...page, body: item };
        const state = await stateOf(of, sent, response);
        const isNew = Number(state.created_at) >= since(page, lost);
        // What this run has in state already is another resource's.
        const isFree = !provider.creations.has(objectPath(of, withId(of, { ...sent, ...state })));
        if (isNew && isFree && made({ ...state, id: String(state.id) }, sent)) found.push(response);
      }
    }
    return found.length > 1 ? null : found[0];
  } catch (thrown) {
    if (thrown instanceof OpenAIError) return null;
    throw thrown;
  }
}

function stateOf(of: ApiObject, sent: Values, response: ObjectResponse): Promise<Values> {
  const id = String(response.body.get(idMemberOf(of)));
  const nothing = Object.fromEntries(Object.keys(sent).map((name) => [name, null]));
  return reported(of, { ...nothing, id }, response, new Diagnostics(), "take");
}
