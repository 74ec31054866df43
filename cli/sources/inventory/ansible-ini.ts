import type { Source } from '../../../parsers/source.ts';
import { unknownName } from '../../trace/near-matches.ts';
import { AnsibleInventory, type AnsibleGroup, type Written } from './ansible-model.ts';
import { hostsOfPattern } from './host-ranges.ts';
import { pythonValue } from './python-literal.ts';
import { shellWords } from './shell-words.ts';

/** Further ends of lines of Python's `splitlines`; editors do not show them as such. */
const OTHER_LINE_ENDS = ['\r', '\v', '\f', '\u001C', '\u001D', '\u001E', '\u0085', '\u2028', '\u2029'];
/** As Ansible's `plugins/inventory/ini.py` has it. */
const SECTION = /^\[(?<group>[^:\]\s]+)(?::(?<kind>\w+))?\]\s*(?:#.*)?$/u;
const NO_SECTION = 'is no section; there are [group], [group:vars] and [group:children]';

/**
 * An inventory in the INI form: Ansible's `ansible.builtin.ini` inventory. Hosts before the first section are in no group;
 * variables of a host are words of its line, those of a group have lines of their own. Unlike Ansible we read a file with a
 * byte order mark, which hides its first section from it.
 */
export function readAnsibleIni(source: Source): AnsibleInventory {
  const reading = new IniReading(source);
  for (const [index, line] of source.text.split(/\r?\n/u).entries()) reading.line(line, index + 1);
  reading.end();
  return reading.inventory;
}

class IniReading {
  readonly inventory = new AnsibleInventory();
  readonly #source: Source;
  /** Groups that are only spoken of: they must be sections somewhere. */
  readonly #pending: { readonly name: string; readonly at: Written }[] = [];
  readonly #sections = new Set(['all', 'ungrouped']);
  #kind: 'hosts' | 'vars' | 'children' | 'unknown' = 'hosts';
  #group: AnsibleGroup;

  constructor(source: Source) {
    this.#source = source;
    this.#group = this.inventory.group('ungrouped');
  }

  line(line: string, number: number): void {
    const odd = OTHER_LINE_ENDS.map((end) => line.indexOf(end)).find((index) => index >= 0);
    if (odd !== undefined) {
      const place = { source: this.#source.name, line: number, column: odd + 1, endColumn: odd + 2 };
      const message = 'Ansible takes this character for the end of a line; end lines with LF or CR LF';
      this.inventory.problem({ source: this.#source, place }, message);
      return;
    }
    const text = line.trim();
    if (text === '' || text.startsWith('#') || text.startsWith(';')) return;
    const start = line.indexOf(text);
    const at = (from: number, to: number): Written => ({
      source: this.#source,
      place: { source: this.#source.name, line: number, column: from + 1, endColumn: Math.max(from + 2, to + 1) },
    });
    const whole = at(start, start + text.length);
    const section = SECTION.exec(text)?.groups;
    if (section !== undefined) this.#section(section['group'] ?? '', section['kind'], whole);
    else if (text.startsWith('[') && text.endsWith(']')) this.inventory.problem(whole, `${text} ${NO_SECTION}`);
    else if (this.#kind === 'hosts') this.#hosts(text, (from, to) => at(start + from, start + to));
    else if (this.#kind === 'vars') this.#variable(line, start, at);
    else if (this.#kind === 'children') this.#child(text, whole);
  }

  end(): void {
    for (const { name, at } of this.#pending) {
      if (!this.#sections.has(name)) this.inventory.problem(at, unknownName('group', name, [...this.#sections]));
    }
  }

  #section(name: string, kind: string | undefined, at: Written): void {
    if (kind === undefined || kind === 'hosts') this.#kind = 'hosts';
    else if (kind === 'vars' || kind === 'children') this.#kind = kind;
    else {
      this.#kind = 'unknown';
      this.inventory.problem(at, `[${name}:${kind}] ${NO_SECTION}`);
      return;
    }
    this.#group = this.inventory.group(name);
    // A section of variables makes no group: a group misspelt there would have none of them.
    if (this.#kind === 'vars') this.#pending.push({ name, at });
    else this.#sections.add(name);
  }

  #hosts(line: string, at: (from: number, to: number) => Written): void {
    const read = shellWords(line, true);
    if (read.kind === 'wrong') {
      this.inventory.problem(at(read.start, line.length), read.message);
      return;
    }
    const [pattern, ...words] = read.words;
    if (pattern === undefined) return;
    const here = at(pattern.start, pattern.end);
    const made = hostsOfPattern(pattern.text);
    if (made.kind === 'wrong' || pattern.text === '---') {
      this.inventory.problem(
        here,
        made.kind === 'wrong' ? made.message : '--- begins a file of YAML, not of this form',
      );
      return;
    }
    const vars = words.flatMap(({ text, start, end }) => {
      const equals = text.indexOf('=');
      if (equals > 0)
        return [[text.slice(0, equals), { ...at(start, end), value: pythonValue(text.slice(equals + 1)) }] as const];
      this.inventory.problem(at(start, end), 'what follows a host is name=value');
      return [];
    });
    for (const name of made.hosts) {
      const own = this.inventory.host(name, here, this.#group, made.port);
      for (const [variable, value] of vars) own.set(variable, value);
    }
  }

  #variable(line: string, start: number, at: (from: number, to: number) => Written): void {
    const equals = line.indexOf('=');
    const here = at(start, line.trimEnd().length);
    if (equals <= start) {
      this.inventory.problem(here, 'a variable of a group is name=value');
      return;
    }
    const value = pythonValue(line.slice(equals + 1).trim());
    this.#group.vars.set(line.slice(start, equals).trim(), { ...here, value });
  }

  #child(text: string, at: Written): void {
    const name = text.replace(/\s+#.*$/u, '');
    this.#group.children.set(name, at);
    this.#pending.push({ name, at });
  }
}
