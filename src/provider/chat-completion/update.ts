import {
  type Diagnostics,
  isUnknown,
  type ModifyPlanRequest,
  Path,
  type Plan,
  UNKNOWN,
  type UpdateRequest,
} from "../../framework/index.ts";
import { type ApiResponse, monotonicNow, type ObjectResponse, OpenAIError } from "../../openai/index.ts";
import { type Absence, absenceOf, absenceWarning, canBeNamed } from "../api/absence.ts";
import { onceVisible, recordSeen } from "../api/answer-record.ts";
import { operationTime } from "../api/arguments.ts";
import { type ReportedMetadata, reportedMetadata, sameMetadata } from "../api/metadata.ts";
import { pathOf } from "../api/object-names.ts";
import { readAnswer, retrieve, subjectOf } from "../api/request.ts";
import { ShapeError } from "../api/shape-error.ts";
import { sleep } from "../api/visibility.ts";
import { explain } from "../explain/explain.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { aboutCompletion, completion, completionBody } from "./completion.ts";
import {
  type AnswerState,
  answerAttributes,
  paramPath,
  type ResourceAttributes,
  type ResourceState,
} from "./resource-attributes.ts";

const of = completion.declaration;

type Request = UpdateRequest<ResourceAttributes, OpenAIProvider>;
type Metadata = ReadonlyMap<string, string>;

/** How long a read may still report the metadata from before an update, and the pause between two reads. */
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
    const { answer, response } = await sendAndReadBack(access, request, plan.metadata ?? new Map());
    recordSeen(request.private, access, response);
    const metadata = answer.stored?.metadata ?? null;
    // What is planned to stay stays, whatever the read says: the next refresh shows it.
    const stored = updated.stored === null ? answer.stored : { ...updated.stored, metadata };
    if (metadata === null || sameMetadata(plan.metadata, metadata)) return { ...updated, stored };
    const reported = reportedMetadata(metadata, plan.metadata);
    request.save({ ...updated, stored, metadata: reported });
    return addNotAsSent(reported, plan.metadata ?? new Map(), diagnostics);
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    const absence = absenceOf(thrown, aboutCompletion({ ...request, access }));
    if (absence !== undefined && absence !== "gone") return inStateOnly(absence, thrown, request, access);
    const argument = (param: string) => paramPath(param, plan);
    return diagnostics.add(explain(thrown, { ...subjectOf(of, access, "update", state), argument }));
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
  const texts = {
    summary: "Metadata changed in state only",
    kept: "The new metadata is in state, and the API does not confirm it.",
    remedy:
      "Nothing has to be done. To create the completion anew with this metadata, and pay for it again, run " +
      "terraform apply -replace=ADDRESS.",
  };
  diagnostics.add(absenceWarning(absence, error, aboutCompletion({ ...request, access }), texts));
  return { ...state, ...plan };
}

/** The answer of the read that settles what the metadata is. */
async function sendAndReadBack(
  access: Access,
  request: Request,
  metadata: Metadata,
): Promise<{ readonly answer: AnswerState; readonly response: ObjectResponse }> {
  const { state, plan, signal, diagnostics } = request;
  const timeLeft = operationTime(plan.timeouts, "update");
  const body = new Map([["metadata", metadata]]);
  const send = { method: "POST", path: pathOf(of, {}, state.id), body, policy: "repeatable" } as const;
  const answered = metadataOf(
    await onceVisible((options) => access.openai.acknowledge(send, options), { ...request, timeLeft }),
    state.id,
  );
  const until = monotonicNow() + Math.min(staleMs, timeLeft());
  for (;;) {
    const response = await retrieve(of, access, state, { signal, timeoutMs: timeLeft() });
    const answer = await readAnswer(of, answerAttributes, state.id, response, diagnostics);
    const read = answer.stored?.metadata ?? null;
    // A read that differs from what was sent may be a moment late, unless the update's own answer differs too.
    const settled = sameMetadata(read, metadata) || (answered !== undefined && sameMetadata(read, answered));
    if (settled || monotonicNow() >= until) return { answer, response };
    await sleep(pauseMs, signal);
  }
}

/** The metadata in an update's own answer; undefined where that is no completion. */
function metadataOf({ body }: ApiResponse, id: string): ReportedMetadata | null | undefined {
  try {
    return completionBody(body, { id, report: () => {} })
      .get("metadata")
      .stringMap();
  } catch (thrown) {
    if (!(thrown instanceof ShapeError)) throw thrown;
    return undefined;
  }
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
