/** Lines of a chain that stand between its rows: headings, examples, rules. */
import type { Draft } from './draft.js';
import {
  looksAnnounced,
  looksLikeLatinName,
  looksLikeName,
  looksLikePlace,
  looksSpoken,
} from './likeness.js';
import type { Spelling } from './spelling.js';

const before = '^[-—=*【[(\\s]*';
const after = '[】\\])]?[\\s:—=*-]*$';
const waitlist = new RegExp(
  `${before}(?:候补|替补|递补|排队|waitlist|waiting list|standby)(?:名单|人员|区|席|list)?\\s?(?:\\(.{0,10}\\))?${after}`,
);
const away = new RegExp(
  `${before}(?:请假|不参加|不去|取消|退出|缺席|不能参加|已取消|not coming|cancelled|withdrawn|apologies)(?:名单|人员|的)?${after}`,
);
const kinds = new RegExp(
  `${before}(?<kind>线上|线下|现场|嘉宾|演讲嘉宾|代表|列席|观察员|投资人|投资方|媒体|记者|online|onsite|in person|speakers?|observers?|investors?|press|media|delegates?)(?:参会|参加|组|名单|人员)?${after}`,
);

/** What a heading says of the rows under it. */
export type Mode = {
  readonly waitlisted: boolean;
  readonly withdrawn: boolean;
  readonly ticket: string | null;
};

export const noMode: Mode = { waitlisted: false, withdrawn: false, ticket: null };

/** “候补名单：”, “请假：”, “线上：”. */
export const readMode = ({ plain, shown }: Spelling): Mode | undefined => {
  if (waitlist.test(plain)) return { ...noMode, waitlisted: true };
  if (away.test(plain)) return { ...noMode, withdrawn: true };
  const kind = kinds.exec(plain)?.groups?.kind;
  if (kind === undefined) return undefined;
  const at = plain.indexOf(kind);
  return { ...noMode, ticket: shown.slice(at, at + kind.length) };
};

const example =
  /^[([【]?(?:举?例|例如|例子|示例|样例|范例|比如|格式|模板|e\.?g\.?|example|sample|format)[)\]】]?(?:\s?\d{1,2})?[\s:.、,-]|^如:|[([【](?:示例|例子?|范例|样例|example|sample)[)\]】]/;
const placeholder = /某某|张某|xxx|某单位/;

/** How long the words are that open an example, 0 where they stand elsewhere; undefined for anything else. */
export const opensExample = (words: Spelling, rest: Spelling): number | undefined => {
  const opening = example.exec(words.plain);
  if (opening) return opening.index === 0 ? opening[0].length : 0;
  return example.test(rest.plain) || placeholder.test(rest.plain) ? 0 : undefined;
};

const announcement =
  /^(?:(?:活动|会议|报名|培训|集合|参会|课程)?(?:时间|地点|地址|主题|内容|费用|对象|方式|要求|须知|议程|名额|人数|日期|流程|集合)|time|date|venue|place|topic|fee|agenda)[\s:]/;
const rule = /^(?:请|须|需|不得|禁止|务必|自备|自带|提前|不要|严禁|每人|如需|如有|如果|凡|本次|名额)/;

export const namesPerson = ({ parts }: Draft): boolean =>
  parts.some(
    ({ words, role }) => role === 'name' || looksLikeName(words.plain) || looksLikeLatinName(words.shown),
  );

/** “1. 请提前十分钟到场。” is numbered, but nobody signs up with it. */
export const isRule = ({ plain }: Spelling, draft: Draft): boolean => {
  if (announcement.test(plain) || rule.test(plain)) return true;
  if (namesPerson(draft) || plain.length <= 8) return false;
  return /[;。]$/.test(plain) || (draft.parts.length === 0 && looksSpoken(plain));
};

// 主讲：李娜 tells who speaks, not who comes; 李娜：青窑 is a row.
const isTold = (plain: string, draft: Draft): boolean => {
  const label = /^([^:]{1,12}):/.exec(plain)?.[1];
  return label !== undefined && !looksLikeName(label) && draft.parts.every(({ role }) => role === null);
};

/** Whether a line without a number is a row all the same: short, with a name, and nothing of an announcement. */
export const isRow = ({ plain }: Spelling, draft: Draft): boolean =>
  plain.length <= 60 &&
  !looksAnnounced(plain.replace(/候补|替补/g, '')) &&
  !isTold(plain, draft) &&
  draft.parts.length <= 4 &&
  namesPerson(draft);

/** A line that has a telephone number or “+1” only. */
export const onlyAdds = (draft: Draft): boolean =>
  draft.parts.length === 0 && draft.notes.length === 0 && (draft.phone !== null || draft.companions !== null);

/** A line that has a park only. */
export const onlyPlaces = ({ plain }: Spelling, draft: Draft): boolean => {
  const [part, ...others] = draft.parts;
  return (
    others.length === 0 &&
    part !== undefined &&
    looksLikePlace(part.words.plain) &&
    !namesPerson(draft) &&
    !looksAnnounced(plain)
  );
};

const cutOff =
  /(?:\.\.\.|\[\.\.\.\])\s?(?:展开|展开全文|全文|查看全文|more|see more)?$|^(?:展开|展开全文|全文|查看全文|see more)$/;

/** Whether WeChat folded the text here: “…”, “展开全文”. */
export const endsFolded = ({ plain }: Spelling): boolean => cutOff.test(plain);
