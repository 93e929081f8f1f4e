/** Events of one input, for who looks for those alone. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { saidName } from "../../../shared/said.ts";
import type { Receipt } from "../../../../src/domain/receipt.ts";
import { api } from "../../../shared/api-client.ts";
import { useInputs } from "../../../shared/site-data.ts";
import type { Range } from "../model/line.ts";

/** More can't be told apart on a timeline. */
const mostEdges = 500;

export interface Edge {
  readonly eventId: string;
  readonly at: number;
  readonly name: string;
  /** Of one camera: marked in its row alone. */
  readonly channel?: number;
}

/** What raised the input in the span, in its order; nothing while no input is chosen. */
export const useEdges = (input: number | undefined, { from, to }: Range) =>
  useQuery({
    queryKey: ["playback-edges", input, from, to],
    enabled: input !== undefined,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<readonly Edge[]> => {
      const query = { input, since: from, until: to, limit: mostEdges };
      const { receipts } = await api.get<{ readonly receipts: readonly Receipt[] }>("receipts", query, signal);
      return receipts
        .filter(({ edge }) => edge.kind !== "cleared")
        .map(({ edge }) => ({ eventId: edge.eventId, at: edge.at.wall, name: saidName(edge.inputName) }))
        .reverse();
    },
  });

export const useInputNames = (): readonly { readonly input: number; readonly name: string }[] => useInputs().data ?? [];
