import { FormTable, noEffect, type Form, type Mode } from '../syntax/statements.ts';
import { NOT_A_FILTER, noteUse } from './list-uses.ts';
import { argumentsOf, type IosText } from './text.ts';

const QOS_CLASS_MODE: Mode<IosText> = {
  name: 'class-map',
  forms: new FormTable<IosText>([
    {
      form: 'match access-group [name] NAME',
      state: 'no-effect',
      note: NOT_A_FILTER,
      read: (statement, text) => {
        const [first, second] = argumentsOf(statement);
        noteUse(first === 'name' ? second : first, 'class map', statement.line, text);
      },
    },
    noEffect('match', 'chooses packets for QoS'),
    noEffect('description', 'text'),
  ]),
};

const QOS_POLICY_MODE: Mode<IosText> = {
  name: 'policy-map',
  forms: new FormTable<IosText>([
    noEffect('description', 'text'),
    noEffect('parameter', 'QoS'),
    {
      form: 'class NAME',
      state: 'no-effect',
      note: 'QoS class',
      opens: () => QOS_POLICY_CLASS_MODE,
    },
  ]),
};

const QOS_POLICY_CLASS_MODE: Mode<IosText> = {
  name: 'class in policy-map',
  forms: new FormTable<IosText>([
    {
      form: 'drop',
      state: 'no-effect',
      note: 'counts where an interface uses the policy',
      read: (statement, text) => {
        if (text.currentQosPolicy !== undefined) text.droppingPolicies.set(text.currentQosPolicy, statement.line);
      },
    },
    ...`bandwidth priority police shape set queue-limit random-detect fair-queue service-policy trust compression netflow-sampler estimate account
        conform-action exceed-action violate-action conform-color percent queue-buffers description log admit-cpu dbl`
      .split(/\s+/)
      .map((word) => noEffect<IosText>(word, 'QoS: shares and marks, admits nothing')),
  ]),
};

/** Class maps and policy maps that are not of the zone firewall. */
export const QOS_STATEMENTS: readonly Form<IosText>[] = [
  { form: 'class-map', state: 'no-effect', note: 'QoS class', opens: () => QOS_CLASS_MODE },
  {
    form: 'policy-map',
    state: 'no-effect',
    note: 'QoS policy; one with `drop` counts where an interface uses it',
    read: (statement, text) => void (text.currentQosPolicy = argumentsOf(statement).at(-1)),
    opens: () => QOS_POLICY_MODE,
  },
];

export const QOS_GROUPS = [QOS_CLASS_MODE, QOS_POLICY_CLASS_MODE].map(({ name, forms }) => ({
  mode: name,
  forms: forms.forms,
}));
