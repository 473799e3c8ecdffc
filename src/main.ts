import { name, terraform, version } from "../package.json";
import { serve } from "./plugin/serve.ts";
import { withoutSecrets } from "./provider/crash.ts";

/** What the configuration says that is secret: it may be in the text of a crash. */
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
  redact: (text) => withoutSecrets(text, process.env, secrets),
  protocolVersions: {
    6: async (grpc) => {
      const { addProvider } = await import("./add-provider.ts");
      addProvider(grpc, process.env, secrets);
    },
  },
});
