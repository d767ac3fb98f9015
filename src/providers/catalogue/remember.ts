/** So many texts are remembered at most; then all are forgotten. */
const most = 1_000;

/** The same function, asked only once for each text. */
export function remember<Value extends object>(of: (text: string) => Value): typeof of {
  const known = new Map<string, Value>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = of(text);
    if (known.size >= most) known.clear();
    known.set(text, value);
    return value;
  };
}
