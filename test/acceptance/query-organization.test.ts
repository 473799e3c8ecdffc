import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { lacks } from "../support/cli.ts";
import { planIsEmpty, started } from "./resource-support.ts";

const skip = lacks("terraform query");
const [projects, members] = [90, 300];

test(`an organization of ${projects} projects and ${members} members is found and imported as it is`, {
  skip,
}, async (t) => {
  const { server, work } = await started(t, {}, { OPENAI_ADMIN_KEY: "sk-admin-test" });
  for (let count = 1; count < projects; count += 1)
    server.control.addObject("organization/projects", { id: `proj_${count}`, name: `Project ${count}` });
  for (let count = 0; count < members; count += 1)
    server.control.addObject("organization/users", {
      id: `user-${count}`,
      email: `user${count}@example.com`,
    });
  work.write("main.tf", 'provider "openai" {}\n');
  const lists = ["openai_project", "openai_organization_user"].map(
    (type) => `list "${type}" "all" {\n  provider = openai\n  limit    = 1000\n}\n`,
  );
  work.write("organization.tfquery.hcl", lists.join("\n"));
  await work.ok("query", "-generate-config-out=found.tf");
  const written = readFileSync(join(work.folder, "found.tf"), "utf8");
  const all = projects + members;
  assert.equal(written.match(/^import \{/gm)?.length, all);
  const pages = server.requests.length;
  assert.equal(pages, 1 + 3, "a request for each page of a hundred");
  work.remove("organization.tfquery.hcl");
  const { stdout } = await work.ok("apply", "-auto-approve");
  assert.match(stdout, new RegExp(`${all} imported, 0 added, 0 changed, 0 destroyed`));
  await planIsEmpty(work);
  assert.ok(server.requests.every(({ method }) => method === "GET"));
});
