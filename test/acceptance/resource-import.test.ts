import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { before, it } from "node:test";
import { lacks } from "../support/cli.ts";
import { unboxed } from "../support/terraform.ts";
import {
  afterAll,
  attributesOf,
  changesIn,
  completion,
  importBlock,
  planIsEmpty,
  prompt,
  savedPlan,
  started,
} from "./resource-support.ts";

/* Each test has completions of its own, and all but one share the runs of Terraform over one configuration. */

const everything = `
  messages = [
    { role = "developer", content = "Be brief." },
    { role = "user", name = "ada", content_parts = [
      { type = "text", text = "What is this?" },
      { type = "image_url", image_url = { url = "https://example.com/a.png", detail = "low" } },
    ] },
    { role = "assistant", content = "A cat." },
    { role = "user", content = "trigger:tool And the weather?" },
  ]
  metadata         = { team = "platform" }
  temperature      = 0.2
  top_p            = 0.9
  presence_penalty = -0.5
  user             = "u-1"
  tools = [{
    type     = "function"
    function = {
      name            = "get_weather"
      description     = "The weather of a place."
      parameters_json = jsonencode({ type = "object", properties = { place = { type = "string" } } })
    }
  }]
  tool_choice          = jsonencode({ type = "function", function = { name = "get_weather" } })
  response_format_json = jsonencode({ type = "text" })
`;

const noGeneration = lacks("generated configuration of nested attributes");
const noWriteOnly = lacks("write-only arguments");
const address = (name: string) => `openai_chat_completion.${name}`;

/** What the API does not report, too. */
const unreported = `${everything}
  seed                  = 9223372036854775807
  max_completion_tokens = 50
  stop                  = ["END"]
  service_tier          = "auto"
  logit_bias            = { "50256" = -100 }
  extra_body_json       = jsonencode({ functions = [] })
  timeouts              = { create = "2m" }`;

/** Of which the API reports a part. */
const talk = `
  messages = [
    { role = "user", content = "The weather?" },
    { role = "assistant", tool_calls = [
      { id = "call_1", type = "function", function = { name = "get_weather", arguments = "{}" } },
    ] },
    { role = "tool", tool_call_id = "call_1", content = "Rain." },
  ]`;

/** As a gateway reports them, and as they are written. */
const message = (role: string, content: string) => ({
  role,
  content,
  content_parts: [{ type: "text", text: content, image_url: { url: "", detail: "" } }],
  name: "",
  refusal: "",
  tool_call_id: "",
  tool_calls: [],
});
const parts = '{ role = "user", content_parts = [{ type = "text", text = "Hello" }] }';
const asked = `  messages = [{ role = "system", content = "Be brief." }, ${parts}]`;
const gateway = "chatcmpl-gateway";

const secret = `${prompt("Keep this out of state").replace("messages", "messages_wo")}\n  messages_wo_version = 1`;

const cleanup = afterAll();
let seen: Awaited<ReturnType<typeof importAll>>;
before(async () => {
  seen = await importAll();
});

async function importAll() {
  const { server, work } = await started(cleanup);
  const attributes = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, attributesOf(work, name)]));
  // What is imported by a block, and the configuration of what is imported by a command.
  const made = {
    made: everything,
    kept: unreported,
    tier: unreported,
    out: prompt("Keep this out of state"),
    talk,
  };
  work.write(
    "main.tf",
    Object.entries(made)
      .map(([name, text]) => completion(name, text))
      .join(""),
  );
  await work.ok("apply", "-auto-approve");
  const before = attributes(Object.keys(made));
  await work.ok("state", "rm", ...Object.keys(made).map(address));
  const bought = server.counts.paidCreates;
  server.seed({
    id: gateway,
    content: "Hi.",
    view: { tool_choice: "none", input_user: "", response_format: "", metadata: null },
    messages: [message("system", "Be brief."), message("user", "Hello"), message("assistant", "Hi.")],
  });

  const generated = join(work.folder, "generated.tf");
  let refused = "";
  let text = "";
  if (noGeneration === false) {
    // Of two configurations that it writes, one has a gap.
    work.write("main.tf", importBlock("found", before.made.id) + importBlock("talk", before.talk.id));
    refused = await work.fails("plan", "-generate-config-out=generated.tf");
    text = readFileSync(generated, "utf8");
    rmSync(generated);
  }
  const own = (tier: string, question: string) =>
    [
      completion("kept", unreported),
      completion("tier", unreported.replace('service_tier          = "auto"', `service_tier = "${tier}"`)),
      completion("out", noWriteOnly ? prompt("Keep this out of state") : secret),
      completion("gateway", asked),
      completion(
        "other_form",
        question === "" ? asked : asked.replace(parts, '{ role = "user", content = "Hello" }'),
      ),
      completion("other_text", question === "" ? asked : asked.replace("Hello", question)),
      completion("talk", talk),
    ].join("");
  const found = block(text, "found");
  work.write("main.tf", own("auto", "")).write("found.tf", found);
  await work.ok("import", address("kept"), before.kept.id);
  if (noWriteOnly === false)
    work.write("main.tf", own("auto", "").replace(secret, prompt("Keep this out of state")));
  await work.ok("import", address("out"), before.out.id);
  await work.ok("import", address("gateway"), gateway);
  const imports = [
    importBlock("tier", before.tier.id),
    importBlock("other_form", gateway),
    importBlock("other_text", gateway),
    importBlock("talk", before.talk.id),
    ...(noGeneration === false ? [importBlock("found", before.made.id)] : []),
  ].join("");
  work.write("main.tf", own("auto", "")).write("imports.tf", imports);
  await work.ok("plan", "-out=plan.bin");
  const changes = changesIn(await savedPlan(work));
  const planned = server.requests.length;
  await work.ok("apply", "-auto-approve", "plan.bin");
  const writes = server.requests.slice(planned).filter(({ method }) => method !== "GET");
  const names = ["kept", "out", "talk", ...(noGeneration === false ? ["found"] : [])];
  const after = attributes(names);
  await planIsEmpty(work);

  work.write("main.tf", own("flex", "Hallo"));
  await work.ok("plan", "-out=plan.bin");
  const later = changesIn(await savedPlan(work));
  const total = server.counts.paidCreates;
  await work.ok("destroy", "-auto-approve");
  return {
    ...{ before, bought, refused: unboxed(refused), text, found, changes, writes, after, later, total },
    left: server.control.ids(),
  };
}

/** A resource's block in a written configuration, from its name to the end of the block. */
function block(text: string, name: string): string {
  return (
    new RegExp(`^resource "openai_chat_completion" "${name}" \\{\\n[\\s\\S]*?^\\}\\n`, "m").exec(text)?.[0] ??
    ""
  );
}

it("an import by block writes a configuration whose plan is empty, and pays for nothing", {
  skip: noGeneration,
}, () => {
  const { before, bought, text, found, changes, after, total, left } = seen;
  assert.match(found, /^resource "openai_chat_completion" "found"/);
  assert.ok(!changes.some((each) => each.address === address("found")));
  assert.equal(total, bought);

  const made = before.made;
  assert.equal(after.found.model, "gpt-4o-mini-2024-07-18");
  for (const name of ["messages", "metadata", "temperature", "user", "tools", "response_format_json"]) {
    assert.deepEqual(after.found[name], made[name], name);
  }
  assert.deepEqual(JSON.parse(after.found.tool_choice), JSON.parse(made.tool_choice));
  assert.equal(after.found.seed, null, "a seed that the server drew is no argument");
  assert.deepEqual(after.found.choices[0].message[0].tool_calls, made.choices[0].message[0].tool_calls);
  assert.doesNotMatch(text, /sk-acceptance/);
  assert.deepEqual(left, []);
});

it("an import by command adopts the configuration over what the API does not report, without a call", () => {
  const { before, changes, writes, after, later } = seen;
  assert.deepEqual(
    changes.find((each) => each.address === address("kept"))?.actions,
    ["update"],
    "in place, and not anew",
  );
  assert.deepEqual(writes, [], "no call");
  const { kept } = after;
  const reported = {
    ...before.kept,
    choices: null,
    completion_tokens_details: null,
    prompt_tokens_details: null,
  };
  assert.deepEqual({ ...kept, choices: null }, reported, "what only the create answer had is not there");

  // From then on a change is a change again.
  assert.ok(!later.some((each) => each.address === address("kept")));
  assert.deepEqual(
    later.find((each) => each.address === address("tier")),
    { address: address("tier"), actions: ["delete", "create"], because: ["service_tier"] },
  );
});

it("after an import, messages that are to be kept out of state are adopted too", {
  skip: noWriteOnly,
}, () => {
  const { before, after, bought, total } = seen;
  const { out } = after;
  assert.deepEqual(
    [out.id, out.messages, out.messages_wo, out.messages_wo_version],
    [before.out.id, null, null, 1],
  );
  assert.equal(total, bought);
});

it("messages of which the API reports a part only are imported in part, and the configuration adds the rest", {
  skip: noGeneration,
}, () => {
  const { refused, after, bought, total } = seen;
  assert.match(refused, /Message without content/, "the written configuration has a gap, which is shown");
  assert.match(refused, /Missing value for "tool_call_id"/);
  assert.equal(after.talk.messages[1].tool_calls[0].id, "call_1");
  assert.equal(total, bought);
});

it('messages that hold the answer too, and "" in place of null, are imported as what was asked', () => {
  const { later } = seen;
  for (const name of ["gateway", "other_form"])
    assert.ok(
      !later.some((each) => each.address === address(name)),
      "the other form of the same text is no change",
    );
  assert.deepEqual(later.find((each) => each.address === address("other_text"))?.actions, [
    "delete",
    "create",
  ]);
});

it("what cannot be imported is an error that says why", async (test) => {
  const { work } = await started(test);
  work.write("main.tf", completion("one"));
  const missing = await work.fails("import", "openai_chat_completion.one", "chatcmpl-missing");
  assert.match(missing, /Chat completion not found .* "chatcmpl-missing"/);
  const invalid = await work.fails("import", "openai_chat_completion.one", "..");
  assert.match(invalid, /Invalid ID "\.\." is not the ID of a chat completion/);
});
