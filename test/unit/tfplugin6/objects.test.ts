import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import {
  ephemeralResource,
  nullableParameter,
  parameter,
  providerFunction,
  string,
  types,
} from "../../../src/framework/index.ts";
import { ProviderService, StringKind } from "../../../src/tfplugin6/messages.gen.ts";
import { type FakeData, fakeProvider } from "../../support/fake-provider.ts";
import { widget, widgetOf } from "../../support/fake-resource.ts";
import { serve } from "../../support/provider-client.ts";
import { reported } from "../../support/resource-client.ts";

const description = "It is described.";
const secret = string({ optional: true, writeOnly: true, description });

function client(context: TestContext) {
  const declared = fakeProvider({
    resources: [widgetOf({ secret }, { version: 2 })],
    ephemeralResources: [
      ephemeralResource<FakeData>()({
        name: "fake_token",
        description,
        attributes: { token: string({ computed: true, description }) },
        open: async () => ({ token: "t" }),
      }),
    ],
    functions: [
      providerFunction({
        name: "join",
        summary: "Joins words.",
        description: "Joins **words**.",
        parameters: [
          parameter("words", { kind: "list", element: types.string }, "The words."),
          nullableParameter("between", types.string, "What stands between them."),
        ],
        returns: types.string,
        call: (words, between) => words.join(between ?? ""),
      }),
    ],
  });
  return serve(context, declared);
}

test("the schema lists resources, ephemeral resources and functions", async (context) => {
  const schema = await (await client(context)).unary(ProviderService.GetProviderSchema, {});
  assert.deepEqual(schema.diagnostics, []);
  const resource = schema.resource_schemas.get("fake_widget");
  assert.equal(resource?.version, 2);
  assert.deepEqual(
    resource?.block?.attributes.map(({ name, write_only, optional }) => [name, write_only, optional]),
    [["secret", true, true]],
  );
  assert.deepEqual(
    schema.ephemeral_resource_schemas.get("fake_token")?.block?.attributes.map(({ name }) => name),
    ["token"],
  );
  assert.deepEqual([...schema.functions.keys()], ["join"]);
  assert.deepEqual([...schema.data_source_schemas.keys()], ["fake_thing"]);
  assert.equal(
    schema.list_resource_schemas.size + schema.action_schemas.size + schema.state_store_schemas.size,
    0,
  );
});

test("a function has a signature with types, nulls and a result", async (context) => {
  const served = await client(context);
  const { functions } = await served.unary(ProviderService.GetProviderSchema, {});
  const join = functions.get("join");
  assert.equal(join?.summary, "Joins words.");
  assert.equal(join?.description, "Joins **words**.");
  assert.equal(join?.description_kind, StringKind.MARKDOWN);
  assert.deepEqual(
    join?.parameters.map((p) => [
      p.name,
      p.type.toString(),
      p.allow_null_value,
      p.allow_unknown_values,
      p.description,
    ]),
    [
      ["words", '["list","string"]', false, false, "The words."],
      ["between", '"string"', true, false, "What stands between them."],
    ],
  );
  assert.equal(join?.variadic_parameter, undefined);
  assert.equal(join?.return?.type.toString(), '"string"');
  assert.deepEqual((await served.unary(ProviderService.GetFunctions, {})).functions, functions);
});

test("the metadata names them all, and says what Terraform need not ask", async (context) => {
  const metadata = await (await client(context)).unary(ProviderService.GetMetadata, {});
  assert.deepEqual(
    [
      metadata.resources.map((each) => each.type_name),
      metadata.ephemeral_resources.map((each) => each.type_name),
      metadata.functions.map((each) => each.name),
      metadata.data_sources.map((each) => each.type_name),
    ],
    [["fake_widget"], ["fake_token"], ["join"], ["fake_thing"]],
  );
  const { plan_destroy, move_resource_state, generate_resource_config, get_provider_schema_optional } =
    metadata.server_capabilities ?? {};
  assert.deepEqual(
    [plan_destroy, move_resource_state, generate_resource_config, get_provider_schema_optional],
    [false, false, true, true],
  );
});

test("a type that there is none of is reported with those there are", async (context) => {
  const served = await client(context);
  const type_name = "fake_nothing";
  const [resource, ephemeral] = [
    'error : This provider has no resource "fake_nothing". It has: fake_widget.',
    'error : This provider has no ephemeral resource "fake_nothing". It has: fake_token.',
  ];
  for (const [answer, expected] of [
    [served.unary(ProviderService.ValidateResourceConfig, { type_name }), resource],
    [served.unary(ProviderService.UpgradeResourceState, { type_name }), resource],
    [served.unary(ProviderService.ReadResource, { type_name }), resource],
    [served.unary(ProviderService.PlanResourceChange, { type_name }), resource],
    [served.unary(ProviderService.ApplyResourceChange, { type_name }), resource],
    [served.unary(ProviderService.ImportResourceState, { type_name }), resource],
    [served.unary(ProviderService.GenerateResourceConfig, { type_name }), resource],
    [served.unary(ProviderService.MoveResourceState, { target_type_name: type_name }), resource],
    [served.unary(ProviderService.ValidateEphemeralResourceConfig, { type_name }), ephemeral],
    [served.unary(ProviderService.OpenEphemeralResource, { type_name }), ephemeral],
    [served.unary(ProviderService.RenewEphemeralResource, { type_name }), ephemeral],
    [served.unary(ProviderService.CloseEphemeralResource, { type_name }), ephemeral],
  ] as const) {
    assert.deepEqual(reported((await answer).diagnostics), [expected]);
  }
});

test("a move from another type is refused with what to do", async (context) => {
  const { diagnostics, target_state } = await (await client(context)).unary(
    ProviderService.MoveResourceState,
    {
      source_type_name: "other_widget",
      target_type_name: "fake_widget",
    },
  );
  assert.equal(target_state, undefined);
  assert.equal(diagnostics[0]?.summary, "Resource cannot be moved");
  assert.deepEqual(reported(diagnostics), [
    "error : A fake_widget cannot be made of the state of another type of resource, here other_widget. Remove the " +
      "moved block; import the object where it exists already.",
  ]);
});

test("names that are declared twice, or begin with another provider's name, are refused", () => {
  const again = providerFunction({
    name: "join",
    summary: "x",
    description: "x",
    parameters: [],
    returns: types.string,
    call: () => null,
  });
  assert.throws(() => fakeProvider({ functions: [again, again] }), /The function join is declared twice/);
  assert.throws(
    () => fakeProvider({ resources: [widget(), widget()] }),
    /resource fake_widget is declared twice/,
  );
  const other = { ...widget(), name: "other_widget" };
  assert.throws(() => fakeProvider({ resources: [other] }), /other_widget does not begin with fake_/);
});
