import { match, P } from 'ts-pattern';
import { failure, type Failure } from './failure.ts';

/** What an error of a socket means; `where` is `fw1.example.net port 22`. */
export function socketFailure(error: Error, where: string): Failure {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return match(code)
    .with('ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME', () =>
      failure('unresolved', `the name of ${where} is not known to the resolver`),
    )
    .with('ECONNREFUSED', () => failure('refused', `${where} refuses connections`))
    .with('ETIMEDOUT', () => failure('timeout', `${where} does not answer`))
    .with('ECONNRESET', 'EPIPE', 'ECONNABORTED', () => failure('lost', `${where} cut the connection`))
    .with(P.string, (other) => failure('unreachable', `${where} cannot be reached${other === '' ? '' : ` (${other})`}`))
    .exhaustive();
}

/** Reasons for a disconnection (RFC 4253, 11.1) that say that a server has no room now. */
const TOO_MANY_CONNECTIONS = 12;
const AUTHENTICATION_ENDED = new Set([2, 13, 14, 15]);

/** What an error of the SSH protocol means, as far as it tells by itself; `isLoggingIn`: between handshake and login. */
export function protocolFailure(error: Error, where: string, isLoggingIn: boolean): Failure {
  const level = 'level' in error ? String(error.level) : '';
  const reason = 'code' in error && typeof error.code === 'number' ? error.code : undefined;
  if (level === 'client-socket') return socketFailure(error, where);
  if (level === 'client-timeout') return failure('timeout', `${where} does not answer`);
  if (reason === TOO_MANY_CONNECTIONS) return failure('refused', `${where} has too many sessions open`);
  if (isLoggingIn && reason !== undefined && AUTHENTICATION_ENDED.has(reason))
    return failure('login-refused', `${where} ended the login after too many attempts`);
  if (/before handshake/u.test(error.message))
    return failure('lost', `${where} closed the connection at once; it may allow too few sessions or not this address`);
  if (reason !== undefined) return failure('lost', `${where} disconnected (reason ${reason} of RFC 4253)`);
  return failure('lost', `the SSH connection to ${where} broke (${plain(error.message)})`);
}

/**
 * What OpenSSH says in place of its version where it takes no further connection (sshd.c, drop_connection): too many are
 * logging in at once (MaxStartups), or the address has to wait after failures (PerSourcePenalties, since 9.8).
 */
const NO_ROOM = /^(?:Exceeded MaxStartups|Not allowed at this time)\b/u;

/** What a server means that greets with another line than an SSH version. */
export function greetingFailure(line: string, where: string): Failure {
  const said = `it says "${plain(line)}"`;
  if (NO_ROOM.test(line)) return failure('refused', `${where} takes no further connection now: ${said}`);
  return failure('ssh-version', `${where} does not speak SSH: ${said}`);
}

function plain(message: string): string {
  return message.replaceAll(/[^\x20-\x7e]+/g, ' ').slice(0, 120);
}
