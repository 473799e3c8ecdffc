import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { objectCases } from "../../../support/object-cases.ts";
import type { OpenAIServer } from "../../../support/openai-server/server.ts";
import type { Given } from "../../../support/provider-session.ts";
import { keptOf, place } from "../objects/support.ts";

/** Longer than the way of a request, and shorter than the first pause. */
const lag = { visibleAfterMs: 300 };
/** Text of a 404 in the API's words. */
const noSuch = {
  error: { message: "No such object.", type: "invalid_request_error", param: null, code: null },
};

function configOf(name: string, server: OpenAIServer): Given {
  const found = objectCases.find((each) => each.name === name);
  assert.ok(found, `${name} has a case`);
  return found.config(server);
}

function sent(server: OpenAIServer, method: string, path: string): number {
  return server.requests.filter((each) => each.method === method && each.path.includes(path)).length;
}

describe("what the API does not show yet", { concurrency: 4 }, () => {
  describe("a creation below what the same run has created", { concurrency: 8 }, () => {
    for (const [parent, argument, child, given] of [
      ["openai_container", "container_id", "openai_container_file", {}],
      ["openai_vector_store", "vector_store_id", "openai_vector_store_file", {}],
      ["openai_vector_store", "vector_store_id", "openai_vector_store_file_batch", {}],
      ["openai_skill", "skill_id", "openai_skill_version", {}],
    ] as const) {
      it(`waits until the API shows it: ${child}`, async (t) => {
        const { server, session } = await place(t, lag);
        const own = { ...configOf(child, server), ...given };
        const above = keptOf(await session.create(parent, configOf(parent, server)));
        const kept = keptOf(await session.create(child, { ...own, [argument]: above.state.id }));
        assert.equal(kept.state[argument], above.state.id);
      });
    }

    it("waits for what the body names, too", async (t) => {
      const { server, session } = await place(t);
      const { state } = keptOf(
        await session.create("openai_file", { content: "a", filename: "a.txt", purpose: "assistants" }),
      );
      const { id: vector_store_id } = server.control.addObject("vector_stores", {});
      server.fault({ method: "POST", path: "/vector_stores/", status: 404, body: noSuch });
      keptOf(await session.create("openai_vector_store_file", { vector_store_id, file_id: state.id }));
      assert.equal(sent(server, "POST", "/vector_stores/"), 2);
    });

    it("waits below a project, whose roles have another path, with few requests", async (t) => {
      const { server, session } = await place(t);
      const { state } = keptOf(await session.create("openai_project", { name: "a" }));
      const path = `/projects/${state.id}/roles`;
      server.fault({ method: "POST", path, status: 404, body: noSuch });
      const role = { project_id: state.id, role_name: "Reader", permissions: ["api.files.read"] };
      const started = performance.now();
      keptOf(await session.create("openai_project_role", role));
      assert.equal(sent(server, "POST", path), 2);
      assert.ok(performance.now() - started > 1_900, "the Administration API is not asked again at once");
    });

    it("waits with the role and the key of a service account until the account is there", async (t) => {
      const { server, session } = await place(t);
      const account = { project_id: "proj_default", name: "ci", role: "member", api_key: { version: "1" } };
      const path = "/service_accounts/";
      server.fault({ method: "POST", path, status: 404, body: noSuch });
      server.fault({ method: "POST", path, skip: 1, status: 404, body: noSuch });
      const { state } = keptOf(await session.create("openai_project_service_account", account));
      assert.deepEqual([typeof state.api_key_value, sent(server, "POST", path)], ["string", 4]);
    });

    it("does not wait for longer than its time, nor after an interrupt", async (t) => {
      const { server, session } = await place(t, { visibleAfterMs: 600_000 });
      const { state } = keptOf(await session.create("openai_container", { name: "a" }));
      const file = { container_id: state.id, content: "a", filename: "a.csv" };
      const late = await session.create("openai_container_file", { ...file, timeouts: { create: "4s" } });
      assert.deepEqual(late.titles, ["error: ID in container_id not found"]);
      assert.ok(sent(server, "POST", "/files") < 7);
      server.control.clearRequests();
      const stopped = session.create("openai_container_file", file);
      while (sent(server, "POST", "/files") === 0) await setTimeout(5);
      session.stop();
      assert.deepEqual((await stopped).titles, ["error: Creation cancelled"]);
      assert.equal(sent(server, "POST", "/files"), 1, "nothing is sent after it");
    });
  });

  describe("a creation that is sent once", { concurrency: 8 }, () => {
    it("is so below what this run has not created", async (t) => {
      const { server, session } = await place(t);
      const file = { container_id: "cntr_none", content: "a", filename: "a.csv" };
      const { titles } = await session.create("openai_container_file", file);
      assert.deepEqual([titles.length, sent(server, "POST", "/files")], [1, 1]);
    });

    for (const [what, fault] of [
      ["without an answer", { reset: "before" }],
      ["with a failure of the API", { status: 500, body: noSuch }],
      ["with 410, Gone", { status: 410, body: noSuch }],
      [
        "with a model that is not there",
        { status: 404, body: { error: { ...noSuch.error, code: "model_not_found" } } },
      ],
    ] as const) {
      it(`is so ${what}, below what is new`, async (t) => {
        const { server, session } = await place(t);
        const { state } = keptOf(await session.create("openai_conversation", {}));
        server.fault({ method: "POST", path: "/responses", times: "always", ...fault });
        const asked = { model: "gpt-6-luna", input: "Hi", conversation: state.id };
        const { titles } = await session.create("openai_response", asked);
        assert.ok(titles.some((title) => title.startsWith("error")));
        assert.equal(sent(server, "POST", "/responses"), 1);
      });
    }
  });

  describe("a read of what the same run has created", { concurrency: 8 }, () => {
    for (const [parent, type, config] of [
      ["openai_batch", "openai_batch", (id: unknown) => ({ id })],
      ["openai_batch", "openai_batch_results", (id: unknown) => ({ batch_id: id })],
      ["openai_file", "openai_file_content", (id: unknown) => ({ file_id: id })],
      [
        "openai_vector_store",
        "openai_vector_store_search",
        (id: unknown) => ({ vector_store_id: id, query: "a" }),
      ],
      ["openai_container", "openai_container_files", (id: unknown) => ({ container_id: id })],
      ["openai_conversation", "openai_conversation_items", (id: unknown) => ({ conversation_id: id })],
    ] as const) {
      it(`waits until the API shows it: ${type}`, async (t) => {
        const { server, session } = await place(t, lag);
        const made = await session.create(parent, configOf(parent, server));
        assert.ok(made.kept, made.details.join("\n"));
        const read = await session.read(type, config(made.kept.state.id));
        assert.deepEqual(read.titles, [], read.details.join("\n"));
      });
    }

    it("waits for the results of a batch that has just ended", async (t) => {
      const { server, session } = await place(t);
      const body = { model: "gpt-6-luna", input: "Hi" };
      const request = { custom_id: "a", method: "POST", url: "/v1/responses", body };
      const requests = { requests: [JSON.stringify(request)], endpoint: "/v1/responses" };
      const made = await session.create("openai_batch", requests);
      server.fault({ method: "GET", path: "/content", status: 404, body: noSuch });
      const read = await session.read("openai_batch_results", { batch_id: made.kept?.state.id });
      assert.deepEqual(read.titles, [], read.details.join("\n"));
      assert.ok(sent(server, "GET", "/content") > 1);
    });

    it("waits below a project", async (t) => {
      const { server, session } = await place(t, { lagMs: 800 });
      const { state } = keptOf(await session.create("openai_project", { name: "a" }));
      const read = await session.read("openai_project", { project_id: state.id });
      assert.deepEqual(read.titles, [], read.details.join("\n"));
      assert.ok(sent(server, "GET", "/projects") < 8);
    });

    it("asks once for what this run has not created", async (t) => {
      const { server, session } = await place(t);
      const { titles } = await session.read("openai_batch_results", { batch_id: "batch_none" });
      assert.deepEqual([titles, sent(server, "GET", "/batches")], [["error: Batch not found"], 1]);
    });
  });
});
