import assert from "node:assert/strict";
import { test } from "node:test";
import { type ReattachConfig, reattachJSON, reattachText } from "../../../src/plugin/reattach.ts";

const config: ReattachConfig = {
  source: "registry.terraform.io/acme/example",
  protocolVersion: 6,
  pid: 42,
  network: "unix",
  address: "/tmp/plugin123",
};

const json =
  '{"registry.terraform.io/acme/example":{"Protocol":"grpc","ProtocolVersion":6,"Pid":42,"Test":true,' +
  '"Addr":{"Network":"unix","String":"/tmp/plugin123"}}}';

test("the configuration has the keys Terraform reads, in Go's order", () => {
  assert.equal(reattachJSON(config), json);
});

test("a POSIX shell can take the line as it is printed", () => {
  assert.equal(
    reattachText(config, "linux"),
    "Provider started. To attach Terraform CLI, set the TF_REATTACH_PROVIDERS environment variable with " +
      `the following:\n\n\tTF_REATTACH_PROVIDERS='${json}'\n\n`,
  );
});

test("a single quote in the socket's path does not end the shell's quotes", () => {
  const text = reattachText({ ...config, address: "/tmp/o'clock/plugin123" }, "darwin");
  assert.ok(text.includes(`"/tmp/o'"'"'clock/plugin123"`));
});

test("Windows gets a line for each of its shells", () => {
  const text = reattachText({ ...config, network: "tcp", address: "127.0.0.1:10000" }, "win32");
  assert.match(text, /^\tCommand Prompt:\tset "TF_REATTACH_PROVIDERS=\{.*\}"$/m);
  assert.match(text, /^\tPowerShell:\t\$env:TF_REATTACH_PROVIDERS='\{.*\}'$/m);
});
