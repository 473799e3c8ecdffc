import assert from "node:assert/strict";
import { test } from "node:test";
import { cliOf, type Feature, lackedBy } from "../../support/cli.ts";

test("a CLI is known by what its version command prints", () => {
  assert.deepEqual(cliOf("Terraform v1.11.4\non linux_amd64\n"), {
    product: "Terraform",
    version: [1, 11, 4],
  });
  assert.deepEqual(cliOf("OpenTofu v1.12.6\n"), { product: "OpenTofu", version: [1, 12, 6] });
  assert.throws(() => cliOf("bash: no such file"), /does not print its version/);
});

test("what a CLI lacks is reported with the version that brought it", () => {
  const cases: [version: string, feature: Feature, lacked: boolean][] = [
    ["Terraform v1.5.7", "check blocks", false],
    ["Terraform v1.5.7", "terraform test", true],
    ["Terraform v1.7.5", "provider functions", true],
    ["OpenTofu v1.7.0", "provider functions", false],
    ["Terraform v1.10.0", "ephemeral resources", false],
    ["OpenTofu v1.10.0", "ephemeral resources", true],
    ["Terraform v1.10.5", "write-only arguments", true],
    ["Terraform v1.6.6", "generated configuration of nested attributes", true],
    ["Terraform v2.0.0", "write-only arguments", false],
  ];
  for (const [version, feature, lacked] of cases) {
    const reason = lackedBy(cliOf(version), [feature]);
    assert.equal(reason !== false, lacked, `${version}: ${feature}`);
    if (reason !== false) assert.match(reason, new RegExp(`has no ${feature} \\(since 1\\.\\d+\\)`));
  }
  assert.equal(lackedBy(cliOf("Terraform v1.0.0"), []), false);
  const never = lackedBy(cliOf("OpenTofu v1.99.0"), ["report of a plugin's crash"]);
  assert.equal(never, "OpenTofu 1.99.0 has no report of a plugin's crash");
});
