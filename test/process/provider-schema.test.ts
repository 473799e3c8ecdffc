import assert from "node:assert/strict";
import { test } from "node:test";
import { lacks } from "../support/cli.ts";
import { Workspace } from "../support/terraform.ts";
import { BuiltProvider } from "./support/built-provider.ts";
import { bytes, message, messages, text } from "./support/messages.ts";
import type { Message } from "./support/proto.ts";
import { blockOf } from "./support/wire-schema.ts";

/*
 * The schema as this client reads it off the wire, with the .proto files, against the schema as
 * Terraform understood it.
 */

/** What an older CLI does not know, it does not show. */
const FLAGS = ["required", "optional", "computed", "sensitive", "deprecated", "write_only"].filter(
  (flag) => flag !== "write_only" || lacks("write-only arguments") === false,
);
const KINDS = ["data_source_schemas", "resource_schemas", "ephemeral_resource_schemas"].filter(
  (kind) => kind !== "ephemeral_resource_schemas" || lacks("ephemeral resources") === false,
);

function shownBlock(block: Message): Message {
  return {
    attributes: shownAttributes(block.attributes),
    description: block.description,
    description_kind: text(block.description_kind).toLowerCase(),
  };
}

function shownAttributes(attributes: unknown): Message {
  return Object.fromEntries(
    messages(attributes).map((attribute) => [text(attribute.name), shownAttribute(attribute)]),
  );
}

function shownAttribute(attribute: Message): Message {
  return {
    ...shownType(attribute),
    description: attribute.description,
    description_kind: text(attribute.description_kind).toLowerCase(),
    ...Object.fromEntries(FLAGS.filter((flag) => attribute[flag] === true).map((flag) => [flag, true])),
  };
}

function shownType({ type, nested_type }: Message): Message {
  if (nested_type === null) return { type: JSON.parse(bytes(type).toString()) };
  const { nesting, attributes } = message(nested_type);
  return {
    nested_type: { attributes: shownAttributes(attributes), nesting_mode: text(nesting).toLowerCase() },
  };
}

test("`terraform providers schema -json` shows what the wire says, attribute by attribute", async (t) => {
  const provider = await BuiltProvider.start(t);
  const wire = await provider.call("GetProviderSchema");
  const work = new Workspace(t).write("main.tf", 'provider "openai" {}\n');
  await work.ok("init");
  const shown = message(JSON.parse((await work.ok("providers", "schema", "-json")).stdout));
  const [schema, ...others] = Object.values(message(shown.provider_schemas)).map(message);
  assert.ok(schema && others.length === 0);

  const shownProvider = message(schema.provider);
  assert.equal(`${shownProvider.version}`, message(wire.provider).version);
  assert.deepEqual(shownProvider.block, shownBlock(blockOf(wire.provider)));

  for (const kind of KINDS) {
    const onWire = message(wire[kind]);
    const expected = Object.entries(onWire).map(([name, each]) => [
      name,
      { version: Number(message(each).version), block: shownBlock(blockOf(each)) },
    ]);
    assert.deepEqual(schema[kind] ?? {}, Object.fromEntries(expected), kind);
  }
});
