#!/usr/bin/env node
// The door to the desk: makes the checkout ready, reads .env and goes on in this same process, so that a
// signal sent to it reaches the desk.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { prepare, root } from './prepare.js';

// npm runs its scripts through a shell and passes a SIGTERM on to that shell only, which ends and leaves us
// running. So under npm, losing the parent means the same.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  const watching = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watching);
    process.kill(process.pid, 'SIGTERM');
  }, 250).unref();
}

prepare();
const env = join(root, '.env');
if (existsSync(env)) process.loadEnvFile(env);
await import('../dist/cli.js');
