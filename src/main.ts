import { name, terraform, version } from "../package.json";
import { serve } from "./plugin/serve.ts";

/** What the configuration says that is secret: it may be in the text of a panic. */
const secrets = new Set<string>();

/**
 * The executable. Everything that is not needed to answer Terraform's handshake is loaded after it,
 * while Terraform dials.
 */
void serve({
  name,
  address: terraform.address,
  version,
  argv: process.argv.slice(2),
  env: process.env,
  redact: async (text) => {
    const { redactPanic } = await import("./provider/redact-panic.ts");
    return redactPanic(text, process.env, secrets);
  },
  protocolVersions: {
    6: async (grpc) => {
      const { addProvider } = await import("./add-provider.ts");
      addProvider(grpc, process.env, secrets);
    },
  },
});
