import { List, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../../../shared/said.ts";
import type { Medium } from "../api/storage.ts";

/** What a volume lies on, and what that means for footage. */
export function MediumFacts({ medium }: { readonly medium: Medium }): ReactElement {
  const { t } = useTranslation("storage");
  const { kind, fileSystem, source, mountPoint, says } = medium;
  const what = t(`medium.kinds.${kind}`);
  return (
    <div>
      <Text size="sm" style={{ overflowWrap: "anywhere" }}>
        {t("medium.is", { what, fileSystem, source, mountPoint })}
      </Text>
      {says.length > 0 && (
        <List size="sm" mt={4}>
          {says.map((one) => (
            <List.Item key={one}>{said(one)}</List.Item>
          ))}
        </List>
      )}
    </div>
  );
}
