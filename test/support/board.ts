import { startProgram, type Program } from "../../src/testkit/process.ts";
import type { BoardCommand, BoardOptions } from "../../src/testkit/board/options.ts";

export type BoardProgram = Program<BoardCommand> & { readonly port: number };

/** The virtual Modbus board as a process of its own. */
export async function startBoardProgram(options: BoardOptions): Promise<BoardProgram> {
  const program = await startProgram<BoardCommand>([
    process.execPath,
    "src/testkit/board-main.ts",
    JSON.stringify(options),
  ]);
  return { ...program, port: Number(program.ready["port"]) };
}
