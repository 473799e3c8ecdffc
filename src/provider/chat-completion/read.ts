import type { Diagnostics, StateRequest } from "../../framework/index.ts";
import { OpenAIError } from "../../openai/index.ts";
import { type Absence, absenceOf, canBeNamed } from "../api/absence.ts";
import { recordSeen } from "../api/answer-record.ts";
import { timeoutOf } from "../api/arguments.ts";
import { mergedState } from "../api/merged-state.ts";
import { reportedMetadata, sameMetadata } from "../api/metadata.ts";
import { type OnExpiry, staysInState } from "../api/missing-answer.ts";
import { readAnswer, retrieve, subjectOf } from "../api/request.ts";
import { explain } from "../explain/explain.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { aboutCompletion, completion } from "./completion.ts";
import {
  type AnswerState,
  answerAttributes,
  type ResourceAttributes,
  type ResourceState,
} from "./resource-attributes.ts";

type Request = StateRequest<ResourceAttributes, OpenAIProvider>;

const of = completion.declaration;

/** Reads a completion again. Null: it is gone, and would be created again. */
export async function readCompletion(request: Request): Promise<ResourceState | Diagnostics | null> {
  const { state, provider, diagnostics, signal, log, private: kept } = request;
  const access = provider.access(null, { diagnostics, log, object: "resource" });
  if (access === undefined) return diagnostics;
  if (!canBeNamed(state)) return absent("never_seen", undefined, request, access);
  try {
    const options = { signal, timeoutMs: timeoutOf(state.timeouts, "read") };
    const response = await retrieve(of, access, state, options);
    const answer = await readAnswer(of, answerAttributes, state.id, response, diagnostics);
    recordSeen(kept, access, response);
    return withMetadata({ ...state, ...mergedAnswer(state, answer) });
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    const absence = absenceOf(thrown, aboutCompletion({ ...request, access }));
    if (absence !== undefined) return absent(absence, thrown, request, access);
    return diagnostics.add(explain(thrown, subjectOf(of, access, "read", state)));
  }
}

/** Metadata that was changed outside of Terraform shows as drift; null and `{}` are the same. */
function withMetadata(state: ResourceState): ResourceState {
  const metadata = state.stored?.metadata ?? null;
  if (metadata === null || sameMetadata(metadata, state.metadata)) return state;
  return { ...state, metadata: reportedMetadata(metadata, state.metadata) };
}

/**
 * An answer as a read reports it, with what the read leaves out and an earlier answer had: the create
 * answer alone has refusals, annotations, audio, log probabilities and the details of the usage. Nothing
 * that was known is wiped; what the API says anew counts. `stored` is what the read reports.
 */
export function mergedAnswer(earlier: AnswerState, read: AnswerState): AnswerState {
  const { stored: _, ...known } = earlier;
  return { ...mergedState(known, read), stored: read.stored };
}

/** What becomes of the state of a completion that is not there. Only what is surely gone is removed, since the next plan would buy it again. */
function absent(
  absence: Absence,
  error: OpenAIError | undefined,
  request: Request,
  access: Access,
): ResourceState | null {
  const { state, diagnostics } = request;
  const onExpiry = onExpiryOf(state);
  const about = { of, subject: aboutCompletion({ ...request, access }), diagnostics };
  return staysInState(absence, error, onExpiry, about) ? state : null;
}

function onExpiryOf({ on_expiry: given, recreate_after_expiry: again }: ResourceState): OnExpiry {
  if (given === "keep" || given === "recreate") return given;
  return given === null && again === true ? "recreate" : "warn";
}
