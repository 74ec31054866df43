import { z } from 'zod';
import type * as checks from '../../checks/matrix/coverage-matrix.ts';
import { Crossing, list, Reach, Span, texts, whole } from './schema-parts.ts';

/* The coverage matrix of `audit --matrix --format json`. */

const Direction = z.enum(['exposure', 'egress', 'lateral']);

const State = z
  .enum(['blocked', 'approved', 'excess', 'open', 'unknown'])
  .describe(
    'blocked: no first packet can pass; approved: none but approved ones; excess: approved ones and surely others; open: some surely, none ' +
      'approved; unknown: it cannot be told, or the text is not understood well enough for blocked or approved.',
  );

const Decider = z
  .strictObject({
    kind: z.enum(['rule', 'default']),
    name: z.string().describe('A rule as LIST: ID, or the reason of a default.'),
    span: Span.exactOptional(),
  })
  .meta({ id: 'Decider', title: 'Rule or default that decides' });

const Cell = z
  .strictObject({
    family: z.string().describe('mqtt, amqp, stomp, xmpp; kin: other messaging.'),
    state: State,
    services: texts,
    decidedBy: list(Decider).describe('For blocked: what turns an example packet of each address family away.'),
    truncated: z.boolean().describe('True when further rules decide.'),
    because: texts.describe('For unknown: what would have to be known.'),
    assumptions: texts.describe('What the policy assumes and the state rests on.').exactOptional(),
    reach: Reach.exactOptional(),
  })
  .meta({ id: 'MatrixCell', title: 'Services of a family that are treated alike' });

const Row = z
  .strictObject({ direction: Direction, crossings: list(Crossing), cells: list(Cell) })
  .meta({ id: 'MatrixRow', title: 'Crossings that treat every service alike' });

const covered = whole.describe('Crossings where every service but kin is blocked or approved.');

export const MatrixSums = z
  .strictObject({
    crossings: whole.describe('Crossings between segments of different trust.'),
    covered,
    directions: list(z.strictObject({ direction: Direction, crossings: whole, covered })),
    families: list(
      z.strictObject({
        family: z.string(),
        states: z
          .strictObject({ blocked: whole, approved: whole, excess: whole, open: whole, unknown: whole })
          .describe('Pairs of a crossing and a service.'),
      }),
    ),
    unjudged: whole.describe('Crossings of which a side is of unknown trust; in none of the other numbers.'),
  })
  .meta({ id: 'MatrixSums', title: 'Sums of a coverage matrix' }) satisfies z.ZodType<checks.MatrixSums>;

export const CoverageMatrix = z.strictObject({ rows: list(Row), sums: MatrixSums }).meta({
  id: 'CoverageMatrix',
  title: 'ATT&CK M1037 (Filter Network Traffic) for T1071.005, crossing by crossing',
}) satisfies z.ZodType<checks.CoverageMatrix>;
