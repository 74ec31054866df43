/** What `%` tokens and `~` in a path of ssh_config(5) stand for. */
export interface PathTokens {
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** By letter: `h` the host that is connected to, `n` as the user named it, `p` port, `r` remote user, `u` local user. */
  readonly letters: Readonly<Record<string, string>>;
}

type Expanded =
  | { readonly kind: 'path'; readonly path: string }
  /** A sentence without a full stop. */
  | { readonly kind: 'wrong'; readonly message: string };

/** A path with its tokens, `${VARIABLE}` and `~/` filled in: ssh_config(5), "TOKENS" and "ENVIRONMENT VARIABLES". */
export function expandPath(written: string, { home, env, letters }: PathTokens): Expanded {
  const problems: string[] = [];
  const filled = written
    .replace(/^~(?=\/|$)/u, () => home)
    .replaceAll(
      /%(?<letter>.?)|\$\{(?<variable>\w+)\}/gu,
      (whole, letter: string | undefined, variable: string | undefined) => {
        const value =
          variable === undefined
            ? letter === '%'
              ? '%'
              : letter === 'd'
                ? home
                : letters[letter ?? '']
            : env[variable];
        if (value === undefined) {
          problems.push(
            variable === undefined
              ? `${whole} is a token that is not known here`
              : `the variable ${variable} is not set`,
          );
        }
        return value ?? '';
      },
    );
  const [message] = problems;
  return message === undefined ? { kind: 'path', path: filled } : { kind: 'wrong', message };
}
