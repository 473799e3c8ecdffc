import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import type { Provider } from "../../src/framework/index.ts";
import { ProviderServer } from "../../src/framework/server/index.ts";
import { reattachJSON } from "../../src/plugin/reattach.ts";
import { addProviderService } from "../../src/tfplugin6/provider-service.ts";
import { type FakeData, silent } from "./fake-provider.ts";
import { Workspace } from "./terraform.ts";

/** A workspace whose CLI reattaches to providers `fake`, or of another name, that this process serves until the test ends. */
export async function attachedWorkspace<P = FakeData>(
  context: TestContext,
  declared: Provider<P>,
  name = "fake",
  log = silent,
): Promise<Workspace> {
  const grpc = new Server();
  addProviderService(grpc, new ProviderServer(declared, log));
  const folder = mkdtempSync(join(tmpdir(), "tf-fake-"));
  const address = join(folder, "socket");
  await new Promise<void>((resolve, reject) => {
    grpc.bindAsync(`unix:${address}`, ServerCredentials.createInsecure(), (error) =>
      error === null ? resolve() : reject(error),
    );
  });
  context.after(() => {
    grpc.forceShutdown();
    rmSync(folder, { recursive: true, force: true });
  });
  const config = { protocolVersion: 6, pid: process.pid, network: "unix", address } as const;
  const sources = ["registry.terraform.io", "registry.opentofu.org"].map(
    (host) => `${host}/hashicorp/${name}`,
  );
  const attached = sources.map((source) => JSON.parse(reattachJSON({ ...config, source })));
  return new Workspace(context, { TF_REATTACH_PROVIDERS: JSON.stringify(Object.assign({}, ...attached)) });
}
