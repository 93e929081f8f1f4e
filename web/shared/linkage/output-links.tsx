import { ActionIcon, Group, MultiSelect, Stack, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { defaults, ranges } from "../../../src/domain/site-config.ts";
import { useOutputs } from "../site-data.ts";
import type { LinkageDraft } from "./linkage-value.ts";
import { RangeField } from "../ui/range-field.tsx";

/** Outputs that an edge switches, each with how long it stays on after the input came to rest. */
export function OutputLinks({ draft }: { readonly draft: LinkageDraft }): ReactElement {
  const { t } = useTranslation("linkage");
  const outputs = useOutputs().data ?? [];
  const links = draft.value.outputs;
  const nameOf = (number: number) => outputs.find((one) => one.output === number)?.name ?? String(number);
  const choose = (values: readonly string[]) =>
    draft.set({
      outputs: values.map(
        (value) =>
          links.find((link) => String(link.output) === value) ?? { output: Number(value), holdS: defaults.outputHoldS },
      ),
    });
  const hold = (output: number, holdS: number) =>
    draft.set({ outputs: links.map((link) => (link.output === output ? { ...link, holdS } : link)) });
  return (
    <Stack gap={6}>
      <MultiSelect
        label={t("outputs")}
        placeholder={links.length === 0 ? t("choose") : ""}
        description={outputs.length === 0 ? t("noOutputs") : undefined}
        data={outputs.map((one) => ({ value: String(one.output), label: one.name }))}
        value={links.map((link) => String(link.output))}
        onChange={choose}
        clearable
      />
      {links.map(({ output, holdS }) => (
        <Group key={output} gap="xs" wrap="nowrap">
          <Text size="sm" style={{ flex: 1 }}>
            {t("hold.of", { name: nameOf(output) })}
          </Text>
          <RangeField
            size="xs"
            w={110}
            suffix=" s"
            aria-label={t("hold.label", { name: nameOf(output) })}
            range={ranges.outputHoldS}
            value={holdS}
            onChange={(value) => hold(output, value)}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("hold.remove", { name: nameOf(output) })}
            onClick={() => draft.set({ outputs: links.filter((link) => link.output !== output) })}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
    </Stack>
  );
}
