import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { foreignTypes } from "../../src/provider/api/foreign-types.ts";
import { openai } from "../../src/provider/provider.ts";
import { foreignShapes } from "../support/foreign-admin-states.ts";
import { foreignCases } from "../support/foreign-states.ts";
import { againstOutsideData } from "../support/outside-data.ts";

/** A resource of a provider, as the outside data has it. */
type Shapes = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const files: Readonly<Record<string, string>> = {
  "mkdev-me/openai": "mkdev-me-2.2.7.json",
  "openai/openai": "openai-1.1.0.json",
  "jianyuan/openai": "jianyuan-0.7.0.json",
};

/** What is no object that OpenAI keeps, or one that is read and not kept. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  "mkdev-me/openai": [
    "openai_audio_transcription",
    "openai_audio_translation",
    "openai_embedding",
    "openai_fine_tuning_job",
    "openai_image_edit",
    "openai_image_generation",
    "openai_image_variation",
    "openai_model",
    "openai_moderation",
    "openai_speech_to_text",
    "openai_text_to_speech",
  ],
};

test("every type that another provider's states are taken over into is a resource, with the attributes that are named", () => {
  const { resources } = openai({});
  for (const [target, { names = {} }] of Object.entries(foreignTypes)) {
    const attributes = resources.get(target)?.schema.attributes;
    if (attributes === undefined) continue;
    for (const name of Object.keys(names)) assert.ok(Object.hasOwn(attributes, name), `${target}.${name}`);
  }
});

test("every pair of types has a state in the tests", () => {
  const all = [...foreignCases, ...foreignShapes];
  const tried = new Set(all.map(({ provider, type, target }) => `${provider} ${type} ${target}`));
  for (const [target, { from }] of Object.entries(foreignTypes)) {
    for (const [provider, types] of Object.entries(from)) {
      for (const type of types) assert.ok(tried.has(`${provider} ${type} ${target}`), `${provider} ${type}`);
    }
  }
});

againstOutsideData((folder) => {
  for (const [provider, file] of Object.entries(files)) {
    const { resources }: { resources: Shapes } = JSON.parse(
      readFileSync(join(folder, "data/peers", file), "utf8"),
    );

    test(`the states of ${provider} in the tests have the shape of its schemas`, () => {
      for (const { provider: from, type, what, state, current } of foreignCases) {
        if (from !== provider || !current) continue;
        assert.deepEqual(Object.keys(state).sort(), Object.keys(resources[type] ?? {}).sort(), what);
      }
      for (const { provider: from, type, attributes } of foreignShapes) {
        if (from !== provider) continue;
        assert.deepEqual(attributes.split(" ").sort(), Object.keys(resources[type] ?? {}).sort(), type);
      }
    });

    test(`every type of ${provider} is taken over, or there is nothing here that it could become`, () => {
      const taken = Object.values(foreignTypes).flatMap(({ from }) => from[provider] ?? []);
      const left = Object.keys(resources).filter((type) => !taken.includes(type));
      assert.deepEqual(left.sort(), leftOut[provider] ?? []);
    });
  }
});
