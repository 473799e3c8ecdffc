import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { zip } from "../../../../src/provider/objects/zip.ts";
import type { OpenAIServer } from "../../../support/openai-server/server.ts";
import { keptOf, place } from "./support.ts";

const manifest = "---\nname: release-notes\ndescription: Write release notes.\n---\n\nBe brief.\n";

function skillIn(
  t: TestContext,
  files: Readonly<Record<string, string | Buffer>> = { "SKILL.md": manifest },
): string {
  const path = join(mkdtempSync(join(tmpdir(), "skill-")), "notes");
  t.after(() => rmSync(join(path, ".."), { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(path, name, ".."), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return path;
}

function uploaded(server: OpenAIServer, path: string, id: unknown): Buffer {
  const content = server.control.objects.peek(path, String(id))?.content;
  assert.ok(content);
  return content;
}

test("a folder is uploaded as a zip that any program unpacks, below its own name", async (t) => {
  const { server, session } = await place(t);
  const files = {
    "SKILL.md": manifest,
    "scripts/ä b.py": "print(1)\n",
    "data.bin": Buffer.from([0, 1, 255]),
  };
  const path = skillIn(t, { ...files, ".DS_Store": "x", ".git/config": "x" });
  const { state } = keptOf(await session.create("openai_skill", { path }));
  const out = join(path, "..", "out");
  writeFileSync(`${out}.zip`, uploaded(server, "skills", state.id));
  execFileSync("python3", ["-m", "zipfile", "-e", `${out}.zip`, out]);
  for (const [name, content] of Object.entries(files))
    assert.deepEqual(readFileSync(join(out, "notes", name)), Buffer.from(content), name);
  const listed = execFileSync("python3", [
    "-c",
    `import zipfile; z = zipfile.ZipFile("${out}.zip"); print(z.testzip(), len(z.namelist()))`,
  ]);
  assert.equal(String(listed).trim(), "None 3");
});

test("the zip follows from names and contents alone", async (t) => {
  const path = skillIn(t, { "SKILL.md": manifest, "b/1": "1", a: "2" });
  const other = join(path, "..", "elsewhere", "notes");
  cpSync(path, other, { recursive: true });
  utimesSync(join(other, "a"), 1, 1);
  chmodSync(join(other, "a"), 0o700);
  const { session } = await place(t);
  const hashOf = async (given: string) =>
    (await session.plan("openai_skill", { path: given })).planned.content_sha256;
  const hash = await hashOf(path);
  assert.match(String(hash), /^[0-9a-f]{64}$/);
  assert.equal(await hashOf(other), hash);
  writeFileSync(join(other, "a"), "3");
  assert.notEqual(await hashOf(other), hash);
  const entries = [
    { name: "b", content: Buffer.from("1") },
    { name: "a", content: Buffer.from("2") },
  ];
  assert.deepEqual(zip(entries), zip([...entries].reverse()));
});

test("a zip is uploaded as it is", async (t) => {
  const { server, session } = await place(t);
  const content = zip([{ name: "notes/SKILL.md", content: Buffer.from(manifest) }]);
  const path = skillIn(t, { "notes.zip": content });
  const { state } = keptOf(await session.create("openai_skill", { path: join(path, "notes.zip") }));
  assert.deepEqual(uploaded(server, "skills", state.id), content);
});

for (const [what, files, title, words] of [
  ["without SKILL.md", { "README.md": "x" }, "Not a skill", /no SKILL\.md/],
  ["with two of them", { "SKILL.md": manifest, "sub/SKILL.md": manifest }, "Not a skill", /more than one/],
  ["without a description", { "SKILL.md": "---\nname: a\n---\n" }, "Not a skill", /no description/],
  ["without front matter", { "SKILL.md": "# Notes" }, "Not a skill", /no name and no description/],
  [
    "with a file that is too large",
    { "SKILL.md": manifest, big: Buffer.alloc(26 * 1024 * 1024) },
    "Skill too large",
    /25 MiB/,
  ],
  [
    "with too many files",
    { "SKILL.md": manifest, ...Object.fromEntries(Array.from({ length: 501 }, (_, n) => [`f${n}`, ""])) },
    "Skill too large",
    /500 files/,
  ],
] as const) {
  test(`a folder ${what} is an error on its path, at plan`, async (t) => {
    const { server, session } = await place(t);
    for (const name of ["openai_skill", "openai_skill_version"]) {
      const given = name === "openai_skill" ? {} : { skill_id: "skill_1" };
      const plan = await session.plan(name, { ...given, path: skillIn(t, files) });
      assert.deepEqual([plan.titles, plan.paths], [[`error: ${title}`], ["path"]]);
      assert.match(plan.details.join(), words);
    }
    assert.deepEqual(server.requests, []);
  });
}

test("a path that is missing, no zip, or leads elsewhere by a link is an error on it", async (t) => {
  const { session } = await place(t);
  const path = skillIn(t, { "SKILL.md": manifest, "notes.txt": "x" });
  const titleOf = async (given: string) => (await session.plan("openai_skill", { path: given })).titles;
  assert.deepEqual(await titleOf(join(path, "missing")), ["error: Skill cannot be read"]);
  assert.deepEqual(await titleOf(join(path, "notes.txt")), ["error: Not a skill"]);
  symlinkSync("/etc/hostname", join(path, "secret"));
  assert.deepEqual(await titleOf(path), ["error: Not a file"]);
});

test("other files are another skill, and the same files elsewhere are not", async (t) => {
  const { session } = await place(t);
  const path = skillIn(t);
  const kept = keptOf(await session.create("openai_skill", { path }));
  const moved = join(path, "..", "elsewhere", "notes");
  cpSync(path, moved, { recursive: true });
  assert.deepEqual((await session.plan("openai_skill", { path: moved }, kept)).replaces, []);
  writeFileSync(join(path, "more.md"), "x");
  assert.deepEqual((await session.plan("openai_skill", { path }, kept)).replaces, ["content_sha256"]);
});

test("files that change between plan and apply are an error, and nothing is uploaded", async (t) => {
  const { server, session } = await place(t);
  const path = skillIn(t);
  const plan = await session.plan("openai_skill", { path });
  writeFileSync(join(path, "more.md"), "x");
  const applied = await session.apply("openai_skill", { ...plan, prior: null, given: { path } });
  assert.deepEqual([applied.titles, applied.paths], [["error: Files changed since the plan"], ["path"]]);
  assert.deepEqual(server.requests, []);
});

test("a version is numbered by the API, and becomes the default where it is said", async (t) => {
  const { server, session } = await place(t);
  const skill = keptOf(await session.create("openai_skill", { path: skillIn(t) }));
  const given = { skill_id: skill.state.id, path: skillIn(t, { "SKILL.md": `${manifest}More.\n` }) };
  const two = keptOf(await session.create("openai_skill_version", given));
  assert.deepEqual([two.state.id, String(two.state.skill_version_id).slice(0, 9)], ["2", "skillver_"]);
  assert.equal(keptOf(await session.refresh("openai_skill", skill)).state.default_version, "1");
  const three = keptOf(await session.create("openai_skill_version", { ...given, default: true }));
  const read = keptOf(await session.refresh("openai_skill", skill));
  assert.deepEqual([three.state.id, read.state.default_version, read.state.latest_version], ["3", "3", "3"]);
  assert.ok(
    (await session.plan("openai_skill", { path: skill.config.path }, read)).empty,
    "no drift of the skill",
  );
  const versions = keptOf(
    await session.read("openai_skill_versions", { skill_id: skill.state.id, order: "asc" }),
  );
  assert.deepEqual(versions.state.ids, ["2", "3"]);
  server.control.clearRequests();
  await session.delete("openai_skill_version", two);
  assert.deepEqual(
    server.requests.map(({ method, path }) => `${method} ${path}`),
    [`DELETE /v1/skills/${skill.state.id}/versions/2`],
  );
});

test("a new skill cannot begin with another default version", async (t) => {
  const { session } = await place(t);
  const plan = await session.plan("openai_skill", { path: skillIn(t), default_version: "2" });
  assert.deepEqual([plan.titles, plan.paths], [["error: No such version"], ["default_version"]]);
});

test("the files of a skill and of a version are read as a zip", async (t) => {
  const { server, session } = await place(t);
  const { state } = keptOf(await session.create("openai_skill", { path: skillIn(t) }));
  const read = keptOf(await session.read("openai_skill_content", { skill_id: state.id, encoding: "base64" }));
  assert.equal(read.state.content_base64, uploaded(server, "skills", state.id).toString("base64"));
  assert.equal(read.state.content_sha256, state.content_sha256);
  const version = keptOf(
    await session.create("openai_skill_version", { skill_id: state.id, path: skillIn(t) }),
  );
  const given = { skill_id: state.id, version: version.state.id, encoding: "base64" };
  const content = keptOf(await session.read("openai_skill_version_content", given));
  assert.equal(content.state.content_sha256, version.state.content_sha256);
});

test("a creation needs a path, and an import does not", async (t) => {
  const { session } = await place(t);
  assert.deepEqual((await session.plan("openai_skill", {})).titles, ["error: Missing argument"]);
  const kept = keptOf(await session.create("openai_skill", { path: skillIn(t) }));
  const imported = keptOf(await session.import("openai_skill", String(kept.state.id)));
  assert.ok((await session.plan("openai_skill", {}, imported)).empty);
});

test("a lost answer is found again by the name in SKILL.md, of a folder and of a zip", async (t) => {
  const { server, session } = await place(t);
  const now = Math.floor(Date.now() / 1000);
  server.control.addObject("skills", { id: "skill_other", name: "other", created_at: now });
  server.control.addObject("skills", { id: "skill_old", name: "release-notes", created_at: now - 60 });
  const path = skillIn(t);
  const deflated = join(path, "..", "deflated.zip");
  const script = `import zipfile; z = zipfile.ZipFile("${deflated}", "w", zipfile.ZIP_DEFLATED); z.writestr("n/SKILL.md", "---\\nname: 'other name'  # as said\\ndescription: x\\n---\\n" + "x" * 999); z.close()`;
  execFileSync("python3", ["-c", script]);
  for (const [given, called] of [
    [path, "release-notes"],
    [deflated, "other name"],
  ] as const) {
    server.fault({ method: "POST", reset: "headers" });
    const lost = session.create("openai_skill", { path: given });
    // The local server unpacks nothing.
    while (server.control.objects.all("skills").length < (given === path ? 3 : 4))
      await new Promise(setImmediate);
    const made = server.control.objects.all("skills").at(-1);
    server.control.changeObject("skills", String(made?.id), { name: called });
    const { titles, kept } = await lost;
    assert.deepEqual(titles, ["warning: Answer lost, and found again"]);
    assert.deepEqual([kept?.state.id, kept?.state.name], [made?.id, called]);
  }
});

test("a lost version is found again, and neither the first one nor what this run has already is taken for it", async (t) => {
  const { server, session } = await place(t);
  const path = skillIn(t);
  const skill = keptOf(await session.create("openai_skill", { path }));
  const versions = "skills/{skill_id}/versions";
  const now = Math.floor(Date.now() / 1000);
  const parents = { skill_id: String(skill.state.id) };
  server.control.addObject(versions, { id: "1", version: "1", created_at: now }, parents);
  const given = { ...parents, path };
  keptOf(await session.create("openai_skill_version", given));
  // Of several that it may be, none would be taken.
  server.fault({ method: "POST", reset: "headers" });
  const { titles, kept } = await session.create("openai_skill_version", given);
  assert.deepEqual(titles, ["warning: Answer lost, and found again"]);
  assert.equal(kept?.state.skill_version_id, server.control.objects.all(versions).at(-1)?.body.id);
});
