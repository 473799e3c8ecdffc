import assert from "node:assert/strict";
import { before, it } from "node:test";
import type { OpenAIServer } from "../support/openai-server/server.ts";
import type { Workspace } from "../support/terraform.ts";
import {
  afterAll,
  attributesOf,
  changesIn,
  completion,
  creations,
  outcomeOf,
  planIsEmpty,
  prompt,
  savedPlan,
  started,
  succeeded,
} from "./resource-support.ts";

/* Each test has completions of its own, and all share the runs of Terraform over one configuration. */

const tagged = (name: string, tags: string, more = "") =>
  completion(name, `${prompt(`Hello ${name}`)}\n  metadata = ${tags}\n${more}`);

/** What needs other values of a completion than its metadata. */
const dependents = `
output "model" {
  value = openai_chat_completion.depended.stored.model
}
resource "terraform_data" "model" {
  input = openai_chat_completion.depended.stored.model
}
`;

/** Arguments that no request has, before and after a change. */
const steps = [
  "",
  'timeouts = { create = "20m", delete = "1m" }',
  'timeouts = { read = "90s" }\n  recreate_after_expiry = true',
  'timeouts = { read = "90s" }\n  on_expiry = "recreate"',
  "",
];
const local = steps.slice(1).map((after, index) => ({ name: `local_${index}`, before: steps[index], after }));

const configurations = {
  first: [
    tagged("whole", '{ team = "a", stage = "draft" }'),
    tagged("cleared", '{ team = "b", "größe" = "Å" }'),
    tagged("depended", '{ team = "a" }'),
    ...local.map(({ name, before }) => tagged(name, "{}", before)),
  ],
  changed: [
    tagged("whole", '{ team = "b", "größe" = "Å" }'),
    completion("cleared", prompt("Hello cleared")),
    tagged("depended", '{ team = "b" }'),
    ...local.map(({ name, after }) => tagged(name, "{}", after)),
  ],
};
const always = [dependents, tagged("untagged", "{}"), tagged("drifted", '{ team = "a" }')];
const names = [
  "whole",
  "cleared",
  "depended",
  "merged",
  "untagged",
  "drifted",
  ...local.map(({ name }) => name),
];

function configuration(state: keyof typeof configurations, merged: string): string {
  return [...configurations[state], ...always, tagged("merged", merged)].join("");
}

const address = (name: string) => `openai_chat_completion.${name}`;

/** The attributes of each completion. */
const attributesIn = (work: Workspace) =>
  Object.fromEntries(names.map((name) => [name, attributesOf(work, name)]));

const cleanup = afterAll();
let seen: Awaited<ReturnType<typeof changeAll>>;
before(async () => {
  seen = await changeAll();
});

async function changeAll() {
  const { server, work } = await started(cleanup);
  work.write("main.tf", configuration("first", '{ team = "a", stage = "draft" }'));
  await work.ok("apply", "-auto-approve");
  const first = attributesIn(work);

  server.control.setMetadata(first.drifted.id, { team: "z", by: "hand" });
  work.write("main.tf", configuration("changed", '{ team = "a", stage = "draft" }'));
  await work.ok("plan", "-out=plan.bin");
  const plan = await savedPlan(work);
  await changeTier(server, first.depended.id);
  const planned = server.requests.length;
  await work.ok("apply", "-auto-approve", "plan.bin");
  const applied = server.requests.slice(planned);
  const changed = attributesIn(work);

  // From here on the API keeps what an update leaves out.
  server.control.settings.metadataUpdate = "merge";
  work.write("main.tf", configuration("changed", '{ team = "b" }'));
  const refused = await outcomeOf(work, "apply", "-auto-approve");
  const afterwards = attributesIn(work);
  const again = await succeeded(work, "plan");
  work.write("main.tf", configuration("changed", '{ team = "c", stage = "" }'));
  await work.ok("apply", "-auto-approve");
  await planIsEmpty(work);
  return { server, first, plan, changes: changesIn(plan), applied, changed, refused, afterwards, again };
}

/** The API answers with another tier from now on. */
async function changeTier(server: OpenAIServer, id: string): Promise<void> {
  const answer = await fetch(`${server.url}/chat/completions/${id}`, {
    headers: { authorization: "Bearer sk-acceptance" },
  });
  const body = (await answer.text()).replace('"service_tier":"default"', '"service_tier":"flex"');
  server.seed({ id, body });
}

/** What is planned for a completion. */
const changeOf = (name: string) => seen.changes.filter((each) => each.address === address(name));

it("metadata is updated in place as a whole, and everything else stays as it was", () => {
  const { server, first, applied, changed, refused } = seen;
  assert.deepEqual(changeOf("whole"), [{ address: address("whole"), actions: ["update"], because: [] }]);
  const after = changed.whole;
  assert.deepEqual(after.metadata, { team: "b", größe: "Å" });
  assert.deepEqual(after.stored.metadata, after.metadata);
  const rest = { metadata: null, stored: null };
  assert.deepEqual({ ...after, ...rest }, { ...first.whole, ...rest });
  const updates = applied.filter(({ method, path }) => method === "POST" && path.includes(after.id));
  assert.deepEqual(
    updates.map(({ body }) => JSON.parse(body)),
    [{ metadata: after.metadata }],
  );

  assert.equal(changed.cleared.metadata, null, "null stays null where the API says {}");
  assert.deepEqual(changed.cleared.stored.metadata, {});
  for (const name of ["whole", "cleared"]) {
    assert.ok(!(address(name) in refused.planned), "the next plan is empty");
    assert.equal(creations(server.requests, `Hello ${name}`), 1);
  }
});

it("a change of metadata leaves unknown what it changes, and nothing that depends on the rest", () => {
  const { plan, changes, changed, refused, afterwards } = seen;
  assert.ok(!changes.some((each) => each.address.startsWith("terraform_data")));
  const { change } = plan.resource_changes.find(
    (each: { address: string }) => each.address === address("depended"),
  );
  assert.deepEqual(withoutFalse(change.after_unknown), { stored: { metadata: true } });
  assert.equal(plan.output_changes.model.actions.join(), "no-op");

  // What else has changed meanwhile shows in the next plan, and does not break this one.
  assert.deepEqual(changed.depended.stored.metadata, { team: "b" });
  assert.equal(changed.depended.stored.service_tier, "default");
  assert.ok(!(address("depended") in refused.planned));
  assert.equal(afterwards.depended.stored.service_tier, "flex");
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

it("a removed key that the API keeps is an error that says so, and the state has what the API reports", () => {
  const { server, changes, refused, afterwards, again } = seen;
  assert.ok(!changes.some((each) => each.address === address("merged")));
  assert.equal(refused.code, 1);
  const [error, ...more] = refused.said(address("merged"));
  assert.match(error ?? "", /^Error: Removed metadata survived.* "stage"/);
  assert.match(error ?? "", /It merges new metadata into the old/);
  assert.deepEqual(more, []);
  assert.deepEqual(afterwards.merged.metadata, { team: "b", stage: "draft" });
  assert.deepEqual(again.planned, { [address("merged")]: "update" });
  assert.equal(creations(server.requests, "Hello merged"), 1);
});

it("changes of timeouts and of on_expiry call nothing", () => {
  const { first, applied, refused } = seen;
  assert.deepEqual(changeOf("untagged"), [], "nothing is left to do after a creation");
  for (const { name, after } of local) {
    const [change] = changeOf(name);
    assert.deepEqual(change?.actions, ["update"], after);
    assert.ok(!applied.some(({ path }) => path.includes(first[name].id)), after);
    assert.equal(creations(applied, `Hello ${name}`), 0, after);
    assert.ok(!(address(name) in refused.planned), after);
  }
});

it("metadata that was changed outside is drift, and put right by one update", () => {
  const { server, first, refused } = seen;
  assert.deepEqual(changeOf("drifted")[0]?.actions, ["update"]);
  assert.ok(!(address("drifted") in refused.planned), "the next plan is empty");
  const updates = server.requests.filter(
    ({ method, path }) => method === "POST" && path.includes(first.drifted.id),
  );
  assert.equal(updates.length, 1);
});

it("every completion of these was bought once", () => {
  assert.equal(seen.server.counts.paidCreates, names.length);
});
