/** Pseudo-random choices that one seed determines, so that a failing case can be run again and shrunk. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0 || 1;
  }

  /** A whole number from 0 to below the limit. The generator is xorshift32. */
  below(limit: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % limit;
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.below(times) === 0;
  }

  pick<T>(from: readonly [T, ...T[]]): T {
    return from[this.below(from.length)] ?? from[0];
  }

  shuffled<T>(all: readonly T[]): T[] {
    const keyed = all.map((one) => ({ one, key: this.below(1 << 30) }));
    return keyed.sort((a, b) => a.key - b.key).map(({ one }) => one);
  }
}
