/** The results of several works under way, each as soon as it is there. Knows nothing of them. */

/**
 * @param works give several results each; null: there will be none any more, of any.
 * @throws what the first of them throws.
 */
export async function* asTheyCome<T>(
  works: readonly Promise<readonly T[] | null>[],
): AsyncGenerator<T> {
  const ready: T[] = [];
  let left = works.length;
  let isClosed = false;
  let failure: { readonly error: unknown } | null = null;
  let wake = (): void => {};
  const settle = (change: () => void): void => {
    change();
    left--;
    wake();
  };
  for (const work of works) {
    work.then(
      (results) =>
        settle(() => {
          if (results === null) isClosed = true;
          else ready.push(...results);
        }),
      (error: unknown) =>
        settle(() => {
          failure ??= { error };
        }),
    );
  }
  for (;;) {
    const result = ready.shift();
    if (result !== undefined) {
      yield result;
      continue;
    }
    if (failure !== null) throw (failure as { readonly error: unknown }).error;
    if (isClosed || left === 0) return;
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}
