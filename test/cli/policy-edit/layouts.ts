/** Policy files in the layouts that people and programs give them. */
import * as fc from 'fast-check';

/** How one text is laid out. */
interface Layout {
  readonly dash: 0 | 1 | 2 | 4;
  readonly step: 2 | 4;
  readonly quotesKeys: boolean;
  /** Blank lines and comments between lines, taken in turn. */
  readonly between: readonly string[];
  /** Comments at the ends of lines, taken in turn. */
  readonly trailing: readonly string[];
}

type SectionStyle = 'block' | 'blank lines between' | 'flow lines' | 'flow on one line' | 'entries in flow';

const EMPTY = ['', ' []', ' null', ' ~', ' [ ]', ' []   # none', ' # none yet'] as const;

const REASONS = [
  ['reason: lab'],
  ['reason: "lab: # two"'],
  ["reason: 'it''s known'"],
  ['reason: |', '  one', '', '  # no comment'],
  ['reason: >-', '  one', '  two', ''],
  ['reason: |+', '  kept', '', ''],
  ['reason: two', '  lines'],
] as const;

const layout: fc.Arbitrary<Layout> = fc.record({
  dash: fc.constantFrom(0, 1, 2, 4),
  step: fc.constantFrom(2, 4),
  quotesKeys: fc.boolean(),
  between: fc.array(
    fc.constantFrom('', '', '', '# at the margin', '  # indented', '    # - further', '\n', '\n# apart\n', '   '),
    {
      minLength: 1,
      maxLength: 5,
    },
  ),
  trailing: fc.array(fc.constantFrom('', '', '', ' # why', '   '), { minLength: 1, maxLength: 4 }),
});

const style = fc.constantFrom<SectionStyle[]>(
  'block',
  'blank lines between',
  'flow lines',
  'flow on one line',
  'entries in flow',
);

interface Entry {
  readonly first: string;
  readonly reason: readonly string[];
}

const fingerprint = fc.stringMatching(/^[0-9a-f]{16}$/);
const waivers = fc.array(
  fc.record({ first: fingerprint.map((digits) => `fingerprint: "${digits}"`), reason: fc.constantFrom(...REASONS) }),
  { maxLength: 3 },
);
const approvals = fc.uniqueArray(
  fc.record({
    first: fc.nat(99).map((number) => `name: feed ${number}`),
    reason: fc.constantFrom(...REASONS),
  }),
  { maxLength: 3, selector: ({ first }) => first },
);

interface Sketch {
  readonly layout: Layout;
  readonly style: SectionStyle;
  readonly empty: (typeof EMPTY)[number];
}

const sketch = fc.record({ layout, style, empty: fc.constantFrom(...EMPTY) });

/** One way through a list again and again. */
function turns(items: readonly string[]): () => string {
  let at = 0;
  return () => items[at++ % items.length] ?? '';
}

function sectionLines(name: string, entries: readonly Entry[], more: readonly string[], how: Sketch): string[] {
  const { dash, step, quotesKeys } = how.layout;
  const key = quotesKeys ? `"${name}":` : `${name}:`;
  if (entries.length === 0) return [`${key}${how.empty}`];
  const flow = ({ first }: Entry): string => `{${[first, 'reason: lab', ...more].join(', ')}}`;
  const pad = ' '.repeat(dash);
  if (how.style === 'flow on one line') return [`${key} [${entries.map(flow).join(', ')}]`];
  if (how.style === 'flow lines') {
    const isEnded = how.layout.step === 4;
    const items = entries.map((entry, index) => `  ${flow(entry)}${isEnded || index < entries.length - 1 ? ',' : ''}`);
    return [`${key} [`, ...items, ' ]'];
  }
  const items = entries.flatMap((entry, index) => {
    const gap = how.style === 'blank lines between' && index > 0 ? [''] : [];
    if (how.style === 'entries in flow') return [...gap, `${pad}- ${flow(entry)}`];
    const inner = ' '.repeat(dash + step);
    const fields = [entry.first, ...more, ...entry.reason].map((line) => (line === '' ? '' : inner + line));
    return [...gap, `${pad}-${(fields[0] ?? '').slice(dash + 1)}`, ...fields.slice(1)];
  });
  return [key, ...items];
}

/** A policy that loads, as a text. */
export const policyText: fc.Arbitrary<string> = fc
  .record({
    waivers,
    approvals,
    hows: fc.tuple(sketch, sketch, sketch),
    order: fc.shuffledSubarray(['approvals', 'waivers', 'networks', 'checks'], { minLength: 0, maxLength: 4 }),
    versionAt: fc.nat(4),
    begins: fc.constantFrom('', '---\n', '# The policy.\n\n', '%YAML 1.2\n---\n'),
    ends: fc.constantFrom('\n', '\n', '', '\n\n', '\n...\n', '\n# the end', '\n  \n'),
    newLine: fc.constantFrom('\n', '\r\n'),
    isCommented: fc.boolean(),
  })
  .map(({ waivers: accepted, approvals: given, hows, order, versionAt, begins, ends, newLine, isCommented }) => {
    const [first, second, third] = hows;
    const sections: Record<string, readonly string[]> = {
      waivers: sectionLines('waivers', accepted, ['owner: net'], first),
      approvals: sectionLines(
        'approvals',
        given,
        ['services: [mqtts]', 'clients: any', 'brokers: [10.2.0.5]', 'owner: plant'],
        second,
      ),
      networks: [
        'networks:',
        ...['10.0.0.0/8', '192.0.2.0/24'].map((net) => `${' '.repeat(third.layout.dash)}- ${net}`),
      ],
      checks: ['checks: {filter-not-applied: off}'],
    };
    const blocks = order.map((name) => sections[name] ?? []);
    blocks.splice(versionAt, 0, ['version: 1']);
    const between = turns(first.layout.between);
    const trailing = turns(first.layout.trailing);
    const lines = blocks.flatMap((block) => {
      const isScalarInside =
        block.some((line) => /[|>][+-]?$/u.test(line)) || block.some((line) => line.endsWith('reason: two'));
      const apart = isCommented ? [between()] : [];
      const inside = block.flatMap((line, index) => {
        if (isScalarInside || line === '' || !isCommented) return [line];
        const extra = index === 0 ? '' : between();
        const shown = `${line}${line.includes('#') ? '' : trailing()}`;
        return extra === '' ? [shown] : [extra, shown];
      });
      return [...inside, ...apart];
    });
    return `${begins}${lines.join('\n')}${ends}`.replaceAll('\n', newLine);
  })
  // To end a last line of blanks would add a line to a text that keeps its blank lines: that is refused.
  .filter((text) => !(text.includes('|+') && /\n +$/u.test(text)));
