import { homedir, userInfo } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CollectWorld } from './world.ts';
import { collectEndpoint } from '../sources/ssh/collect-endpoint.ts';
import { credentialCommands } from '../sources/ssh/credential-command.ts';
import { hiddenPrompt } from '../sources/ssh/hidden-prompt.ts';
import { nodeHostKeyFiles } from '../sources/ssh/known-hosts-files.ts';
import { nodePrivateFiles } from './private-files.ts';

const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const COMMAND_TIMEOUT_MS = 60_000;

/** The real world. */
export function processWorld(): CollectWorld {
  const cwd = process.cwd();
  return {
    collectEndpoint,
    clock: {
      nowMs: () => performance.now(),
      // Over is over: whoever ended it knows why.
      sleep: (ms, signal) => sleep(Math.max(0, ms), undefined, { signal }).catch(() => undefined),
      random: Math.random,
    },
    files: nodePrivateFiles((path) => resolve(cwd, path)),
    hostKeyFiles: nodeHostKeyFiles(),
    run: credentialCommands({ env: process.env, cwd, timeoutMs: COMMAND_TIMEOUT_MS }),
    prompt(onInterrupt, signal) {
      const { stdin, stderr } = process;
      if (!stdin.isTTY || !stderr.isTTY) return undefined;
      return hiddenPrompt({ input: stdin, write: (text) => stderr.write(text), onInterrupt, signal });
    },
    onInterrupt(listener) {
      const stop = (): void => ENDING_SIGNALS.forEach((signal) => process.off(signal, once));
      const once = (): void => {
        stop();
        listener();
      };
      ENDING_SIGNALS.forEach((signal) => process.on(signal, once));
      return stop;
    },
    every(ms, listener) {
      const timer = setInterval(listener, ms);
      return () => clearInterval(timer);
    },
    home: homedir(),
    user: userInfo().username,
  };
}
