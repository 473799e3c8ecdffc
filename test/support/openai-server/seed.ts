import type { Owner } from "./access.ts";
import type { Clock } from "./clock.ts";
import { type StoredCompletion, storedView } from "./completion.ts";
import { isObject, type Json, type JsonObject, numberOf, stringify } from "./json.ts";
import { parse } from "./parse.ts";

/** A completion that is put into the store without a request. All but `id` have defaults. */
export interface Seed {
  readonly id: string;
  /** The answer's text, where `choices` is not given. */
  readonly content?: string | null;
  /** The choices in full, written as they are given. */
  readonly choices?: readonly Json[];
  /** Members of the stored view that differ from the default; may hold keys that it does not have today. */
  readonly view?: JsonObject;
  /** JSON text that is served unchanged instead of everything above; it need not even be valid. */
  readonly body?: string;
  /** Seconds since 1970 by which lists are ordered; unset means the body's `created`. */
  readonly created?: number;
  /** The request's messages. */
  readonly messages?: readonly JsonObject[];
  /** Who may see it; unset means everybody. */
  readonly owner?: Owner;
  /** Milliseconds from now until it can be read; unset means at once. */
  readonly visibleAfterMs?: number;
  /** Whether it vanishes 30 days after its creation; unset means never. */
  readonly expires?: boolean;
}

/** When a seed without a date of its own was created: 2025-02-07, 21:00:00 UTC. */
const CREATED = 1738962000;

/** The seed as the store keeps it. */
export function plant(seed: Seed, clock: Clock): StoredCompletion {
  const body = seed.body ?? stringify(viewOf(seed));
  return {
    id: seed.id,
    created: seed.created ?? createdIn(body) ?? CREATED,
    owner: seed.owner,
    messages: seed.messages ?? [{ role: "user", content: "Say hello to Terraform." }],
    visibleAt: clock.now() + (seed.visibleAfterMs ?? 0),
    expires: seed.expires ?? false,
    goneAt: undefined,
    body,
  };
}

/** A choice in the stored view's form; `message` overrides or adds to the message's four keys. */
export function choice(message: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    index: 0,
    message: { content: null, role: "assistant", tool_calls: null, function_call: null, ...message },
    finish_reason: "stop",
    logprobs: null,
    ...more,
  };
}

function viewOf(seed: Seed): JsonObject {
  return storedView({
    id: seed.id,
    model: "gpt-4o-mini-2024-07-18",
    created: seed.created ?? CREATED,
    request_id: "req_5f2c81d09a7b4e36b1c4d8e7f6a59032",
    usage: { total_tokens: 27, completion_tokens: 9, prompt_tokens: 18 },
    seed: 6418230957741126813n,
    system_fingerprint: "fp_7d3c9a41be",
    metadata: {},
    choices: seed.choices ?? [
      choice({ content: seed.content === undefined ? "Hello, Terraform." : seed.content }),
    ],
    ...(seed.view === undefined ? {} : { rest: seed.view }),
  });
}

function createdIn(body: string): number | undefined {
  try {
    const value = parse(body);
    return isObject(value) ? numberOf(value.created) : undefined;
  } catch {
    return undefined;
  }
}
