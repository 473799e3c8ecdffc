import type { Pacing } from "./pace.ts";
import { type Refusal, SpacedRate, usual } from "./spaced-rate.ts";

const minuteMs = 60_000;
/** In flight at most; while the limit may be a usual one fewer, so that one is refused and not ten. */
const mostInFlight = 10;
/** What a wait is longer than it must be, so that a request that is late does not meet the minute of another. */
const slack = 1.01;
/** The time after which one request more is tried in a window: where its limit is a guess, and where it was measured. */
const quietMs = { guess: minuteMs / 4, measured: 5 * minuteMs, longest: 40 * minuteMs };

/** A request that was accepted: when it left, and when its answer came. */
interface Taken {
  readonly sentAt: number;
  readonly at: number;
}

/**
 * Learns how many requests a minute an endpoint takes that refuses without saying for how long, from few refusals: each
 * one is a request too many.
 *
 * Limits of a minute are of two kinds. A window takes as many at once as its limit has, once those of the minute before
 * are out of it; every other limit, such as a token bucket, takes one after each part of a minute. The first refusal
 * does not say which. So the next request is tried after such a part, after half of the minute, and after all of it:
 * only a window takes as many as before at once then.
 */
export class MinutePace implements Pacing {
  #kind: "unknown" | "window" | "spaced" = "unknown";
  /** Requests a minute, of a window or what may be one; undefined until a refusal. */
  #limit: number | undefined;
  #isGuess = false;
  #spaced: SpacedRate | undefined;
  /** What was accepted in the last minute, in the order of its answers. */
  #taken: Taken[] = [];
  /** The most that was accepted within a minute. */
  #most = 0;
  /** When requests were refused in the last minute, and whether it showed that the API counts these, too. */
  #refused: number[] = [];
  #countsRefused = false;
  #total = 0;
  /** How long nothing was asked. */
  #restedMs = 0;
  #last: Refusal = { at: 0, accepted: 0, restedMs: 0 };
  /** Refusals in a row. */
  #fruitless = 0;
  #resumesAt = 0;
  /** Of evenly spaced requests. */
  #spacedAt = 0;
  /** While the kind is unknown: how many were accepted since requests were tried again. */
  #burst = 0;
  /** Whether they were before a minute was over, and more than a limit that is no window can have saved up. */
  #early = false;
  #gained = 0;
  /** How many a window has that was full at the first refusal. */
  #full = 0;
  /** Whether the next one decides, a minute's part after a window is used up: it is accepted where there is none. */
  #decides = false;
  #quiet = quietMs.measured;
  #growsAt = 0;

  /** Requests a second; undefined until a refusal. */
  get rate(): number | undefined {
    return this.#limit === undefined ? undefined : 1000 / this.#gap();
  }

  inFlight(window: number): number {
    if (this.#kind !== "unknown") return mostInFlight;
    if (this.#limit !== undefined) return this.#burst < usual.most ? 1 : mostInFlight;
    if (this.#most < usual.least - 1) return Math.min(2, window);
    if (this.#most < usual.most) return 1;
    return Math.min(3 + Math.floor((this.#most - usual.most) / 2), mostInFlight, window);
  }

  nextAt(now: number, inFlight: number): number {
    if (this.#limit === undefined) return this.#resumesAt;
    if (this.#kind === "spaced") return Math.max(this.#resumesAt, this.#spacedAt);
    if (this.#kind === "unknown" && (this.#fruitless > 0 || this.#decides)) return this.#resumesAt;
    const used = this.#used(now - minuteMs * slack);
    const tooMany = used.length + inFlight + 1 - Math.floor(this.#limit);
    if (tooMany <= 0) return this.#resumesAt;
    if (tooMany === 1 && inFlight === 0 && this.#mayGrow(now)) return this.#resumesAt;
    const leaves = used[tooMany - 1];
    // All of them are in flight: what they end with decides.
    if (leaves === undefined) return now + this.#gap();
    return Math.max(this.#resumesAt, leaves + minuteMs * slack);
  }

  sent(now: number): void {
    this.#spacedAt = Math.max(this.#spacedAt, now) + this.#gap() * slack;
  }

  /** One more than the limit is tried alone, while the API still counts all the others. */
  #mayGrow(now: number): boolean {
    const since = now - this.#growsAt;
    if (this.#kind !== "window" || since < 0) return false;
    // By the clock a minute may have begun between those that are spread over one: they are the last choice.
    const within = since < this.#quiet ? minuteMs / 2 : minuteMs;
    return this.#takenSince(now - within) >= Math.floor(this.#limit ?? 0);
  }

  /** How many the API took after a time for certain: it counts a request between its leaving and its answer. */
  #takenSince(from: number): number {
    return this.#taken.filter(({ sentAt }) => sentAt > from).length;
  }

  accepted(sentAt: number, now: number): void {
    const limit = this.#limit;
    const isFull = this.#used(now - minuteMs).length >= this.#full;
    this.#taken = [...this.#taken.filter(({ at }) => at > now - minuteMs * slack), { sentAt, at: now }];
    this.#total += 1;
    const inMinute = this.#takenSince(now - minuteMs);
    this.#most = Math.max(this.#most, inMinute);
    this.#spaced?.accepted();
    if (this.#kind === "window") this.#limit = Math.max(limit ?? 0, inMinute);
    else if (limit !== undefined && this.#kind === "unknown") this.#identify(now, limit, isFull);
    this.#fruitless = 0;
  }

  /** What an answer says of the kind of a limit, which may be a window that is full. */
  #identify(now: number, limit: number, isFull: boolean): void {
    if (this.#decides) {
      this.#space(now, limit, true);
      return;
    }
    if (this.#fruitless > 0) {
      this.#burst = 0;
      this.#early = isFull && this.#fruitless === 1;
      this.#gained = 1 + ((now - this.#last.at) * limit) / minuteMs;
      // A minute by the clock has begun, or it is no window: those before do not count any more.
      if (isFull) this.#taken = this.#taken.slice(-1);
    }
    this.#burst += 1;
    if (this.#burst < Math.floor(limit)) return;
    if (!this.#early) this.#becomeWindow(now, limit);
    else {
      this.#decides = true;
      this.#resumesAt = now + this.#gap();
    }
  }

  limited(sentAt: number, now: number, hint: number | undefined): number {
    this.#taken = this.#taken.filter(({ at }) => at > sentAt - minuteMs);
    this.#refused = this.#refused.filter((at) => at > sentAt - minuteMs);
    this.#fruitless += 1;
    const wasSpaced = this.#kind === "spaced";
    if (this.#decides) this.#becomeWindow(now, this.#burst);
    else if (this.#fruitless > 1) this.#spaced?.refusedAgain(now, this.#restedMs);
    // Where nothing was accepted of late, others have the minute's requests, which says nothing of the limit.
    else if (this.#limit === undefined || this.#taken.length > 0) this.#learn(now, this.#limit);
    this.#refused.push(now);
    this.#last = this.#refusal(now);
    const pause = Math.max(hint ?? 0, !wasSpaced && this.#kind === "spaced" ? this.#gap() : this.#pause(now));
    this.#resumesAt = now + pause;
    this.#spacedAt = this.#resumesAt;
    return pause;
  }

  limitedToo(now: number): void {
    this.#refused.push(now);
  }

  #learn(now: number, limit: number | undefined): void {
    const recent = this.#taken.length;
    if (limit === undefined) {
      // Another process may have used a part of the minute, or more was saved up than a minute grants.
      this.#full = recent;
      this.#isGuess = recent < usual.least;
      this.#limit = Math.max(recent, usual.least);
      this.#quiet = this.#isGuess ? quietMs.guess : quietMs.measured;
      return;
    }
    if (this.#spaced !== undefined) {
      this.#spaced.refused(now, this.#restedMs);
      return;
    }
    const isFull = recent >= Math.floor(limit);
    const isCounted = !isFull && recent + this.#refused.length >= Math.floor(limit);
    if (this.#kind === "window") {
      this.#countsRefused ||= isCounted;
      // What seemed to be one minute's may have been that of two which met.
      if (isFull || isCounted || recent * 2 >= limit) this.#becomeWindow(now, isCounted ? limit : recent);
      else this.#space(now, limit, this.#isGuess);
    } else if (this.#burst > this.#gained) {
      // A window, of which less was left than of the one before, or a limit that saves up faster than it seemed.
      this.#countsRefused = isCounted && !this.#early;
      if (this.#countsRefused) this.#becomeWindow(now, limit);
      else this.#decides = true;
    } else {
      const isSavedUp = limit > usual.most && limit <= usual.most * 2;
      this.#space(now, isSavedUp ? usual.most : limit, isSavedUp || this.#isGuess);
    }
  }

  #becomeWindow(now: number, limit: number): void {
    const isKnown = this.#kind === "window";
    if (isKnown) this.#quiet = Math.min(Math.max(this.#quiet * 2, quietMs.measured), quietMs.longest);
    this.#kind = "window";
    this.#decides = false;
    this.#limit = limit;
    this.#growsAt = now + this.#quiet;
  }

  #space(now: number, perMinute: number, isGuess: boolean): void {
    this.#kind = "spaced";
    this.#decides = false;
    this.#spaced = new SpacedRate(perMinute, isGuess, this.#last, this.#refusal(now));
  }

  #refusal(at: number): Refusal {
    return { at, accepted: this.#total, restedMs: this.#restedMs };
  }

  rested(ms: number): void {
    this.#restedMs += ms;
  }

  /** How long to wait after the refusals in a row that there were. */
  #pause(now: number): number {
    const gap = this.#gap();
    const again = (doublings: number) => Math.min(gap * 2 ** doublings, minuteMs);
    if (this.#kind === "spaced") return again(this.#fruitless - 2);
    const [oldest] = this.#used(now - minuteMs);
    const ofWindow = Math.max(oldest === undefined ? 0 : oldest + minuteMs * slack - now, 0);
    const tries = this.#kind === "window" ? [] : [gap, Math.max(ofWindow / 2, gap), Math.max(ofWindow, gap)];
    return tries[this.#fruitless - 1] ?? Math.max(ofWindow, again(this.#fruitless - tries.length - 1));
  }

  /** What counts for the limit of a window, the oldest first. */
  #used(from: number): number[] {
    const taken = this.#taken.map(({ at }) => at);
    const all = this.#countsRefused ? [...taken, ...this.#refused].sort((a, b) => a - b) : taken;
    return all.filter((at) => at > from);
  }

  #gap(): number {
    return minuteMs / (this.#spaced?.perMinute ?? this.#limit ?? usual.least);
  }

  /** What was learnt of the API stays; what was used of the last minute is used no more. */
  forget(): void {
    this.#taken = [];
    this.#refused = [];
    this.#burst = 0;
    this.#decides = false;
    this.#resumesAt = 0;
    this.#spacedAt = 0;
  }
}
