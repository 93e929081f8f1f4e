import { ofSources, type EdgeSource, type OfSources } from "../../domain/edge-source.ts";
import type { ApiDeps } from "../ports.ts";

/** Which edges a query for sources means, by the inputs as they are set now. */
export async function askedSources(
  { reads }: Pick<ApiDeps, "reads">,
  source: readonly EdgeSource[] | undefined,
): Promise<{ readonly of?: OfSources }> {
  if (source === undefined) return {};
  const [config, known] = await Promise.all([reads.config(), reads.inputsWithReceipts()]);
  return { of: ofSources(source, known, config) };
}
