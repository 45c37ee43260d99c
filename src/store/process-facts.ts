import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

export type ProcessFacts = {
  readonly name: string;
  /** It has ended, and only its entry in the process table is left. */
  readonly ended: boolean;
  /** Differs between two processes that were given the same number one after the other. */
  readonly born: string;
};

/** What the system tells of a process; undefined where there is none or the system doesn't tell. */
export const processFacts = (pid: number): ProcessFacts | undefined => {
  switch (process.platform) {
    case 'win32':
      return undefined;
    case 'linux':
      return fromProc(pid);
    default:
      return fromPs(pid);
  }
};

/** Whether the process with this number lives and, as far as the system tells, is the one born then. */
export const lives = (pid: number, born?: string): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, but belongs to somebody else.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const facts = processFacts(pid);
  return !facts?.ended && (born === undefined || facts === undefined || facts.born === born);
};

const fromProc = (pid: number): ProcessFacts | undefined => {
  let stat: string;
  let boot: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return undefined;
  }
  // `pid (name) state …`, where the name may itself hold blanks and brackets.
  const end = stat.lastIndexOf(')');
  const fields = stat.slice(end + 2).split(' ');
  return {
    name: stat.slice(stat.indexOf('(') + 1, end),
    ended: fields[0] === 'Z' || fields[0] === 'X',
    born: `${boot}/${fields[19] ?? ''}`,
  };
};

const fromPs = (pid: number): ProcessFacts | undefined => {
  const { stdout, status } = spawnSync('ps', ['-o', 'stat=,lstart=,comm=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (status !== 0) return undefined;
  const [state = '', ...rest] = stdout.trim().split(/\s+/);
  return {
    name: basename(rest.slice(5).join(' ')),
    ended: state.startsWith('Z'),
    born: rest.slice(0, 5).join(' '),
  };
};
