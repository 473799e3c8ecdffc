import { fieldTests } from "./field-checks.ts";

fieldTests(false);
