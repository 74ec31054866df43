/** Runs one check alone, whether or not it is in the catalogue. */
import { auditDevice } from '../../checks/audit-device.ts';
import type { DeviceReport } from '../../checks/device-report.ts';
import type { Check } from '../../checks/check.ts';
import { SERVICES } from '../../checks/data/services.ts';
import type { Finding } from '../../checks/finding.ts';
import type { Day, Policy } from '../../checks/policy/policy.ts';
import { sourceText } from '../../checks/reporting/source-text.ts';
import { parse, type Bundle, type ParseResult } from '../../parsers/index.ts';
import type { Platform } from '../../parsers/model/device.ts';

export interface CheckOptions {
  readonly untrusted?: readonly string[];
  readonly policy?: Policy;
  readonly today?: Day;
  /** Most diagram nodes of the packet space. */
  readonly maxNodes?: number;
}

/** Reports of a check on texts that were parsed already. */
export function reportsOn(
  check: Check,
  parsed: ParseResult,
  texts: Bundle,
  options: CheckOptions = {},
): DeviceReport[] {
  return parsed.devices.map((device) =>
    auditDevice(device, {
      parsed,
      texts: texts.map((source, index) => ({
        text: sourceText(source),
        lineStates: parsed.texts[index]?.lineStates ?? [],
      })),
      trust: { untrusted: options.untrusted ?? [], internal: [], internalNetworks: [] },
      policy: options.policy,
      today: options.today,
      only: 'findings',
      checks: [check],
      catalogue: SERVICES,
      ownsLine: () => true,
      ...(options.maxNodes === undefined ? {} : { maxNodes: options.maxNodes }),
    }),
  );
}

/** Findings of a check on texts that were parsed already. */
export function findingsOn(check: Check, parsed: ParseResult, texts: Bundle, options: CheckOptions = {}): Finding[] {
  return reportsOn(check, parsed, texts, options).flatMap(({ findings }) => findings);
}

/** Findings of a check on a text of a platform. */
export function checkText(
  check: Check,
  platform: Platform,
  lines: readonly string[],
  options: CheckOptions = {},
): Finding[] {
  const source = { name: 'device.cfg', text: `${lines.join('\n')}\n` };
  return findingsOn(check, parse(source, { platform }), [source], options);
}
