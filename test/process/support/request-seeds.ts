import {
  decodeMsgpack,
  encodeJSON,
  encodeMsgpack,
  isWhollyKnown,
  objectValue,
  type Type,
  typeFromJSON,
  UNKNOWN,
  type Value,
} from "../../../src/cty/index.ts";
import type { Dice } from "../../support/random/dice.ts";
import { mutated } from "../../support/random/mutated.ts";
import type { BuiltProvider } from "./built-provider.ts";
import { bytes, message, messages } from "./messages.ts";
import type { Message } from "./proto.ts";

/** An object of the provider, and the type of its values. */
export interface Subject {
  readonly name: string;
  readonly type: Type;
}

/** The provider itself and everything it has, and the functions with the types of their parameters. */
export interface Subjects {
  readonly objects: readonly [Subject, ...Subject[]];
  readonly functions: readonly { readonly name: string; readonly parameters: readonly Type[] }[];
}

export async function subjectsOf(provider: BuiltProvider): Promise<Subjects> {
  const { provider: own, ...kinds } = provider.schemas;
  const { dataSources, resources, ephemeralResources, listResources, actions } = kinds;
  const types = [...dataSources, ...resources, ...ephemeralResources, ...listResources, ...actions];
  const { functions } = await provider.call("GetFunctions");
  return {
    objects: [{ name: "openai", type: own }, ...types.map(([name, type]) => ({ name, type }))],
    functions: Object.entries(message(functions)).map(([name, definition]) => ({
      name,
      parameters: messages(message(definition).parameters).map(({ type }) =>
        typeFromJSON(bytes(type).toString()),
      ),
    })),
  };
}

/**
 * A request that is valid for most RPCs: it has the fields of all of them, and the encoder takes those
 * that a message has. One value in five is broken inside, where only the decoding of values sees it.
 */
export function requestSeed(subjects: Subjects, dice: Dice): Message {
  const subject = subjects.objects[dice.below(subjects.objects.length)] ?? subjects.objects[0];
  const value = () => dynamicValue(plausible(subject.type, "", dice), subject.type, dice);
  const state = () => dynamicValue(plausible(subject.type, "", dice, null), subject.type, dice);
  const called = subjects.functions[dice.below(subjects.functions.length)];
  return {
    type_name: subject.name,
    source_type_name: subject.name,
    target_type_name: subject.name,
    action_type: subject.name,
    name: called?.name ?? "",
    arguments: called?.parameters.map((type) => dynamicValue(plausible(type, "", dice), type, dice)) ?? [],
    id: dice.pick(["chatcmpl-abc123", "", "../models", "a\u0000b"]),
    version: dice.pick([0, 1, -1]),
    config: value(),
    state: state(),
    prior_state: state(),
    current_state: state(),
    planned_state: value(),
    proposed_new_state: value(),
    raw_state: { json: rawState(subject.type, dice) },
    source_state: { json: rawState(subject.type, dice) },
    private: randomBytes(dice, 20),
    prior_private: randomBytes(dice, 20),
    planned_private: randomBytes(dice, 20),
    source_private: randomBytes(dice, 20),
    service: dice.pick(["", "plugin"]),
  };
}

export function randomBytes(dice: Dice, below: number): Buffer {
  return Buffer.from(Array.from({ length: dice.below(below) }, () => dice.below(256)));
}

function dynamicValue(value: Value, type: Type, dice: Dice): Message {
  const msgpack = encodeMsgpack(value, type);
  if (dice.once(5)) return { msgpack: mutated(msgpack, dice) };
  if (dice.once(8) && isWhollyKnown(value)) return { json: Buffer.from(encodeJSON(value, type)) };
  return { msgpack };
}

function rawState(type: Type, dice: Dice): Buffer {
  const value = plausible(type, "", dice);
  const json = Buffer.from(isWhollyKnown(value) ? encodeJSON(value, type) : "{}");
  return dice.once(3) ? mutated(json, dice) : json;
}

const TEXTS = [
  "chatcmpl-abc123",
  "gpt-4o-mini",
  "user",
  "assistant",
  "text",
  "{}",
  "",
  "\u202e\u0000é",
] as const;

/**
 * A value that may well be meant. Names decide where any other value would call far away or wait long.
 * `unknown` stands where something is not known: null in a state.
 */
function plausible(type: Type, name: string, dice: Dice, unknown: Value = UNKNOWN): Value {
  if (/^(base_url|headers|query|allow_http|api_key)$/.test(name)) return null;
  if (type.kind === "object") {
    const attributes = [...type.attributes];
    return objectValue(
      attributes.map(([each, of]) => [each, dice.once(2) ? null : plausible(of, each, dice, unknown)]),
    );
  }
  if (dice.once(12)) return dice.once(2) ? null : unknown;
  const several = () => Array.from({ length: dice.below(3) });
  switch (type.kind) {
    case "string":
      return /timeout|read|create|delete|update|wait/.test(name) ? "20ms" : dice.pick(TEXTS);
    case "number":
      return name === "max_retries" ? 0 : dice.pick([0, 1, 3, -1, 0.5, 2n ** 70n]);
    case "bool":
      return dice.once(2);
    case "list":
    case "set":
      return several().map(() => plausible(type.element, name, dice, unknown));
    case "map":
      return new Map(several().map((_, i) => [`key${i}`, plausible(type.element, name, dice, unknown)]));
    case "tuple":
      return type.elements.map((element) => plausible(element, name, dice, unknown));
    case "dynamic":
      return decodeMsgpack(Buffer.from("92c40822737472696e6722a161", "hex"), type);
  }
}
