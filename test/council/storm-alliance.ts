/** An alliance of many seats, each with a holder and an alternate, spread over both channels. */
import type { ChannelName } from '../../src/core/input.js';

export type Voter = {
  readonly name: string;
  readonly seat: string;
  readonly standing: 'holder' | 'alternate';
  readonly channel: ChannelName;
  /** The person's account there. */
  readonly id: string;
};

export const slackRoom = 'C01';
export const wechatRoom = 'council@chatroom';
export const officer = 'wx-officer';

const accountOf = (channel: ChannelName, letter: string, at: number): string =>
  channel === 'slack' ? `U${letter}${at}` : `wx-${letter.toLowerCase()}${at}`;

/** Two people for each seat: all four ways of having them on Slack or WeChat come equally often. */
export const votersOf = (seats: number): readonly Voter[] =>
  Array.from({ length: seats }, (_, at) => at + 1).flatMap((at): readonly Voter[] => {
    const seat = `s${at}`;
    const holder = at % 2 === 0 ? 'slack' : 'wechat';
    const alternate = at % 4 < 2 ? 'slack' : 'wechat';
    return [
      { name: `席${at}`, seat, standing: 'holder', channel: holder, id: accountOf(holder, 'H', at) },
      {
        name: `候补${at}`,
        seat,
        standing: 'alternate',
        channel: alternate,
        id: accountOf(alternate, 'A', at),
      },
    ];
  });

const personOf = ({ name, channel, id }: Voter) => ({
  id,
  name,
  language: channel === 'slack' ? 'en' : 'zh',
  identities: [channel === 'slack' ? { channel, team: 'T01', id } : { channel, id }],
});

/** The text of an alliance file with these voters; ballots are open for a day, so that nobody is reminded. */
export const allianceFile = (voters: readonly Voter[]): string => {
  const person = (seat: string, standing: Voter['standing']) =>
    voters.find((one) => one.seat === seat && one.standing === standing)?.id;
  const seats = [...new Set(voters.map((one) => one.seat))];
  // JSON is YAML.
  return JSON.stringify({
    alliance: { name: { zh: '风暴联盟', en: 'Storm Alliance' }, timezone: 'Asia/Shanghai' },
    parks: [],
    people: [
      {
        id: officer,
        name: '秘书',
        language: 'zh',
        roles: ['officer'],
        identities: [{ channel: 'wechat', id: officer }],
      },
      ...voters.map(personOf),
    ],
    council: {
      seats: seats.map((id) => ({
        id,
        class: 'expert',
        holder: person(id, 'holder'),
        alternates: [person(id, 'alternate')],
      })),
    },
    rulebook: {
      version: 'storm',
      defaults: {
        seconds: 0,
        noticeDays: 0,
        openDays: 1,
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
      { channel: 'slack', id: slackRoom, purpose: 'council' },
      { channel: 'wechat', id: wechatRoom, purpose: 'council', language: 'zh' },
    ],
  });
};
