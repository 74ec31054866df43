import type { Side } from './side.ts';

/** What changed beside the flows, and what they do not show. Sorted by what it is about. */
export function changeNotes(before: Side, after: Side): string[] {
  return [...platformNotes(before, after), ...trustNotes(before, after), ...translationNotes(before, after)];
}

function platformNotes({ device: before }: Side, { device: after }: Side): string[] {
  return before.platform === after.platform ? [] : [`the platform was ${before.platform} and is ${after.platform}`];
}

function trustNotes(before: Side, after: Side): string[] {
  return [...after.trust.values()].flatMap(({ segment, trust, reasons }) => {
    const had = before.trust.get(segment);
    if (had === undefined || had.trust === trust) return [];
    return [`segment ${segment} was ${had.trust} (${had.reasons.join('; ')}) and is ${trust} (${reasons.join('; ')})`];
  });
}

/** Where rules compare real addresses, sets say who reaches a host and not by which address. */
function translationNotes(before: Side, after: Side): string[] {
  if (before.device.addressView === 'arriving' && after.device.addressView === 'arriving') return [];
  const [had, has] = [before, after].map(({ device, shapes }) =>
    device.translations
      .map((translation) => shapes.of(translation))
      .sort((a, b) => a - b)
      .join(),
  );
  if (had === has) return [];
  return [
    'address translations changed: rules of this device compare real addresses, so flows do not show which translated addresses lead to them',
  ];
}
