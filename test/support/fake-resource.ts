import assert from "node:assert/strict";
import { isWhollyKnown, type ObjectValue, type Value } from "../../src/cty/index.ts";
import {
  type Attributes,
  type Diagnostic,
  PrivateState,
  type Provider,
  type Resource,
  type ResourceDefinition,
  resource,
  string,
} from "../../src/framework/index.ts";
import {
  applyResourceChange,
  type CallContext,
  planResourceChange,
} from "../../src/framework/server/index.ts";
import {
  callContext,
  configuration,
  configuredServer,
  type FakeData,
  fakeProvider,
} from "./fake-provider.ts";
import { appliedProblems, planProblems } from "./terraform-checks.ts";
import { proposedState } from "./terraform-proposal.ts";

export const widgetAttributes = {
  name: string({ required: true, description: "The widget's name." }),
  note: string({ optional: true, description: "A note." }),
  id: string({ computed: true, description: "The widget's identifier." }),
};

type WidgetDefinition = ResourceDefinition<typeof widgetAttributes, FakeData>;

/** The resource `fake_widget`, with the id `id-of-NAME`. It is always there, and cannot be imported. */
export function widget(definition: Partial<WidgetDefinition> = {}): Resource<FakeData> {
  return resource<FakeData>()({
    name: "fake_widget",
    description: "Keeps a widget.",
    attributes: widgetAttributes,
    create: async ({ plan }) => ({ ...plan, id: `id-of-${plan.name}` }),
    read: async ({ state }) => state,
    update: async ({ plan, state }) => ({ ...plan, id: state.id }),
    delete: async () => {},
    ...definition,
  });
}

/** A resource `fake_widget` with attributes of the test's own. */
export function widgetOf<const A extends Attributes>(
  attributes: A,
  definition: Partial<ResourceDefinition<A, FakeData>> = {},
): Resource<FakeData> {
  return resource<FakeData>()({
    name: "fake_widget",
    description: "Keeps a widget.",
    attributes,
    create: async ({ diagnostics }) => diagnostics.addError("Not created", "This test creates nothing."),
    read: async ({ state }) => state,
    update: async ({ diagnostics }) => diagnostics.addError("Not updated", "This test updates nothing."),
    delete: async () => {},
    ...definition,
  });
}

/** The provider `fake` with one resource and no data source. */
export function providerOf(declared: Resource<FakeData>): Provider<FakeData> {
  return fakeProvider({ dataSources: [], resources: [declared] });
}

type Given = { readonly [name: string]: Value };

export interface Planned {
  readonly planned: ObjectValue;
  /** The paths whose change replaces the object. */
  readonly replaces: readonly string[];
  /** As of `Applied`. */
  readonly reported: readonly string[];
}

/** Plans as Terraform has it done: with its proposal, and with its checks of the plan. */
export async function plan(
  declared: Resource<FakeData>,
  given: Given,
  prior: Given | null = null,
  privateState = PrivateState.empty(),
): Promise<Planned> {
  const { attributes } = declared.schema;
  const config = configuration(attributes, given);
  const state = prior === null ? null : configuration(attributes, prior);
  const proposed = proposedState(attributes, state, config);
  const change = { config, prior: state, proposed, private: privateState };
  const server = configuredServer(providerOf(declared));
  const result = await planResourceChange(server, declared, change, callContext);
  const problems = planProblems(attributes, { prior: state, config, planned: result.planned });
  assert.deepEqual(problems, [], "Terraform would refuse the plan");
  return {
    planned: result.planned,
    replaces: result.requiresReplace.map(String),
    reported: [...result.diagnostics].map(line),
  };
}

export interface Applied {
  readonly state: { readonly [name: string]: Value } | null;
  readonly private: PrivateState;
  /** "severity path: detail's first paragraph" of each diagnostic. */
  readonly reported: readonly string[];
}

export interface Application {
  readonly prior?: Given | null;
  readonly planned: Given | null;
  readonly private?: PrivateState;
  readonly context?: CallContext;
}

/** Applies what is planned, and checks the result as Terraform does where there is no error. */
export async function apply(
  declared: Resource<FakeData>,
  given: Given,
  { prior = null, planned, private: privateState, context = callContext }: Application,
): Promise<Applied> {
  const { attributes } = declared.schema;
  const change = {
    config: configuration(attributes, given),
    prior: prior === null ? null : configuration(attributes, prior),
    planned: planned === null ? null : configuration(attributes, planned),
    private: privateState ?? PrivateState.empty(),
  };
  const server = configuredServer(providerOf(declared));
  const { state, diagnostics, ...response } = await applyResourceChange(server, declared, change, context);
  if (!diagnostics.hasError && change.planned !== null) {
    assert.ok(state !== null, "Terraform: root object was present, but now absent");
    assert.ok(isWhollyKnown(state));
    assert.deepEqual(appliedProblems(attributes, change.planned, state), []);
  }
  const reported = [...diagnostics].map(line);
  return { state: state === null ? null : { ...state }, private: response.private, reported };
}

function line({ severity, path, detail }: Diagnostic): string {
  return `${severity} ${path ?? ""}: ${detail.split("\n")[0]}`;
}
