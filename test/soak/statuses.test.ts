import { statusTests } from "../faults/statuses.ts";

statusTests(1);
