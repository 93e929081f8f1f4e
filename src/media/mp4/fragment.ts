import type { Fragment, FragmentInput } from "./types.ts";

/** moof + mdat (ISO 14496-12 §8.8). */
export function buildFragment(input: FragmentInput): Fragment {
  throw new Error(`not built yet: ${input.sequence}`);
}
