/** For the operator: a channel that is given up, such as a banned account, and one that is back. */
import { Argument, Command } from 'commander';
import { z } from 'zod';
import { channels } from './core/input.js';
import { noteChannel } from './store/channels.js';
import type { Database } from './store/database.js';

type OnDatabase = (work: (database: Database) => Promise<void>) => Promise<void>;
type Print = (line: string) => void;

const states = ['down', 'up'] as const;
const asked = z.tuple([z.enum(channels), z.enum(states)]);

/** `desk channel`. `onDatabase` runs a piece of work on the desk's database. */
export const channelCommand = (onDatabase: OnDatabase, print: Print): Command =>
  new Command('channel')
    .description('say that a channel is down for good, or up again; the desk notices the rest itself')
    .addArgument(new Argument('<channel>').choices(channels))
    .addArgument(new Argument('<state>').choices(states))
    .action((...given: readonly unknown[]) =>
      onDatabase(async (database) => {
        const [channel, state] = asked.parse(given.slice(0, 2));
        const changed = await noteChannel(database, channel, state, new Date());
        const known = changed ? '' : ' (known already)';
        print(
          state === 'down'
            ? `${channel} is down${known}: whoever has another account is written to there.`
            : `${channel} is up${known}: people are written to where they spoke last.`,
        );
      }),
    );
