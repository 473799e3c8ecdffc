import type { Attributes, StateRequest } from "../../framework/index.ts";
import { isJsonObject, monotonicNow } from "../../openai/index.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import { operationTime, timeoutsOf } from "./arguments.ts";
import type { ApiObject, Reset } from "./declaration.ts";
import { withId } from "./object-id.ts";
import { objectPath, titleOf } from "./object-names.ts";
import { explained, isExpired, isMissing, isNamed, retrieve, subjectOf } from "./request.ts";
import { sleep } from "./visibility.ts";

/** How long a deleted object may still be readable before that counts as a failure, and the pause between two reads. */
const goneWithinMs = 30_000;
const pauseMs = 500;

/** Deletes an object, sets it back, or leaves it where its declaration says so. One that is gone already is no error. */
export async function deleteObject(
  of: ApiObject,
  gone: "delete" | "forget" | Reset,
  request: StateRequest<Attributes, OpenAIProvider>,
): Promise<void> {
  if (gone === "forget") return;
  const absent = of.resource?.absent;
  const { provider, diagnostics, signal, log } = request;
  const state = withId(of, request.state);
  if (!isNamed(of, state, request)) return;
  const access = provider.access(null, { diagnostics, log, object: "resource", key: of.key });
  if (access === undefined) return;
  const timeLeft = operationTime(timeoutsOf(state), "delete", access.openai);
  const options = () => ({ signal, timeoutMs: timeLeft() });
  const path = objectPath(of, state);
  await explained(request, subjectOf(of, access, "delete", state), async () => {
    try {
      const request = { method: "DELETE", path, headers: of.headers } as const;
      if (typeof gone === "object") {
        const body = new Map(Object.entries(gone.set));
        await access.openai.acknowledge(
          { ...request, method: "POST", body, policy: "repeatable" },
          options(),
        );
        return;
      }
      const { body } = await access.openai.acknowledge(request, options());
      if (isJsonObject(body) && body.get("deleted") === true) return;
      // Without the API's word, only a 404 shows that it is gone.
      const until = monotonicNow() + Math.min(timeLeft(), goneWithinMs);
      while (monotonicNow() < until && !signal.aborted) {
        await retrieve(of, access, state, options());
        await sleep(pauseMs, signal);
      }
      diagnostics.addError(
        `${titleOf(of)} not deleted`,
        `The API accepted the deletion of ${JSON.stringify(state.id)}, but still has the ${of.noun}.\n\n` +
          "Run terraform destroy again in a while. It stays in state until it is gone.",
      );
    } catch (thrown) {
      if (isMissing(thrown) || (absent !== undefined && isExpired(thrown))) return;
      throw thrown;
    }
  });
}
