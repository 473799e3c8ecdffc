import type { ExactNumber, PrivateState } from "../../framework/index.ts";

/** OpenAI keeps a stored completion for 30 days. */
const retentionMs = 30 * 24 * 3_600_000;

/**
 * A completion that is younger may not be visible yet: it can be read 1 to 6 seconds after its creation
 * (14 of 14 recordings), and this leaves room.
 */
export const visibleAfterMs = 15_000;

/** How long a completion was there when an answer was sent. Milliseconds; undefined where nobody says. */
export function ageAt(created: ExactNumber | null, date: number | undefined): number | undefined {
  // Both times are the API's, so that this machine's clock does not matter where the API sends its own.
  return created === null ? undefined : (date ?? Date.now()) - Number(created) * 1000;
}

/** Whether a completion of this age has expired. */
export function isExpired(age: number | undefined): boolean {
  return age !== undefined && age >= retentionMs;
}

/**
 * What is known of a completion besides its state: whether it was ever read. `unknown`: its state came
 * from elsewhere.
 */
export function visibility(kept: PrivateState): "seen" | "unseen" | "unknown" {
  const value = kept.get(key);
  return value === "seen" || value === "unseen" ? value : "unknown";
}

export function setVisibility(kept: PrivateState, value: "seen" | "unseen"): void {
  kept.set(key, value);
}

const key = "visibility";

/** Milliseconds for which a 404 may only mean that the completion is not visible yet; 0 where it is gone. */
export function mayAppearFor(age: number | undefined, kept: PrivateState): number {
  const seen = visibility(kept);
  if (seen === "seen") return 0;
  if (age === undefined) return seen === "unseen" ? visibleAfterMs : 0;
  return Math.max(visibleAfterMs - Math.max(age, 0), 0);
}
