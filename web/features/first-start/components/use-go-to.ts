import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import type { FirstStep } from "../../../../src/domain/first-steps.ts";

/** Goes to a step, or to the pages behind the last one. The address says where one is: back and reload work. */
export function useGoTo(): (step: FirstStep | undefined) => Promise<void> {
  const navigate = useNavigate();
  return useCallback(
    (step) => (step === undefined ? navigate({ to: "/" }) : navigate({ to: "/setup", search: { step } })),
    [navigate],
  );
}
