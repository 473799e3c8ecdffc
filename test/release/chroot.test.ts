import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { selfSigned } from "../support/openai-server/certificate.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { BareRoot, missingChroot } from "./support/bare-root.ts";
import { startNameServer } from "./support/name-server.ts";
import { configuration } from "./support/release.ts";

describe("a root with a static sh, a static terraform and the release alone", () => {
  const skip = missingChroot();
  const certificate = selfSigned({ names: ["api.example.test"] });
  const cleanups: (() => void)[] = [];
  let names: Awaited<ReturnType<typeof startNameServer>>;
  let server: OpenAIServer;
  let bare: BareRoot;
  before(async () => {
    if (skip !== false) return;
    names = await startNameServer();
    server = await startOpenAIServer({ tls: certificate });
    bare = await BareRoot.make({ after: (last) => cleanups.push(last) });
    bare.write("work/main.tf", configuration()).write("etc/authority.pem", certificate.cert);
    bare.write("etc/resolv.conf", `nameserver ${names.address}\n`);
  });
  after(async () => {
    if (skip !== false) return;
    for (const last of cleanups) last();
    names.close();
    await server.close();
  });

  for (const authorities of ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"]) {
    it(`inits, plans and applies by a DNS name, over https with ${authorities}`, { skip }, async () => {
      const before = [names.asked.length, server.requests.length] as const;
      const url = new URL(server.url);
      url.hostname = "api.example.test";
      const env = {
        [authorities]: "/etc/authority.pem",
        OPENAI_API_KEY: "sk-release",
        OPENAI_BASE_URL: url.href,
      };
      for (const args of [["init"], ["plan"], ["apply", "-auto-approve"]]) {
        const { code, stdout, stderr } = await bare.terraform(args, env);
        assert.equal(code, 0, `terraform ${args.join(" ")}:\n${stdout}${stderr}`);
        if (args[0] === "apply") assert.match(stdout, /finish_reason = "stop"/);
      }
      assert.ok(names.asked.slice(before[0]).includes("api.example.test"));
      assert.ok(server.requests.length > before[1], "it was read anew");
    });
  }
});
