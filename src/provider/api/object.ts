import type {
  Attributes,
  DataSource,
  EphemeralResource,
  ListResource,
  Resource,
} from "../../framework/index.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import { apiContent } from "./content.ts";
import { apiDataSource } from "./data-source.ts";
import type { ApiObject } from "./declaration.ts";
import { apiEphemeral } from "./ephemeral.ts";
import { apiList } from "./list.ts";
import { apiListResource } from "./list-resource.ts";
import { apiQuery } from "./query.ts";
import { apiResource, ofResource } from "./resource.ts";

type LeftOut = Readonly<Record<string, string>>;

/** What Terraform gets of an object. */
export interface ApiObjects<A extends Attributes = Attributes, L extends LeftOut = LeftOut> {
  /** With the types of its attributes, for the comparison with the API's. */
  readonly definition: { readonly attributes: A; readonly leftOut?: L };
  readonly declaration: ApiObject;
  readonly resources: readonly Resource<OpenAIProvider>[];
  readonly dataSources: readonly DataSource<OpenAIProvider>[];
  readonly ephemeralResources: readonly EphemeralResource<OpenAIProvider>[];
  readonly listResources: readonly ListResource<OpenAIProvider>[];
}

/**
 * Declares an object of the API. The types of hooks follow from `attributes`.
 *
 * @throws Error where the declaration breaks one of Terraform's rules, or names an attribute that is not there.
 */
export function apiObject<const A extends Attributes, const L extends LeftOut = Record<never, never>>(
  definition: ApiObject<A> & { readonly leftOut?: L },
): ApiObjects<A, L> {
  const declaration = erased(definition);
  const { resource, dataSource, ephemeral, list, content, query } = declaration;
  return {
    definition,
    declaration,
    resources: resource === undefined ? [] : [apiResource(declaration, resource)],
    dataSources: [
      ...(dataSource === undefined ? [] : [apiDataSource(declaration, dataSource)]),
      ...(list === undefined ? [] : [apiList(declaration, list)]),
      ...(content === undefined ? [] : [apiContent(declaration, content)]),
      ...(query === undefined ? [] : [apiQuery(declaration, query)]),
    ],
    ephemeralResources: ephemeral === undefined ? [] : [apiEphemeral(declaration, ephemeral)],
    // What cannot be imported is not listed for an import.
    listResources:
      resource === undefined || list === undefined
        ? []
        : [apiListResource(ofResource(declaration, resource))],
  };
}

// The functions of this room are generic over attributes at run time: they call an author's hooks with values
// that the framework has checked against these very attributes.
function erased<A extends Attributes>(definition: ApiObject<A>): ApiObject;
function erased(definition: ApiObject): ApiObject {
  return definition;
}
