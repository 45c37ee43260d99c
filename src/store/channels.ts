/** Which channels are down: noticed by the process that holds them, or said by the operator. */
import { type ChannelName, channels } from '../core/input.js';
import type { Db } from '../database.js';
import { noteAlerts } from './dead-letters.js';

const keyOf = (channel: ChannelName): string => `channel:${channel}`;

/** Notes that a channel is down or up again; false when that was known. */
export const noteChannel = async (
  db: Db,
  channel: ChannelName,
  state: 'up' | 'down',
  now: Date,
): Promise<boolean> => {
  if (state === 'down') return (await noteAlerts(db, [keyOf(channel)], now)).length > 0;
  const { count } = await db.alert.deleteMany({ where: { key: keyOf(channel) } });
  return count > 0;
};

export const downChannels = async (db: Db): Promise<readonly ChannelName[]> => {
  const noted = await db.alert.findMany({
    where: { key: { in: channels.map(keyOf) } },
    select: { key: true },
  });
  return channels.filter((channel) => noted.some((one) => one.key === keyOf(channel)));
};
