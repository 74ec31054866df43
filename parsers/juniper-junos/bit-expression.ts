/** Whether a named bit is set; undefined where that is not known. */
export type Bits = (name: string) => boolean | undefined;

const NEVER_READ = Symbol('not an expression');

/**
 * A bit-field condition such as `(syn & !ack) | rst`: `!` before `&` and `+` before `|` and `,` (Junos policy framework
 * guide, "Bit-Field Match Conditions"). Three-valued: undefined when unknown bits decide; 'unreadable' when the text is
 * no such expression.
 */
export function evaluateBits(text: string, bits: Bits): boolean | undefined | 'unreadable' {
  const tokens = text.match(/[()!&+|,]|[^\s()!&+|,]+/g) ?? [];
  const reader = new BitReader(tokens, bits);
  const value = reader.either();
  return value === NEVER_READ || !reader.isAtEnd() ? 'unreadable' : value;
}

type Value = boolean | undefined | typeof NEVER_READ;

class BitReader {
  private readonly tokens: readonly string[];
  private readonly bits: Bits;
  private at = 0;

  constructor(tokens: readonly string[], bits: Bits) {
    this.tokens = tokens;
    this.bits = bits;
  }

  isAtEnd(): boolean {
    return this.at === this.tokens.length;
  }

  either(): Value {
    let value = this.both();
    while (this.takes('|', ',')) {
      const other = this.both();
      if (value === NEVER_READ || other === NEVER_READ) return NEVER_READ;
      value = value === true || other === true ? true : value === false && other === false ? false : undefined;
    }
    return value;
  }

  private both(): Value {
    let value = this.one();
    while (this.takes('&', '+')) {
      const other = this.one();
      if (value === NEVER_READ || other === NEVER_READ) return NEVER_READ;
      value = value === false || other === false ? false : value === true && other === true ? true : undefined;
    }
    return value;
  }

  private one(): Value {
    if (this.takes('!')) {
      const value = this.one();
      return typeof value === 'boolean' ? !value : value;
    }
    if (this.takes('(')) {
      const value = this.either();
      return this.takes(')') ? value : NEVER_READ;
    }
    const name = this.tokens[this.at];
    if (name === undefined || /^[()!&+|,]$/.test(name)) return NEVER_READ;
    this.at += 1;
    return this.named(name);
  }

  private named(name: string): Value {
    return isBitName(name) || isNumber(name) ? this.bits(name.toLowerCase()) : NEVER_READ;
  }

  private takes(...tokens: readonly string[]): boolean {
    if (!tokens.includes(this.tokens[this.at] ?? '')) return false;
    this.at += 1;
    return true;
  }
}

const BIT_NAMES = /^(?:fin|syn|rst|push|psh|ack|urgent|urg|dont-fragment|more-fragments|reserved)$/i;

function isBitName(name: string): boolean {
  return BIT_NAMES.test(name);
}

function isNumber(name: string): boolean {
  return /^(?:0x[0-9a-f]+|\d+)$/i.test(name);
}

/** The flags of the first packet of a TCP connection: SYN alone. */
export function firstPacketFlags(name: string): boolean | undefined {
  const value = /^(?:0x[0-9a-f]+|\d+)$/.test(name) ? Number(name) : undefined;
  // A number stands for all of its bits; SYN is 0x02.
  return value === undefined ? name === 'syn' : (value & 0xff & ~0x02) === 0;
}

/** The fragmentation flags of a packet that is no fragment; whether it may be fragmented is the sender's choice. */
export function wholePacketFlags(name: string): boolean | undefined {
  if (name === 'more-fragments' || name === 'reserved') return false;
  return undefined;
}
