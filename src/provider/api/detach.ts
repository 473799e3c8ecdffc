import type { Attributes, StateRequest } from "../../framework/index.ts";
import { monotonicNow, OpenAIError } from "../../openai/index.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import { operationTime, timeoutsOf } from "./arguments.ts";
import type { ApiObject, Detach } from "./declaration.ts";
import { pathOf } from "./object-names.ts";
import { explained, isMissing, isNamed, subjectOf } from "./request.ts";

/** Deletions that are under way at once, and how often progress is logged. */
const atOnce = 8;
const progressMs = 10_000;

/** Takes away what an object made elsewhere, one after the other; the API keeps the object itself. */
export async function detachObject(
  of: ApiObject,
  { cancelWhile, each }: Detach<Attributes>,
  request: StateRequest<Attributes, OpenAIProvider>,
): Promise<void> {
  const { state, provider, diagnostics, signal, log } = request;
  if (!isNamed(of, state, request)) return;
  const access = provider.access(null, { diagnostics, log, object: "resource", key: of.key });
  if (access === undefined) return;
  const timeLeft = operationTime(timeoutsOf(state), "delete", access.openai);
  const ask = async (method: "POST" | "DELETE", path: readonly string[]) => {
    try {
      const sent = { method, path, headers: of.headers, policy: "repeatable" } as const;
      await access.openai.acknowledge(sent, { signal, timeoutMs: timeLeft() });
    } catch (thrown) {
      if (!isMissing(thrown)) throw thrown;
    }
  };
  await explained(request, subjectOf(of, access, "delete", state), async () => {
    if (cancelWhile?.values.includes(String(state[cancelWhile.attribute]))) {
      await ask("POST", pathOf(of, state, String(state.id), "cancel")).catch((thrown: unknown) => {
        // It may have ended since, and what it made goes in any case.
        if (!(thrown instanceof OpenAIError) || thrown.kind === "aborted") throw thrown;
      });
    }
    // What another has added since, by create_before_destroy, is that one's now.
    const paths = each(state).filter((path) => !provider.creations.isOfAnother(request.private, path));
    const left = [...paths];
    let reportedAt = monotonicNow();
    const worker = async () => {
      for (let path = left.pop(); path !== undefined; path = left.pop()) {
        await ask("DELETE", path);
        if (monotonicNow() - reportedAt < progressMs) continue;
        reportedAt = monotonicNow();
        log.log("info", `Removing what the ${of.noun} made`, { left: left.length, of: paths.length });
      }
    };
    // One failure ends all: nothing more is begun.
    const workers = Array.from({ length: atOnce }, () =>
      worker().catch((thrown: unknown) => {
        left.length = 0;
        throw thrown;
      }),
    );
    await Promise.allSettled(workers);
    await Promise.all(workers);
  });
}
