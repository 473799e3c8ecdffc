import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type ActionDefinition, action, string } from "../../src/framework/index.ts";
import { attachedWorkspace } from "../support/attached-provider.ts";
import { cli, lacks } from "../support/cli.ts";
import { type FakeData, fakeProvider } from "../support/fake-provider.ts";
import { widget } from "../support/fake-resource.ts";
import { unboxed } from "../support/terraform.ts";

/* Actions of the framework's, as real Terraform runs them. */

const skip = lacks("actions");
const description = "It is described.";
const attributes = {
  target: string({ required: true, description }),
  token: string({ optional: true, writeOnly: true, description }),
};

async function served(
  t: TestContext,
  definition: Partial<ActionDefinition<typeof attributes, FakeData>> = {},
) {
  const invoked: string[] = [];
  const planned: (string | null)[] = [];
  const declared = action<FakeData>()({
    name: "fake_ping",
    description,
    attributes,
    async plan({ config, diagnostics }) {
      planned.push(typeof config.target === "string" ? config.target : null);
      if (config.target === "nobody") diagnostics.addError("Nobody there", "There is no such target.");
      else diagnostics.addWarning("It will ping", "1 target is pinged.");
    },
    async invoke({ config, progress }) {
      progress(`pinging ${config.target}`);
      invoked.push(config.token ?? config.target);
    },
    ...definition,
  });
  const provider = fakeProvider({ dataSources: [], resources: [widget()], actions: [declared] });
  return { invoked, planned, work: await attachedWorkspace(t, provider) };
}

function ping(target: string, token = "null"): string {
  return `action "fake_ping" "x" {\n  config {\n    target = ${target}\n    token  = ${token}\n  }\n}\n`;
}

const trigger = `resource "fake_widget" "x" {
  name = "w"
  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.fake_ping.x]
    }
  }
}
`;

test("an action is invoked by the CLI and by a trigger, shows its progress, and is looked ahead to in the plan", {
  skip,
}, async (t) => {
  const { work, invoked, planned } = await served(t);
  work.write("main.tf", ping('"somebody"'));
  assert.match(unboxed((await work.ok("plan", "-invoke=action.fake_ping.x")).output), /1 target is pinged/);
  assert.deepEqual(invoked, [], "a plan invokes nothing");
  const { output } = await work.ok("apply", "-auto-approve", "-invoke=action.fake_ping.x");
  assert.match(unboxed(output), /pinging somebody/);
  assert.deepEqual(invoked, ["somebody"]);
  work.write("main.tf", ping("fake_widget.x.id") + trigger.replace("after_create", "after_create"));
  const applied = await work.ok("apply", "-auto-approve");
  assert.match(unboxed(applied.output), /pinging id-of-w/);
  assert.deepEqual(invoked, ["somebody", "id-of-w"]);
  await work.ok("apply", "-auto-approve");
  assert.equal(invoked.length, 2, "without a creation nothing is triggered");
  assert.ok(planned.length >= 3);
});

test("an ephemeral value is taken by a write-only argument, and is there where the action is invoked", {
  skip,
}, async (t) => {
  const { work, invoked } = await served(t);
  const variable = 'variable "token" {\n  type      = string\n  ephemeral = true\n}\n';
  work.write("main.tf", variable + ping('"t"', "var.token") + trigger);
  await work.ok("apply", "-auto-approve", "-var=token=hidden");
  await work.ok("apply", "-auto-approve", "-invoke=action.fake_ping.x", "-var=token=too");
  // Terraform 1.16 invokes what was planned, without ephemeral values, where the CLI asks for it.
  const [, minor] = cli().version;
  assert.deepEqual(invoked, ["hidden", minor < 16 ? "too" : "t"]);
});

test("an action without its target, one that its plan refuses and one that fails are errors", {
  skip,
}, async (t) => {
  const { work, invoked } = await served(t, {
    invoke: async ({ diagnostics }) => void diagnostics.addError("Not pinged", "The line is busy."),
  });
  work.write("main.tf", 'action "fake_ping" "x" {\n  config {}\n}\n');
  assert.match(await work.fails("validate"), /"target" is required/);
  work.write("main.tf", ping('"nobody"'));
  assert.match(await work.fails("plan", "-invoke=action.fake_ping.x"), /There is no such target/);
  work.write("main.tf", ping('"somebody"'));
  assert.match(await work.fails("apply", "-auto-approve", "-invoke=action.fake_ping.x"), /The line is busy/);
  assert.deepEqual(invoked, []);
});
