import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Scenario } from "./scenario.ts";

const folder = mkdtempSync(join(tmpdir(), "voice-example-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

function recording(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, "RIFF");
  return path;
}

export const scenario: Scenario = {
  server: { completions: [], visibleAfterMs: 200 },
  variables: () => ({ consent: recording("consent.wav"), sample: recording("sample.mp3") }),
  outputs: { ada: /^voice_/, narrator: /^voice_/ },
  async check({ work, server }) {
    await work.ok("destroy", "-auto-approve");
    const { objects } = server.control;
    assert.deepEqual([objects.all("audio/voices"), objects.all("audio/voice_consents")], [[], []]);
  },
};
