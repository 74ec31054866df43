import type { Rule } from '../model/rule.ts';
import type { Span } from '../source.ts';
import type { MissingRules } from './firewall.ts';
import type { Notes } from './notes.ts';
import { ANY_ADDRESS, NO_ADDRESS } from '../model/address.ts';
import { ANY_SERVICE } from '../model/service.ts';

/** Stands for rules that the text would have behind its end. */
export function lostRules(span: Span, notes: Notes): Rule {
  notes.diagnose(
    'panos/rules-cut-off',
    'error',
    span,
    'the text ends before the end of the security rules',
    'rules that are missing may permit and may deny anything that the rules above them leave',
  );
  return unknownRule('the text ends here', span);
}

/** Stands for rules that another text would have. */
export function missingRule({ title, span }: MissingRules): Rule {
  return unknownRule(`${title} are not in this text`, span);
}

/** May match anything, surely matches nothing, may permit and may deny. */
function unknownRule(text: string, span: Span): Rule {
  return {
    id: 'missing',
    text,
    span,
    action: { kind: 'unknown', word: 'not in this text' },
    match: {
      source: { must: NO_ADDRESS, may: ANY_ADDRESS, conditions: [] },
      destination: { must: NO_ADDRESS, may: ANY_ADDRESS, conditions: [] },
      service: { must: [], may: ANY_SERVICE, conditions: [] },
    },
    conditions: [{ kind: 'not-understood', name: text, span }],
    enabled: true,
    logging: { logs: 'default', detail: '' },
    objects: [],
  };
}
