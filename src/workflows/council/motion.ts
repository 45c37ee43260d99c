/** How a matter comes before the council: moved, seconded, amended, put on notice. */
import { normalise } from '../../core/normalise.js';
import type { Actor } from '../../core/people.js';
import { oneOf, opener, role } from '../../core/people.js';
import { choice, moment, optional, text } from '../../core/questions.js';
import type { Matter, Mover } from '../../core/rulebook.js';
import { same } from '../../core/text.js';
import { everyone, person, room, type Start } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import { lastBallot, ruleNow } from './ballot.js';
import { type About, council, type Follows, office, type State, seat } from './header.js';
import * as said from './messages.js';
import { openBallot, ways } from './opening.js';
import { ownSeat } from './seats.js';

const askMotion = {
  title: text({
    label: { zh: '议题', en: 'Title' },
    ask: { zh: '议题是什么？（一句话）', en: 'What is the motion called? (one line)' },
    max: 80,
  }),
  text: text({
    label: { zh: '议案正文', en: 'Text' },
    ask: { zh: '请写下需要表决的正文：', en: 'Please write the text to be voted on:' },
    long: true,
  }),
  matter: optional(
    text({
      label: { zh: '事项类别', en: 'Matter' },
      ask: {
        zh: '属于章程中的哪一类事项？（回复“跳过”即按一般事项办理）',
        en: 'Which matter of the rulebook is it? (“skip” makes it ordinary business)',
      },
      max: 60,
    }),
  ),
  means: choice({
    label: { zh: '表决方式', en: 'Decided' },
    ask: { zh: '在会议上表决，还是通信表决？', en: 'At a meeting, or by circulation?' },
    options: {
      circulation: { zh: '通信表决', en: 'By circulation' },
      meeting: { zh: '会议表决', en: 'At a meeting' },
    },
  }),
  review: optional(
    moment({
      label: { zh: '复核日期', en: 'Review on' },
      ask: {
        zh: '通过后哪天复核执行情况？',
        en: 'On which day should it be looked at again once it is in force?',
      },
      need: 'day',
    }),
  ),
} as const;

/** The matter that words name by its id or title; the first one where nothing is said. */
const matterNamed = (matters: readonly Matter[], words: string | null): Matter | undefined => {
  if (words === null) return matters[0];
  const wanted = normalise(words);
  return matters.find((one) =>
    [one.id, one.title.zh, one.title.en].some((name) => normalise(name) === wanted),
  );
};

const moverKinds = (actor: Actor): readonly Mover[] => [
  ...(actor.seats.length > 0 ? (['seat'] as const) : []),
  ...(['chair', 'officer', 'supervisor'] as const).filter((one) => actor.roles.includes(one)),
];

/** The park that a text speaks of, when it is just one. */
const parkNamedIn = async (db: Db, words: string): Promise<string | null> => {
  const parks = await db.park.findMany({ select: { id: true, nameZh: true, nameEn: true } });
  const named = parks.filter((one) => words.includes(one.nameZh) || words.includes(one.nameEn));
  return named.length === 1 ? (named[0]?.id ?? null) : null;
};

export const motion = council.opening({
  title: { zh: '提出议案', en: 'Move a motion' },
  words: { zh: ['提案'], en: ['motion'] },
  by: oneOf(seat, role('chair', 'officer', 'supervisor')),
  to: ['proposed', 'notice', 'open'],
  ask: askMotion,
  run: async (world) => {
    const { db, args, actor, case: c, now, settings } = world;
    const matter = matterNamed(settings.rulebook.matters, args.matter);
    if (!matter) return { refuse: said.noSuchMatter(args.matter ?? '', settings.rulebook.matters) };
    const { rule } = matter;
    if (!moverKinds(actor).some((one) => rule.moves.includes(one))) {
      return { refuse: said.mayNotMove(matter) };
    }
    const means = args.means === 'meeting' ? 'meeting' : 'circulation';
    if (means === 'circulation' && !rule.circulation) return { refuse: said.notByCirculation(matter) };
    await db.motion.create({
      data: {
        caseId: c.id,
        title: args.title,
        text: args.text,
        matter: matter.id,
        means,
        moverId: actor.id,
        parkId: await parkNamedIn(db, `${args.title}\n${args.text}`),
        reviewAt: args.review === null ? null : new Date(args.review),
        versions: { create: { version: 1, text: args.text, personId: actor.id, at: now } },
      },
    });
    const about = await reload(world, 'proposed');
    const because = same(args.title);
    if (rule.seconds > 0) {
      return {
        to: 'proposed',
        reply: said.moved(c, about.subject, matter),
        because,
        tell: [{ to: room('council'), say: said.secondsWanted(c, about.subject, rule), choices: ['second'] }],
        wake: [{ alarm: 'secondsAreLate', at: world.calendar.workdaysAfter(now, 3) }],
      };
    }
    return { ...(await onNotice(about)), reply: said.moved(c, about.subject, matter), because };
  },
});

/** The world with the motion as it is now. */
const reload = async <
  W extends Omit<About, 'subject' | 'case'> & { readonly case: Omit<About['case'], 'state'> },
>(
  world: W,
  state: State,
): Promise<About> => ({
  ...world,
  case: { ...world.case, state },
  subject: await council.load(world.db, world.case.id),
});

/** What another workflow puts before the council, and where it wants to hear of the decision. */
export type Referral = {
  readonly matter: string;
  readonly title: string;
  readonly text: string;
  readonly moverId: string;
  readonly parkId: string | null;
  readonly originId: string;
  /** The alarm of the origin's workflow, as `workflow.alarm`, that rings when it is decided. */
  readonly reportTo: string;
};

/** Puts a matter before the council by circulation, as if it had been moved and seconded. */
export const refer = (referral: Referral): Start =>
  council.start('refer', async (world) => {
    const { db, case: c, now } = world;
    await db.motion.create({
      data: {
        ...referral,
        caseId: c.id,
        means: 'circulation',
        versions: { create: { version: 1, text: referral.text, personId: referral.moverId, at: now } },
      },
    });
    return { ...(await onNotice(await reload(world, 'notice'))), because: same(referral.title) };
  });

/** Seconded enough: the notice runs, or the ballot opens where none is asked for. */
const onNotice = async (about: About): Promise<Follows<'notice' | 'open'>> => {
  const { db, case: c, subject: m, now, calendar } = about;
  const rule = ruleNow(about, m.matter);
  if (rule.noticeDays === 0 && m.means === 'circulation') return openBallot(about);
  const opensAt = calendar.workdaysAfter(now, rule.noticeDays);
  await db.motion.update({ where: { caseId: c.id }, data: { opensAt } });
  return {
    to: 'notice',
    tell: [{ to: room('council'), say: said.onNotice(c, m, rule, opensAt, calendar) }],
    wake: [{ alarm: 'noticeEnds', at: opensAt }],
  };
};

export const second = council.command({
  title: { zh: '附议', en: 'Second' },
  words: { zh: ['附议'], en: ['second'] },
  from: ['proposed'],
  to: ['proposed', 'notice', 'open'],
  by: seat,
  style: 'primary',
  run: async (world) => {
    const { db, actor, case: c, subject: m, now } = world;
    const rule = ruleNow(world, m.matter);
    const seatId = await ownSeat(db, actor);
    if (seatId === undefined) throw new Error('a seat holder without a seat');
    const mover = await db.seat.findFirst({ where: { holderId: m.moverId }, select: { id: true } });
    if (m.moverId === actor.id || mover?.id === seatId) return { refuse: said.ownMotion(c) };
    if (m.seconds.some((one) => one.seatId === seatId)) return { refuse: said.secondedAlready(c) };
    await db.second.create({ data: { motionId: c.id, seatId, personId: actor.id, at: now } });
    const count = m.seconds.length + 1;
    if (count < rule.seconds) return { to: 'proposed', reply: said.seconded(c, count, rule) };
    const next = await onNotice(await reload(world, 'proposed'));
    return {
      ...next,
      reply: said.seconded(c, count, rule),
      tell: [{ to: person(m.moverId), say: said.secondedForMover(c) }, ...(next.tell ?? [])],
    };
  },
});

export const secondsAreLate = council.alarm({
  title: { zh: '已提醒附议', en: 'a reminder to second' },
  kind: 'reminder',
  when: ['proposed'],
  to: ['proposed'],
  run: async (world) => {
    const { case: c, subject: m, now, calendar } = world;
    const rule = ruleNow(world, m.matter);
    return {
      to: 'proposed',
      tell: [
        { to: room('council'), say: said.secondsWanted(c, m, rule), choices: ['second'] },
        { to: person(m.moverId), say: said.stillUnseconded(c, m.seconds.length, rule) },
      ],
      wake: [{ alarm: 'secondsAreLate', at: calendar.workdaysAfter(now, 5) }],
    };
  },
});

export const noticeEnds = council.alarm({
  title: { zh: '公告期满', en: 'the notice ended' },
  kind: 'deadline',
  when: ['notice'],
  to: ['notice', 'open'],
  run: async (world) => {
    const { case: c, subject: m, now, calendar } = world;
    if (m.means === 'circulation') return openBallot(world);
    if (m.meetingId !== null) return { to: 'notice' };
    return {
      to: 'notice',
      tell: [{ to: everyone('chair'), say: said.readyForMeeting(c, m), choices: ['schedule', 'open'] }],
      wake: [{ alarm: 'meetingIsLate', at: calendar.workdaysAfter(now, 5) }],
    };
  },
});

export const meetingIsLate = council.alarm({
  title: { zh: '已提醒安排会议', en: 'a reminder to put it on an agenda' },
  kind: 'reminder',
  when: ['notice'],
  to: ['notice'],
  run: async ({ case: c, subject: m, now, calendar }) => ({
    to: 'notice',
    tell: [{ to: everyone('chair'), say: said.readyForMeeting(c, m), choices: ['schedule', 'open'] }],
    wake: [{ alarm: 'meetingIsLate', at: calendar.workdaysAfter(now, 5) }],
  }),
});

export const schedule = council.command({
  title: { zh: '列入会议', en: 'Put on an agenda' },
  words: { zh: ['列入'], en: ['schedule'] },
  from: ['notice', 'noQuorum'],
  to: ['notice'],
  by: office,
  ask: {
    meeting: text({
      label: { zh: '会议编号', en: 'Meeting' },
      ask: {
        zh: '列入哪次会议？请写编号，如 K-1。',
        en: 'Which meeting? Please give its number, as in K-1.',
      },
      max: 20,
    }),
  },
  run: async (world) => {
    const { db, args, case: c, subject: m, calendar } = world;
    const rule = ruleNow(world, m.matter);
    if (c.state === 'noQuorum' && !rule.withoutQuorum.some((one) => one.step === 'meet')) {
      return { refuse: said.notAmongTheSteps(c) };
    }
    const ref = normalise(args.meeting).toUpperCase();
    const meeting = await db.meeting.findFirst({
      where: { case: { ref, state: { in: ['called', 'sitting'] } } },
      include: { case: { select: { ref: true } } },
    });
    if (!meeting) return { refuse: said.noSuchMeeting(args.meeting) };
    const { opensAt } = m;
    if (opensAt && meeting.startsAt < opensAt)
      return { refuse: said.meetingTooSoon(c, meeting.case.ref, opensAt, calendar) };
    await db.motion.update({
      where: { caseId: c.id },
      data: { meetingId: meeting.caseId, means: 'meeting' },
    });
    const message = said.scheduled(c, m, meeting.case.ref, meeting.startsAt, calendar);
    return {
      to: 'notice',
      reply: message,
      tell: [{ to: room('council'), say: message }],
      wake: [{ alarm: 'meetingIsLate', at: calendar.workdaysAfter(meeting.startsAt, 1) }],
    };
  },
});

export const withdraw = council.command({
  title: { zh: '撤回议案', en: 'Withdraw' },
  words: { zh: ['撤回'], en: ['withdraw'] },
  from: ['proposed', 'notice', 'open', 'tied', 'noQuorum'],
  to: ['withdrawn'],
  by: opener,
  style: 'danger',
  run: async ({ db, case: c, subject: m, now }) => {
    if (m.originId !== null) return { refuse: said.referred(c) };
    await endBallots(db, c.id, now);
    return {
      to: 'withdrawn',
      reply: said.withdrawn(c, m),
      tell: [{ to: room('council'), say: said.withdrawn(c, m) }],
    };
  },
});

/** Rung by the case that put the matter here, when it is withdrawn there. */
export const originIsGone = council.alarm({
  title: { zh: '原事项已撤回', en: 'the matter was withdrawn' },
  kind: 'deadline',
  when: ['proposed', 'notice', 'open', 'tied', 'noQuorum', 'carried', 'lost', 'challenged'],
  to: ['withdrawn'],
  run: async ({ db, case: c, subject: m, now }) => {
    await endBallots(db, c.id, now);
    return { to: 'withdrawn', tell: [{ to: room('council'), say: said.withdrawn(c, m) }] };
  },
});

/** Ends what is open without a count; choices of a secret ballot go unopened. */
const endBallots = async (db: Db, motionId: string, now: Date): Promise<void> => {
  await db.ballot.updateMany({
    where: { motionId, closedAt: null },
    data: { closedAt: now, sealedUnder: null },
  });
  await db.vote.updateMany({ where: { ballot: { motionId } }, data: { sealed: null } });
};

/** Before it is open an amendment is just another text; afterwards those who voted are asked to confirm. */
export const amend = council.command({
  title: { zh: '修正议案', en: 'Amend' },
  words: { zh: ['修正'], en: ['amend'] },
  from: ['proposed', 'notice', 'open'],
  to: ['proposed', 'notice', 'open'],
  by: oneOf(opener, role('chair')),
  ask: {
    text: text({
      label: { zh: '修正后的正文', en: 'Amended text' },
      ask: { zh: '请写下修正后的完整正文：', en: 'Please write the whole amended text:' },
      long: true,
    }),
  },
  run: async ({ db, args, actor, case: c, subject: m, now, calendar }) => {
    if (args.text === m.text) return { refuse: said.nothingAmended(c) };
    const version = m.version + 1;
    await db.motion.update({ where: { caseId: c.id }, data: { text: args.text, version } });
    await db.motionText.create({
      data: { motionId: c.id, version, text: args.text, personId: actor.id, at: now },
    });
    const because = { zh: `第 ${version} 版`, en: `version ${version}` };
    const news = said.amended(c, m.text, args.text, version);
    if (c.state !== 'open') {
      return {
        to: c.state,
        reply: said.amendedForMover(c, version),
        because,
        tell: [{ to: room('council'), say: news }],
      };
    }
    const ballot = lastBallot(m);
    const soonest = calendar.workdaysAfter(now, 1);
    const closesAt = ballot.closesAt < soonest ? soonest : ballot.closesAt;
    await db.ballot.update({ where: { id: ballot.id }, data: { closesAt } });
    const votes = await db.vote.findMany({
      where: { ballotId: ballot.id, supersededAt: null },
      select: { personId: true },
      orderBy: { seat: { key: 'asc' } },
    });
    return {
      to: 'open',
      reply: said.amendedForMover(c, version),
      because,
      tell: [
        { to: room('council'), say: news },
        ...[...new Set(votes.map((vote) => vote.personId))].map((id) => ({
          to: person(id),
          say: said.pleaseConfirm(c, m.text, args.text, version, closesAt, calendar),
          choices: ['keep', ...ways] as const,
        })),
      ],
      wake: [{ alarm: 'closes', at: closesAt }],
    };
  },
});
