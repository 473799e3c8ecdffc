import assert from "node:assert/strict";
import {
  equals,
  isUnknown,
  isWhollyKnown,
  type ObjectValue,
  objectValue,
  type Value,
} from "../../src/cty/index.ts";
import {
  type Attributes,
  createLogger,
  type Diagnostics,
  identityIn,
  type Kind,
  PrivateState,
  type Provider,
} from "../../src/framework/index.ts";
import {
  applyResourceChange,
  type CallContext,
  configureProvider,
  generateResourceConfig,
  importResource,
  invokeAction,
  type ListEvent,
  listResource,
  moveResourceState,
  ProviderServer,
  planAction,
  planDestruction,
  planResourceChange,
  readDataSource,
  readResource,
  upgradeResourceState,
  validateBlock,
  validateDataSource,
  validateListResource,
  validateResource,
} from "../../src/framework/server/index.ts";
import type { Clock } from "../../src/openai/clock.ts";
import type { OpenAIProvider } from "../../src/provider/openai-provider.ts";
import { openai } from "../../src/provider/provider.ts";
import { appliedProblems, planProblems } from "./terraform-checks.ts";
import { proposedState } from "./terraform-proposal.ts";

/** Values by name, nested ones as plain objects; what is left out is null. */
export type Given = { readonly [name: string]: unknown };

/** An object in Terraform's state. */
export interface Kept {
  readonly config: Given;
  readonly state: ObjectValue;
  readonly private: PrivateState;
}

/** What an operation leaves, and what it says: "error: title" and "warning: title" with details below. */
export interface Outcome {
  readonly titles: string[];
  readonly details: string[];
  /** Attribute paths of the diagnostics, "" for none. */
  readonly paths: string[];
  /** Undefined where there is none; null for an object that is gone. */
  readonly kept: Kept | undefined | null;
}

/** The provider in this process, called as Terraform calls it, without gRPC. */
export class ProviderSession {
  readonly #server: ProviderServer<OpenAIProvider>;
  readonly #provider: Provider<OpenAIProvider>;
  readonly #stop = new AbortController();
  readonly #config: Given;
  readonly #env: NodeJS.ProcessEnv;
  readonly #configured: Promise<void>;

  constructor(config: Given, env: NodeJS.ProcessEnv = {}, clock?: Clock) {
    this.#config = config;
    this.#env = env;
    this.#provider = openai(env, new Set(), clock);
    this.#server = new ProviderServer(
      this.#provider,
      createLogger("off", () => {}),
    );
    const given = complete(config, this.#provider.schema.attributes);
    this.#configured = configureProvider(this.#server, given, "1.11.4", this.#context()).then((diagnostics) =>
      assert.deepEqual([...diagnostics], []),
    );
  }

  /** Another session, whose provider block differs in these arguments. */
  with(config: Given): ProviderSession {
    return new ProviderSession({ ...this.#config, ...config }, this.#env);
  }

  /** Cancels everything in flight and to come, as Ctrl-C does. */
  stop(): void {
    this.#stop.abort();
  }

  /** `writeOnly` is whether this Terraform has write-only arguments. */
  validate(type: string, config: Given, writeOnly = true): Outcome {
    const resource = this.#resource(type);
    const given = complete(config, resource.schema.attributes);
    return outcome(validateResource(resource, given, writeOnly), undefined);
  }

  validateRead(type: string, config: Given): Outcome {
    const source = this.#dataSource(type);
    return outcome(validateDataSource(source, complete(config, source.schema.attributes)), undefined);
  }

  /** `timeouts` of a resource, with a time for each operation that it has one for. */
  timeouts(type: string, time: string): Given {
    const kind = this.#resource(type).schema.attributes.timeouts?.kind;
    assert.ok(kind?.kind === "object");
    return Object.fromEntries(Object.keys(kind.attributes).map((operation) => [operation, time]));
  }

  /** Reads a data source; its state is in `kept`. */
  async read(type: string, config: Given): Promise<Outcome> {
    const source = this.#dataSource(type);
    const given = complete(config, source.schema.attributes);
    const invalid = validateDataSource(source, given);
    if (invalid.hasError) return outcome(invalid, undefined);
    await this.#configured;
    const { state, diagnostics } = await readDataSource(this.#server, source, given, this.#context());
    return outcome(diagnostics, state && { config, state, private: PrivateState.empty() });
  }

  /** Plans a creation, or a change of what is kept. */
  async plan(type: string, config: Given, kept: Kept | undefined = undefined) {
    const resource = this.#resource(type);
    const given = complete(config, resource.schema.attributes);
    const prior = kept?.state ?? null;
    const own = PrivateState.decode(kept?.private.encode() ?? Buffer.alloc(0));
    const request = {
      config: given,
      prior,
      proposed: proposedState(resource.schema.attributes, prior, given),
      private: own,
    };
    await this.#configured;
    const response = await planResourceChange(this.#server, resource, request, this.#context());
    const { attributes } = resource.schema;
    const problems = planProblems(attributes, { prior, config: given, planned: response.planned });
    if (!response.diagnostics.hasError) assert.deepEqual(problems, [], "Terraform accepts the plan");
    return {
      ...outcome(response.diagnostics, undefined),
      planned: response.planned,
      config: given,
      private: own,
      replaces: response.requiresReplace.map(String),
      empty: prior !== null && equals(response.planned, prior, resource.schema.type),
    };
  }

  /** Validates, plans and applies a creation. */
  async create(type: string, config: Given): Promise<Outcome> {
    const invalid = this.validate(type, config);
    if (invalid.titles.some(isError)) return invalid;
    const plan = await this.plan(type, config);
    if (plan.titles.some(isError)) return plan;
    return this.apply(type, { ...plan, prior: null, given: config });
  }

  /** Plans and applies a change in place. */
  async update(type: string, kept: Kept, config: Given): Promise<Outcome> {
    const plan = await this.plan(type, config, kept);
    assert.deepEqual(plan.replaces, [], "the change is an update");
    if (plan.titles.some(isError)) return plan;
    return this.apply(type, { ...plan, prior: kept.state, given: config });
  }

  async refresh(type: string, { config, state, private: own }: Kept): Promise<Outcome> {
    await this.#configured;
    const response = await readResource(this.#server, this.#resource(type), state, own, this.#context());
    return outcome(
      response.diagnostics,
      response.state && { config, state: response.state, private: response.private },
    );
  }

  /** Plans and applies a destruction; `kept` is null where it succeeded. */
  async delete(type: string, { config, state, private: own }: Kept): Promise<Outcome> {
    const nothing = objectValue([]);
    const request = { config: nothing, prior: state, planned: null, private: own };
    await this.#configured;
    const response = await applyResourceChange(this.#server, this.#resource(type), request, this.#context());
    return outcome(
      response.diagnostics,
      response.state && { config, state: response.state, private: response.private },
    );
  }

  /** Imports by an ID or by an identity, and reads once, as Terraform does. */
  async import(type: string, target: string | Given): Promise<Outcome> {
    const resource = this.#resource(type);
    const named = typeof target === "string" ? target : objectValue(Object.entries(target as ObjectValue));
    await this.#configured;
    const response = await importResource(this.#server, resource, named, this.#context());
    if (response.state === null) return outcome(response.diagnostics, undefined);
    const kept = { config: {}, state: response.state, private: response.private };
    const read = await this.refresh(type, kept);
    const said = outcome(response.diagnostics, undefined);
    return { ...read, titles: [...said.titles, ...read.titles], details: [...said.details, ...read.details] };
  }

  /** Takes the state of another provider's resource, as JSON has it, by a `moved` block, and reads once. */
  async move(type: string, provider: string, from: string, state: Given, version = 0): Promise<Outcome> {
    await this.#configured;
    const json = Buffer.from(JSON.stringify(state));
    const source = { provider, type: from, version, json };
    const response = await moveResourceState(this.#resource(type), source, this.#context());
    if (response.state === null) return outcome(response.diagnostics, undefined);
    return this.refresh(type, { config: {}, state: response.state, private: response.private });
  }

  /**
   * Takes a state that another schema wrote, as JSON has it, and reads once: after `terraform state replace-provider`
   * with what the other provider kept in private.
   */
  async upgrade(type: string, state: Given, version = 0, theirs = ""): Promise<Outcome> {
    await this.#configured;
    const stored = { version, json: Buffer.from(JSON.stringify(state)) };
    const response = await upgradeResourceState(this.#resource(type), stored, this.#context());
    if (response.state === null) return outcome(response.diagnostics, undefined);
    const own = PrivateState.decode(Buffer.from(theirs));
    return this.refresh(type, { config: {}, state: response.state, private: own });
  }

  /** A state as Terraform stores it, which this provider or another one of the same name wrote. */
  async stored(type: string, state: Given, config: Given): Promise<Kept> {
    const json = Buffer.from(JSON.stringify(state));
    const read = await upgradeResourceState(this.#resource(type), { version: 0, json }, this.#context());
    assert.deepEqual([...read.diagnostics], []);
    assert.ok(read.state);
    return { config, state: read.state, private: PrivateState.empty() };
  }

  /** Plans a destruction. */
  async planDestroy(type: string, kept: Kept): Promise<Outcome> {
    return outcome(await planDestruction(this.#resource(type), kept.state, this.#context()), kept);
  }

  /** The identity of an object in state, as the provider returns it with every state. */
  identity(type: string, state: ObjectValue): Given | null {
    const { identity } = this.#resource(type);
    assert.ok(identity, `${type} has an identity`);
    const found = identityIn(identity, state);
    return found === null ? null : { ...found };
  }

  /** The configuration that is written of an object in state: what is set, without nulls at its top. */
  generate(type: string, { state }: Kept): Given {
    const config = generateResourceConfig(this.#resource(type), state);
    return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null));
  }

  /** Validates a list, and reads as many objects as Terraform would. */
  async list(
    type: string,
    config: Given,
    { limit = 100, includeResource = false } = {},
  ): Promise<ListEvent[]> {
    const declared = await this.#server.provider.listResources.get(type);
    assert.ok(declared, `${type} can be listed`);
    const given = complete(config, declared.schema.attributes);
    const invalid = validateListResource(declared, given, limit);
    if (invalid.hasError) return [{ diagnostics: invalid }];
    const events: ListEvent[] = [];
    const request = { config: given, limit, includeResource };
    const resource = this.#resource(type);
    for await (const event of listResource(this.#server, declared, resource, request, this.#context())) {
      events.push(event);
    }
    return events;
  }

  /** Validates an action's configuration. */
  validateAction(type: string, config: Given): Outcome {
    const declared = this.#action(type);
    return outcome(validateBlock(declared, complete(config, declared.schema.attributes)), undefined);
  }

  /** What a plan says of an action. */
  async planAction(type: string, config: Given): Promise<Outcome> {
    const declared = this.#action(type);
    await this.#configured;
    const given = complete(config, declared.schema.attributes);
    return outcome(await planAction(this.#server, declared, given, this.#context()), undefined);
  }

  /** Invokes an action to its end. `shown` gets each progress message as it comes. */
  async invoke(
    type: string,
    config: Given,
    shown: (text: string) => void = () => {},
  ): Promise<Outcome & { readonly progress: readonly string[] }> {
    const declared = this.#action(type);
    await this.#configured;
    const given = complete(config, declared.schema.attributes);
    const progress: string[] = [];
    let ended: Diagnostics | undefined;
    for await (const event of invokeAction(this.#server, declared, given, this.#context())) {
      assert.equal(ended, undefined, "nothing comes after the end");
      if ("completed" in event) ended = event.completed;
      else {
        progress.push(event.progress);
        shown(event.progress);
      }
    }
    assert.ok(ended, "an action says that it has ended");
    return { ...outcome(ended, undefined), progress };
  }

  /** Applies a plan. */
  async apply(
    type: string,
    plan: {
      readonly planned: ObjectValue;
      readonly prior: ObjectValue | null;
      readonly config: ObjectValue;
      readonly private: PrivateState;
      readonly given: Given;
    },
  ): Promise<Outcome> {
    const resource = this.#resource(type);
    await this.#configured;
    const response = await applyResourceChange(this.#server, resource, plan, this.#context());
    if (response.state !== null) assert.ok(isWhollyKnown(response.state), "an applied state is wholly known");
    if (response.state !== null && !response.diagnostics.hasError) {
      const problems = appliedProblems(resource.schema.attributes, plan.planned, response.state);
      assert.deepEqual(problems, [], "Terraform accepts the result");
    }
    return outcome(
      response.diagnostics,
      response.state && { config: plan.given, state: response.state, private: response.private },
    );
  }

  #resource(type: string) {
    const resource = this.#provider.resources.get(type);
    assert.ok(resource, type);
    return resource;
  }

  #action(type: string) {
    const declared = this.#provider.actions.get(type);
    assert.ok(declared, type);
    return declared;
  }

  #dataSource(type: string) {
    const source = this.#provider.dataSources.get(type);
    assert.ok(source, type);
    return source;
  }

  #context(): CallContext {
    return { signal: this.#stop.signal, log: this.#server.log };
  }
}

export function isError(title: string): boolean {
  return title.startsWith("error");
}

function outcome(diagnostics: Diagnostics, kept: Outcome["kept"]): Outcome {
  const all = [...diagnostics];
  return {
    titles: all.map(({ severity, summary }) => `${severity}: ${summary}`),
    details: all.map(({ detail }) => detail),
    paths: all.map(({ path }) => String(path ?? "")),
    kept,
  };
}

/** The configuration as Terraform sends it: every attribute, at every depth. */
function complete(given: Given, attributes: Attributes): ObjectValue {
  for (const name of Object.keys(given)) assert.ok(Object.hasOwn(attributes, name), `no attribute ${name}`);
  const values = Object.entries(attributes).map(([name, { kind }]): [string, Value] => [
    name,
    completeKind(given[name] ?? null, kind),
  ]);
  return objectValue(values);
}

function completeKind(value: unknown, kind: Kind): Value {
  if (isUnknown(value)) return value;
  if (kind.kind === "object" && typeof value === "object" && value !== null) {
    return complete(value as Given, kind.attributes);
  }
  if (Array.isArray(value) && "element" in kind) return value.map((each) => completeKind(each, kind.element));
  if (kind.kind === "map" && typeof value === "object" && value !== null && !(value instanceof Map)) {
    return new Map(Object.entries(value).map(([key, each]) => [key, completeKind(each, kind.element)]));
  }
  return value as Value;
}
