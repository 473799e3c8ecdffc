// Writes the snapshot of all schemas, and prints what of the difference breaks practitioners.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { loadDeclared } from "./docs/load-provider.mjs";
import { differences, snapshotFile, snapshotOf, snapshotText } from "./snapshot/snapshot.mjs";

const now = snapshotOf((await loadDeclared()).provider);
const before = existsSync(snapshotFile) ? JSON.parse(readFileSync(snapshotFile, "utf8")) : {};
const { breaking, others } = differences(before, now);
for (const line of breaking) console.log(`breaking: ${line}`);
for (const line of others) console.log(line);
writeFileSync(snapshotFile, snapshotText(now));
console.log(`Wrote ${snapshotFile}: ${breaking.length} breaking, ${others.length} other differences.`);
