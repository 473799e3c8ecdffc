import { fieldTests } from "../faults/field-checks.ts";

fieldTests(true);
