import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { selfSigned } from "../support/openai-server/certificate.ts";
import { startOpenAIServer } from "../support/openai-server/server.ts";
import { BareRoot, missingChroot } from "./support/bare-root.ts";
import { startNameServer } from "./support/name-server.ts";
import { configuration } from "./support/release.ts";

describe("a root with a static sh, a static terraform and the release alone", () => {
  const skip = missingChroot();

  for (const authorities of ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"]) {
    it(`inits, plans and applies by a DNS name, over https with ${authorities}`, { skip }, async (test) => {
      const names = await startNameServer();
      test.after(() => names.close());
      const certificate = selfSigned({ names: ["api.example.test"] });
      const server = await startOpenAIServer({ tls: certificate });
      test.after(() => server.close());

      const bare = await BareRoot.make(test);
      bare.write("work/main.tf", configuration()).write("etc/authority.pem", certificate.cert);
      bare.write("etc/resolv.conf", `nameserver ${names.address}\n`);
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
      assert.ok(names.asked.includes("api.example.test"));
    });
  }
});
