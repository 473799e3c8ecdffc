import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { lacks } from "../support/cli.ts";
import { unboxed } from "../support/terraform.ts";
import { planIsEmpty, started } from "./resource-support.ts";

const skip = lacks("terraform query");

function list(body: string, type = "openai_file"): string {
  return `list "${type}" "found" {\n  provider = openai\n${body}\n}\n`;
}

/** 250 files of two purposes. */
async function files(t: TestContext) {
  const { server, work } = await started(t);
  for (let count = 0; count < 250; count += 1) {
    const purpose = count % 2 === 0 ? "batch" : "vision";
    server.control.addObject("files", { id: `file-${count}`, purpose, filename: `name-${count}.txt` });
  }
  work.write("main.tf", 'provider "openai" {}\n');
  return { server, work };
}

test("terraform query finds by the API's filter, and asks for no page that the limit makes needless", {
  skip,
}, async (t) => {
  const { server, work } = await files(t);
  work.write("find.tfquery.hcl", list('  limit = 100\n  config {\n    purpose = "vision"\n  }'));
  await work.ok("validate", "-query");
  const { stdout } = await work.ok("query");
  assert.equal(stdout.match(/list\.openai_file\.found/g)?.length, 100);
  assert.match(stdout, /id=file-249\s+name-249\.txt/);
  assert.equal(server.requests.length, 1);

  work.write("find.tfquery.hcl", list("  limit = 150"));
  server.control.clearRequests();
  await work.ok("query");
  assert.deepEqual(
    server.requests.map(({ query }) => query.get("limit")),
    ["100", "50"],
  );

  server.control.clearRequests();
  const { stdout: lines } = await work.ok("query", "-json");
  const found = lines
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
    .filter(({ type }) => type === "list_resource_found");
  assert.equal(found.length, 150);
  const { display_name, identity } = found[0].list_resource_found;
  assert.deepEqual([display_name, identity], ["name-249.txt", { id: "file-249" }]);
});

for (const [type, path, body] of [
  ["openai_file", "files", { purpose: "user_data" }],
  ["openai_vector_store", "vector_stores", { name: "docs", metadata: { team: "a" } }],
] as const) {
  test(`what terraform query writes of ${type} imports all of it, and creates and changes nothing`, {
    skip,
  }, async (t) => {
    const { server, work } = await started(t);
    for (let count = 0; count < 250; count += 1)
      server.control.addObject(path, { ...body, id: `made-${count}` });
    work.write("main.tf", 'provider "openai" {}\n');
    work.write("find.tfquery.hcl", list("  limit = 1000", type));
    await work.ok("query", "-generate-config-out=found.tf");
    const text = readFileSync(join(work.folder, "found.tf"), "utf8");
    assert.equal(text.match(/^import \{/gm)?.length, 250);
    assert.equal(server.requests.length, 3, "a request for each page");
    assert.doesNotMatch(text, /created_at|bytes|status|^ +id += null/m);
    work.remove("find.tfquery.hcl");
    const { stdout } = await work.ok("apply", "-auto-approve");
    assert.match(stdout, /250 imported, 0 added, 0 changed, 0 destroyed/);
    await planIsEmpty(work);
    assert.ok(server.requests.every(({ method }) => method === "GET"));
  });
}

test("250 stored completions are found by metadata and imported by what is written of them, and nothing is paid for", {
  skip,
}, async (t) => {
  const completions = Array.from({ length: 260 }, (_, index) => ({
    id: `chatcmpl-${index}`,
    created: 1_738_970_000 + index,
    view: { model: "gpt-4o-mini-2024-07-18", metadata: { team: index < 250 ? "platform" : "other" } },
    messages: [{ role: "user", content: `Question ${index}?` }],
  }));
  const { server, work } = await started(t, { completions });
  work.write("main.tf", 'provider "openai" {}\n');
  const filter = '  limit = 1000\n  config {\n    metadata = { team = "platform" }\n  }';
  work.write("find.tfquery.hcl", list(filter, "openai_chat_completion"));
  await work.ok("query", "-generate-config-out=found.tf");
  const lists = server.requests.filter(({ path }) => path.endsWith("/chat/completions"));
  assert.equal(lists.length, 3);
  assert.equal(server.requests.length, 3 + 250, "and the messages of each");
  work.remove("find.tfquery.hcl");
  const { stdout } = await work.ok("apply", "-auto-approve");
  assert.match(stdout, /250 imported, 0 added, 0 changed, 0 destroyed/);
  await planIsEmpty(work);
  assert.equal(server.counts.paidCreates, 0);
  assert.ok(server.requests.every(({ method }) => method === "GET"));
});

for (const [what, body, expected] of [
  ["an unknown filter", '  config {\n    color = "red"\n  }', /Unsupported argument .* "color"/],
  ["a limit below 0", "  limit = -1", /limit/],
  [
    "a value that the filter does not allow",
    '  config {\n    order = "sideways"\n  }',
    /Invalid value for "order"/,
  ],
] as const) {
  test(`${what} is refused before the API is asked`, { skip }, async (t) => {
    const { server, work } = await started(t);
    work.write("main.tf", 'provider "openai" {}\n');
    work.write("find.tfquery.hcl", list(body));
    assert.match(await work.fails("validate", "-query"), expected);
    assert.match(await work.fails("query"), expected);
    assert.deepEqual(server.requests, []);
  });
}

test("a list that the API refuses half-way is an error", { skip }, async (t) => {
  const { server, work } = await files(t);
  server.fault({ path: "/v1/files", skip: 1, error: "missing_scopes", times: "always" });
  work.write("find.tfquery.hcl", list("  limit = 200"));
  const result = await work.run(["query"]);
  assert.notEqual(result.code, 0);
  assert.match(unboxed(result.output), /permission|scope/i);
});

test("an interrupt ends a query that waits for the API", {
  skip: skip || process.platform === "win32",
}, async (t) => {
  const { server, work } = await files(t);
  server.fault({ path: "/v1/files", delayMs: 600_000, times: "always" });
  work.write("find.tfquery.hcl", list("  limit = 200"));
  let interrupt = () => {};
  const run = work.run(["query"], { started: (child) => (interrupt = () => void child.kill("SIGINT")) });
  while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  interrupt();
  const { code } = await run;
  assert.notEqual(code, 0);
  assert.equal(server.requests.length, 1);
});
