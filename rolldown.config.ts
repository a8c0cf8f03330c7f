/**
 * Makes `dist/bundle/`, what runs when csvclean is installed: a few files instead of two hundred,
 * since each module costs about half a millisecond before it does anything. The libraries go in as
 * well, their licences beside them; what package.json names under `dependencies` would stay out.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';

/** What every run and every thread needs; the rest of these folders is loaded where it is needed. */
const WORK =
  /src\/(?:(?:base|csv|kernel|engine|store|task)\/(?!rewrite-|join-|profile\/(?!load)|fast\/profile-|expression\/(?!aggregates|compare-text|load|tree|vector\/vectors)|schema\/(?!load|schema)|fast\/(?:dedup|groups)\/(?!load)|statistics\/(?:grouped|ordered-parts|value-buckets)|scalar\/(?:write-keys|hash-text)|profiler\/|values\/(?!load|plan|report|value-counts|verdict|most))|sniff\/(?:sniff-plain|quick-look|plain-table|plain-looks|ends-plainly|footer-labels|text-dialect)|encoding\/(?:names|signatures|survey|collect))|thread-state|rolldown.runtime/;

/** What every run needs beside that, whether the command or the library begins it. */
const RUN = /src\/(?:options\/|job\/(?!sniff-inputs|print-rejected|match-files|profile-|explain-))/;

/** What judges and converts values, in one file too. */
const VALUES = /src\/engine\/values\//;

/** What compiles expressions, in one file too. */
const EXPRESSIONS = /src\/engine\/(?:expression\/|statistics\/grouped)|node_modules\/jsep/;

/** What compares rows by keys, in one file too: duplicates and groups. */
const KEYS = /src\/engine\/fast\/(?:dedup|groups)\/|scalar\/write-keys/;

/** What profiles: for the threads too, so without what only the command needs. */
const PROFILER =
  /src\/(?:engine\/(?:profile\/|fast\/profile-|statistics\/(?:ordered-parts|value-buckets))|kernel\/(?:profiler\/|scalar\/hash-text))/;

export default defineConfig({
  input: {
    index: 'src/index.ts',
    main: 'src/cli/main.ts',
    'thread-main': 'src/executor/thread-pool/thread-main.ts',
  },
  platform: 'node',
  // What only an entry and its late parts share stays in the entry: a file less.
  preserveEntrySignatures: 'allow-extension',
  external: Object.keys(readManifest('.').dependencies ?? {}).map(
    (name) => new RegExp(`^${name}(/|$)`),
  ),
  resolve: {
    // commander loads it at once, for sub-commands that are programs of their own. We have none.
    alias: { 'node:child_process': false },
  },
  output: {
    // All in one folder, two deep: so relative paths in the sources hold here as well.
    dir: 'dist/bundle',
    chunkFileNames: '[name].js',
    comments: { jsdoc: false },
    // Half the length: V8 scans it in every thread. Functions keep their names, for stack traces.
    minify: { compress: true, codegen: true, mangle: { toplevel: true, keepNames: true } },
    // All that every run and every thread needs, in one file.
    codeSplitting: {
      groups: [
        {
          name: 'work',
          test: WORK,
        },
        {
          name: 'run',
          test: RUN,
        },
        {
          name: 'expressions',
          test: EXPRESSIONS,
        },
        {
          name: 'keys',
          test: KEYS,
        },
        {
          name: 'profiler',
          test: PROFILER,
        },
        {
          name: 'values',
          test: VALUES,
        },
      ],
    },
  },
  plugins: [escapeToAscii(), licenses()],
});

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/**
 * Writes what is not ASCII as escapes: one character above U+00FF makes V8 keep and scan the whole
 * file in two bytes a character, in each thread anew. A file of tables in other scripts stays.
 */
function escapeToAscii(): Plugin {
  return {
    name: 'escape-to-ascii',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        const escaped = file.code.replace(/\P{ASCII}/gu, escapeCharacter);
        if (escaped.length < 1.1 * file.code.length) file.code = escaped;
      }
    },
  };
}

function escapeCharacter(character: string): string {
  return character.replace(/[\s\S]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** Writes the licence of each library that went in. */
function licenses(): Plugin {
  return {
    name: 'licenses',
    generateBundle(_, bundle) {
      const folders = new Set<string>();
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        for (const id of file.moduleIds) {
          const folder = /^.*\/node_modules\/(@[^/]+\/)?[^/]+/.exec(id)?.[0];
          // What begins with a NUL is rolldown's own.
          if (folder !== undefined && !id.startsWith('\0')) folders.add(folder);
        }
      }
      const source = [...folders].sort().map(licenseOf).join('\n');
      this.emitFile({ type: 'asset', fileName: 'third-party-licenses.txt', source });
    },
  };
}

function licenseOf(folder: string): string {
  const { name, version, license } = readManifest(folder);
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (file === undefined) throw new Error(`${name} has no licence file`);
  return `# ${name} ${version}: ${license}\n\n${readFileSync(join(folder, file), 'utf8')}`;
}
