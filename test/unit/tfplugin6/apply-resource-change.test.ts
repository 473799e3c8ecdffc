import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { UNKNOWN } from "../../../src/cty/index.ts";
import type { Resource } from "../../../src/framework/index.ts";
import { ProviderService } from "../../../src/tfplugin6/messages.gen.ts";
import type { FakeData } from "../../support/fake-provider.ts";
import { providerOf, widget } from "../../support/fake-resource.ts";
import { serve } from "../../support/provider-client.ts";
import { type ResourceClient, reported, serveResource } from "../../support/resource-client.ts";

const config = { name: "x" };
const whole = { name: "x", note: null, id: "i" };
const kept = Buffer.from('{"k":"v"}');

function create({ client, type_name, encode }: ResourceClient, signal?: AbortSignal) {
  return client.unary(
    ProviderService.ApplyResourceChange,
    {
      type_name,
      prior_state: encode(null),
      planned_state: encode({ name: "x", id: UNKNOWN }),
      config: encode(config),
    },
    signal,
  );
}

function update({ client, type_name, encode }: ResourceClient) {
  return client.unary(ProviderService.ApplyResourceChange, {
    type_name,
    prior_state: encode(whole),
    planned_state: encode({ ...whole, note: "n" }),
    config: encode({ name: "x", note: "n" }),
    planned_private: kept,
  });
}

function remove({ client, type_name, encode }: ResourceClient) {
  return client.unary(ProviderService.ApplyResourceChange, {
    type_name,
    prior_state: encode(whole),
    planned_state: encode(null),
    config: encode(null),
    planned_private: kept,
  });
}

test("a creation answers with the state and what is private", async (context) => {
  const declared = widget({
    create: async ({ plan, private: own }) => {
      own.set("made", "now");
      return { ...plan, id: "i" };
    },
  });
  const served = await serveResource(context, declared);
  const response = await create(served);
  assert.deepEqual(served.decode(response.new_state), whole);
  assert.deepEqual(JSON.parse(response.private.toString()), { made: "now", ".applied": "true" });
  assert.deepEqual(response.diagnostics, []);
  assert.equal(response.legacy_type_system, false);
});

test("an update gets what was private, and a deletion answers with null", async (context) => {
  const seen: (string | undefined)[] = [];
  const declared = widget({
    update: async ({ plan, private: own }) => {
      seen.push(own.get("k"));
      return { ...plan, id: "i" };
    },
    delete: async ({ private: own }) => {
      seen.push(own.get("k"));
    },
  });
  const served = await serveResource(context, declared);
  const updated = await update(served);
  assert.deepEqual(served.decode(updated.new_state), { ...whole, note: "n" });
  assert.deepEqual(JSON.parse(updated.private.toString()), { k: "v", ".applied": "true" });
  const deleted = await remove(served);
  assert.equal(served.decode(deleted.new_state), null);
  assert.deepEqual(deleted.diagnostics, []);
  assert.deepEqual(seen, ["v", "v"]);
});

test("an exception after a state was saved does not lose it, and shows no stack", async (context) => {
  const declared = widget({
    create: async ({ save }) => {
      save(whole);
      throw new TypeError("x is not a function");
    },
  });
  const served = await serveResource(context, declared);
  const response = await create(served);
  assert.deepEqual(served.decode(response.new_state), whole);
  assert.deepEqual(reported(response.diagnostics), [
    "error : The provider failed unexpectedly: x is not a function.",
  ]);
  assert.doesNotMatch(response.diagnostics[0]?.detail ?? "", /\n +at /);
  const logged = served.client.log.find((line) => line["@message"] === "Stack of the unexpected exception");
  assert.match(String(logged?.stack), /^TypeError: x is not a function\n +at /);
  assert.equal(logged?.tf_resource_type, "fake_widget");
});

test("an exception in an update or a deletion answers with the state before and what was private", async (context) => {
  const fail = () => Promise.reject(new Error("no"));
  const served = await serveResource(context, widget({ update: fail, delete: fail }));
  for (const response of [await update(served), await remove(served)]) {
    assert.deepEqual(served.decode(response.new_state), whole);
    assert.deepEqual(response.private, kept);
    assert.deepEqual(reported(response.diagnostics), ["error : The provider failed unexpectedly: no."]);
  }
});

test("an apply before Configure answers with the state before", async (context) => {
  const { type_name, encode } = await serveResource(context, widget());
  const fresh = await serve(context, providerOf(widget()));
  const state = encode(whole);
  const response = await fresh.unary(ProviderService.ApplyResourceChange, {
    type_name,
    prior_state: state,
    planned_state: encode(null),
    config: encode(null),
    planned_private: kept,
  });
  assert.deepEqual(response.new_state?.msgpack, state.msgpack);
  assert.deepEqual(response.private, kept);
  assert.match(response.diagnostics[0]?.detail ?? "", /before it configured the provider/);
});

/** A resource that saves its state and then waits until it is stopped; `polite` ends with a state then. */
function waiting(polite: boolean): {
  readonly declared: Resource<FakeData>;
  readonly started: Promise<AbortSignal>;
} {
  let begin: (signal: AbortSignal) => void = () => {};
  const started = new Promise<AbortSignal>((resolve) => {
    begin = resolve;
  });
  const declared = widget({
    create: async ({ save, signal, plan, diagnostics }) => {
      save(whole);
      begin(signal);
      if (!signal.aborted) await once(signal, "abort");
      if (!polite) signal.throwIfAborted();
      diagnostics.addWarning("Not waited for", "It may not be visible yet.");
      return { ...plan, id: "i" };
    },
  });
  return { declared, started };
}

test("StopProvider during an apply ends it; what was saved is kept and no bug is spoken of", async (context) => {
  const { declared, started } = waiting(false);
  const served = await serveResource(context, declared);
  const creation = create(served);
  await started;
  await served.client.unary(ProviderService.StopProvider, {});
  const response = await creation;
  assert.deepEqual(served.decode(response.new_state), whole);
  assert.deepEqual(
    response.diagnostics.map(({ severity, summary }) => [severity, summary]),
    [[1, "Operation cancelled"]],
  );
});

test("an author may end a stopped apply with a state and a warning", async (context) => {
  const { declared, started } = waiting(true);
  const served = await serveResource(context, declared);
  const creation = create(served);
  await started;
  await served.client.unary(ProviderService.StopProvider, {});
  const response = await creation;
  assert.deepEqual(served.decode(response.new_state), whole);
  assert.deepEqual(reported(response.diagnostics), ["warning : It may not be visible yet."]);
});

test("a call that Terraform cancels aborts its own apply", async (context) => {
  const { declared, started } = waiting(true);
  const served = await serveResource(context, declared);
  const cancel = new AbortController();
  const creation = create(served, cancel.signal);
  const signal = await started;
  const aborted = signal.aborted ? Promise.resolve() : once(signal, "abort");
  cancel.abort();
  await assert.rejects(creation, { code: 1 });
  await aborted;
  assert.equal(signal.aborted, true);
});
