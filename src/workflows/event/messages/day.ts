/** What is said when an event begins, and the code for its door. */
import type { Message } from '../../../core/message.js';
import { joinTexts, same, type Text } from '../../../core/text.js';
import type { Named, Subject } from '../header.js';
import { titled } from './common.js';

export { didNotMoveUp } from './plan.js';

export const lapsedAtStart: Text = { zh: '活动已开始，未答复', en: 'not answered before the start' };

type AtDoor = { readonly came: number; readonly going: number; readonly page: string };

export const codeIs = (c: Named, e: Subject, { came, going, page }: AtDoor): Message => ({
  title: {
    zh: `${titled(c, e).zh}的签到码：${e.code}`,
    en: `The door code of ${titled(c, e).en}: ${e.code}`,
  },
  text: joinTexts(
    [
      {
        zh: '请把下面的网页投屏，或打印出来贴在门口，上面有签到码和二维码：',
        en: 'Show this page on a screen, or print it for the door; the code is on it, and as a QR code:',
      },
      same(page),
      { zh: '到场者发给小秘的就是这一行：', en: 'This is the line for people to send to the desk:' },
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
