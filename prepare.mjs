/**
 * Builds what a fresh clone lacks, when npm installs it from git, as pre-commit does. A tree that is
 * built, and `npm ci`, are left alone.
 */
import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';

// Of an installation for all projects npm hands on that it is one; here it would be none of ours.
const env = { ...process.env, npm_config_global: 'false', npm_config_location: 'project' };
const run = (command) => execSync(command, { env, stdio: ['ignore', 2, 2] });

if (process.env.npm_command !== 'ci' && !existsSync('dist/bundle/main.js')) {
  if (!existsSync('node_modules/typescript')) run('npm ci --include=dev --ignore-scripts');
  run('npm run --silent build');
}
