/**
 * What somebody says along with a sign-up: whom it is for, which kind of place, and whether they come only together.
 * Nothing is guessed: words of which a part is not understood are not understood at all.
 */
import { clean, type Text } from '../../core/text.js';
import { longestName, named, startsWithAnd } from './asked/names.js';
import { fold, type Piece, readersFor, scan } from './asked/words.js';

/** How many of them have to get a place for any of them to come. */
export type Take = 'all' | 'any' | number;

/** At least one person, at most 20. One alone has the take 1. Companions are people without a name. */
export type Asked = {
  readonly self: boolean;
  readonly names: readonly string[];
  readonly companions: number;
  readonly ticket: string | null;
  readonly take: Take;
};

export type TicketNames = { readonly key: string; readonly names: readonly string[] };
type Problem = { readonly problem: Text };

/** Reads who is signed up; no words mean the speaker. A problem says what can be written. */
export const readAsked = (words: string, tickets: readonly TicketNames[]): Asked | Problem => {
  // Twice, because widening a character may bring up another one that is not kept.
  const text = clean(clean(words).normalize('NFKC'));
  if (text.length > longest) return problem('内容太长了。', 'That is too long.', tickets);
  const plain = fold(text);
  if (question.test(plain))
    return problem('这里只填写为谁报名，不能提问。', 'A question can’t be read here.', tickets);
  const figure = /^\d{1,3}$/.exec(plain)?.[0];
  if (figure !== undefined) return bareFigure(figure, tickets);
  const known = readersFor(tickets);
  return conclude(named(scan(text, plain, known), known), tickets);
};

/** The same in a form that `readAsked` reads back. Its kind of place is said by its key. */
export const sayAsked = ({ self, names, companions, ticket, take }: Asked): string => {
  const size = (self ? 1 : 0) + names.length + companions;
  return [
    ...(self ? ['我'] : []),
    // After a 、 the surname 和 is no “and”.
    ...names.map((name, i) => (i === 0 && !self && startsWithAnd.test(name) ? `、${name}` : name)),
    ...(companions > 0 ? [`+${companions}`] : []),
    ...(ticket === null ? [] : [ticket]),
    ...(size === 1 || take === 'any' ? [] : [take === 'all' ? '一起' : `至少${take}个`]),
  ].join('、');
};

// 多少 may stand in 能去多少去多少.
const question =
  /\?|吗|呢|什么|怎么|为何|哪|谁|是否|能不能|可不可以|可否|有没有|如何|几点|几号|^(?:can|could|do|may|should) (?:i|we|you)\b|^how (?:many|much|do|can|is|to|long|about)\b|^(?:is|are|does|what|when|where|who|why|which)\b/u;
const longest = 1000;
const mostPeople = 20;

const conclude = (pieces: readonly Piece[], tickets: readonly TicketNames[]): Asked | Problem => {
  const unclear = unclearOf(pieces);
  if (unclear !== undefined) return notUnderstood(unclear, tickets);
  const has = (...kinds: readonly Piece['kind'][]): boolean => pieces.some((one) => kinds.includes(one.kind));
  const wanted = [...new Set(pieces.flatMap((one) => (one.kind === 'ticket' ? [one.key] : [])))];
  const takes = [...new Set(pieces.flatMap((one) => (one.kind === 'take' ? [one.take] : [])))];
  const [brought, ...broughtToo] = pieces.flatMap((one) => (one.kind === 'more' ? [one.count] : []));
  const [total, ...totals] = pieces.flatMap((one) =>
    one.kind === 'total' || one.kind === 'among' ? [one] : [],
  );
  const names = pieces.flatMap((one) => (one.kind === 'name' ? [one.name] : []));
  if (wanted.length > 1) {
    return problem(
      '一次只能选一种票，不同的票请分开报名。',
      'Please sign up for one kind of place at a time.',
      tickets,
    );
  }
  if (takes.length > 1) {
    return problem(
      '“一起”“至少几个”“能去几个去几个”只能选一种。',
      'Please choose one of “all together”, “at least 2” and “any”.',
      tickets,
    );
  }
  if (has('us') && !total) {
    return problem(
      '“我们”是几位？请写明人数，如“我们3人”。',
      'How many are you? Please give the number, such as “3 of us”.',
      tickets,
    );
  }
  const peopleAt = (kind: Piece['kind']): number => pieces.findIndex((one) => one.kind === kind);
  // +1 张三 brings Zhang San; 张三 +1 is Zhang San, who brings somebody.
  const bringsThem = brought !== undefined && names.length > 0 && peopleAt('more') < peopleAt('name');
  const namesAfter = pieces.slice(peopleAt('more') + 1).filter((one) => one.kind === 'name').length;
  const self =
    has('me', 'us') ||
    names.length === 0 ||
    bringsThem ||
    (has('with') && peopleAt('with') < peopleAt('name'));
  const unnamed = bringsThem ? 0 : (brought ?? 0);
  const said = (self ? 1 : 0) + names.length + unnamed;
  const sized = names.length > 0 || brought !== undefined;
  const size = total && (total.kind === 'among' || !sized) ? total.count : said;
  const fits =
    broughtToo.length === 0 &&
    totals.length === 0 &&
    (bringsThem ? namesAfter === brought : brought === undefined || namesAfter === 0) &&
    (!total ||
      (total.kind === 'among'
        ? sized && brought === undefined && total.count >= said
        : total.count === size));
  if (!fits || size < said) {
    return problem('写明的人与人数对不上。', 'The people and the numbers you give don’t match.', tickets);
  }
  const twice = names.find((name, i) => names.some((other, j) => j < i && fold(other) === fold(name)));
  if (twice !== undefined) return problem(`“${twice}”写了两次。`, `“${twice}” is there twice.`, tickets);
  if (size > mostPeople) {
    return problem(
      `一次最多报 ${mostPeople} 人，请分几次报名。`,
      `At most ${mostPeople} people can be signed up at once.`,
      tickets,
    );
  }
  const [take = 'any'] = takes;
  if (size === 1 && take !== 1 && takes.length > 0) {
    return problem(
      '这里只有一个人，请写明还有谁。',
      'That is one person only. Please say who else is coming.',
      tickets,
    );
  }
  if (typeof take === 'number' && take > size) {
    return problem(
      `一共只有 ${size} 人，不能要求至少 ${take} 人。`,
      `You are only ${size}; that can’t be at least ${take}.`,
      tickets,
    );
  }
  return {
    self,
    names,
    companions: size - (self ? 1 : 0) - names.length,
    ticket: wanted[0] ?? null,
    take: size === 1 ? 1 : take,
  };
};

/** The first words that mean nothing here; a 带 or a + that leads to nobody is none either. */
const unclearOf = (pieces: readonly Piece[]): string | undefined => {
  const person: readonly Piece['kind'][] = ['me', 'us', 'name', 'more', 'total', 'among'];
  for (const [at, piece] of pieces.entries()) {
    if (piece.kind === 'unclear') return piece.words;
    const next = pieces[at + 1];
    if (piece.kind === 'with' && next?.kind !== 'name') return '带';
    if (piece.kind !== 'plus') continue;
    const added = next?.kind === 'name' || next?.kind === 'me';
    if (!added || !pieces.slice(0, at).some((one) => person.includes(one.kind))) return '+';
  }
  return undefined;
};

const notUnderstood = (words: string, tickets: readonly TicketNames[]): Problem => {
  const length = [...words].length;
  if (length > longestName) {
    return problem(
      `姓名不超过 ${longestName} 字。`,
      `A name has ${longestName} characters at most.`,
      tickets,
    );
  }
  if (startsWithAnd.test(words) && length > 2) {
    return problem(
      `“${words}”有两种读法：若您也参加，请写“我${words}”；若这就是姓名，请在后面加顿号，写作“${words}、”。`,
      `“${words}” can be read in two ways. If you are coming too, write “我${words}”; if that is the name, write “${words}、”.`,
      tickets,
    );
  }
  return problem(`没有看懂“${words}”。`, `“${words}” is not clear.`, tickets);
};

const bareFigure = (figure: string, tickets: readonly TicketNames[]): Problem =>
  problem(
    `“${figure}”是指一共几人，还是另带几位？请写“${figure}人”或“+${figure}”。`,
    `Does “${figure}” count you? Please write “${figure} people” in all, or “+${figure}” besides you.`,
    tickets,
  );

const problem = (zh: string, en: string, tickets: readonly TicketNames[]): Problem => {
  const names = tickets[0]?.names ?? [];
  const ticket = {
    zh: names.find((name) => /\p{Script=Han}/u.test(name)) ?? names[0],
    en: names.find((name) => !/\p{Script=Han}/u.test(name)) ?? names[0],
  };
  return {
    problem: {
      zh:
        `${zh}可以这样写：“张三、李四”（只为他们报名）、“我和张三”、“+2”（您另带两位）、“3人”（连您共三位）；` +
        `人多时可加“一起”（要么都去）、“至少2个”或“能去几个去几个”${ticket.zh === undefined ? '' : `；也可注明票种，如“${ticket.zh}”`}。`,
      en:
        `${en} You can write “Zhang San, Li Si” (for them only), “me and Zhang San”, “+2” (you and two more) or “3 people” (with you); ` +
        `for several, also “all together”, “at least 2” or “any”${ticket.en === undefined ? '' : `; and the kind of place, such as “${ticket.en}”`}.`,
    },
  };
};
