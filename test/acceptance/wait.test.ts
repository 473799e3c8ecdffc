import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, it, type TestContext } from "node:test";
import { type Arguments, provider, read } from "../support/configurations.ts";
import { assertError, failingApply } from "../support/diagnostics.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { Workspace } from "../support/terraform.ts";

let server: OpenAIServer;
before(async () => {
  server = await startOpenAIServer();
});
after(() => server.close());

function workspace(test: TestContext): Workspace {
  return new Workspace(test, { OPENAI_API_KEY: "sk-wait", OPENAI_BASE_URL: server.url });
}

it("a completion that becomes visible later is waited for, and one that does not is an error that says so", async (test) => {
  server.seed({ id: "later", content: "here at last", visibleAfterMs: 4_000 }, { id: "at-once" });
  const waiting =
    read("later", "later", { wait_timeout: "20s" }) + read("at-once", "at-once", { wait_timeout: "20s" });
  const errors = await failingApply(
    workspace(test),
    waiting +
      read("never", "never", { wait_timeout: "2.5" }) +
      read("impatient", "impatient") +
      read("refused", "later", { wait_timeout: "20s", api_key: "sk-refused" }),
  );
  assert.deepEqual([...errors.keys()].sort(), ["impatient", "never"]);
  assertError(errors.get("never"), {
    title: "Chat completion not found",
    says: ['"never"', "also after waiting 2.5 seconds", "created seconds ago"],
    at: "completion_id",
  });
  assert.ok(!errors.get("impatient")?.detail.includes("after waiting"));
  const asked = (id: string) => server.requests.filter((request) => request.path.endsWith(`/${id}`)).length;
  assert.equal(asked("at-once"), 1);
  assert.equal(asked("impatient"), 1, "without wait_timeout a 404 is an answer");
  assert.ok(asked("never") >= 3, "asked at once, in between, and at the end");
  assert.ok(asked("later") >= 3);
});

it("the time of the whole read bounds the wait too, where a single attempt hangs", async (test) => {
  server.fault({ id: "hangs", delayMs: 20_000, skip: 1, times: "always" });
  const limits: Arguments = { wait_timeout: "1s", timeouts: { read: "1.5s" } };
  const started = performance.now();
  const errors = await failingApply(workspace(test), read("hangs", "hangs", limits));
  assertError(errors.get("hangs"), {
    title: "Read not finished in time",
    says: ['timeouts = { read = "15m" }'],
  });
  assert.ok(performance.now() - started < 15_000);
});

it("id is the same for every key and every read, and arguments that are left out stay null", async (test) => {
  const work = workspace(test).write(
    "main.tf",
    provider({}) +
      read("plain", "chatcmpl-abc123") +
      read("other_key", "chatcmpl-abc123", {
        api_key: "sk-another",
        wait_timeout: "0",
        timeouts: { read: "1m" },
      }) +
      read("other_completion", "chatcmpl-n3", { timeouts: {} }),
  );
  const applied = async () => {
    await work.ok("apply", "-auto-approve");
    return states(readFileSync(join(work.folder, "terraform.tfstate"), "utf8"));
  };
  const first = await applied();
  const { plain, other_key: otherKey, other_completion: otherCompletion } = first;
  assert.match(String(plain?.id), /^[0-9a-f]{64}$/);
  assert.equal(otherKey?.id, plain?.id);
  assert.notEqual(otherCompletion?.id, plain?.id);
  assert.deepEqual([plain?.api_key, plain?.wait_timeout, plain?.timeouts], [null, null, null]);
  assert.deepEqual([otherKey?.wait_timeout, otherKey?.timeouts], ["0", { read: "1m" }]);
  assert.deepEqual(otherCompletion?.timeouts, { read: null });
  assert.deepEqual(await applied(), first, "a second apply changes nothing");
});

/** The values of each data source in a state file, by name. */
function states(json: string): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const resources: readonly { name: string; instances: { attributes: Record<string, unknown> }[] }[] =
    JSON.parse(json).resources;
  return Object.fromEntries(resources.map(({ name, instances }) => [name, instances[0]?.attributes ?? {}]));
}
