import type { Attributes, Diagnostics, PrivateState, State, StateRequest } from "../../framework/index.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { operationTime, timeoutsOf } from "./arguments.ts";
import type { ApiObject } from "./declaration.ts";
import { withMore } from "./more.ts";
import { withId } from "./object-id.ts";
import { titleOf } from "./object-names.ts";
import { explained, isExpired, isMissing, isNamed, reported, retrieve, subjectOf } from "./request.ts";
import { markSeen, mayAppearFor, untilVisible } from "./visibility.ts";

/** Reads an object again. Null: it is gone. */
export async function readObject(
  of: ApiObject,
  request: StateRequest<Attributes, OpenAIProvider>,
): Promise<State<Attributes> | Diagnostics | null> {
  const { provider, diagnostics, signal, log, private: kept } = request;
  const state = withId(of, request.state);
  if (!isNamed(of, state, request)) return diagnostics;
  const access = provider.access(null, { diagnostics, log, object: "resource", key: of.key });
  if (access === undefined) return diagnostics;
  const timeLeft = operationTime(timeoutsOf(state), "read", access.openai);
  const options = () => ({ signal, timeoutMs: timeLeft() });
  const absent = of.resource?.absent;
  const ended = async (last: State<Attributes>) => {
    const known = { ...last, id: String(last.id) };
    const more = await absent?.state?.({ openai: access.openai, state: known, imported: false, options });
    return more === undefined || more === null ? null : { ...last, ...more };
  };
  const result = await explained(request, subjectOf(of, access, "read", state), async () => {
    try {
      // The API may not show what was created a moment ago.
      const { openai } = access;
      const wait = { timeoutMs: timeLeft(), waitMs: mayAppearFor(kept), signal, log, openai };
      const response = await untilVisible((options) => retrieve(of, access, state, options), wait);
      const read = await reported(of, state, response, diagnostics);
      if (absent?.is?.(read) === true) return await ended(read);
      return await withMore(of, read, { access, imported: false, options });
    } catch (thrown) {
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
