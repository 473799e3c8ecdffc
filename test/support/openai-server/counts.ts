import type { Operation } from "./routes.ts";

/** How often each operation was asked for, and how many create requests were carried out and so paid for. */
export class Counts {
  /** Create requests that were carried out, even where the answer got lost on its way. */
  paidCreates = 0;
  create = 0;
  list = 0;
  retrieve = 0;
  update = 0;
  delete = 0;
  messages = 0;
  /** Requests that never reached the API: answered by a fault or by the rate limit. */
  intercepted = 0;

  /** Requests that only read. */
  get reads(): number {
    return this.list + this.retrieve + this.messages;
  }

  asked(operation: Operation): void {
    this[operation] += 1;
  }

  paid(): void {
    this.paidCreates += 1;
  }

  reset(): void {
    Object.assign(this, new Counts());
  }
}
