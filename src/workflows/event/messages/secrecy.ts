/** Confidential material, and the promise that comes before it. */
import type { Calendar } from '../../../core/calendar.js';
import { type Message, say } from '../../../core/message.js';
import { joinTexts, same, type Text } from '../../../core/text.js';
import type { Named, Subject } from '../header.js';
import { moment, titled } from './common.js';

/** One text in both languages: what is promised is the same for everybody. */
export const usualPromise =
  '本次活动的资料仅供本人评估合作之用。未经组织者书面同意，不向任何第三方披露、转发或复制。\nThis material is for my own assessment of a cooperation only. I will not disclose, pass on or copy it without the organizer’s written consent.';

export const wasSet: Text = { zh: '资料已更新', en: 'the material was set' };
export const promiseMissing: Text = { zh: '请先承诺保密', en: 'a promise was asked for first' };
export const wasPromised: Text = { zh: '已承诺保密', en: 'promised to keep it confidential' };
export const wasShown: Text = { zh: '查阅了资料', en: 'read the material' };

export const isSet = (c: Named, secrecy: string | null, asksAnew: boolean): Message =>
  say(
    `${c.ref} 的资料已保存。${secrecy === null ? '查看前无需承诺保密。' : `受邀者与参加者承诺保密后，回复“资料 ${c.ref}”即可查看。`}${asksAnew ? '承诺文字有变，已承诺的人须重新确认。' : ''}查阅情况见“查阅记录 ${c.ref}”。`,
    `The material of ${c.ref} is kept. ${secrecy === null ? 'Nothing has to be promised before reading it.' : `Those invited or coming can read it with “material ${c.ref}” once they have promised to keep it confidential.`}${asksAnew ? ' The wording has changed: those who had promised are asked again.' : ''} “access ${c.ref}” shows who read it.`,
  );

export const materialMissing = (c: Named): Message =>
  say(
    `请先写明 ${c.ref} 的资料内容或链接。`,
    `Please give the material of ${c.ref}, or a link to it, first.`,
  );

export const notForYou = (c: Named, e: Subject): Message =>
  say(
    `${titled(c, e).zh}的资料只提供给受邀者和已报名者。`,
    `The material of ${titled(c, e).en} is for those who are invited or have a place.`,
  );

export const noMaterial = (c: Named, e: Subject): Message =>
  say(`${titled(c, e).zh}暂无资料。`, `There is no material for ${titled(c, e).en} yet.`);

export const pleasePromise = (c: Named, secrecy: string, hasChanged: boolean): Message => ({
  title: { zh: '保密承诺', en: 'Before you read it' },
  text: {
    zh: `${hasChanged ? '保密承诺的文字有更新，请重新确认。\n' : ''}${secrecy}\n同意请回复“承诺保密 ${c.ref}”。`,
    en: `${hasChanged ? 'The wording has changed; please confirm it again.\n' : ''}${secrecy}\nIf you agree, please reply “acknowledge ${c.ref}”.`,
  },
});

export const nothingToPromise = (c: Named): Message =>
  say(
    `${c.ref} 的资料无需承诺，回复“资料 ${c.ref}”即可查看。`,
    `Nothing has to be promised for ${c.ref}: “material ${c.ref}” shows it.`,
  );

export const here = (c: Named, e: Subject, material: string, hasJustPromised: boolean): Message => ({
  title: { zh: `${titled(c, e).zh}资料`, en: `Material of ${titled(c, e).en}` },
  text: joinTexts(
    [
      ...(hasJustPromised
        ? [{ zh: '感谢，您的承诺已记录。', en: 'Thank you, your promise is on record.' }]
        : []),
      same(material),
    ],
    '\n',
  ),
});

export type Reader = {
  readonly personId: string;
  readonly name: string;
  readonly promise: { readonly at: Date; readonly text: string } | undefined;
  readonly views: readonly Date[];
};

export const accessLog = (c: Named, e: Subject, readers: readonly Reader[], calendar: Calendar): Message => ({
  title: { zh: `${c.ref} 资料查阅记录`, en: `Who read the material of ${c.ref}` },
  text:
    readers.length === 0
      ? { zh: '还没有人查阅。', en: 'Nobody so far.' }
      : {
          zh: `${readers.filter((one) => one.promise?.text === e.secrecy).length} 人已承诺保密，${readers.filter((one) => one.views.length > 0).length} 人查阅过。`,
          en: `${readers.filter((one) => one.promise?.text === e.secrecy).length} promised to keep it confidential, ${readers.filter((one) => one.views.length > 0).length} read it.`,
        },
  people: readers.map((one, at) => ({
    number: at + 1,
    personId: one.personId,
    name: one.name,
    note: noteOn(one, e, calendar),
  })),
});

const howOften = (times: number): string => (times === 1 ? 'once' : times === 2 ? 'twice' : `${times} times`);

const noteOn = ({ promise, views }: Reader, e: Subject, calendar: Calendar): Text => {
  const outdated = promise !== undefined && promise.text !== e.secrecy;
  const last = views.at(-1);
  const parts: readonly Text[] = [
    ...(promise
      ? [
          {
            zh: `${moment(promise.at, calendar).zh}承诺${outdated ? '（旧文字）' : ''}`,
            en: `promised on ${moment(promise.at, calendar).en}${outdated ? ' (the earlier wording)' : ''}`,
          },
        ]
      : []),
    ...(last
      ? [
          {
            zh: `查阅 ${views.length} 次，最近${moment(last, calendar).zh}`,
            en: `read it ${howOften(views.length)}, last on ${moment(last, calendar).en}`,
          },
        ]
      : []),
  ];
  return {
    zh: `（${parts.map((one) => one.zh).join('；')}）`,
    en: ` (${parts.map((one) => one.en).join('; ')})`,
  };
};
