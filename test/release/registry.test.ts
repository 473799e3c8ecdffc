import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it, type TestContext } from "node:test";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { Workspace } from "../support/terraform.ts";
import { type Registry, type RegistryOptions, startRegistry } from "./support/registry.ts";
import { configuration, release, temporaryFolder } from "./support/release.ts";
import { missingGpg, signedRelease } from "./support/signing.ts";

let server: OpenAIServer;
before(async () => {
  server = await startOpenAIServer();
});
after(() => server.close());

interface Setting {
  readonly registry: Registry;
  readonly work: Workspace;
}

/** A registry with a signed release, and a practitioner's workspace whose Terraform trusts its authority. */
async function setting(test: TestContext, spoil?: RegistryOptions["spoil"]): Promise<Setting> {
  const signed = await signedRelease(test);
  const registry = await startRegistry({ ...signed, ...(spoil === undefined ? {} : { spoil }) });
  test.after(() => registry.close());
  const folder = temporaryFolder(test);
  const authority = join(folder, "authority.pem");
  writeFileSync(authority, registry.authority);
  const work = new Workspace(test, {
    PATH: folder,
    TF_CLI_CONFIG_FILE: undefined,
    SSL_CERT_FILE: authority,
    OPENAI_API_KEY: "sk-release",
    OPENAI_BASE_URL: server.url,
  });
  return { registry, work: work.write("main.tf", configuration(`${registry.host}/acme/openai`)) };
}

describe("the provider registry protocol", async () => {
  const skip = await missingGpg();

  it("installs the release, checks its signature, and runs it from a folder with a colon", {
    skip,
  }, async (test) => {
    const { registry, work } = await setting(test);
    const init = await work.ok("init");
    assert.match(init.stdout, /Installed localhost:\d+\/acme\/openai v\S+ \(self-signed, key ID [0-9A-F]+\)/);
    const files = new Set(registry.requests.filter((path) => path.startsWith("/files/")));
    assert.deepEqual([...files].sort(), ["/files/signature", "/files/sums", "/files/zip"]);
    await work.ok("plan");
    await work.ok("apply", "-auto-approve");
    assert.equal(await work.output("finish_reason"), "stop");

    const { platform, version } = release();
    await work.ok("providers", "lock", `-platform=${platform}`);
    const mirror = join(temporaryFolder(test), "mirror");
    await work.ok("providers", "mirror", `-platform=${platform}`, mirror);
    const [host = ""] = readdirSync(mirror);
    const mirrored = readdirSync(join(mirror, host, "acme/openai"));
    assert.ok(mirrored.includes(`terraform-provider-openai_${version}_${platform}.zip`));
  });

  for (const [name, spoil] of [
    ["cut off on the way", (zip: Buffer) => zip.subarray(0, zip.length - 1000)],
    ["with one byte changed", withOneByteChanged],
  ] as const) {
    it(`refuses a package ${name}, by its checksum`, { skip }, async (test) => {
      const { work } = await setting(test, spoil);
      assert.match(await work.fails("init"), /archive has incorrect checksum/);
    });
  }
});

function withOneByteChanged(zip: Buffer): Buffer {
  const changed = Buffer.from(zip);
  const middle = changed.length >> 1;
  changed.writeUInt8(changed.readUInt8(middle) ^ 1, middle);
  return changed;
}
