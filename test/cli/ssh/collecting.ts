/** Collecting from fake devices. */
import { afterEach } from 'vitest';
import { collectEndpoint, type Collected } from '../../../cli/sources/ssh/collect-endpoint.ts';
import type { Endpoint, Hop } from '../../../cli/sources/ssh/endpoint.ts';
import type { HostKeys } from '../../../cli/sources/ssh/known-hosts.ts';
import { Secret, type SecretPurpose, type SecretSource } from '../../../cli/sources/ssh/secret.ts';
import { startFakeDevice, type FakeDevice, type FakeDeviceOptions } from '../../support/fake-device/server.ts';

export const PASSWORD = 'Tr0ub4dor-login';
export const ENABLE = 'Tr0ub4dor-enable';

const started: { close: () => Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((device) => device.close()));
});

/** Closed when the test is over. */
export function closedAfterwards<T extends { close: () => Promise<void> }>(device: T): T {
  started.push(device);
  return device;
}

export async function device(options: FakeDeviceOptions): Promise<FakeDevice> {
  return closedAfterwards(await startFakeDevice({ password: PASSWORD, enableSecret: ENABLE, ...options }));
}

export function hopTo(port: number, more: Partial<Hop> = {}): Hop {
  return {
    host: '127.0.0.1',
    port,
    user: 'auditor',
    hostKeyName: `[127.0.0.1]:${port}`,
    knownHostsFiles: [],
    identityFiles: [],
    identitiesOnly: false,
    algorithms: {},
    legacy: false,
    ...more,
  };
}

export function endpointAt(port: number, more: Partial<Endpoint> = {}): Endpoint {
  return { ...hopTo(port), name: 'fw1', platform: 'auto', jumps: [], deadlineSeconds: 60, ...more };
}

/** Every key is known. */
export const TRUSTING: HostKeys = {
  judge: () => ({ kind: 'known' }),
  recordedTypes: () => [],
  accept: () => undefined,
};

/** A source that has these secrets and no others; counts how often it is asked. */
export function secretsOf(
  secrets: Partial<Record<SecretPurpose, string>> = { password: PASSWORD, enable: ENABLE },
): SecretSource & { readonly asked: SecretPurpose[] } {
  const asked: SecretPurpose[] = [];
  const revealed: Secret[] = [];
  return {
    asked,
    secret: (_of, purpose) => {
      asked.push(purpose);
      const value = secrets[purpose];
      if (value === undefined) return Promise.resolve({ kind: 'none', message: `no ${purpose} is set` });
      const secret = new Secret(value);
      revealed.push(secret);
      return Promise.resolve({ kind: 'secret', secret });
    },
    revealed: () => revealed,
    scrub: (text) => revealed.reduce((rest, secret) => rest.replaceAll(secret.reveal(), '<masked>'), text),
  };
}

export interface CollectWishes {
  readonly secrets?: SecretSource;
  readonly hostKeys?: HostKeys;
  readonly acceptNew?: boolean;
  readonly hitCounts?: boolean;
  readonly signal?: AbortSignal;
  readonly steps?: string[];
}

export function collect(endpoint: Endpoint, wishes: CollectWishes = {}): Promise<Collected> {
  const { steps, ...rest } = wishes;
  return collectEndpoint(endpoint, {
    secrets: secretsOf(),
    hostKeys: TRUSTING,
    acceptNew: false,
    hitCounts: false,
    signal: new AbortController().signal,
    ...rest,
    onStep: (step) => steps?.push(step),
  });
}

/** The only text of its kind. */
export function textOf(collected: Collected, what: string, named = 'fw1'): string {
  if (collected.kind === 'failed') throw new Error(`${collected.reason}: ${collected.message}`);
  const found = collected.texts.filter((text) => text.what === what && text.device === named);
  if (found.length !== 1) throw new Error(`${found.length} texts are a ${what} of ${named}`);
  return found[0]?.text ?? '';
}
