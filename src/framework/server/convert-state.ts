import { CtyError, decodeJSON, holdsJSONObject, type Pieces } from "../../cty/index.ts";
import { Diagnostics } from "../diagnostic.ts";
import { PrivateState } from "../private-state.ts";
import type { Resource } from "../resource.ts";
import type { MoveSource, RawConversionRequest, StateMover, StateUpgrader } from "../state-conversion.ts";
import { isObjectValue } from "../walk.ts";
import { checkImportedState, checkResourceState } from "./applied-state.ts";
import type { ResourceResponse } from "./apply-resource-change.ts";
import { attempt, failedWithoutError } from "./exception.ts";
import type { CallContext } from "./provider-server.ts";
import { type CheckedState, checked } from "./state.ts";
import { Stop } from "./stop.ts";

/** A state as Terraform stores it, and the version of the schema that wrote it. */
export interface StoredState {
  readonly version: number;
  /** Undefined: it did not come as JSON. */
  readonly json: Uint8Array | undefined;
}

/**
 * Reads a stored state, and converts it where an older version of the schema wrote it. Called for every
 * object in every walk, also where the versions are equal; the JSON is then only decoded by the schema.
 */
export async function upgradeResourceState<P>(
  resource: Resource<P>,
  { version, json }: StoredState,
  context: CallContext,
): Promise<ResourceResponse> {
  const { name, schema, upgradeState } = resource;
  const response = emptyResponse();
  const upgrader = version === schema.version ? undefined : upgradeState.get(version);
  const why = unreadable(resource, version, json);
  if (why !== undefined || json === undefined) {
    response.diagnostics.add(cannotRead(name, why ?? ""));
    return response;
  }
  try {
    if (upgrader === undefined) {
      // Numbers keep all their digits on the way through: JSON.parse would round a seed.
      const state = decodeJSON(json, schema.type);
      return { ...response, state: isObjectValue(state) ? state : null };
    }
    const what = `Upgrading the state of ${name} from version ${version}`;
    return await convert(upgrader, json, { what, response, context }, (result) =>
      upgrader.type === undefined
        ? checkImportedState(result, schema)
        : checkResourceState(result, schema, null),
    );
  } catch (thrown) {
    if (!(thrown instanceof CtyError)) throw thrown;
    const wrong = `has a value that its schema does not allow: ${thrown.message}`;
    response.diagnostics.add(cannotRead(name, wrong));
    return response;
  }
}

export interface MoveRequest extends StoredState {
  /** The address of the provider that kept the object: `registry.terraform.io/mkdev-me/openai`. */
  readonly provider: string;
  readonly type: string;
}

/**
 * Makes a state of one of another type of resource, for a `moved` block. As after an import, what is not
 * known is null, and a configured value over it is adopted in place.
 */
export async function moveResourceState<P>(
  resource: Resource<P>,
  { provider, type, version, json }: MoveRequest,
  context: CallContext,
): Promise<ResourceResponse> {
  const { name, schema } = resource;
  const response = emptyResponse();
  const mover = resource.moveState.find((each) => {
    const { from } = each;
    return (
      from.type === type &&
      (versionOf(each) ?? version) === version &&
      (from.provider === undefined || `/${provider}`.endsWith(`/${from.provider}`))
    );
  });
  if (mover === undefined || json === undefined) {
    const sources = resource.moveState.map((each) => sourceText(each.from, versionOf(each))).join("; ");
    response.diagnostics.addError(
      "Resource cannot be moved",
      `A ${name} cannot be made of the state of another type of resource, here ${type}. Remove the moved block; ` +
        "import the object where it exists already." +
        (sources === ""
          ? ""
          : `\n\nGiven: ${sourceText({ type, provider }, version)}. Accepted: ${sources}.`),
    );
    return response;
  }
  try {
    const what = `Moving a ${type} to ${name}`;
    return await convert(mover, json, { what, response, context }, (result) =>
      checkImportedState(result, schema),
    );
  } catch (thrown) {
    if (!(thrown instanceof CtyError)) throw thrown;
    response.diagnostics.addError(
      "Resource cannot be moved",
      `The state of the ${type} has a value that was not expected there: ${thrown.message}. Remove the moved block, and ` +
        "import the object instead.",
    );
    return response;
  }
}

/** The version of the schema that a mover is for; undefined means any. */
function versionOf({ from, type }: StateMover): number | undefined {
  return from.version ?? (type === undefined ? undefined : 0);
}

function sourceText({ type, provider }: MoveSource, version: number | undefined): string {
  const versioned = version === undefined ? "" : `, version ${version}`;
  return `${type}${provider === undefined ? "" : ` of ${provider}`}${versioned}`;
}

interface Conversion {
  /** What is done, for a message. */
  readonly what: string;
  readonly response: ResourceResponse;
  readonly context: CallContext;
}

/** Throws CtyError where the JSON is none of the conversion's type. */
async function convert(
  upgrader: StateUpgrader,
  json: Uint8Array,
  { what, response, context }: Conversion,
  check: (result: unknown) => Pieces<CheckedState>,
): Promise<ResourceResponse> {
  const { diagnostics } = response;
  const run = conversionOf(upgrader, json, { diagnostics, log: context.log });
  if (run === undefined) return response;
  const result = await attempt(run, diagnostics, context);
  if (result instanceof Diagnostics || result === null || result === undefined) {
    failedWithoutError(result ?? undefined, diagnostics, `${what} gave neither a state nor an error.`);
    return response;
  }
  if (diagnostics.hasError) return response;
  const found = await checked(check(result), new Stop(context.signal));
  if ("state" in found) return { ...response, state: found.state };
  diagnostics.append(found.diagnostics);
  return response;
}

/** Undefined where the JSON is null: there is no object. */
function conversionOf(
  upgrader: StateUpgrader,
  json: Uint8Array,
  request: Omit<RawConversionRequest, "rawState">,
): (() => Promise<unknown>) | undefined {
  if (upgrader.type === undefined) {
    const rawState = Buffer.from(json).toString("utf8");
    return holdsJSONObject(rawState) ? async () => upgrader.convertRaw({ ...request, rawState }) : undefined;
  }
  const state = decodeJSON(json, upgrader.type);
  return isObjectValue(state) ? async () => upgrader.convert({ ...request, state }) : undefined;
}

function emptyResponse(): ResourceResponse {
  return { state: null, private: PrivateState.unapplied(), diagnostics: new Diagnostics() };
}

function unreadable<P>(
  { schema, upgradeState }: Resource<P>,
  version: number,
  json: Uint8Array | undefined,
): string | undefined {
  if (version !== schema.version && !upgradeState.has(version)) {
    const older = [...upgradeState.keys()].sort((a, b) => a - b);
    const readable =
      older.length === 0
        ? `version ${schema.version} only`
        : `versions ${[...older, schema.version].join(", ")}`;
    return `was written by version ${version} of its schema, and this provider reads ${readable}`;
  }
  return json === undefined ? "did not come as JSON, which Terraform 0.12 and later write" : undefined;
}

function cannotRead(typeName: string, why: string) {
  return {
    severity: "error",
    summary: "State cannot be read",
    detail:
      `The state of this ${typeName} ${why}. Use the provider's version that wrote it, or remove the object from ` +
      "the state and import it again.",
  } as const;
}
