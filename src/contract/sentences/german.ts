/** What German pages load. */
export { refusalInGerman } from "./fields.ts";
export { inGerman, nameInGerman } from "./index.ts";
