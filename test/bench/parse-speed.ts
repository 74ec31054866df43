import { measureInChild } from './child.ts';
import { table } from './table.ts';

/** How fast ASA access lists become a device, on one core. */
export function benchParseSpeed(): void {
  const rows = [1, 10, 50].map((megabytes) => {
    const measured = measureInChild('parse-once.ts', [String(megabytes)], 120);
    if (measured === undefined) return [String(megabytes), 'failed or > 120', '', '', ''];
    const { seconds = 0, rules = 0, diagnostics = 0, megabytes: size = 0 } = measured.values;
    const speed = (size / seconds).toFixed(1);
    return [
      String(megabytes),
      seconds.toFixed(2),
      speed,
      String(rules),
      String(diagnostics),
      String(measured.peakMegabytes),
    ];
  });
  console.log('ASA configuration parsed to a device\n');
  console.log(`${table(['MB', 'seconds', 'MB/s', 'rules', 'diagnostics', 'peak MB'], rows)}\n`);
}
