import type { Start } from '../../core/workflow.js';
import { task } from './header.js';
import { give, type Wish } from './promise.js';

/** A task that another workflow gives out; its owner is told. `dueAt` is the first instant of the day it is due. */
export const taskFor = (wish: Wish): Start => task.start('given', (world) => give(world, wish));
