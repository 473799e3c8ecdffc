import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { TestContext } from "node:test";
import { type ObjectValue, objectValue, type Type, type Value } from "../../src/cty/index.ts";
import {
  type Arguments,
  BuiltProvider,
  decode,
  encode,
  type StartOptions,
} from "../process/support/built-provider.ts";
import { bytes, message, messages, text } from "../process/support/messages.ts";
import type { Message } from "../process/support/proto.ts";

/** What Terraform would get, and what it would keep. */
export interface Outcome {
  /** "ERROR title" or "WARNING title" each. */
  readonly titles: readonly string[];
  /** The texts below the titles. */
  readonly details: readonly string[];
  /** As sent; undefined where the response has none, null for the state of an object that is gone. */
  readonly state: Buffer | null | undefined;
}

/** An object in Terraform's state. */
export interface Kept {
  readonly id: string;
  readonly state: Buffer;
  readonly private: Buffer;
}

const TYPE = "openai_chat_completion";
/** A MessagePack null: what Terraform sends for an object that is not there. */
const NIL = { msgpack: Buffer.from([0xc0]) };

/** One process of the built provider, and Terraform's side of each operation. */
export class Session {
  readonly provider: BuiltProvider;

  private constructor(provider: BuiltProvider) {
    this.provider = provider;
  }

  static async start(t: Pick<TestContext, "after">, options: StartOptions = {}): Promise<Session> {
    return new Session(await BuiltProvider.start(t, options));
  }

  /** Configures anew; must be accepted. */
  async configure(config: Arguments): Promise<void> {
    assert.deepEqual(await this.provider.configure(config), []);
  }

  async read(type: string, config: Arguments): Promise<Outcome> {
    const schema = this.provider.schemas.dataSources.get(type);
    assert.ok(schema);
    return outcome(
      await this.provider.call("ReadDataSource", { type_name: type, config: encodeAll(config, schema) }),
      "state",
    );
  }

  async open(config: Arguments): Promise<Outcome> {
    const schema = this.provider.schemas.ephemeralResources.get(TYPE);
    assert.ok(schema);
    const request = { type_name: TYPE, config: encodeAll(config, schema) };
    return outcome(await this.provider.call("OpenEphemeralResource", request), "result");
  }

  /** Plans and applies a creation; `kept` is what Terraform has in state then. */
  async create(config: Arguments): Promise<Outcome & { readonly kept: Kept | undefined }> {
    const encoded = encodeAll(config, this.#resource);
    const planned = await this.#plan({ prior_state: NIL, proposed_new_state: encoded, config: encoded }, [
      "Creating this chat completion is paid for",
    ]);
    const response = await this.provider.call("ApplyResourceChange", {
      type_name: TYPE,
      prior_state: NIL,
      planned_state: planned.planned_state,
      planned_private: planned.planned_private,
      config: encoded,
    });
    const result = outcome(response, "new_state");
    if (!result.state) return { ...result, kept: undefined };
    const id = decode({ msgpack: result.state, json: Buffer.alloc(0) }, this.#resource).id;
    return {
      ...result,
      kept: { id: text(id), state: result.state, private: bytes(response.private) },
    };
  }

  async refresh({ state, private: own }: Kept): Promise<Outcome> {
    const request = { type_name: TYPE, current_state: { msgpack: state }, private: own };
    return outcome(await this.provider.call("ReadResource", request), "new_state");
  }

  /** Changes arguments of what is kept: those of `change`, on top of the configuration it was made with. */
  async update(kept: Kept, config: Arguments, change: Arguments): Promise<Outcome> {
    const prior = { msgpack: kept.state };
    const proposed = objectValue(Object.entries({ ...this.stateOf(kept.state), ...change }));
    const encoded = encodeAll({ ...config, ...change }, this.#resource);
    const planned = await this.#plan({
      prior_state: prior,
      proposed_new_state: encode(proposed, this.#resource),
      config: encoded,
      prior_private: kept.private,
    });
    assert.deepEqual(planned.requires_replace, [], "the change is an update");
    const request = {
      type_name: TYPE,
      prior_state: prior,
      planned_state: planned.planned_state,
      planned_private: planned.planned_private,
      config: encoded,
    };
    return outcome(await this.provider.call("ApplyResourceChange", request), "new_state");
  }

  async delete({ state, private: own }: Kept): Promise<Outcome> {
    const request = {
      type_name: TYPE,
      prior_state: { msgpack: state },
      planned_state: NIL,
      config: NIL,
      planned_private: own,
    };
    return outcome(await this.provider.call("ApplyResourceChange", request), "new_state");
  }

  async import(id: string): Promise<Outcome> {
    const response = await this.provider.call("ImportResourceState", { type_name: TYPE, id });
    const [imported] = messages(response.imported_resources);
    return outcome({ ...response, state: imported?.state ?? null }, "state");
  }

  stateOf(state: Buffer): Readonly<Record<string, Value>> {
    const value: ObjectValue = decode({ msgpack: state, json: Buffer.alloc(0) }, this.#resource);
    return value;
  }

  /** The most memory that the process ever had, in MiB; undefined where the system does not say. */
  peakMemory(): number | undefined {
    try {
      const status = readFileSync(`/proc/${this.provider.client.process.pid}/status`, "utf8");
      return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024);
    } catch {
      return undefined;
    }
  }

  get #resource() {
    const type = this.provider.schemas.resources.get(TYPE);
    assert.ok(type);
    return type;
  }

  async #plan(request: Message, expected: readonly string[] = []): Promise<Message> {
    const planned = await this.provider.call("PlanResourceChange", { type_name: TYPE, ...request });
    const titles = messages(planned.diagnostics).map(({ summary }) => summary);
    assert.deepEqual(titles, expected, "the plan has no other diagnostics");
    return planned;
  }
}

/** The same value with every attribute that is left out, which Terraform sends as null. */
function complete(value: Value, type: Type): Value {
  if (type.kind === "list" && Array.isArray(value)) {
    return value.map((each: Value) => complete(each, type.element));
  }
  if (type.kind !== "object" || !isObjectLike(value)) return value;
  return objectValue([...type.attributes].map(([name, each]) => [name, complete(value[name] ?? null, each)]));
}

function isObjectLike(value: Value): value is ObjectValue {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Map);
}

/** Arguments as Terraform sends them, nested ones too. */
function encodeAll(given: Arguments, type: Type): Message {
  const names = Object.keys(given);
  const whole = complete(objectValue(names.map((name) => [name, given[name] ?? null])), type);
  assert.ok(isObjectLike(whole));
  return encode(whole, type);
}

function outcome(response: Message, member: string): Outcome {
  const diagnostics = messages(response.diagnostics);
  const value = response[member];
  const packed = value === null || value === undefined ? undefined : bytes(message(value).msgpack);
  return {
    titles: diagnostics.map(({ severity, summary }) => `${text(severity)} ${text(summary)}`),
    details: diagnostics.map(({ detail }) => text(detail)),
    state: packed?.length === 1 && packed[0] === 0xc0 ? null : packed,
  };
}
