import { Anchor } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { CameraForm } from "../../../shared/camera-form/camera-form.tsx";
import { tellDone } from "../../../shared/tell.ts";
import { PageHeader } from "../../../shared/ui/page-header.tsx";

/** A new camera: entered, tested with its picture, saved. */
export function AddCamera(): ReactElement {
  const { t } = useTranslation("cameras");
  const go = useNavigate();
  return (
    <>
      <Anchor component={Link} to="/cameras" size="sm">
        {t("back")}
      </Anchor>
      <PageHeader title={t("new.title")} says={t("new.says")} />
      <CameraForm
        onSaved={({ name, channel }) => {
          tellDone(t("new.saved", { name }));
          void go({ to: "/cameras/{-$channel}", params: { channel: String(channel) } });
        }}
        onCancel={() => void go({ to: "/cameras/{-$channel}", params: { channel: undefined } })}
      />
    </>
  );
}
