import type { Io } from '../io.ts';
import { CHECKS } from '../../checks/index.ts';
import { EXIT } from '../exit-code.ts';
import { drawTable } from '../terminal/table.ts';

/** The checks, one a line. */
export function checks(io: Io): number {
  const columns = [
    { title: 'check' },
    { title: 'family' },
    { title: 'at worst' },
    { title: 'finds', flexible: { minWidth: 20 } },
  ];
  const rows = CHECKS.map(({ id, family, severity, title }) => [id, family, severity, title]);
  const table = drawTable(columns, rows, io.stdout.columns ?? Number.POSITIVE_INFINITY);
  io.stdout.write(`${table.join('\n')}\n`);
  return EXIT.ok;
}
