import type { Diagnostics, StateRequest } from "../../framework/index.ts";
import { OpenAIError } from "../../openai/index.ts";
import { sameMetadata, toldMetadata } from "../api/metadata.ts";
import { explain } from "../explain/explain.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { type Absence, absenceOf, absenceWarning, canBeNamed } from "./absence.ts";
import { ageOf, isExpired, recordSeen } from "./completion-record.ts";
import { completionIn } from "./read.ts";
import { refreshed } from "./readable.ts";
import type { ResourceAttributes, ResourceState } from "./resource-attributes.ts";
import { operationTime } from "./resource-time.ts";
import type { CompletionState } from "./state.ts";
import { completionTopic } from "./topic.ts";

type Request = StateRequest<ResourceAttributes, OpenAIProvider>;

/** Reads a completion again. Null: it is gone, and would be created again. */
export async function refreshCompletion(request: Request): Promise<ResourceState | Diagnostics | null> {
  const { state, provider, diagnostics, signal, log, private: kept } = request;
  const access = provider.access(null, { diagnostics, log, object: "resource" });
  if (access === undefined) return diagnostics;
  if (!canBeNamed(state)) return absent("never_seen", undefined, request, access);
  const completionId = state.id;
  try {
    const options = { signal, timeoutMs: operationTime(state.timeouts, "read")() };
    const response = await access.openai.chatCompletions.retrieve(completionId, options);
    const completion = completionIn(response, completionId, diagnostics);
    recordSeen(kept, access, response);
    return withMetadata(refreshed(state, completion), completion);
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    const absence = absenceOf(thrown, { ...request, access });
    if (absence !== undefined) return absent(absence, thrown, request, access);
    return diagnostics.add(
      explain(thrown, { access, topic: completionTopic, id: completionId, object: "resource" }),
    );
  }
}

/** Metadata that was changed outside of Terraform shows as drift; null and `{}` are the same. */
function withMetadata(state: ResourceState, { metadata }: CompletionState): ResourceState {
  if (metadata === null || sameMetadata(metadata, state.metadata)) return state;
  return { ...state, metadata: toldMetadata(metadata, state.metadata) };
}

/** What becomes of the state of a completion that is not there. Only what is surely gone is removed, since the next plan would buy it again. */
function absent(
  absence: Absence,
  error: OpenAIError | undefined,
  request: Request,
  access: Access,
): ResourceState | null {
  const { state, diagnostics, private: kept } = request;
  const onExpiry = state.on_expiry ?? (state.recreate_after_expiry === true ? "recreate" : "warn");
  if (absence === "gone" || (absence === "expired" && onExpiry === "recreate")) return null;
  const isOld = isExpired(ageOf(kept, state.created, error?.failure.date));
  if (absence === "not_visible_yet" || (isOld && onExpiry === "keep")) return state;
  const { summary, remedy } = words[absence];
  diagnostics.add(
    absenceWarning(absence, error, { ...request, access }, { summary, kept: keptAsItWas, remedy }),
  );
  return state;
}

const keptAsItWas =
  "It is kept in state as it was answered, because a new one would be another answer, and be paid for.";

const words = {
  expired: {
    summary: "Chat completion expired",
    remedy:
      'To keep the answer without this warning, set on_expiry = "keep"; to create it anew and pay for it again, set ' +
      'on_expiry = "recreate", apply that, and plan again.',
  },
  never_seen: {
    summary: "Chat completion cannot be read",
    remedy: "To create it anew and pay for it again, run terraform apply -replace=ADDRESS.",
  },
  another_account: {
    summary: "Chat completion belongs to another account",
    remedy:
      "To go on with it, give the provider the credentials and the base_url that it was created with. To create it anew " +
      "for the present account, run terraform apply -replace=ADDRESS; the old one then stays stored where it is.",
  },
  unknown_account: {
    summary: "Chat completion not found, and kept",
    remedy:
      "If it was deleted, and is to be created anew and paid for again, run terraform apply -replace=ADDRESS. Else give " +
      "the provider the credentials and the base_url that it was created with.",
  },
} as const;
