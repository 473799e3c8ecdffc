import assert from "node:assert/strict";
import { it } from "node:test";
import { unboxed } from "../support/terraform.ts";
import { attributesOf, changesOf, completion, planIsEmpty, prompt, started } from "./resource-support.ts";

const day = 24 * 3_600_000;

it("a completion that can never be read is a warning, kept untainted, and not bought again", async (test) => {
  const { server, work } = await started(test, { zeroDataRetention: true });
  work.write("main.tf", completion("one", `${prompt("Hello")}\n  timeouts = { create = "2s" }`));
  const applied = await work.ok("apply", "-auto-approve");
  assert.match(unboxed(applied.output), /Warning: Chat completion not readable yet/);
  assert.match(unboxed(applied.output), /zero data retention/);
  const state = attributesOf(work, "one");
  assert.equal(state.choices[0].message[0].content, "You said: Hello");
  assert.equal(state.stored.model, "gpt-4o-mini-2024-07-18", "what the answer says is there");

  // Long after it should have become visible.
  server.control.advance(60_000);
  const planned = await work.ok("plan", "-out=plan.bin");
  assert.match(planned.stdout, /No changes/);
  assert.match(unboxed(planned.stdout), /Warning: Chat completion cannot be read/);
  await work.ok("destroy", "-auto-approve");
  assert.equal(server.counts.paidCreates, 1);
});

it("a completion that was deleted outside is created again, and a destroy of one is no error", async (test) => {
  const { server, work } = await started(test);
  work.write("main.tf", completion("one"));
  await work.ok("apply", "-auto-approve");
  server.control.forget(attributesOf(work, "one").id);
  assert.deepEqual((await changesOf(work))[0]?.actions, ["create"]);
  await work.ok("apply", "-auto-approve", "plan.bin");
  assert.equal(server.counts.paidCreates, 2);
  server.control.forget(attributesOf(work, "one").id);
  await work.ok("destroy", "-auto-approve", "-refresh=false");
});

it("an expired completion is kept with one warning, or without, or created again where that is wanted", async (test) => {
  const { server, work } = await started(test);
  work.write("main.tf", completion("one"));
  await work.ok("apply", "-auto-approve");
  const before = attributesOf(work, "one");
  server.control.advance(30 * day);
  const planned = await work.ok("plan");
  assert.match(planned.stdout, /No changes/);
  assert.equal(unboxed(planned.stdout).split("Warning: Chat completion expired").length, 2, "one warning");
  assert.deepEqual(attributesOf(work, "one"), before);

  work.write("main.tf", completion("one", `${prompt("Hello")}\n  on_expiry = "keep"`));
  await work.ok("apply", "-auto-approve");
  assert.doesNotMatch((await work.ok("plan")).output, /Warning: Chat/);

  work.write("main.tf", completion("one", `${prompt("Hello")}\n  recreate_after_expiry = true`));
  assert.match((await work.ok("plan")).output, /Warning: (Argument|Attribute|Deprecated)/i);
  work.write("main.tf", completion("one", `${prompt("Hello")}\n  on_expiry = "recreate"`));
  await work.ok("apply", "-auto-approve");
  assert.equal(server.counts.paidCreates, 1, "a change of the option buys nothing");
  assert.deepEqual((await changesOf(work))[0]?.actions, ["create"]);
  await work.ok("apply", "-auto-approve", "plan.bin");
  assert.equal(server.counts.paidCreates, 2);
  server.control.advance(31 * day);
  await work.ok("destroy", "-auto-approve", "-refresh=false");
});

it("an interrupt waits for the answer of a creation that was sent, and for nothing else", async (test) => {
  const { server, work } = await started(test, { visibleAfterMs: 8_000 });
  server.control.fault({ method: "POST", delayMs: 1_500 });
  work.write("main.tf", completion("one"));
  let interrupted = 0;
  const result = await work.run(["apply", "-auto-approve"], {
    started: (child) => {
      const timer = setInterval(() => {
        if (server.requests.length === 0) return;
        clearInterval(timer);
        interrupted = performance.now();
        child.kill("SIGINT");
      }, 20);
      child.on("close", () => clearInterval(timer));
    },
  });
  assert.ok(performance.now() - interrupted < 8_000, "the wait until it can be read was ended");
  assert.match(unboxed(result.output), /Warning: Chat completion not readable yet/);
  const { id } = attributesOf(work, "one");
  assert.deepEqual(server.control.ids(), [id]);
  assert.equal(server.counts.paidCreates, 1);

  // Seconds after its creation a 404 does not mean that it is gone: a destroy waits, and nothing leaks.
  await planIsEmpty(work);
  await work.ok("destroy", "-auto-approve", "-refresh=false");
  assert.deepEqual(server.control.ids(), []);
  assert.equal(server.counts.paidCreates, 1);
});

it("a deletion is checked, and one that the API only claims is an error that keeps the state", async (test) => {
  const { server, work } = await started(test, { goneAfterMs: 1_000 });
  work.write("main.tf", completion("one", `${prompt("Hello")}\n  timeouts = { delete = "3s" }`));
  await work.ok("apply", "-auto-approve");
  await work.ok("destroy", "-auto-approve");
  assert.deepEqual(server.control.ids(), []);

  server.control.settings.goneAfterMs = 3_600_000;
  await work.ok("apply", "-auto-approve");
  const error = await work.fails("destroy", "-auto-approve");
  assert.match(error, /Chat completion not deleted .* still has the completion/);
  attributesOf(work, "one");
  server.control.advance(2 * 3_600_000);
  await work.ok("destroy", "-auto-approve");
});

it("a completion that was seen after its deletion is gone with a 404 only, whatever else happens", async (test) => {
  const { server, work } = await started(test, { goneAfterMs: 3_600_000 });
  work.write("main.tf", completion("one", `${prompt("Hello")}\n  timeouts = { delete = "2s" }`));
  await work.ok("apply", "-auto-approve");
  // The first look after the deletion shows it; the second is not answered before the time is over.
  server.control.fault({ method: "GET", delayMs: 20_000, skip: 1, times: "always" });
  const error = await work.fails("destroy", "-auto-approve", "-refresh=false");
  assert.match(error, /Chat completion not deleted .* still has the completion/);
  attributesOf(work, "one");
});
