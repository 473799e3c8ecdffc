import type { PluginIdentity } from "./identity.ts";

/** The handshake every Terraform release and OpenTofu use: terraform/internal/plugin/serve.go, Handshake. */
export const MAGIC_COOKIE_KEY = "TF_PLUGIN_MAGIC_COOKIE";
export const MAGIC_COOKIE_VALUE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

/**
 * Returns whether a plugin host started this process. The cookie is no secret and guards nothing: it
 * only distinguishes a host from a person who ran the file by hand (go-plugin/server.go, Serve).
 */
export function hasMagicCookie(env: NodeJS.ProcessEnv): boolean {
  return env[MAGIC_COOKIE_KEY] === MAGIC_COOKIE_VALUE;
}

/** What a person who ran the plugin by hand reads on stderr. */
export function notExecutableText(identity: PluginIdentity): string {
  const { name, address, version } = identity;
  return `This binary is a plugin. These are not meant to be executed directly.
Please run the program that uses it, which starts its plugins by itself.

${name} ${version} is a provider for Terraform and OpenTofu. To install it, name it in
a configuration and run "terraform init" there:

  terraform {
    required_providers {
      ${address.split("/").at(-1)} = {
        source = "${shortAddress(address)}"
      }
    }
  }

To work on the provider itself, run

  ${name} --debug

which serves one process for many Terraform commands and prints how to connect
them to it. "${name} --help" lists all arguments.
`;
}

/** Terraform's default registry is left out of a source address, as its own documentation does. */
function shortAddress(address: string): string {
  return address.replace(/^registry\.terraform\.io\//, "");
}
