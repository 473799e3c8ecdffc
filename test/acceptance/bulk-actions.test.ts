import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { lacks } from "../support/cli.ts";
import { unboxed } from "../support/terraform.ts";
import { planIsEmpty, started } from "./resource-support.ts";

/* The provider's own actions where only Terraform shows how they behave: failures, unknown values, interrupts. */

const skip = lacks("actions");

async function place(t: TestContext, count = 3) {
  const completions = Array.from({ length: count }, (_, index) => ({
    id: `chatcmpl-${index}`,
    created: 1_738_970_000 + index,
    view: { metadata: { team: "platform" } },
  }));
  return started(t, { completions });
}

function action(type: string, config: string): string {
  return `action "openai_chat_completion_${type}" "all" {\n  config {\n${config}\n  }\n}\n`;
}

function trigger(type: string, input = '"once"'): string {
  return `resource "terraform_data" "done" {
  input = ${input}
  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.openai_chat_completion_${type}.all]
    }
  }
}
`;
}

const platform = '    metadata      = { team = "platform" }\n    max_deletions = 500';

test("an action that fails is an error of the apply, which the next one does not repeat; -invoke goes on with the rest", {
  skip,
}, async (t) => {
  const { server, work } = await place(t);
  work.write("main.tf", action("delete", platform) + trigger("delete"));
  server.fault({ method: "DELETE", id: "chatcmpl-1", status: 400, body: { error: { message: "No." } } });
  const failed = await work.fails("apply", "-auto-approve");
  assert.match(failed, /1 of 3 stored completions not deleted/);
  assert.match(failed, /chatcmpl-1: No\./);
  assert.match(failed, /Invoke the action again for those that are left/);
  assert.match((await work.ok("state", "list")).stdout, /terraform_data\.done/);
  await planIsEmpty(work);
  await work.ok("apply", "-auto-approve", "-invoke=action.openai_chat_completion_delete.all");
  assert.deepEqual(server.control.ids(), []);
});

test("a filter that is known during apply alone is not counted in the plan, and is heeded then", {
  skip,
}, async (t) => {
  const { server, work } = await place(t);
  server.control.seed({ id: "chatcmpl-other" });
  const filter = "    metadata      = { team = terraform_data.team.output }\n    max_deletions = 500";
  const team = 'resource "terraform_data" "team" {\n  input = "platform"\n}\n';
  work.write("main.tf", team + action("delete", filter) + trigger("delete", "terraform_data.team.output"));
  assert.match(unboxed((await work.ok("plan")).output), /Not counted yet what is deleted/);
  assert.equal(server.requests.length, 0);
  await work.ok("apply", "-auto-approve");
  assert.deepEqual(server.control.ids(), ["chatcmpl-other"]);
});

test("a bound that is too low fails the plan, and nothing is deleted or created", { skip }, async (t) => {
  const { server, work } = await place(t);
  work.write("main.tf", action("delete", platform.replace("500", "2")) + trigger("delete"));
  for (const args of [
    ["plan"],
    ["apply", "-auto-approve"],
    ["apply", "-auto-approve", "-invoke=action.openai_chat_completion_delete.all"],
  ])
    assert.match(await work.fails(...args), /More stored completions than max_deletions allows/);
  assert.equal(server.control.ids().length, 3);
});

for (const [what, config, expected] of [
  ["an action without a target", "    max_deletions = 5", /"model" or "metadata"/],
  ["an action without its bound", '    model = "gpt-6-luna"', /"max_deletions" is required/],
  ["an empty target", "    metadata      = {}\n    max_deletions = 5", /No target/],
  ["an unknown argument", `${platform}\n    color = "red"`, /Unsupported argument/],
] as const) {
  test(`${what} is refused by validate, and asks nothing`, { skip }, async (t) => {
    const { server, work } = await place(t);
    work.write("main.tf", action("delete", config));
    assert.match(await work.fails("validate"), expected);
    assert.match(
      await work.fails("apply", "-auto-approve", "-invoke=action.openai_chat_completion_delete.all"),
      expected,
    );
    assert.deepEqual(server.requests, []);
  });
}

test("an ephemeral value becomes metadata by a trigger, and is in no plan, state and output", {
  skip,
}, async (t) => {
  const { server, work } = await place(t);
  const variable = 'variable "reviewer" {\n  type      = string\n  ephemeral = true\n}\n';
  const config =
    '    metadata        = { team = "platform" }\n    set_metadata_wo = { reviewer = var.reviewer }\n    max_updates     = 5';
  work.write("main.tf", variable + action("tag", config) + trigger("tag"));
  const given = "-var=reviewer=canary-name";
  const planned = await work.ok("plan", "-out=plan.bin", given);
  const shown = await work.ok("show", "-json", "plan.bin");
  const applied = await work.ok("apply", "-auto-approve", given, "plan.bin");
  const state = await work.ok("state", "pull");
  for (const { output } of [planned, shown, applied, state]) assert.doesNotMatch(output, /canary-name/);
  const updates = server.requests.filter(({ method }) => method === "POST");
  assert.equal(updates.length, 3);
  assert.deepEqual(JSON.parse(updates[0]?.body ?? ""), {
    metadata: { team: "platform", reviewer: "canary-name" },
  });
});

test("an interrupt ends an action that is under way: it says what is done, and deletes nothing more", {
  skip: skip || process.platform === "win32",
}, async (t) => {
  const { server, work } = await place(t, 60);
  work.write("main.tf", action("delete", platform));
  server.fault({ method: "DELETE", skip: 20, delayMs: 2_000, times: "always" });
  const deletions = () => server.requests.filter(({ method }) => method === "DELETE").length;
  let interrupt = () => {};
  const run = work.run(["apply", "-auto-approve", "-invoke=action.openai_chat_completion_delete.all"], {
    started: (child) => (interrupt = () => void child.kill("SIGINT")),
  });
  while (deletions() < 24) await new Promise((resolve) => setTimeout(resolve, 20));
  interrupt();
  const { code, output } = await run;
  assert.notEqual(code, 0);
  const left = server.control.ids().length;
  assert.match(unboxed(output), new RegExp(`${60 - left} of 60 stored completions deleted, ${left} left`));
  assert.equal(deletions(), 60 - left, "what was under way has ended, and no more was begun");
  assert.ok(left > 20, `${left} are left`);
});
