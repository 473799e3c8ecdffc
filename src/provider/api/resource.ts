import {
  type Attribute,
  type Attributes,
  Diagnostics,
  type Resource,
  requiresReplace,
  string,
  useStateForUnknown,
} from "../../framework/index.ts";
import { resource } from "../define.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import { type Operation, resourceTimeouts } from "./arguments.ts";
import type { ApiObject, ResourceDeclaration } from "./declaration.ts";
import { takenOver } from "./foreign-state.ts";
import { identityOf } from "./identity.ts";
import { warnOfMissingKey } from "./missing-key.ts";
import { unlessNothing } from "./refresh.ts";
import {
  checkRemoval,
  checkRemovalInPlan,
  isProtected,
  isReplaced,
  refuseRemoval,
  warnOfCosts,
} from "./removal.ts";
import { wireOf } from "./wire.ts";

/** The resource that creates, reads, updates, deletes and imports an object by what is declared of it. */
export function apiResource(
  object: ApiObject,
  declared: ResourceDeclaration<Attributes>,
): Resource<OpenAIProvider> {
  const of = ofResource(object, declared);
  const { keeps } = declared;
  const attributes = resourceAttributes(of, declared);
  return resource({
    name: of.name,
    description: declared.description,
    attributes,
    identity: identityOf(of),
    ...takenOver(of, attributes, declared.foreignValues),
    ...(declared.configValidators && { configValidators: declared.configValidators }),
    validate: (request) => declared.validate?.(request),
    modifyPlan: async (request) => {
      // Of a replacement Terraform shows what its first plan says, and not that of the new object.
      const { paid } = declared;
      if (paid !== undefined && (request.state === null || isReplaced(attributes, request)))
        warnOfCosts(of.noun, paid, request.diagnostics);
      if (declared.create === "import" && request.state === null)
        (await import("./import.ts")).refuseCreation(of, request.config, request.diagnostics);
      else if (request.state === null) warnOfMissingKey(of.key ?? "project", request);
      checkRemovalInPlan(of, declared, request);
      return declared.modifyPlan?.(request);
    },
    ...((declared.removal !== undefined || declared.gone === "forget") && {
      planDestroy: ({ state, diagnostics }) => checkRemoval(of, declared, state, diagnostics),
    }),
    // A plan needs the read alone of these.
    async create(request) {
      const state = await (await import("./create.ts")).createObject(of, declared, request);
      if (declared.complete === undefined || state instanceof Diagnostics) return state;
      return (await import("./complete.ts")).completeObject(of, declared, request, { state, before: null });
    },
    read: async (request) => {
      if (declared.unreadable === true) return request.state;
      return keeps === undefined
        ? (await import("./read.ts")).readObject(of, request)
        : (await import("./kept-read.ts")).readKept(of, keeps, request);
    },
    async update(request) {
      const state = await (await import("./update.ts")).updateObject(of, declared, request);
      if (declared.complete === undefined || state instanceof Diagnostics) return state;
      const both = { state, before: request.state };
      return (await import("./complete.ts")).completeObject(of, declared, request, both);
    },
    async delete(request) {
      const { gone = "delete" } = declared;
      if (isProtected(request.state)) return refuseRemoval(of, request.diagnostics);
      if (keeps !== undefined)
        return (await import("./kept-delete.ts")).deleteKept(of, declared, keeps, request);
      if (typeof gone !== "object" || "set" in gone)
        return (await import("./delete.ts")).deleteObject(of, gone, request);
      return "each" in gone
        ? (await import("./detach.ts")).detachObject(of, gone, request)
        : (await import("./stop.ts")).stopObject(of, declared, gone, request);
    },
    ...(declared.unreadable !== true && {
      import: async (request) => (await import("./import.ts")).importObject(of, request),
    }),
  });
}

/** The object as its resource has it: without what only data sources have. */
export function ofResource(of: ApiObject, { leaveOut }: ResourceDeclaration<Attributes>): ApiObject {
  if (leaveOut === undefined) return of;
  const own = Object.entries(of.attributes).filter(([name]) => !leaveOut.includes(name));
  return { ...of, attributes: Object.fromEntries(own) };
}

/** The attributes with the plan modifiers that follow from what an update changes. */
function resourceAttributes(of: ApiObject, declared: ResourceDeclaration<Attributes>): Attributes {
  const id = string({ computed: true, description: `The ID of the ${of.noun}, for example \`${of.id}\`.` });
  const own = Object.entries(of.attributes).map(([name, attribute]) => [
    name,
    planned(name, attribute, declared),
  ]);
  return {
    id: kept(id),
    ...Object.fromEntries(own),
    timeouts: resourceTimeouts(askingOperations(of, declared)),
  };
}

/** The operations that ask the API: of what is never created, for example, there is no time for a creation. */
function askingOperations(
  { attributes }: ApiObject,
  { create, unreadable, gone, keeps, update = [], complete }: ResourceDeclaration<Attributes>,
): Operation[] {
  const changes = (keeps?.changes ?? update).some((name) => {
    const attribute = attributes[name];
    const { local, createOnly } = attribute === undefined ? { local: true } : wireOf(attribute);
    return local !== true && createOnly !== true;
  });
  return [
    ...(create === "import" ? [] : (["create"] as const)),
    ...(unreadable === true ? [] : (["read"] as const)),
    ...(changes || complete !== undefined ? (["update"] as const) : []),
    ...(gone === "forget" ? [] : (["delete"] as const)),
  ];
}

function planned(
  name: string,
  attribute: Attribute,
  { update = [], volatile = [] }: ResourceDeclaration<Attributes>,
): Attribute {
  if (attribute.planModifiers.length > 0) return unlessNothing(attribute);
  if (volatile.includes(name)) return attribute;
  if (attribute.mode === "computed") return kept(attribute);
  const unknown = attribute.mode === "optional_computed" ? [useStateForUnknown()] : [];
  const fixed = update.includes(name) || attribute.writeOnly || attribute.refused !== undefined;
  const replace = fixed ? [] : [requiresReplace()];
  return unlessNothing({ ...attribute, planModifiers: [...unknown, ...replace] });
}

function kept(attribute: Attribute): Attribute {
  return { ...attribute, planModifiers: [useStateForUnknown()] };
}
