/** Growth of the rate in a second, while it is a guess from few answers, from many, and below the ceiling. */
const wildGrowth = 0.4;
const guessGrowth = 0.03;
const fastGrowth = 0.2;
/** Near the rate that was refused last, growth in a second starts as slow as this. */
const slowGrowth = 0.001;
const nearCeiling = 0.94;
/** The most that one answer may add, to a wild guess and later: a slow API gives few answers to learn from. */
const wildStep = 0.15;
const largestStep = 0.05;
/** An estimate from fewer answers than this is wild. */
const fewAnswers = 8;
/** After so long, and time for so many requests, the rate was right: a 429 then says that it grew a little too far. */
const calmMs = 2_500;
const calmRequests = 20;
const calmCut = 0.96;
/** Cuts for 429s that follow one another faster; after these the measured rate counts. */
const cuts = [0.9, 0.8, 0.65];
const aboveMeasured = 1.1;
/** A wild guess grew in large steps. */
const wildCut = 0.87;
/** The waits when a 429 carries no hint: 0.5 s, doubled by each that follows without an answer between, to 8 s. */
const firstPauseMs = 500;
const longestPauseMs = 8_000;
/** 429s looked back on for an estimate. */
const memory = 4;
/** What a client needs between two requests of its own: a shorter time without any is no rest. */
const betweenMs = 100;

/** How fast requests leave. Times in milliseconds, rates in 1/s. */
export interface Pacing {
  /** When the next request may leave, where so many are in flight. */
  nextAt(now: number, inFlight: number): number;
  /** Undefined until it is known. */
  readonly rate: number | undefined;
  /** How many requests may be in flight, where `window` is as many as were answered well so far, and some more. */
  inFlight(window: number): number;
  sent(now: number): void;
  /** Notes an answer to a request that left at `sentAt`. */
  accepted(sentAt: number, now: number): void;
  /** Notes a 429 to a request that left at `sentAt`, and returns how long to pause. */
  limited(sentAt: number, now: number, hint: number | undefined): number;
  /** Notes a 429 to a request that had left before the last one was known. */
  limitedToo?(now: number): void;
  /** Called when the first one comes after so many milliseconds without any, under way or waiting. */
  rested(ms: number): void;
  /** Called after a long time without requests. */
  forget(): void;
}

/** The most requests in flight, and so sockets, of one origin and key. */
export const largestWindow = 64;

/**
 * Learns the rate that an API grants, from what it accepts between its 429s. Times in milliseconds, rates in 1/s.
 *
 * An API that saves up unused requests (a token bucket) grants exactly what was measured between two 429s; one that
 * does not (a sliding window) grants what was sent just before the 429, more than measured, because of the pause.
 * The truth is between the two, and both are known. Time in which nothing was asked says nothing, and is not counted.
 */
export class Pace implements Pacing {
  #nextAt = 0;
  #rate: number | undefined;
  #ceiling = 0;
  #accepted = 0;
  /** All times but `nextAt` are without what was rested. */
  #rested = 0;
  #busySince: number | undefined;
  /** When those left that the last few answers were for. */
  #lately: number[] = [];
  #refusals: { at: number; accepted: number }[] = [];
  #resumedAt = 0;
  #fruitless = 0;
  #guessGrowth: number | undefined;
  /** 429s in a row without calm between them. */
  #haste = 0;

  /** Undefined until a 429 has followed an answer. */
  get rate(): number | undefined {
    return this.#rate;
  }

  nextAt(): number {
    return this.#nextAt;
  }

  /** A known rate is the better limit than a window. */
  inFlight(window: number): number {
    return this.#rate !== undefined ? largestWindow : window;
  }

  sent(now: number): void {
    this.#busySince ??= now - this.#rested;
    if (this.#rate === undefined) return;
    const gap = 1000 / this.#rate;
    // A timer that fires late must not slow the pace, nor may lateness add up to a burst.
    this.#nextAt = Math.max(this.#nextAt, now - gap / 2) + gap;
  }

  rested(ms: number): void {
    if (ms > betweenMs) this.#rested += ms;
  }

  accepted(sentAt: number, at: number): void {
    const now = at - this.#rested;
    this.#accepted += 1;
    this.#lately = [...this.#lately, sentAt - this.#rested].slice(-fewAnswers);
    this.#fruitless = 0;
    const last = this.#refusals.at(-1);
    if (this.#rate === undefined || last === undefined) return;
    const growth = this.#growth(this.#rate, now - this.#resumedAt);
    this.#rate *=
      1 + Math.min(growth / this.#rate, this.#guessGrowth === wildGrowth ? wildStep : largestStep);
  }

  /** The part by which the rate should grow in a second, `quietMs` after the last pause. */
  #growth(rate: number, quietMs: number): number {
    if (this.#guessGrowth === wildGrowth) return wildGrowth;
    const calms = quietMs / calmSpan(rate);
    // Saved-up requests hide for a while that the rate is still too high.
    if (calms < 1) return 0;
    if (this.#guessGrowth === undefined && rate < this.#ceiling * nearCeiling) return fastGrowth;
    // Quadratic in the time without a 429: a limit that was lifted is noticed within a minute or two.
    return (this.#guessGrowth ?? slowGrowth) * (1 + (calms / 4) ** 2);
  }

  limited(sentAt: number, at: number, hint: number | undefined): number {
    const pause = this.#pause(hint);
    const now = at - this.#rested;
    this.#fruitless += 1;
    this.#learn(sentAt - this.#rested, now, pause, hint !== undefined);
    this.#refusals.push({ at: now, accepted: this.#accepted });
    if (this.#refusals.length > memory) this.#refusals.shift();
    this.#resumedAt = now + pause;
    this.#nextAt = at + pause;
    return pause;
  }

  #pause(hint: number | undefined): number {
    const unhinted = (doublings: number) => Math.min(firstPauseMs * 2 ** doublings, longestPauseMs);
    if (hint === undefined) return unhinted(this.#fruitless);
    // A hint that was obeyed and led to nothing but the next 429 is not believed for ever.
    return this.#fruitless < 2 ? hint : Math.max(hint, unhinted(this.#fruitless - 2));
  }

  #learn(sentAt: number, now: number, pause: number, hinted: boolean): void {
    const first = this.#refusals[0];
    const last = this.#refusals.at(-1);
    const rate = this.#rate;
    if (this.#accepted === 0) return;
    if (rate === undefined || first === undefined || this.#accepted === last?.accepted) {
      // As many as were taken so far, spread over the time until the next may be sent. Refused again without an
      // answer between, the pause was too short, which says nothing against a rate already learnt.
      const spread = (count: number, from = now) => (count * 1000) / Math.max(sentAt + pause - from, 1);
      const all = spread(this.#accepted, this.#busySince);
      // Where few were asked for before, more may be granted than was.
      const isSolid = this.#accepted >= fewAnswers && spread(fewAnswers, this.#lately[0]) < all * 2;
      if (rate === undefined || this.#guessGrowth !== undefined) this.#guess(all, hinted && isSolid);
      return;
    }
    const calm = now - this.#resumedAt >= calmSpan(rate);
    const wild = this.#guessGrowth === wildGrowth;
    this.#haste = calm ? 0 : this.#haste + 1;
    this.#guessGrowth = undefined;
    // What was taken between two 429s is granted for certain, whatever kind of limit it is.
    const measured = ((this.#accepted - first.accepted) * 1000) / Math.max(now - first.at, 1);
    const cut = wild ? wildCut : calm ? calmCut : cuts[this.#haste - 1];
    // After many 429s in a row nothing else is.
    this.#rate = Math.min(
      cut === undefined ? measured * aboveMeasured : Math.max(rate * cut, measured),
      rate * calmCut,
    );
    this.#ceiling = cut === undefined ? this.#rate : rate;
  }

  #guess(rate: number, solid: boolean): void {
    this.#rate = rate;
    this.#ceiling = rate;
    this.#guessGrowth = solid ? guessGrowth : wildGrowth;
  }

  forget(): void {
    this.#rate = undefined;
    this.#refusals = [];
    this.#fruitless = 0;
    this.#accepted = 0;
    this.#busySince = undefined;
    this.#rested = 0;
    this.#lately = [];
    this.#guessGrowth = undefined;
    this.#haste = 0;
    this.#nextAt = 0;
  }
}

function calmSpan(rate: number): number {
  return Math.max(calmMs, (calmRequests * 1000) / rate);
}
