import type { PluginAddress } from "./handshake.ts";

/** How Terraform finds a provider that already runs (terraform/main.go, parseReattachProviders). */
export interface ReattachConfig extends PluginAddress {
  /** The provider's source address in full. */
  readonly source: string;
  readonly protocolVersion: number;
  readonly pid: number;
}

/**
 * The value of TF_REATTACH_PROVIDERS. `Test` must be true: Terraform then takes the version from
 * here, and neither shuts the process down nor kills it; with false it falls back to protocol 5 and
 * crashes on a protocol 6 provider.
 */
export function reattachJSON(config: ReattachConfig): string {
  return JSON.stringify({
    [config.source]: {
      Protocol: "grpc",
      ProtocolVersion: config.protocolVersion,
      Pid: config.pid,
      Test: true,
      Addr: { Network: config.network, String: config.address },
    },
  });
}

/**
 * What debug mode prints, as every provider does (terraform-plugin-go/tfprotov6/tf6server/server.go):
 * editors and scripts look for this text.
 */
export function reattachText(config: ReattachConfig, platform: NodeJS.Platform): string {
  const json = reattachJSON(config);
  const lines =
    platform === "win32"
      ? [
          `\tCommand Prompt:\tset "TF_REATTACH_PROVIDERS=${json}"`,
          `\tPowerShell:\t$env:TF_REATTACH_PROVIDERS='${json.replaceAll("'", "''")}'`,
        ]
      : [`\tTF_REATTACH_PROVIDERS='${json.replaceAll("'", `'"'"'`)}'`];
  return `Provider started. To attach Terraform CLI, set the TF_REATTACH_PROVIDERS environment variable with the following:

${lines.join("\n")}

`;
}
