import type { Owner } from "./access.ts";
import type { Clock } from "./clock.ts";
import type { StoredCompletion } from "./completion.ts";
import type { Settings } from "./options.ts";

/** The completions of a server, in memory, in the order in which they came. */
export class Store {
  readonly #clock: Clock;
  readonly #settings: Settings;
  readonly #completions = new Map<string, StoredCompletion>();

  constructor(clock: Clock, settings: Settings) {
    this.#clock = clock;
    this.#settings = settings;
  }

  /** Adds a completion; one with the same ID gives way. */
  add(completion: StoredCompletion): void {
    this.#completions.set(completion.id, completion);
  }

  /** All of them, visible or not; those already gone are left out. */
  all(): StoredCompletion[] {
    return [...this.#completions.values()].filter((completion) => completion.goneAt === undefined);
  }

  /** The completion, visible or not, of whatever owner. */
  peek(id: string): StoredCompletion | undefined {
    return this.#completions.get(id);
  }

  /** The completion if this owner may see it now. */
  find(id: string, owner: Owner): StoredCompletion | undefined {
    const completion = this.#completions.get(id);
    return completion !== undefined && this.#visible(completion, owner) ? completion : undefined;
  }

  /** What this owner may see now, oldest first; those of one second in the order in which they came. */
  visible(owner: Owner): StoredCompletion[] {
    return [...this.#completions.values()]
      .filter((completion) => this.#visible(completion, owner))
      .sort((a, b) => a.created - b.created);
  }

  /** Deletes it as the API does: it may stay readable for a moment. */
  delete(completion: StoredCompletion): void {
    completion.goneAt = this.#clock.now() + this.#settings.goneAfterMs;
  }

  /** Removes it at once, as a deletion by somebody else looks. True if it was there. */
  forget(id: string): boolean {
    return this.#completions.delete(id);
  }

  clear(): void {
    this.#completions.clear();
  }

  #visible(completion: StoredCompletion, owner: Owner): boolean {
    const now = this.#clock.now();
    if (completion.owner !== undefined) {
      if (completion.owner.organization !== owner.organization) return false;
      if (completion.owner.project !== owner.project) return false;
    }
    if (now < completion.visibleAt) return false;
    if (completion.goneAt !== undefined && now >= completion.goneAt) return false;
    return !completion.expires || now < completion.created * 1000 + this.#settings.expiresAfterMs;
  }
}
