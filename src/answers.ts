import { createLogger } from "./framework/index.ts";
import { ProviderServer } from "./framework/server/index.ts";
import { pack, preparedRpcs } from "./prepared-answers.ts";
import { openai } from "./provider/provider.ts";
import { rawHandlers } from "./tfplugin6/provider-service.ts";
import type { RawCall, RawHandler } from "./tfplugin6/raw-service.ts";

/** Asks the provider, with all of its objects loaded and checked, what is the same in every process: for the build. */
export async function answers(): Promise<Buffer> {
  const handlers = rawHandlers(new ProviderServer(openai({}), createLogger("off")));
  const asked = preparedRpcs.map(
    async (name): Promise<[string, Buffer]> => [name, await ask(handlers[name])],
  );
  return pack(new Map(await Promise.all(asked)));
}

function ask(handler: RawHandler): Promise<Buffer> {
  const ignore = () => {};
  const call: RawCall = {
    request: Buffer.alloc(0),
    cancelled: false,
    on: ignore,
    off: ignore,
    write: () => true,
    end: ignore,
    emit: ignore,
  };
  return new Promise((resolve, reject) => {
    handler(call, (status, bytes) => {
      if (bytes === undefined) reject(new Error(status?.details ?? "no answer"));
      else resolve(bytes);
    });
  });
}
