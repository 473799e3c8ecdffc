import assert from "node:assert/strict";
import { test } from "node:test";
import { type Command, helpText, parseArguments } from "../../../src/plugin/args.ts";

const cases: [argv: string[], command: Command][] = [
  [[], { kind: "serve" }],
  [["-debug"], { kind: "debug", address: undefined }],
  [["--debug"], { kind: "debug", address: undefined }],
  [["-debug=true"], { kind: "debug", address: undefined }],
  [["-debug=false"], { kind: "serve" }],
  [["-debug", "-address=acme/example"], { kind: "debug", address: "acme/example" }],
  [
    ["--address", "registry.example.com/acme/example", "--debug"],
    { kind: "debug", address: "registry.example.com/acme/example" },
  ],
  [["--version"], { kind: "version" }],
  [["-version"], { kind: "version" }],
  [["--help"], { kind: "help" }],
  [["-h"], { kind: "help" }],
  [["--debug", "--help"], { kind: "help" }],
];

for (const [argv, command] of cases) {
  test(`the arguments ${JSON.stringify(argv)} ask for ${command.kind}`, () => {
    assert.deepEqual(parseArguments(argv), command);
  });
}

const refused: [argv: string[], problem: RegExp][] = [
  [["serve"], /unknown argument serve/],
  [["--debugger"], /unknown argument --debugger/],
  [["-debug=maybe"], /neither -debug=true nor -debug=false/],
  [["--debug", "--address"], /takes a provider address/],
  [["--debug", "--address=example"], /takes a provider address/],
  [["--debug", "--address", "--x"], /takes a provider address/],
  [["--address=acme/example"], /only together with -debug/],
  [[""], /unknown argument/],
];

for (const [argv, problem] of refused) {
  test(`the arguments ${JSON.stringify(argv)} are refused with a reason`, () => {
    const command = parseArguments(argv);
    assert.equal(command.kind, "invalid");
    assert.match(command.kind === "invalid" ? command.problem : "", problem);
  });
}

test("the help names every argument and the program", () => {
  const text = helpText({ name: "terraform-provider-example", address: "acme/example", version: "1.2.3" });
  for (const word of [
    "terraform-provider-example",
    "-debug",
    "-address",
    "-version",
    "-help",
    "acme/example",
  ]) {
    assert.ok(text.includes(word), word);
  }
});
