import type { Input } from "../protobuf/input.ts";
import type {
  GetResourceIdentitySchemas_Request,
  GetResourceIdentitySchemas_Response,
} from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";

/** Asked for after every schema by Terraform 1.12 and later: no resource has an identity. */
export const getResourceIdentitySchemas: Rpc<
  GetResourceIdentitySchemas_Request,
  GetResourceIdentitySchemas_Response
> = {
  handle: (): Input<GetResourceIdentitySchemas_Response> => ({}),
};
