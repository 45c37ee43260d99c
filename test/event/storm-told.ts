/** What the desk told somebody about where they stand, read from the words that reached them. */

export type Stands = 'going' | 'waiting' | 'held' | 'out';
export type Told = {
  readonly kind: 'standing' | 'offer' | 'declined' | 'other';
  /** By name; the one who is spoken to is “self”. */
  readonly of: ReadonlyMap<string, Stands>;
  /** Behind how many those of them wait who do. */
  readonly ahead?: number;
  readonly text: string;
};

export const self = 'self';

const named = (names: string, stands: Stands): [string, Stands][] =>
  names.split(/、|, /).map((name) => [name.trim(), stands]);

const words: Readonly<Record<string, Stands>> = {
  已报名: 'going',
  候补中: 'waiting',
  '名额保留中，待答复': 'held',
  'signed up': 'going',
  'on the waitlist': 'waiting',
  'kept a place, to be answered': 'held',
};
const standing = Object.keys(words).join('|');
/** “宾客7+1 候补中”, “Guest7+1: on the waitlist”, as they stand in lists. */
const item = new RegExp(`(?:^|[：；\\n]|[:;] )([^\\s：；:;]+)(?: |: )(${standing})`, 'gu');

const listed = (text: string): [string, Stands][] =>
  [...text.matchAll(item)].map(([, name = '', word = '']) => [name, words[word] ?? 'out']);

type Reading = readonly [
  RegExp,
  (found: RegExpExecArray, text: string) => { kind?: Told['kind']; of: [string, Stands][] },
];

const title = '(?:《[^》]*》| “[^”]*”)';
const line = (source: string): RegExp => new RegExp(source.replaceAll('TITLE', `W-1${title}`), 'u');

const readings: readonly Reading[] = [
  // Signed up
  [line('^已报名：TITLE。|^You are signed up: TITLE\\.'), () => ({ of: [[self, 'going']] })],
  [
    line('^已报名：TITLE（([^）]+)）；(.+?)进入候补'),
    ([, going = '', waiting = '']) => ({ of: [...named(going, 'going'), ...named(waiting, 'waiting')] }),
  ],
  [
    line('^Signed up for TITLE: ([^;]+); (.+?) on the waitlist \\('),
    ([, going = '', waiting = '']) => ({ of: [...named(going, 'going'), ...named(waiting, 'waiting')] }),
  ],
  [
    line('^(?:已报名：TITLE（([^）]+)）。|You are signed up: TITLE \\(([^)]+)\\)\\.)'),
    ([, zh, en = '']) => ({ of: named(zh ?? en, 'going') }),
  ],
  [
    line('^(?:TITLE名额已满，您已进入候补|TITLE: all places are taken\\. You are on the waitlist now)'),
    () => ({ of: [[self, 'waiting']] }),
  ],
  [
    line('^(?:TITLE名额已满，(.+?)已进入候补|TITLE: all places are taken\\. (.+?): all on the waitlist now)'),
    ([, zh, en = '']) => ({ of: named(zh ?? en, 'waiting') }),
  ],
  // Said once more, or asked for
  [
    line('^(?:(\\S+?)已在TITLE的候补名单上|(\\S+) is on the waitlist of TITLE already)'),
    ([, zh, en = '']) => ({ of: named(zh ?? en, 'waiting') }),
  ],
  [
    line(
      '^(?:已经在TITLE的名单上了|Already on the list of TITLE)|^TITLE，候补共|^TITLE, .* on the waitlist:\\n',
    ),
    (_, text) => ({ of: listed(text) }),
  ],
  // Moving up
  [
    line(
      '^(?:好消息：TITLE有名额了，为(.+?)保留到|Good news: there is room at TITLE now\\. It is kept for (.+?) until)',
    ),
    ([, zh, en = '']) => ({ kind: 'offer', of: named(zh ?? en, 'held') }),
  ],
  [
    line('^(?:名额已确认：TITLE，([^。]+)。|Confirmed: (.+?) at TITLE)'),
    ([, zh, en = '']) => ({ of: named(zh ?? en, 'going') }),
  ],
  [
    line('^(?:好的，TITLE的名额已转给下一位|All right, the place at TITLE goes to)'),
    () => ({ kind: 'declined', of: [] }),
  ],
  [line('^(?:TITLE目前没有为您保留的名额|No place is kept for you at TITLE)'), () => ({ of: [] })],
  // Leaving
  [
    line('^(?:已取消TITLE的报名：([^。]+)。|Taken off the list of TITLE: (.+?)\\. Thank)'),
    ([, zh, en = '']) => ({ of: named(zh ?? en, 'out') }),
  ],
];

const position = /前面还有 (\d+) 人|(\d+) (?:person is|people are) ahead/u;
const first = /前面没有其他人|nobody is ahead/u;

export const readTold = (text: string): Told => {
  const ahead = position.exec(text);
  const behind = ahead ? Number(ahead[1] ?? ahead[2]) : first.test(text) ? 0 : undefined;
  for (const [pattern, read] of readings) {
    const found = pattern.exec(text);
    if (!found) continue;
    const { kind = 'standing', of } = read(found, text);
    return { kind, of: new Map(of), text, ...(behind !== undefined && { ahead: behind }) };
  }
  return { kind: 'other', of: new Map(), text };
};

/** Where somebody and those with them stand, by all that they were told, and the place in the line told last. */
export const standsBy = (name: string, told: readonly Told[]) => {
  const of = new Map<string, Stands>();
  let ahead: number | undefined;
  for (const one of told) {
    if (one.kind === 'declined') for (const [who, stands] of of) if (stands === 'held') of.set(who, 'out');
    for (const [who, stands] of one.of) of.set(who === self ? name : who, stands);
    ahead = one.ahead ?? ahead;
  }
  return { of, ahead };
};
