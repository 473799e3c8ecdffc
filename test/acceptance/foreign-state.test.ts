import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { lacks } from "../support/cli.ts";
import { type ForeignCase, foreignCases } from "../support/foreign-states.ts";
import { foreignState, otherProviders } from "./foreign-support.ts";
import { afterAll, changesOf, planIsEmpty, started, succeeded } from "./resource-support.ts";

/* The ways to take a state over share the runs of Terraform: the resources of each have names of their own. */

const own = "terraform-provider-openai/openai";
const providers = [...new Set(foreignCases.map(({ provider }) => provider))];
const sameType = foreignCases.filter(({ type, target }) => type === target);
const noMoves = lacks("moves across types");

interface Way {
  readonly cases: readonly ForeignCase[];
  /** What names begin with, in the state and in the configuration. */
  readonly stored: string;
  readonly written: string;
}

const ways = {
  replaced: { cases: sameType, stored: "replaced", written: "replaced" },
  sourced: { cases: sameType, stored: "sourced", written: "sourced" },
  moved: { cases: noMoves === false ? foreignCases : [], stored: "there", written: "here" },
} satisfies Record<string, Way>;

/** A resource's address in the configuration: each state of the tests has a number. */
const place = ({ cases, written }: Way, index: number) => `${cases[index]?.target}.${written}_${index}`;

/** A state with a way's cases, as their own providers left it. */
function stateOf({ cases, stored }: Way) {
  const resources = cases.map(({ provider, type, version, state }, index) => ({
    ...{ provider, type, version },
    name: `${stored}_${index}`,
    attributes: state,
  }));
  return JSON.parse(foreignState(resources));
}

/** The configuration that says the same to this provider, in Terraform's JSON. */
function configuration(all: readonly Way[]): string {
  const resource: Record<string, Record<string, unknown>> = {};
  for (const { cases, written } of all) {
    for (const [index, { target, config }] of cases.entries()) {
      resource[target] = { ...resource[target], [`${written}_${index}`]: config };
    }
  }
  return JSON.stringify({ terraform: { required_providers: { openai: { source: own } } }, resource });
}

const cleanup = afterAll();
let seen: Awaited<ReturnType<typeof takeOver>>;
before(async () => {
  seen = await takeOver();
});

async function takeOver() {
  const { server, work: alone } = await started(cleanup);
  for (const { object } of foreignCases) object?.(server);
  const file = join(alone.folder, "terraform.tfstate");
  const work = otherProviders(alone, providers)
    .write("terraform.tfstate", JSON.stringify(stateOf(ways.replaced)))
    .write("notes.txt", "one line\n")
    .write("main.tf.json", configuration(Object.values(ways)));
  for (const provider of providers)
    await work.ok("state", "replace-provider", "-auto-approve", provider, own);

  const state = JSON.parse(readFileSync(file, "utf8"));
  const added = [ways.sourced, ways.moved].flatMap((way) => stateOf(way).resources);
  const all = { ...state, serial: state.serial + 1, resources: [...state.resources, ...added] };
  work.write("terraform.tfstate", JSON.stringify(all));
  const moved = ways.moved.cases.map(({ type }, index) => ({
    from: `${type}.${ways.moved.stored}_${index}`,
    to: place(ways.moved, index),
  }));
  if (moved.length > 0) work.write("moved.tf.json", JSON.stringify({ moved }));

  const changes = await changesOf(work);
  const applied = await succeeded(work, "apply", "-auto-approve");
  await planIsEmpty(work);
  const { resources }: { resources: { name: string; provider: string }[] } = JSON.parse(
    readFileSync(file, "utf8"),
  );
  return { server, changes, applied, resources };
}

/** What is planned is what only the state needs, nothing was made, and the resources are this provider's. */
function nothingIsMade(way: Way): void {
  const { server, changes, applied, resources } = seen;
  const places = way.cases.map((_, index) => place(way, index));
  const expected = way.cases.flatMap(({ adopts }, index) =>
    adopts === undefined ? [] : [{ address: places[index], actions: ["update"], because: [] }],
  );
  const planned = changes.filter(({ address }) => places.includes(address));
  assert.deepEqual(
    new Map(planned.map((each) => [each.address, each])),
    new Map(expected.map((each) => [each.address, each])),
  );
  assert.match(applied.output, /Apply complete! Resources: 0 added, \d+ changed, 0 destroyed/);
  for (const [index, { object }] of way.cases.entries()) {
    const said = applied.said(places[index] ?? "").join();
    if (object === undefined) assert.match(said, /cannot be read/, places[index]);
  }
  assert.deepEqual(
    server.requests.filter(({ method }) => method !== "GET"),
    [],
  );
  assert.equal(server.counts.paidCreates, 0);
  const taken = resources.filter(({ name }) => name.startsWith(`${way.written}_`));
  assert.equal(taken.length, way.cases.length);
  for (const { provider } of taken) assert.match(provider, new RegExp(own));
}

test("the states of other providers are taken over after state replace-provider, and nothing is made", () => {
  nothingIsMade(ways.replaced);
});

test("the states of other providers are taken over where only the source changes, and nothing is made", () => {
  nothingIsMade(ways.sourced);
});

test("the states of other providers are taken over by moved blocks, and nothing is made", {
  skip: noMoves,
}, () => {
  nothingIsMade(ways.moved);
});
