/** What a collection of many devices does, with devices that are played. */
import { describe, expect, test } from 'vitest';
import type { CollectEndpoint } from '../../../cli/collect/attempt.ts';
import type { DeviceResult, FleetEvent } from '../../../cli/collect/events.ts';
import type { Collected } from '../../../cli/sources/ssh/collected.ts';
import type { Endpoint } from '../../../cli/sources/ssh/endpoint.ts';
import { Fleet, type FleetOptions } from '../../../cli/collect/fleet.ts';
import { ACCESS, busy, collected, endpoint, failure, text, TurnedClock } from './fake-fleet.ts';

function names(count: number): Endpoint[] {
  return Array.from({ length: count }, (_, index) => endpoint(`fw${index + 1}`));
}

function fleetOf(
  endpoints: readonly Endpoint[],
  collectEndpoint: CollectEndpoint,
  more: Partial<FleetOptions<number>> = {},
) {
  const clock = new TurnedClock();
  const events: FleetEvent[] = [];
  const fleet = new Fleet(endpoints, {
    collectEndpoint,
    access: ACCESS,
    concurrency: 4,
    retries: 2,
    signal: new AbortController().signal,
    clock,
    onEvent: (event) => events.push(event),
    keep: async (_, ended) => ({ kept: ended.kind === 'collected' ? ended.texts.length : 0 }),
    ...more,
  });
  return { fleet, clock, events };
}

function inShort(results: readonly DeviceResult<number>[]): string[] {
  return results.map(
    ({ endpoint: { name }, outcome, attempts }) =>
      `${name} ${outcome.kind === 'collected' ? 'collected' : outcome.reason} ${attempts}`,
  );
}

/** Answers in turn. */
function inTurn(...answers: readonly Collected[]): CollectEndpoint {
  let turn = 0;
  return async () => {
    const answer = answers[turn] ?? failure('partial');
    turn += 1;
    return answer;
  };
}

describe('a fleet', () => {
  test('gives its results in the order of the inventory, whoever is done first', async () => {
    const clock = new TurnedClock();
    const slowFirst: CollectEndpoint = (device, options) =>
      busy(clock, device.name === 'fw1' ? 9000 : Number(device.name.slice(2)) * 1000)(device, options);
    const { fleet, events } = fleetOf(names(3), slowFirst, { clock });
    const results = await clock.until(fleet.collectAll());
    expect(inShort(results)).toEqual(['fw1 collected 1', 'fw2 collected 1', 'fw3 collected 1']);
    expect(results.map(({ durationMs }) => durationMs)).toEqual([9000, 2000, 3000]);
    expect(events.flatMap((event) => (event.kind === 'finished' ? [event.device] : []))).toEqual(['fw2', 'fw3', 'fw1']);
    expect(events.slice(0, 4).map(({ kind, device }) => `${kind} ${device}`)).toEqual([
      'queued fw1',
      'queued fw2',
      'queued fw3',
      'step fw1',
    ]);
  });

  test('works on no more devices at once than it may', async () => {
    let [running, most] = [0, 0];
    const clock = new TurnedClock();
    const counted: CollectEndpoint = async (device, options) => {
      running += 1;
      most = Math.max(most, running);
      const result = await busy(clock, 1000)(device, options);
      running -= 1;
      return result;
    };
    const { fleet } = fleetOf(names(50), counted, { clock, concurrency: 8 });
    const results = await clock.until(fleet.collectAll());
    expect(results).toHaveLength(50);
    expect(most).toBe(8);
    // 50 devices of one second each, eight at once.
    expect(clock.nowMs()).toBe(7000);
  });

  test('goes on when a device fails, and when the engine has a mistake', async () => {
    const broken: CollectEndpoint = async ({ name }) => {
      if (name === 'fw1') return failure('host-key-changed');
      if (name === 'fw2') throw new TypeError('cannot read hunter2 of undefined');
      return collected(text(name, 'hostname fw3\n'));
    };
    const { fleet, clock } = fleetOf(names(3), broken);
    const results = await clock.until(fleet.collectAll());
    expect(inShort(results)).toEqual(['fw1 host-key-changed 1', 'fw2 internal-error 1', 'fw3 collected 1']);
    expect(results[1]?.outcome).toMatchObject({
      message: 'internal error, please report it: TypeError: cannot read <masked> of undefined',
    });
  });

  test('says that a device failed whose texts could not be kept', async () => {
    const keep = async () => ({ kept: 0, problem: 'there is no room' });
    const { fleet, clock } = fleetOf(names(1), inTurn(collected(text('fw1', 'a'))), { keep });
    const [result] = await clock.until(fleet.collectAll());
    expect(result?.outcome).toEqual({ kind: 'failed', reason: 'not-written', message: 'there is no room' });
  });
});

describe('trying again', () => {
  const lost = failure('lost', true);

  test('happens after a transport error, each time later, and says so', async () => {
    const { fleet, clock, events } = fleetOf(names(1), inTurn(lost, lost, collected(text('fw1', 'a'))));
    expect(inShort(await clock.until(fleet.collectAll()))).toEqual(['fw1 collected 3']);
    const waits = events.flatMap((event) => (event.kind === 'retrying' ? [event] : []));
    expect(waits.map(({ attempt, waitMs, reason }) => [attempt, waitMs, reason])).toEqual([
      [1, 750, 'lost'],
      [2, 1500, 'lost'],
    ]);
    expect(clock.nowMs()).toBe(2250);
  });

  test('ends after as many times as are allowed', async () => {
    const { fleet, clock } = fleetOf(names(1), inTurn(lost, lost, lost, collected(text('fw1', 'a'))));
    expect(inShort(await clock.until(fleet.collectAll()))).toEqual(['fw1 lost 3']);
  });

  test('never happens after what trying again does not help, or could lock the account', async () => {
    for (const reason of ['login-refused', 'host-key-changed', 'partial', 'enable-refused'] as const) {
      const { fleet, clock } = fleetOf(names(1), inTurn(failure(reason), collected(text('fw1', 'a'))));
      expect(inShort(await clock.until(fleet.collectAll()))).toEqual([`fw1 ${reason} 1`]);
    }
  });

  test('takes no more time than the device has', async () => {
    const asked: number[] = [];
    const clock = new TurnedClock();
    const slow: CollectEndpoint = async ({ deadlineSeconds }, { signal }) => {
      asked.push(deadlineSeconds);
      await clock.sleep(40_000, signal);
      return lost;
    };
    const { fleet } = fleetOf([endpoint('fw1', { deadlineSeconds: 60 })], slow, { clock, retries: 9 });
    expect(inShort(await clock.until(fleet.collectAll()))).toEqual(['fw1 timeout 2']);
    expect(asked).toEqual([60, 60 - 40 - 0.75]);
  });

  test('of one device is possible afterwards, also when its login was refused', async () => {
    const { fleet, clock } = fleetOf(names(1), inTurn(failure('login-refused'), collected(text('fw1', 'a'))));
    expect(inShort(await clock.until(fleet.collectAll()))).toEqual(['fw1 login-refused 1']);
    expect(inShort([await clock.until(fleet.collectAgain('fw1'))])).toEqual(['fw1 collected 1']);
    expect(() => fleet.collectAgain('fw9')).toThrow('no device is called fw9');
  });
});

describe('a login that is refused', () => {
  test('is tried on no more than three devices in a row', async () => {
    const tried: string[] = [];
    const refuse: CollectEndpoint = async ({ name }) => {
      tried.push(name);
      return failure('login-refused');
    };
    const { fleet, clock } = fleetOf(names(20), refuse, { concurrency: 16 });
    const results = await clock.until(fleet.collectAll());
    expect(tried).toEqual(['fw1', 'fw2', 'fw3']);
    expect(inShort(results).slice(2, 5)).toEqual(['fw3 login-refused 1', 'fw4 not-tried 0', 'fw5 not-tried 0']);
    expect(results[19]?.outcome).toMatchObject({ message: expect.stringContaining('could lock the account') });
  });

  test('does not stop devices with another login', async () => {
    const devices = names(8).map((each, index) => (index < 5 ? each : { ...each, user: 'other' }));
    const refuse: CollectEndpoint = async ({ name, user }) =>
      user === 'other' ? collected(text(name, 'a')) : failure('login-refused');
    const { fleet, clock } = fleetOf(devices, refuse);
    expect(inShort(await clock.until(fleet.collectAll()))).toEqual([
      ...[1, 2, 3].map((number) => `fw${number} login-refused 1`),
      'fw4 not-tried 0',
      'fw5 not-tried 0',
      ...[6, 7, 8].map((number) => `fw${number} collected 1`),
    ]);
  });

  test('counts anew once it was accepted: some devices do not know it', async () => {
    const odd: CollectEndpoint = async ({ name }) =>
      Number(name.slice(2)) % 3 === 0 ? collected(text(name, 'a')) : failure('login-refused');
    const { fleet, clock } = fleetOf(names(12), odd, { concurrency: 1 });
    const results = await clock.until(fleet.collectAll());
    expect(results.filter(({ attempts }) => attempts === 1)).toHaveLength(12);
  });

  test('holds others back only until one was accepted', async () => {
    const clock = new TurnedClock();
    let loggedIn = 0;
    let atOnce = 0;
    const slow: CollectEndpoint = async (device, { signal, onStep }) => {
      atOnce = Math.max(atOnce, ++loggedIn);
      await clock.sleep(1000, signal);
      onStep('logged in');
      await clock.sleep(60_000, signal);
      loggedIn -= 1;
      return collected(text(device.name, 'a'));
    };
    const { fleet } = fleetOf(names(10), slow, { clock, concurrency: 10 });
    await clock.until(fleet.collectAll());
    expect(atOnce).toBe(10);
    // Three, and one second later all others.
    expect(clock.nowMs()).toBe(62_000);
  });

  test('with an enable secret that is refused three times, ends too', async () => {
    const refuse: CollectEndpoint = async (_, { onStep }) => {
      onStep('logged in');
      return failure('enable-refused');
    };
    const { fleet, clock } = fleetOf(names(6), refuse, { concurrency: 1 });
    const results = await clock.until(fleet.collectAll());
    expect(results.map(({ attempts }) => attempts)).toEqual([1, 1, 1, 0, 0, 0]);
  });
});

describe('the end', () => {
  test('by the user cancels what runs and begins nothing more', async () => {
    const clock = new TurnedClock();
    const end = new AbortController();
    const stopAfterTwo: CollectEndpoint = async (device, options) => {
      if (device.name === 'fw3') end.abort();
      return busy(clock, 1000)(device, options);
    };
    const { fleet } = fleetOf(names(5), stopAfterTwo, { clock, concurrency: 1, signal: end.signal });
    expect(inShort(await clock.until(fleet.collectAll()))).toEqual([
      'fw1 collected 1',
      'fw2 collected 1',
      'fw3 cancelled 1',
      'fw4 cancelled 0',
      'fw5 cancelled 0',
    ]);
  });

  test('comes when the time for all devices is over', async () => {
    const clock = new TurnedClock();
    const { fleet } = fleetOf(names(4), busy(clock, 40_000), { clock, concurrency: 2, totalSeconds: 60 });
    const results = await clock.until(fleet.collectAll());
    expect(inShort(results)).toEqual(['fw1 collected 1', 'fw2 collected 1', 'fw3 timeout 1', 'fw4 timeout 1']);
    expect(results[3]?.outcome).toMatchObject({ message: 'the time for all devices (60 seconds) was over' });
    expect(clock.nowMs()).toBe(60_000);
  });

  test('comes for a device whose engine never answers, and for one that cannot be cancelled', async () => {
    const silent: CollectEndpoint = () => new Promise(() => undefined);
    const late = fleetOf([endpoint('fw1', { deadlineSeconds: 10 })], silent);
    const results = await late.clock.until(late.fleet.collectAll());
    expect(inShort(results)).toEqual(['fw1 timeout 1']);
    expect(results[0]?.outcome).toMatchObject({ message: 'fw1 was not done within 10 seconds' });
    const end = new AbortController();
    const stubborn = fleetOf(names(1), silent, { signal: end.signal });
    setImmediate(() => end.abort());
    expect(inShort(await stubborn.clock.until(stubborn.fleet.collectAll()))).toEqual(['fw1 cancelled 1']);
  });

  test('before anything began is an end too', async () => {
    const { fleet, clock } = fleetOf(names(2), inTurn(), { signal: AbortSignal.abort() });
    expect(inShort(await clock.until(fleet.collectAll()))).toEqual(['fw1 cancelled 0', 'fw2 cancelled 0']);
  });
});
