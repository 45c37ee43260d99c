/** What was sent while the bot was away is lost: rooms in which something is open are asked to send it again. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DateTime } from 'luxon';

/** Times in WeChat rooms are China's, wherever the desk runs. */
const zone = 'Asia/Shanghai';

/** The sentence said once in each room after an outage. */
export const outageNote = (from: Date, to: Date): string => {
  const start = DateTime.fromJSDate(from, { zone });
  const end = DateTime.fromJSDate(to, { zone });
  const format = start.hasSame(end, 'day') ? 'HH:mm' : 'M月d日 HH:mm';
  return `刚才离线，${start.toFormat(format)}–${end.toFormat(format)} 的消息可能没有收到，烦请重发，谢谢。`;
};

/** The last sign of life of the line, kept across restarts: messages sent in between are lost as well. */
export const openLastSeen = (directory: string) => {
  const file = join(directory, 'wechat.last-seen');
  return {
    /** Undefined before the first login ever. */
    read: async (): Promise<Date | undefined> => {
      try {
        const at = new Date(await readFile(file, 'utf8'));
        return Number.isNaN(at.getTime()) ? undefined : at;
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
    write: (at: Date): Promise<void> => writeFile(file, at.toISOString(), { mode: 0o600 }),
  };
};
