import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  createLogger,
  Diagnostics,
  nested,
  object,
  PrivateState,
  string,
} from "../../../src/framework/index.ts";
import { settingsOf } from "../../../src/provider/configure.ts";
import { dataSource, ephemeralResource, resource } from "../../../src/provider/define.ts";
import { OpenAIProvider } from "../../../src/provider/openai-provider.ts";
import { providerConfig } from "./support.ts";

const description = "It is described.";
const time = string({ optional: true, description });
const timeouts = object(nested({ read: time, open: time }), { optional: true, description });
const base = { name: "openai_test", description, attributes: { timeouts } };
const nothing = async ({ diagnostics }: { diagnostics: Diagnostics }) => diagnostics;

/** The limit that an object gives a call with these `timeouts`. */
async function limitOf(operation: "read" | "open" | "refresh", given: unknown) {
  const limits: [number, string, string][] = [];
  const call = {
    provider: new OpenAIProvider(settingsOf(providerConfig({}), "1.11.4", {})),
    diagnostics: new Diagnostics(),
    signal: new AbortController().signal,
    log: createLogger("off", () => {}),
    private: PrivateState.empty(),
    renewAt() {},
    limit: (ms: number, { summary, detail }: { summary: string; detail: string }) =>
      void limits.push([ms, summary, detail]),
  };
  const values = { timeouts: given };
  if (operation === "read") await dataSource({ ...base, read: nothing }).read({ ...call, config: values });
  else if (operation === "open")
    await ephemeralResource({ ...base, open: nothing }).open({ ...call, config: values });
  else {
    const deleted = async () => {};
    await resource({ ...base, create: nothing, read: nothing, update: nothing, delete: deleted }).read({
      ...call,
      state: values,
    });
  }
  const [limit, ...more] = limits;
  assert.ok(limit);
  assert.deepEqual(more, []);
  return limit;
}

describe("what timeouts say is the time of all of a call", () => {
  for (const operation of ["read", "open", "refresh"] as const) {
    const name = operation === "open" ? "open" : "read";
    it(operation, async () => {
      assert.equal((await limitOf(operation, null))[0], 300_000);
      assert.equal((await limitOf(operation, { read: null, open: null }))[0], 300_000);
      const [ms, summary, detail] = await limitOf(operation, { read: "9h", open: "9h", [name]: "90s" });
      assert.equal(ms, 90_000);
      assert.equal(
        summary,
        operation === "open" ? "Opening not finished in time" : "Read not finished in time",
      );
      assert.match(
        detail,
        new RegExp(`may take, 90s\\.\n\nGive the \\w+ more time \\(timeouts = \\{ ${name} = "15m" \\}\\)`),
      );
    });
  }
});
