/** What an SSH server says before anything is encrypted: its version and the algorithms it offers. */

/** Algorithms by the choices that a client and a server have to agree on. */
export interface AlgorithmNames {
  readonly kex: readonly string[];
  readonly hostKey: readonly string[];
  readonly cipher: readonly string[];
  readonly mac: readonly string[];
  readonly compression: readonly string[];
}

/** A version line and a list of algorithms are far shorter; more than this is something else. */
const MAX_BYTES = 64 * 1024;
const KEXINIT = 20;
/** Length (4), padding length (1), message number (1) and cookie (16) stand before the first list (RFC 4253, 6 and 7.1). */
const BEFORE_LISTS = 22;

/** Listens to the first bytes of a connection. */
export class ServerHello {
  #bytes: Buffer = Buffer.alloc(0);
  #packetAt: number | undefined;
  /** The line that begins with `SSH-`, without line end. */
  ident: string | undefined;
  /** What came first when that was no SSH version line. */
  firstLine = '';
  offers: AlgorithmNames | undefined;
  #isDone = false;

  /** Whether everything of interest has been heard. */
  get isDone(): boolean {
    return this.#isDone;
  }

  hear(chunk: Uint8Array): void {
    if (this.#isDone) return;
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    if (this.ident === undefined) this.#readIdent();
    if (this.#packetAt !== undefined) this.#readOffers(this.#packetAt);
    if (this.#bytes.length > MAX_BYTES) this.#finish();
  }

  #finish(): void {
    this.#isDone = true;
    this.#bytes = Buffer.alloc(0);
  }

  /** Other lines may stand before the version line (RFC 4253, 4.2). */
  #readIdent(): void {
    const text = this.#bytes.toString('latin1');
    this.firstLine = text.slice(0, 80).split(/[\r\n]/u)[0] ?? '';
    const found = /^SSH-[^\r\n]*(?=\r?\n)/mu.exec(text);
    if (found === null) return;
    this.ident = found[0];
    this.#packetAt = text.indexOf('\n', found.index) + 1;
  }

  #readOffers(at: number): void {
    const bytes = this.#bytes.subarray(at);
    if (bytes.length < BEFORE_LISTS) return;
    const length = bytes.readUInt32BE(0);
    if (bytes.length < 4 + length) return;
    if (bytes[5] === KEXINIT) this.offers = algorithmLists(bytes.subarray(BEFORE_LISTS, 4 + length));
    this.#finish();
  }
}

/** The name lists of a KEXINIT message; undefined when it is malformed. */
function algorithmLists(bytes: Buffer): AlgorithmNames | undefined {
  const lists: string[][] = [];
  let at = 0;
  while (lists.length < 7) {
    if (at + 4 > bytes.length) return undefined;
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) return undefined;
    const names = bytes.toString('latin1', at + 4, end);
    lists.push(names === '' ? [] : names.split(',').filter((name) => /^[\w@.+-]{1,64}$/u.test(name)));
    at = end;
  }
  const [kex = [], hostKey = [], cipher = [], , mac = [], , compression = []] = lists;
  return { kex, hostKey, cipher, mac, compression };
}
