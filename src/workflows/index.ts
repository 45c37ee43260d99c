import type { Workflow } from '../core/workflow.js';
import membership from './membership/workflow.js';

/** Every workflow of the desk. A new one is a folder beside these and a line here. */
export const workflows: readonly Workflow[] = [membership];
