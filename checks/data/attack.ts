/**
 * Texts of MITRE ATT&CK and of control catalogues that checks cite. Titles are the publishers'; what a technique or
 * control says about this audit is in the check that cites it.
 */

/** ATT&CK release that ids, titles and relationships were read from (STIX bundle of 2025-11-13). */
export const ATTACK_VERSION = '18.1';

export interface AttackReference {
  readonly id: string;
  readonly kind: 'technique' | 'mitigation' | 'detection' | 'analytic';
  readonly title: string;
  readonly url: string;
}

const ATTACK = {
  'T1071.005': ['technique', 'Application Layer Protocol: Publish/Subscribe Protocols', 'techniques/T1071/005'],
  T1071: ['technique', 'Application Layer Protocol', 'techniques/T1071'],
  T1190: ['technique', 'Exploit Public-Facing Application', 'techniques/T1190'],
  T1571: ['technique', 'Non-Standard Port', 'techniques/T1571'],
  M1030: ['mitigation', 'Network Segmentation', 'mitigations/M1030'],
  M1031: ['mitigation', 'Network Intrusion Prevention', 'mitigations/M1031'],
  M1037: ['mitigation', 'Filter Network Traffic', 'mitigations/M1037'],
  DET0002: [
    'detection',
    'Behavioral Detection of Publish/Subscribe Protocol Misuse for C2',
    'detectionstrategies/DET0002',
  ],
  AN0005: ['analytic', 'Publish/subscribe traffic on network devices', 'detectionstrategies/DET0002#AN0005'],
} as const satisfies Record<string, readonly [AttackReference['kind'], string, string]>;

export type AttackId = keyof typeof ATTACK;

/** Title and address of an ATT&CK object. */
export function attackReference(id: AttackId): AttackReference {
  const [kind, title, path] = ATTACK[id];
  return { id, kind, title, url: `https://attack.mitre.org/${path}` };
}

export interface Control {
  readonly framework: 'NIST SP 800-53 Rev. 5' | 'CIS Controls v8.1' | 'PCI DSS v4.0.1';
  readonly id: string;
  readonly title: string;
}

const FRAMEWORKS = { nist: 'NIST SP 800-53 Rev. 5', cis: 'CIS Controls v8.1', pci: 'PCI DSS v4.0.1' } as const;

const CONTROLS = {
  'nist:AC-4': 'Information Flow Enforcement',
  'nist:CM-3': 'Configuration Change Control',
  'nist:CM-6': 'Configuration Settings',
  'nist:CM-6(1)': 'Automated Management, Application, and Verification',
  'nist:CM-7': 'Least Functionality',
  'nist:CM-7(1)': 'Periodic Review',
  'nist:SC-7': 'Boundary Protection',
  'nist:SC-7(4)': 'External Telecommunications Services',
  'nist:SC-7(5)': 'Deny by Default, Allow by Exception',
  'nist:SC-8': 'Transmission Confidentiality and Integrity',
  'nist:SI-4': 'System Monitoring',
  'nist:SI-4(4)': 'Inbound and Outbound Communications Traffic',
  'cis:3.10': 'Encrypt Sensitive Data in Transit',
  'cis:4.2': 'Establish and Maintain a Secure Configuration Process for Network Infrastructure',
  'cis:12.2': 'Establish and Maintain a Secure Network Architecture',
  'cis:13.3': 'Deploy a Network Intrusion Detection Solution',
  'cis:13.4': 'Perform Traffic Filtering Between Network Segments',
  'cis:13.6': 'Collect Network Traffic Flow Logs',
  'cis:13.8': 'Deploy a Network Intrusion Prevention Solution',
  'pci:1.2.1': 'Ruleset standards for network security controls are defined, implemented and maintained',
  'pci:1.2.5': 'Allowed services, protocols and ports are identified, approved and needed',
  'pci:1.2.6': 'Insecure services, protocols and ports have security features that mitigate the risk',
  'pci:1.2.7': 'Configurations of network security controls are reviewed at least every six months',
  'pci:1.2.8': 'Configuration files are secured and consistent with the active configuration',
  'pci:1.3.1': 'Inbound traffic to the cardholder data environment is restricted to what is necessary',
  'pci:1.3.2': 'Outbound traffic from the cardholder data environment is restricted to what is necessary',
  'pci:1.4.1': 'Network security controls stand between trusted and untrusted networks',
  'pci:1.4.2': 'Inbound traffic from untrusted networks is restricted to authorised, publicly accessible systems',
} as const;

export type ControlId = keyof typeof CONTROLS;

/** Framework, number and title of a control. */
export function controlText(id: ControlId): Control {
  const colon = id.indexOf(':');
  const framework = id.startsWith('nist') ? FRAMEWORKS.nist : id.startsWith('cis') ? FRAMEWORKS.cis : FRAMEWORKS.pci;
  return { framework, id: id.slice(colon + 1), title: CONTROLS[id] };
}
