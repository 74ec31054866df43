import type { Failure } from './failure.ts';

/** What a device answered to a command. */
export interface Answer {
  readonly kind: 'answer';
  /** Without echo and prompt; lines ended by `\n`. */
  readonly text: string;
  /** Something arrived after the answer before had seemed to be over: that one was cut off. */
  readonly cutBefore: boolean;
}

export interface RunOptions {
  /** So long may nothing arrive. */
  readonly idleMs: number;
  /** The last line of a complete answer: with it there is no doubt that the prompt behind it is one. */
  readonly endsWith?: RegExp;
  /** An answer that is hardly more than the prompt. */
  readonly isBrief?: boolean;
  /** No line tells that the answer is complete, and anything may stand in it: a silence must come before the prompt is believed. */
  readonly isDoubtful?: boolean;
  readonly onProgress?: (bytes: number) => void;
}

/** A login in which commands can be run one after the other. */
export interface Session {
  run(command: string, options: RunOptions): Promise<Answer | Failure>;
}

/** The text that a device's bytes are: UTF-8 where it is that, else ISO 8859-1. */
export function deviceText(latin1: string): string {
  // oxlint-disable-next-line no-control-regex -- anything beyond ASCII is the subject
  if (/^[\u0000-\u007f]*$/.test(latin1)) return latin1;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(latin1, 'latin1'));
  } catch {
    return latin1;
  }
}
