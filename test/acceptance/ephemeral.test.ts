import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { lacks } from "../support/cli.ts";
import { type Arguments, block, Expression } from "../support/configurations.ts";
import { errorsByName } from "../support/diagnostics.ts";
import type { ServerOptions } from "../support/openai-server/options.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { Workspace } from "../support/terraform.ts";

/** A text that no other part of a run can have. */
const secret = "canary-5f0c9e-of-the-answer";

function open(name: string, completionId: string | Expression, values: Arguments = {}): string {
  return block(`ephemeral "openai_chat_completion" "${name}"`, { completion_id: completionId, ...values });
}

async function start(test: TestContext, options: ServerOptions = {}): Promise<[OpenAIServer, Workspace]> {
  const server = await startOpenAIServer({
    completions: [{ id: "chatcmpl-secret", content: secret }],
    ...options,
  });
  test.after(() => server.close());
  return [server, new Workspace(test, { OPENAI_API_KEY: "sk-ephemeral", OPENAI_BASE_URL: server.url })];
}

/** The files of a workspace, those inside of a saved plan too, that hold a text. */
function holding(work: Workspace, text: string): string[] {
  return readdirSync(work.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes(".terraform"))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file);
      if (bytes.includes(text)) return true;
      return bytes.subarray(0, 2).toString() === "PK" && unzipped(file).includes(text);
    });
}

function unzipped(file: string): Buffer {
  const script =
    "import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nfor n in z.namelist(): sys.stdout.buffer.write(z.read(n))";
  const result = spawnSync("python3", ["-c", script, file], { maxBuffer: 1 << 28 });
  assert.equal(result.status, 0, String(result.stderr));
  return result.stdout;
}

/** Skipped by name where the CLI has none. */
const options = { skip: lacks("ephemeral resources") };

describe("an ephemeral completion", () => {
  it("is read in plan and again in apply, and leaves no trace in plan and state", options, async (test) => {
    const [server, work] = await start(test);
    work.write(
      "main.tf",
      `${open("answer", "chatcmpl-secret", { wait_timeout: "5s", timeouts: { open: "30s" } })}
# Stands in for anything that takes an ephemeral value: a provider's argument.
provider "openai" {
  alias   = "fed"
  headers = { "X-Answer" = ephemeral.openai_chat_completion.answer.choices[0].message[0].content }
}

data "openai_chat_completion" "beside" {
  provider      = openai.fed
  completion_id = "chatcmpl-plain"
}

check "answer" {
  assert {
    condition     = ephemeral.openai_chat_completion.answer.usage.total_tokens == 27
    error_message = "The ephemeral answer has no usage."
  }
}

resource "terraform_data" "kept" {
  input = data.openai_chat_completion.beside.model
}
`,
    );
    server.seed({ id: "chatcmpl-plain", content: "Plain." });
    await work.ok("init");
    const count = () => server.requests.filter(({ path }) => path.endsWith("/chatcmpl-secret")).length;
    const planned = await work.ok("plan", "-out=plan.tfplan");
    assert.equal(count(), 1, "opened in plan");
    assert.deepEqual(holding(work, secret), []);
    assert.equal(holding(work, "terraform_data").length > 0, true, "the search finds what is there");
    const applied = await work.ok("apply", "plan.tfplan");
    assert.equal(count(), 2, "and again in apply");
    assert.deepEqual(holding(work, secret), []);
    for (const shown of [
      planned,
      applied,
      await work.ok("show", "-json"),
      await work.ok("show", "-json", "plan.tfplan"),
    ]) {
      assert.ok(!shown.output.includes(secret));
      assert.doesNotMatch(shown.output, /Warning: Check/);
    }
    const fed = server.requests.filter(({ path }) => path.endsWith("/chatcmpl-plain"));
    assert.ok(
      fed.length > 0 && fed.every(({ headers }) => headers["x-answer"] === secret),
      "its value was used",
    );
  });

  it(
    "waits until its completion exists, and is not opened while an argument is unknown",
    options,
    async (test) => {
      const [server, work] = await start(test);
      server.seed({ id: "chatcmpl-fresh", content: secret, visibleAfterMs: 600 });
      work.write(
        "main.tf",
        `resource "terraform_data" "id" {
  input = "chatcmpl-fresh"
}

${open("later", new Expression("terraform_data.id.output"), { wait_timeout: "20s" })}
check "answer" {
  assert {
    condition     = ephemeral.openai_chat_completion.later.choices[0].finish_reason == "stop"
    error_message = "Not the answer."
  }
}
`,
      );
      await work.ok("init");
      await work.ok("plan");
      assert.equal(server.requests.length, 0);
      await work.ok("apply", "-auto-approve");
      assert.ok(server.requests.some(({ status }) => status === 200));
      assert.deepEqual(holding(work, secret), []);
    },
  );

  it("that cannot be opened is an error in words of its own", options, async (test) => {
    const [server, work] = await start(test);
    server.fault({ key: "sk-slow", delayMs: 30_000, times: "always" });
    server.fault({ key: "sk-wrong", status: 401, body: { error: { message: "No." } }, times: "always" });
    work.write(
      "main.tf",
      open("missing", "chatcmpl-missing") +
        open("slow", "chatcmpl-secret", { api_key: "sk-slow", timeouts: { open: "300ms" } }) +
        open("wrong", "chatcmpl-secret", { api_key: "sk-wrong" }),
    );
    const result = await work.run(["plan", "-json"]);
    assert.equal(result.code, 1);
    const errors = errorsByName(result);
    assert.equal(errors.get("missing")?.summary, "Chat completion not found");
    assert.match(errors.get("missing")?.code ?? "", /completion_id/);
    assert.equal(errors.get("slow")?.summary, "Opening not finished in time");
    assert.match(errors.get("slow")?.detail ?? "", /timeouts = \{ open = "15m" \}/);
    assert.match(errors.get("wrong")?.detail ?? "", /the api_key of this ephemeral resource/);
  });

  it(
    "without a key names its own among the places for one, and bad arguments are refused at validate",
    options,
    async (test) => {
      const [server] = await start(test);
      const work = new Workspace(test, { OPENAI_BASE_URL: server.url }).write(
        "main.tf",
        open("a", "chatcmpl-secret"),
      );
      assert.match(await work.fails("plan"), /No API key .* api_key of this ephemeral resource/);
      work.write("main.tf", open("a", "chatcmpl-secret", { wait_timeout: "2m", timeouts: { open: "1m" } }));
      const errors = errorsByName(await work.run(["validate", "-json"]));
      const error = errors.get("a");
      assert.equal(error?.summary, 'Invalid value for "wait_timeout"');
      assert.match(error.detail, /the whole opening may take, 60 seconds.*timeouts = \{ open = "10m" \}/);
      assert.equal(server.requests.length, 0);
    },
  );
});
