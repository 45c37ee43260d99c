// The watchdog of the embedded database: started by the desk, it waits until the desk has ended and then stops
// the server, unless a new desk has taken it over. See src/store/embedded/keeper.ts for the rules.
import { spawn } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

const { mine, claimed, pgCtl, data, uid, gid } = JSON.parse(process.argv[2]);

/** Long enough for a supervisor to start the desk again, which then finds the server running. */
const graceMs = 2000;

process.stdin.resume();
process.stdin.once('error', deskHasEnded);
process.stdin.once('end', deskHasEnded);

function deskHasEnded() {
  // A desk that stops in order stops the server itself.
  if (!existsSync(mine)) return;
  setTimeout(stopServer, graceMs);
}

function stopServer() {
  try {
    renameSync(mine, claimed);
  } catch {
    // A new desk keeps the server now, or the folder is gone: nothing is left to stop.
    return;
  }
  const stop = spawn(pgCtl, ['-D', data, '-m', 'fast', '-w', '-t', '60', 'stop'], {
    ...(uid === undefined ? {} : { uid, gid }),
    cwd: dirname(data),
    stdio: 'ignore',
  });
  const done = () => rmSync(claimed, { force: true });
  stop.once('exit', done);
  stop.once('error', done);
}
