import type { DeviceReport } from '../../checks/device-report.ts';
import type { Layout } from './layout.ts';
import type { SourceResult } from './run.ts';
import { hanging } from './understanding-text.ts';

/**
 * What each device gives to detection, one line a need: `edge-1: flow-export no (no exporter)`. Only when asked for: the findings
 * of the visibility checks say what is missing.
 */
export function readinessText(sources: readonly SourceResult[], layout: Layout): string[] {
  if (!layout.verbose) return [];
  const lines = sources.flatMap(({ devices }) => devices.flatMap((device) => deviceLines(device, layout)));
  return lines.length === 0 ? [] : ['ready for detection (ATT&CK AN0005):', ...lines];
}

function deviceLines({ device, readiness }: DeviceReport, layout: Layout): string[] {
  return readiness.flatMap(({ need, state, reason }) => {
    const [first = '', ...rest] = hanging(`${device}: ${need} ${state} (${reason})`, {
      ...layout,
      width: layout.width - 2,
    });
    return [`  ${first}`, ...rest.map((line) => `  ${line}`)];
  });
}
