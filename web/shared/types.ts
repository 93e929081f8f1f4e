/** Answers of the API as types, from the schemas that the server checks with. */
import type { z } from "zod";
import type * as account from "../../src/contract/account.ts";
import type * as board from "../../src/contract/board.ts";
import type * as channel from "../../src/contract/channel.ts";
import type * as input from "../../src/contract/input.ts";
import type * as notifier from "../../src/contract/notifier.ts";
import type * as output from "../../src/contract/output.ts";
import type * as receipt from "../../src/contract/receipt.ts";
import type * as state from "../../src/contract/state.ts";
import type * as volume from "../../src/contract/volume.ts";

export type Me = z.infer<typeof account.me>;
export type Site = z.infer<typeof volume.siteBody>;
export type Volume = z.infer<typeof volume.volumeAnswer>;
export type Channel = z.infer<typeof channel.channelAnswer>;
export type Board = z.infer<typeof board.boardAnswer>;
export type Input = z.infer<typeof input.inputAnswer>;
export type Output = z.infer<typeof output.outputAnswer>;
export type Notifier = z.infer<typeof notifier.notifierAnswer>;
export type Receipt = z.infer<typeof receipt.receipt>;
export type Trouble = z.infer<typeof state.trouble>;
export type System = z.infer<typeof state.system>;
