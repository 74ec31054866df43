import type { Source } from '../source.ts';
import { scanXml, type XmlProblem, type XmlTag } from '../syntax/xml-scan.ts';
import { rulesBehind } from './behind-break.ts';
import type { Place, PlacedWord, TreeBuilder } from './build.ts';
import type { Notes } from './notes.ts';

/** Lists whose entries of one name are one, though several outputs in one text write them. */
const MERGED: ReadonlySet<string> = new Set(['vsys', 'device-group', 'template', 'template-stack', 'devices']);

interface Open {
  /** For a member of a list: the list's. */
  readonly place: Place;
  readonly isMember: boolean;
  readonly name: string;
  /** Something stands in it: text beside elements says nothing. */
  hasElements: boolean;
  text: PlacedWord | undefined;
}

/** Puts XML into the tree. Returns whether it is well-formed to its end; `unknown` where it has no element at all. */
export function loadXml(source: Source, builder: TreeBuilder, notes: Notes): 'yes' | 'no' | 'unknown' {
  return new XmlLoader(source, builder, notes).run();
}

class XmlLoader {
  private readonly source: Source;
  private readonly builder: TreeBuilder;
  private readonly notes: Notes;
  private readonly open: Open[] = [];
  private isBroken = false;
  private hasElements = false;
  private hasProblem = false;

  constructor(source: Source, builder: TreeBuilder, notes: Notes) {
    this.source = source;
    this.builder = builder;
    this.notes = notes;
  }

  run(): 'yes' | 'no' | 'unknown' {
    scanXml(
      this.source.text,
      {
        open: (tag) => this.enter(tag),
        text: (word) => {
          const top = this.open.at(-1);
          if (top !== undefined && !this.isBroken) top.text ??= word;
        },
        close: (line) => this.close(line),
        problem: (problem) => this.problem(problem),
      },
      'name',
    );
    this.cutOpen();
    if (this.isBroken) return 'no';
    return this.hasElements ? 'yes' : 'unknown';
  }

  private enter({ name, attributes, placed }: XmlTag): void {
    if (this.isBroken) return;
    this.hasElements = true;
    const { builder } = this;
    const above = this.open.at(-1);
    if (above !== undefined) above.hasElements = true;
    const from = above?.place ?? builder.top;
    if (name.text === 'member' && from.at === 'inside') {
      this.open.push({ place: from, isMember: true, name: name.text, hasElements: false, text: undefined });
      return;
    }
    const place = this.goTo(from, name, placed);
    const { node } = place;
    if (place.at === 'inside') {
      const uuid = attributes['uuid'];
      const location = attributes['loc'];
      if (uuid !== undefined) node.uuid = uuid;
      if (location !== undefined) node.location = builder.shared(location);
    } else if (name.text === 'config' && from.at !== 'inside') this.takeVersions(attributes, name);
    else if (attributes['status'] === 'error') this.refused(name);
    this.open.push({ place, isMember: false, name: name.text, hasElements: false, text: undefined });
  }

  private goTo(from: Place, name: PlacedWord, placed: PlacedWord | undefined): Place {
    const { builder } = this;
    if (name.text !== 'entry') return builder.enter(from, name);
    const word = placed ?? { ...name, text: '' };
    if (from.at !== 'inside') return builder.enter(from, word, true);
    return builder.enter(from, word, true, !MERGED.has(from.node.word));
  }

  /** The release stands in attributes: `version` and `detail-version` become statements. */
  private takeVersions(attributes: XmlTag['attributes'], at: PlacedWord): void {
    for (const key of ['version', 'detail-version']) {
      const text = attributes[key];
      if (text === undefined || this.builder.root.get(key) !== undefined) continue;
      const node = this.builder.child(this.builder.root, { ...at, text: key }, false);
      node.state = 'modelled';
      this.builder.child(node, { ...at, text }, false).state = 'modelled';
    }
  }

  private refused(at: PlacedWord): void {
    this.notes.diagnose(
      'panos/refused-command',
      'error',
      this.builder.span(at),
      'the device refused a command here',
      'what it would have shown is not judged',
    );
  }

  private close(line: number): void {
    if (this.isBroken) return;
    const element = this.open.pop();
    if (element === undefined) return;
    const { place, isMember, hasElements, text } = element;
    const { builder } = this;
    if (place.at !== 'inside') {
      if (!builder.fixed.has(line)) builder.fix(line, 'modelled');
      return;
    }
    const isValue = text !== undefined && !hasElements;
    const node = isValue ? builder.value(place.node, text, isMember) : place.node;
    if (isMember) builder.own(line, node);
    else {
      builder.own(line, place.node);
      place.node.seal();
    }
  }

  private problem({ line, column, offset, message, breaksElements }: XmlProblem): void {
    if (this.isBroken || this.hasProblem) return;
    const isCut = /^unclosed tag|^unexpected end/.test(message);
    if (breaksElements) {
      this.isBroken = true;
      const open = this.open.map(({ name }) => name);
      this.builder.unread.push(...rulesBehind(this.source.text, offset, open));
    } else this.hasProblem = true;
    const span = { source: this.source.name, line, column, endColumn: column + 1 };
    const what = isCut ? 'the text ends inside of an element' : 'the XML is not well-formed';
    const consequence = breaksElements
      ? 'what stands before it is judged; everything behind it is missing, and what it stands in is not complete'
      : 'the value that it stands in may not be what was meant';
    this.notes.diagnose(
      'panos/malformed-xml',
      breaksElements ? 'error' : 'warning',
      span,
      `${what} (line ${line}, column ${column}: ${message.replace(/\.$/, '')})`,
      consequence,
    );
  }

  /** What is still open was cut off; lines behind it say nothing that is known. */
  private cutOpen(): void {
    for (const { place } of this.open) if (place.at === 'inside') place.node.cut = true;
  }
}
