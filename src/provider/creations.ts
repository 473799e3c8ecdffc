import { randomBytes } from "node:crypto";
import type { PrivateState } from "../framework/index.ts";
import { monotonicNow } from "../openai/index.ts";

const key = "creation";

/**
 * What this run has created, by its paths in the API and by its IDs: the API does not show at once what was created.
 * Some objects have a path that follows from their arguments alone: where one of these replaces another and is created
 * first (`create_before_destroy`), both have the same path, and the removal of the old one would take the new one away.
 */
export class Creations {
  readonly #byPath = new Map<string, string>();
  /** When each was created, in milliseconds. */
  readonly #byId = new Map<string, number>();

  /** Records a creation, also beside the state. */
  record(kept: PrivateState, paths: readonly (readonly string[])[]): void {
    const creation = randomBytes(6).toString("hex");
    kept.set(key, creation);
    for (const path of paths) this.#byPath.set(path.join("/"), creation);
  }

  /** Records the ID of what was created now. */
  recordId(id: string): void {
    this.#byId.set(id, monotonicNow());
  }

  /** Milliseconds since the last creation of what has one of these IDs; undefined where this run has created none. */
  ageOf(ids: Iterable<string>): number | undefined {
    if (this.#byId.size === 0) return undefined;
    let last: number | undefined;
    for (const id of ids) {
      const at = this.#byId.get(id);
      if (at !== undefined && (last === undefined || at > last)) last = at;
    }
    return last === undefined ? undefined : monotonicNow() - last;
  }

  /** Whether this run has created what has this path. */
  has(path: readonly string[]): boolean {
    return this.#byPath.has(path.join("/"));
  }

  /** Whether what has this path now was created by another creation than that of this state, in this run. */
  isOfAnother(kept: PrivateState, path: readonly string[]): boolean {
    const creation = this.#byPath.get(path.join("/"));
    return creation !== undefined && creation !== kept.get(key);
  }
}
