import { z } from "zod";

export const boardOptions = z.strictObject({
  contacts: z.int().min(0).max(64),
  relays: z.int().min(0).max(64),
  /** [127.0.0.1] */
  host: z.string().exactOptional(),
  /** [any] */
  port: z.int().min(0).max(65535).exactOptional(),
  /** [1] Requests to other units are not answered, as on a serial line behind a gateway. */
  unit: z.int().min(0).max(255).exactOptional(),
  /** [all open] The first state of each contact. */
  closed: z.array(z.boolean()).exactOptional(),
  /** [1] The bit that a closed contact has. */
  closedBit: z.union([z.literal(0), z.literal(1)]).exactOptional(),
  /** [none] What the analogue inputs read at first, counts of 16 bits. */
  analogue: z.array(z.int().min(0).max(65535)).exactOptional(),
  /** [no log] */
  logFile: z.string().exactOptional(),
});

const state = z.enum(["closed", "open"]);
/** Contacts and relays count from 0, as Modbus addresses do. `at`: microseconds of CLOCK_MONOTONIC; [now]. */
const change = { contact: z.int().min(0), at: z.number().exactOptional() };

export const boardCommand = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("set"), ...change, to: state }),
  /** The other state for `ms`, then back. */
  z.strictObject({ do: z.literal("pulse"), ...change, ms: z.number().min(0) }),
  /** Changes the contact at once and after each of these many milliseconds: [2, 1, 3] = four changes. */
  z.strictObject({ do: z.literal("bounce"), ...change, gapsMs: z.array(z.number().min(0)) }),
  /** An analogue input reads this from now on; counted from 0. */
  z.strictObject({ do: z.literal("read"), analogue: z.int().min(0), counts: z.int().min(0).max(65535) }),
  /** Connections closed and refused. */
  z.strictObject({ do: z.literal("down") }),
  /** Ends every fault. */
  z.strictObject({ do: z.literal("up") }),
  /** Connections stay, nothing is answered. */
  z.strictObject({ do: z.literal("hang") }),
  /** Only the first half of each reply is sent. */
  z.strictObject({ do: z.literal("half-reply") }),
  /** Replies carry another unit than was asked. */
  z.strictObject({ do: z.literal("wrong-unit") }),
  /** Every request is answered with this exception code. [4 = server device failure] */
  z.strictObject({ do: z.literal("exception"), code: z.int().min(1).max(11).exactOptional() }),
  z.strictObject({ do: z.literal("status") }),
]);

export type BoardOptions = z.infer<typeof boardOptions>;
export type BoardCommand = z.infer<typeof boardCommand>;
