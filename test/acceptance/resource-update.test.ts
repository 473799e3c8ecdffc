import assert from "node:assert/strict";
import { it } from "node:test";
import { unboxed } from "../support/terraform.ts";
import { attributesOf, changesOf, completion, planIsEmpty, prompt, started } from "./resource-support.ts";

const tagged = (tags: string, more = "") =>
  completion("one", `${prompt("Hello")}\n  metadata = ${tags}\n${more}`);

it("metadata is updated in place as a whole, and everything else stays as it was", async (test) => {
  const { server, work } = await started(test);
  work.write("main.tf", tagged('{ team = "a", stage = "draft" }'));
  await work.ok("apply", "-auto-approve");
  const before = attributesOf(work, "one");

  work.write("main.tf", tagged('{ team = "b", "größe" = "Å" }'));
  assert.deepEqual(await changesOf(work), [
    { address: "openai_chat_completion.one", actions: ["update"], because: [] },
  ]);
  await work.ok("apply", "-auto-approve", "plan.bin");
  const after = attributesOf(work, "one");
  assert.deepEqual(after.metadata, { team: "b", größe: "Å" });
  assert.deepEqual(after.stored.metadata, after.metadata);
  const rest = { metadata: null, stored: null };
  assert.deepEqual({ ...after, ...rest }, { ...before, ...rest });
  await planIsEmpty(work);

  const update = server.requests.find(({ method, path }) => method === "POST" && path.includes(before.id));
  assert.deepEqual(JSON.parse(update?.body ?? ""), { metadata: after.metadata });

  work.write("main.tf", completion("one"));
  await work.ok("apply", "-auto-approve");
  assert.equal(attributesOf(work, "one").metadata, null, "null stays null where the API says {}");
  assert.deepEqual(attributesOf(work, "one").stored.metadata, {});
  await planIsEmpty(work);
  assert.equal(server.counts.paidCreates, 1);
});

it("a change of metadata leaves unknown what it changes, and nothing that depends on the rest", async (test) => {
  const { server, work } = await started(test);
  const config = (team: string) => `${tagged(`{ team = "${team}" }`)}
output "model" {
  value = openai_chat_completion.one.stored.model
}
resource "terraform_data" "model" {
  input = openai_chat_completion.one.stored.model
}
`;
  work.write("main.tf", config("a"));
  await work.ok("apply", "-auto-approve");
  work.write("main.tf", config("b"));
  const changes = await changesOf(work);
  assert.deepEqual(
    changes.map(({ address }) => address),
    ["openai_chat_completion.one"],
  );
  const plan = JSON.parse((await work.ok("show", "-json", "plan.bin")).stdout);
  const [{ change }] = plan.resource_changes.filter(
    (each: { type: string }) => each.type !== "terraform_data",
  );
  assert.deepEqual(withoutFalse(change.after_unknown), { stored: { metadata: true } });
  assert.equal(plan.output_changes.model.actions.join(), "no-op");

  // What else has changed meanwhile shows in the next plan, and does not break this one.
  const { id } = attributesOf(work, "one");
  const answer = await fetch(`${server.url}/chat/completions/${id}`, {
    headers: { authorization: "Bearer sk-acceptance" },
  });
  const body = (await answer.text()).replace('"service_tier":"default"', '"service_tier":"flex"');
  server.seed({ id, body });
  await work.ok("apply", "-auto-approve", "plan.bin");
  assert.deepEqual(attributesOf(work, "one").stored.metadata, { team: "b" });
  assert.equal(attributesOf(work, "one").stored.service_tier, "default");
  await work.ok("apply", "-auto-approve");
  assert.equal(attributesOf(work, "one").stored.service_tier, "flex");
});

/** What a plan marks unknown. */
function withoutFalse(marks: object): object {
  return Object.fromEntries(
    Object.entries(marks).flatMap(([name, mark]) => {
      if (mark === true) return [[name, mark]];
      const inside = typeof mark === "object" && mark !== null ? withoutFalse(mark) : {};
      return Object.keys(inside).length === 0 ? [] : [[name, inside]];
    }),
  );
}

it("a removed key that the API keeps is an error that says so, and the state has what the API reports", async (test) => {
  const { server, work } = await started(test, { metadataUpdate: "merge" });
  work.write("main.tf", tagged('{ team = "a", stage = "draft" }'));
  await work.ok("apply", "-auto-approve");
  work.write("main.tf", tagged('{ team = "b" }'));
  const error = await work.fails("apply", "-auto-approve");
  assert.match(error, /Removed metadata survived .* "stage"/);
  assert.match(error, /It merges new metadata into the old/);
  assert.deepEqual(attributesOf(work, "one").metadata, { team: "b", stage: "draft" });
  assert.equal((await changesOf(work)).length, 1);

  work.write("main.tf", tagged('{ team = "c", stage = "" }'));
  await work.ok("apply", "-auto-approve");
  await planIsEmpty(work);
  assert.equal(server.counts.paidCreates, 1);
});

it("changes of timeouts and of on_expiry call nothing", async (test) => {
  const { server, work } = await started(test);
  work.write("main.tf", tagged("{}"));
  await work.ok("apply", "-auto-approve");
  await planIsEmpty(work);
  for (const more of [
    'timeouts = { create = "20m", delete = "1m" }',
    'timeouts = { read = "90s" }\n  recreate_after_expiry = true',
    'timeouts = { read = "90s" }\n  on_expiry = "recreate"',
    "",
  ]) {
    work.write("main.tf", tagged("{}", more));
    const [change] = await changesOf(work);
    assert.deepEqual(change?.actions, ["update"], more);
    server.control.clearRequests();
    await work.ok("apply", "-auto-approve", "plan.bin");
    assert.deepEqual(server.requests, [], more);
  }
  await planIsEmpty(work);
});

it("metadata that was changed outside is drift, and put right by one update", async (test) => {
  const { server, work } = await started(test);
  work.write("main.tf", tagged('{ team = "a" }'));
  await work.ok("apply", "-auto-approve");
  const { id } = attributesOf(work, "one");
  server.control.setMetadata(id, { team: "z", by: "hand" });
  assert.deepEqual((await changesOf(work))[0]?.actions, ["update"]);
  await work.ok("apply", "-auto-approve", "plan.bin");
  await planIsEmpty(work);
  assert.deepEqual(server.counts.update, 1);
});

it("metadata of what has expired is taken into state, with a warning, and nothing stops", async (test) => {
  const { server, work } = await started(test);
  work.write("main.tf", tagged('{ team = "a" }'));
  await work.ok("apply", "-auto-approve");
  server.control.advance(31 * 24 * 3_600_000);
  work.write("main.tf", tagged('{ team = "b" }'));
  const before = attributesOf(work, "one");
  const applied = await work.ok("apply", "-auto-approve");
  assert.match(unboxed(applied.output), /Warning: Metadata changed in state only/);
  assert.match(unboxed(applied.output), /more than 30 days old/);
  assert.deepEqual(attributesOf(work, "one"), { ...before, metadata: { team: "b" } });
  await planIsEmpty(work);
  assert.equal(server.counts.paidCreates, 1);
});
