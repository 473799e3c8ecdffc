import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { atOnce, type Pieces } from "../../../src/cty/index.ts";
import {
  type Diagnostic,
  ephemeralResource,
  list,
  map,
  nested,
  PrivateState,
  string,
  types,
} from "../../../src/framework/index.ts";
import { checkImportedState, checkResourceState } from "../../../src/framework/server/applied-state.ts";
import {
  applyResourceChange,
  importResource,
  openEphemeralResource,
  planResourceChange,
  readDataSource,
  readResource,
  Stop,
} from "../../../src/framework/server/index.ts";
import { checkState } from "../../../src/framework/server/state.ts";
import { encodeObject } from "../../../src/tfplugin6/dynamic-value.ts";
import {
  configuration,
  configuredServer,
  fakeProvider,
  silent,
  thingOf,
} from "../../support/fake-provider.ts";
import { providerOf, widgetOf } from "../../support/fake-resource.ts";
import { assertLinear, turnsOf } from "../../support/work.ts";

const description = "It is described.";
const row = nested({
  name: string({ computed: true, description }),
  tags: map(types.string, { computed: true, description }),
});
const attributes = {
  name: string({ optional: true, description }),
  rows: list(row, { computed: true, description }),
};
const stateOf = (size: number) => ({
  name: "x",
  rows: Array.from({ length: size }, (_, i) => ({ name: `row ${i}`, tags: new Map([["k", `${i}`]]) })),
});
const config = configuration(attributes, { name: "x" });
const late: Diagnostic = { severity: "error", summary: "Too late", detail: "It took too long." };

/** So much that checking it takes many turns of the event loop. */
const long = 50_000;

interface Limited {
  limit(ms: number, exceeded: Diagnostic): void;
}

/** What of a call ends it once the author has returned: Ctrl-C, or the time that the author gives it. */
interface Ending {
  readonly signal: AbortSignal;
  readonly returned: (request: Limited | object) => void;
}
const endings: Readonly<Record<string, () => Ending & { readonly summary: string }>> = {
  "is cancelled": () => {
    const controller = new AbortController();
    const returned = () => void setImmediate(() => controller.abort());
    return { signal: controller.signal, returned, summary: "Operation cancelled" };
  },
  "takes too long": () => ({
    signal: new AbortController().signal,
    returned: (request) => ("limit" in request ? request.limit(0.1, late) : undefined),
    summary: late.summary,
  }),
};

const resource = (size: number, returned: Ending["returned"] = () => {}) =>
  widgetOf(attributes, {
    create: async (request) => {
      returned(request);
      request.save(stateOf(size));
      return stateOf(size);
    },
    read: async (request) => {
      returned(request);
      return stateOf(size);
    },
    import: async (request) => {
      returned(request);
      return stateOf(size);
    },
  });

const operations = {
  async read({ signal, returned }: Ending, size: number) {
    const source = thingOf(attributes, {
      read: async (request) => {
        returned(request);
        return stateOf(size);
      },
    });
    const server = configuredServer(fakeProvider({ dataSources: [source] }));
    return readDataSource(server, source, config, { signal, log: silent });
  },
  async "ephemeral opening"({ signal, returned }: Ending, size: number) {
    const opened = ephemeralResource<unknown>()({
      name: "fake_thing",
      description,
      attributes,
      open: async (request) => {
        returned(request);
        return stateOf(size);
      },
    });
    const response = await openEphemeralResource(configuredServer(), opened, config, { signal, log: silent });
    return { ...response, diagnostics: response.diagnostics };
  },
  async refresh({ signal, returned }: Ending, size: number) {
    const declared = resource(size, returned);
    const server = configuredServer(providerOf(declared));
    const before = configuration(attributes, { name: "before" });
    const response = await readResource(server, declared, before, PrivateState.empty(), {
      signal,
      log: silent,
    });
    if (response.diagnostics.hasError) assert.equal(response.state, before);
    return response;
  },
};

describe("a long state is checked in pieces", () => {
  const { schema } = resource(0);
  const checks: Readonly<Record<string, (size: number) => Pieces<unknown>>> = {
    "after a read": (size) => checkState(stateOf(size), schema, config),
    "after a refresh": (size) => checkResourceState(stateOf(size), schema, null),
    "after an apply": (size) => checkResourceState(stateOf(size), schema, config),
    "after an import": (size) => checkImportedState(stateOf(size), schema),
  };
  for (const [name, check] of Object.entries(checks)) {
    test(name, async () => {
      let pieces = 0;
      for (const work = check(6_400); !work.next().done; ) pieces += 1;
      assert.ok(pieces >= 200, `${pieces} pieces`);
      await assertLinear(1_000, 1_000_000, (size) => atOnce(check(size)));
    });
  }
});

describe("a long result ends where its call", () => {
  for (const [name, operation] of Object.entries(operations)) {
    for (const [how, ending] of Object.entries(endings)) {
      test(`${how}: ${name}`, async () => {
        const { summary, ...rest } = ending();
        const { diagnostics } = await operation(rest, long);
        assert.deepEqual(
          [...diagnostics].map((each) => each.summary),
          [summary],
        );
      });
    }
    test(`but not one of a few values: ${name}`, async () => {
      for (const ending of Object.values(endings)) {
        const { state, diagnostics } = await operation(ending(), 2);
        assert.deepEqual([...diagnostics], []);
        assert.equal(state?.name, "x");
      }
    });
  }

  test("is cancelled: an import", async () => {
    const declared = resource(long, () => setImmediate(() => controller.abort()));
    const controller = new AbortController();
    const context = { signal: controller.signal, log: silent };
    const { state, diagnostics } = await importResource(
      configuredServer(providerOf(declared)),
      declared,
      "x",
      context,
    );
    assert.equal(state, null);
    assert.deepEqual(
      [...diagnostics].map((each) => each.summary),
      ["Operation cancelled"],
    );
  });

  test("ends, while it is encoded", async () => {
    const { schema } = resource(0);
    const controller = new AbortController();
    setImmediate(() => controller.abort());
    await assert.rejects(encodeObject(stateOf(long), schema, new Stop(controller.signal)), {
      message: "Operation cancelled",
    });
    const stop = new Stop(new AbortController().signal);
    stop.limit(0.1, late);
    await assert.rejects(encodeObject(stateOf(long), schema, stop), { message: late.summary });
  });

  test("was made once and paid for: no, it is kept, whatever is cancelled", async () => {
    const controller = new AbortController();
    const declared = resource(long, () => setImmediate(() => controller.abort()));
    const server = configuredServer(providerOf(declared));
    const planned = configuration(attributes, { name: "x", rows: null });
    const request = {
      config,
      prior: null,
      planned: { ...planned, rows: stateOf(long).rows },
      private: PrivateState.empty(),
    };
    const context = { signal: controller.signal, log: silent };
    const { state, diagnostics } = await applyResourceChange(server, declared, request, context);
    assert.ok(controller.signal.aborted);
    assert.deepEqual([...diagnostics], []);
    assert.deepEqual(
      state?.rows,
      (await applyResourceChange(server, declared, request, context)).state?.rows,
    );
    assert.ok(Array.isArray(state?.rows) && state.rows.length === long);
  });
});

describe("a plan over a long state", () => {
  const declared = resource(0);
  const server = configuredServer(providerOf(declared));
  const plan = (size: number) => {
    // Each as it was decoded, so that none is the other.
    const [prior, proposed] = [stateOf(size), stateOf(size)].map((values) =>
      configuration(attributes, values),
    );
    assert.ok(prior && proposed);
    const request = { config, prior, proposed, private: PrivateState.empty() };
    return planResourceChange(server, declared, request, {
      signal: new AbortController().signal,
      log: silent,
    });
  };

  test("is linear work, and walks what is computed for one comparison only", () =>
    assertLinear(1_000, 70_000, (size) => plan(size)));

  test("lets others have their turn", async () => {
    const turns = await turnsOf(async () => {
      const { planned } = await plan(long);
      assert.ok(Array.isArray(planned.rows));
    });
    assert.ok(turns >= 3, `${turns} turns`);
  });

  test("finds what changed at its end", async () => {
    const prior = configuration(attributes, stateOf(1_000));
    const rows = [...stateOf(1_000).rows.slice(0, -1), { name: "other", tags: new Map<string, string>() }];
    const proposed = configuration(attributes, { name: "x", rows });
    const request = { config, prior, proposed, private: PrivateState.empty() };
    const context = { signal: new AbortController().signal, log: silent };
    const { planned } = await planResourceChange(server, declared, request, context);
    assert.notEqual(planned, prior);
  });
});
