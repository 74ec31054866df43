import type { Boundary } from '../boundaries/boundary.ts';
import { applicationsOf, carriersOf } from '../data/applications.ts';
import type { Service } from '../data/services.ts';
import type { ApplicationRecognition } from '../../parsers/model/device.ts';
import type { Permitted } from '../evaluate/evaluation.ts';
import type { ApplicationVerdict } from '../finding.ts';
import type { PacketSet, PacketSpace } from '../packet-space/packet-space.ts';
import type { Target, TargetSet } from './flow-text.ts';

/** Tells what becomes of sessions on a device that recognises applications, beyond their first packets. */
export interface SessionJudge {
  /** Names that sessions of a target may be recognised as. */
  applications(target: Target): readonly string[];
  /**
   * Packets of which a session begins that stays permitted once it is recognised; first packets are not looked at. For a
   * service, `definite` holds whatever it is recognised as; for other ports, under some name that can carry a broker.
   */
  permitted(boundary: Boundary, target: Target): Permitted;
}

/** Undefined for a device that decides by addresses and ports alone. */
export function createSessionJudge(
  space: PacketSpace,
  recognition: ApplicationRecognition | undefined,
  catalogue: readonly Service[],
): SessionJudge | undefined {
  if (recognition === undefined) return undefined;
  const { scheme } = recognition;
  const ofService = new Map(
    catalogue.map((service) => [`${service.name}/${service.protocol}`, applicationsOf(service, scheme)]),
  );
  const applications = ({ application, service, protocol }: Target): readonly string[] => {
    if (application !== undefined) return [application];
    if (service !== undefined) return ofService.get(`${service}/${protocol ?? ''}`) ?? [];
    const carriers = carriersOf(scheme).filter((carrier) => protocol === undefined || carrier.protocol === protocol);
    return carriers.map((carrier) => carrier.application);
  };
  return {
    applications,
    permitted(boundary, target) {
      const sessions = applications(target).map((name) => permittedIn(space, boundary, target, name));
      const possible = sessions.reduce((all, session) => space.union(all, session.possible), space.none);
      const definite =
        target.service === undefined
          ? sessions.reduce((all, session) => space.union(all, session.definite), space.none)
          : sessions.reduce((all, session) => space.intersect(all, session.definite), space.all);
      return { possible, definite: space.intersect(definite, possible) };
    },
  };
}

function permittedIn(space: PacketSpace, boundary: Boundary, { slice }: Target, application: string): Permitted {
  return boundary.session(application)?.permitted(slice) ?? { definite: space.none, possible: space.none };
}

/** What becomes of sessions of each application that the targets may be recognised as, over the packets of their sets. */
export function applicationVerdicts(
  space: PacketSpace,
  judge: SessionJudge,
  boundary: Boundary,
  sets: readonly TargetSet[],
): ApplicationVerdict[] {
  const verdicts = new Map<string, Set<ApplicationVerdict['verdict']>>();
  for (const { target, set } of sets) {
    for (const application of judge.applications(target)) {
      const seen = verdicts.get(application) ?? new Set();
      seen.add(verdictOf(space, set, permittedIn(space, boundary, target, application)));
      verdicts.set(application, seen);
    }
  }
  return [...verdicts].map(([application, seen]) => {
    const [only, other] = seen;
    return { application, verdict: only === undefined || other !== undefined ? 'partly' : only };
  });
}

function verdictOf(
  space: PacketSpace,
  set: PacketSet,
  { definite, possible }: Permitted,
): ApplicationVerdict['verdict'] {
  if (space.isSubset(set, definite)) return 'permit';
  if (!space.intersects(set, possible)) return 'deny';
  return space.intersects(set, definite) || !space.isSubset(set, possible) ? 'partly' : 'unknown';
}
