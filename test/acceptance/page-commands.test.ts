import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { ApiObject } from "../../src/provider/api/declaration.ts";
import { idMemberOf, parentsOf } from "../../src/provider/api/object-names.ts";
import { apiObjects } from "../../src/provider/objects/index.ts";
import { type Feature, lacks } from "../support/cli.ts";
import type { Control } from "../support/openai-server/control.ts";
import type { OpenAIServer } from "../support/openai-server/server.ts";
import { root } from "../support/root.ts";
import type { CliResult, Workspace } from "../support/terraform.ts";
import { unboxed } from "../support/terraform.ts";
import { planIsEmpty, started } from "./resource-support.ts";

/* The commands of pages, run as they stand there, in the folder of the example that the page shows. */

/** What the commands of a page, or of a part of it, run with and give. */
interface Row {
  readonly page: string;
  /** The heading of the part; unset means the whole page. */
  readonly part?: string;
  readonly example: string;
  readonly needs: readonly Feature[];
  readonly variables?: Readonly<Record<string, string>>;
  prepare(control: Control): void;
  /** What is done by hand before a command. */
  readonly before?: Readonly<Record<string, (work: Workspace) => void | Promise<void>>>;
  /** What each command prints, in order: of those that are named. */
  readonly prints: readonly (readonly [command: string, shown: RegExp])[];
  check?(control: Control, work: Workspace): void;
}

const old = { created_at: 1_700_000_000 };

function experiment(control: Control): void {
  for (const id of ["chatcmpl-1", "chatcmpl-2"])
    control.seed({ id, view: { metadata: { experiment: "colours", team: "platform" } } });
  control.seed({ id: "chatcmpl-3", view: { metadata: { team: "other" } } });
}

function uploads(control: Control): void {
  for (const purpose of ["assistants", "batch_output"])
    control.addObject("files", { ...old, id: `file-${purpose}`, purpose });
  control.addObject("vector_stores", { id: "vs_1", name: "Handbook" });
}

const removal = {
  example: "delete-completions",
  needs: ["actions"],
  variables: { experiment: "colours" },
  prepare: experiment,
  check: (control: Control) => assert.deepEqual(control.ids(), ["chatcmpl-3"]),
} as const;

const rows: readonly Row[] = [
  {
    page: "guides/query.md",
    example: "existing-objects",
    needs: ["terraform query"],
    prepare(control) {
      experiment(control);
      uploads(control);
    },
    before: {
      "terraform plan -detailed-exitcode": async (work) => {
        const again = await work.fails("query", "-generate-config-out=generated.tf");
        assert.match(again, /already exists/);
        const text = readFileSync(join(work.folder, "generated.tf"), "utf8");
        work.write("generated.tf", text.replace(/^import \{[\s\S]*?^\}\n/gm, ""));
      },
    },
    prints: [
      ["terraform query", /list\.openai_file\.documents +id=file-assistants/],
      ["terraform plan", /Plan: 4 to import, 0 to add, 0 to change, 0 to destroy/],
      ["terraform apply", /4 imported, 0 added, 0 changed, 0 destroyed/],
      ["terraform plan -detailed-exitcode", /No changes/],
    ],
  },
  {
    page: "guides/clean-up.md",
    part: "Files",
    example: "delete-unused-files",
    needs: ["terraform query", "actions"],
    prepare: uploads,
    prints: [
      ["terraform query -var=month=2026-11", /list\.openai_vector_store\.all +id=vs_1/],
      ["terraform plan -var=month=2026-11", /1 unused file .*to be deleted.* file-assistants/],
      [
        "terraform plan -var=month=2026-11 '-invoke=action.openai_file_delete_unused.old[\"batch_output\"]'",
        /1 unused file of purpose batch_output to be deleted .*file-batch_output/,
      ],
      [
        "terraform apply -var=month=2026-11",
        /1 of 1 unused file of purpose assistants deleted, 0 left.* 1 of 1 unused file of purpose batch_output deleted/,
      ],
      [
        "terraform apply -var=month=2026-11 '-invoke=action.openai_file_delete_unused.old[\"assistants\"]'",
        /There are no unused files of purpose assistants to be deleted/,
      ],
    ],
    check: (control) => assert.equal(control.objects.all("files").length, 0),
  },
  {
    ...removal,
    page: "guides/clean-up.md",
    part: "Stored completions",
    prints: [["terraform apply -var=experiment=colours", /2 of 2 stored completions deleted/]],
  },
  {
    ...removal,
    page: "actions/chat_completion_delete.md",
    prints: [
      [
        "terraform plan -invoke=action.openai_chat_completion_delete.experiment",
        /2 stored completions to be deleted .*chatcmpl-1, chatcmpl-2/,
      ],
    ],
  },
  {
    page: "actions/chat_completion_tag.md",
    example: "tag-completions",
    needs: ["actions"],
    variables: { review: "2026-11" },
    prepare: experiment,
    prints: [
      [
        "terraform plan -invoke=action.openai_chat_completion_tag.review",
        /2 stored completions to be tagged/,
      ],
      [
        "terraform apply -invoke=action.openai_chat_completion_tag.review",
        /2 of 2 stored completions tagged/,
      ],
    ],
  },
  {
    page: "actions/file_delete_unused.md",
    example: "delete-unused-files",
    needs: ["actions"],
    variables: { month: "2026-11" },
    prepare: uploads,
    prints: [],
    check: (control) =>
      assert.deepEqual(
        control.objects.all("files").map(({ id }) => id),
        ["file-batch_output"],
      ),
  },
  ...(
    [
      ["external_key", "main", /OpenAI reports "valid" for the external key "extkey_\w+": it works/],
      ["external_storage", "records", /OpenAI reports "validated" for the external storage/],
    ] as const
  ).map(([of, name, shown]): Row => {
    const command = `terraform apply -invoke=action.openai_${of}_validate.${name}`;
    return {
      page: `actions/${of}_validate.md`,
      example: "validate-external",
      needs: ["actions"],
      variables: { project_id: "proj_abc123" },
      prepare() {},
      before: { [command]: made },
      prints: [[command, shown]],
    };
  }),
];

/** Makes what the action names. */
async function made(work: Workspace): Promise<void> {
  work.write("provider.tf", `provider "openai" {\n  admin_api_key = "sk-admin-acceptance"\n}\n`);
  await work.ok("apply", "-auto-approve");
}

/** The commands in the shell blocks of a page, without comments. */
function commandsOf(page: string, part?: string): string[] {
  const text = readFileSync(join(root, "docs", page), "utf8");
  const within =
    part === undefined ? text : (text.split(/^## /m).find((each) => each.startsWith(`${part}\n`)) ?? "");
  return [...within.matchAll(/^ *```shell\n([\s\S]*?)^ *```/gm)]
    .flatMap(([, block = ""]) => block.split("\n"))
    .map((line) => line.replace(/ +#.*$/, "").trim())
    .filter((line) => line !== "");
}

/** Runs a command as a shell would, and with the approval that a person would give. */
function run(work: Workspace, command: string): Promise<CliResult> {
  const [program, ...words] = (command.match(/'[^']*'|\S+/g) ?? []).map((word) =>
    word.replace(/^'(.*)'$/, "$1"),
  );
  assert.equal(program, "terraform", command);
  return work.ok(...words, ...(words[0] === "apply" ? ["-auto-approve"] : []));
}

async function place(t: TestContext, { example, variables = {}, prepare }: Row) {
  const { server, work } = await started(t);
  prepare(server.control);
  const folder = join(root, "terraform-examples", example);
  for (const file of readdirSync(folder)) work.write(file, readFileSync(join(folder, file), "utf8"));
  const values = Object.entries(variables).map(([name, value]) => `${name} = ${JSON.stringify(value)}\n`);
  work.write("terraform.tfvars", values.join(""));
  return { control: server.control, work };
}

for (const row of rows) {
  test(`the commands of ${row.page}${row.part === undefined ? "" : `, ${row.part}`}, do what it says`, {
    skip: lacks(...row.needs),
  }, async (t) => {
    const { control, work } = await place(t, row);
    const commands = commandsOf(row.page, row.part);
    assert.notEqual(commands.length, 0, "the page has commands");
    for (const [command] of row.prints) assert.ok(commands.includes(command), `the page has ${command}`);
    for (const command of commands) {
      await row.before?.[command]?.(work);
      const { output } = await run(work, command);
      for (const [named, shown] of row.prints) if (named === command) assert.match(unboxed(output), shown);
    }
    row.check?.(control, work);
  });
}

const lists = readdirSync(join(root, "docs/list-resources")).map((file) => `list-resources/${file}`);

/** The example that the description of an argument gives. */
function exampleOf(of: ApiObject, argument: string): string {
  return /for example `([^`]+)`/.exec(of.attributes[argument]?.description ?? "")?.[1] ?? "";
}

const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

/** Gives the server one of each object that can be listed, with the IDs that the pages name. */
async function oneOfEach({ control, url }: OpenAIServer): Promise<void> {
  // Its content is kept where it is uploaded alone.
  await fetch(`${url}/organization/certificates`, {
    method: "POST",
    headers: { authorization: "Bearer sk-admin-acceptance", "content-type": "application/json" },
    body: JSON.stringify({ certificate: pem, name: "Client" }),
  });
  for (const { declaration: of, listResources } of apiObjects) {
    if (listResources.length === 0 || of.name === "openai_certificate") continue;
    const parents = Object.fromEntries(parentsOf(of).map((name) => [name, exampleOf(of, name)]));
    // What is on or off is there while it is on.
    const on = "active" in of.attributes ? { active: true } : {};
    control.addObject(of.path, { id: of.id, [idMemberOf(of)]: of.id, ...on }, parents);
  }
}

test("the query and the commands on the page of each list resource find it, and write what imports it", {
  skip: lacks("terraform query"),
}, async (t) => {
  const { server, work } = await started(t);
  experiment(server.control);
  await oneOfEach(server);
  work.write("main.tf", 'provider "openai" {\n  admin_api_key = "sk-admin-acceptance"\n}\n');
  const queries = lists.map((page) => {
    const text = readFileSync(join(root, "docs", page), "utf8");
    const [, query = ""] = /^```terraform\n(list [\s\S]*?)^```/m.exec(text) ?? [];
    assert.ok(query, page);
    return query;
  });
  work.write("all.tfquery.hcl", queries.join("\n"));
  await work.ok("validate", "-query");
  const [first = [], ...others] = lists.map((page) => commandsOf(page));
  for (const commands of others) assert.deepEqual(commands, first);
  for (const command of first) {
    const { output } = await run(work, command);
    for (const [, type] of queries.join("\n").matchAll(/^list "(\w+)"/gm))
      assert.match(output, new RegExp(`list\\.${type}\\.all `), `${command} finds ${type}`);
  }
  const written = readFileSync(join(work.folder, "generated.tf"), "utf8");
  const blocks = written.match(/^import \{/gm)?.length ?? 0;
  assert.ok(blocks >= lists.length, `${blocks} import blocks`);
  // Terraform writes no sensitive value: it is filled in by hand.
  work.write("generated.tf", written.replace(/= null # sensitive/g, `= ${JSON.stringify(pem)}`));
  const { output } = await work.ok("apply", "-auto-approve");
  assert.match(output, new RegExp(`${blocks} imported, 0 added, 0 changed, 0 destroyed`));
  await planIsEmpty(work);
});

test("no page about queries and actions has commands that are not run", () => {
  const pages = [
    "guides/query.md",
    "guides/clean-up.md",
    ...readdirSync(join(root, "docs/actions")).map((file) => `actions/${file}`),
  ];
  for (const page of pages) {
    const ran = rows.filter((row) => row.page === page).flatMap(({ part }) => commandsOf(page, part));
    assert.deepEqual(ran, commandsOf(page), page);
  }
});
