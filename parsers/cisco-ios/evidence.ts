import type { TrustEvidence } from '../model/device.ts';
import { formatIp } from '../model/format.ts';
import { isPublicAddress, trustWord } from '../model/trust-signs.ts';
import type { Line } from '../syntax/lines.ts';
import type { IosText, TextInterface } from './text.ts';

/** What the text says for or against an interface facing an untrusted network. */
export function evidenceOf(
  text: IosText,
  target: TextInterface,
  defaultRoute: TrustEvidence | undefined,
): TrustEvidence[] {
  const found: TrustEvidence[] = [];
  const add = (points: TrustEvidence['points'], weight: TrustEvidence['weight'], reason: string, line: Line): void => {
    found.push({ points, weight, reason, span: text.reader.span(line) });
  };
  if (defaultRoute !== undefined) found.push(defaultRoute);
  for (const { family, address, prefixLength, span } of target.addresses) {
    // Global IPv6 addresses say nothing: inside networks have them as well.
    if (family !== 4 || typeof address !== 'number') continue;
    if (!isPublicAddress(address)) continue;
    const reason = `${formatIp(4, address)}/${prefixLength} is a public address`;
    found.push({ points: 'untrusted', weight: 2, reason, span });
  }
  for (const [family, line] of target.dynamic)
    if (family === 4) add('untrusted', 2, `the address comes from outside (\`${line.text}\`)`, line);
  if (target.nat?.side === 'outside') add('untrusted', 2, '`ip nat outside`', target.nat.line);
  if (target.nat?.side === 'inside') add('internal', 2, '`ip nat inside`', target.nat.line);
  if (target.vrf !== undefined && /^mgmt|management/i.test(target.vrf))
    add('management', 2, `in VRF ${target.vrf}`, target.line);
  if (target.zone !== undefined) byWords(target.zone.name, 'zone', target.zone.line, add);
  if (target.description !== undefined && target.descriptionLine !== undefined)
    byWords(target.description, 'description', target.descriptionLine, add);
  return found;
}

function byWords(
  name: string,
  where: string,
  line: Line,
  add: (points: TrustEvidence['points'], weight: 1, reason: string, line: Line) => void,
): void {
  const found = trustWord(name);
  if (found !== undefined) add(found.points, 1, `${where} says "${found.word}"`, line);
}
