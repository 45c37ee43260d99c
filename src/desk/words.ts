/** The words of the desk itself: help, mine, status, why, language, hello. */
import { type Message, say } from '../core/message.js';
import { normalise } from '../core/normalise.js';
import { type DeskWord, deskWords } from '../core/parse.js';
import { may } from '../core/people.js';
import { joinTexts, same, type Text } from '../core/text.js';
import type { Command, Workflow } from '../core/workflow.js';
import { type CaseRow, findCase, openTo, stateTitle } from './cases.js';
import { resumeAnywhere } from './dialogues.js';
import type { PersonTurn } from './parts.js';
import { commandChoice, type PostChoice, reply } from './posts.js';
import { noSuchCase } from './refusals.js';
import { sayTrail, shortTime, trail } from './trail.js';

export const greet = (turn: PersonTurn): void => {
  const { alliance, actor } = turn;
  const name = actor.guest ? '' : actor.name;
  // An account may be new, and a network may have given somebody a new id.
  const known = actor.guest
    ? {
        zh: '如果您已在联盟登记过，请回复“绑定”。\n',
        en: 'If the alliance knows you already, reply “link”.\n',
      }
    : { zh: '', en: '' };
  reply(
    turn,
    {
      text: {
        zh: `${name ? `${name}，` : ''}您好！这里是${alliance.zh}的联盟小秘。${abilities(turn).zh}\n${known.zh}随时回复“帮助”查看全部功能。`,
        en: `Hello${name ? `, ${name}` : ''}! This is the desk of the ${alliance.en}. ${abilities(turn).en}\n${known.en}Reply “help” at any time to see all I can do.`,
      },
    },
    { choices: openings(turn).map(commandChoice) },
  );
};

const openings = (turn: PersonTurn): readonly Command[] =>
  turn.registry.workflows
    .flatMap((one) => one.commands)
    .filter((command) => command.from === 'new' && may(command.by, turn.actor, undefined));

const abilities = (turn: PersonTurn): Text => {
  const what = openings(turn);
  return what.length === 0
    ? { zh: '', en: '' }
    : {
        zh: `可以直接回复：${what.map((one) => `“${one.words.zh[0]}”`).join('、')}。`,
        en: `You can simply reply: ${what.map((one) => `“${one.words.en[0]}”`).join(', ')}.`,
      };
};

/** What one can send: by kind of case at first, and all of a kind when it is named. */
export const help = async (turn: PersonTurn, about: string): Promise<void> => {
  const wanted = normalise(about);
  const named = turn.registry.workflows.find((one) =>
    [one.prefix, one.title.zh, one.title.en].some((name) => normalise(name) === wanted),
  );
  reply(turn, named ? await helpOn(turn, named) : overview(turn));
};

const example = (workflow: Workflow, command: Command): Text => {
  const ref = typeof command.from === 'string' ? '' : ` ${workflow.prefix}-1`;
  return {
    zh: `${command.words.zh[0]}${ref}${command.title.zh === command.words.zh[0] ? '' : `　${command.title.zh}`}`,
    en: `${command.words.en[0]}${ref} – ${command.title.en}`,
  };
};

const helpOn = async (turn: PersonTurn, workflow: Workflow): Promise<Message> => {
  const own = await turn.db.case.count({ where: { openedBy: turn.actor.id } });
  const lines = workflow.commands
    .filter((command) => (own > 0 ? mightEver(turn, command) : may(command.by, turn.actor, undefined)))
    .map((command) => example(workflow, command));
  return lines.length === 0
    ? say('这类事项目前没有您可以办的。', 'There is nothing of this kind that you could do.')
    : { title: workflow.title, text: joinTexts(lines, '\n') };
};

const overview = (turn: PersonTurn): Message => {
  const kinds = turn.registry.workflows.flatMap((workflow): Text[] => {
    const starts = workflow.commands.filter(
      (command) =>
        typeof command.from === 'string' &&
        command.follows === undefined &&
        may(command.by, turn.actor, undefined),
    );
    if (starts.length === 0) return [];
    return [
      {
        zh: `${workflow.prefix} ${workflow.title.zh}：${starts.map((one) => one.words.zh[0]).join('、')}`,
        en: `${workflow.prefix} ${workflow.title.en}: ${starts.map((one) => one.words.en[0]).join(', ')}`,
      },
    ];
  });
  const [first] = turn.registry.workflows;
  const general: readonly [DeskWord, Text][] = [
    ['mine', { zh: '等您处理的和您发起的', en: 'what waits for you, and what you started' }],
    ['status', { zh: '某件事项的现状，如“状态 M-1”', en: 'where a case stands, as in “status M-1”' }],
    ['why', { zh: '一件事项的来龙去脉，如“为什么 M-1”', en: 'how it came to that, as in “why M-1”' }],
    ['continue', { zh: '接着填没填完的表', en: 'go on with a form you left' }],
    ['language', { zh: '切换中英文', en: 'switch between Chinese and English' }],
    [
      'help',
      {
        zh: `加上字母看某类事项的全部用语，如“帮助 ${first?.prefix ?? ''}”`,
        en: `with a letter, all words for that kind, as in “help ${first?.prefix ?? ''}”`,
      },
    ],
  ];
  const lines = [
    { zh: '您可以直接发送：', en: 'You can send:' },
    ...kinds,
    ...general.map(
      ([word, text]): Text => ({
        zh: `${deskWords[word].zh[0]}　${text.zh}`,
        en: `${deskWords[word].en[0]} – ${text.en}`,
      }),
    ),
  ];
  return { title: turn.alliance, text: joinTexts(lines, '\n') };
};

/** Whether the person's place in the alliance could ever allow it; the case decides in the end. */
export const mightEver = (turn: PersonTurn, command: Command): boolean =>
  may(command.by, turn.actor, {
    openedBy: turn.actor.id,
    parkId: turn.actor.parkId,
    concerns: [turn.actor.id],
  });

/** What waits for a person: cases with the commands they may give now, and the cases they opened. */
export const waitingFor = async (
  turn: PersonTurn,
): Promise<readonly { text: Text; choices: readonly PostChoice[]; caseId?: string }[]> => {
  const offered = await turn.db.offer.findMany({
    where: { personId: turn.actor.id, closedAt: null, caseId: { not: null } },
    select: { command: true, caseId: true },
    orderBy: { offeredAt: 'asc' },
  });
  const own = await turn.db.case.findMany({
    where: {
      OR: [
        { openedBy: turn.actor.id, closedAt: null },
        { id: { in: offered.flatMap((one) => one.caseId ?? []) } },
      ],
    },
    orderBy: { openedAt: 'asc' },
    take: 20,
    select: { id: true, ref: true, state: true, openedBy: true, openedAt: true, workflow: true },
  });
  return own.map((one) => {
    const commands = [
      ...new Set(offered.filter((offer) => offer.caseId === one.id).map((offer) => offer.command)),
    ];
    return {
      text: caseLine(turn, one),
      caseId: one.id,
      choices: commands.flatMap((id) => {
        const command = turn.registry.command(id);
        return command ? [commandChoice(command)] : [];
      }),
    };
  });
};

const caseLine = (turn: PersonTurn, one: CaseRow): Text => {
  const title = turn.registry.workflow(one.workflow)?.title ?? same(one.workflow);
  const state = stateTitle(turn, one);
  return { zh: `${one.ref} ${title.zh}：${state.zh}`, en: `${one.ref} ${title.en}: ${state.en}` };
};

export const mine = async (turn: PersonTurn): Promise<void> => {
  const items = await waitingFor(turn);
  const drafts = await turn.db.dialogue.findMany({
    where: { personId: turn.actor.id, status: { in: ['parked', 'open'] } },
    select: { command: true },
  });
  const draftLines = drafts.flatMap((draft): Text[] => {
    const title = turn.registry.command(draft.command)?.title;
    return title
      ? [
          {
            zh: `草稿：${title.zh}（回复“继续”接着填）`,
            en: `Draft: ${title.en} (reply “continue” to go on)`,
          },
        ]
      : [];
  });
  if (items.length === 0 && draftLines.length === 0) {
    return reply(turn, say('目前没有等您处理的事项。', 'Nothing waits for you at the moment.'));
  }
  if (draftLines.length > 0) reply(turn, { text: joinTexts(draftLines, '\n') });
  const idle = items.filter((item) => item.choices.length === 0);
  if (idle.length > 0)
    reply(turn, {
      text: joinTexts(
        idle.map((item) => item.text),
        '\n',
      ),
    });
  for (const item of items.filter((one) => one.choices.length > 0)) {
    reply(turn, { text: item.text }, { choices: item.choices, ...(item.caseId && { caseId: item.caseId }) });
  }
};

/** Of the council or the secretariat, rather than of one park alone. */
const isInsider = ({ actor }: PersonTurn): boolean =>
  actor.seats.length > 0 || actor.roles.some((role) => role !== 'contact');

/** Those who opened a case, decide on it or work on it may read about it. */
const mayRead = async (turn: PersonTurn, one: CaseRow): Promise<boolean> => {
  const { actor } = turn;
  const workflow = turn.registry.workflow(one.workflow);
  if (workflow?.open || one.openedBy === actor.id || isInsider(turn)) return true;
  const subject = await workflow?.subject(turn.db, one.id);
  if (subject?.concerns?.includes(actor.id)) return true;
  return subject?.parkId != null && subject.parkId === actor.parkId;
};

const readable = async (turn: PersonTurn, ref: string | undefined): Promise<CaseRow | Message> => {
  if (ref === undefined) {
    const latest = await turn.db.case.findFirst({
      where: { openedBy: turn.actor.id },
      orderBy: { changedAt: 'desc' },
      select: { ref: true },
    });
    if (!latest) {
      return say(
        '请写明编号，例如“状态 M-1”；回复“我的”可以看到与您有关的事项。',
        'Please add the number, as in “status M-1”, or reply “mine” to see what concerns you.',
      );
    }
    return readable(turn, latest.ref);
  }
  const one = await findCase(turn.db, ref);
  if (!one) return noSuchCase(ref);
  if (await mayRead(turn, one)) return one;
  return say(
    `${ref} 的内容只对申请人、经办人和理事会开放。如有疑问，请联系秘书处。`,
    `${ref} can only be read by its applicant, the secretariat and the council. Please ask the secretariat.`,
  );
};

export const status = async (turn: PersonTurn, ref: string | undefined): Promise<void> => {
  const one = await readable(turn, ref);
  if (!('id' in one)) return reply(turn, one);
  const last = (await trail({ ...turn, insider: false }, one.id)).at(-1);
  const options = await openTo(turn, casedCommands(turn, one), one.id);
  const since = last && shortTime(last.at, turn.timezone);
  const line = caseLine(turn, one);
  reply(
    turn,
    {
      text: {
        zh: `${line.zh}${since ? `（${since.zh}起）` : ''}`,
        en: `${line.en}${since ? ` (since ${since.en})` : ''}`,
      },
    },
    { choices: options.map((found) => commandChoice(found.command)), caseId: one.id },
  );
};

const casedCommands = (turn: PersonTurn, one: CaseRow): readonly Command[] =>
  (turn.registry.workflow(one.workflow)?.commands ?? []).filter((command) => command.from !== 'new');

export const why = async (turn: PersonTurn, ref: string | undefined): Promise<void> => {
  const one = await readable(turn, ref);
  if (!('id' in one)) return reply(turn, one);
  reply(turn, {
    title: caseLine(turn, one),
    text: sayTrail(await trail({ ...turn, insider: isInsider(turn) }, one.id), turn.timezone),
  });
};

export const language = async (turn: PersonTurn, said: string, rest: string): Promise<void> => {
  const other = turn.actor.language === 'zh' ? 'en' : 'zh';
  const named: Readonly<Record<string, 'zh' | 'en'>> = {
    中文: 'zh',
    chinese: 'zh',
    english: 'en',
    英文: 'en',
    en: 'en',
    zh: 'zh',
  };
  const wanted = named[rest.trim().toLowerCase()] ?? named[said] ?? other;
  await turn.db.person.update({ where: { id: turn.actor.id }, data: { language: wanted } });
  const changed = { ...turn, actor: { ...turn.actor, language: wanted } };
  reply(changed, say('好的，以后用中文与您联系。', 'All right, I will write to you in English from now on.'));
};

export const resume = async (turn: PersonTurn): Promise<void> => {
  if (await resumeAnywhere(turn)) return;
  reply(
    turn,
    say(
      '没有未填完的表。回复“帮助”看看我能做什么。',
      'There is no unfinished form. Reply “help” to see what I can do.',
    ),
  );
};

/** Nothing was understood: say so, with what may have been meant. */
export const puzzled = (turn: PersonTurn, text: string, near: readonly Command[]): void => {
  if (turn.actor.guest && near.length === 0 && text.length < 30) {
    greet(turn);
    return;
  }
  const hints = near.filter((command) => mightEver(turn, command));
  const words = hints.map((command) => ({ zh: `“${command.words.zh[0]}”`, en: `“${command.words.en[0]}”` }));
  reply(turn, {
    text:
      words.length > 0
        ? {
            zh: `没有完全看明白。如果想${hints.map((one) => one.title.zh).join('或')}，请回复${joinTexts(words, '或').zh}。`,
            en: `I did not quite follow. If you mean ${hints.map((one) => one.title.en).join(' or ')}, please reply ${joinTexts(words, ' or ').en}.`,
          }
        : {
            zh: '没有看明白您的意思。回复“帮助”看看我能做什么。',
            en: 'I did not follow. Reply “help” to see what I can do.',
          },
  });
};
