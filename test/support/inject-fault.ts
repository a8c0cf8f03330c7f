/**
 * Makes one file call of the built program fail, in every thread: as Node arguments before the
 * binary. `store/file-system.ts` takes its calls from `node:fs` when it is loaded, which is later.
 */

/**
 * @param call a call of `store/file-system.ts`.
 * @param code `EACCES` and the like.
 * @param when an expression over the call's arguments, `args`, and `fs`: the calls that fail.
 */
export function injectFault(call: string, code: string, when: string): readonly string[] {
  const source = `
    import fs from 'node:fs';
    const original = fs.${call};
    fs.${call} = (...args) => {
      if (${when}) throw Object.assign(new Error('${code}: injected'), { code: '${code}' });
      return original(...args);
    };`;
  return ['--import', `data:text/javascript,${encodeURIComponent(source)}`];
}
