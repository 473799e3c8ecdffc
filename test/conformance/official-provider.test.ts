import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Attribute, Attributes, Kind } from "../../src/framework/index.ts";
import { openai } from "../../src/provider/provider.ts";
import { againstOutsideData } from "../support/outside-data.ts";

/*
 * The objects of openai/openai 1.1.0, which is third-party data and read in place: each has to be here by its name, with
 * every attribute of the same type and mode, so that a configuration that was written for it is one for this provider.
 */

/** An attribute as the data file has it. */
interface Described {
  readonly mode: string;
  readonly type?: unknown;
  readonly nesting?: string;
  readonly attributes?: Readonly<Record<string, Described>>;
}

type Objects = Readonly<Record<string, Readonly<Record<string, Described>>>>;

interface Peer {
  readonly provider: Readonly<Record<string, Described>>;
  readonly resources: Objects;
  readonly data_sources: Objects;
}

const modes = { required: "R", optional: "O", computed: "C", optional_computed: "OC" } as const;

function modeOf({ mode, sensitive, writeOnly }: Attribute): string {
  return `${modes[mode]}${sensitive ? "S" : ""}${writeOnly ? "W" : ""}`;
}

function typeOf(kind: Kind): unknown {
  if (kind.kind === "integer") return "number";
  return "element" in kind ? [kind.kind, typeOf(kind.element)] : kind.kind;
}

/** What differs from the description, by path: missing, of another type or mode. */
function differences(described: Readonly<Record<string, Described>>, ours: Attributes, at: string): string[] {
  return Object.entries(described).flatMap(([name, theirs]) => {
    const own = ours[name];
    if (own === undefined) return [`${at}.${name} is missing`];
    const mode = modeOf(own) === theirs.mode ? [] : [`${at}.${name} is ${modeOf(own)}, not ${theirs.mode}`];
    if (theirs.attributes !== undefined)
      return [...mode, ...differences(theirs.attributes, nestedIn(own.kind), `${at}.${name}`)];
    const [type, expected] = [JSON.stringify(typeOf(own.kind)), JSON.stringify(theirs.type)];
    return type === expected ? mode : [...mode, `${at}.${name} is of the type ${type}, not ${expected}`];
  });
}

function nestedIn(kind: Kind): Attributes {
  if (kind.kind === "object") return kind.attributes;
  return "element" in kind ? nestedIn(kind.element) : {};
}

/** What we have beyond it, by path. */
function beyond(described: Readonly<Record<string, Described>>, ours: Attributes): string[] {
  return Object.entries(ours).flatMap(([name, own]) => {
    const theirs = described[name];
    if (theirs === undefined) return [name];
    return beyond(theirs.attributes ?? {}, theirs.attributes === undefined ? {} : nestedIn(own.kind)).map(
      (each) => `${name}.${each}`,
    );
  });
}

againstOutsideData((data) => {
  const peer: Peer = JSON.parse(readFileSync(join(data, "data", "peers", "openai-1.1.0.json"), "utf8"));
  const provider = openai({});
  const kinds = [
    ["resource", peer.resources, provider.resources],
    ["data", peer.data_sources, provider.dataSources],
  ] as const;

  test("the provider block takes what openai/openai's takes", () => {
    const names = Object.keys(peer.provider).filter((name) => !(name in provider.schema.attributes));
    assert.deepEqual(names, []);
    for (const [name, { mode, type }] of Object.entries(peer.provider)) {
      const own = provider.schema.attributes[name];
      assert.ok(own);
      assert.deepEqual([modeOf(own), typeOf(own.kind)], [mode, type], name);
    }
  });

  for (const [label, objects, own] of kinds) {
    test(`every ${label} of openai/openai is here, with the same attributes, types and modes`, (t) => {
      const names = Object.keys(objects);
      const absent = names.filter((name) => own.get(name) === undefined);
      assert.deepEqual(absent, [], "every one is there");
      const different: string[] = [];
      for (const name of names) {
        const attributes = own.get(name)?.schema.attributes;
        if (attributes === undefined) continue;
        different.push(...differences(objects[name] ?? {}, attributes, name));
        t.diagnostic(`${name}: beyond it ${beyond(objects[name] ?? {}, attributes).join(", ")}`);
      }
      assert.deepEqual(different, []);
    });
  }
});
