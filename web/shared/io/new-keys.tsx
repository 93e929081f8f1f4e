import { Code, CopyButton, Button, Group, Stack, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface NewKey {
  readonly point: number;
  readonly key: string;
}

/** Keys of an HTTP trigger are shown this once. */
export function showNewKeys(title: string, keys: readonly NewKey[]): void {
  if (keys.length > 0) modals.open({ title, size: "lg", children: <NewKeys keys={keys} /> });
}

function NewKeys({ keys }: { readonly keys: readonly NewKey[] }): ReactElement {
  const { t } = useTranslation("boards");
  return (
    <Stack gap="sm">
      <Text size="sm">{t("keys.says")}</Text>
      {keys.map(({ point, key }) => {
        const address = `${location.origin}/trigger/k/${key}/pulse`;
        return (
          <div key={point}>
            {keys.length > 1 && (
              <Text size="sm" fw={500}>
                {t("keys.point", { point })}
              </Text>
            )}
            <Code block style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
              {address}
            </Code>
            <Group mt={4}>
              <CopyButton value={address}>
                {({ copied, copy }) => (
                  <Button size="compact-sm" variant="default" onClick={copy}>
                    {copied ? t("keys.copied") : t("keys.copy")}
                  </Button>
                )}
              </CopyButton>
            </Group>
          </div>
        );
      })}
    </Stack>
  );
}
