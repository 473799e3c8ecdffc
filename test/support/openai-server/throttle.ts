/** How the Administration API limits requests: each key so many in a minute at each endpoint. */
export interface ThrottleOptions {
  readonly perMinute: number;
  /** Milliseconds of real time that a minute takes; tests make it shorter. Unset means 60 000. */
  readonly minuteMs?: number;
  /**
   * `sliding`: so many in any minute. `fixed`: so many in each minute that begins anew. `bucket`: unused ones are saved
   * up, to a minute's. Unset means `sliding`.
   */
  readonly kind?: "sliding" | "fixed" | "bucket";
  /** Milliseconds; unset means real time. */
  readonly now?: () => number;
}

/** Counts requests, and refuses those beyond the limit. Refused ones are not counted. */
export class Throttle {
  readonly #options: ThrottleOptions;
  readonly #taken = new Map<string, number[]>();
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(options: ThrottleOptions) {
    this.#options = options;
  }

  /** Whether a request of this key to this endpoint is let through. */
  take(key: string, endpoint: string): boolean {
    const { now = () => performance.now(), kind = "sliding" } = this.#options;
    const name = `${key} ${endpoint}`;
    return kind === "bucket" ? this.#fromBucket(name, now()) : this.#fromWindow(name, now(), kind);
  }

  #fromBucket(name: string, now: number): boolean {
    const { perMinute, minuteMs = 60_000 } = this.#options;
    const bucket = this.#buckets.get(name) ?? { tokens: perMinute, at: now };
    const tokens = Math.min(perMinute, bucket.tokens + ((now - bucket.at) * perMinute) / minuteMs);
    const allowed = tokens >= 1;
    this.#buckets.set(name, { tokens: allowed ? tokens - 1 : tokens, at: now });
    return allowed;
  }

  #fromWindow(name: string, now: number, kind: "sliding" | "fixed"): boolean {
    const { perMinute, minuteMs = 60_000 } = this.#options;
    const from = kind === "sliding" ? now - minuteMs : Math.floor(now / minuteMs) * minuteMs;
    const taken = (this.#taken.get(name) ?? []).filter((at) => (kind === "sliding" ? at > from : at >= from));
    const allowed = taken.length < perMinute;
    this.#taken.set(name, allowed ? [...taken, now] : taken);
    return allowed;
  }
}
