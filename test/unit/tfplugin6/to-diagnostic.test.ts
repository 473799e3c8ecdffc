import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Diagnostic as Declared,
  list,
  map,
  nested,
  Path,
  string,
  types,
} from "../../../src/framework/index.ts";
import { AttributePath, Diagnostic } from "../../../src/tfplugin6/messages.gen.ts";
import { toAttributePath, toDiagnostic } from "../../../src/tfplugin6/to-diagnostic.ts";

/** The diagnostic as Terraform decodes it. */
function sent(declared: Partial<Declared>): Diagnostic {
  const whole: Declared = { severity: "error", summary: "Title", detail: "Detail.", ...declared };
  return Diagnostic.decode(Diagnostic.encode(toDiagnostic(whole)));
}

test("an error is 1 and a warning 2: with 0 Terraform would go on", () => {
  assert.equal(sent({ severity: "error" }).severity, 1);
  assert.equal(sent({ severity: "warning" }).severity, 2);
});

const steps = (path: Path) => AttributePath.decode(AttributePath.encode(toAttributePath(path))).steps;
const deep = Path.root.atName("choices").atListIndex(0).atName("by_key").atMapKey("a key").atListIndex(7);

test("a path's steps are names, indices and keys", () => {
  assert.deepEqual(
    steps(deep).map((step) => ({ ...step })),
    [
      { attribute_name: "choices" },
      { element_key_int: 0 },
      { attribute_name: "by_key" },
      { element_key_string: "a key" },
      { element_key_int: 7 },
    ].map((step) => ({
      attribute_name: undefined,
      element_key_string: undefined,
      element_key_int: undefined,
      ...step,
    })),
  );
});

test("a diagnostic points at an argument or an element of it, and names what is deeper in its text", () => {
  const root = Path.root.atName("messages");
  for (const [path, shown] of [
    [root, root],
    [root.atListIndex(1), root.atListIndex(1)],
    [root.atMapKey("a key"), root.atMapKey("a key")],
    [root.atListIndex(1).atName("role"), root.atListIndex(1)],
    [root.atName("read"), root],
    [root.atMapKey("a").atListIndex(0), root.atMapKey("a")],
    [deep, Path.root.atName("choices").atListIndex(0)],
  ] as const) {
    const { attribute, detail } = sent({ path });
    assert.deepEqual(attribute?.steps, steps(shown), String(path));
    assert.equal(
      detail,
      path === shown || String(path) === String(shown) ? "Detail." : `Detail.\n\nAt: ${path}`,
    );
  }
});

test("no path, or one without steps, is left out: Terraform then shows the block", () => {
  assert.equal(sent({}).attribute, undefined);
  assert.equal(sent({ path: Path.root }).attribute, undefined);
});

for (const [what, text, expected] of [
  ["an ANSI colour", "\u001b[31mred\u001b[0m", "�[31mred�[0m"],
  ["a carriage return", "good\rbad", "good�bad"],
  ["a C1 control sequence", "\u009b31m", "�31m"],
  ["NUL, BEL, backspace, DEL", "\0\u0007\b\u007f", "����"],
  ["bidirectional controls", "a\u202eb\u2066c\u2069\u200fd\u061c", "a�b�c��d�"],
  ["a lone half of a character", "a\ud83d", "a�"],
] as const) {
  test(`${what} is neutralised in the title and in the detail`, () => {
    const { summary, detail } = sent({ summary: text, detail: text });
    assert.equal(summary, expected);
    assert.equal(detail, expected);
  });
}

test("letters of any script, emoji and tabs stay as they are", () => {
  const text = "Grüße, 世界, שלום\tمرحبا 👩‍💻";
  assert.equal(sent({ detail: text }).detail, text);
});

test("a title is one line, a detail keeps its lines", () => {
  const text = "one\ntwo\r\nthree";
  const { summary, detail } = sent({ summary: text, detail: text });
  assert.equal(summary, "one two three");
  assert.equal(detail, "one\ntwo\nthree");
});

test("nothing points at the line of a sensitive argument, which Terraform would print", () => {
  const description = "It is described.";
  const schema = {
    attributes: {
      api_key: string({ optional: true, sensitive: true, description }),
      headers: map(types.string, { optional: true, sensitive: true, description }),
      name: string({ optional: true, description }),
      tools: list(nested({ token: string({ optional: true, sensitive: true, description }) }), {
        optional: true,
        description,
      }),
    },
  };
  const root = Path.root;
  const tool = root.atName("tools").atListIndex(1);
  for (const [path, shown] of [
    [root.atName("api_key"), undefined],
    [root.atName("headers").atMapKey("x-key"), undefined],
    [tool.atName("token"), tool],
    [tool, tool],
    [root.atName("name"), root.atName("name")],
    [root.atName("of_another_schema").atListIndex(0), root.atName("of_another_schema").atListIndex(0)],
  ] as const) {
    const whole: Declared = { severity: "error", summary: "Title", detail: "Detail.", path };
    const { attribute, detail } = Diagnostic.decode(Diagnostic.encode(toDiagnostic(whole, schema)));
    assert.deepEqual(attribute?.steps, shown && steps(shown), String(path));
    assert.equal(
      detail,
      path === shown || String(path) === String(shown) ? "Detail." : `Detail.\n\nAt: ${path}`,
    );
  }
});
