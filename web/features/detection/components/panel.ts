import type { Channel } from "../../../shared/types.ts";
import type { LinkedDraft } from "../../../shared/detection/linked-inputs.ts";
import type { Named } from "../model/draft.ts";

/** What the panel of an event is given. */
export interface PanelProps {
  readonly channel: Channel;
  /** Undefined before anything was applied. */
  readonly board: number | undefined;
  /** As it is without what was changed here. */
  readonly saved: LinkedDraft;
  readonly draft: LinkedDraft;
  readonly named: Named;
  readonly onDraft: (draft: LinkedDraft) => void;
}
