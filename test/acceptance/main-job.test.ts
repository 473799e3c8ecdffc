import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fillMirror } from "../../scripts/build/mirror.mjs";
import { cli } from "../support/cli.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { builtProvider, root } from "../support/root.ts";
import { type Cleanup, unboxed, Workspace } from "../support/terraform.ts";

const example = readFileSync(join(root, "terraform-examples/chat-completion/main.tf"), "utf8");

let server: OpenAIServer;
before(async () => {
  server = await startOpenAIServer();
});
after(() => server.close());

function workspace(test: Cleanup): Workspace {
  return new Workspace(test, { OPENAI_API_KEY: "sk-acceptance", OPENAI_BASE_URL: server.url });
}

describe("the example as written, under the address that Terraform implies", () => {
  it("goes through every command in order", async (test) => {
    const work = workspace(test).write("main.tf", example);

    await work.ok("init");
    await work.ok("validate");
    assert.match((await work.ok("plan")).stdout, /assistant_response\s+= /);
    await work.ok("apply", "-auto-approve");

    const second = await work.run(["plan", "-detailed-exitcode"]);
    assert.equal(second.code, 0, `a second plan shows no change:\n${second.output}`);

    assert.deepEqual(await work.output("assistant_response"), await answerOf("chatcmpl-abc123"));
    const usage = await work.output("token_usage");
    assert.deepEqual(Object.keys(usage as object).sort(), [
      "completion_tokens",
      "prompt_tokens",
      "total_tokens",
    ]);

    const { stdout } = await work.ok("show", "-json");
    await test.test("is what the local server holds, exactly", () => isHeld(stdout));
    const shown = JSON.parse(stdout);
    const state = shown.values.root_module.resources[0].values;
    assert.equal(state.completion_id, "chatcmpl-abc123");
    assert.equal(state.api_key, null);
    assert.notEqual(state.id, "chatcmpl-abc123");

    const schemas = JSON.parse((await work.ok("providers", "schema", "-json")).stdout);
    const host = cli().product === "OpenTofu" ? "registry.opentofu.org" : "registry.terraform.io";
    const schema = schemas.provider_schemas[`${host}/hashicorp/openai`];
    assert.ok(schema?.data_source_schemas.openai_chat_completion, "the schema is under the implied address");

    const expression = "data.openai_chat_completion.example.choices[0].message[0].role\n";
    const console = await work.run(["console"], { input: expression });
    assert.equal(console.stdout.trim(), '"assistant"');

    await work.ok("apply", "-refresh-only", "-auto-approve");
    await work.ok("destroy", "-auto-approve");
    assert.equal(JSON.parse((await work.ok("show", "-json")).stdout).values, undefined);
  });
});

/** A state as `show -json` prints it has the values of its answer. */
function isHeld(shown: string): void {
  const state = JSON.parse(shown).values.root_module.resources[0].values;
  const body = JSON.parse(state.response_json);
  assert.equal(state.model, body.model);
  assert.equal(state.created, body.created);
  assert.deepEqual(state.usage, body.usage);
  // It is parsed by JavaScript here, so the digits are compared as text.
  assert.match(shown, new RegExp(`"seed":${/"seed":(-?\d+)/.exec(state.response_json)?.[1]}`));
}

it("works under another provider's address", async (test) => {
  const work = workspace(test)
    .write("main.tf", example)
    .write(
      "versions.tf",
      'terraform {\n  required_providers {\n    openai = { source = "mkdev-me/openai" }\n  }\n}\n',
    );
  await work.ok("init");
  await work.ok("apply", "-auto-approve");
  assert.deepEqual(await work.output("assistant_response"), await answerOf("chatcmpl-abc123"));
});

it("locks a package of the mirror that another build does not change, because it is a launcher", async (test) => {
  const work = workspace(test).write("main.tf", example);
  const mirror = join(work.folder, "mirror");
  const cliConfig = join(work.folder, "mirror.tfrc");
  work.write(
    "mirror.tfrc",
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
  );
  const lockAfterInit = async (): Promise<string> => {
    fillMirror(mirror, dirname(builtProvider().executable));
    const init = await work.run(["init"], { env: { TF_CLI_CONFIG_FILE: cliConfig } });
    assert.equal(init.code, 0, init.output);
    return readFileSync(join(work.folder, ".terraform.lock.hcl"), "utf8");
  };
  const lock = await lockAfterInit();
  assert.match(lock, /hashicorp\/openai/);
  assert.equal(await lockAfterInit(), lock);
});

it("names every way to set a key to a practitioner without one", async (test) => {
  const work = new Workspace(test, { OPENAI_BASE_URL: server.url }).write("main.tf", example);
  await work.ok("init");
  const message = await work.fails("plan");
  for (const part of ["API key", "OPENAI_API_KEY", "api_key", 'data "openai_chat_completion" "example"']) {
    assert.ok(message.includes(part), `${part} in: ${message}`);
  }
});

describe("a read that fails after one that worked", () => {
  const cleanups: (() => void)[] = [];
  let files: string[];
  let message: string;
  let states: string[];
  before(async () => {
    const work = workspace({ after: (last) => cleanups.push(last) }).write("main.tf", example);
    const state = () => readFileSync(join(work.folder, "terraform.tfstate"), "utf8");
    await work.ok("init");
    await work.ok("apply", "-auto-approve");
    files = readdirSync(work.folder);
    const first = state();
    work.write("main.tf", example.replace("chatcmpl-abc123", "chatcmpl-missing"));
    message = await work.fails("apply", "-auto-approve");
    states = [first, state()];
  });
  after(() => {
    for (const last of cleanups) last();
  });

  it("makes a missing completion an error that names the possible causes", () => {
    for (const part of ["not found", "chatcmpl-missing", "store = true", "wait_timeout"]) {
      assert.ok(message.includes(part), `${part} in: ${message}`);
    }
  });

  it("writes no state when a read fails", () => {
    assert.equal(states[1], states[0]);
  });

  it("leaves nothing but Terraform's own files in the folder", () => {
    // Terraform 1.15 writes neither of the first two under development overrides.
    const terraforms = [".terraform", ".terraform.lock.hcl", "terraform.tfstate"];
    assert.deepEqual(
      files.filter((file) => !terraforms.includes(file)),
      ["main.tf"],
    );
  });
});

it("undoes Terraform's boxes, so that these tests see whole sentences", () => {
  assert.equal(unboxed("╷\n│ Error: a\n│ b\n╵"), "Error: a b");
});

/** What the local server answers for an ID. */
async function answerOf(id: string): Promise<unknown> {
  const response = await fetch(`${server.url}/chat/completions/${id}`, {
    headers: { authorization: "Bearer sk-acceptance" },
  });
  const body: unknown = await response.json();
  assert.ok(body instanceof Object && "choices" in body && Array.isArray(body.choices));
  return body.choices[0].message.content;
}
