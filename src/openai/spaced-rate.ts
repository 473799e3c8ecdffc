const minuteMs = 60_000;

/** The limits that users of the API measured, in requests a minute. */
export const usual = { least: 7, most: 12 } as const;

/** So many are accepted before a rate grows: a guess, a measured one, one that grew just before, one near the limit. */
const quiet = { guess: 3, measured: 16, grown: 24, near: 48, longest: 320 } as const;
/** What a rate grows by, and how much faster each time. */
const growth = { guess: 1.15, measured: 1.05, faster: 1.5, largest: 2 } as const;
/** Nearer to the rate that was refused than this, there is little to gain. */
const near = 1.1;
/** What is left of a rate after refusals that follow one another, at least; after these the measure alone counts. */
const cuts = [0.9, 0.85, 0.8];
/** What is left of one that grew too far, at least. */
const grownCut = 0.7;
/** What a refusal takes from a rate at least. */
const leastCut = 0.97;
/** Refusals looked back on. */
const memory = 4;

/** A time at which a request was refused, how many had been accepted by then, and how long nothing had been asked. */
export interface Refusal {
  readonly at: number;
  readonly accepted: number;
  readonly restedMs: number;
}

/**
 * The rate at which requests may leave one by one, learnt from what is accepted between two refusals. An API that saves
 * up unused requests has less than one to give at each of the two: what it granted between them is known to within one
 * request. Where it may have saved up no more, only the lower bound holds.
 */
export class SpacedRate {
  #perMinute: number;
  /** The rate that was refused last. */
  #ceiling: number | undefined;
  /** The rate before it grew; undefined where it did not since the last refusal. */
  #before: number | undefined;
  /** The last ones, the oldest first. */
  #refusals: readonly Refusal[];
  #accepted: number;
  /** Accepted since the rate changed, and how many it takes until it grows: now, and after a refusal. */
  #since = 0;
  #needed: number;
  #quiet: number;
  #factor: number;
  /** Refusals in a row that no growth explains. */
  #hasty = 0;

  /** @param isGuess Whether nothing says that the API grants it. */
  constructor(perMinute: number, isGuess: boolean, first: Refusal, second: Refusal) {
    this.#refusals = [first, second];
    this.#accepted = second.accepted;
    const { least, most } = boundsOf([first], second);
    this.#perMinute = Math.max(Math.min(perMinute, most), Math.min(perMinute, usual.least), least);
    const isLikely = !isGuess && this.#perMinute >= perMinute;
    this.#quiet = isLikely ? quiet.measured : quiet.guess;
    this.#needed = this.#quiet;
    this.#factor = isLikely ? growth.measured : growth.guess;
  }

  get perMinute(): number {
    return this.#perMinute;
  }

  /** Only a rate that was used says by what did not happen that a higher one may do. */
  accepted(): void {
    this.#accepted += 1;
    this.#since += 1;
    if (this.#since < this.#needed) return;
    this.#before = this.#perMinute;
    this.#since = 0;
    this.#needed = Math.min(this.#quiet, quiet.grown);
    if (this.#ceiling !== undefined && this.#perMinute < this.#ceiling * leastCut)
      this.#perMinute = (this.#perMinute + this.#ceiling) / 2;
    else this.#growFurther();
  }

  #growFurther(): void {
    this.#perMinute *= this.#factor;
    if (this.#quiet !== quiet.guess) {
      this.#factor = Math.min(1 + (this.#factor - 1) * growth.faster, growth.largest);
    } else if (this.#perMinute > usual.most) {
      this.#quiet = quiet.measured;
      this.#needed = quiet.measured;
    }
  }

  /** Notes the first refusal after an answer. */
  refused(at: number, restedMs: number): void {
    const rate = this.#perMinute;
    const refusal = { at, restedMs, accepted: this.#accepted };
    const bounds = boundsOf(this.#refusals, refusal);
    const before = this.#before;
    const most = before === undefined ? Math.min(rate, bounds.most) : rate;
    // Refused at once after it grew: nothing was saved up, and the rate before it was right.
    const kept =
      before === undefined ? rate * (cuts[this.#hasty] ?? 0) : this.#since < 3 ? before : rate * grownCut;
    const likely = most - (most - Math.min(bounds.least, most)) * 0.6;
    this.#perMinute = Math.max(Math.min(Math.max(likely, kept), most, rate * leastCut), 1);
    this.#ceiling = most;
    const isNear = before !== undefined && most < this.#perMinute * near;
    this.#quiet = isNear
      ? Math.min(Math.max(this.#quiet * 2, quiet.near), quiet.longest)
      : Math.max(this.#quiet, quiet.measured);
    this.#needed = this.#quiet;
    this.#factor = growth.measured;
    this.#since = 0;
    this.#hasty = before === undefined ? this.#hasty + 1 : 0;
    this.#refusals = before === undefined ? [...this.#refusals, refusal].slice(-memory) : [refusal];
    this.#before = undefined;
  }

  /** Notes a refusal that followed another: that one says no more when requests were granted again. */
  refusedAgain(at: number, restedMs: number): void {
    this.#refusals = [...this.#refusals.slice(0, -1), { at, restedMs, accepted: this.#accepted }];
  }
}

/**
 * The least and the most that is granted a minute, by what was accepted between some refusals and one. More may have been
 * granted while nothing was asked.
 */
function boundsOf(refusals: readonly Refusal[], last: Refusal): { least: number; most: number } {
  let [least, most] = [0, Number.POSITIVE_INFINITY];
  for (const { at, accepted, restedMs } of refusals) {
    const perMinute = (count: number, ms: number) => (count * minuteMs) / Math.max(ms, 1);
    const count = last.accepted - accepted;
    least = Math.max(least, perMinute(count - 1, last.at - at));
    most = Math.min(most, perMinute(count + 1, last.at - at - (last.restedMs - restedMs)));
  }
  return { least, most };
}
