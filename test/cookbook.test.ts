/**
 * Follows each recipe of the cookbook, as a reader would. `UPDATE_COOKBOOK=1` writes what came out
 * into the page instead: read it before you believe it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { followRecipe, readCookbook } from './support/cookbook.js';
import { PROJECT } from './support/library.js';
import { tempFolder } from './support/temp-folder.js';

const PAGE = join(PROJECT, 'docs', 'cookbook.md');
const recipes = readCookbook(PAGE);

describe('cookbook', () => {
  test.each(recipes.map((recipe) => [recipe.title, recipe] as const))('%s', (_title, recipe) => {
    const outcomes = followRecipe(recipe, tempFolder());
    expect(outcomes.length, 'a recipe promises something').toBeGreaterThan(0);
    if (process.env.UPDATE_COOKBOOK === '1') {
      let page = readFileSync(PAGE, 'utf8');
      for (const { fence, found } of outcomes) {
        const block = `\`\`\`${fence.info.join(' ')}\n`;
        const lead = fence.name === null ? '' : `\`${fence.name}\`\n\n`;
        const from = page.indexOf(`## ${recipe.title}`);
        const at = page.indexOf(`${lead}${block}${fence.text}`, from);
        const start = at + lead.length + block.length;
        page = page.slice(0, start) + found + page.slice(start + fence.text.length);
      }
      writeFileSync(PAGE, page);
      return;
    }
    for (const { fence, found } of outcomes) expect(found).toBe(fence.text);
  });
});
