import assert from "node:assert/strict";
import { test } from "node:test";
import { UNKNOWN } from "../../../src/cty/index.ts";
import { requiresReplace, string, useStateForUnknown } from "../../../src/framework/index.ts";
import { ProviderService } from "../../../src/tfplugin6/messages.gen.ts";
import { widget, widgetOf } from "../../support/fake-resource.ts";
import { reported, serveResource } from "../../support/resource-client.ts";

const prior_private = Buffer.from('{"k":"v"}');
const description = "It is described.";

test("a creation is planned from the configuration, its computed values unknown", async (context) => {
  const { client, type_name, encode, decode } = await serveResource(context, widget());
  const response = await client.unary(ProviderService.PlanResourceChange, {
    type_name,
    prior_state: encode(null),
    proposed_new_state: encode({ name: "x" }),
    config: encode({ name: "x" }),
  });
  assert.deepEqual(decode(response.planned_state), { name: "x", note: null, id: UNKNOWN });
  assert.deepEqual(response.requires_replace, []);
  assert.deepEqual(response.diagnostics, []);
  assert.equal(response.legacy_type_system, false);
  assert.equal(response.planned_private.length, 0);
  assert.equal(response.deferred, undefined);
});

test("without a change the plan is the state as it came, byte for byte", async (context) => {
  const { client, type_name, encode } = await serveResource(context, widget());
  const state = encode({ name: "x", note: "n", id: "i" });
  const response = await client.unary(ProviderService.PlanResourceChange, {
    type_name,
    prior_state: state,
    proposed_new_state: state,
    config: encode({ name: "x", note: "n" }),
    prior_private,
  });
  assert.deepEqual(response.planned_state?.msgpack, state.msgpack);
  assert.deepEqual(response.planned_private, prior_private);
});

test("a replacement names paths of the schema, and what is private goes on to the second plan", async (context) => {
  const declared = widgetOf({
    model: string({ required: true, plan: [requiresReplace()], description }),
    note: string({ optional: true, plan: [requiresReplace()], description }),
    id: string({ computed: true, plan: [useStateForUnknown()], description }),
  });
  const { client, type_name, encode, decode } = await serveResource(context, declared);
  const config = encode({ model: "b" });
  const first = await client.unary(ProviderService.PlanResourceChange, {
    type_name,
    prior_state: encode({ model: "a", note: "n", id: "i" }),
    proposed_new_state: encode({ model: "b", id: "i" }),
    config,
    prior_private,
  });
  assert.deepEqual(
    first.requires_replace.map(({ steps }) => steps.map((step) => step.attribute_name)),
    [["model"], ["note"]],
  );
  assert.deepEqual(decode(first.planned_state), { model: "b", note: null, id: "i" });
  const second = await client.unary(ProviderService.PlanResourceChange, {
    type_name,
    prior_state: encode(null),
    proposed_new_state: encode({ model: "b" }),
    config,
    prior_private: first.planned_private,
  });
  assert.deepEqual(second.requires_replace, []);
  assert.deepEqual(decode(second.planned_state), { model: "b", note: null, id: UNKNOWN });
  // Terraform deletes the old object with what this plan returns.
  assert.deepEqual(second.planned_private, prior_private);
});

test("a destruction is planned as null, should a client ask for it", async (context) => {
  const { client, type_name, encode, decode } = await serveResource(context, widget());
  const response = await client.unary(ProviderService.PlanResourceChange, {
    type_name,
    prior_state: encode({ name: "x", id: "i" }),
    proposed_new_state: encode(null),
    config: encode(null),
    prior_private,
  });
  assert.equal(decode(response.planned_state), null);
  assert.deepEqual(response.planned_private, prior_private);
  assert.deepEqual(response.diagnostics, []);
});

test("what a resource has to say to its destruction goes with the plan, and an error or an exception fails it", async (context) => {
  const declared = widget({
    planDestroy({ state, diagnostics }) {
      if (state.name === "odd") throw new TypeError("x is not a function");
      if (state.name === "kept") diagnostics.addError("Protected", "It is protected.");
      else diagnostics.addWarning("Archived", `${state.name} is archived.`);
    },
  });
  const { client, type_name, encode, decode } = await serveResource(context, declared);
  const metadata = await client.unary(ProviderService.GetMetadata, {});
  assert.equal(metadata.server_capabilities?.plan_destroy, true);
  for (const [name, said] of [
    ["x", "warning : Archived: x is archived."],
    ["kept", "error : Protected: It is protected."],
    ["odd", "error : The provider failed unexpectedly: x is not a function."],
  ] as const) {
    const response = await client.unary(ProviderService.PlanResourceChange, {
      type_name,
      prior_state: encode({ name, id: "i" }),
      proposed_new_state: encode(null),
      config: encode(null),
    });
    assert.equal(decode(response.planned_state), null);
    assert.equal(reported(response.diagnostics).length, 1);
    assert.match(reported(response.diagnostics)[0] ?? "", new RegExp(said.split(":").at(-1) ?? ""));
    assert.equal(reported(response.diagnostics)[0]?.split(" ")[0], said.split(" ")[0]);
  }
});

test("an exception while planning is a diagnostic, without a plan", async (context) => {
  const note = string({
    optional: true,
    description,
    equivalent: () => {
      throw new TypeError("x is not a function");
    },
  });
  const { client, type_name, encode } = await serveResource(context, widgetOf({ note }));
  const response = await client.unary(ProviderService.PlanResourceChange, {
    type_name,
    prior_state: encode({ note: "a" }),
    proposed_new_state: encode({ note: "b" }),
    config: encode({ note: "b" }),
  });
  assert.equal(response.planned_state, undefined);
  assert.deepEqual(reported(response.diagnostics), [
    "error : The provider failed unexpectedly: x is not a function.",
  ]);
});

test("bytes that are no such object are a diagnostic", async (context) => {
  const { client, type_name } = await serveResource(context, widget());
  for (const method of [ProviderService.PlanResourceChange, ProviderService.ApplyResourceChange]) {
    const cut = { msgpack: Buffer.from([0x83, 0xa4]) };
    const request = { type_name, proposed_new_state: cut, planned_state: cut };
    const { diagnostics } =
      method === ProviderService.PlanResourceChange
        ? await client.unary(ProviderService.PlanResourceChange, { type_name, proposed_new_state: cut })
        : await client.unary(ProviderService.ApplyResourceChange, {
            type_name,
            planned_state: request.planned_state,
          });
    assert.equal(diagnostics.length, 1);
    assert.match(diagnostics[0]?.detail ?? "", /^A value does not fit its schema/);
  }
});

test("what a host kept of the first plan, and sends with the second, changes nothing of what is private", async (context) => {
  const { client, type_name, encode } = await serveResource(context, widget());
  const state = encode({ name: "x", note: "n", id: "i" });
  const request = {
    type_name,
    prior_state: state,
    proposed_new_state: encode({ name: "x", note: "m", id: "i" }),
    config: encode({ name: "x", note: "m" }),
    prior_private,
    client_capabilities: { store_planned_private: true },
  };
  const first = await client.unary(ProviderService.PlanResourceChange, request);
  assert.deepEqual(first.planned_private, prior_private);
  for (const planned_private of [
    first.planned_private,
    Buffer.from("no JSON"),
    Buffer.from('{"other":"x"}'),
  ]) {
    const second = await client.unary(ProviderService.PlanResourceChange, { ...request, planned_private });
    assert.deepEqual(second, first);
  }
});
