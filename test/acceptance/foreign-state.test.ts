import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cli, lacks } from "../support/cli.ts";
import { type ForeignCase, foreignCases } from "../support/foreign-states.ts";
import { builtProvider } from "../support/root.ts";
import type { Workspace } from "../support/terraform.ts";
import { changesOf, planIsEmpty, started } from "./resource-support.ts";

const own = "terraform-provider-openai/openai";
const providers = [...new Set(foreignCases.map(({ provider }) => provider))];

/** A resource's address: each state of the tests has a number. */
const place = ({ target }: ForeignCase, name: string) => `${target}.${name}`;
const named = (index: number) => `one_${index}`;

/** A state file with the cases, as their own providers left it. */
function stateFile(cases: readonly ForeignCase[]): string {
  const host = `registry.${cli().product === "OpenTofu" ? "opentofu.org" : "terraform.io"}`;
  const resources = cases.map(({ provider, type, version = 0, state }, index) => ({
    mode: "managed",
    type,
    name: named(index),
    provider: `provider["${host}/${provider}"]`,
    // What an SDK writes for nothing.
    instances: [
      { schema_version: version, attributes: state, sensitive_attributes: [], private: "bnVsbA==" },
    ],
  }));
  return JSON.stringify({
    version: 4,
    terraform_version: "1.5.7",
    serial: 7,
    lineage: "5d2f0c9e-7a31-b846-9e0f-4c6a4d11aa00",
    outputs: {},
    resources,
  });
}

/** The configuration that says the same to this provider, in Terraform's JSON. */
function configuration(cases: readonly ForeignCase[], name: (index: number) => string): string {
  const resource: Record<string, Record<string, unknown>> = {};
  for (const [index, { target, config }] of cases.entries()) {
    resource[target] = { ...resource[target], [name(index)]: config };
  }
  return JSON.stringify({ terraform: { required_providers: { openai: { source: own } } }, resource });
}

/** A workspace with the state, in which the other providers can be found, too: Terraform asks each for its schema. */
async function taken(...[t, cases]: readonly [Parameters<typeof started>[0], readonly ForeignCase[]]) {
  const { server, work } = await started(t);
  for (const { object } of cases) object?.(server);
  work.write("terraform.tfstate", stateFile(cases)).write("notes.txt", "one line\n");
  const config = readFileSync(builtProvider().cliConfig, "utf8").replace(
    /( *)("[^"]*" = )(".*")\n/,
    (line, space, _, folder) => line + providers.map((each) => `${space}"${each}" = ${folder}\n`).join(""),
  );
  const file = join(work.folder, "..", "both.tfrc");
  writeFileSync(file, config);
  return { server, work: withConfig(work, file) };
}

/** The workspace with another configuration of the CLI. */
function withConfig(work: Workspace, file: string): Workspace {
  const run = work.run.bind(work);
  work.run = (args, options = {}) =>
    run(args, { ...options, env: { ...options.env, TF_CLI_CONFIG_FILE: file } });
  return work;
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
