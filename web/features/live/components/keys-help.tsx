import { Kbd, Modal, Table } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

const rows = [
  [["1", "2", "3", "4"], "layouts"],
  [["0"], "auto"],
  [["5", "…", "9"], "views"],
  [["←", "→", "↑", "↓"], "go"],
  [["Page ↑", "Page ↓"], "pages"],
  [["Enter"], "enlarge"],
  [["Esc"], "back"],
  [["S"], "snapshot"],
  [["R"], "record"],
  [["M"], "sound"],
  [["D"], "cameraBoxes"],
  [["B"], "boxes"],
  [["F"], "fullScreen"],
  [["?"], "help"],
] as const;

export default function KeysHelp({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useTranslation("live");
  return (
    <Modal opened={opened} onClose={onClose} title={t("keys.title")} closeButtonProps={{ "aria-label": t("close") }}>
      <Table>
        <Table.Tbody>
          {rows.map(([keys, what]) => (
            <Table.Tr key={what}>
              <Table.Td>
                {keys.map((key) => (
                  <Kbd key={key} me={4}>
                    {key}
                  </Kbd>
                ))}
              </Table.Td>
              <Table.Td>{t(`keys.${what}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
