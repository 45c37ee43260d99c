/** The people of the run, and the alliance file that knows them. */
import type { ChannelName } from '../../src/core/input.js';

export type Somebody = {
  readonly id: string;
  readonly channel: ChannelName;
  readonly name: string;
  /** The council seat that they hold; the alliance does not know who applies. */
  readonly part: 'seat' | 'guest' | 'applicant';
};

export const officer = 'wx-officer';
export const councilRooms = { slack: 'C01', wechat: 'council@chatroom' } as const;
export const memberRooms = { slack: 'C02', wechat: 'members@chatroom' } as const;

/** A third of them hold seats, one in five applies to join, the rest are guests of the event. */
export const crowdOf = (people: number): readonly Somebody[] =>
  Array.from({ length: people }, (_, at): Somebody => {
    const channel = at % 2 === 0 ? 'slack' : 'wechat';
    const place = Math.floor(at / 2) % 5;
    const part = place < 2 ? 'seat' : place < 4 ? 'guest' : 'applicant';
    return channel === 'slack'
      ? { id: `U${at}`, channel, name: `Person${at}`, part }
      : { id: `wx-${at}`, channel, name: `人员${at}`, part };
  });

export const seatOf = (one: Somebody): string => `s-${one.id.toLowerCase()}`;

/** The text of the alliance file. */
export const allianceOf = (people: readonly Somebody[]): string => {
  const known = people.filter((one) => one.part !== 'applicant');
  // JSON is YAML.
  return JSON.stringify({
    alliance: { name: { zh: '风浪联盟', en: 'Rough Water Alliance' }, timezone: 'Asia/Shanghai' },
    parks: [],
    people: [
      {
        id: officer,
        name: '秘书',
        language: 'zh',
        roles: ['officer'],
        identities: [{ channel: 'wechat', id: officer }],
      },
      ...known.map(({ id, channel, name }) => ({
        id,
        name,
        language: channel === 'slack' ? 'en' : 'zh',
        identities: [channel === 'slack' ? { channel, team: 'T01', id } : { channel, id }],
      })),
    ],
    council: {
      seats: known
        .filter((one) => one.part === 'seat')
        .map((one) => ({ id: seatOf(one), class: 'expert', holder: one.id })),
    },
    rulebook: {
      version: 'faults',
      defaults: {
        seconds: 0,
        noticeDays: 0,
        openDays: 6,
        challengeDays: 3,
        changes: true,
        earlyClose: false,
      },
      matters: [
        { id: 'ordinary', title: { zh: '一般事项', en: 'Ordinary business' } },
        { id: 'admission', title: { zh: '入会', en: 'Admission' } },
      ],
    },
    rooms: [
      { channel: 'slack', team: 'T01', id: councilRooms.slack, purpose: 'council', language: 'en' },
      { channel: 'wechat', id: councilRooms.wechat, purpose: 'council', language: 'zh' },
      { channel: 'slack', team: 'T01', id: memberRooms.slack, purpose: 'members', language: 'en' },
      { channel: 'wechat', id: memberRooms.wechat, purpose: 'members', language: 'zh' },
    ],
  });
};

const codeAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** A credit code that adds up, another one for each number. */
export const creditCode = (number: number): string => {
  const body = `91360200MA${String(number).padStart(7, '0')}`;
  let weight = 1;
  let sum = 0;
  for (const character of body) {
    sum += codeAlphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return body + codeAlphabet.charAt((31 - (sum % 31)) % 31);
};
