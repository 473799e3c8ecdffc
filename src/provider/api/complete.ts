import type { Attributes, CreateRequest, Diagnostics, State } from "../../framework/index.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import { operationTime, timeoutsOf } from "./arguments.ts";
import type { ApiObject, ResourceDeclaration } from "./declaration.ts";
import { onceNewIsVisible } from "./new-objects.ts";
import { discreet, explained, subjectOf } from "./request.ts";

type Values = State<Attributes>;

/**
 * What a creation or an update does besides. What is there is saved before.
 *
 * @param before The state before an update; null for a creation.
 */
export async function completeObject(
  of: ApiObject,
  { complete }: ResourceDeclaration<Attributes>,
  request: CreateRequest<Attributes, OpenAIProvider>,
  { state, before }: { readonly state: Values; readonly before: Values | null },
): Promise<Values | Diagnostics> {
  const { plan, provider, save, private: own, diagnostics, signal, log } = request;
  if (complete === undefined) return state;
  const open = provider.access(null, { diagnostics, log, object: "resource", key: of.key });
  if (open === undefined) return diagnostics;
  const access = discreet(of, open, state);
  save(state);
  const { openai } = access;
  const timeLeft = operationTime(timeoutsOf(plan), before === null ? "create" : "update", openai);
  const options = () => ({ signal, timeoutMs: timeLeft() });
  const known = { ...state, id: String(state.id) };
  const done = await explained(request, subjectOf(of, access, "update", state), () =>
    complete({
      openai,
      access,
      plan,
      before,
      state: known,
      save,
      private: own,
      diagnostics,
      options,
      onceVisible: (path, send) =>
        onceNewIsVisible({ path }, { provider, access, timeLeft, signal, log }, send),
    }),
  );
  return done ?? diagnostics;
}
