import type { Word } from './quoted-words.ts';
import { scanXml, type XmlProblem } from './xml-scan.ts';

/** An element with its text and where its parts stand. */
export interface XmlElement {
  /** As written, with its prefix. */
  readonly name: Word;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The text directly in it, without blanks around it; absent where there is none. Its place is that of the raw text's first line. */
  readonly text: Word | undefined;
  /** The line of its closing tag; of the text's end where that is missing. */
  readonly endLine: number;
  /** The text ends inside of it. */
  readonly isCut: boolean;
}

export interface XmlText {
  readonly roots: readonly XmlElement[];
  /** Where the text is not well-formed; the first one only, for others follow from it. */
  readonly problem: XmlProblem | undefined;
}

interface Open {
  readonly name: Word;
  readonly attributes: Map<string, string>;
  readonly children: XmlElement[];
  text: Word | undefined;
}

/**
 * Reads XML into elements. Never throws: what is not well-formed ends in `problem`, elements that are still open at the
 * end are closed there. Text before the first and after the last tag (prompts, banners) is left out.
 */
export function readXml(text: string): XmlText {
  const roots: XmlElement[] = [];
  const open: Open[] = [];
  let problem: XmlProblem | undefined;
  const close = (endLine: number, isCut: boolean): void => {
    const element = open.pop();
    if (element !== undefined) (open.at(-1)?.children ?? roots).push({ ...element, endLine, isCut });
  };
  scanXml(text, {
    open: ({ name, attributes }) => {
      open.push({ name, attributes: new Map(Object.entries(attributes)), children: [], text: undefined });
    },
    text: (word) => {
      const top = open.at(-1);
      if (top !== undefined) top.text ??= word;
    },
    close: (line) => close(line, false),
    problem: (found) => {
      problem ??= found;
    },
  });
  const last = text.trimEnd().split('\n').length;
  while (open.length > 0) close(last, true);
  return { roots, problem };
}
