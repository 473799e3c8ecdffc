import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { lacks } from "../support/cli.ts";
import {
  afterAll,
  attributesOf,
  type Change,
  changesIn,
  completion,
  creations,
  outcomeOf,
  planIsEmpty,
  prompt,
  savedPlan,
  started,
} from "./resource-support.ts";

const address = (name: string) => `openai_chat_completion.${name}`;
const noRemoval = lacks("removed blocks");
const noWriteOnly = lacks("write-only arguments");

/** The lifecycle's options; `edition` replaces the second of the two. */
function ordered(text: string, edition: number): string {
  const options = "ignore_changes = [messages]\n    create_before_destroy = true";
  const body = (more: string) => `${prompt(text)}\n  lifecycle {\n    ${options}${more}\n  }`;
  return [
    `resource "terraform_data" "edition" {\n  input = ${edition}\n}\n`,
    completion("ignoring", body("")),
    completion("ordered", body("\n    replace_triggered_by = [terraform_data.edition]")),
  ].join("");
}

const guarded = (text: string) =>
  completion("guarded", `${prompt(text)}\n  lifecycle { prevent_destroy = true }`);

function secret(name: string, text: string, version: number): string {
  return completion(
    name,
    `  messages_wo = [
    { role = "system", content_parts = [{ type = "text", text = "canary-part" }] },
    { role = "user", content = ${JSON.stringify(text)} },
  ]
  messages_wo_version = ${version}
  max_completion_tokens = 1`,
  );
}

function json(name: string, format: string, parameters: string): string {
  return completion(
    name,
    `${prompt(`JSON of ${name}`)}
  response_format_json = ${JSON.stringify(format)}
  tools = [{ type = "function", function = { name = "f", parameters_json = ${JSON.stringify(parameters)} } }]`,
  );
}

const written = '{"a":1.0,"b":9007199254740993}';

/** The configuration at first, and after changes. */
const first = [
  guarded("Guarded"),
  completion("replaced", prompt("To be replaced")),
  ordered("Ordered", 1),
  noRemoval ? "" : completion("moving", prompt("Moving")) + completion("leaving", prompt("Leaving")),
  noWriteOnly
    ? ""
    : ["secret", "secret_text", "secret_version"]
        .map((name) => secret(name, `A canary-prompt of ${name}`, 1))
        .join(""),
  json("layout", '{"type":"text"}', written),
  json("number", '{"type":"text"}', written),
].join("");

const changed = (guardedText: string) =>
  [
    guarded(guardedText),
    completion("replaced", `${prompt("Bye")}\n  temperature = 0`),
    ordered("Ignored", 2),
    noRemoval
      ? ""
      : `moved {\n  from = ${address("moving")}\n  to = ${address("moved")}\n}\n${completion("moved", prompt("Moving"))}` +
        `removed {\n  from = ${address("leaving")}\n  lifecycle {\n    destroy = false\n  }\n}\n`,
    noWriteOnly
      ? ""
      : secret("secret", "A canary-prompt of secret", 1) +
        secret("secret_text", "Another canary-prompt", 1) +
        secret("secret_version", "Another canary-prompt", 2),
    json("layout", '{ "type": "text" }', '{ "b": 9007199254740993,\n "a": 1 }'),
    json("number", '{"type":"text"}', '{"a":1,"b":9007199254740992}'),
  ].join("");

async function changeAll() {
  const { server, work } = await started(cleanup);
  const stateFile = () => readFileSync(join(work.folder, "terraform.tfstate"), "utf8");
  work.write("main.tf", first);
  await work.ok("plan", "-out=plan.bin");
  const creation = await savedPlan(work);
  await work.ok("apply", "-auto-approve", "plan.bin");
  const [state, created] = [stateFile(), [...server.requests]];
  const ids = Object.fromEntries(
    ["replaced", "ordered", ...(noRemoval ? [] : ["moving", "leaving"])].map((name) => [
      name,
      attributesOf(work, name).id,
    ]),
  );

  work.write("main.tf", changed("Guarded"));
  await work.ok("plan", "-out=plan.bin");
  const changes = changesIn(await savedPlan(work));
  const planned = server.requests.length;
  await work.ok("apply", "-auto-approve", "plan.bin");
  const applied = server.requests.slice(planned);
  const resources: { name: string }[] = JSON.parse(stateFile()).resources;

  work.write("main.tf", changed("Changed, though it is guarded"));
  const refused = await outcomeOf(work, "plan");
  return {
    ...{ server, creation, state, created, ids, changes, applied, refused },
    names: resources.map(({ name }) => name),
    attributes: (name: string) => attributesOf(work, name),
  };
}

const cleanup = afterAll();

describe("in one configuration", () => {
  let seen: Awaited<ReturnType<typeof changeAll>>;
  before(async () => {
    seen = await changeAll();
  });

  /** What is planned for a completion. */
  const changeOf = (name: string): Change | undefined =>
    seen.changes.find((each) => each.address === address(name));

  it("a change of any other argument replaces, and prevent_destroy refuses that", () => {
    const { server, ids, changes, refused } = seen;
    assert.equal(refused.code, 1);
    assert.match(refused.output, /[Ii]nstance cannot be destroyed/);
    assert.deepEqual(refused.planned, { [address("guarded")]: "replace" });

    assert.deepEqual(
      changes.find((each) => each.address === address("replaced")),
      { address: address("replaced"), actions: ["delete", "create"], because: ["messages", "temperature"] },
    );
    assert.ok(!server.control.ids().includes(ids.replaced), "the first is gone");
    assert.ok(server.control.ids().includes(seen.attributes("replaced").id));
    assert.equal(creations(server.requests, "To be replaced") + creations(server.requests, "Bye"), 2);
  });

  it("ignore_changes, replace_triggered_by and create_before_destroy behave", () => {
    const { server, ids, applied, refused } = seen;
    assert.equal(changeOf("ignoring"), undefined);
    assert.deepEqual(changeOf("ordered")?.actions, ["create", "delete"]);
    const created = applied.findIndex(({ method, body }) => method === "POST" && body.includes("Ignored"));
    const deleted = applied.findIndex(
      ({ method, path }) => method === "DELETE" && path.includes(ids.ordered),
    );
    assert.ok(created !== -1 && created < deleted, "the new one first");
    assert.equal(creations(server.requests, "Ordered"), 2);
    assert.equal(creations(server.requests, "Ignored"), 1, "one in place of the second");
    for (const name of ["ignoring", "ordered"]) assert.ok(!(address(name) in refused.planned));
  });

  it("moved and removed change the state alone", { skip: noRemoval }, () => {
    const { server, ids, names } = seen;
    assert.equal(seen.attributes("moved").id, ids.moving);
    for (const name of ["moving", "leaving"]) {
      assert.ok(!names.includes(name));
      assert.ok(server.control.ids().includes(ids[name]));
      const about = server.requests.filter(({ path }) => path.includes(ids[name]));
      assert.ok(about.length > 0 && about.every(({ method }) => method === "GET"));
    }
    assert.equal(creations(server.requests, "Moving") + creations(server.requests, "Leaving"), 2);
  });

  it("write-only messages are in no plan and no state, and their version replaces", {
    skip: noWriteOnly,
  }, () => {
    const { server, creation, state, created } = seen;
    assert.equal(creations(created, "A canary-prompt of secret"), 3);
    const sent = created.find(({ body }) => body.includes("A canary-prompt of secret_text"));
    assert.match(sent?.body ?? "", /canary-part.*canary-prompt/);
    for (const text of [state, JSON.stringify(creation.planned_values)]) {
      assert.doesNotMatch(text, /canary/);
      assert.match(text, /secret_text/);
    }
    assert.equal(changeOf("secret"), undefined);
    assert.equal(changeOf("secret_text"), undefined, "a change of messages_wo alone is not seen");
    assert.deepEqual(changeOf("secret_version"), {
      ...{ address: address("secret_version"), actions: ["delete", "create"] },
      because: ["messages_wo_version"],
    });
    assert.equal(creations(server.requests, "Another canary-prompt"), 1);
  });

  it("JSON in another layout is no change, at any depth, and numbers in it are compared exactly", () => {
    assert.equal(changeOf("layout"), undefined);
    assert.deepEqual(changeOf("number")?.because, ["tools"]);
    const sent = seen.created.filter(({ body }) =>
      body.includes('"parameters":{"a":1.0,"b":9007199254740993}'),
    );
    assert.equal(sent.length, 2);
  });
});

it("fifty of a for_each are created, planned empty, read by -target alone, and destroyed", async (test) => {
  const { server, work } = await started(test, { visibleAfterMs: 300 });
  work.write(
    "main.tf",
    `resource "openai_chat_completion" "many" {
  for_each = toset([for i in range(50) : tostring(i)])
  model    = "gpt-4o-mini"
  messages = [{ role = "user", content = "Number \${each.key}" }]
  metadata = { number = each.key }
}
output "answers" {
  value = { for key, each in openai_chat_completion.many : key => each.choices[0].message[0].content }
}
`,
  );
  await work.ok("apply", "-auto-approve");
  assert.equal(server.counts.paidCreates, 50);
  const answers = await work.output("answers");
  assert.ok(answers instanceof Object && "49" in answers);
  assert.equal(answers["49"], "You said: Number 49");
  await planIsEmpty(work);

  server.control.clearRequests();
  await work.ok("apply", "-auto-approve", '-target=openai_chat_completion.many["7"]');
  assert.equal(server.counts.retrieve, 1);
  assert.equal(server.counts.create, 0);
  server.control.clearRequests();
  await work.ok("plan", "-destroy", "-refresh=false", "-out=plan.bin");
  assert.deepEqual(server.requests, [], "-refresh=false asks nobody");
  await work.ok("apply", "-auto-approve", "plan.bin");
  assert.deepEqual(server.control.ids(), []);
});

it("two aliases keep their completions in their own projects", async (test) => {
  const { server, work } = await started(test, {
    keys: { "sk-a": { project: "proj_a" }, "sk-b": { project: "proj_b" } },
  });
  const providers = ["a", "b"].map(
    (name) => `provider "openai" {\n  alias = "${name}"\n  api_key = "sk-${name}"\n}\n`,
  );
  const blocks = ["a", "b"].map((name) => completion(name, `${prompt(name)}\n  provider = openai.${name}`));
  work.write("main.tf", [...providers, ...blocks].join(""));
  await work.ok("apply", "-auto-approve");
  await planIsEmpty(work);
  const keys = new Map(server.requests.map(({ path, key }) => [path, key]));
  for (const name of ["a", "b"]) {
    const { id } = attributesOf(work, name);
    assert.equal(keys.get(`/v1/chat/completions/${id}`), `sk-${name}`);
  }
  await work.ok("destroy", "-auto-approve");
  assert.deepEqual(server.control.ids(), []);
  assert.equal(server.counts.paidCreates, 2);
});

it("a deposed file of an earlier run does not take the one out of its vector store that replaced it", async (test) => {
  const { server, work } = await started(test);
  const store = server.control.addObject("vector_stores", {}).id;
  const file = (name: string) =>
    `resource "openai_vector_store_file" "${name}" {\n  vector_store_id = "${store}"\n  file_id = "file-1"\n}\n`;
  work.write("main.tf", file("one"));
  await work.ok("apply", "-auto-approve");
  await work.ok("apply", "-auto-approve", "-refresh-only");
  // What a run leaves that was interrupted between the creation of the new one and the removal of the old one.
  const path = join(work.folder, "terraform.tfstate");
  const before = JSON.parse(readFileSync(path, "utf8"));
  work.remove("terraform.tfstate");
  server.control.advance(60_000);
  await work.ok("apply", "-auto-approve");
  const state = JSON.parse(readFileSync(path, "utf8"));
  state.resources[0].instances.push({ ...before.resources[0].instances[0], deposed: "abcd1234" });
  writeFileSync(path, JSON.stringify({ ...state, serial: state.serial + 1 }));
  server.control.clearRequests();
  const { output } = await work.ok("apply", "-auto-approve");
  assert.match(output, /Vector store file stays where it is/);
  assert.ok(server.requests.every(({ method }) => method === "GET"));
});
