/** The function with its last result kept: views draw the same rows many times while only the cursor moves. */
export function keepLast<A extends readonly unknown[], R>(compute: (...args: A) => R): (...args: A) => R {
  let last: { readonly args: A; readonly result: R } | undefined;
  return (...args) => {
    const before = last;
    if (before !== undefined && args.every((each, index) => Object.is(each, before.args[index]))) return before.result;
    const result = compute(...args);
    last = { args, result };
    return result;
  };
}
