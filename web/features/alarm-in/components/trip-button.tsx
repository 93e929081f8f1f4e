import { Button } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { tellDone, tellFailure } from "../../../shared/tell.ts";
import type { Input } from "../../../shared/types.ts";
import { useTrip } from "../api/inputs.ts";

/** Raises an input that has no contact of its own, once and by hand. */
export function TripButton({ input }: { readonly input: Input }): ReactElement {
  const { t } = useTranslation("alarm-in");
  const trip = useTrip(input.input);
  const press = () =>
    trip.mutate(undefined, {
      onSuccess: () => tellDone(t("trip.done", { name: input.name })),
      onError: (error) => tellFailure(t("trip.failed"), error),
    });
  return (
    <Button variant="default" onClick={press} loading={trip.isPending} disabled={!input.enabled}>
      {t("trip.press")}
    </Button>
  );
}
