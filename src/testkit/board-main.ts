/**
 * The virtual board as a process: `node src/testkit/board-main.ts '<BoardOptions as JSON>'`, controlled by lines (see
 * `control-lines.ts`) that hold a `BoardCommand`.
 */
import { startModbusBoard } from "./board/board.ts";
import { boardCommand, boardOptions } from "./board/options.ts";
import { serveControlLines } from "./control-lines.ts";

const board = await startModbusBoard(boardOptions.parse(JSON.parse(process.argv[2] ?? "{}")));
await serveControlLines({ port: board.port }, (command) => board.control(boardCommand.parse(command)));
await board[Symbol.asyncDispose]();
