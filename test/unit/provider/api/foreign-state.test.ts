import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { equals, isUnknown } from "../../../../src/cty/index.ts";
import { ctyType } from "../../../../src/framework/index.ts";
import { openai } from "../../../../src/provider/provider.ts";
import { foreignCases } from "../../../support/foreign-states.ts";
import type { Kept, Outcome } from "../../../support/provider-session.ts";
import { place } from "../objects/support.ts";

const here = process.cwd();
let folder = "";
before(() => {
  folder = mkdtempSync(join(tmpdir(), "foreign-"));
  writeFileSync(join(folder, "notes.txt"), "one line\n");
  process.chdir(folder);
});
after(() => {
  process.chdir(here);
  rmSync(folder, { recursive: true });
});

/** A value within a state: `choices.0.message`, numbers as text. */
function within({ state }: Kept, path: string): unknown {
  const found = path
    .split(".")
    .reduce<unknown>(
      (value, name) => (Object(value) === value ? Reflect.get(Object(value), name) : undefined),
      state,
    );
  return typeof found === "object" && found !== null ? String(found) : found;
}

const address = (provider: string) => `registry.terraform.io/${provider}`;

/** The attributes that a plan changes to known values. */
function changed(target: string, before: Kept, planned: Kept["state"]): string[] {
  const attributes = openai({}).resources.get(target)?.schema.attributes ?? {};
  return Object.entries(attributes).flatMap(([name, { kind }]) => {
    const now = planned[name] ?? null;
    return isUnknown(now) || equals(before.state[name] ?? null, now, ctyType(kind)) ? [] : [name];
  });
}

for (const given of foreignCases) {
  const { what, provider, type, target, version, object, state, config, adopts = [], holds = {} } = given;
  for (const [how, take] of [
    ["a moved block", (session: Session) => session.move(target, address(provider), type, state, version)],
    ["replace-provider", (session: Session) => session.upgrade(target, state, version, "null")],
  ] as const) {
    if (how === "replace-provider" && type !== target) continue;
    test(`${provider}: ${what} is taken over by ${how}, and nothing is made`, async (t) => {
      const { server, session } = await place(t);
      object?.(server);
      const outcome: Outcome = await take(session);
      assert.equal(outcome.titles.length, object === undefined ? 1 : 0, outcome.details.join("\n"));
      const { kept } = outcome;
      assert.ok(kept);
      for (const [path, value] of Object.entries(holds)) {
        const found = within(kept, path);
        assert.equal(typeof value === "number" ? Number(found) : found, value, path);
      }
      const plan = await session.plan(target, config, kept);
      assert.deepEqual([plan.titles, plan.replaces], [[], []], plan.details.join("\n"));
      assert.deepEqual(changed(target, kept, plan.planned), adopts);
      assert.equal(plan.empty, adopts.length === 0);
      const applied = plan.empty ? kept : (await session.update(target, kept, config)).kept;
      assert.ok(applied);
      assert.ok((await session.plan(target, config, applied)).empty);
      assert.deepEqual(
        server.requests.filter(({ method }) => method !== "GET"),
        [],
      );
    });
  }
}

type Session = Awaited<ReturnType<typeof place>>["session"];
