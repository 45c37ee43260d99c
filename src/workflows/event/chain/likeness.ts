/** What words look like. Only guesses: a directory, where there is one, has the last word. */

// The common family names. Some of them (石, 金, 江) begin names of places as well.
const surnames = new Set(
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢岳齐梅莫庄辛管祝左涂谷祁舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲游阳裴卫查屈鲍位覃霍翁隋甘景包司柏宁柯阮桂闵柴华冉房边辜吉饶刁瞿戚丘古池滕晋苑邬臧苟全褚廉简娄盖符奚穆燕郎邸冀谈姬屠连郜晏栾郁商蒙喻揭窦迟宇敖糜鄢冷卓花仇艾蓝巩稽仲乐虞卞封冼楚佟栗匡宗巫鞠僧荆谌岑习蔺酆常',
);
const doubleSurnames =
  /^(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|长孙|宇文|夏侯|端木|南宫|西门|独孤)/;

const han = /^\p{Script=Han}+$/u;

/** Two to four characters that begin with a family name, or a name with a dot: 阿依古丽·买买提. Takes plain words. */
export const looksLikeName = (plain: string): boolean => {
  if (/^\p{Script=Han}{2,8}[·•・]\p{Script=Han}{1,8}$/u.test(plain)) return true;
  if (!han.test(plain)) return false;
  if (doubleSurnames.test(plain)) return plain.length >= 3 && plain.length <= 4;
  return plain.length >= 2 && plain.length <= 3 && surnames.has(plain.charAt(0));
};

export const beginsLikeName = (plain: string): boolean =>
  surnames.has(plain.charAt(0)) || doubleSurnames.test(plain);

/** Two or three capitalised words: Oliver Grant. Takes words as they were typed. */
export const looksLikeLatinName = (shown: string): boolean =>
  /^\p{Lu}[\p{Ll}'’-]+(?:\p{Lu}\p{Ll}+)?(?: (?:\p{Lu}\.?|de|da|van|von|bin|al))?(?: \p{Lu}[\p{L}'’-]+){1,2}$/u.test(
    shown,
  );

const places =
  /(?:园区|园|小镇|公司|中心|集团|基地|工坊|文创|文化|谷|工作室|大学|学院|学校|协会|联盟|秘书处|委员会|管委会|商会|研究院|研究所|博物馆|美术馆|剧院|书店|资本|基金|创投|投资|银行|局|厅|街区|码头|工厂|村|镇|城|传媒|影视|科技|社|厂|坊|馆|院|委|办|署|电视台|日报|晚报|陶艺)$/u;
const latinPlaces =
  /\b(?:park|town|valley|cent(?:er|re)|hub|ltd|llc|inc|group|studios?|capital|ventures|university|college|school|museum|gallery|alliance|foundation|association|institute|theatre|theater|village|factory|district|partners|secretariat|bureau|council)\b/;

export const looksLikePlace = (plain: string): boolean =>
  latinPlaces.test(plain) || (places.test(plain) && !looksLikeName(plain) && plain.length > 2);

const announced =
  /截止|截至|截稿|报名|接龙|接力|时间|地点|地址|集合|费用|人均|温馨|提示|提醒|谢谢|感谢|辛苦|周[一二三四五六日末]|星期|大家|名额|人数|满员|候补|通知|联系|备注|注意|请|活动|会议|说明|要求|须知|附件|链接|安排|上午|下午|晚上|中午|明天|今天|后天|收到|各位|同事们|老师们|家人们|朋友们|所有|以上|以下|如下|欢迎|方案|任何|马上|开始|结束|成功|已满|还有|还差|还剩|缺|加油|祝|deadline|please|thank|before|until|welcome|reply|^date|^time|^place|^venue|^where|^when|\d月|[。!?？]|https?:/;

/** Words of an announcement rather than of somebody who comes. */
export const looksAnnounced = (plain: string): boolean => announced.test(plain);

const spoken =
  /[我你您咱俺吗呢]|^(?:请|可能|应该|因为|由于|如果|大家|谢谢|感谢|辛苦|需|须|不得|禁止|不要|自备|自带|提前|务必)|(?:一下|谢谢|感谢|辛苦了|[了吧啊哦呀])$|\b(?:i'm|i'll|we'll|please|thanks?)\b|(?:\p{L}+ ){4}/u;

const talk = /[想问能会这那把还要很太都怎么什]/;

/** A sentence, or a part of one. */
export const looksSpoken = (plain: string): boolean =>
  spoken.test(plain) ||
  (han.test(plain.replace(/[a-z]+/g, '')) && plain.length > 6 && talk.test(plain)) ||
  (han.test(plain) && plain.length > 20) ||
  plain.length > 60;
