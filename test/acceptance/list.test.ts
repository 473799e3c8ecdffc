import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { type Arguments, block, Expression, provider } from "../support/configurations.ts";
import { assertError, type Expected, failingApply } from "../support/diagnostics.ts";
import type { Seed } from "../support/openai-server/seed.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { Workspace } from "../support/terraform.ts";

const type = "openai_chat_completions";

function find(name: string, values: Arguments = {}): string {
  return block(`data "${type}" "${name}"`, values);
}

/** Completions of two models and three teams, one a second. */
function many(count: number): Seed[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `chatcmpl-${String(index).padStart(3, "0")}`,
    content: `Answer ${index}.`,
    created: 1738970000 + index,
    view: {
      model: index % 2 === 0 ? "gpt-4o-mini-2024-07-18" : "gpt-4.1-2025-04-14",
      metadata: { team: `team-${index % 3}`, "a&b=c": index % 5 === 0 ? "x&y=z #1/2" : "" },
    },
  }));
}

async function start(test: TestContext, completions?: Seed[]): Promise<OpenAIServer> {
  const server = await startOpenAIServer(completions === undefined ? {} : { completions });
  test.after(() => server.close());
  return server;
}

function workspace(test: TestContext, server: OpenAIServer): Workspace {
  return new Workspace(test, { OPENAI_API_KEY: "sk-list", OPENAI_BASE_URL: server.url });
}

function output(name: string, expression: string): string {
  return block(`output "${name}"`, { value: new Expression(expression) });
}

describe("lists of completions", () => {
  it("are found by filter, in order, whole, and the same at the next plan", async (test) => {
    const count = 130;
    const server = await start(test, many(count));
    const blocks = {
      all: {},
      oldest: { order: "asc" },
      model: { model: "gpt-4.1-2025-04-14", order: "asc" },
      tagged: { metadata: { team: "team-0", "a&b=c": "x&y=z #1/2" }, order: "asc" },
      some: { limit: 115 },
      after: { after: "chatcmpl-003", limit: 3 },
      none: { metadata: { team: "nobody" } },
    };
    const work = workspace(test, server).write(
      "main.tf",
      Object.entries(blocks)
        .map(
          ([name, values]) =>
            find(name, values) +
            output(
              name,
              `{
    ids      = data.${type}.${name}.ids
    id       = data.${type}.${name}.id
    has_more = data.${type}.${name}.has_more
    listed   = data.${type}.${name}.chat_completions[*].id
  }`,
            ),
        )
        .join(""),
    );
    await work.ok("init");
    await work.ok("apply", "-auto-approve");
    const state = JSON.parse(readFileSync(join(work.folder, "terraform.tfstate"), "utf8"));
    const found = new Map<string, { ids: string[]; has_more: boolean; id: string; listed: string[] }>(
      Object.entries<{ value: never }>(state.outputs).map(([name, { value }]) => [name, value]),
    );
    const ids = (name: string) => found.get(name)?.ids;
    const upTo = (from: number, to: number) =>
      many(count)
        .slice(from, to)
        .map(({ id }) => id);

    assert.deepEqual(ids("all"), upTo(0, count).reverse(), "newest first");
    assert.deepEqual(ids("oldest"), upTo(0, count));
    assert.deepEqual(
      ids("model"),
      upTo(0, count).filter((_, index) => index % 2 === 1),
    );
    assert.deepEqual(
      ids("tagged"),
      upTo(0, count).filter((_, index) => index % 15 === 0),
    );
    assert.deepEqual(ids("some"), upTo(count - 115, count).reverse());
    assert.deepEqual(ids("after"), ["chatcmpl-002", "chatcmpl-001", "chatcmpl-000"]);
    assert.deepEqual(ids("none"), []);
    assert.deepEqual(
      [...found].filter(([, { has_more }]) => has_more).map(([name]) => name),
      ["some"],
    );
    assert.equal(
      new Set([...found.values()].map(({ id }) => id)).size,
      found.size,
      "each has an identifier of its own",
    );
    for (const { ids, listed } of found.values()) assert.deepEqual(listed, ids);

    for (const { query, path } of server.requests) {
      assert.equal(path, "/v1/chat/completions");
      assert.match(query.get("order") ?? "", /^(asc|desc)$/, "the order is always sent");
    }
    const tagged = server.requests.find(({ query }) => query.has("metadata[a&b=c]"));
    assert.equal(tagged?.query.get("metadata[a&b=c]"), "x&y=z #1/2");

    const second = await work.run(["plan", "-detailed-exitcode"]);
    assert.equal(second.code, 0, second.output);
  });

  it("have elements as the single data source reads them", async (test) => {
    const server = await start(test);
    const work = workspace(test, server).write(
      "main.tf",
      `${find("all")}
data "openai_chat_completion" "each" {
  for_each      = toset([for id in data.${type}.all.ids : id if id != "chatcmpl-1mib" && !endswith(id, "b%2B")])
  completion_id = each.value
}

locals {
  listed = { for each in data.${type}.all.chat_completions : each.id => each }
  differing = [
    for id, one in data.openai_chat_completion.each : id
    if jsonencode({ for name, value in one : name => value if !contains(["completion_id", "api_key", "wait_timeout", "timeouts", "response_json", "id", "messages"], name) }) != jsonencode({ for name, value in local.listed[id] : name => value if name != "id" })
  ]
}

output "differing" {
  value     = local.differing
  sensitive = true
}

output "count" {
  value = length(data.${type}.all.ids)
}
`,
    );
    await work.ok("init");
    await work.ok("apply", "-auto-approve");
    assert.deepEqual(await work.output("differing"), []);
    const count = await work.output("count");
    assert.ok(typeof count === "number" && count > 25, `${count} completions were compared`);
  });
});

it("Azure's list is read, whose completions say less", async (test) => {
  const server = await startOpenAIServer({ mode: "azure", completions: many(3) });
  test.after(() => server.close());
  const work = new Workspace(test, { OPENAI_BASE_URL: server.url }).write(
    "main.tf",
    provider({ headers: { "api-key": "azure-key" } }) +
      find("all") +
      output("ids", `data.${type}.all.ids`) +
      output(
        "said",
        `[for each in data.${type}.all.chat_completions : [each.object, each.choices[0].finish_reason]]`,
      ),
  );
  await work.ok("init");
  await work.ok("apply", "-auto-approve");
  assert.deepEqual(await work.output("ids"), ["chatcmpl-002", "chatcmpl-001", "chatcmpl-000"]);
  assert.deepEqual(await work.output("said"), Array(3).fill([null, null]));
});

it("a list that cannot be read is an error, never an empty list", async (test) => {
  const server = await start(test, many(101));
  const circle = JSON.stringify({
    object: "list",
    data: [{ object: "chat.completion", id: "x", choices: [] }],
    has_more: true,
  });
  const rows: Record<string, { fault: object; values?: Arguments; expected: Expected }> = {
    refused: {
      fault: {
        status: 401,
        body: { error: { message: "Incorrect API key provided.", code: "invalid_api_key" } },
        times: "always",
      },
      expected: { title: "API key refused", says: ["the api_key of this data source", "Status 401"] },
    },
    failed: {
      fault: { status: 500, body: {}, times: "always" },
      expected: { title: "API failed", says: ["Status 500", "3 attempts"] },
    },
    second_page: {
      fault: { skip: 1, status: 403, body: { error: { message: "No more." } }, times: "always" },
      expected: { title: "Request not permitted", says: ["No more.", "Status 403"] },
    },
    circle: {
      fault: { status: 200, body: circle, times: "always" },
      expected: {
        title: "Unexpected answer from the API",
        says: ["for the list of stored completions", "the page after x leads back to it"],
      },
    },
    element: {
      fault: {
        status: 200,
        body: '{"data":[{"id":"a","choices":[]},{"id":"b","choices":{}}],"has_more":false}',
      },
      expected: {
        title: "Unexpected answer from the API",
        says: ["data[1] should be a chat completion", "a list"],
      },
    },
    nameless: {
      fault: { status: 200, body: '{"data":[{"choices":[]}],"has_more":false}' },
      expected: {
        title: "Unexpected answer from the API",
        says: ["data[0].id should be a string, but is null"],
      },
    },
    no_list: {
      fault: { status: 200, body: '{"object":"list"}' },
      expected: { title: "Unexpected answer from the API", says: ["data: a list was expected"] },
    },
    elsewhere: {
      fault: { status: 404, body: "404 page not found", times: "always" },
      expected: {
        title: "No stored completions at this URL",
        says: ["probably base_url is wrong.", "Status 404"],
      },
    },
    after: {
      fault: { key: "nobody" },
      values: { after: "chatcmpl-gone" },
      expected: { title: "Request refused by the API", says: ["Check after", "chatcmpl-gone"], at: "after" },
    },
    slow: {
      fault: { delayMs: 30_000, times: "always" },
      values: { timeouts: { read: "500ms" } },
      expected: { title: "Read not finished in time", says: ['timeouts = { read = "15m" }'] },
    },
  };
  for (const [name, { fault }] of Object.entries(rows)) server.fault({ key: `sk-${name}`, ...fault });
  const work = workspace(test, server);
  const errors = await failingApply(
    work,
    provider({ max_retries: 2 }) +
      Object.entries(rows)
        .map(([name, { values }]) => find(name, { api_key: `sk-${name}`, ...values }))
        .join(""),
  );
  for (const [name, { expected }] of Object.entries(rows)) {
    await test.test(name, () => assertError(errors.get(name), expected));
  }
});
