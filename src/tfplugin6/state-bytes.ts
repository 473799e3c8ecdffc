import type { Input } from "../protobuf/input.ts";
import type {
  ReadStateBytes_Request,
  ReadStateBytes_Response,
  WriteStateBytes_RequestChunk,
  WriteStateBytes_Response,
} from "./messages.gen.ts";
import type { StreamRpc } from "./server-stream.ts";
import { toDiagnostic } from "./to-diagnostic.ts";
import { noSuchType } from "./unserved.ts";

export const readStateBytes: StreamRpc<ReadStateBytes_Request, ReadStateBytes_Response> = {
  async *handle({ type_name }): AsyncGenerator<Input<ReadStateBytes_Response>> {
    yield { diagnostics: [toDiagnostic(noSuchType("state store", type_name))] };
  },
  failed: (diagnostic) => ({ diagnostics: [toDiagnostic(diagnostic)] }),
};

/** The answer comes when the client has sent its last chunk; only the first one names the store. */
export function writeStateBytes() {
  let typeName = "";
  return {
    take(chunk: WriteStateBytes_RequestChunk): void {
      typeName ||= chunk.meta?.type_name ?? "";
    },
    end: (): Input<WriteStateBytes_Response> => ({
      diagnostics: [toDiagnostic(noSuchType("state store", typeName))],
    }),
  };
}
