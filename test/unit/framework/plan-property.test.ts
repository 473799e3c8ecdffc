import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { conform, type ObjectValue } from "../../../src/cty/index.ts";
import type { Attributes } from "../../../src/framework/index.ts";
import { apply, plan, widgetOf } from "../../support/fake-resource.ts";
import { anyAttributes, configurations, filled, resolved } from "../../support/random-resource.ts";
import { appliedProblems } from "../../support/terraform-checks.ts";

/** A resource whose author does what is planned and fills in the rest; write-only values are passed on. */
function diligent(attributes: Attributes) {
  return widgetOf(attributes, {
    create: async ({ plan, config }) => withWriteOnly(attributes, filled(attributes, plan), config),
    update: async ({ plan, config }) => withWriteOnly(attributes, filled(attributes, plan), config),
  });
}

function withWriteOnly(
  attributes: Attributes,
  state: Record<string, unknown>,
  config: { readonly [name: string]: unknown },
): Record<string, unknown> {
  for (const [name, { writeOnly }] of Object.entries(attributes)) {
    if (writeOnly) state[name] = config[name];
  }
  return state;
}

interface Life {
  readonly attributes: Attributes;
  readonly first: ObjectValue;
  readonly second: ObjectValue;
}

const lives: fc.Arbitrary<Life> = anyAttributes.chain((attributes) =>
  fc.record({
    attributes: fc.constant(attributes),
    first: configurations(attributes, true),
    second: configurations(attributes, true),
  }),
);

/** Plans with what is known, again once all is known, and applies; `plan` and `apply` check as Terraform does. */
async function carryOut({ attributes }: Life, given: ObjectValue, prior: ObjectValue | null) {
  const declared = diligent(attributes);
  const early = await plan(declared, given, prior);
  assert.deepEqual(conform(early.planned, declared.schema.type), []);
  const known = resolved(given, attributes);
  const { planned } = await plan(declared, known, prior);
  assert.deepEqual(
    appliedProblems(attributes, early.planned, planned),
    [],
    "Terraform: inconsistent final plan",
  );
  const { state, reported } = await apply(declared, known, { prior, planned });
  assert.deepEqual(reported, []);
  assert.ok(state !== null);
  return { declared, known, state };
}

test("whatever the schema, plans and results pass Terraform's checks, and the next plan is empty", async () => {
  const property = fc.asyncProperty(lives, async (life) => {
    const created = await carryOut(life, life.first, null);
    const again = await plan(created.declared, created.known, created.state);
    assert.deepEqual({ ...again.planned }, created.state);
    assert.deepEqual(again.replaces, []);

    const updated = await carryOut(life, life.second, created.state);
    assert.deepEqual(
      { ...(await plan(updated.declared, updated.known, updated.state)).planned },
      updated.state,
    );
  });
  await fc.assert(property, { numRuns: 400 });
});
