import { measureInChild } from './child.ts';
import { table } from './table.ts';

/** How fast texts become a device, on one core: ASA access lists, and XML exports of PAN-OS. */
export function benchParseSpeed(): void {
  benchPlatform('asa', 'ASA configuration', [1, 10, 50]);
  benchPlatform('panos', 'PAN-OS XML export', [1, 10, 60]);
}

function benchPlatform(platform: 'asa' | 'panos', title: string, sizes: readonly number[]): void {
  const rows = sizes.map((megabytes) => {
    const measured = measureInChild('parse-once.ts', [platform, String(megabytes)], 120);
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
  console.log(`${title} parsed to a device\n`);
  console.log(`${table(['MB', 'seconds', 'MB/s', 'rules', 'diagnostics', 'peak MB'], rows)}\n`);
}
