import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { root } from "../support/root.ts";
import { attributesOf, planIsEmpty, started } from "./resource-support.ts";

const example = readFileSync(join(root, "terraform-examples/create-completion/main.tf"), "utf8");

it("the example is created once, planned empty, and destroyed without a trace", async (test) => {
  const { server, work } = await started(test, { visibleAfterMs: 700 });
  work.write("main.tf", example);
  await work.ok("init");
  await work.ok("validate");
  await work.ok("apply", "-auto-approve");
  assert.equal(server.counts.paidCreates, 1);

  const state = attributesOf(work, "motto");
  assert.deepEqual(server.control.ids(), [state.id]);
  assert.equal(state.model, "gpt-6-luna");
  assert.equal(state.stored.model, "gpt-6-luna");
  assert.equal(state.temperature, 0.7);
  assert.match(state.request_id, /^req_/);
  assert.equal(state.choices[0].message[0].role, "assistant");
  assert.equal(state.usage.total_tokens, state.usage.prompt_tokens + state.usage.completion_tokens);
  await planIsEmpty(work);

  await work.ok("destroy", "-auto-approve");
  assert.deepEqual(server.control.ids(), []);
  assert.equal(server.counts.paidCreates, 1);
});
