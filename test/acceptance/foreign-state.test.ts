import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { lacks } from "../support/cli.ts";
import { type ForeignCase, foreignCases } from "../support/foreign-states.ts";
import { foreignState, otherProviders } from "./foreign-support.ts";
import { changesOf, planIsEmpty, started } from "./resource-support.ts";

const own = "terraform-provider-openai/openai";
const providers = [...new Set(foreignCases.map(({ provider }) => provider))];

/** A resource's address: each state of the tests has a number. */
const place = ({ target }: ForeignCase, name: string) => `${target}.${name}`;
const named = (index: number) => `one_${index}`;

/** A state file with the cases, as their own providers left it. */
function stateFile(cases: readonly ForeignCase[]): string {
  return foreignState(
    cases.map(({ provider, type, version, state }, index) => ({
      ...{ provider, type, version },
      name: named(index),
      attributes: state,
    })),
  );
}

/** The configuration that says the same to this provider, in Terraform's JSON. */
function configuration(cases: readonly ForeignCase[], name: (index: number) => string): string {
  const resource: Record<string, Record<string, unknown>> = {};
  for (const [index, { target, config }] of cases.entries()) {
    resource[target] = { ...resource[target], [name(index)]: config };
  }
  return JSON.stringify({ terraform: { required_providers: { openai: { source: own } } }, resource });
}

/** A workspace with the state, and the objects. */
async function taken(test: TestContext, cases: readonly ForeignCase[]) {
  const { server, work } = await started(test);
  for (const { object } of cases) object?.(server);
  work.write("terraform.tfstate", stateFile(cases)).write("notes.txt", "one line\n");
  return { server, work: otherProviders(work, providers) };
}

/** Plans, applies what only the state needs, and sees that nothing was made and nothing is left to do. */
async function nothingIsMade(
  { server, work }: Awaited<ReturnType<typeof taken>>,
  cases: readonly ForeignCase[],
  name: (index: number) => string,
): Promise<void> {
  const changes = await changesOf(work);
  const expected = cases.flatMap((each, index) =>
    each.adopts === undefined
      ? []
      : [{ address: place(each, name(index)), actions: ["update"], because: [] }],
  );
  const sorted = (all: typeof changes) => [...all].sort((a, b) => (a.address < b.address ? -1 : 1));
  assert.deepEqual(sorted(changes), sorted(expected));
  const { output } = await work.ok("apply", "-auto-approve");
  assert.match(output, /Apply complete! Resources: 0 added, \d+ changed, 0 destroyed/);
  for (const [index, each] of cases.entries()) {
    // Terraform warns of one, and counts the others.
    if (each.object === undefined) assert.match(output, /cannot be read/, named(index));
  }
  await planIsEmpty(work);
  const sent = server.requests.filter(({ method }) => method !== "GET");
  assert.deepEqual(sent, []);
  assert.equal(server.counts.paidCreates, 0);
  const { resources } = JSON.parse(readFileSync(join(work.folder, "terraform.tfstate"), "utf8"));
  for (const { provider } of resources) assert.match(provider, new RegExp(own));
}

const sameType = foreignCases.filter(({ type, target }) => type === target);

test("the states of other providers are taken over after state replace-provider, and nothing is made", async (t) => {
  for (const provider of providers) {
    const cases = sameType.filter((each) => each.provider === provider);
    const place = await taken(t, cases);
    place.work.write("main.tf.json", configuration(cases, named));
    await place.work.ok("state", "replace-provider", "-auto-approve", provider, own);
    await nothingIsMade(place, cases, named);
  }
});

test("the states of other providers are taken over where only the source changes, and nothing is made", async (t) => {
  for (const provider of providers) {
    const cases = sameType.filter((each) => each.provider === provider);
    const place = await taken(t, cases);
    place.work.write("main.tf.json", configuration(cases, named));
    await nothingIsMade(place, cases, named);
  }
});

test("the states of other providers are taken over by moved blocks, and nothing is made", {
  skip: lacks("moves across types"),
}, async (t) => {
  for (const provider of providers) {
    const cases = foreignCases.filter((each) => each.provider === provider);
    const place = await taken(t, cases);
    const renamed = (index: number) => `here_${index}`;
    const moved = cases.map(({ type, target }, index) => ({
      from: `${type}.${named(index)}`,
      to: `${target}.${renamed(index)}`,
    }));
    place.work
      .write("main.tf.json", configuration(cases, renamed))
      .write("moved.tf.json", JSON.stringify({ moved }));
    await nothingIsMade(place, cases, renamed);
  }
});
