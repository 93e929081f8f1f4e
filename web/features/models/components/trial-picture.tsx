import { Group, Slider, Stack, Text } from "@mantine/core";
import { useEffect, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { DrawnBoxes } from "../../../shared/detection/drawn-boxes.tsx";
import { useObjectName } from "../../../shared/detection/object-name.ts";
import { useFormat } from "../../../shared/site-data.ts";
import type { Tried } from "../api/models.ts";

/** Smart motion of high sensitivity wants so much (`domain/detection/smart-motion.ts`). */
const usualLeast = 40;

/** The picture with what was found in it, down to a least score. */
export function TrialPicture({ tried: { answer, picture } }: { readonly tried: Tried }): ReactElement {
  const { t } = useTranslation("models");
  const format = useFormat();
  const nameOf = useObjectName();
  const [least, setLeast] = useState(usualLeast);
  const src = useAddressOf(picture);
  const shown = answer.objects.filter(({ confidence }) => confidence * 100 >= least);
  const boxes = shown.map(({ label, box, confidence }, at) => ({
    ...{ key: at, label, box },
    text: `${nameOf(label)} ${Math.round(confidence * 100)} %`,
  }));
  return (
    <Stack gap="xs">
      <div
        style={{
          position: "relative",
          width: "100%",
          maxWidth: 960,
          aspectRatio: `${answer.width} / ${answer.height}`,
        }}
      >
        {src !== undefined && <img src={src} alt={t("try.picture")} style={{ width: "100%", height: "100%" }} />}
        <DrawnBoxes boxes={boxes} trails={[]} />
      </div>
      <Group gap="md" align="center" maw={960}>
        <Text size="sm" id="least-score">
          {t("try.least", { percent: least })}
        </Text>
        <Slider
          flex="1 1 12rem"
          min={15}
          max={95}
          step={5}
          value={least}
          onChange={setLeast}
          label={null}
          thumbProps={{ "aria-labelledby": "least-score" }}
        />
      </Group>
      <Text size="sm" role="status">
        {t("try.found", {
          count: shown.length,
          all: answer.objects.length,
          ms: format.number(answer.lookMs, answer.lookMs < 10 ? 1 : 0),
        })}
      </Text>
    </Stack>
  );
}

/** An address of the picture for as long as it is shown. */
function useAddressOf(picture: Blob): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(picture);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  return address;
}
