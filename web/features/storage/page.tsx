import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { PageHeader } from "../../shared/ui/page-header.tsx";

export default function Page(): ReactElement {
  const { t } = useTranslation("shell");
  return <PageHeader title={t("nav.storage")} />;
}
