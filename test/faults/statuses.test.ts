import { statusTests } from "./statuses.ts";

statusTests(4);
