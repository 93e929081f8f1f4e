import { Button, Menu } from "@mantine/core";
import { modals } from "@mantine/modals";
import { IconCheck, IconChevronDown, IconDeviceFloppy, IconTrash } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useMay, useMe } from "../../../shared/site-data.ts";
import { tellDone, tellFailure } from "../../../shared/tell.ts";
import type { ArrangementState } from "../api/arrangement-state.ts";
import { useRemoveView, useSaveView, type View } from "../api/views.ts";
import type { SaveViewForm } from "./save-view-form.tsx";

/** Saved views: one's own and everybody's. */
export function ViewMenu({ state }: { readonly state: ArrangementState }): ReactElement {
  const { t } = useTranslation("live");
  const mayShare = useMay("control");
  const maySave = useMay("read");
  const isUser = useMe().data?.kind === "user";
  const save = useSaveView();
  const remove = useRemoveView();
  const { view, views, changed, arrangement } = state;
  const mayChange = maySave && view !== undefined && (!view.shared || mayShare);
  const body = { layout: arrangement.layout, channels: arrangement.places };
  const fail = (error: Error): void => tellFailure(t("views.failed"), error);
  const saved = (row: View): void => {
    state.open(row.view);
    tellDone(t("views.saved", { name: row.name }));
  };
  const askName = (Form: typeof SaveViewForm): void => {
    const id = modals.open({
      title: t("views.saveAs"),
      children: (
        <Form
          mayShare={mayShare}
          mayOwn={isUser}
          onCancel={() => modals.close(id)}
          onSave={(name, shared) => {
            modals.close(id);
            save.mutate({ body: { ...body, name, shared } }, { onSuccess: saved, onError: fail });
          }}
        />
      ),
    });
  };
  /** Few save a view: the form comes when it is asked for. */
  const saveAs = (): void =>
    void import("./save-view-form.tsx").then(({ SaveViewForm }) => askName(SaveViewForm), fail);
  const saveChanges = ({ view: number, name, shared }: View): void =>
    save.mutate({ view: number, body: { ...body, name, shared } }, { onSuccess: saved, onError: fail });
  const askRemove = ({ view: number, name }: View): void =>
    void modals.openConfirmModal({
      title: t("views.removeTitle", { name }),
      children: t("views.removeSays"),
      labels: { confirm: t("views.remove"), cancel: t("views.keep") },
      confirmProps: { color: "red" },
      onConfirm: () => remove.mutate(number, { onSuccess: () => state.open(undefined), onError: fail }),
    });
  const item = (label: string, number: number | undefined) => (
    <Menu.Item
      key={number ?? "all"}
      leftSection={view?.view === number ? <IconCheck size={16} aria-hidden /> : <span style={{ width: 16 }} />}
      onClick={() => state.open(number)}
    >
      {label}
    </Menu.Item>
  );
  const own = views.filter(({ shared }) => !shared);
  const shared = views.filter((row) => row.shared);
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button variant="default" size="compact-md" rightSection={<IconChevronDown size={16} aria-hidden />}>
          {view?.name ?? t("views.all")}
          {changed ? ` (${t("views.changed")})` : ""}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {item(t("views.all"), undefined)}
        {own.length > 0 && <Menu.Label>{t("views.own")}</Menu.Label>}
        {own.map((row) => item(row.name, row.view))}
        {shared.length > 0 && <Menu.Label>{t("views.shared")}</Menu.Label>}
        {shared.map((row) => item(row.name, row.view))}
        {maySave && <Menu.Divider />}
        {mayChange && changed && (
          <Menu.Item leftSection={<IconDeviceFloppy size={16} aria-hidden />} onClick={() => saveChanges(view)}>
            {t("views.saveChanges", { name: view.name })}
          </Menu.Item>
        )}
        {maySave && (
          <Menu.Item leftSection={<IconDeviceFloppy size={16} aria-hidden />} onClick={saveAs}>
            {t("views.saveAs")}
          </Menu.Item>
        )}
        {mayChange && (
          <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => askRemove(view)}>
            {t("views.removeOne", { name: view.name })}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
