import type { ApplicationRecognition } from '../../parsers/model/device.ts';
import type { Service } from './services.ts';

/**
 * What publish/subscribe traffic is recognised as by devices that recognise applications.
 *
 * App-ID has `mqtt`, `amqp`, `rabbitmq`, `jabber` (XMPP), `redis`, `kafka`, `coap` and `ibm-websphere-mq`; it has none for
 * STOMP, OpenWire, NATS, Pulsar, DDS, Solace and ZeroMQ, which are `unknown-tcp` and `unknown-udp` (application lists of 2015,
 * 2019 and 2020). What TLS hides is `ssl`; the inner protocol appears only where the device decrypts.
 */
type Scheme = ApplicationRecognition['scheme'];
type Family = Service['family'];

const UNKNOWN = { tcp: 'unknown-tcp', udp: 'unknown-udp' } as const;

/** Names of App-ID for what a protocol says in clear text; no name: nothing recognises it. */
const APP_ID: Readonly<Record<Family, readonly string[]>> = {
  mqtt: ['mqtt'],
  amqp: ['amqp', 'rabbitmq'],
  stomp: [],
  xmpp: ['jabber'],
  openwire: [],
  rabbitmq: [],
  'mqtt-sn': [],
  nats: [],
  kafka: ['kafka'],
  redis: ['redis'],
  coap: ['coap'],
  pulsar: [],
  dds: [],
  'opc-ua': [],
  solace: [],
  'ibm-mq': ['ibm-websphere-mq'],
  msmq: [],
  zeromq: [],
};

/** Names that later lists than ours, or earlier ones, may lack: the traffic is then unknown. */
const NOT_IN_EVERY_LIST: ReadonlySet<Family> = new Set(['kafka', 'coap']);

const OVER_HTTP = ['web-browsing', 'websocket'] as const;

/**
 * Names under which a session of the service may be recognised. Which of them depends on the device (decryption, content
 * release), not on the sender.
 */
export function applicationsOf(service: Service, scheme: Scheme): readonly string[] {
  const names = scheme === 'app-id' ? inClear(service) : [];
  return service.transportSecurity === 'tls' || service.transportSecurity === 'unknown' ? ['ssl', ...names] : names;
}

function inClear({ family, role, protocol }: Service): readonly string[] {
  if (role === 'websocket') return OVER_HTTP;
  if (role === 'management' && protocol === 'tcp' && family !== 'redis') return ['web-browsing'];
  const names = APP_ID[family];
  return names.length === 0 || NOT_IN_EVERY_LIST.has(family) ? [...names, UNKNOWN[protocol]] : names;
}

/** An application under which publish/subscribe traffic can leave, and what it may carry. */
export interface Carrier {
  readonly application: string;
  readonly protocol: Service['protocol'];
  /** For showing: `STOMP and brokers without a signature`. */
  readonly carries: string;
  /** The protocol itself, not something that may hide it. */
  readonly isOwn: boolean;
}

const CARRIERS: Readonly<Record<Scheme, readonly Carrier[]>> = {
  'app-id': [
    { application: 'mqtt', protocol: 'tcp', carries: 'MQTT', isOwn: true },
    { application: 'amqp', protocol: 'tcp', carries: 'AMQP', isOwn: true },
    { application: 'rabbitmq', protocol: 'tcp', carries: 'AMQP to RabbitMQ', isOwn: true },
    { application: 'jabber', protocol: 'tcp', carries: 'XMPP', isOwn: true },
    { application: 'unknown-tcp', protocol: 'tcp', carries: 'STOMP and brokers without a signature', isOwn: true },
    { application: 'ssl', protocol: 'tcp', carries: 'any broker over TLS', isOwn: false },
    { application: 'websocket', protocol: 'tcp', carries: 'MQTT, STOMP or XMPP over WebSocket', isOwn: false },
    { application: 'web-browsing', protocol: 'tcp', carries: 'MQTT, STOMP or XMPP over HTTP', isOwn: false },
    {
      application: 'unknown-udp',
      protocol: 'udp',
      carries: 'MQTT-SN, DDS and others without a signature',
      isOwn: true,
    },
    { application: 'coap', protocol: 'udp', carries: 'CoAP', isOwn: true },
  ],
};

/** Applications that carry publish/subscribe protocols, the protocols' own first. */
export function carriersOf(scheme: Scheme): readonly Carrier[] {
  return CARRIERS[scheme];
}
