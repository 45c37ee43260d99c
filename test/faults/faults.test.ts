/** The whole running desk, while everything that can break does. */
import { onTestFinished, test } from 'vitest';
import { crowdOf } from './crowd.js';
import { openStage } from './stage.js';

test('starts', { timeout: 120_000 }, async () => {
  const began = Date.now();
  const stage = await openStage(crowdOf(20));
  onTestFinished(stage.stop);
  console.info('stage', Date.now() - began, stage.folder);
  for (const one of Object.values(stage.processes)) one.start();
  for (const one of Object.values(stage.processes)) console.info(one.role, await one.up(), Date.now() - began);
  console.info(stage.lives);
});
