import { createHash } from "node:crypto";
import type { ExactNumber, Logger, PrivateState } from "../../framework/index.ts";
import { type Account, type ApiResponse, OpenAIError, type OperationOptions } from "../../openai/index.ts";
import type { Access } from "../openai-provider.ts";
import { isNotThereYet, untilVisible } from "./visibility.ts";

/*
 * What is recorded beside the state of an answer that was paid for and that the API stores for a time: when it was
 * created, whether it was ever read, and which account has it.
 */

/** OpenAI keeps a stored answer for 30 days. */
const retentionMs = 30 * 24 * 3_600_000;

/**
 * An answer that is younger may not be visible yet: a completion can be read 1 to 6 seconds after its creation
 * (14 of 14 recordings), and this leaves room.
 */
const visibleAfterMs = 15_000;

/** How far `created` may be from the time of the creation, so that an answer's age is counted from it. */
const nearMs = 24 * 3_600_000;

/** Before this time nobody stored an answer: 2020. */
const firstCreatedMs = Date.UTC(2020);

const keys = { visibility: "visibility", createdAt: "created_at", account: "account" } as const;

/** Records what the answer to a creation says beside the state. */
export function recordCreation(
  kept: PrivateState,
  access: Access,
  response: ApiResponse,
  created: ExactNumber | null,
): void {
  const now = response.date ?? Date.now();
  // A gateway's `created` may be 0, or the same for all answers.
  const reported = created === null ? Number.NaN : Number(created) * 1000;
  kept.set(keys.createdAt, String(Math.abs(now - reported) <= nearMs ? reported : now));
  kept.set(keys.visibility, "unseen");
  recordAccount(kept, access, response);
}

/** Records that the API has the answer, for the account that it answered. */
export function recordSeen(kept: PrivateState, access: Access, response: ApiResponse): void {
  kept.set(keys.visibility, "seen");
  recordAccount(kept, access, response);
}

/**
 * Whether the answer was ever read. A state without its private part does not say so, and counts as one of an
 * answer that was not.
 */
export function wasSeen(kept: PrivateState): boolean {
  return kept.get(keys.visibility) === "seen";
}

/** Whether it is recorded that the answer was not read, and not merely unknown. */
export function isRecorded(kept: PrivateState): boolean {
  return kept.get(keys.visibility) !== undefined;
}

/**
 * How long ago an answer was created, by the API's clock where `date` has it. Milliseconds; undefined
 * where nobody says. `certain`: the time is that of the creation, and not only what an answer claims.
 */
export function ageOf(
  kept: PrivateState,
  created: ExactNumber | null,
  date: number | undefined,
): { readonly ms: number; readonly certain: boolean } | undefined {
  const now = date ?? Date.now();
  const recorded = Number(kept.get(keys.createdAt) ?? Number.NaN);
  if (!Number.isNaN(recorded)) return { ms: now - recorded, certain: true };
  const reported = created === null ? Number.NaN : Number(created) * 1000;
  if (!(reported >= firstCreatedMs && reported <= now + nearMs)) return undefined;
  return { ms: now - reported, certain: wasSeen(kept) };
}

type Age = ReturnType<typeof ageOf>;

/** Whether an answer of this age has expired. */
export function isExpired(age: Age): boolean {
  return age !== undefined && age.ms >= retentionMs;
}

/** Milliseconds for which a 404 may only mean that the answer is not visible yet; 0 where it is gone. */
export function mayAppearFor(age: Age, kept: PrivateState): number {
  if (age === undefined || wasSeen(kept)) return 0;
  return Math.max(visibleAfterMs - Math.max(age.ms, 0), 0);
}

/** What is recorded of where the answer is: the account, and the base URL as a digest. */
export interface Whereabouts extends Account {
  readonly baseUrl: string | undefined;
}

export function recordedWhereabouts(kept: PrivateState): Whereabouts {
  const [baseUrl, organization, project] = (kept.get(keys.account) ?? "").split("\n");
  return {
    baseUrl: baseUrl || undefined,
    organization: organization || undefined,
    project: project || undefined,
  };
}

/** Where an answer comes from. */
export function whereabouts(access: Access, account: Account | undefined): Whereabouts {
  // Only compared: a path may be a gateway's secret.
  const digest = createHash("sha256").update(access.baseUrl.replace(/\/+$/, "")).digest("hex").slice(0, 16);
  return { baseUrl: digest, organization: account?.organization, project: account?.project };
}

/** Records which account has an object, and at which base URL. */
export function recordAccount(kept: PrivateState, access: Access, { account }: ApiResponse): void {
  const { baseUrl, organization, project } = whereabouts(access, account);
  kept.set(keys.account, [baseUrl, organization, project].join("\n"));
}

/** A change of an answer that may have been created a moment ago. */
interface Change {
  readonly state: { readonly created: ExactNumber | null };
  readonly private: PrivateState;
  readonly timeLeft: () => number;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/** Changes an answer, and tries again while it may only not be visible yet. Throws as `untilVisible`. */
export async function onceVisible<T>(
  change: (options: OperationOptions) => Promise<T>,
  { state, private: kept, timeLeft, signal, log }: Change,
): Promise<T> {
  try {
    return await change({ signal, timeoutMs: timeLeft() });
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError) || !isNotThereYet(thrown)) throw thrown;
    const waitMs = mayAppearFor(ageOf(kept, state.created, thrown.failure.date), kept);
    if (waitMs === 0) throw thrown;
    return untilVisible(change, { waitMs, timeoutMs: timeLeft(), signal, log });
  }
}
