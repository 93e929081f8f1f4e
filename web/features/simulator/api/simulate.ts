import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { SimulationAnswer, SimulationBody } from "../../../../src/contract/foresight.ts";
import { api } from "../../../shared/api-client.ts";

/** Asked anew whenever the question changes; nothing is switched, recorded or told by it. */
export const useSimulation = (ask: SimulationBody | undefined) =>
  useQuery({
    queryKey: ["simulate", ask],
    enabled: ask !== undefined,
    queryFn: () => api.post<SimulationAnswer>("simulate", ask),
    placeholderData: keepPreviousData,
    // the configuration may be another the next time
    staleTime: 0,
  });
