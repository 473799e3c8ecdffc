import {
  type Diagnostics,
  isUnknown,
  type ModifyPlanRequest,
  Path,
  type Plan,
  UNKNOWN,
  type UpdateRequest,
} from "../../framework/index.ts";
import { type ApiResponse, isJsonObject, monotonicNow, OpenAIError } from "../../openai/index.ts";
import { ShapeError } from "../api/body.ts";
import { sameMetadata, type ToldMetadata, toldMetadata } from "../api/metadata.ts";
import { explain } from "../explain/explain.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { type Absence, absenceOf, absenceWarning, canBeNamed } from "./absence.ts";
import { recordSeen } from "./completion-record.ts";
import { paramPath } from "./param-path.ts";
import { completionIn } from "./read.ts";
import type { ResourceAttributes, ResourceState } from "./resource-attributes.ts";
import { operationTime } from "./resource-time.ts";
import { type CompletionState, completionState } from "./state.ts";
import { storedOf } from "./stored.ts";
import { completionTopic } from "./topic.ts";
import { onceVisible, sleep } from "./until-visible.ts";

type Request = UpdateRequest<ResourceAttributes, OpenAIProvider>;
type Metadata = ReadonlyMap<string, string>;

/** How long a read may still tell the metadata from before an update, and the pause between two reads. */
const staleMs = 10_000;
const pauseMs = 500;

/** A change of the metadata leaves unknown what is stored of it, and nothing else. */
export function planUpdate({ plan, state }: ModifyPlanRequest<ResourceAttributes, OpenAIProvider>) {
  if (state === null || !changesMetadata(plan.metadata, state.metadata)) return undefined;
  return { plan: { stored: state.stored === null ? UNKNOWN : { ...state.stored, metadata: UNKNOWN } } };
}

function changesMetadata(planned: Plan<ResourceAttributes>["metadata"], before: Metadata | null): boolean {
  if (isUnknown(planned)) return true;
  const known = new Map<string, string>();
  for (const [key, value] of planned ?? []) {
    if (isUnknown(value)) return true;
    known.set(key, value);
  }
  return !sameMetadata(known, before);
}

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
  if (!canBeNamed(state)) return inStateOnly("never_seen", undefined, request, access);
  try {
    const { completion, response } = await sendAndReadBack(access, request, plan.metadata ?? new Map());
    recordSeen(request.private, access, response);
    const read = { ...updated, stored: storedAfter(updated.stored, completion) };
    if (completion.metadata === null || sameMetadata(plan.metadata, completion.metadata)) return read;
    const told = toldMetadata(completion.metadata, plan.metadata);
    request.save({ ...read, metadata: told });
    return addNotAsSent(told, plan.metadata ?? new Map(), diagnostics);
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    const absence = absenceOf(thrown, { ...request, access });
    if (absence !== undefined && absence !== "gone") return inStateOnly(absence, thrown, request, access);
    const argument = (param: string) => paramPath(param, plan);
    const subject = {
      access,
      topic: completionTopic,
      id: state.id,
      operation: "update",
      object: "resource",
    } as const;
    return diagnostics.add(explain(thrown, { ...subject, argument }));
  }
}

/** Metadata of a completion that is not there: a changed tag must not stop everything else, and buys nothing. */
function inStateOnly(
  absence: Absence,
  error: OpenAIError | undefined,
  request: Request,
  access: Access,
): ResourceState {
  const { state, plan, diagnostics } = request;
  const words = {
    summary: "Metadata changed in state only",
    kept: "The new metadata is in state, and the API does not confirm it.",
    remedy:
      "Nothing has to be done. To create the completion anew with this metadata, and pay for it again, run " +
      "terraform apply -replace=ADDRESS.",
  };
  diagnostics.add(absenceWarning(absence, error, { ...request, access }, words));
  return { ...state, ...plan };
}

/** The answer of the read that settles what the metadata is. */
async function sendAndReadBack(
  access: Access,
  request: Request,
  metadata: Metadata,
): Promise<{ readonly completion: CompletionState; readonly response: ApiResponse }> {
  const { state, plan, signal, diagnostics } = request;
  const { chatCompletions } = access.openai;
  const id = state.id;
  const timeLeft = operationTime(plan.timeouts, "update");
  const answered = metadataOf(
    await onceVisible((options) => chatCompletions.update(id, metadata, options), { ...request, timeLeft }),
    id,
  );
  const until = monotonicNow() + Math.min(staleMs, timeLeft());
  for (;;) {
    const response = await chatCompletions.retrieve(id, { signal, timeoutMs: timeLeft() });
    const completion = completionIn(response, id, diagnostics);
    const read = completion.metadata;
    // A read that differs from what was sent may be a moment late, unless the update's own answer differs too.
    const settled = sameMetadata(read, metadata) || (answered !== undefined && sameMetadata(read, answered));
    if (settled || monotonicNow() >= until) return { completion, response };
    await sleep(pauseMs, signal);
  }
}

/** The metadata in an update's own answer; undefined where that is no completion. */
function metadataOf({ body }: ApiResponse, id: string): ToldMetadata | null | undefined {
  if (!isJsonObject(body)) return undefined;
  try {
    return completionState(body, { id, report: () => {} }).metadata;
  } catch (thrown) {
    if (!(thrown instanceof ShapeError)) throw thrown;
    return undefined;
  }
}

/** What is planned to stay stays, whatever the read says: the next refresh shows it. */
function storedAfter(stored: ResourceState["stored"], completion: CompletionState): ResourceState["stored"] {
  return stored === null ? storedOf(completion) : { ...stored, metadata: completion.metadata };
}

function addNotAsSent(kept: Metadata, sent: Metadata, diagnostics: Diagnostics): Diagnostics {
  const survived = [...kept.keys()].filter((key) => !sent.has(key)).map((key) => JSON.stringify(key));
  const path = Path.root.atName("metadata");
  if (survived.length === 0) {
    return diagnostics.addAttributeError(
      path,
      "Metadata not updated",
      "The API accepted the new metadata, but its reads do not show it. What they show is in state now.\n\nRun terraform " +
        "plan again.",
    );
  }
  return diagnostics.addAttributeError(
    path,
    "Removed metadata survived",
    `The API kept what was to be removed: ${survived.join(", ")}. It merges new metadata into the old, and has no way to ` +
      "remove a key. What its reads show is in state now.\n\n" +
      'Give such a key an empty value instead (KEY = ""), or put it back; terraform apply -replace=ADDRESS creates the ' +
      "completion anew, which is paid for.",
  );
}
