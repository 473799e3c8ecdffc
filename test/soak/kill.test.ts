import { it } from "node:test";
import { killings } from "../faults/kill.ts";
import { withoutProc } from "../faults/processes.ts";

it(
  "kill -9 of Terraform at twelve random moments leaves no process, no socket and no key",
  {
    timeout: 300_000,
    skip: withoutProc,
  },
  (t) => killings(t, 12),
);
