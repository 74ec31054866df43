export interface SizeLimit {
  readonly bytes: number;
  /** What is wrong with a larger input. */
  readonly message: string;
}

/**
 * The user's limit, or what fits into memory where that is less: running out of memory would end the process without a word
 * about the other inputs.
 */
export function sizeLimit(maxFileBytes: number, heapLimitBytes: number): SizeLimit {
  const fittingBytes = Math.floor(heapLimitBytes / HEAP_BYTES_PER_INPUT_BYTE);
  const shown = (bytes: number): string =>
    bytes < MEBIBYTE ? `${bytes} bytes` : `${Math.floor(bytes / MEBIBYTE)} MiB`;
  if (maxFileBytes <= fittingBytes) {
    return { bytes: maxFileBytes, message: `is larger than ${shown(maxFileBytes)} (--max-file-size)` };
  }
  const message =
    `is larger than ${shown(fittingBytes)}, the most for which ${shown(heapLimitBytes)} of memory surely suffice ` +
    '(NODE_OPTIONS=--max-old-space-size=MEBIBYTES gives more)';
  return { bytes: fittingBytes, message };
}

/** Measured: 300,000 access list lines of 16 MB need 700 MB for objects; flat texts need a third of that. */
const HEAP_BYTES_PER_INPUT_BYTE = 45;

export const MEBIBYTE = 1024 * 1024;
