/**
 * Makes one file call of the built program fail, in every thread: as Node arguments before the
 * binary.
 */

const FILE_SYSTEM = new URL('../../dist/store/file-system.js', import.meta.url).href;

/**
 * @param call a call of `store/file-system.ts`.
 * @param code `EACCES` and the like.
 * @param when an expression over the call's arguments, `args`: the calls that fail.
 */
export function injectFault(call: string, code: string, when: string): readonly string[] {
  const source = `
    import { fileSystem } from ${JSON.stringify(FILE_SYSTEM)};
    const original = fileSystem.${call};
    fileSystem.${call} = (...args) => {
      if (${when}) throw Object.assign(new Error('${code}: injected'), { code: '${code}' });
      return original(...args);
    };`;
  return ['--import', `data:text/javascript,${encodeURIComponent(source)}`];
}
