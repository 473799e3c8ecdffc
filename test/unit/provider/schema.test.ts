import assert from "node:assert/strict";
import { test } from "node:test";
import { UNKNOWN } from "../../../src/cty/index.ts";
import { type Attribute, Diagnostics, type Kind } from "../../../src/framework/index.ts";
import { apiObjects } from "../../../src/provider/objects/index.ts";
import { openai } from "../../../src/provider/provider.ts";
import { toSchema } from "../../../src/tfplugin6/to-schema.ts";
import { configuration } from "../../support/fake-provider.ts";
import { texts } from "./support.ts";

const provider = openai({});

function chatCompletion() {
  const found = provider.dataSources.get("openai_chat_completion");
  assert.ok(found);
  return found;
}

/** Every attribute by its path, nested ones too. */
function attributes(of: Readonly<Record<string, Attribute>>, path = ""): [string, Attribute][] {
  return Object.entries(of).flatMap(([name, attribute]) => {
    const full = path === "" ? name : `${path}.${name}`;
    return [[full, attribute] satisfies [string, Attribute], ...attributes(nestedOf(attribute.kind), full)];
  });
}

function nestedOf(kind: Kind): Readonly<Record<string, Attribute>> {
  if (kind.kind === "object") return kind.attributes;
  return kind.kind === "list" || kind.kind === "set" || kind.kind === "map" ? nestedOf(kind.element) : {};
}

/** `required`, `optional` or `computed`, with `sensitive` where it is, as the wire has it. */
function modes(of: Readonly<Record<string, Attribute>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(of).map(([name, { mode, sensitive }]) => [name, sensitive ? `${mode} sensitive` : mode]),
  );
}

test("the provider's arguments are all optional, and those that carry secrets are sensitive", () => {
  assert.deepEqual(modes(provider.schema.attributes), {
    api_key: "optional sensitive",
    admin_api_key: "optional sensitive",
    organization: "optional",
    project: "optional",
    base_url: "optional",
    allow_http: "optional",
    headers: "optional sensitive",
    query: "optional sensitive",
    timeout: "optional",
    max_retries: "optional",
  });
});

test("of the data source one argument is required, and only api_key is sensitive", () => {
  const all = modes(chatCompletion().schema.attributes);
  const expected: Record<string, string> = {
    completion_id: "required",
    api_key: "optional sensitive",
    wait_timeout: "optional",
    timeouts: "optional",
    // There to be refused, with a hint at the resource.
    messages: "optional",
  };
  for (const name of Object.keys(all)) assert.equal(all[name], expected[name] ?? "computed", name);
  const sensitive = attributes(chatCompletion().schema.attributes).filter(([, one]) => one.sensitive);
  assert.deepEqual(
    sensitive.map(([path]) => path),
    ["api_key"],
  );
});

test("the attributes that the documentation page promises are where it says", () => {
  const paths = new Set(attributes(chatCompletion().schema.attributes).map(([path]) => path));
  for (const path of [
    "completion_id",
    "api_key",
    "id",
    "created",
    "object",
    "model",
    "choices",
    "choices.index",
    "choices.message",
    "choices.message.role",
    "choices.message.content",
    "choices.message.function_call",
    "choices.message.function_call.name",
    "choices.message.function_call.arguments",
    "choices.message.tool_calls",
    "choices.message.tool_calls.id",
    "choices.message.tool_calls.type",
    "choices.message.tool_calls.function",
    "choices.message.tool_calls.function.name",
    "choices.message.tool_calls.function.arguments",
    "choices.finish_reason",
    "usage",
    "usage.prompt_tokens",
    "usage.completion_tokens",
    "usage.total_tokens",
  ]) {
    assert.ok(paths.has(path), path);
  }
});

test("the kinds of the table of attributes", () => {
  const kinds = new Map(
    attributes(chatCompletion().schema.attributes).map(([path, { kind }]) => [path, kindText(kind)]),
  );
  const expected = {
    choices: "list of object",
    "choices.message": "list of object",
    "choices.logprobs": "object",
    "choices.logprobs.content": "list of object",
    "choices.logprobs.content.bytes": "list of number",
    "choices.logprobs.content.top_logprobs": "list of object",
    "choices.message.function_call": "list of object",
    "choices.message.tool_calls": "list of object",
    "choices.message.tool_calls.function": "list of object",
    "choices.message.tool_calls.custom": "list of object",
    "choices.message.annotations": "list of object",
    "choices.message.annotations.url_citation": "object",
    "choices.message.audio": "object",
    usage: "object",
    prompt_tokens_details: "object",
    completion_tokens_details: "object",
    metadata: "map of string",
    seed: "number",
    created: "number",
    tools_json: "string",
    response_json: "string",
    timeouts: "object",
  };
  for (const [path, kind] of Object.entries(expected)) assert.equal(kinds.get(path), kind, path);
});

function kindText(kind: Kind): string {
  return kind.kind === "list" || kind.kind === "set" || kind.kind === "map"
    ? `${kind.kind} of ${kindText(kind.element)}`
    : kind.kind;
}

test("every attribute is described in whole sentences", () => {
  const all = [...attributes(provider.schema.attributes), ...attributes(chatCompletion().schema.attributes)];
  for (const [path, { description }] of all) assert.match(description, /^[A-Z`].+\.$/s, path);
});

test("on the wire the flags are as declared", () => {
  const wire = toSchema(chatCompletion().schema).block?.attributes ?? [];
  const flags = new Map(wire.map((one) => [one?.name, one]));
  assert.equal(wire.length, Object.keys(chatCompletion().schema.attributes).length);
  // Required by the provider itself, which sees a configuration without it and can point to the resource.
  assert.equal(flags.get("completion_id")?.required, false);
  assert.equal(flags.get("completion_id")?.optional, true);
  assert.equal(flags.get("wait_timeout")?.required, false);
  assert.equal(flags.get("api_key")?.sensitive, true);
  assert.equal(flags.get("api_key")?.optional, true);
  assert.equal(flags.get("choices")?.computed, true);
  assert.ok(!flags.get("choices")?.sensitive);
});

function crossChecked(given: Parameters<typeof configuration>[1]): string[] {
  const diagnostics = new Diagnostics();
  const { schema } = chatCompletion();
  const timeouts = { timeouts: null, ...given };
  chatCompletion().validate({ config: configuration(schema.attributes, timeouts), diagnostics });
  return texts(diagnostics);
}

test("a wait that is longer than the read may take is an error at validate, with both durations", () => {
  const [error, ...more] = crossChecked({ wait_timeout: "6m" });
  assert.match(error ?? "", /^wait_timeout: Invalid value.*"6m".*5 minutes.*timeouts = \{ read = "10m" \}/s);
  assert.deepEqual(more, []);
  assert.equal(crossChecked({ wait_timeout: "31", timeouts: { read: "30s" } }).length, 1);
});

test("a wait that fits, that is left out, or that is not known yet is none", () => {
  for (const given of [
    {},
    { wait_timeout: "5m" },
    { wait_timeout: "0" },
    { wait_timeout: "9m", timeouts: { read: "10m" } },
    { wait_timeout: "30", timeouts: { read: "30s" } },
    { wait_timeout: "1m", timeouts: { read: null } },
    { wait_timeout: UNKNOWN },
    { wait_timeout: "6m", timeouts: UNKNOWN },
    { wait_timeout: "6m", timeouts: { read: UNKNOWN } },
  ]) {
    assert.deepEqual(crossChecked(given), []);
  }
});

test("an argument that stays as it is where it is left out says so", () => {
  for (const { declaration: of } of apiObjects) {
    for (const [name, { mode, description }] of Object.entries(of.attributes)) {
      if (mode !== "optional_computed" || !of.resource?.update?.includes(name)) continue;
      assert.match(description, /\b[Ll]eft out\b/, `${of.name}.${name}`);
    }
  }
});

test("fractions are accepted where the API takes them, and nowhere else", () => {
  const { dataSources, resources, actions } = provider;
  const accepting = [...dataSources.values(), ...resources.values(), ...actions.values()]
    .flatMap(({ schema }) => attributes(schema.attributes))
    .filter(([, { kind, mode }]) => kind.kind === "number" && mode !== "computed")
    .filter(([, { validators }]) =>
      [0.5, 1.5].some((value) => validators.every((each) => each.validate(value) === undefined)),
    )
    .map(([path]) => path.split(".").at(-1) ?? "");
  assert.deepEqual([...new Set(accepting)].sort(), [
    "frequency_penalty",
    "presence_penalty",
    "score_threshold",
    "temperature",
    "top_p",
  ]);
});

test("a resource has a time for each operation that asks the API, and for no other", () => {
  for (const [name, expected] of [
    ["openai_vector_store", ["create", "read", "update", "delete"]],
    ["openai_response", ["create", "read", "update", "delete"]],
    ["openai_project_service_account", ["create", "read", "update", "delete"]],
    // An import alone takes it into state.
    ["openai_organization_user", ["read", "update", "delete"]],
    ["openai_project_api_key", ["read", "update", "delete"]],
    // A destroy leaves it as it is.
    ["openai_project_rate_limit", ["create", "read", "update"]],
    // Every change replaces it, or concerns state alone.
    ["openai_invite", ["create", "read", "delete"]],
    ["openai_batch", ["create", "read", "delete"]],
    // The API reads none.
    ["openai_voice", ["create", "delete"]],
  ] as const) {
    const { timeouts } = provider.resources.get(name)?.schema.attributes ?? {};
    assert.deepEqual(timeouts && Object.keys(nestedOf(timeouts.kind)), expected, name);
  }
});
