import { type Diagnostics, Path, type UpdateRequest } from "../../framework/index.ts";
import { OpenAIError } from "../../openai/index.ts";
import { explain } from "../explain.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { sameMetadata, toldMetadata } from "./metadata.ts";
import { paramPath } from "./param-path.ts";
import { completionIn } from "./read.ts";
import { refreshed } from "./readable.ts";
import type { ResourceAttributes, ResourceState } from "./resource-attributes.ts";
import { operationTime } from "./resource-time.ts";
import type { CompletionState } from "./state.ts";
import { sleep, untilVisible } from "./until-visible.ts";
import { setVisibility, visibility, visibleAfterMs } from "./visibility.ts";

type Request = UpdateRequest<ResourceAttributes, OpenAIProvider>;
type Metadata = ReadonlyMap<string, string>;

/** How long a read may still tell the metadata from before an update, and the pause between two reads. */
const staleMs = 10_000;
const pauseMs = 500;

/**
 * Updates the metadata, the one thing that the API can change: the full map is sent, and read back. All
 * other arguments that change without replacing change the state alone, and call nothing.
 */
export async function updateCompletion(request: Request): Promise<ResourceState | Diagnostics> {
  const { plan, state, provider, diagnostics, log } = request;
  const updated: ResourceState = { ...state, ...plan };
  if (sameMetadata(plan.metadata, state.metadata)) return updated;
  const access = provider.access(null, { diagnostics, log, object: "resource" });
  if (access === undefined) return diagnostics;
  try {
    const completion = await sendAndReadBack(access, request, plan.metadata ?? new Map());
    setVisibility(request.private, "seen");
    const read = refreshed(updated, completion);
    if (completion.metadata === null || sameMetadata(plan.metadata, completion.metadata)) return read;
    const told = toldMetadata(completion.metadata, plan.metadata);
    request.save({ ...read, metadata: told });
    return addNotAsSent(told, plan.metadata ?? new Map(), diagnostics);
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    const argument = (param: string) => paramPath(param, plan);
    const subject = {
      access,
      completionId: state.id,
      operation: "update",
      object: "resource",
    } as const;
    return diagnostics.add(explain(thrown, { ...subject, argument }));
  }
}

async function sendAndReadBack(
  access: Access,
  request: Request,
  metadata: Metadata,
): Promise<CompletionState> {
  const { state, plan, signal, log, diagnostics } = request;
  const { chatCompletions } = access.openai;
  const id = state.id;
  const timeLeft = operationTime(plan.timeouts, "update");
  const waitMs = visibility(request.private) === "seen" ? 0 : visibleAfterMs;
  const updated = await untilVisible((options) => chatCompletions.update(id, metadata, options), {
    waitMs,
    timeoutMs: timeLeft(),
    signal,
    log,
  });
  const answer = completionIn(updated, id, diagnostics);
  const until = performance.now() + Math.min(staleMs, timeLeft());
  for (;;) {
    const response = await chatCompletions.retrieve(id, { signal, timeoutMs: timeLeft() });
    const read = completionIn(response, id, diagnostics);
    // A read that differs from what was sent may be a moment late, unless the update's own answer differs too.
    const settled = sameMetadata(read.metadata, metadata) || sameMetadata(read.metadata, answer.metadata);
    if (settled || performance.now() >= until) return read;
    await sleep(pauseMs, signal);
  }
}

function addNotAsSent(kept: Metadata, sent: Metadata, diagnostics: Diagnostics): Diagnostics {
  const survived = [...kept.keys()].filter((key) => !sent.has(key)).map((key) => JSON.stringify(key));
  const path = Path.root.atName("metadata");
  if (survived.length === 0) {
    return diagnostics.addAttributeError(
      path,
      "Metadata not updated",
      "The API took the new metadata, but does not tell it back. What it tells is in state now.\n\nRun terraform plan again.",
    );
  }
  return diagnostics.addAttributeError(
    path,
    "Removed metadata survived",
    `The API kept what was to be removed: ${survived.join(", ")}. It merges new metadata into the old, and has no way to ` +
      "remove a key. What it tells is in state now.\n\n" +
      'Give such a key an empty value instead (KEY = ""), or put it back; terraform apply -replace=ADDRESS creates the ' +
      "completion anew, which is paid for.",
  );
}
