import { monotonicNow } from "../../openai/index.ts";
import { parseDuration } from "../duration.ts";
import type { ResourceState } from "./resource-attributes.ts";

/** Milliseconds for an operation with all its attempts and waits, where `timeouts` leaves it out. */
const defaults = { create: 600_000, read: 300_000, update: 300_000, delete: 300_000 } as const;

/** Starts an operation's time. Returns what is left of it, in milliseconds, at least 1. */
export function operationTime(
  timeouts: ResourceState["timeouts"],
  operation: keyof typeof defaults,
): () => number {
  const text = timeouts?.[operation];
  const whole = (text == null ? undefined : parseDuration(text)) ?? defaults[operation];
  const started = monotonicNow();
  return () => Math.max(whole - (monotonicNow() - started), 1);
}
