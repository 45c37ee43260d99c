/** A ballot opens: who is on its roll, where it is posted, when its reminders ring. */
import type { Calendar } from '../../core/calendar.js';
import { matterOf, type Rule } from '../../core/rulebook.js';
import { person, room, type Tell } from '../../core/workflow.js';
import { createBallot, entitled, type OpenedBallot, readBallot, ruleNow, silent } from './ballot.js';
import { type About, type Command, council, type Follows, office } from './header.js';
import * as said from './messages.js';

/** The three ways to vote, in the order in which they are always offered. */
export const ways = ['yes', 'no', 'abstain'] as const;

/** When a ballot's reminders ring: each on a working day of its own, the last one always. */
export const ballotTimes = (calendar: Calendar, from: Date, until: Date) => {
  const days = calendar.workdaysBetween(from, until);
  const lastDay = calendar.lastWorkdayBefore(until);
  const eighty = calendar.workdaysAfter(from, Math.floor(days * 0.8));
  const half = calendar.halfway(from, until);
  const soFar = (at: Date, next: Date) =>
    at > from && calendar.isWorkday(at) && calendar.workdaysBetween(at, next) > 0;
  return [
    ...(soFar(half, eighty) ? [{ alarm: 'half' as const, at: half }] : []),
    ...(soFar(eighty, lastDay) ? [{ alarm: 'eighty' as const, at: eighty }] : []),
    ...(lastDay > from ? [{ alarm: 'lastDay' as const, at: lastDay }] : []),
  ];
};

/** The rule of the motion's matter; after a ballot without a quorum, with the quorum of a second call. */
const ruleFor = (about: About): Rule => {
  const rule = ruleNow(about, about.subject.matter);
  const [last] = about.subject.ballots;
  const again = rule.withoutQuorum.find((one) => one.step === 'again');
  if (last?.outcome !== 'noQuorum' || again?.step !== 'again' || again.quorum === null) return rule;
  return { ...rule, quorum: { ...rule.quorum, share: again.quorum } };
};

/** Opens the next ballot on a motion. */
export const openBallot = async (about: About): Promise<Follows<'open'>> => {
  const { db, case: c, now, calendar, settings } = about;
  const rule = ruleFor(about);
  const closesAt = calendar.workdaysAfter(now, about.subject.means === 'meeting' ? 1 : rule.openDays);
  await createBallot(about, rule, closesAt);
  const motion = await council.load(db, c.id);
  const opened = await readBallot(db, motion);
  const matter = matterOf(settings.rulebook, motion.matter);
  const card = said.ballotCard(c, motion, opened, matter?.title ?? { zh: '', en: '' }, calendar);
  // At a meeting they sit together: nobody needs to be reminded.
  const times = motion.means === 'meeting' ? [] : ballotTimes(calendar, now, closesAt);
  return {
    to: 'open',
    tell: [
      ...(await cards(about, opened, card)),
      ...recusalHints(opened, motion.parkId).map((row) => ({
        to: person(row.holderId),
        say: said.considerRecusal(c, row.title),
        choices: ['recuse'] as const,
      })),
    ],
    wake: [...times, { alarm: 'closes', at: closesAt }],
    because: {
      zh: `章程 ${opened.ballot.rulebookVersion}（${opened.ballot.rulebookHash}），${opened.roll.length} 席`,
      en: `rulebook ${opened.ballot.rulebookVersion} (${opened.ballot.rulebookHash}), ${opened.roll.length} seats`,
    },
  };
};

/**
 * Where the council talks. Of a secret ballot each seat gets one of its own: a choice said in a room is a secret no
 * more, and the room's card only leads there.
 */
const cards = async (
  { db }: About,
  opened: OpenedBallot,
  card: Tell['say'],
): Promise<readonly Tell<Command>[]> => {
  const inRoom: Tell<Command> = {
    to: room('council'),
    say: card,
    living: livingName(opened),
    choices: opened.rule.secret ? ['vote'] : ways,
  };
  if (!opened.rule.secret) return [inRoom];
  const holders = [...new Set(opened.roll.map((row) => row.holderId))];
  const direct = holders.map((id): Tell<Command> => ({ to: person(id), say: card, choices: ways }));
  const rooms = await db.room.count({ where: { purpose: 'council' } });
  return rooms > 0 ? [inRoom, ...direct] : direct;
};

/** Each ballot has a card of its own that is kept up to date. */
const livingName = ({ ballot }: OpenedBallot): string => `ballot ${ballot.call}`;

/** Seats of the very park that the motion is about. */
const recusalHints = (opened: OpenedBallot, parkId: string | null) =>
  parkId === null ? [] : entitled(opened).filter((row) => row.seat.parkId === parkId);

/** At a meeting, the chair opens each item. */
export const open = council.command({
  title: { zh: '开始表决', en: 'Open the vote' },
  words: { zh: ['开票', '开始表决'], en: ['open'] },
  from: ['notice'],
  to: ['open'],
  by: office,
  run: async (world) => {
    const { case: c, subject: m, now, calendar, db } = world;
    if (m.opensAt && m.opensAt > now) return { refuse: said.noticeRuns(c, m.opensAt, calendar) };
    if (m.means === 'meeting') {
      const meeting = m.meetingId
        ? await db.meeting.findUnique({
            where: { caseId: m.meetingId },
            include: { case: { select: { ref: true, state: true } } },
          })
        : null;
      if (!meeting) return { refuse: said.noMeetingYet(c) };
      if (meeting.case.state !== 'sitting') return { refuse: said.meetingNotSitting(c, meeting.case.ref) };
    }
    const follows = await openBallot(world);
    return { ...follows, reply: said.opened(c) };
  },
});

/** What the council's rooms see while a ballot is open: how many have voted, and choices only by its rule. */
export const turnoutPost = (about: About, opened: OpenedBallot): Tell<Command> => {
  const { case: c, subject: m, calendar, settings } = about;
  const title = matterOf(settings.rulebook, m.matter)?.title ?? { zh: '', en: '' };
  return {
    to: room('council'),
    say: said.ballotCard(c, m, opened, title, calendar, entitled(opened).length - silent(opened).length),
    choices: opened.rule.secret ? ['vote'] : ways,
    living: livingName(opened),
  };
};
