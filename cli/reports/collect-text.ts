import type { CollectedDevice, CollectRecord } from './collect-record.ts';
import { drawTable } from '../terminal/table.ts';
import { visible } from '../terminal/visible.ts';
import { wrap } from '../terminal/width.ts';
import { count, note, type Layout } from './layout.ts';

/** The table of results, what is to be said of single devices, and the sum. */
export function collectText(record: CollectRecord, layout: Layout): string {
  const { devices } = record;
  const lines = [
    ...drawTable(
      [
        { title: 'device', flexible: { minWidth: 10 } },
        { title: 'platform' },
        { title: 'version' },
        { title: 'result' },
        { title: 'size', align: 'right' },
        { title: 'time', align: 'right' },
      ],
      devices.map(row),
      layout.width,
    ),
    ...devices.flatMap((device) => remarks(device, layout)),
    '',
    ...wrap(sum(record), layout.width),
  ];
  return `${lines.join('\n')}\n`;
}

function row({ device, platform, version, outcome, reason, files, seconds }: CollectedDevice): string[] {
  const bytes = files.reduce((sum, file) => sum + (file.partial ? 0 : file.bytes), 0);
  return [
    visible(device),
    platform ?? '-',
    visible(version ?? '-'),
    outcome === 'collected' ? change(files) : (reason ?? outcome),
    outcome === 'collected' ? size(bytes) : '-',
    `${seconds.toFixed(1)} s`,
  ];
}

/** Of all files of a device, the most that happened to one. */
function change(files: CollectedDevice['files']): string {
  const changes = new Set(files.map((file) => file.change));
  if (changes.has('changed') || (changes.has('new') && changes.has('unchanged'))) return 'changed';
  return changes.has('new') ? 'new' : 'unchanged';
}

function size(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(bytes < 100_000 ? 1 : 0)} kB`;
}

function remarks({ device, message, notes, files, earlier, removed }: CollectedDevice, layout: Layout): string[] {
  const partial = files.filter((file) => file.partial).map(({ file }) => file);
  return [
    ...(message === undefined ? [] : [message]),
    ...notes,
    ...(partial.length === 0 ? [] : [`what arrived is kept in ${partial.join(', ')}, and is never audited`]),
    ...(earlier.length === 0 ? [] : [`still there from an earlier collection: ${earlier.join(', ')}`]),
    ...(removed.length === 0 ? [] : [`removed, as the device no longer has it: ${removed.join(', ')}`]),
  ].flatMap((remark) => note(visible(device), visible(remark), 0, layout));
}

function sum({ totals, interrupted, masked }: CollectRecord): string {
  const parts = [
    `${totals.collected} of ${count(totals.devices, 'device')} collected into ${count(totals.files, 'file')} in ${totals.seconds.toFixed(1)} s`,
    ...(totals.failed === 0 ? [] : [`${totals.failed} failed`]),
    ...(masked ? ['secrets are masked'] : []),
    ...(interrupted ? ['ended before every device had its turn'] : []),
  ];
  return parts.join('; ');
}
