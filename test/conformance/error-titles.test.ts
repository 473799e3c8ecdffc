import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { ownErrors } from "../../scripts/docs/errors.mjs";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { type Given, type Kept, ProviderSession } from "../support/provider-session.ts";

/*
 * The pages' tables of errors have titles that the provider's code has within it. Each is brought about here, so that a
 * title that is changed or gone is seen.
 */

const type = "openai_chat_completion";
const day = 86_400_000;

function config(more: Given = {}): Given {
  return {
    model: "gpt-6-luna",
    messages: [{ role: "user", content: "Hello" }],
    timeouts: { create: "2s" },
    ...more,
  };
}

interface Place {
  readonly server: OpenAIServer;
  readonly session: ProviderSession;
  /** A completion that was created and read. */
  created(more?: Given): Promise<Kept>;
  /** The same provider with other arguments. */
  as(more: Given): ProviderSession;
}

async function place(t: TestContext): Promise<Place> {
  const server = await startOpenAIServer({ completions: [] });
  t.after(() => server.close());
  const as = (more: Given) =>
    new ProviderSession({ base_url: server.url, api_key: "sk-one", max_retries: 0, ...more });
  const session = as({});
  return {
    server,
    session,
    as,
    async created(more = {}) {
      const made = await session.create(type, config(more));
      assert.ok(made.kept, made.details.join("\n"));
      const read = await session.refresh(type, made.kept);
      assert.deepEqual([made.titles, read.titles], [[], []]);
      assert.ok(read.kept);
      return read.kept;
    },
  };
}

type Bring = (place: Place) => Promise<{ readonly titles: readonly string[] }>;

const content = (text: string) => config({ messages: [{ role: "user", content: text }] });
const unnamed = { "openai-organization": "", "openai-project": "" };

const brought: Readonly<Record<string, Bring>> = {
  no_key: ({ server }) =>
    new ProviderSession({ base_url: server.url }).read(type, { completion_id: "chatcmpl-1" }),
  unknown_model: ({ session }) => session.create(type, config({ model: "gpt-none" })),
  too_long: ({ session }) => session.create(type, content("trigger:context_length")),
  policy: ({ session }) => session.create(type, content("trigger:content_policy")),
  no_answer({ server, session }) {
    server.seed({ id: "chatcmpl-error", view: { error: { message: "overloaded" } } });
    return session.read(type, { completion_id: "chatcmpl-error" });
  },
  no_id({ server, session }) {
    server.fault({ method: "POST", status: 200, body: { object: "chat.completion" } });
    return session.create(type, config());
  },
  not_readable_yet({ server, session }) {
    server.control.settings.visibleAfterMs = 20_000;
    return session.create(type, config());
  },
  async cannot_be_read({ server, session }) {
    server.control.settings.zeroDataRetention = true;
    const { kept } = await session.create(type, config());
    assert.ok(kept);
    server.control.advance(3_600_000);
    return session.refresh(type, kept);
  },
  another_account: async ({ as, created }) => as({ project: "proj_b" }).refresh(type, await created()),
  async kept({ server, session, created }) {
    server.fault({ headers: unnamed, times: "always" });
    const kept = await created();
    server.control.forget(String(kept.state.id));
    return session.refresh(type, kept);
  },
  async expired({ server, session, created }) {
    const kept = await created();
    server.control.advance(31 * day);
    return session.refresh(type, kept);
  },
  metadata_in_state: async ({ as, created }) =>
    as({ project: "proj_b" }).update(type, await created(), config({ metadata: { team: "b" } })),
  may_be_stored: async ({ as, created }) => as({ project: "proj_b" }).delete(type, await created()),
  async not_deleted({ server, session, created }) {
    const kept = await created({ timeouts: { create: "2s", delete: "1s" } });
    server.fault({
      method: "DELETE",
      status: 200,
      body: { id: kept.state.id, deleted: true },
      times: "always",
    });
    return session.delete(type, kept);
  },
  write_only: async ({ session }) =>
    session.validate(
      type,
      { model: "gpt-6-luna", messages_wo: [{ role: "user", content: "Hello" }], messages_wo_version: 1 },
      false,
    ),
};

describe("the titles on pages are those of the provider", { concurrency: 4 }, () => {
  it("each is brought about", () => {
    assert.deepEqual(Object.keys(brought).sort(), Object.keys(ownErrors).sort());
  });
  for (const [name, bring] of Object.entries(brought)) {
    it(`${ownErrors[name]?.title}`, async (t) => {
      const { titles } = await bring(await place(t));
      const found = titles.map((title) => title.replace(/^\w+: /, ""));
      assert.ok(found.includes(ownErrors[name]?.title ?? ""), titles.join(", "));
      const severity = /^A warning\b/.test(ownErrors[name]?.text ?? "") ? "warning" : "error";
      assert.ok(
        titles.every((title) => title.startsWith(severity)),
        titles.join(", "),
      );
    });
  }
});
