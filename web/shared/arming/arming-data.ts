/** Modes and readiness, and the commands of arming. */
import { useMutation, useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import type { armingSettings, readinessAnswer } from "../../../src/contract/arming.ts";
import { api } from "../api-client.ts";

export type ArmingSettingsAnswer = z.infer<typeof armingSettings>;
export type Readiness = z.infer<typeof readinessAnswer>;

export const useArmingSettings = () =>
  useQuery({
    queryKey: ["arming/settings"],
    queryFn: ({ signal }) => api.get<ArmingSettingsAnswer>("arming/settings", undefined, signal),
  });

export const readinessOf = (mode: string): Promise<Readiness> => api.get<Readiness>("arming/readiness", { mode });

export const useReadiness = (mode: string, asked: unknown) =>
  useQuery({ queryKey: ["arming/readiness", mode, asked], queryFn: () => readinessOf(mode) });

export interface ArmAsked {
  readonly mode: string;
  readonly bypass?: readonly number[];
  readonly force?: boolean;
}

export const useArm = () => useMutation({ mutationFn: (asked: ArmAsked) => api.post("arming", asked) });

export const useArmByCode = () =>
  useMutation({ mutationFn: (asked: ArmAsked & { readonly pin: string }) => api.post("arming/by-code", asked) });

export const useBypass = () =>
  useMutation({ mutationFn: (inputs: readonly number[]) => api.put("arming/bypass", { inputs }) });
