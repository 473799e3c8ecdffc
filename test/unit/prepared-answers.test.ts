import assert from "node:assert/strict";
import { test } from "node:test";
import { answers } from "../../src/answers.ts";
import { pack, preparedAnswers, preparedRpcs, unpack } from "../../src/prepared-answers.ts";
import {
  GetMetadata_Response,
  GetProviderSchema_Response,
  GetResourceIdentitySchemas_Response,
} from "../../src/tfplugin6/messages.gen.ts";

test("answers come out as they went in, empty ones too, in one file", () => {
  const some = new Map([
    ["GetMetadata", Buffer.from([0, 10, 255])],
    ["GetFunctions", Buffer.alloc(0)],
    ["GetProviderSchema", Buffer.from("\n[[")],
  ]);
  assert.deepEqual(unpack(pack(some)), some);
  assert.deepEqual(unpack(pack(new Map())), new Map());
});

test("a file that is cut off, anywhere, or longer than it says is damaged", () => {
  const file = pack(new Map([["GetMetadata", Buffer.from("abc")]]));
  for (let length = 0; length < file.length; length += 1)
    assert.throws(
      () => unpack(file.subarray(0, length)),
      /^Error: The installation of this provider is damaged: /,
    );
  assert.throws(() => unpack(Buffer.concat([file, Buffer.from("d")])), /is damaged/);
});

test("outside of a build nothing is prepared", () => {
  assert.equal(preparedAnswers(), undefined);
});

test("the build asks for what each message says, without diagnostics", async () => {
  const all = unpack(await answers());
  assert.deepEqual([...all.keys()], [...preparedRpcs]);
  const bytesOf = (name: string) => all.get(name) ?? assert.fail(name);
  const schema = GetProviderSchema_Response.decode(bytesOf("GetProviderSchema"));
  const metadata = GetMetadata_Response.decode(bytesOf("GetMetadata"));
  const identities = GetResourceIdentitySchemas_Response.decode(bytesOf("GetResourceIdentitySchemas"));
  assert.deepEqual([...schema.diagnostics, ...metadata.diagnostics, ...identities.diagnostics], []);
  assert.ok(schema.data_source_schemas.size > 5);
  const names = metadata.data_sources.map(({ type_name }) => type_name);
  assert.deepEqual(names, [...schema.data_source_schemas.keys()]);
});
