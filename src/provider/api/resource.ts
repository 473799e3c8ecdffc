import {
  type Attribute,
  type Attributes,
  type Diagnostics,
  type Resource,
  requiresReplace,
  string,
  useStateForUnknown,
} from "../../framework/index.ts";
import { resource } from "../define.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import { resourceTimeouts } from "./arguments.ts";
import { createObject } from "./create.ts";
import type { ApiObject, ResourceDeclaration } from "./declaration.ts";
import { deleteObject } from "./delete.ts";
import { detachObject } from "./detach.ts";
import { ownId, takenOver } from "./foreign-state.ts";
import { identityOf } from "./identity.ts";
import { importObject } from "./import.ts";
import { readObject } from "./read.ts";
import { stopObject } from "./stop.ts";
import { updateObject } from "./update.ts";

/** The resource that creates, reads, updates, deletes and imports an object by what is declared of it. */
export function apiResource(
  of: ApiObject,
  declared: ResourceDeclaration<Attributes>,
): Resource<OpenAIProvider> {
  const attributes = resourceAttributes(of, declared);
  return resource({
    name: of.name,
    description: declared.description,
    attributes,
    identity: identityOf(of),
    ...takenOver(of.name, attributes, (state) => ({
      ...declared.foreignValues?.(state),
      ...ownId(of, state),
    })),
    ...(declared.configValidators && { configValidators: declared.configValidators }),
    validate: (request) => declared.validate?.(request),
    modifyPlan: (request) => {
      if (declared.paid !== undefined && request.state === null)
        warnOfCosts(of, declared.paid, request.diagnostics);
      return declared.modifyPlan?.(request);
    },
    create: (request) => createObject(of, declared, request),
    read: (request) => readObject(of, request),
    update: (request) => updateObject(of, declared, request),
    delete(request) {
      const { gone } = declared;
      if (typeof gone !== "object") return deleteObject(of, declared, request);
      return "each" in gone ? detachObject(of, gone, request) : stopObject(of, declared, gone, request);
    },
    import: (request) => importObject(of, request),
  });
}

function warnOfCosts({ noun }: ApiObject, paid: string, diagnostics: Diagnostics): void {
  diagnostics.addWarning(
    `Creating this ${noun} is paid for`,
    `An apply of this plan creates a ${noun}, and OpenAI charges for ${paid}. A destroy does not refund them.`,
  );
}

/** The attributes with the plan modifiers that follow from what an update changes. */
function resourceAttributes(of: ApiObject, declared: ResourceDeclaration<Attributes>): Attributes {
  const id = string({ computed: true, description: `The ID of the ${of.noun}, for example \`${of.id}\`.` });
  const own = Object.entries(of.attributes).map(([name, attribute]) => [
    name,
    planned(name, attribute, declared),
  ]);
  return { id: kept(id), ...Object.fromEntries(own), timeouts: resourceTimeouts };
}

function planned(
  name: string,
  attribute: Attribute,
  { update = [], volatile = [] }: ResourceDeclaration<Attributes>,
): Attribute {
  if (attribute.planModifiers.length > 0 || volatile.includes(name)) return attribute;
  if (attribute.mode === "computed") return kept(attribute);
  const unknown = attribute.mode === "optional_computed" ? [useStateForUnknown()] : [];
  const replace = update.includes(name) || attribute.writeOnly ? [] : [requiresReplace()];
  return { ...attribute, planModifiers: [...unknown, ...replace] };
}

function kept(attribute: Attribute): Attribute {
  return { ...attribute, planModifiers: [useStateForUnknown()] };
}
