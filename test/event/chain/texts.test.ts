/**
 * Chains as people write them, each with what is read from it in the file beside it. After a wanted change, run
 * with REWRITE_CHAINS=1 and read the diff line by line: it is what organizers will see.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { matchRows } from '../../../src/workflows/event/chain/match.js';
import { isChain, readChain } from '../../../src/workflows/event/chain/read.js';
import { directory } from './directory.js';
import { tell } from './tell.js';

const folder = fileURLToPath(new URL('./texts/', import.meta.url));
const texts = readdirSync(folder)
  .filter((name) => name.endsWith('.txt') && !name.endsWith('.read.txt'))
  .sort();

describe('a chain is read as it was meant', () => {
  it.each(texts)('%s', (name) => {
    const text = readFileSync(`${folder}${name}`, 'utf8');
    const beside = `${folder}${name.replace(/\.txt$/, '.read.txt')}`;
    const chain = readChain(text);
    const told = `${tell(chain, matchRows(chain, directory))}\n`;
    if (process.env.REWRITE_CHAINS) writeFileSync(beside, told);
    expect(isChain(text)).toBe(true);
    expect(told).toBe(readFileSync(beside, 'utf8'));
  });

  it('has an expectation beside every text, and no other', () => {
    const read = readdirSync(folder).filter((name) => name.endsWith('.read.txt'));
    expect(read.map((name) => name.replace('.read.txt', '.txt')).sort()).toEqual(texts);
    expect(texts.every((name) => existsSync(`${folder}${name}`))).toBe(true);
  });
});
