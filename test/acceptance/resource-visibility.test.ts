import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, it } from "node:test";
import { unboxed, type Workspace } from "../support/terraform.ts";
import {
  afterAll,
  attributesOf,
  completion,
  creations,
  outcomeOf,
  planIsEmpty,
  prompt,
  started,
  succeeded,
} from "./resource-support.ts";

/* Each test has completions of its own, and all but one share the runs of Terraform over one configuration. */

const day = 24 * 3_600_000;
const address = (name: string) => `openai_chat_completion.${name}`;
const named = (name: string, more = "", text = `Hello ${name}`) =>
  completion(name, `${prompt(text)}\n  ${more}`);

const unreadable = (name: string) =>
  named(name, 'timeouts = { create = "2s" }', `trigger:unstored Hello ${name}`);
const goneSoon = named("gone_soon", 'timeouts = { delete = "3s" }');
const staying = [
  unreadable("unreadable"),
  named("outside"),
  named("gone_late", 'timeouts = { delete = "3s" }'),
  named("seen_afterwards", 'timeouts = { delete = "2s" }'),
].join("");

/** Those that expire, before and after a change of their arguments. */
const expiring = ["warning", "keeping", "deprecated", "recreating"].map((name) => named(name)).join("");
const tagged = (team: string) => named("tagged", `metadata = { team = "${team}" }`);
const expired = [
  named("warning"),
  named("keeping", 'on_expiry = "keep"'),
  named("deprecated", "recreate_after_expiry = true"),
  named("recreating", 'on_expiry = "recreate"'),
  tagged("b"),
].join("");

const cleanup = afterAll();
let seen: Awaited<ReturnType<typeof runAll>>;
before(async () => {
  seen = await runAll();
});

async function runAll() {
  const { server, work } = await started(cleanup);
  const idOf = (name: string): string => attributesOf(work, name).id;
  const bought = (name: string) => creations(server.requests, `Hello ${name}"`);
  work.write("main.tf", staying + unreadable("unreadable_destroyed") + goneSoon);
  const created = await succeeded(work, "apply", "-auto-approve");
  const kept = attributesOf(work, "unreadable");
  const soon = idOf("gone_soon");

  // Long after all should have become visible.
  server.control.advance(60_000);
  server.control.forget(idOf("outside"));
  server.control.settings.goneAfterMs = 1_000;
  work.write("main.tf", staying);
  const planned = await succeeded(work, "plan", "-out=plan.bin");
  const applied = await succeeded(work, "apply", "-auto-approve", "plan.bin");
  const [stored, again] = [server.control.ids(), bought("outside")];

  server.control.forget(idOf("outside"));
  // The API claims to delete. Of one, the first look after the deletion shows it; the second is not answered in time.
  server.control.settings.goneAfterMs = 3_600_000;
  const [late, afterwards] = [idOf("gone_late"), idOf("seen_afterwards")];
  const slow = { method: "GET", id: afterwards, delayMs: 20_000, skip: 1, times: "always" } as const;
  const answers = server.control.fault(slow);
  const refused = await outcomeOf(work, "destroy", "-auto-approve", "-refresh=false");
  const left = namesIn(work);
  for (const name of left) attributesOf(work, name);
  answers();
  server.control.advance(2 * 3_600_000);

  work.write("main.tf", expiring + tagged("a"));
  await work.ok("apply", "-auto-approve");
  const [fresh, names] = [attributesIn(work), namesIn(work)];
  server.control.advance(30 * day);
  work.write("main.tf", expired);
  const warned = await succeeded(work, "apply", "-auto-approve");
  const old = attributesIn(work);
  const unchanged = bought("recreating");
  const replanned = await succeeded(work, "plan", "-out=plan.bin");
  await work.ok("apply", "-auto-approve", "plan.bin");
  server.control.advance(31 * day);
  await work.ok("destroy", "-auto-approve", "-refresh=false");
  return {
    ...{
      bought,
      created,
      kept,
      soon,
      late,
      afterwards,
      planned,
      applied,
      stored,
      again,
      refused,
      left,
      names,
    },
    ...{ fresh, warned, old, unchanged, replanned, rest: namesIn(work) },
  };
}

/** The names of what is in state. */
function namesIn(work: Workspace): string[] {
  const { resources }: { resources: { name: string }[] } = JSON.parse(
    readFileSync(join(work.folder, "terraform.tfstate"), "utf8"),
  );
  return resources.map(({ name }) => name).sort();
}

function attributesIn(work: Workspace) {
  return Object.fromEntries(namesIn(work).map((name) => [name, attributesOf(work, name)]));
}

it("a completion that can never be read is a warning, kept untainted, and not bought again", () => {
  const { bought, created, kept, planned, applied } = seen;
  for (const name of ["unreadable", "unreadable_destroyed"]) {
    assert.match(
      created.said(address(name)).join(),
      /^Warning: Chat completion not readable yet\. .*zero data retention/,
    );
    assert.equal(bought(name), 1);
  }
  assert.equal(kept.choices[0].message[0].content, "You said: trigger:unstored Hello unreadable");
  assert.equal(kept.stored.model, "gpt-4o-mini-2024-07-18", "what the answer says is there");
  assert.ok(!(address("unreadable") in planned.planned));
  assert.match(planned.said(address("unreadable")).join(), /^Warning: Chat completion cannot be read/);
  assert.equal(applied.planned[address("unreadable_destroyed")], "delete");
});

it("a completion that was deleted outside is created again, and a destroy of one is no error", () => {
  const { planned, again, refused, left } = seen;
  assert.equal(planned.planned[address("outside")], "create");
  assert.equal(again, 2);
  assert.equal(refused.planned[address("outside")], "delete");
  assert.ok(!left.includes("outside"));
  assert.doesNotMatch(refused.said(address("outside")).join(), /Error/);
});

it("an expired completion is kept with one warning, or without, or created again where that is wanted", () => {
  const { bought, fresh, warned, old, unchanged, replanned, rest } = seen;
  assert.ok(!(address("warning") in warned.planned));
  const warnings = warned.said(address("warning"));
  assert.equal(warnings.length, 1, "one warning");
  assert.match(warnings[0] ?? "", /^Warning: Chat completion expired/);
  assert.deepEqual(old.warning, fresh.warning);

  assert.ok(!(address("keeping") in replanned.planned));
  assert.deepEqual(replanned.said(address("keeping")), []);
  assert.match(warned.said(address("deprecated")).join(), /Warning: (Argument|Attribute|Deprecated)/i);
  assert.equal(unchanged, 1, "a change of the option buys nothing");
  assert.equal(replanned.planned[address("recreating")], "create");
  assert.deepEqual([bought("recreating"), bought("warning"), bought("keeping")], [2, 1, 1]);
  assert.deepEqual(rest, [], "and a destroy of one is no error");
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

const notDeleted = (id: string) =>
  new RegExp(`^Error: Chat completion not deleted.*"${id}".* still has the completion`, "m");

it("a deletion is checked, and one that the API only claims is an error that keeps the state", () => {
  const { applied, soon, late, stored, refused, left, names } = seen;
  assert.equal(applied.planned[address("gone_soon")], "delete");
  assert.ok(!stored.includes(soon));

  assert.equal(refused.code, 1);
  assert.match(refused.errors.join("\n"), notDeleted(late));
  assert.ok(left.includes("gone_late"));
  assert.ok(!names.includes("gone_late"), "once it is gone, it leaves the state");
});

it("a completion that was seen after its deletion is gone with a 404 only, whatever else happens", () => {
  const { afterwards, refused, left } = seen;
  assert.match(refused.errors.join("\n"), notDeleted(afterwards));
  assert.equal(refused.errors.length, 2);
  assert.deepEqual(left, ["gone_late", "seen_afterwards"]);
});

it("metadata of what has expired is taken into state, with a warning, and nothing stops", () => {
  const { bought, fresh, warned, old, replanned } = seen;
  const said = warned.said(address("tagged")).join();
  assert.match(said, /Warning: Metadata changed in state only/);
  assert.match(said, /more than 30 days old/);
  assert.deepEqual(old.tagged, { ...fresh.tagged, metadata: { team: "b" } });
  assert.ok(!(address("tagged") in replanned.planned));
  assert.equal(bought("tagged"), 1);
});
