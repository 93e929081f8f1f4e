import { Button, Collapse, Table, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../../../shared/said.ts";
import { useChannels, useFormat } from "../../../shared/site-data.ts";
import type { NextPiece, StoredVolume } from "../api/storage.ts";

/** What of a volume goes next, when and why: the first in a sentence, the others on demand, in the cleaner's order. */
export function NextToGo({ volume }: { readonly volume: StoredVolume }): ReactElement | null {
  const { t } = useTranslation("storage");
  const [open, { toggle }] = useDisclosure(false);
  const words = usePieceWords();
  const [first] = volume.next;
  if (first === undefined) return volume.storedBytes > 0 ? <Text size="sm">{t("next.nothing")}</Text> : null;
  return (
    <>
      <Text size="sm">{t("next.what", words(first))}</Text>
      {volume.next.length > 1 && (
        <Button variant="transparent" size="compact-sm" px={0} onClick={toggle} aria-expanded={open}>
          {open ? t("next.less") : t("next.more", { count: volume.next.length })}
        </Button>
      )}
      <Collapse expanded={open}>
        <Table.ScrollContainer minWidth={640}>
          <Table aria-label={t("next.list", { path: volume.path })} verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                {(["camera", "footage", "shows", "size", "when", "why"] as const).map((key) => (
                  <Table.Th key={key}>{t(`next.columns.${key}`)}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {volume.next.map((piece) => (
                <PieceRow key={`${piece.channel}/${piece.from}`} piece={piece} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Collapse>
    </>
  );
}

function PieceRow({ piece }: { readonly piece: NextPiece }): ReactElement {
  const { t } = useTranslation("storage");
  const { name, from, to, bytes, when, why } = usePieceWords()(piece);
  return (
    <Table.Tr>
      <Table.Td>{name}</Table.Td>
      <Table.Td style={{ whiteSpace: "nowrap" }}>{t("next.span", { from, to })}</Table.Td>
      <Table.Td>{t(`parts.${piece.shows}`)}</Table.Td>
      <Table.Td style={{ whiteSpace: "nowrap" }}>{bytes}</Table.Td>
      <Table.Td style={{ whiteSpace: "nowrap" }}>{when}</Table.Td>
      <Table.Td>{why}</Table.Td>
    </Table.Tr>
  );
}

function usePieceWords() {
  const { t } = useTranslation("storage");
  const format = useFormat();
  const channels = useChannels();
  return (piece: NextPiece) => ({
    name: channels.data?.find((one) => one.channel === piece.channel)?.name ?? t("channel", { number: piece.channel }),
    from: format.dateTime(piece.from),
    to: format.time(piece.to),
    bytes: format.bytes(piece.bytes),
    when: piece.at === undefined ? t("next.whenNeeded") : format.dateTime(piece.at),
    why: said(piece.reason),
  });
}
