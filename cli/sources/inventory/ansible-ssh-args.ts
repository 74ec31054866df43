import type { SshOption } from './inventory-device.ts';
import type { AnsibleValue } from './ansible-model.ts';
import { shellWords } from './shell-words.ts';

/** Options of ssh(1) that take a value, apart from those that are read here. */
const WITH_VALUE = 'BbcDEeFIiJLlmOopQRSWw';
/** What a short option of ssh is called in ssh_config(5). */
const KEYWORDS: Readonly<Record<string, string>> = { J: 'ProxyJump', i: 'IdentityFile', p: 'Port', l: 'User' };

/** The options of ssh in `ansible_ssh_common_args`, or what is wrong; those that concern no login are passed over. */
export function sshArguments(text: string, { source, place }: AnsibleValue): SshOption[] | string {
  const read = shellWords(text, false);
  if (read.kind === 'wrong') return read.message;
  const words = read.words.map((word) => word.text);
  const options: SshOption[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const letter = word.charAt(1);
    if (!word.startsWith('-') || !WITH_VALUE.includes(letter) || letter === '') continue;
    const attached = word.slice(2);
    if (attached === '') at += 1;
    const value = attached === '' ? (words[at] ?? '') : attached;
    const named = /^\s*(?<keyword>\w+)(?:\s*=\s*|\s+)(?<value>.*)$/su.exec(value)?.groups;
    const keyword = letter === 'o' ? named?.['keyword'] : KEYWORDS[letter];
    if (keyword === undefined) continue;
    options.push({ keyword, value: letter === 'o' ? (named?.['value'] ?? '').trim() : value, source, place });
  }
  return options;
}
