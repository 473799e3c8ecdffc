import {
  type Attribute,
  type Attributes,
  type ImportedState,
  type Kind,
  normalizeString,
  parseNumber,
  type RawConversionRequest,
  type ResourceDefinition,
  rawStateMover,
  rawStateUpgrader,
} from "../../framework/index.ts";
import {
  isJsonArray,
  isJsonObject,
  JsonNumber,
  type JsonObject,
  type JsonValue,
  parseJson,
  stringifyJson,
} from "../../openai/index.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import type { ApiObject } from "./declaration.ts";
import { type ForeignTypes, foreignTypes } from "./foreign-types.ts";
import { withId } from "./object-id.ts";
import { parentsOf } from "./object-names.ts";
import { wireOf } from "./wire.ts";

type Values = { readonly [name: string]: unknown };

/** Values of attributes that are not simply those of a name, by the other provider's state. Null: nothing is known. */
export type ForeignValues = (state: JsonObject) => Readonly<Record<string, JsonValue>>;

type TakenOver = Pick<
  ResourceDefinition<Attributes, OpenAIProvider>,
  "version" | "upgradeState" | "moveState"
>;

/**
 * The version of the schemas of resources that other providers have, too. Their own states have 0, or 1 by now. Of a
 * state with the version that a resource has now, Terraform drops what the schema does not have, before the provider
 * sees it: a key that has another name here would be lost.
 */
const version = 10;

/**
 * What a resource takes over of other providers' states, as `foreignTypes` names them: by a `moved` block, after
 * `terraform state replace-provider`, and after a change of the provider's source.
 */
export function takenOver(
  of: ApiObject,
  attributes: Attributes,
  values: ForeignValues = () => ({}),
): TakenOver {
  const types = foreignTypes[of.name];
  if (types === undefined) return {};
  const own = (state: JsonObject) => ({ ...values(state), ...ownId(of, state) });
  const convert = ({ rawState, diagnostics }: RawConversionRequest): ImportedState<Attributes> => {
    const theirs = parseJson(rawState);
    const state = withId(of, foreignState(attributes, theirs, types, own));
    warnOfLostSecrets(of.name, { theirs, state, secrets: types.secrets ?? [] }, diagnostics);
    return state;
  };
  const older = Array.from({ length: version }, (_, each) => [each, rawStateUpgrader(convert)]);
  return {
    version,
    upgradeState: Object.fromEntries(older),
    moveState: Object.entries(types.from).flatMap(([provider, all]) =>
      all.map((type) => rawStateMover({ provider, type }, convert)),
    ),
  };
}

interface Secrets {
  readonly theirs: JsonValue;
  readonly state: Values;
  readonly secrets: readonly string[];
}

/** The value itself is in no message. */
function warnOfLostSecrets(
  name: string,
  { theirs, state, secrets }: Secrets,
  diagnostics: RawConversionRequest["diagnostics"],
): void {
  if (!isJsonObject(theirs)) return;
  for (const secret of secrets) {
    const value = theirs.get(secret);
    if (typeof value !== "string" || value === "" || holds(state, value)) continue;
    diagnostics.addWarning(
      "Key not carried over",
      `The other provider's state has a key in ${secret}, and ${name} has no place for it. OpenAI does not show it again; it goes ` +
        "on working.\n\nBefore the next apply, keep a copy of the state (terraform state pull) or bring the key to a secret " +
        "store: the apply writes the state without it.",
    );
  }
}

function holds(value: unknown, text: string): boolean {
  if (typeof value !== "object" || value === null) return value === text;
  return Object.values(value).some((each) => holds(each, text));
}

/**
 * The ID of an object without those that it belongs to, which some providers write before it: `proj_abc123:user-abc123`
 * for a user of a project.
 */
function ownId(of: ApiObject, state: JsonObject): { readonly id?: JsonValue } {
  const id = state.get(of.idArgument ?? "id") ?? state.get("id");
  if (of.singleton === true || typeof id !== "string") return {};
  const own = parentsOf(of).reduce((left, parent) => {
    const before = state.get(parent);
    const isBefore = typeof before === "string" && /^[:/]/.test(left.slice(before.length));
    return isBefore && left.startsWith(before) ? left.slice(before.length + 1) : left;
  }, id);
  return { id: own };
}

/**
 * A state of this provider's attributes, with what another provider's state has of them. What is not there, or of
 * another kind, is null: a read fills it in, or the configuration.
 */
function foreignState(
  attributes: Attributes,
  state: JsonValue,
  { names = {} }: Pick<ForeignTypes, "names">,
  values?: ForeignValues,
): Values {
  if (!isJsonObject(state)) return {};
  const odd = values?.(state) ?? {};
  const found = Object.entries(attributes).map(([name, attribute]) => {
    const candidates = Object.hasOwn(odd, name)
      ? [odd[name] ?? null]
      : [name, ...(names[name] ?? [])].map((each) => at(state, each.split(".")));
    const known = candidates.map((each) => attributeValue(attribute, each)).find((each) => each !== null);
    return [name, known ?? null];
  });
  return Object.fromEntries(found);
}

/** What is at the end of a path of names; a list of one stands for its element. */
function at(value: JsonValue, [name, ...rest]: readonly string[]): JsonValue {
  if (name === undefined) return value;
  const object = alone(value);
  return isJsonObject(object) ? at(object.get(name) ?? null, rest) : null;
}

/** The element of a list of one. */
function alone(value: JsonValue): JsonValue {
  return isJsonArray(value) && value.length === 1 ? (value[0] ?? null) : value;
}

function attributeValue(attribute: Attribute, value: JsonValue): unknown {
  const { kind, mode, refused, writeOnly } = attribute;
  if (writeOnly || (refused !== undefined && mode !== "computed")) return null;
  if (wireOf(attribute).json === true && typeof value === "object" && !(value instanceof JsonNumber))
    return value === null ? null : stringifyJson(value);
  const known = kindValue(kind, value);
  // SDKs write "", [] and {} for what nobody has set.
  return mode === "required" || (mode === "computed" && known !== "") || !isEmpty(known) ? known : null;
}

function isEmpty(value: unknown): boolean {
  return (
    value === "" || (Array.isArray(value) && value.length === 0) || (value instanceof Map && value.size === 0)
  );
}

/** A value of a kind; null for what is none, also inside. */
function kindValue(kind: Kind, found: JsonValue): unknown {
  const value = kind.kind === "list" || kind.kind === "set" ? found : alone(found);
  if (value === null) return null;
  switch (kind.kind) {
    case "string":
      return typeof value === "string" || value instanceof JsonNumber ? normalizeString(String(value)) : null;
    case "bool":
      return typeof value === "boolean" ? value : null;
    case "number":
    case "integer":
      return numberOf(kind.kind, value);
    case "list":
    case "set":
      return (isJsonArray(value) ? value : [value])
        .map((each) => kindValue(kind.element, each))
        .filter((each) => each !== null);
    case "map": {
      if (!isJsonObject(value)) return null;
      const entries = [...value].map(
        ([key, each]) => [normalizeString(key), kindValue(kind.element, each)] as const,
      );
      return new Map(entries.filter(([, each]) => each !== null));
    }
    case "object":
      return isJsonObject(value) ? foreignState(kind.attributes, value, {}) : null;
    default:
      return null;
  }
}

function numberOf(kind: "number" | "integer", value: JsonValue): unknown {
  const text = value instanceof JsonNumber ? value.text : value;
  if (typeof text !== "string" || !/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/.test(text)) return null;
  if (kind === "number") return parseNumber(text);
  return Number.isSafeInteger(Number(text)) ? Number(text) : null;
}
