import type { PluginIdentity } from "./identity.ts";

/** What the command line asks for. `serve` is the plain start, which only a plugin host makes. */
export type Command =
  | { readonly kind: "serve" }
  | { readonly kind: "debug"; readonly address: string | undefined }
  | { readonly kind: "version" }
  | { readonly kind: "help" }
  | { readonly kind: "invalid"; readonly problem: string };

/**
 * Reads the arguments after the program's name. One dash or two, as Go's flag package allows, since
 * `-debug` is what the documentation of other providers teaches. Without any argument, as Terraform
 * starts a plugin, the answer is `serve`.
 */
export function parseArguments(argv: readonly string[]): Command {
  let debug = false;
  let address: string | undefined;
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index] ?? "";
    const match = /^--?([a-z]+)(?:=(.*))?$/s.exec(argument);
    const [, name, value] = match ?? [];
    switch (name) {
      case "version":
      case "help":
        return { kind: name };
      case "h":
        return { kind: "help" };
      case "debug":
        if (value !== undefined && value !== "true" && value !== "false") {
          return invalid(`${argument} is neither -debug=true nor -debug=false`);
        }
        debug = value !== "false";
        break;
      case "address":
        address = value ?? argv[++index];
        if (address === undefined || !isAddress(address)) {
          return invalid("-address takes a provider address such as registry.terraform.io/NAMESPACE/TYPE");
        }
        break;
      default:
        return invalid(`unknown argument ${argument}`);
    }
  }
  if (debug) return { kind: "debug", address };
  if (address !== undefined) return invalid("-address has a meaning only together with -debug");
  return { kind: "serve" };
}

function invalid(problem: string): Command {
  return { kind: "invalid", problem };
}

/** Two or three parts, as Terraform parses the keys of TF_REATTACH_PROVIDERS. */
function isAddress(text: string): boolean {
  return /^[^/\s]+(\/[^/\s]+){1,2}$/.test(text);
}

export function helpText(identity: PluginIdentity): string {
  return `${identity.name} ${identity.version}, a plugin that Terraform and OpenTofu start by themselves.

Usage: ${identity.name} [ARGUMENT...]

  -debug            serve many Terraform commands from one process, for a debugger;
                    prints the TF_REATTACH_PROVIDERS that connects them to it
  -address ADDRESS  with -debug: the address the provider is known by
                    (default ${identity.address})
  -version          print the version
  -help             print this text

Environment, set by the program that starts the plugin:

  PLUGIN_NETWORK          "unix" or "tcp"; default unix, and tcp on Windows
  PLUGIN_UNIX_SOCKET_DIR  directory of the socket; default the temporary directory
  PLUGIN_MIN_PORT, PLUGIN_MAX_PORT
                          range of TCP ports to try; default any free port
`;
}
