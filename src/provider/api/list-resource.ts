import type { Attributes, ListResource } from "../../framework/index.ts";
import { listResource } from "../define.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import { parentArguments } from "./data-source.ts";
import type { ApiObject } from "./declaration.ts";
import { pluralNoun } from "./object-names.ts";
import { orderArguments } from "./order.ts";

/** The list resource of an object: by it `terraform query` finds what an import can take into state. */
export function apiListResource(of: ApiObject): ListResource<OpenAIProvider> {
  const { list: declared } = of;
  if (declared === undefined) throw new Error(`${of.name}: the API has no list of it`);
  return listResource({
    name: of.name,
    description: `Finds ${pluralNoun(of)}, for \`terraform query\` to write import blocks and configurations of.`,
    attributes: { ...parentArguments(of), ...declared.filters, ...orderArguments(declared) } as Attributes,
    async *list(request) {
      const { listObjects } = await import("./list-resource-read.ts");
      yield* listObjects(of, declared, request);
    },
  });
}
