import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { lacks } from "../support/cli.ts";
import { afterAll, changesOf, planIsEmpty, started } from "./resource-support.ts";

/** The state file, to be read and changed. */
function stateFile(folder: string) {
  const file = join(folder, "terraform.tfstate");
  const state: { resources: { type: string; name: string; instances: Record<string, unknown>[] }[] } =
    JSON.parse(readFileSync(file, "utf8"));
  return { state, write: () => writeFileSync(file, JSON.stringify(state)) };
}

/** The identities in the state file, by the resources' types. */
function identities(folder: string) {
  const { state } = stateFile(folder);
  return Object.fromEntries(state.resources.map(({ type, instances }) => [type, instances[0]?.identity]));
}

const store = 'resource "openai_vector_store" "docs" {\n  name = "docs"\n}\n';
const inStore = `resource "openai_vector_store_file" "one" {
  vector_store_id = openai_vector_store.docs.id
  file_id         = "file-one"
}
`;

test("state has identities, and older CLIs pass over them", async (t) => {
  const { server, work } = await started(t);
  work.write("main.tf", store + inStore);
  await work.ok("apply", "-auto-approve");
  await planIsEmpty(work);
  const [kept] = server.control.objects.all("vector_stores");
  const expected = lacks("imports by identity")
    ? { openai_vector_store: undefined, openai_vector_store_file: undefined }
    : {
        openai_vector_store: { id: kept?.body.id },
        openai_vector_store_file: { vector_store_id: kept?.body.id, file_id: "file-one" },
      };
  assert.deepEqual(identities(work.folder), expected);
  await work.ok("destroy", "-auto-approve");
  assert.deepEqual(server.control.objects.all("vector_stores"), []);
});

test("objects are imported by identity, with a generated configuration, and nothing is created or changed", {
  skip: lacks("imports by identity"),
}, async (t) => {
  const { server, work } = await started(t);
  const { id } = server.control.addObject("vector_stores", { name: "docs", metadata: { team: "a" } });
  server.control.addObject(
    "vector_stores/{vector_store_id}/files",
    { id: "file-one" },
    { vector_store_id: id },
  );
  const block = (to: string, identity: string) =>
    `import {\n  to       = ${to}\n  identity = ${identity}\n}\n`;
  const vectorStore = block("openai_vector_store.docs", `{ id = "${id}" }`);
  const file = block("openai_vector_store_file.one", `{ vector_store_id = "${id}", file_id = "file-one" }`);
  work.write("main.tf", vectorStore + file);
  await work.ok("plan", "-generate-config-out=generated.tf");
  await work.ok("apply", "-auto-approve");
  await planIsEmpty(work);
  assert.ok(server.requests.every(({ method }) => method === "GET"));
  assert.deepEqual(identities(work.folder), {
    openai_vector_store: { id },
    openai_vector_store_file: { vector_store_id: id, file_id: "file-one" },
  });

  work.write(
    "main.tf",
    block("openai_vector_store_file.two", '{ file_id = "file-one" }') + inStore.replace("one", "two"),
  );
  assert.match(await work.fails("plan"), /vector_store_id/);
});

/* These share the runs of Terraform: each has a vector store of its own. */
describe("a state that is older than identities", () => {
  const cases = [
    { name: "without", what: "has none", identity: undefined },
    { name: "nulls", what: "has one of nulls", identity: { id: null } },
  ];
  const cleanup = afterAll();
  let changes: Awaited<ReturnType<typeof changesOf>>;
  before(async () => {
    changes = await run();
  });

  async function run() {
    const { server, work } = await started(cleanup);
    const stores = cases.map(({ name }) => store.replace('"docs"', JSON.stringify(name)));
    work.write("main.tf", stores.join(""));
    await work.ok("apply", "-auto-approve");
    const { state, write } = stateFile(work.folder);
    for (const { name, instances } of state.resources) {
      const identity = cases.find((each) => each.name === name)?.identity;
      for (const instance of instances) {
        // It was not created a moment ago, which would be waited for.
        delete instance.private;
        if (identity === undefined) {
          delete instance.identity;
          delete instance.identity_schema_version;
        } else instance.identity = identity;
      }
    }
    write();
    await planIsEmpty(work);
    for (const { body } of server.control.objects.all("vector_stores"))
      server.control.forgetObject("vector_stores", String(body.id));
    const planned = await changesOf(work);
    await work.ok("apply", "-auto-approve", "plan.bin");
    await planIsEmpty(work);
    return planned;
  }

  for (const { name, what } of cases) {
    test(`an object that was deleted outside is planned anew where its state is older than identities: it ${what}`, () => {
      const address = `openai_vector_store.${name}`;
      assert.deepEqual(
        changes.filter((each) => each.address === address),
        [{ address, actions: ["create"], because: [] }],
      );
      assert.equal(changes.length, cases.length);
    });
  }
});

// Beside the right attributes, Terraform and OpenTofu drop any others without a word.
for (const [what, target] of [
  ["another attribute in place of its own", 'identity = { color = "red" }'],
  ["an ID and an identity", 'id       = "file-1"\n  identity = { id = "file-1" }'],
  ["a null", "identity = { id = null }"],
] as const) {
  test(`an import by ${what} is refused, and the right one works afterwards`, {
    skip: lacks("imports by identity"),
  }, async (t) => {
    const { server, work } = await started(t);
    server.control.addObject("files", { id: "file-1", purpose: "user_data" });
    const resource = 'resource "openai_file" "one" {\n  purpose = "user_data"\n}\n';
    const block = (named: string) => `import {\n  to       = openai_file.one\n  ${named}\n}\n`;
    work.write("main.tf", `provider "openai" {}\n${block(target)}${resource}`);
    assert.match(await work.fails("plan"), /identity/i);
    assert.deepEqual(server.requests, []);
    work.write("main.tf", `provider "openai" {}\n${block('identity = { id = "file-1" }')}${resource}`);
    assert.match((await work.ok("apply", "-auto-approve")).output, /1 imported, 0 added, 0 changed/);
  });
}
