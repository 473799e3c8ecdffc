/** A token bucket for every key. */
export interface RateLimitOptions {
  /** Requests that are allowed a second. */
  readonly perSecond: number;
  /** Requests that are allowed at once; unset means `perSecond`, at least 1. */
  readonly burst?: number;
  /** How a refusal tells when to come back: Retry-After (whole seconds), retry-after-ms, or not at all. */
  readonly retryAfter?: "seconds" | "ms" | "none";
}

/** Refuses requests beyond a rate. It goes by real time, not by the server's clock. */
export class RateLimit {
  readonly #options: RateLimitOptions;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(options: RateLimitOptions) {
    this.#options = options;
  }

  /** Takes a token for this key; without one, the headers of the refusal. */
  take(key: string): Record<string, string> | undefined {
    const { perSecond, burst = Math.max(1, perSecond), retryAfter = "seconds" } = this.#options;
    const now = performance.now();
    const bucket = this.#buckets.get(key) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
    const allowed = tokens >= 1;
    this.#buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, at: now });
    if (allowed) return undefined;
    const waitMs = ((1 - tokens) / perSecond) * 1000;
    if (retryAfter === "ms") return { "retry-after-ms": `${Math.ceil(waitMs)}` };
    return retryAfter === "none" ? {} : { "retry-after": `${Math.ceil(waitMs / 1000)}` };
  }
}
