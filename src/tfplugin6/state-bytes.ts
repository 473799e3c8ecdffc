import type { Implementation } from "../protobuf/handlers.ts";
import type { ProviderService } from "./messages.gen.ts";
import { toDiagnostic } from "./to-diagnostic.ts";
import { noSuchType } from "./unserved.ts";

type Handlers = Implementation<typeof ProviderService>;

export const readStateBytes: Handlers["ReadStateBytes"] = (call) => {
  call.write({ diagnostics: [toDiagnostic(noSuchType("state store", call.request.type_name))] });
  call.end();
};

/** The answer comes when the client has sent its last chunk; only the first one names the store. */
export const writeStateBytes: Handlers["WriteStateBytes"] = (call, callback) => {
  let typeName = "";
  call.on("data", (chunk: Parameters<typeof chunkType>[0]) => {
    typeName ||= chunkType(chunk);
  });
  call.on("end", () => callback(null, { diagnostics: [toDiagnostic(noSuchType("state store", typeName))] }));
};

function chunkType(chunk: { readonly meta?: { readonly type_name: string } | undefined }): string {
  return chunk.meta?.type_name ?? "";
}
