/** Who comes, what they bring and what they look for. */
import { type Message, say } from '../../../core/message.js';
import { joinTexts, type Text } from '../../../core/text.js';
import type { Named, Subject } from '../header.js';
import { titled } from './common.js';

export const onlyForComers = (c: Named, e: Subject): Message =>
  say(
    `这项只开放给${titled(c, e).zh}的受邀者和参加者。想参加请回复“报名 ${c.ref}”。`,
    `This is for those who are invited to ${titled(c, e).en} or come to it. To take part, please reply “sign up ${c.ref}”.`,
  );

export const isKept = (c: Named): Message =>
  say(
    `已保存，与会者可在名录里看到。回复“名录 ${c.ref}”看看还有谁来；修改请再发“供需 ${c.ref}”。`,
    `Kept; those who come can read it. “directory ${c.ref}” shows who else does, and “profile ${c.ref}” changes it.`,
  );

export type Comer = {
  readonly id: string;
  readonly name: string;
  readonly park: { readonly nameZh: string; readonly nameEn: string } | null;
  readonly profile: { readonly offers: string; readonly needs: string } | undefined;
};

export const listOfComers = (c: Named, e: Subject, comers: readonly Comer[], hasTables: boolean): Message => {
  const lines: readonly Text[] = [
    comers.length === 0
      ? { zh: '名录还是空的。', en: 'Nobody is on it yet.' }
      : {
          zh: `${comers.length} 位与会者：`,
          en: comers.length === 1 ? '1 person:' : `${comers.length} people:`,
        },
    ...(hasTables && comers.length > 0
      ? [
          {
            zh: `想和谁面谈，请回复“约见 ${c.ref} 姓名”。`,
            en: `To meet one of them, reply “meet ${c.ref}” and the name.`,
          },
        ]
      : []),
  ];
  return {
    title: { zh: `${titled(c, e).zh}名录`, en: `Who comes to ${titled(c, e).en}` },
    text: joinTexts(lines, '\n'),
    people: comers.map(({ id, name, park, profile }, at) => ({
      number: at + 1,
      personId: id,
      name,
      note: joinTexts(
        [
          park ? { zh: `（${park.nameZh}）`, en: ` (${park.nameEn})` } : { zh: '', en: '' },
          profile
            ? {
                zh: `提供：${profile.offers}；寻找：${profile.needs}`,
                en: ` offers: ${profile.offers}; looks for: ${profile.needs}`,
              }
            : { zh: '', en: '' },
        ],
        '',
      ),
    })),
  };
};
