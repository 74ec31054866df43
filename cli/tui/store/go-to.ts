import { CHECKS } from '../../../checks/index.ts';
import { unknownName } from '../../trace/near-matches.ts';
import { fieldTerm } from '../filter.ts';
import { movedTo } from '../list.ts';
import { viewOf } from '../views/shown-view.ts';
import { bodyArea, topScreen, type Model } from './model.ts';
import { openedView, withOpened, withTop } from './navigate.ts';
import { LISTED, NAMED_VIEWS } from './screens.ts';

/**
 * Where `:` leads: a line of the configuration or row of the list by its number, a view by its name, the findings of a device, input
 * or check, one finding by its fingerprint. Beginnings of names are enough where they fit one thing.
 */
export function goTo(model: Model, place: string): Model {
  if (place === '') return model;
  if (/^\d+$/u.test(place)) return toRow(model, Number(place) - 1);
  const row = model.fleet.findings.find(({ finding }) => finding.fingerprint === place.toLowerCase());
  if (row !== undefined) return withOpened(model, { view: 'finding', list: LISTED.list, id: row.id });
  const view = fitting(NAMED_VIEWS, place);
  if (view !== undefined) return openedView(model, view);
  const devices = model.fleet.sources.flatMap(({ devices }) => devices.map(({ device }) => device));
  const device = fitting(devices, place);
  if (device !== undefined) return findings(model, fieldTerm('device', device));
  const checks = CHECKS.map(({ id }) => id);
  const check = fitting(checks, place);
  if (check !== undefined) return findings(model, fieldTerm('check', check));
  const text = unknownName('place', place, [...NAMED_VIEWS, ...devices, ...checks]);
  return { ...model, notice: { tone: 'refused', text } };
}

function findings(model: Model, filter: string): Model {
  return withOpened(model, { view: 'findings', list: LISTED.list, filter, sort: 'severity' });
}

function toRow(model: Model, row: number): Model {
  const screen = topScreen(model);
  const list = movedTo(screen.list, row, viewOf(screen).extent(model, bodyArea(model)));
  return withTop(model, { ...screen, list });
}

/** The name itself, or the only one that begins so. */
function fitting<T extends string>(names: readonly T[], wanted: string): T | undefined {
  const lower = wanted.toLowerCase();
  const exact = names.find((name) => name.toLowerCase() === lower);
  if (exact !== undefined) return exact;
  const begun = [...new Set(names)].filter((name) => name.toLowerCase().startsWith(lower));
  return begun.length === 1 ? begun[0] : undefined;
}
