import assert from "node:assert/strict";
import { test } from "node:test";
import { negotiateVersion } from "../../../src/plugin/negotiation.ts";

const cases: { offered: string | undefined; own: number[]; version: number; invalid?: string[] }[] = [
  { offered: "5,6", own: [6], version: 6 },
  { offered: "6,5", own: [6], version: 6 },
  { offered: "5,6", own: [5, 6], version: 6 },
  { offered: "6,5", own: [6, 5], version: 6 },
  { offered: "5", own: [5, 6], version: 5 },
  { offered: "4", own: [5, 6], version: 5 },
  { offered: undefined, own: [5, 6], version: 5 },
  { offered: "", own: [6, 5], version: 5 },
  { offered: "7,six,6", own: [5, 6], version: 6, invalid: ["six"] },
  { offered: "5, 6", own: [5, 6], version: 5, invalid: [" 6"] },
  { offered: "+6,05", own: [5, 6], version: 6 },
  { offered: "six", own: [5, 6], version: 5, invalid: ["six"] },
  { offered: "5,,6", own: [5], version: 5, invalid: [""] },
];

for (const { offered, own, version, invalid = [] } of cases) {
  test(`a host that offers ${JSON.stringify(offered)} and a plugin of ${own} agree on ${version}`, () => {
    assert.deepEqual(negotiateVersion(offered, own), { version, invalid });
  });
}

test("a plugin without versions is a mistake in the program", () => {
  assert.throws(() => negotiateVersion("6", []), /at least one protocol version/);
});
