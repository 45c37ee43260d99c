/** What is said when an event begins, and the code for its door. */
import type { Message } from '../../../core/message.js';
import { joinTexts, type Text } from '../../../core/text.js';
import type { Named, Subject } from '../header.js';
import { titled } from './common.js';

export { didNotMoveUp } from './plan.js';

export const lapsedAtStart: Text = { zh: '活动已开始，未答复', en: 'not answered before the start' };

type Figures = { readonly came: number; readonly going: number };

export const codeIs = (c: Named, e: Subject, { came, going }: Figures): Message => ({
  title: {
    zh: `${titled(c, e).zh}的签到码：${e.code}`,
    en: `The door code of ${titled(c, e).en}: ${e.code}`,
  },
  text: joinTexts(
    [
      {
        zh: '请把下面一行投屏，或做成二维码贴在门口，请到场者发给小秘：',
        en: 'Show this line on a slide, or print it as a QR code at the door, for people to send to the desk:',
      },
      { zh: `到了 ${c.ref} ${e.code}`, en: `here ${c.ref} ${e.code}` },
      {
        zh: `从现在起，本人签到须带签到码；您可以直接为别人签到，如“到了 ${c.ref} 张三”。`,
        en: `From now on people need the code to check in. You can check in others without it, as in “here ${c.ref} Zhang San”.`,
      },
      {
        zh: `已签到 ${came} 人，名单上共 ${going} 人。`,
        en: `${came} of ${going} on the list have checked in.`,
      },
    ],
    '\n',
  ),
});
