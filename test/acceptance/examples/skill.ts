import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";

export const scenario: Scenario = {
  outputs: { skill_id: /^skill_/, default_version: "2", versions: ["2"] },
  async check({ work, server }) {
    const skills = () => server.control.objects.all("skills");
    const versions = () => server.control.objects.all("skills/{skill_id}/versions").map(({ id }) => id);
    const [before] = skills();
    work.write(
      "release-notes-2/SKILL.md",
      "---\nname: release-notes\ndescription: Write release notes.\n---\nBe brief.\n",
    );
    await work.ok("apply", "-auto-approve");
    assert.deepEqual(versions(), ["3"]);
    assert.deepEqual([skills()[0]?.id, skills()[0]?.body.default_version], [before?.id, "3"]);
    // While the new version took the place of the old one, both were listed.
    await work.ok("apply", "-auto-approve");
    assert.deepEqual(await work.output("versions"), ["3"]);
    assert.equal((await work.run(["plan", "-detailed-exitcode"])).code, 0);
    await work.ok("destroy", "-auto-approve");
    assert.deepEqual([skills(), versions()], [[], []]);
  },
};
