import type { Workflow } from '../core/workflow.js';
import account from './account/workflow.js';
import appointment from './appointment/workflow.js';
import council from './council/workflow.js';
import event from './event/workflow.js';
import meeting from './meeting/workflow.js';
import membership from './membership/workflow.js';
import proxy from './proxy/workflow.js';
import task from './task/workflow.js';

/** Every workflow of the desk. A new one is a folder beside these and a line here. */
export const workflows: readonly Workflow[] = [
  membership,
  council,
  account,
  proxy,
  meeting,
  task,
  event,
  appointment,
];
