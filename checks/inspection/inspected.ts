import type { Device } from '../../parsers/model/device.ts';
import type { InspectionProfile } from '../../parsers/model/rule.ts';
import type { PermittedPart } from '../boundaries/permitted-parts.ts';
import { seesCrossing } from '../boundaries/telemetry-cover.ts';
import type { CheckContext } from '../check.ts';
import type { Decision } from '../evaluate/evaluation.ts';

/** What looks for attacks does with those it finds: the strongest of all that look. */
export type Inspected = 'blocks' | 'unknown' | 'alerts' | 'nothing';

const STRONGEST: readonly Inspected[] = ['blocks', 'unknown', 'alerts', 'nothing'];

/** Profiles that hold signatures of attacks and of malware's own traffic; the others look at files and names. */
const SIGNATURES: ReadonlySet<InspectionProfile['kind']> = new Set(['vulnerability', 'anti-spyware']);

/** What looks for attacks in the sessions of a part: profiles of the rules that decide, and what watches the crossing. */
export function inspected(device: Device, { decisions, crossings }: PermittedPart): Inspected {
  const profiles = decisions.map(profilesOf).filter((each) => each !== undefined);
  // Where rules choose, nothing else looks: a rule without profiles has its sessions pass unseen.
  if (profiles.length > 0) {
    const effects = profiles.flat().flatMap(({ kind, effect }) => (SIGNATURES.has(kind) ? [effect] : []));
    return strongest(effects);
  }
  const sensors = device.telemetry.filter(({ kind, effective }) => kind === 'intrusion-prevention' && effective);
  const seen = new Set(
    crossings.map((crossing) =>
      strongest(
        sensors.flatMap((sensor) => {
          if (!seesCrossing(device, sensor, crossing)) return [];
          return [sensor.passive === true ? ('alerts' as const) : ('blocks' as const)];
        }),
      ),
    ),
  );
  return STRONGEST.findLast((each) => seen.has(each)) ?? 'nothing';
}

/** Whether the text has anything that looks for attacks. */
export function canInspect({ telemetry, ruleLists }: Device): boolean {
  return (
    telemetry.some(({ kind }) => kind === 'intrusion-prevention') ||
    ruleLists.some(({ rules }) => rules.some(({ inspection }) => inspection !== undefined))
  );
}

/** Whether sessions may stay permitted once they are recognised; first packets alone carry no attack. */
export function mayStay(
  { space, sessions }: Pick<CheckContext, 'space' | 'sessions'>,
  { boundary, target, set }: PermittedPart,
): boolean {
  return sessions === undefined || space.intersects(set, sessions.permitted(boundary, target).possible);
}

function profilesOf(decision: Decision): readonly InspectionProfile[] | undefined {
  return decision.kind === 'rule' ? decision.rule.inspection : decision.otherwise.inspection;
}

function strongest(effects: readonly Inspected[]): Inspected {
  return STRONGEST.find((each) => effects.includes(each)) ?? 'nothing';
}
