import assert from "node:assert/strict";
import type { Arguments } from "../process/support/built-provider.ts";
import type { FaultFilter } from "../support/openai-server/faults.ts";
import type { OpenAIServer } from "../support/openai-server/server.ts";
import type { Kept, Outcome, Session } from "./session.ts";

/** What is in state after an operation. */
export type Keeps =
  /** Nothing: no object, no data. */
  | "nothing"
  /** Byte for byte what was there before. */
  | "the state before"
  /** The operation's result. */
  | "the result"
  /** The object is gone from state. */
  | "it as gone";

/** One request of one operation, at which a fault happens. */
export interface Step {
  /** Such as `read` or `create: the POST`. */
  readonly name: string;
  /** Finds the request. */
  readonly filter: (fixture: Fixture) => FaultFilter;
  /** Requests that the operation makes before this one, and after it where nothing fails. */
  readonly before: number;
  readonly after: number;
  /** Whether the request may be sent again after it may have been carried out. */
  readonly repeatable: boolean;
  /** What else the API answers differently, so that the fault's answer can be right. */
  readonly prepare?: (fixture: Fixture) => void;
  readonly run: (fixture: Fixture) => Promise<Outcome>;
  readonly kept: Keeps;
  /** What is in state where it succeeds; unset means the result. */
  readonly made?: Keeps;
  /** What becomes of an error here, where it is not one of the operation. */
  readonly reports?: string | null;
  /** The body that the API answers here, where nothing is wrong. */
  readonly answer: (fixture: Fixture) => string;
}

/** A server with what the operations are about, and a provider that talks to it. */
export interface Fixture {
  readonly server: OpenAIServer;
  readonly session: Session;
  /** A completion that was created through the provider, and its body in both views. */
  readonly kept: Kept;
  readonly stored: string;
  readonly created: string;
  /** How long a read of data may take; unset means {@link timeouts}. */
  readonly time?: string;
}

export const READ_ID = "chatcmpl-faults-read";
export const LISTED = "faults-model-2026-01-01";
/** Short, because a deletion waits for what is still there, and a creation for what is not there yet. */
export const TIMEOUTS: Arguments = {
  timeouts: { create: "3s", read: "20s", update: "20s", delete: "3s" },
};
export const COMPLETION: Arguments = {
  ...TIMEOUTS,
  model: "gpt-4o-mini",
  messages: [{ role: "user", content: "Hello" }],
  metadata: new Map([["team", "faults"]]),
};

const path = "/chat/completions";
const timeouts = (time = "20s") => ({ read: time });
const data = { kept: "nothing", repeatable: true } as const;

/** Puts back what an earlier operation took away or left behind. */
export function restore({ server, kept, stored }: Fixture): void {
  server.control.reset();
  const own = /^chatcmpl-faults-/;
  for (const id of server.control.ids()) if (!own.test(id)) server.control.forget(id);
  server.seed({ id: kept.id, body: stored, messages: [{ role: "user", content: "Hello" }] });
}

export const steps: readonly Step[] = [
  {
    ...data,
    name: "read",
    filter: () => ({ method: "GET", id: READ_ID }),
    before: 0,
    after: 0,
    run: ({ session, time }) =>
      session.read("openai_chat_completion", { completion_id: READ_ID, timeouts: timeouts(time) }),
    answer: storedAsRead,
  },
  {
    ...data,
    name: "ephemeral open",
    filter: () => ({ method: "GET", id: READ_ID }),
    before: 0,
    after: 0,
    run: ({ session, time = "20s" }) => session.open({ completion_id: READ_ID, timeouts: { open: time } }),
    answer: storedAsRead,
  },
  {
    ...data,
    name: "list: the first page",
    filter: () => ({ method: "GET", path }),
    before: 0,
    after: 2,
    run: ({ session, time }) =>
      session.read("openai_chat_completions", { model: LISTED, timeouts: timeouts(time) }),
    answer: ({ kept, stored }) =>
      `{"object":"list","data":[${stored.replaceAll(kept.id, "chatcmpl-faults-101")}],"has_more":true}`,
  },
  {
    ...data,
    name: "list: the last page",
    filter: () => ({ method: "GET", path, skip: 2 }),
    before: 2,
    after: 0,
    run: ({ session, time }) =>
      session.read("openai_chat_completions", { model: LISTED, timeouts: timeouts(time) }),
    answer: ({ stored }) => `{"object":"list","data":[${stored}],"has_more":false}`,
  },
  {
    ...data,
    name: "messages: the second page",
    filter: () => ({ method: "GET", path: "/messages", skip: 1 }),
    before: 1,
    after: 0,
    run: ({ session, time }) =>
      session.read("openai_chat_completion_messages", { completion_id: READ_ID, timeouts: timeouts(time) }),
    answer: () => '{"object":"list","data":[{"id":"m-1","role":"user","content":"x"}],"has_more":false}',
  },
  {
    name: "create: the POST",
    filter: () => ({ method: "POST", path }),
    before: 0,
    after: 1,
    repeatable: false,
    kept: "nothing",
    run: ({ session }) => session.create(COMPLETION),
    answer: ({ created }) => created,
  },
  {
    name: "create: the read after it",
    filter: () => ({ method: "GET", path }),
    before: 1,
    after: 0,
    repeatable: true,
    kept: "the result",
    reports: "WARNING Chat completion not readable yet",
    // The ID is known beforehand.
    prepare: ({ server, created }) => server.fault({ method: "POST", path, body: created }),
    run: ({ session }) => session.create(COMPLETION),
    answer: ({ stored }) => stored,
  },
  {
    name: "refresh",
    filter: ({ kept }) => ({ method: "GET", id: kept.id }),
    before: 0,
    after: 0,
    repeatable: true,
    kept: "the state before",
    run: ({ session, kept }) => session.refresh(kept),
    answer: ({ stored }) => stored,
  },
  {
    name: "update: the POST",
    filter: ({ kept }) => ({ method: "POST", id: kept.id }),
    before: 0,
    after: 1,
    repeatable: true,
    kept: "the state before",
    run: updateIt,
    answer: updatedBody,
  },
  {
    name: "update: the read after it",
    filter: ({ kept }) => ({ method: "GET", id: kept.id }),
    before: 1,
    after: 0,
    repeatable: true,
    kept: "the state before",
    run: updateIt,
    answer: updatedBody,
  },
  {
    name: "delete: the DELETE",
    filter: ({ kept }) => ({ method: "DELETE", id: kept.id }),
    before: 0,
    after: 1,
    repeatable: true,
    kept: "the state before",
    made: "it as gone",
    run: ({ session, kept }) => session.delete(kept),
    answer: ({ kept }) => `{"object":"chat.completion.deleted","id":"${kept.id}","deleted":true}`,
  },
  {
    name: "delete: the read after it",
    filter: ({ kept }) => ({ method: "GET", id: kept.id }),
    before: 1,
    after: 0,
    repeatable: true,
    // Accepted, and nobody says that it is still there.
    kept: "it as gone",
    made: "it as gone",
    reports: null,
    run: ({ session, kept }) => session.delete(kept),
    answer: () => '{"error":{"message":"Not there","param":"completion_id","code":"not_found"}}',
  },
  {
    name: "import: the completion",
    filter: ({ kept }) => ({ method: "GET", id: kept.id }),
    before: 0,
    after: 1,
    repeatable: true,
    kept: "nothing",
    run: ({ session, kept }) => session.import(kept.id),
    answer: ({ stored }) => stored,
  },
  {
    name: "import: its messages",
    filter: () => ({ method: "GET", path: "/messages" }),
    before: 1,
    after: 0,
    repeatable: true,
    kept: "nothing",
    run: ({ session, kept }) => session.import(kept.id),
    answer: () => '{"object":"list","data":[{"id":"m-1","role":"user","content":"x"}],"has_more":false}',
  },
];

/** An answer with another ID than was asked for is an error of its own. */
function storedAsRead({ kept, stored }: Fixture): string {
  return stored.replaceAll(kept.id, READ_ID);
}

function updateIt({ session, kept }: Fixture): Promise<Outcome> {
  return session.update(kept, COMPLETION, { metadata: new Map([["team", "changed"]]) });
}

function updatedBody({ stored }: Fixture): string {
  const changed = stored.replace('"team":"faults"', '"team":"changed"');
  assert.notEqual(changed, stored);
  return changed;
}

export function stepNamed(name: string): Step {
  const step = steps.find((each) => each.name === name);
  assert.ok(step, name);
  return step;
}
