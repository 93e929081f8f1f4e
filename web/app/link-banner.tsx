import { Alert } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useLink } from "../shared/event-stream.ts";

/** While the page does not hear what happens, it says so: what is shown may be old. */
export function LinkBanner(): ReactElement | null {
  const { t } = useTranslation("shell");
  const link = useLink();
  if (link === "online" || link === "connecting") return null;
  return (
    <Alert color="orange" mb="sm" role="status">
      {link === "offline" ? t("link.offline") : t("link.coreAway")}
    </Alert>
  );
}
