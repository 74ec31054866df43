import type { Connection } from './connection.ts';
import { detectPlatform } from './detect-platform.ts';
import type { Ending } from './ending.ts';
import type { Endpoint } from './endpoint.ts';
import { ExecSession } from './exec-session.ts';
import { failure, type Failure } from './failure.ts';
import { chassisRefusal } from './fxos.ts';
import type { PlatformDialogue, Privilege } from './platform-dialogue.ts';
import { dialogueAt, DIALOGUES } from './platforms/index.ts';
import type { SecretAnswer, SecretPurpose } from './secret.ts';
import { Shell } from './shell.ts';
import { formOf } from './shell-forms.ts';
import type { Session } from './session.ts';

/** A login that is ready for commands. */
export interface OpenSession {
  readonly kind: 'open';
  readonly session: Session;
  /** The same, where it is a terminal. */
  readonly shell?: Shell;
  readonly dialogue: PlatformDialogue;
  /** What it says of itself, where that was asked and nothing can be doubtful about where the answers end. */
  readonly about?: string;
}

type AskSecret = (purpose: SecretPurpose) => Promise<SecretAnswer>;

const SETUP_IDLE_MS = 30_000;

/** Comes to a command line that shows everything and does not stop at pages. */
export async function openSession(
  connection: Connection,
  endpoint: Endpoint,
  ending: Ending,
  ask: AskSecret,
): Promise<OpenSession | Failure> {
  const { platform } = endpoint;
  if (platform !== 'auto' && DIALOGUES[platform].channel === 'exec') {
    const dialogue = DIALOGUES[platform];
    const session = new ExecSession(connection, ending);
    const probe = await session.run(dialogue.version.command, { idleMs: SETUP_IDLE_MS });
    // Where no exec channels are allowed, or the login's shell is none of the device's, a terminal is used.
    if (probe.kind === 'answer' && dialogue.version.is.test(probe.text))
      return { kind: 'open', session, dialogue, about: probe.text };
    if (probe.kind === 'failure' && !MAY_HAVE_TERMINAL.has(probe.reason)) return probe;
  }
  const wire = await connection.shell();
  if ('kind' in wire) return wire;
  const shell = new Shell(wire, formOf(platform), ending);
  const wrong = await shell.start({ user: endpoint.user, password: () => ask('password') });
  if (wrong !== undefined) return wrong;
  const chassis = chassisRefusal(shell.greeting, shell.prompt);
  if (chassis !== undefined) return chassis;
  const found = platform === 'auto' ? await detectPlatform(shell) : platform;
  if (typeof found === 'object') return found;
  return prepared(shell, dialogueAt(found, shell.prompt), ask);
}

const MAY_HAVE_TERMINAL: ReadonlySet<string> = new Set(['unexpected-dialogue', 'no-permission']);

async function prepared(shell: Shell, dialogue: PlatformDialogue, ask: AskSecret): Promise<OpenSession | Failure> {
  shell.take(dialogue);
  const lacking = await privileged(shell, dialogue.privilege, ask);
  if (lacking !== undefined) return lacking;
  for (const command of dialogue.setup) {
    const answer = await shell.run(command, { idleMs: SETUP_IDLE_MS, isBrief: true });
    if (answer.kind === 'failure') return answer;
  }
  return { kind: 'open', session: shell, shell, dialogue };
}

async function privileged(shell: Shell, privilege: Privilege, ask: AskSecret): Promise<Failure | undefined> {
  if (privilege.kind === 'none' || !privilege.from.test(shell.prompt)) return undefined;
  if (privilege.kind === 'shell') {
    const entered = await shell.enter(privilege.command);
    if (entered.kind === 'failure') return entered;
    if (!privilege.from.test(shell.prompt)) return undefined;
    return failure('unexpected-dialogue', `\`${privilege.command}\` did not lead from the shell to the command line`);
  }
  const entered = await shell.enter(privilege.command, () => ask('enable'));
  if (entered.kind === 'failure') return entered;
  if (privilege.to.test(shell.prompt)) return undefined;
  return failure('enable-refused', `\`${privilege.command}\` was refused; is the enable secret right?`);
}
