/** FFmpeg's memory is native: no bound of V8's holds it. What the detection process may take instead. Pure. */
const MiB = 1024 * 1024;
/** For the process and what it has loaded, and for each camera: a 4K main stream with its references takes about that. */
const [forAll, forEach] = [512 * MiB, 128 * MiB];

export interface MemoryBounds {
  /** Above it the dearest camera is left out for a while, bytes. */
  readonly soft: number;
  /** Above it the process ends, and begins anew without that camera. */
  readonly hard: number;
  /** Above it core ends the process by force: it did not come to do so itself. */
  readonly most: number;
}

/** @param machine bytes that the machine has; @param told MiB, in place of the usual bound */
export function memoryBounds(cameras: number, machine: number, told?: number): MemoryBounds {
  const soft = told !== undefined && told > 0 ? told * MiB : Math.min(forAll + forEach * cameras, machine / 2);
  return { soft, hard: soft * 1.5, most: soft * 1.75 };
}
