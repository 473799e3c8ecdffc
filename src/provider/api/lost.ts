import { type Attributes, Diagnostics, type OperationRequest, type State } from "../../framework/index.ts";
import { isJsonObject, monotonicNow, type ObjectResponse, OpenAIError } from "../../openai/index.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import type { ApiObject, Association, ListDeclaration, ResourceDeclaration } from "./declaration.ts";
import { listPages } from "./list-pages.ts";
import { withId } from "./object-id.ts";
import { idMemberOf, pluralName } from "./object-names.ts";
import { isMissing, reported, retrieve } from "./request.ts";
import { sleep } from "./visibility.ts";

type Values = State<Attributes>;

/** How long a list may not have yet what was created, and the pause between two reads. */
const listedWithinMs = 6_000;
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
 * Looks for what a creation has made whose answer was lost: in the list, or by its arguments where these name it. Undefined where it is not there, where there
 * are several that it may be, and where the list cannot be read.
 */
export async function findLost(
  of: ApiObject,
  { made }: ResourceDeclaration<Attributes>,
  lost: Lost,
): Promise<ObjectResponse | undefined> {
  if (of.association !== undefined) return findRelated(of, of.association, lost);
  if (made === undefined || of.list === undefined) return undefined;
  const { signal, diagnostics } = lost.request;
  const until = monotonicNow() + listedWithinMs;
  while (!signal.aborted && lost.timeLeft() > pauseMs) {
    const found = await candidates(of, of.list, made, lost);
    if (found === undefined || found.length > 1) return undefined;
    const [one] = found;
    if (one !== undefined) {
      diagnostics.addWarning(
        "Answer lost, and found again",
        `The answer to the creation of the ${of.noun} did not arrive. The list of the data source "${pluralName(of)}" has ` +
          `one that was created since with what was sent, ${JSON.stringify(one.body.get(idMemberOf(of)))}, which is kept in state.`,
      );
      return one;
    }
    if (monotonicNow() >= until) return undefined;
    await sleep(pauseMs, signal);
  }
  return undefined;
}

/** How long what an answer began to name may take until it can be read. */
const namedWithinMs = 30_000;

/** Who asks for what an answer named, and for how long. */
interface Naming extends Pick<Lost, "access" | "timeLeft"> {
  readonly signal: AbortSignal;
  readonly diagnostics: Diagnostics;
}

/**
 * Reads the object that a creation has made, by the ID with which its answer begins, where the rest of the answer cannot
 * be read. Undefined where the beginning has none, or the object cannot be read either.
 *
 * @param values What its path names.
 */
export async function findNamed(
  of: ApiObject,
  values: { readonly [name: string]: unknown },
  { failure }: OpenAIError,
  { access, timeLeft, signal, diagnostics }: Naming,
): Promise<ObjectResponse | undefined> {
  const { objectId: id } = failure;
  if (id === undefined || idMemberOf(of) !== "id" || of.association !== undefined) return undefined;
  const until = monotonicNow() + namedWithinMs;
  while (!signal.aborted && timeLeft() > pauseMs && monotonicNow() < until) {
    try {
      const response = await retrieve(of, access, { ...values, id }, { signal, timeoutMs: timeLeft() });
      diagnostics.addWarning(
        "Answer lost, and found again",
        `The answer to the creation of the ${of.noun} could not be read whole: ${failure.message}. It begins with the ID ` +
          `${JSON.stringify(id)}, by which the ${of.noun} was read, and is kept in state.`,
      );
      return response;
    } catch (thrown) {
      if (!(thrown instanceof OpenAIError)) throw thrown;
      // What may pass, the client has repeated; what is new may not be there yet.
      if (!isMissing(thrown)) return undefined;
    }
    await sleep(pauseMs, signal);
  }
  return undefined;
}

/** Reads by its arguments what relates two objects: that it is there now is all that was asked for. */
async function findRelated(
  of: ApiObject,
  { answer, steps }: Association,
  { access, sent, timeLeft, request: { signal, diagnostics } }: Lost,
): Promise<ObjectResponse | undefined> {
  const values = withId(of, sent);
  const until = monotonicNow() + listedWithinMs;
  while (!signal.aborted && timeLeft() > pauseMs) {
    try {
      const response = await retrieve(of, access, values, { signal, timeoutMs: timeLeft() });
      const state = await reported(of, { ...values }, response, new Diagnostics());
      if (of.resource?.absent?.is?.(state) === true) return undefined;
      diagnostics.addWarning(
        "Answer lost, and found again",
        `The answer to the creation of the ${of.noun} did not arrive, and the API has it, ${JSON.stringify(values.id)}. It is kept in state.`,
      );
      const { body } = response;
      if (steps !== undefined) return { ...response, body: new Map([["data", [body]]]) };
      return { ...response, body: answer === undefined ? new Map() : new Map([[answer, body]]) };
    } catch (thrown) {
      if (!(thrown instanceof OpenAIError)) throw thrown;
      if (!isMissing(thrown) || monotonicNow() >= until) return undefined;
    }
    await sleep(pauseMs, signal);
  }
  return undefined;
}

/** The newest objects that may be it. */
async function candidates(
  of: ApiObject,
  list: ListDeclaration<Attributes>,
  made: NonNullable<ResourceDeclaration<Attributes>["made"]>,
  { access, sent, sentAt, timeLeft, request: { signal, log } }: Lost,
): Promise<ObjectResponse[] | undefined> {
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
      // By the API's clock: this machine's may be wrong.
      const since = ((page.date ?? Date.now()) - (monotonicNow() - sentAt) - clockMs) / 1000;
      for (const item of data) {
        if (!isJsonObject(item)) continue;
        const response = { ...page, body: item };
        const state = await stateOf(of, sent, response);
        if (Number(state.created_at) >= Math.floor(since) && made(state, sent)) found.push(response);
      }
    }
    return found;
  } catch (thrown) {
    if (thrown instanceof OpenAIError) return undefined;
    throw thrown;
  }
}

function stateOf(of: ApiObject, sent: Values, response: ObjectResponse): Promise<Values> {
  const id = String(response.body.get(idMemberOf(of)));
  const nothing = Object.fromEntries(Object.keys(sent).map((name) => [name, null]));
  return reported(of, { ...nothing, id }, response, new Diagnostics(), "take");
}
