/**
 * The catalogue of publish/subscribe services: which destination ports the audit looks at, and what they carry.
 *
 * A port is evidence of a protocol, never proof: whatever listens there may be something else, and a broker may listen
 * anywhere. Names are ours where IANA's would mislead (5223 is registered as `hpvirtgrp`, 61613 cannot be registered).
 */

type ServiceFamily =
  | 'mqtt'
  | 'amqp'
  | 'stomp'
  | 'xmpp'
  | 'openwire'
  | 'rabbitmq'
  | 'mqtt-sn'
  | 'nats'
  | 'kafka'
  | 'redis'
  | 'coap'
  | 'pulsar'
  | 'dds'
  | 'opc-ua'
  | 'solace'
  | 'ibm-mq'
  | 'msmq'
  | 'zeromq';

/** `starttls`: begins in clear text, encryption is negotiated. `unknown`: depends on the installation. */
type TransportSecurity = 'cleartext' | 'tls' | 'starttls' | 'unknown';

/** `cluster` and `management` ports have no business across a boundary at all. */
type ServiceRole = 'client' | 'server-to-server' | 'cluster' | 'management' | 'websocket' | 'discovery';

/** One publish/subscribe protocol on one transport port. */
export interface Service {
  /** Unique, as in findings and on the command line: `mqtts`. */
  readonly name: string;
  readonly title: string;
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly transportSecurity: TransportSecurity;
  readonly family: ServiceFamily;
  readonly role: ServiceRole;
  /** `core`: MQTT, AMQP, STOMP, XMPP, as ATT&CK T1071.005 names them. `kin`: other messaging, reported more mildly. */
  readonly tier: 'core' | 'kin';
  /** What IANA registers for the port where that is not `name`; absent where they agree; `none` where unassigned. */
  readonly ianaName?: string;
  readonly note: string;
  /** The document that puts the protocol on this port. */
  readonly source: string;
}

type Row = readonly [
  name: string,
  port: number,
  protocol: 'tcp' | 'udp',
  security: TransportSecurity,
  role: ServiceRole,
  iana: string,
  title: string,
  note: string,
  source: string,
];

const MQTT5 = 'OASIS MQTT 5.0, IANA service name registry';
const RABBITMQ = 'RabbitMQ networking guide, rabbitmq.com/docs/networking';
const EMQX = 'EMQX listener documentation, docs.emqx.com';
const RFC6120 = 'RFC 6120 §14.7, RFC 7590';
const COAP = 'RFC 7252 §6, RFC 8323 §8';
const RTPS = 'OMG DDSI-RTPS §9.6.1 (domain 0)';
const SOLACE = 'Solace software event broker default ports, docs.solace.com';
const NATS = 'NATS server configuration, docs.nats.io';
const ACTIVEMQ = 'Apache ActiveMQ Classic transport connectors, activemq.apache.org';

// Kept as tables: one service a line.
// oxfmt-ignore
const CORE: readonly (readonly [ServiceFamily, readonly Row[]])[] = [
  ['mqtt', [
    ['mqtt', 1883, 'tcp', 'cleartext', 'client', '', 'MQTT', 'User names, passwords and topics cross in the clear.', MQTT5],
    ['mqtts', 8883, 'tcp', 'tls', 'client', 'secure-mqtt', 'MQTT over TLS', 'Only metadata is left to inspect.', MQTT5],
    ['mqtts-client-cert', 8884, 'tcp', 'tls', 'client', 'none', 'MQTT over TLS with client certificates', 'A convention of Mosquitto and of some application signatures.', 'Eclipse Mosquitto documentation'],
  ]],
  ['amqp', [
    ['amqps', 5671, 'tcp', 'tls', 'client', '', 'AMQP over TLS', 'AMQP 0-9-1 and 1.0 share the port.', 'OASIS AMQP 1.0 §5.2.1, IANA'],
    ['amqp', 5672, 'tcp', 'cleartext', 'client', '', 'AMQP', 'SASL PLAIN is the default of most brokers: credentials cross in the clear.', 'OASIS AMQP 1.0, IANA'],
  ]],
  ['stomp', [
    ['stomp', 61613, 'tcp', 'cleartext', 'client', 'none', 'STOMP', 'Lies in the ephemeral range: rules for return traffic open it.', ACTIVEMQ],
    ['stomps', 61614, 'tcp', 'tls', 'client', 'none', 'STOMP over TLS', 'ActiveMQ uses the same port for WebSockets in its shipped configuration.', RABBITMQ],
  ]],
  ['xmpp', [
    ['xmpp-client', 5222, 'tcp', 'starttls', 'client', '', 'XMPP client to server', 'Encryption is negotiated and can be stripped where a server does not require it.', RFC6120],
    ['xmpps-client', 5223, 'tcp', 'tls', 'client', 'hpvirtgrp', 'XMPP client to server, direct TLS', 'Shared with Apple push notification (APNs), which is legitimate on most networks.', 'XEP-0368'],
    ['xmpp-server', 5269, 'tcp', 'starttls', 'server-to-server', '', 'XMPP server to server', 'Federation; rarely needed outbound.', RFC6120],
    ['xmpps-server', 5270, 'tcp', 'tls', 'server-to-server', 'cartographerxmp', 'XMPP server to server, direct TLS', 'Federation; rarely needed outbound.', 'XEP-0368'],
    ['xmpp-bosh', 5280, 'tcp', 'cleartext', 'websocket', '', 'XMPP over HTTP (BOSH, WebSocket)', 'Carries logins in plain HTTP.', 'XEP-0124, IANA'],
    ['xmpps-bosh', 5281, 'tcp', 'tls', 'websocket', 'undo-lm', 'XMPP over HTTPS (BOSH, WebSocket)', 'Default of Prosody.', 'Prosody port documentation'],
    ['xmpp-link-local', 5298, 'tcp', 'cleartext', 'client', 'presence', 'XMPP serverless messaging', 'Meant for one link; nothing of it belongs across a boundary.', 'XEP-0174, IANA'],
    ['xmpps-websocket', 5443, 'tcp', 'tls', 'websocket', 'spss', 'XMPP over HTTPS (ejabberd)', 'Default HTTPS listener of ejabberd.', 'ejabberd listen options, docs.ejabberd.im'],
    ['xmpp-link-local-udp', 5298, 'udp', 'cleartext', 'discovery', 'presence', 'XMPP serverless messaging, UDP', 'Registered beside TCP.', 'XEP-0174, IANA'],
  ]],
];

// oxfmt-ignore
const KIN: readonly (readonly [ServiceFamily, readonly Row[]])[] = [
  ['mqtt', [
    ['mqtt-websocket', 8083, 'tcp', 'cleartext', 'websocket', 'us-srv', 'MQTT over WebSocket', 'Default of EMQX.', EMQX],
    ['mqtts-websocket', 8084, 'tcp', 'tls', 'websocket', 'websnp', 'MQTT over secure WebSocket', 'Default of EMQX.', EMQX],
    ['mqtt-websocket-mosquitto', 9001, 'tcp', 'unknown', 'websocket', 'etlservicemgr', 'MQTT over WebSocket (Mosquitto)', 'A convention of Mosquitto installations.', 'Eclipse Mosquitto documentation'],
  ]],
  ['mqtt-sn', [
    ['mqtt-sn-multicast', 1883, 'udp', 'cleartext', 'discovery', 'mqtt', 'MQTT-SN gateway discovery', 'Multicast in the gateway examples.', 'Eclipse Paho MQTT-SN gateway'],
    ['mqtt-sn', 1884, 'udp', 'cleartext', 'client', 'idmaps', 'MQTT-SN', 'Default of the EMQX gateway.', 'EMQX MQTT-SN gateway, docs.emqx.com'],
    ['mqtt-sn-paho', 10000, 'udp', 'cleartext', 'client', 'ndmp', 'MQTT-SN (Paho gateway)', 'Default of the Eclipse Paho gateway.', 'Eclipse Paho MQTT-SN gateway'],
  ]],
  ['rabbitmq', [
    ['epmd', 4369, 'tcp', 'cleartext', 'cluster', '', 'Erlang port mapper', 'Finds the nodes of a RabbitMQ or ejabberd cluster; never across a boundary.', RABBITMQ],
    ['rabbitmq-stream-tls', 5551, 'tcp', 'tls', 'client', 'none', 'RabbitMQ streams over TLS', 'Needs the stream plugin.', RABBITMQ],
    ['rabbitmq-stream', 5552, 'tcp', 'cleartext', 'client', 'none', 'RabbitMQ streams', 'Needs the stream plugin.', RABBITMQ],
    ['rabbitmq-management-tls', 15671, 'tcp', 'tls', 'management', 'none', 'RabbitMQ management over HTTPS', 'Publishes and reads messages over its HTTP API.', RABBITMQ],
    ['rabbitmq-management', 15672, 'tcp', 'cleartext', 'management', 'none', 'RabbitMQ management over HTTP', 'Publishes and reads messages over its HTTP API.', RABBITMQ],
    ['rabbitmq-web-stomp', 15674, 'tcp', 'cleartext', 'websocket', 'none', 'STOMP over WebSocket (RabbitMQ)', 'Needs the Web STOMP plugin.', RABBITMQ],
    ['rabbitmq-web-mqtt', 15675, 'tcp', 'cleartext', 'websocket', 'none', 'MQTT over WebSocket (RabbitMQ)', 'Needs the Web MQTT plugin.', RABBITMQ],
    ['rabbitmq-cluster', 25672, 'tcp', 'cleartext', 'cluster', 'none', 'RabbitMQ between nodes', 'Anyone with the shared cookie owns the node; never across a boundary.', RABBITMQ],
  ]],
  ['openwire', [
    ['openwire', 61616, 'tcp', 'cleartext', 'client', 'none', 'OpenWire (ActiveMQ)', 'Unsafe deserialisation on this port was exploited widely (CVE-2023-46604).', ACTIVEMQ],
    ['openwire-tls', 61617, 'tcp', 'tls', 'client', 'none', 'OpenWire over TLS (ActiveMQ)', 'A convention of ActiveMQ.', ACTIVEMQ],
  ]],
  ['stomp', [
    ['imq-stomp', 7672, 'tcp', 'cleartext', 'client', 'imqstomp', 'STOMP (Open Message Queue)', 'The STOMP port that IANA does register.', 'IANA service name registry'],
    ['imq-stomps', 7673, 'tcp', 'tls', 'client', 'imqstomps', 'STOMP over TLS (Open Message Queue)', 'The STOMP port that IANA does register.', 'IANA service name registry'],
  ]],
  ['xmpp', [
    ['xmpps-bosh-openfire', 7443, 'tcp', 'tls', 'websocket', 'oracleas-https', 'XMPP over HTTPS (Openfire)', 'Used by other HTTPS servers as well.', 'Openfire HTTP binding documentation'],
  ]],
  ['nats', [
    ['nats', 4222, 'tcp', 'starttls', 'client', 'vrml-multi-use', 'NATS', 'The server greets in clear text and may then require TLS.', NATS],
    ['nats-cluster', 6222, 'tcp', 'unknown', 'cluster', 'radmind', 'NATS between servers', 'Routes of a cluster; never across a boundary.', NATS],
    ['nats-leafnode', 7422, 'tcp', 'unknown', 'server-to-server', 'none', 'NATS leaf node', 'Joins a remote server to the message space.', NATS],
    ['nats-monitoring', 8222, 'tcp', 'cleartext', 'management', 'none', 'NATS monitoring', 'Lists clients and subjects.', NATS],
  ]],
  ['kafka', [
    ['kafka', 9092, 'tcp', 'cleartext', 'client', 'XmlIpcRegSvc', 'Apache Kafka', 'PLAINTEXT is the listener a new broker has.', 'Apache Kafka broker configuration'],
    ['kafka-tls', 9093, 'tcp', 'unknown', 'client', 'copycat', 'Apache Kafka over TLS', 'By convention TLS; also the controller listener of KRaft clusters.', 'Apache Kafka broker configuration'],
  ]],
  ['redis', [
    ['redis', 6379, 'tcp', 'cleartext', 'client', '', 'Redis publish/subscribe', 'Without authentication unless configured.', 'Redis security documentation'],
    ['redis-tls', 6380, 'tcp', 'tls', 'client', 'none', 'Redis over TLS', 'A convention; stunnel and cloud services use it.', 'Azure Cache for Redis documentation'],
    ['redis-sentinel', 26379, 'tcp', 'cleartext', 'management', 'none', 'Redis Sentinel', 'Directs clients to another server.', 'Redis Sentinel documentation'],
  ]],
  ['coap', [
    ['coap-tcp', 5683, 'tcp', 'cleartext', 'client', 'coap', 'CoAP over TCP', 'Observe makes it publish/subscribe.', COAP],
    ['coaps-tcp', 5684, 'tcp', 'tls', 'client', 'coaps', 'CoAP over TLS', 'Observe makes it publish/subscribe.', COAP],
    ['coap', 5683, 'udp', 'cleartext', 'client', '', 'CoAP', 'Observe makes it publish/subscribe; spoofed requests make it an amplifier.', COAP],
    ['coaps', 5684, 'udp', 'tls', 'client', '', 'CoAP over DTLS', 'Observe makes it publish/subscribe.', COAP],
  ]],
  ['pulsar', [
    ['pulsar', 6650, 'tcp', 'cleartext', 'client', 'none', 'Apache Pulsar', 'Binary protocol of the broker.', 'Apache Pulsar broker configuration'],
    ['pulsar-tls', 6651, 'tcp', 'tls', 'client', 'none', 'Apache Pulsar over TLS', 'Binary protocol of the broker.', 'Apache Pulsar broker configuration'],
  ]],
  ['dds', [
    ['dds-discovery', 7400, 'udp', 'cleartext', 'discovery', 'rtps-discovery', 'DDS discovery, multicast', 'Other domains lie 250 ports higher each.', RTPS],
    ['dds-user-multicast', 7401, 'udp', 'cleartext', 'client', 'rtps-dd-ut', 'DDS data, multicast', 'Other domains lie 250 ports higher each.', RTPS],
    ['dds-discovery-unicast', 7410, 'udp', 'cleartext', 'discovery', 'ionixnetmon', 'DDS discovery, unicast', 'First participant; later ones are 2 ports higher each.', RTPS],
    ['dds-user-unicast', 7411, 'udp', 'cleartext', 'client', 'daqstream', 'DDS data, unicast', 'First participant; later ones are 2 ports higher each.', RTPS],
  ]],
  ['opc-ua', [
    ['opc-ua-pubsub', 4840, 'udp', 'unknown', 'client', 'opcua-udp', 'OPC UA PubSub over UDP', 'UADP messages, signed or encrypted only where configured.', 'OPC 10000-14, IANA'],
  ]],
  ['solace', [
    ['solace-smf-compressed', 55003, 'tcp', 'cleartext', 'client', 'none', 'Solace SMF, compressed', 'Lies in the ephemeral range.', SOLACE],
    ['solace-smf-tls', 55443, 'tcp', 'tls', 'client', 'none', 'Solace SMF over TLS', 'Lies in the ephemeral range.', SOLACE],
    ['solace-smf', 55555, 'tcp', 'cleartext', 'client', 'none', 'Solace SMF', 'Lies in the ephemeral range.', SOLACE],
    ['solace-routing', 55556, 'tcp', 'cleartext', 'cluster', 'none', 'Solace between brokers', 'Lies in the ephemeral range.', SOLACE],
  ]],
  ['ibm-mq', [
    ['ibm-mq', 1414, 'tcp', 'unknown', 'client', 'ibm-mqseries', 'IBM MQ', 'TLS is a matter of the channel definition.', 'IBM MQ documentation, IANA'],
  ]],
  ['msmq', [
    ['msmq', 1801, 'tcp', 'unknown', 'client', '', 'Microsoft Message Queuing', 'Exploited remotely without login (CVE-2023-21554).', 'Microsoft Message Queuing documentation, IANA'],
  ]],
  ['zeromq', [
    ['filemq', 5670, 'tcp', 'unknown', 'client', '', 'FileMQ (ZeroMQ)', 'ZeroMQ itself has no fixed port.', 'ZeroMQ RFC 19, IANA'],
  ]],
];

function toServices(groups: readonly (readonly [ServiceFamily, readonly Row[]])[], tier: Service['tier']): Service[] {
  return groups.flatMap(([family, rows]) =>
    rows.map(([name, port, protocol, transportSecurity, role, iana, title, note, source]) => {
      const service: Service = { name, title, protocol, port, transportSecurity, family, role, tier, note, source };
      return iana === '' ? service : { ...service, ianaName: iana };
    }),
  );
}

/** Every service of the catalogue: the core protocols first, families together, then by transport and port. */
export const SERVICES: readonly Service[] = [...toServices(CORE, 'core'), ...toServices(KIN, 'kin')];
