/** What the secretariat is told of the desk itself, in its own rooms. */
import type { ChannelName } from '../core/input.js';
import { type Listed, type Message, say } from '../core/message.js';
import { same, type Text } from '../core/text.js';
import { noteChannel } from '../store/channels.js';
import { type DeadPost, deadLetters, nameOf, noteAlerts } from '../store/dead-letters.js';
import type { Turn } from './parts.js';
import { placesOf } from './who.js';

const channels: Readonly<Record<ChannelName, Text>> = {
  slack: same('Slack'),
  wechat: { zh: '微信', en: 'WeChat' },
};

const rooms: Readonly<Record<'council' | 'secretariat' | 'members', Text>> = {
  council: { zh: '理事会群', en: 'the council’s room' },
  secretariat: { zh: '秘书处群', en: 'the secretariat’s room' },
  members: { zh: '会员群', en: 'the members’ room' },
};

const tellSecretariat = async (turn: Turn, message: Message, butNotOn?: ChannelName): Promise<void> => {
  for (const place of await placesOf(turn.db, { kind: 'room', purpose: 'secretariat' }, turn.now)) {
    if (place.channel !== butNotOn) turn.posts.push({ place, message, choices: [] });
  }
};

const mostNamed = 20;

/** Tells of what was given up since the last time, and of each only once. */
export const reportDead = async (turn: Turn): Promise<void> => {
  const dead = await deadLetters(turn.db, { unreported: true });
  if (dead.length === 0) return;
  const noted = new Set(await noteAlerts(turn.db, dead.map(nameOf), turn.now));
  const fresh = dead.filter((one) => noted.has(nameOf(one)));
  const inputs = fresh.filter((one) => one.kind === 'input');
  const posts = await withoutOwnRooms(
    turn,
    fresh.filter((one) => one.kind === 'post'),
  );
  if (posts.length > 0) {
    const people = await Promise.all(
      posts.slice(0, mostNamed).map(async (post, at): Promise<Listed> => {
        const name = await addressee(turn, post);
        return { number: at + 1, name, note: noteOn(post) };
      }),
    );
    const count = posts.length;
    await tellSecretariat(turn, {
      ...say(
        `有 ${count} 条消息没能送达，请用其他方式告知。管理员排除原因后，可用 desk retry 重发。`,
        `${count === 1 ? 'A message' : `${count} messages`} could not be delivered; please pass the news on some other way. Once the cause is gone, the administrator can send again with desk retry.`,
      ),
      people,
    });
  }
  if (inputs.length > 0) {
    const names = inputs.map(nameOf).join(' ');
    await tellSecretariat(
      turn,
      say(
        `有 ${inputs.length} 条来信没能处理，已请对方稍后再试。请转告管理员：${names}`,
        `${inputs.length === 1 ? 'A message' : `${inputs.length} messages`} from people could not be handled; they were asked to try again later. Please tell the administrator: ${names}`,
      ),
    );
  }
};

/** An alert that could not be delivered is in the log, and starts no alert of its own. */
const withoutOwnRooms = async (turn: Turn, posts: readonly DeadPost[]): Promise<readonly DeadPost[]> => {
  const own = await turn.db.room.findMany({
    where: { purpose: 'secretariat' },
    select: { channel: true, externalId: true },
  });
  return posts.filter(
    (post) => !own.some((room) => room.channel === post.channel && room.externalId === post.conversation),
  );
};

const addressee = async (turn: Turn, post: DeadPost): Promise<string> => {
  if (post.personId !== null) {
    const person = await turn.db.person.findUnique({
      where: { id: post.personId },
      select: { name: true },
    });
    if (person) return person.name;
  }
  const room = await turn.db.room.findFirst({
    where: { channel: post.channel, externalId: post.conversation },
    select: { purpose: true },
  });
  return room ? rooms[room.purpose].zh : post.conversation;
};

const noteOn = ({ channel, ref, problem, id }: DeadPost): Text => ({
  zh: `（${[channels[channel].zh, ...(ref === null ? [] : [ref]), problem, `post:${id}`].join('，')}）`,
  en: ` (${[channels[channel].en, ...(ref === null ? [] : [ref]), problem, `post:${id}`].join(', ')})`,
});

/** Tells that a channel is down, or back again; nothing when that was told already. */
export const reportChannel = async (
  turn: Turn,
  channel: ChannelName,
  state: 'up' | 'down',
): Promise<void> => {
  const name = channels[channel];
  if (!(await noteChannel(turn.db, channel, state, turn.now))) return;
  await (state === 'down'
    ? tellSecretariat(
        turn,
        say(
          `${name.zh}已断线，请管理员检查。待发的消息会保留，恢复后依次发出；其间也用另一渠道的人，改在那里收到新消息。`,
          `${name.en} is down; the administrator should have a look. What is to go out there waits and goes out in its order once it is back; meanwhile, those who use the other channel as well hear what is new there.`,
        ),
        channel,
      )
    : tellSecretariat(turn, say(`${name.zh}已恢复。`, `${name.en} is back.`), channel));
};
