import assert from "node:assert/strict";
import { it } from "node:test";
import { diagnosticsOf } from "../support/diagnostics.ts";
import { attributesOf, completion, planIsEmpty, prompt, started } from "./resource-support.ts";

it("a data source with a prompt points to the resource", async (test) => {
  const { work } = await started(test);
  work.write(
    "main.tf",
    `data "openai_chat_completion" "one" {
  model = "gpt-4o-mini"
  messages = [{ role = "user", content = "Hello" }]
}
`,
  );
  const output = await work.fails("validate");
  for (const title of [
    'Cannot set "model"',
    'Unsupported argument "messages"',
    'Missing value for "completion_id"',
  ])
    assert.ok(output.includes(title), `${title} in ${output}`);
  assert.match(output.replace(/\s+/g, " "), /use the resource: resource "openai_chat_completion" "example"/);
});

it("store = true is taken, and changes nothing where it is added or removed", async (test) => {
  const { server, work } = await started(test);
  const one = (name: string, more = "") => completion(name, `${prompt(`Hello ${name}`)}\n  ${more}`);
  const stored = "store = true";
  work.write("main.tf", one("removed", stored) + one("added"));
  await work.ok("apply", "-auto-approve");
  assert.equal(attributesOf(work, "removed").store, true);
  const request = server.requests.find(({ body }) => body.includes("Hello removed"));
  const body = JSON.parse(request?.body ?? "");
  assert.deepEqual([body.store, body.stream, Object.keys(body).length], [true, false, 4]);
  work.write("main.tf", one("removed") + one("added", stored));
  await work.ok("apply", "-auto-approve");
  assert.deepEqual([attributesOf(work, "removed").store, attributesOf(work, "added").store], [null, true]);
  await planIsEmpty(work);
  assert.equal(server.requests.filter(({ method }) => method === "POST").length, 2);
  work.write("main.tf", one("removed") + one("added", "store = false"));
  const refused = await work.fails("plan");
  assert.match(refused.replace(/\s+/g, " "), /The resource cannot do without storing/);
});

it("what has another name or form here is refused with what to write, and buys nothing", async (test) => {
  const { server, work } = await started(test);
  const rows: readonly (readonly [string, string, RegExp])[] = [
    ["stream = true", "stream", /the answer is read whole/],
    ['functions = [{ name = "f", parameters = { type = "object" } }]', "functions", /Use "tools"/],
    ['function_call = { name = "f" }', "function_call", /Use "tool_choice"/],
    ['response_format = { type = "json_object" }', "response_format", /response_format_json = jsonencode/],
    [
      'tools = [{ type = "function", function = { name = "f", parameters = jsonencode({}) } }]',
      "parameters",
      /parameters_json = jsonencode/,
    ],
  ];
  const blocks = rows.map(([argument], index) =>
    completion(`case_${index}`, `${prompt("Hello")}\n  ${argument}`),
  );
  work.write("main.tf", blocks.join(""));
  const result = await work.run(["plan", "-json"]);
  assert.equal(result.code, 1);
  const errors = diagnosticsOf(result);
  for (const [index, [, name, says]] of rows.entries()) {
    const own = errors.filter(({ address }) => address === `openai_chat_completion.case_${index}`);
    assert.deepEqual(
      own.map(({ summary }) => summary),
      [`Unsupported argument "${name}"`],
    );
    assert.match(own[0]?.detail.replace(/\s+/g, " ") ?? "", says);
  }
  assert.equal(server.requests.length, 0);
});
