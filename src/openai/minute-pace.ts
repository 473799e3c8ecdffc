import type { Pacing } from "./pace.ts";

const minuteMs = 60_000;
/** The limits that users of the API measured, in requests a minute. */
const usual = { least: 7, most: 12 };
/** In flight at most; while the limit may be a usual one fewer, so that one is refused and not ten. */
const mostInFlight = 10;
/** What a wait is longer than it must be, so that a request that is late does not meet the minute of another. */
const slack = 1.01;
/** Factors by which the rate grows after a quiet time, each larger than the one before. */
const growth = { first: 1.2, growth: 1.25, largest: 2 } as const;
/** The quiet time of a rate that is a guess, of one that was measured, and of one that growth once exceeded. */
const quietMs = { guess: minuteMs / 4, measured: minuteMs, exceeded: 5 * minuteMs, longest: 40 * minuteMs };
/** Of a limit that saves up: cuts for refusals that follow one another within a minute; after these the measure counts. */
const cuts = [0.9, 0.8, 0.7];
/** A minute that took less than this part of the best one says that somebody else uses the API, too. */
const shared = 0.8;

/**
 * Learns how many requests a minute an endpoint takes that refuses without saying for how long, from few refusals: each
 * one is a request too many.
 *
 * A limit of a minute is of one of two kinds. One that saves up unused requests (a token bucket) takes the next one
 * after a minute's part; one that does not (a window) only when the oldest of the last minute is a minute old, and then
 * as many as there were. The first refusal does not say which, so the shorter wait is tried, and then the kind is known.
 */
export class MinutePace implements Pacing {
  #perMinute: number | undefined;
  /** When what was accepted in the last minute was answered. */
  #times: number[] = [];
  /** When requests were refused in the last minute, and whether it showed that the API counts these, too. */
  #refused: number[] = [];
  #countsRefused = false;
  #total = 0;
  /** What the API granted when its refusals were last met alone. */
  #proven = 0;
  #resumesAt = 0;
  /** Of evenly spaced requests. */
  #spacedAt = 0;
  /** Accepted since the last refusal, and since the rate last grew or was learnt. */
  #since = { refusal: 0, change: 0 };
  #refusedAt = 0;
  /** Refusals that followed one another within a minute, though there were answers between. */
  #hasty = 0;
  /** Refusals in a row. */
  #fruitless = 0;
  /** Whether unused requests are saved up; undefined until it showed. */
  #saves: boolean | undefined;
  #testing = false;
  #factor: number = growth.first;
  #quiet = quietMs.measured;
  #growsAt = 0;

  /** Requests a second; undefined until a refusal. */
  get rate(): number | undefined {
    return this.#perMinute === undefined ? undefined : (this.#perMinute * 1000) / minuteMs;
  }

  inFlight(window: number): number {
    if (this.#perMinute !== undefined) return mostInFlight;
    if (this.#total < usual.least - 1) return Math.min(2, window);
    return this.#total < usual.most ? 1 : Math.min(mostInFlight, window);
  }

  nextAt(now: number, inFlight: number): number {
    if (this.#perMinute === undefined) return this.#resumesAt;
    if (this.#saves !== false) return Math.max(this.#resumesAt, this.#spacedAt);
    const used = this.#used(now - minuteMs * slack);
    const tooMany = used.length + inFlight + 1 - Math.floor(this.#perMinute);
    if (tooMany <= 0) return this.#resumesAt;
    const leaves = used[tooMany - 1];
    // All of them are in flight: what they end with decides.
    if (leaves === undefined) return now + this.#gap();
    return Math.max(this.#resumesAt, leaves + minuteMs * slack);
  }

  sent(now: number): void {
    if (this.#perMinute !== undefined) this.#spacedAt = Math.max(this.#spacedAt, now) + this.#gap() * slack;
  }

  accepted(now: number): void {
    this.#times = [...this.#times.filter((at) => at > now - minuteMs), now];
    this.#tested(now);
    this.#total += 1;
    this.#since.refusal += 1;
    this.#since.change += 1;
    this.#fruitless = 0;
    this.#grow(now);
  }

  /** What an answer before the oldest of the last minute is a minute old says of the limit. */
  #tested(now: number): void {
    if (!this.#testing) return;
    this.#testing = false;
    // After the shorter wait: unused requests are saved up. After half of the longer one: a minute by the clock has begun.
    this.#saves = this.#fruitless === 1;
    if (!this.#saves) this.#times = [now];
  }

  /** Only a rate that was used says by what did not happen that a higher one may do. */
  #grow(now: number): void {
    const rate = this.#perMinute;
    if (rate === undefined || now < this.#growsAt || this.#since.change < rate / 4) return;
    // Of a window all leave together: those that are too many are refused together.
    const one = this.#saves === false && this.#factor === growth.first;
    this.#perMinute = one ? Math.floor(rate) + 1 : rate * this.#factor;
    this.#factor = Math.min(this.#factor * growth.growth, growth.largest);
    this.#since.change = 0;
    this.#growsAt = now + Math.min(this.#quiet, minuteMs);
  }

  limited(sentAt: number, now: number, hint: number | undefined): number {
    this.#times = this.#times.filter((at) => at > sentAt - minuteMs);
    this.#refused = this.#refused.filter((at) => at > sentAt - minuteMs);
    this.#fruitless += 1;
    const isFirst = this.#fruitless === 1;
    // Where nothing was accepted of late, others have the minute's requests, which says nothing of the limit.
    if (isFirst && (this.#perMinute === undefined || this.#times.length > 0)) this.#learn(now);
    this.#refused.push(now);
    const pause = Math.max(hint ?? 0, this.#pause(now));
    this.#resumesAt = now + pause;
    this.#spacedAt = this.#resumesAt;
    this.#growsAt = this.#resumesAt + this.#quiet;
    return pause;
  }

  limitedToo(now: number): void {
    this.#refused.push(now);
  }

  #learn(now: number): void {
    const recent = this.#times.length;
    const known = this.#perMinute;
    if (known === undefined) {
      // Another process may have used a part of the minute, or more was saved up than a minute grants.
      this.#perMinute = Math.max(recent, usual.least);
      this.#quiet = recent < usual.least ? quietMs.guess : quietMs.measured;
    } else if (
      this.#saves === false &&
      recent < Math.floor(known) &&
      recent + this.#refused.length >= Math.floor(known)
    ) {
      this.#countsRefused = true;
    } else {
      const measured = (this.#since.refusal * minuteMs) / Math.max(now - this.#refusedAt, 1);
      this.#hasty = now - this.#resumesAt < minuteMs ? this.#hasty + 1 : 0;
      const cut = cuts[this.#hasty] ?? 0;
      const granted = this.#saves === true ? Math.max(measured, known * cut) : recent;
      const isShared = granted < this.#proven * shared;
      this.#perMinute = Math.max(Math.min(granted, known * 0.97), 1);
      this.#proven = isShared ? Math.max(granted, this.#proven * shared) : granted;
      const exceeded = Math.max(this.#hasty > 0 ? this.#quiet : this.#quiet * 2, quietMs.exceeded);
      this.#quiet = isShared ? quietMs.guess : Math.min(exceeded, quietMs.longest);
    }
    this.#factor = growth.first;
    this.#since = { refusal: 0, change: 0 };
    this.#refusedAt = now;
  }

  /** How long to wait after the refusals in a row that there were. */
  #pause(now: number): number {
    const gap = this.#gap();
    const [oldest] = this.#used(now - minuteMs);
    const ofWindow = Math.max(oldest === undefined ? 0 : oldest + minuteMs * slack - now, 0);
    if (this.#fruitless === 1) {
      if (this.#saves === false) return Math.max(ofWindow, gap / 4);
      this.#testing = this.#saves === undefined && ofWindow > gap;
      return gap;
    }
    // A minute that begins by the clock may be over sooner: half of the wait is tried, too.
    if (this.#testing && this.#fruitless === 2) return Math.max(ofWindow / 2, gap);
    if (this.#testing || ofWindow > gap) {
      this.#saves = false;
      this.#testing = false;
      return Math.max(ofWindow, gap / 4);
    }
    // Somebody else has the minute's requests.
    return Math.min(gap * 2 ** Math.max(this.#fruitless - 3, 0), minuteMs);
  }

  /** What counts for the limit of a window, the oldest first. */
  #used(from: number): number[] {
    const all = this.#countsRefused ? [...this.#times, ...this.#refused].sort((a, b) => a - b) : this.#times;
    return all.filter((at) => at > from);
  }

  #gap(): number {
    return minuteMs / (this.#perMinute ?? usual.least);
  }

  /** What was learnt of the API stays; what was used of the last minute is used no more. */
  forget(): void {
    this.#times = [];
    this.#refused = [];
    this.#testing = false;
    this.#resumesAt = 0;
    this.#spacedAt = 0;
  }
}
