import { Alert, Button, CopyButton, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface ShownOnceProps {
  readonly label: string;
  readonly text: string;
  readonly says: string;
}

/** A secret that is shown now and never again, to be copied. */
export function ShownOnce({ label, text, says }: ShownOnceProps): ReactElement {
  const { t } = useTranslation("people");
  return (
    <Alert color="teal" title={label} role="status">
      <Stack gap="xs">
        <Group gap="xs" wrap="nowrap" align="flex-end">
          <TextInput
            aria-label={label}
            value={text}
            readOnly
            flex={1}
            styles={{ input: { fontFamily: "monospace" } }}
            onFocus={(event) => event.currentTarget.select()}
          />
          {/* browsers give pages that came without TLS no clipboard; there the text is selected by a click */}
          {isSecureContext && (
            <CopyButton value={text}>
              {({ copied, copy }) => (
                <Button
                  variant="default"
                  onClick={copy}
                  leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
                >
                  {t(copied ? "copied" : "copy")}
                </Button>
              )}
            </CopyButton>
          )}
        </Group>
        <Text size="sm">{says}</Text>
      </Stack>
    </Alert>
  );
}
