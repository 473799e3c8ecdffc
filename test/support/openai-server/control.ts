import type { APIState } from "./api.ts";
import { setMetadata } from "./completion.ts";
import { type Fault, Faults } from "./faults.ts";
import type { JsonObject } from "./json.ts";
import { objectKinds } from "./objects/kinds.ts";
import type { StoredObject, StoredObjects } from "./objects/stored-objects.ts";
import type { Settings } from "./options.ts";
import { RateLimit, type RateLimitOptions } from "./rate-limit.ts";
import type { RecordedRequest } from "./recorded.ts";
import { plant, type Seed } from "./seed.ts";
import { Throttle, type ThrottleOptions } from "./throttle.ts";

/** Everything by which a test changes a running server. */
export class Control {
  readonly #state: APIState;
  readonly faults = new Faults();
  /** What was asked of the API, oldest first. */
  readonly requests: RecordedRequest[] = [];
  #rateLimit: RateLimit | undefined;
  #throttle: Throttle | undefined;

  constructor(state: APIState) {
    this.#state = state;
  }

  /** May be changed at any time. */
  get settings(): Settings {
    return this.#state.settings;
  }

  get limiter(): RateLimit | undefined {
    return this.#rateLimit;
  }

  /** Puts completions into the store. */
  seed(...seeds: readonly Seed[]): void {
    for (const seed of seeds) this.#state.store.add(plant(seed, this.#state.clock));
  }

  /** The IDs of all completions, of any owner, visible or not, in the order in which they came. */
  ids(): string[] {
    return this.#state.store.all().map((completion) => completion.id);
  }

  /** Adds a fault; the function it returns takes it away again. */
  fault(fault: Fault): () => void {
    return this.faults.add(fault);
  }

  /** Limits every key's rate; undefined lifts the limit. */
  rateLimit(options: RateLimitOptions | undefined): void {
    this.#rateLimit = options === undefined ? undefined : new RateLimit(options);
  }

  get throttled(): Throttle | undefined {
    return this.#throttle;
  }

  /** Limits each admin key at each endpoint of the Administration API; undefined lifts the limit. */
  throttle(options: ThrottleOptions | undefined): void {
    this.#throttle = options === undefined ? undefined : new Throttle(options);
  }

  /** The server's time in milliseconds since 1970. */
  now(): number {
    return this.#state.clock.now();
  }

  /** Sets the server's time; it goes on from there. */
  setClock(ms: number): void {
    this.#state.clock.set(ms);
  }

  /** Moves the server's time: completions become visible, or expire. */
  advance(ms: number): void {
    this.#state.clock.advance(ms);
  }

  /** Deletes a completion behind Terraform's back. True if it was there. */
  forget(id: string): boolean {
    return this.#state.store.forget(id);
  }

  /** Changes a completion's metadata behind Terraform's back. True if it was there. */
  setMetadata(id: string, metadata: JsonObject): boolean {
    const completion = this.#state.store.peek(id);
    if (completion !== undefined) setMetadata(completion, metadata);
    return completion !== undefined;
  }

  /** The objects but completions. */
  get objects(): StoredObjects {
    return this.#state.objects;
  }

  /** Puts an object into the store, visible to everybody: the sample of its kind with these members. */
  addObject(
    path: string,
    members: Readonly<Record<string, unknown>>,
    parents = {},
    content: Buffer | undefined = undefined,
  ): StoredObject {
    const kind = objectKinds.find((each) => each.path === path);
    if (kind === undefined) throw new Error(`the server has no objects at ${path}`);
    const id = String(members.id ?? kind.sample.id);
    const body = { ...structuredClone(kind.sample), ...members, ...parents, id };
    const object = {
      kind,
      id,
      parents,
      owner: undefined,
      body,
      content,
      createdAt: 0,
      progresses: false,
    };
    this.objects.add(object);
    return object;
  }

  /** Changes members of an object behind Terraform's back. True if it was there. */
  changeObject(path: string, id: string, members: Readonly<Record<string, unknown>>): boolean {
    const object = this.objects.peek(path, id);
    if (object !== undefined) Object.assign(object.body, members);
    return object !== undefined;
  }

  /** Deletes an object behind Terraform's back. True if it was there. */
  forgetObject(path: string, id: string): boolean {
    const object = this.objects.peek(path, id);
    return object !== undefined && this.objects.forget(object);
  }

  /** Forgets recorded requests and counts; completions, faults and settings stay. */
  clearRequests(): void {
    this.requests.length = 0;
    this.#state.counts.reset();
  }

  /** Forgets faults, the rate limits, recorded requests and counts. */
  reset(): void {
    this.faults.clear();
    this.#rateLimit = undefined;
    this.#throttle = undefined;
    this.clearRequests();
  }

  /** Removes all completions. */
  clearCompletions(): void {
    this.#state.store.clear();
  }

  get counts(): APIState["counts"] {
    return this.#state.counts;
  }
}
