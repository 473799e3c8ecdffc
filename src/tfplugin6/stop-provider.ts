import type { Input } from "../protobuf/input.ts";
import type { StopProvider_Request, StopProvider_Response } from "./messages.gen.ts";
import type { Rpc } from "./rpc.ts";

export const stopProvider: Rpc<StopProvider_Request, StopProvider_Response> = {
  handle(_request, { server }): Input<StopProvider_Response> {
    server.stop();
    return {};
  },
  failed: (diagnostic): Input<StopProvider_Response> => ({ Error: diagnostic.detail }),
};
