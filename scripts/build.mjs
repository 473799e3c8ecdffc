// Builds the provider into dist/dev, and what a Terraform CLI needs to use it from there:
// a filesystem mirror (dist/mirror) and a CLI configuration with both (dist/dev.tfrc).
import { buildInto } from "./build/build-into.mjs";
import { addresses } from "./build/provider.mjs";

await buildInto("dist");

console.log("Built dist/dev/terraform-provider-openai for:");
for (const address of addresses) console.log(`  ${address}`);
console.log("\nTo use it:  export TF_CLI_CONFIG_FILE=$PWD/dist/dev.tfrc");
