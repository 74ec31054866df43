import { FormTable, type Form, type Statement } from '../syntax/statements.ts';
import type { IosText } from './text.ts';

/** What stands below `parameter-map`, in texts that lost their indentation. */
const WORDS: ReadonlySet<string> = new Set(
  'audit-trail alert log max-incomplete one-minute tcp udp dns-timeout icmp sessions'.split(' '),
);

/** Of a parameter map only whether its sessions are written counts: `audit-trail on`. */
export const PARAMETER_MAP: Form<IosText> = {
  form: 'parameter-map',
  state: 'no-effect',
  note: 'timers and logging of inspection',
  read: ({ words }, text) => {
    // `parameter-map type inspect NAME`; `default` and `global` are names of maps that the device has by itself.
    text.currentParameterMap = words[1] === 'type' && words[2] === 'inspect' ? words[3] : undefined;
  },
  opens: ({ line }) => ({
    name: 'parameter-map',
    forms: new FormTable<IosText>([]),
    readOther: (statement, text) => {
      readAuditTrail(statement, text);
      return statement.line.indent > line.indent || WORDS.has(statement.words[0] ?? '') ? 'no-effect' : 'unrecognised';
    },
  }),
};

function readAuditTrail({ words, negated }: Statement, { auditTrails, currentParameterMap }: IosText): void {
  if (currentParameterMap === undefined || words[0] !== 'audit-trail') return;
  if (words[1] === 'on' && !negated) auditTrails.add(currentParameterMap);
  else auditTrails.delete(currentParameterMap);
}
