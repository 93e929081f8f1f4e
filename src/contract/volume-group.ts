import { z } from "zod";
import { groupTrouble } from "../domain/volume-groups.ts";
import { list, number } from "./common.ts";

const group = z.strictObject({
  name: z.string().min(1).max(64),
  volumes: z
    .array(z.string().min(1).max(100))
    .max(100)
    .readonly()
    .describe("ids, in the order in which they are tried"),
  channels: z.array(number).max(1000).readonly(),
  strict: z
    .exactOptional(z.boolean())
    .describe("its cameras are recorded nowhere else when none of its volumes takes footage; absent: they are"),
});

export const volumeGroups = z
  .array(group)
  .max(100)
  .superRefine((groups, context) => {
    const message = groupTrouble(groups);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  })
  .readonly();

/** Which cameras are recorded to which volumes; a camera in no group goes to the first of all. */
export const groupsBody = z.strictObject({ groups: volumeGroups }).meta({
  examples: [{ groups: [{ name: "Doors", volumes: ["0198f0c2-0000-7000-8000-000000000000"], channels: [1, 2] }] }],
});
export type GroupsBody = z.output<typeof groupsBody>;

export const groupsAnswer = z.object({
  groups: list(
    group.extend({
      place: z
        .enum(["own", "elsewhere", "none", "unused"])
        .describe("where its cameras are recorded now; unused: no volume of it is set up"),
      to: z.exactOptional(z.string()).describe("the id of that volume"),
    }),
  ),
});
export type GroupsAnswer = z.output<typeof groupsAnswer>;
