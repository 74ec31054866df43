import type { Service } from './services.ts';

/**
 * A port that brokers use among themselves. OpenWire counts: networks of ActiveMQ brokers run over the port of its clients, and
 * what was exploited there needs no login.
 */
export function isClusterService({ role, family }: Service): boolean {
  return role === 'cluster' || family === 'openwire';
}

/** A port that brokers are administered or watched through. */
export function isManagementService({ role }: Service): boolean {
  return role === 'management';
}

/** Everything else: what clients and brokers of other organisations connect to. */
export function isClientService(service: Service): boolean {
  return !isManagementService(service) && !isClusterService(service);
}
