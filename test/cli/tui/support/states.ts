import type { CollectedDevice } from '../../../../cli/tui/store/collection.ts';
import type { Model } from '../../../../cli/tui/store/model.ts';
import type { ViewId } from '../../../../cli/tui/store/screens.ts';
import type { Driver } from './driver.ts';
import { exposedWorld, inWorld, type WorldName } from './worlds.ts';

/** A view in a state that a user can bring it into, at 80×24. */
export interface ViewState {
  readonly view: ViewId | 'waive' | 'approve' | 'preview' | 'line';
  readonly state: string;
  readonly model: () => Promise<Model>;
}

/** The model after these keys. */
async function keyed(name: WorldName, ...keys: readonly string[]): Promise<Model> {
  return (await (await inWorld(name)).press(...keys)).model;
}

/** As `keyed`, with the answers to all questions still on their way. */
async function waiting(...keys: readonly string[]): Promise<Model> {
  const driver = await inWorld('samples');
  driver.answers = false;
  return (await driver.press(...keys)).model;
}

/** In the middle of reading: the first inputs are there. */
async function reading(...keys: readonly string[]): Promise<Model> {
  const { driver } = exposedWorld();
  const events = await driver.auditEvents();
  for (const event of events.slice(0, 2)) await driver.send(event);
  return (await driver.press(...keys)).model;
}

/** After a mistake in the policy file that no audit has seen yet. */
async function spoilt(...keys: readonly string[]): Promise<Model> {
  const { driver, files } = exposedWorld('brokerfence.yaml');
  await driver.audit();
  files.writeWhole('brokerfence.yaml', 'version: 1\nwaiver: []\n');
  return (await driver.press(...keys)).model;
}

/** The samples, with keys and what is typed between them. */
async function typed(...steps: readonly ((driver: Driver) => Promise<unknown>)[]): Promise<Model> {
  const driver = await inWorld('samples');
  for (const step of steps) await step(driver);
  return driver.model;
}

const keys =
  (...names: readonly string[]) =>
  async (driver: Driver) =>
    driver.press(...names);
const text = (words: string) => async (driver: Driver) => driver.type(words);
const line = (words: string) => async (driver: Driver) => (await driver.type(words)).press('enter');

async function proposed(...acts: readonly string[]): Promise<Model> {
  const { driver } = exposedWorld('brokerfence.yaml');
  await driver.audit();
  await driver.press(...acts);
  await driver.type('lab until it moves\tnetwork team\t');
  return (await driver.press('enter')).model;
}

/** After the only file was taken away. */
async function goneFrom(...names: readonly string[]): Promise<Model> {
  const { driver, files } = exposedWorld();
  await driver.audit();
  files.remove('configs/edge-1.cfg');
  return (await driver.press(...names)).model;
}

/** Against the same firewall when it was shut. */
async function comparing(isAnswered: boolean): Promise<Model> {
  const { driver } = exposedWorld();
  await driver.audit();
  driver.answers = isAnswered;
  await driver.press('6', 'v');
  await driver.type('before/edge-1.cfg');
  return (await driver.press('enter')).model;
}

/** A collection in the middle: one of each. */
async function collecting(): Promise<Model> {
  const driver = await inWorld('samples');
  const device = (name: string, state: CollectedDevice['state'], said: string, durationMs = 0): CollectedDevice => {
    const where = `auditor@${name}.example.net via bastion.example.net`;
    return { name, where, platform: 'cisco-ios', state, text: said, attempts: 1, durationMs };
  };
  const devices = [
    device('branch-1', 'collected', 'cisco-ios 15.7(3)M8', 4100),
    device('branch-2', 'running', 'show running-config (120 kB)'),
    device('branch-3', 'retrying', 'branch-3.example.net refuses the connection; again in 4 s'),
    device('branch-4', 'failed', 'login-refused: the login as auditor was refused; tried: password', 900),
    device('branch-5', 'queued', 'waiting for its turn'),
  ];
  const model = { ...driver.model, collection: { devices, directory: 'configs', isRunning: true } };
  driver.model = model;
  return (await driver.press('8')).model;
}

export const STATES: readonly ViewState[] = [
  { view: 'overview', state: 'loading', model: () => reading() },
  { view: 'overview', state: 'error', model: () => keyed('refused') },
  { view: 'overview', state: 'empty', model: () => keyed('empty') },
  { view: 'overview', state: 'filled', model: () => keyed('samples') },
  { view: 'overview', state: 'services', model: () => keyed('samples', 'v', 'j', 'j', 'l') },
  { view: 'overview', state: 'closed', model: () => keyed('closed') },
  { view: 'overview', state: 'failures', model: () => keyed('broken') },
  { view: 'overview', state: 'wide-letters', model: () => keyed('wild') },

  { view: 'findings', state: 'loading', model: () => reading('2') },
  { view: 'findings', state: 'error', model: () => keyed('refused', '2') },
  { view: 'findings', state: 'empty', model: () => keyed('empty', '2') },
  { view: 'findings', state: 'filled', model: () => keyed('samples', '2') },
  { view: 'findings', state: 'filtered', model: () => typed(keys('2'), line('/service:mqtt severity:high+ !edge')) },
  { view: 'findings', state: 'none-fit', model: () => typed(keys('2'), line('/device:"no such device"')) },
  { view: 'findings', state: 'wide-letters', model: () => keyed('wild', '2') },

  { view: 'finding', state: 'filled', model: () => keyed('samples', '2', 'enter') },
  { view: 'finding', state: 'accepted', model: () => keyed('samples', '2', 'G', 'enter') },
  { view: 'finding', state: 'wide-letters', model: () => keyed('wild', '2', 'enter') },

  { view: 'flows', state: 'loading', model: () => waiting('3') },
  { view: 'flows', state: 'error', model: () => spoilt('3') },
  { view: 'flows', state: 'empty', model: () => keyed('closed', '3') },
  { view: 'flows', state: 'filled', model: () => typed(line(':asa-office'), keys('3')) },
  { view: 'flows', state: 'wide-letters', model: () => keyed('wild', '3') },

  { view: 'trace', state: 'loading', model: () => waiting('2', 't', 'enter') },
  { view: 'trace', state: 'form', model: () => keyed('samples', 't') },
  { view: 'trace', state: 'filled', model: () => keyed('samples', '2', 't', 'enter') },
  { view: 'trace', state: 'error', model: () => typed(keys('t', 'tab', 'tab', 'tab'), line('10.1.2.345')) },
  { view: 'trace', state: 'wide-letters', model: () => keyed('wild', '2', 't', 'enter') },

  { view: 'coverage', state: 'loading', model: () => reading('7') },
  { view: 'coverage', state: 'error', model: () => keyed('refused', '7') },
  { view: 'coverage', state: 'empty', model: () => keyed('empty', '7') },
  { view: 'coverage', state: 'filled', model: () => keyed('samples', '7') },
  { view: 'coverage', state: 'failures', model: () => keyed('broken', '7') },
  { view: 'coverage', state: 'diagnostics', model: () => keyed('samples', '7', 'enter') },

  { view: 'source', state: 'loading', model: () => waiting('9') },
  { view: 'source', state: 'error', model: () => goneFrom('9') },
  { view: 'source', state: 'filled', model: () => typed(keys('2', 'enter', 'enter')) },
  { view: 'source', state: 'search', model: () => typed(line(':asa-office'), keys('9'), line('/access-list')) },
  { view: 'source', state: 'choice', model: () => typed(line(':fw-harbour'), keys('9', 'n', 'd')) },
  { view: 'source', state: 'policy', model: () => keyed('samples', '2', 'G', 'enter', 'n', 'enter') },
  { view: 'source', state: 'wide-letters', model: () => keyed('wild', '9') },

  { view: 'rules', state: 'loading', model: () => waiting('4') },
  { view: 'rules', state: 'error', model: () => goneFrom('4') },
  { view: 'rules', state: 'lists', model: () => typed(line(':edge-a'), keys('4')) },
  { view: 'rules', state: 'filled', model: () => typed(line(':fw-harbour'), keys('9', 'n', '4')) },
  { view: 'rules', state: 'wide-letters', model: () => keyed('wild', '4', 'enter') },

  { view: 'changes', state: 'empty', model: () => keyed('samples', '6') },
  { view: 'changes', state: 'loading', model: () => comparing(false) },
  { view: 'changes', state: 'filled', model: () => comparing(true) },
  { view: 'changes', state: 'error', model: () => typed(keys('6', 'v'), line('no-such-report.json')) },

  { view: 'collect', state: 'empty', model: () => keyed('samples', '8') },
  { view: 'collect', state: 'filled', model: collecting },

  { view: 'help', state: 'filled', model: () => keyed('samples', '2', '?') },
  { view: 'help', state: 'filtered', model: () => typed(keys('?'), line('/policy')) },

  { view: 'waive', state: 'form', model: () => keyed('samples', '2', 'w') },
  { view: 'waive', state: 'problems', model: () => typed(keys('2', 'w', 'tab', 'tab', 'ctrl+u'), line('2026-02-30')) },
  { view: 'waive', state: 'wide-letters', model: () => keyed('wild', '2', 'w') },
  { view: 'approve', state: 'problems', model: () => keyed('samples', '2', 'a', 'ctrl+u', 'up', 'enter') },
  { view: 'preview', state: 'waiver', model: () => proposed('2', 'w') },
  { view: 'preview', state: 'approval', model: () => proposed('2', 'a', 'tab') },

  { view: 'line', state: 'filter', model: () => typed(keys('2'), text('/service:mqtt')) },
  { view: 'line', state: 'filter-wrong', model: () => typed(keys('2'), text('/sevrity:high')) },
  { view: 'line', state: 'go-to', model: () => typed(text(':asa-of')) },
  { view: 'line', state: 'nowhere', model: () => typed(line(':asa-ofice')) },
  { view: 'line', state: 'no-room', model: () => typed(keys('2'), text(`/${'outside-to-inside '.repeat(12)}漢字`)) },
];
