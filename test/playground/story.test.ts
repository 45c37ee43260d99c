import { expect, test } from 'vitest';
import { tellStory } from '../../src/playground/story.js';

test('the story is told to its end', async () => {
  const told: string[] = [];
  await tellStory((line) => told.push(line));
  expect(told.at(-1)).toContain('M-1 is a member');
  expect(told.join('\n')).toContain('入会已 30 天');
});
