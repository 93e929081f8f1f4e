import { Kbd, Modal, Table } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { keyList } from "../model/keys.ts";

interface KeyHelpProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function KeyHelp({ opened, onClose }: KeyHelpProps): ReactElement {
  const { t } = useTranslation("playback");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("keys.title")}
      closeButtonProps={{ "aria-label": t("keys.close") }}
    >
      <Table>
        <Table.Tbody>
          {keyList.map(([key, what]) => (
            <Table.Tr key={key}>
              <Table.Td w={120}>
                <Kbd>{key === "Space" ? t("keys.space") : key}</Kbd>
              </Table.Td>
              <Table.Td>{t(`keys.${what}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
