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
  const problems: string[] = /^~[^/]/u.test(written)
    ? [`write the home directory of a user as a path: ${written}`]
    : [];
  const filled = written
    .replace(/^~(?=\/|$)/u, () => home)
    .replaceAll(
      /%(?<letter>.?)|\$\{(?<variable>[^}]*)\}?/gu,
      (whole, letter: string | undefined, variable: string | undefined) => {
        const value =
          variable === undefined
            ? letter === '%'
              ? '%'
              : letter === 'd'
                ? home
                : letters[letter ?? '']
            : whole.endsWith('}')
              ? env[variable]
              : undefined;
        if (value === undefined) {
          problems.push(
            variable === undefined
              ? `${whole} is a token that is not known here`
              : whole.endsWith('}')
                ? `the variable ${variable} is not set`
                : `${whole} is no variable with its braces`,
          );
        }
        return value ?? '';
      },
    );
  const [message] = problems;
  return message === undefined ? { kind: 'path', path: filled } : { kind: 'wrong', message };
}
