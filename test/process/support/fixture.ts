import { setTimeout as delay } from "node:timers/promises";
import type { handleUnaryCall } from "@grpc/grpc-js";
import { serve } from "../../../src/plugin/serve.ts";
import type { PluginServer } from "../../../src/plugin/server.ts";
import type { Input } from "../../../src/protobuf/input.ts";
import {
  type CallFunction_Request,
  type CallFunction_Response,
  ProviderService,
} from "../../../src/tfplugin6/messages.gen.ts";

/**
 * A plugin with one method that misbehaves on demand: CallFunction, whose function's name says how.
 * Its first argument comes back as the result.
 */
const behaviours: Record<string, () => void | Promise<void>> = {
  echo() {},
  print() {
    console.log("printed with %s", "console.log");
    console.error("printed with console.error");
    process.stdout.write("printed to process.stdout\n");
  },
  flood() {
    for (let line = 0; line < 100; line += 1) process.stdout.write(`${"x".repeat(100_000)}\n`);
  },
  throw() {
    setTimeout(() => {
      throw new Error("thrown by the fixture");
    });
  },
  reject() {
    Promise.reject(new Error("rejected by the fixture"));
  },
  hang: () => delay(600_000),
};

type CallFunction = handleUnaryCall<CallFunction_Request, Input<CallFunction_Response>>;

const CallFunction: CallFunction = ({ request }, callback) => {
  const behave = behaviours[request.name];
  if (behave === undefined) return callback({ code: 3, details: `no behaviour ${request.name}` });
  Promise.resolve(behave()).then(() => callback(null, { result: request.arguments[0] }));
};

async function register(server: PluginServer): Promise<void> {
  await delay(Number(process.env.FIXTURE_REGISTER_MS ?? 0));
  server.addService(ProviderService, { CallFunction });
}

serve({
  name: "terraform-provider-fixture",
  address: "registry.terraform.io/acme/fixture",
  version: "1.2.3",
  protocolVersions: { 5: register, 6: register },
  argv: process.argv.slice(2),
  env: process.env,
  onStop: () => process.stderr.write("fixture stops\n"),
});
