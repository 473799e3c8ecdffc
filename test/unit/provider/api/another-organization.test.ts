import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { apiObjects } from "../../../../src/provider/objects/index.ts";
import { objectCases } from "../../../support/object-cases.ts";
import { startOpenAIServer } from "../../../support/openai-server/server.ts";
import { ProviderSession } from "../../../support/provider-session.ts";
import { almostSeen } from "../objects/support.ts";

/* An admin key of another organization: nothing of the state is there, and nothing of it may be lost or made anew. */

const admin = objectCases.flatMap((object) => {
  const found = apiObjects.find(({ declaration }) => declaration.name === object.name);
  return found?.declaration.key === "admin" ? [{ ...object, of: found.declaration }] : [];
});

async function place(t: TestContext) {
  const keys = {
    "sk-admin-a": { organization: "org-a", plane: "admin" },
    "sk-admin-b": { organization: "org-b", plane: "admin" },
  } as const;
  const server = await startOpenAIServer({ completions: [], keys });
  t.after(() => server.close());
  const a = new ProviderSession({ base_url: server.url, admin_api_key: "sk-admin-a", max_retries: 0 });
  return { server, a, b: a.with({ admin_api_key: "sk-admin-b" }) };
}

const headers = { "openai-organization": "org-b" };
const missing = { message: "No such project.", type: "invalid_request_error", param: null, code: null };

describe("an admin key of another organization", { concurrency: 8 }, () => {
  for (const { name, config, of } of admin) {
    it(`${name} is not taken for gone with an admin key of another organization`, async (t) => {
      const { server, a, b } = await place(t);
      const given = config(server);
      const made = await a.create(name, given);
      assert.ok(made.kept, made.details.join());
      const read = await a.refresh(name, made.kept);
      assert.ok(read.kept);
      // What was created and never read is known, too.
      for (const kept of [made.kept, read.kept]) {
        // The local server has a default project of one name in each organization.
        if (given.project_id === "proj_default")
          server.fault({ method: "GET", status: 404, body: { error: missing }, headers, times: "always" });
        const { titles, details, kept: after } = await b.refresh(name, kept);
        assert.equal(titles.length, 1, details.join());
        assert.match(titles[0] ?? "", /^error: .* belongs to another organization$/);
        assert.match(details[0] ?? "", /organization org-a, .* organization org-b/);
        assert.match(details[0] ?? "", /terraform state rm/);
        assert.deepEqual(after?.state, kept.state);
      }
      server.control.reset();
      if (
        of.singleton !== true &&
        of.association?.steps === undefined &&
        given.project_id !== "proj_default"
      ) {
        const { titles, kept } = await b.delete(name, read.kept);
        assert.match(titles.join(), /^error: .* belongs to another organization$/);
        assert.deepEqual(kept?.state, read.kept.state);
      }
      // The local server has what each organization has one of in one place.
      if (of.singleton === true) return;
      const back = await a.refresh(name, read.kept);
      assert.deepEqual([back.titles, back.kept?.state], [[], read.kept.state]);
    });
  }

  it("the API at another base URL is another organization's, though it does not name one", async (t) => {
    const { server, a } = await place(t);
    const silent = { "openai-organization": "" };
    server.fault({ headers: silent, times: "always" });
    const made = await a.create("openai_role", { role_name: "Auditor", permissions: ["api.roles.read"] });
    assert.ok(made.kept);
    const other = await startOpenAIServer({ completions: [] });
    t.after(() => other.close());
    other.fault({ headers: silent, times: "always" });
    const { titles, details } = await a
      .with({ base_url: other.url })
      .refresh("openai_role", almostSeen(made.kept));
    assert.deepEqual(titles, ["error: Role belongs to another organization"]);
    assert.match(details[0] ?? "", /an organization that the API does not name/);
  });

  it("what the API says is gone, without naming an organization, is gone", async (t) => {
    const { server, a } = await place(t);
    server.fault({ headers: { "openai-organization": "" }, times: "always" });
    const made = await a.create("openai_role", { role_name: "Auditor", permissions: ["api.roles.read"] });
    assert.ok(made.kept);
    server.control.forgetObject("organization/roles", String(made.kept.state.id));
    server.control.advance(60_000);
    const { titles, kept } = await a.refresh("openai_role", almostSeen(made.kept));
    assert.deepEqual([titles, kept], [[], null]);
  });

  it("an organization that was renamed loses nothing: what it has is read as before", async (t) => {
    const { server, a } = await place(t);
    const made = await a.create("openai_role", { role_name: "Auditor", permissions: ["api.roles.read"] });
    assert.ok(made.kept);
    server.fault({ method: "GET", headers: { "openai-organization": "org-renamed" }, times: "always" });
    const read = await a.refresh("openai_role", made.kept);
    assert.deepEqual(read.titles, []);
    assert.ok(read.kept);
    assert.match(read.kept.private.get("account") ?? "", /org-renamed/);
  });
});
