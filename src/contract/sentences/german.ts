/** What German pages load. */
export { refusalInGerman } from "./fields.ts";
export { inGerman } from "./index.ts";
