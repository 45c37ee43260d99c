/**
 * Every transcript is a test: what people say is carried out, what the desk says is compared. After a wanted
 * change, run with REWRITE_TRANSCRIPTS=1 and read the diff: it is the change of behaviour.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPlay } from './play.js';

const root = new URL('../src/workflows/', import.meta.url).pathname;
const files = readdirSync(decodeURI(root), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.includes('transcripts') && name.endsWith('.txt'))
  .sort();

describe.concurrent('transcripts', () => {
  test.each(files)('%s', async (file) => {
    const path = join(decodeURI(root), file);
    const written = readFileSync(path, 'utf8').trimEnd().split('\n');
    const play = await openPlay();
    const played: string[] = [];
    try {
      for (const line of written) {
        if (line.startsWith(' ')) continue;
        played.push(line);
        if (line !== '' && !line.startsWith('#')) played.push(...(await play.act(line)));
      }
    } finally {
      await play.end();
    }
    if (process.env.REWRITE_TRANSCRIPTS) writeFileSync(path, `${played.join('\n')}\n`);
    else expect(played.join('\n')).toBe(written.join('\n'));
  });
});
