import assert from "node:assert/strict";
import { test } from "node:test";
import { withArticle } from "../../../../src/provider/api/object-names.ts";
import { apiObjects } from "../../../../src/provider/objects/index.ts";
import { objectCases } from "../../../support/object-cases.ts";
import { place } from "../objects/support.ts";

/* What messages say of IDs that name nothing, and of nouns. */

test("every noun has the article of its sound, and what is many or uncounted none", () => {
  const nouns = [...new Set(apiObjects.map(({ declaration }) => declaration.noun))];
  for (const noun of nouns) {
    const said = withArticle(noun);
    if (/permissions$|settings$|retention$/.test(noun)) assert.equal(said, noun);
    else if (/^[aeio]/i.test(noun)) assert.equal(said, `an ${noun}`);
    else assert.equal(said, `a ${noun}`);
  }
  assert.ok(
    ["external key", "organization user", "user role", "invite"].every((noun) => nouns.includes(noun)),
  );
  const others = { "upload part": "an", user: "a", usage: "a", "unit price": "a", answer: "an" };
  for (const [noun, article] of Object.entries(others)) assert.equal(withArticle(noun), `${article} ${noun}`);
});

for (const { name, config, server: options } of objectCases) {
  test(`${name}: what refuses its creation has the article of its noun`, async (t) => {
    const { server, session } = await place(t, options ?? {});
    const given = config(server);
    const message = "No.";
    server.fault({ method: "POST", status: 400, body: { error: { message } }, times: "always" });
    const { titles, details } = await session.create(name, given);
    assert.ok(
      titles.some((title) => title.startsWith("error")),
      titles.join(),
    );
    assert.doesNotMatch(details.join(), /\b(?:a [aeio]|an (?:user|[^aeiouh"]))/i);
  });
}

test("an ID without the beginning of such IDs is named where the API does not find it", async (t) => {
  const { session } = await place(t);
  const limit = { project_id: "proj_default", rate_limit_id: "gpt-5.6-sol", max_requests_per_1_minute: 5 };
  const made = await session.create("openai_project_rate_limit", limit);
  assert.match(made.details.join(), /rate_limit_id is "gpt-5\.6-sol", and such IDs begin with rl-/);

  const read = await session.read("openai_project", { project_id: "Website" });
  assert.deepEqual(read.titles, ["error: Project not found"]);
  assert.match(read.details[0] ?? "", /project_id is "Website", and such IDs begin with proj_/);
  assert.match(read.details[0] ?? "", /the data source "openai_projects" reads those that there are/);

  const swapped = await session.create("openai_group_role", { group_id: "proj_1", role_id: "role_1" });
  assert.match(
    swapped.details.join(),
    /group_id is "proj_1", .* This one begins like the ID of another kind: project\./,
  );
});

test("a creation below a project that does not exist says what to check", async (t) => {
  const { session } = await place(t);
  const alone = { role_name: "Reviewer", permissions: ["api.files.read"] };
  for (const project_id of ["proj_gone", "website"]) {
    const { titles, details, paths } = await session.create("openai_project_role", { project_id, ...alone });
    assert.deepEqual([titles, paths], [["error: ID in project_id not found"], ["project_id"]]);
    assert.match(
      details[0] ?? "",
      /^The API does not find "[\w]+", which project_id names, and refuses the request to create/,
    );
    assert.match(details[0] ?? "", /mistyped, deleted, archived, or of another organization/);
    assert.equal(/such IDs begin with proj_/.test(details[0] ?? ""), project_id === "website");
  }
});

test("an ID in either form of the API's has no hint", async (t) => {
  const { session } = await place(t);
  for (const role_id of ["role_gone", "role-api-organization-gone"]) {
    const { details } = await session.read("openai_role", { role_id });
    assert.match(details[0] ?? "", /The API has no role/);
    assert.doesNotMatch(details[0] ?? "", /such IDs begin/);
  }
});

test("an error is on the argument whose value the API does not find, and not on what that would be in", async (t) => {
  const { server, session } = await place(t);
  const refused = async (message: string, create: boolean) => {
    server.fault({
      status: 404,
      body: { error: { message, type: "invalid_request_error", param: null, code: "not_found" } },
    });
    const role = { group_id: "group_1", role_id: "role_1" };
    const { titles, paths } = create
      ? await session.create("openai_group_role", role)
      : await session.read("openai_project_role", { project_id: "proj_1", role_id: "role_1" });
    return [titles.join(), paths.join()];
  };
  const unnamed = "error: Request refused by the API";
  assert.deepEqual(await refused("Role with id 'role_1' not found in group 'group_1'.", true), [
    "error: ID in role_id not found",
    "role_id",
  ]);
  assert.deepEqual(await refused("No such role in group 'group_1'.", true), [unnamed, ""]);
  assert.deepEqual(await refused("Not found.", true), [unnamed, ""]);
  assert.deepEqual(await refused("Project `proj_1` not found.", false), [
    "error: ID in project_id not found",
    "project_id",
  ]);
  for (const message of ["'role_1' is not found in 'proj_1'.", "No role in 'proj_1'.", "Not found."])
    assert.deepEqual(await refused(message, false), ["error: Project role not found", "role_id"], message);
});
