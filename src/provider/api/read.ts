import type { Attributes, Diagnostics, PrivateState, State, StateRequest } from "../../framework/index.ts";
import { monotonicNow } from "../../openai/index.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { recordAdded } from "./added-anew.ts";
import {
  checkOrganizationOfAnswer,
  checkOrganizationOfMissing,
  recordOrganization,
} from "./another-organization.ts";
import { operationTime, timeoutsOf } from "./arguments.ts";
import type { ApiObject } from "./declaration.ts";
import { withMore } from "./more.ts";
import { withId } from "./object-id.ts";
import { titleOf } from "./object-names.ts";
import { sameAttribute } from "./refresh.ts";
import {
  discreet,
  explained,
  isExpired,
  isMissing,
  isNamed,
  reported,
  retrieve,
  subjectOf,
} from "./request.ts";
import { markSeen, mayAppearFor, sleep, untilVisible } from "./visibility.ts";

type Values = { readonly [name: string]: unknown };

/** Reads an object again. Null: it is gone. */
export async function readObject(
  of: ApiObject,
  request: StateRequest<Attributes, OpenAIProvider>,
): Promise<State<Attributes> | Diagnostics | null> {
  const { provider, diagnostics, signal, log, private: kept } = request;
  const state = withId(of, request.state);
  if (!isNamed(of, state, request)) return diagnostics;
  const open = provider.access(null, { diagnostics, log, object: "resource", key: of.key });
  if (open === undefined) return diagnostics;
  const access = discreet(of, open, state);
  const timeLeft = operationTime(timeoutsOf(state), "read", access.openai);
  const options = () => ({ signal, timeoutMs: timeLeft() });
  const absent = of.resource?.absent;
  const asked = { of, access, state, private: kept };
  const ended = async (last: State<Attributes>) => {
    const known = { ...last, id: String(last.id) };
    const more = await absent?.state?.({
      openai: access.openai,
      access,
      state: known,
      imported: false,
      options,
      call: request,
    });
    return more === undefined || more === null ? null : { ...last, ...more };
  };
  const result = await explained(request, subjectOf(of, access, "read", state), async () => {
    try {
      // The API may not show what was created a moment ago.
      const { openai } = access;
      const wait = { timeoutMs: timeLeft(), waitMs: mayAppearFor(kept), signal, log, openai };
      const response = await untilVisible((options) => retrieve(of, access, state, options), wait);
      checkOrganizationOfAnswer(asked, response);
      let read = await reported(of, state, response, diagnostics);
      const until = monotonicNow() + mayAppearFor(kept);
      for (
        let pause = firstPauseMs;
        isBehind(of, state, read) && monotonicNow() + pause < until;
        pause *= 2
      ) {
        await sleep(pause, signal);
        const again = await retrieve(of, access, state, { ...options(), fresh: true });
        read = await reported(of, state, again, diagnostics);
      }
      recordOrganization(asked, response);
      recordAdded(of, kept, read);
      if (absent?.is?.(read) === true) return await ended(read);
      const whole = await withMore(of, read, { access, imported: false, options, call: request });
      if (of.resource?.refresh === undefined) return whole;
      const known = { ...whole, id: String(whole.id) };
      const about = { access, state: known, private: kept, diagnostics, timeLeft, signal, log };
      return { ...whole, ...(await of.resource.refresh(about)) };
    } catch (thrown) {
      if (isMissing(thrown)) checkOrganizationOfMissing(asked, thrown);
      if (isMissing(thrown) && mustStay(of, kept)) {
        addKept(of, access, String(state.id), diagnostics);
        return state;
      }
      if (isMissing(thrown) || (absent !== undefined && isExpired(thrown))) return ended(state);
      throw thrown;
    }
  });
  if (result === undefined) return diagnostics;
  if (result !== null) markSeen(kept);
  return result;
}

/** The first pause before what lags behind a write is read again. */
const firstPauseMs = 1_000;

/** Whether a read, soon after a write, has other arguments: reads of some objects lag behind the writes. */
function isBehind({ resource, attributes }: ApiObject, state: Values, read: Values): boolean {
  if (resource?.answersUpdate !== true) return false;
  return (resource.update ?? []).some((name) => {
    const attribute = attributes[name];
    return attribute !== undefined && !sameAttribute(attribute, state[name] ?? null, read[name] ?? null);
  });
}

/**
 * Whether one that is missing stays in state: it was paid for, and made by an import, or by another provider whose
 * account may be another one.
 */
function mustStay({ resource }: ApiObject, { imported }: Pick<PrivateState, "imported">): boolean {
  return resource?.paid !== undefined && imported;
}

function addKept(of: ApiObject, access: Access, id: string, diagnostics: Diagnostics): void {
  diagnostics.addWarning(
    `${titleOf(of)} not found, and kept`,
    `${access.baseUrl} has no ${of.noun} ${JSON.stringify(id)} for this key, and this provider did not create it: it was imported, ` +
      "or taken over from another provider. It is kept in state, because a new one would be paid for.\n\n" +
      "Give the provider the key, organization and project that it was created with. To create it anew and pay for it " +
      "again, run terraform apply -replace=ADDRESS.",
  );
}
