import { spawnSync } from 'node:child_process';

/** The command lines of the running processes that name a folder. */
export const processesOf = (folder: string): readonly string[] =>
  spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8', maxBuffer: 1e8 })
    .stdout.split('\n')
    .filter((line) => line.includes(folder));
