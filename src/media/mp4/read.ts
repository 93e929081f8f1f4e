/** Reading what Reed wrote, and only that: bounded by the bytes at hand, errors instead of throws. */
export { findBox, readBox, readBoxes, readBoxHeader } from "./read-boxes.ts";
export { parseFragment } from "./read-fragment.ts";
export { parseInit } from "./read-init.ts";
