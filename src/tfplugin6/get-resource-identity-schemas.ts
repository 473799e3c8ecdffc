import { typeToJSON } from "../cty/index.ts";
import { ctyType, type IdentitySchema, loadAll } from "../framework/index.ts";
import type { Input } from "../protobuf/input.ts";
import type {
  GetResourceIdentitySchemas_Request,
  GetResourceIdentitySchemas_Response,
  ResourceIdentitySchema,
} from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";

/** Asked for after every schema by Terraform 1.12 and later. */
export const getResourceIdentitySchemas: Rpc<
  GetResourceIdentitySchemas_Request,
  GetResourceIdentitySchemas_Response
> = {
  async handle(_request, { server }): Promise<Input<GetResourceIdentitySchemas_Response>> {
    const identities = [...(await loadAll(server.provider.resources))].flatMap(
      ([name, { identity }]): [string, Input<ResourceIdentitySchema>][] =>
        identity === undefined ? [] : [[name, toIdentitySchema(identity)]],
    );
    return { identity_schemas: new Map(identities) };
  },
};

function toIdentitySchema({ version, attributes }: IdentitySchema): Input<ResourceIdentitySchema> {
  return {
    version,
    identity_attributes: Object.entries(attributes).map(([name, attribute]) => ({
      name,
      type: Buffer.from(typeToJSON(ctyType(attribute.type))),
      required_for_import: attribute.requiredForImport === true,
      optional_for_import: attribute.requiredForImport !== true,
      description: attribute.description,
    })),
  };
}
