import type { Diagnostics, StateRequest } from "../../framework/index.ts";
import { OpenAIError } from "../../openai/index.ts";
import { explain } from "../explain.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import { sameMetadata, toldMetadata } from "./metadata.ts";
import { completionIn } from "./read.ts";
import { refreshed } from "./readable.ts";
import type { ResourceAttributes, ResourceState } from "./resource-attributes.ts";
import { operationTime } from "./resource-time.ts";
import type { CompletionState } from "./state.ts";
import { ageAt, isExpired, mayAppearFor, setVisibility, visibility } from "./visibility.ts";

type Request = StateRequest<ResourceAttributes, OpenAIProvider>;

/** Reads a completion again. Null: it is gone, and would be created again. */
export async function refreshCompletion(request: Request): Promise<ResourceState | Diagnostics | null> {
  const { state, provider, diagnostics, signal, log, private: kept } = request;
  const access = provider.access(null, { diagnostics, log, object: "resource" });
  if (access === undefined) return diagnostics;
  const completionId = state.id;
  try {
    const options = { signal, timeoutMs: operationTime(state.timeouts, "read")() };
    const response = await access.openai.chatCompletions.retrieve(completionId, options);
    const completion = completionIn(response, completionId, diagnostics);
    setVisibility(kept, "seen");
    return withMetadata(refreshed(state, completion), completion);
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    if (thrown.kind === "not_found") return missing(thrown, request);
    return diagnostics.add(explain(thrown, { access, completionId, object: "resource" }));
  }
}

/** Metadata that was changed outside of Terraform shows as drift; null and `{}` are the same. */
function withMetadata(state: ResourceState, { metadata }: CompletionState): ResourceState {
  if (metadata === null || sameMetadata(metadata, state.metadata)) return state;
  return { ...state, metadata: toldMetadata(metadata, state.metadata) };
}

/** What a 404 means. Only what is surely gone is removed, since the next plan would buy it again. */
function missing(error: OpenAIError, { state, diagnostics, private: kept }: Request): ResourceState | null {
  const age = ageAt(state.created, error.failure.date);
  const name = `The completion ${JSON.stringify(state.id)}`;
  if (isExpired(age)) {
    if (state.recreate_after_expiry === true) return null;
    diagnostics.addWarning(
      "Chat completion expired",
      `${name} is more than 30 days old, and OpenAI has deleted it. It is kept in state as it was.\n\n` +
        "To create it anew and pay for it again, set recreate_after_expiry = true, apply that, and plan again; to keep the " +
        "answer without this warning, remove the resource from the configuration with a removed block.",
    );
    return state;
  }
  if (mayAppearFor(age, kept) > 0) return state;
  if (visibility(kept) !== "unseen") return null;
  diagnostics.addWarning(
    "Chat completion cannot be read",
    `${name} was created, but the API never let it be read: the organization may keep nothing (zero data retention), or the ` +
      "project may not allow storing. It is kept in state as it was answered, because it would be paid for again.\n\n" +
      "To create it anew, run terraform apply -replace=ADDRESS.",
  );
  return state;
}
