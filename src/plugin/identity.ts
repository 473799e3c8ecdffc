/** Who the plugin is, for the texts it shows to people. */
export interface PluginIdentity {
  /** Name of the executable, such as "terraform-provider-example". */
  readonly name: string;
  /** Source address in full, such as "registry.terraform.io/example/example". */
  readonly address: string;
  /** Semantic version without a leading "v". */
  readonly version: string;
}
