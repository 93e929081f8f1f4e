import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { CameraForm } from "../../shared/camera-form/camera-form.tsx";
import { PageHeader } from "../../shared/ui/page-header.tsx";

export default function Page(): ReactElement {
  const { t } = useTranslation("shell");
  const go = useNavigate();
  return (
    <>
      <PageHeader title={t("nav.cameras")} />
      <CameraForm
        onSaved={({ channel }) => void go({ to: "/cameras/{-$channel}", params: { channel: String(channel) } })}
      />
    </>
  );
}
