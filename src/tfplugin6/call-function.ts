import type { Input } from "../protobuf/input.ts";
import type { CallFunction_Request, CallFunction_Response } from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";

export const callFunction: Rpc<CallFunction_Request, CallFunction_Response> = {
  handle: (request): Input<CallFunction_Response> => ({
    error: { text: `This provider has no function "${request.name}"` },
  }),
  failed: (diagnostic): Input<CallFunction_Response> => ({ error: { text: diagnostic.detail } }),
};
