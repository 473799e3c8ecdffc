import type { Owner } from "../access.ts";
import { isAdminPath } from "../admin.ts";
import type { Clock } from "../clock.ts";
import type { Settings } from "../options.ts";
import type { ObjectKind } from "./object-kind.ts";

/** An object as the server keeps it. */
export interface StoredObject {
  readonly kind: ObjectKind;
  readonly id: string;
  /** The values of the path's braces, by name. */
  readonly parents: Readonly<Record<string, string>>;
  readonly owner: Owner | undefined;
  /** Members by name; a test may change them at any time. */
  readonly body: Record<string, unknown>;
  /** The content of a file. */
  readonly content: Buffer | undefined;
  /** Bytes of the content that came, kept or not. */
  readonly size?: number;
  /** Milliseconds of the server's clock. */
  readonly createdAt: number;
  /** Whether its status goes forward with time. */
  readonly progresses: boolean;
  /** What reads show until a time of the server's clock: how it was before its last change. */
  before?: { readonly body: Record<string, unknown>; readonly until: number };
  /** When reads do not show it any more; it is deleted already. */
  goneAt?: number;
}

/** `shown`: what a read has, which lags behind writes. `newest`: what a write meets. */
export type View = "shown" | "newest";

/** The objects of a server but its completions, in memory, oldest first. */
export class StoredObjects {
  readonly #clock: Clock;
  readonly #settings: Settings;
  #objects: StoredObject[] = [];

  constructor(clock: Clock, settings: Settings) {
    this.#clock = clock;
    this.#settings = settings;
  }

  add(object: StoredObject): void {
    this.#objects = this.#objects.filter((other) => !sameObject(other, object));
    this.#objects.push(object);
  }

  /** What this owner may see now, below these parents. */
  visible(
    kind: ObjectKind,
    parents: StoredObject["parents"],
    owner: Owner,
    view: View = "shown",
  ): StoredObject[] {
    return this.#objects.filter(
      (object) =>
        object.kind === kind && this.#visible(object, owner, view) && sameParents(object.parents, parents),
    );
  }

  /** All objects of a kind, of any owner, oldest first. */
  all(path: string): StoredObject[] {
    return this.#objects.filter((object) => object.kind.path === path);
  }

  /** The object with this ID, of any owner, visible or not. */
  peek(path: string, id: string): StoredObject | undefined {
    return this.#objects.find((object) => object.kind.path === path && object.id === id);
  }

  /** Removes an object, and what belongs to it. True if it was there. */
  forget({ id, kind, parents }: Pick<StoredObject, "id" | "kind" | "parents">): boolean {
    const before = this.#objects.length;
    this.#objects = this.#objects.filter((object) => {
      const itself = object.kind === kind && object.id === id && sameParents(object.parents, parents);
      const below =
        object.kind.path.startsWith(`${kind.path}/{`) && Object.values(object.parents).includes(id);
      return !itself && !below;
    });
    return this.#objects.length < before;
  }

  /** Keeps what reads go on to show for a while. */
  beforeChange(object: StoredObject): void {
    const lag = this.#lag(object);
    if (lag > 0) object.before = { body: structuredClone(object.body), until: this.#clock.now() + lag };
  }

  /** Deletes an object as the API does: reads may show it for a moment. */
  remove(object: StoredObject): void {
    const lag = this.#lag(object);
    if (lag > 0) object.goneAt = this.#clock.now() + lag;
    else this.forget(object);
  }

  /** The body as it is now: a status that goes forward has done so. */
  bodyOf(object: StoredObject, view: View = "shown"): Record<string, unknown> {
    const { before } = object;
    if (view === "shown" && before !== undefined && this.#clock.now() < before.until) return before.body;
    const { progress, finished } = object.kind;
    if (progress === undefined || !object.progresses) return object.body;
    const done = this.#clock.now() >= object.createdAt + this.#settings.readyAfterMs;
    // What a test has put there is neither of the two, and stays.
    if (object.body[progress.member] === progress.from && done) {
      object.body[progress.member] = progress.to;
      finished?.(object, this);
    }
    return object.body;
  }

  /** Of the Administration API: other objects have times of their own. */
  #lag({ kind }: StoredObject): number {
    return isAdminPath(`/${kind.path}`) ? this.#settings.lagMs : 0;
  }

  #visible(object: StoredObject, owner: Owner, view: View): boolean {
    const foreign =
      object.owner !== undefined &&
      (object.owner.organization !== owner.organization || object.owner.project !== owner.project);
    if (foreign) return false;
    const now = this.#clock.now();
    const lag = this.#lag(object);
    if (view === "newest" && isAdminPath(`/${object.kind.path}`)) return object.goneAt === undefined;
    if (object.goneAt !== undefined && now >= object.goneAt) return false;
    return now >= object.createdAt + this.#settings.visibleAfterMs + lag;
  }
}

function sameObject(a: StoredObject, b: StoredObject): boolean {
  return a.kind === b.kind && a.id === b.id && sameParents(a.parents, b.parents);
}

function sameParents(a: StoredObject["parents"], b: StoredObject["parents"]): boolean {
  return Object.entries(a).every(([name, value]) => b[name] === value);
}
