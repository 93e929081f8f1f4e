import type { ModbusRtuSettings, SerialLine } from "../../domain/site-config.ts";

/** An open serial port. */
export interface SerialLink {
  write(bytes: Uint8Array): void;
  close(): Promise<void>;
}

export interface SerialEvents {
  data(bytes: Uint8Array): void;
  /** It is gone without having been closed from here; with a sentence. */
  gone(reason: string): void;
}

/** Opens a port or throws a sentence. */
export type OpenSerial = (path: string, line: SerialLine, events: SerialEvents) => Promise<SerialLink>;

/** `9600 8N1`, as people write it. */
export const lineText = ({ baudRate, parity, stopBits }: SerialLine): string =>
  `${baudRate} 8${{ none: "N", even: "E", odd: "O" }[parity]}${stopBits}`;

/** Why a port can't be opened, and what to do. The library's errors have no code, only the system's words. */
export function portReason(path: string, error: unknown): string {
  const text = error instanceof Error ? error.message.replace(/^(Error: )+/, "") : String(error);
  if (/no such (file|device)/i.test(text)) return `there is no serial port ${path}; is the adapter plugged in?`;
  if (/permission denied/i.test(text)) {
    return `Reed may not use ${path}: add its user to the group dialout (usermod -aG dialout USER) and start it again`;
  }
  if (/cannot lock|busy|temporarily unavailable/i.test(text)) return `${path} is in use by another program`;
  if (/inappropriate ioctl|not a tty/i.test(text)) return `${path} is no serial port`;
  return `${path} can't be opened: ${text}`;
}

/**
 * The machine's port, through the library `serialport`. Loaded when the first board asks for it: a machine without one
 * never loads the native part. The port is locked: no other program can speak on the line meanwhile.
 */
export const openSerialPort: OpenSerial = async (path, line, events) => {
  const { SerialPort } = await import("serialport");
  const { baudRate, parity, stopBits } = line;
  const port = new SerialPort({ path, baudRate, parity, stopBits, dataBits: 8, lock: true, autoOpen: false });
  let closing = false;
  let why = "";
  port.on("data", (bytes: Buffer) => events.data(bytes));
  port.on("error", (error: Error) => {
    why = error.message;
  });
  port.on("close", () => {
    if (!closing) events.gone(`the serial port ${path} is gone${why === "" ? "" : ` (${why})`}; was it unplugged?`);
  });
  await new Promise<void>((resolve, reject) => {
    port.open((error) => {
      if (error === null) resolve();
      else reject(new Error(portReason(path, error)));
    });
  });
  return {
    write: (bytes) => void port.write(bytes),
    close() {
      closing = true;
      return new Promise((resolve) => {
        port.close(() => resolve());
      });
    },
  };
};

export type RtuPlace = Pick<ModbusRtuSettings, "path" | "baudRate" | "parity" | "stopBits">;
