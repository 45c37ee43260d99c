/** What an applicant is asked. */

import { provinces } from '../../core/provinces.js';
import { choice, creditCode, number, optional, phone, text, yesNo } from '../../core/questions.js';
import { same } from '../../core/text.js';

export const kinds = {
  design: { zh: '创意设计', en: 'Creative design' },
  film: { zh: '影视动漫', en: 'Film and animation' },
  digital: { zh: '数字内容', en: 'Digital content' },
  crafts: { zh: '工艺美术', en: 'Arts and crafts' },
  performing: { zh: '演艺音乐', en: 'Performing arts and music' },
  heritage: { zh: '文旅与遗产', en: 'Heritage and tourism' },
  mixed: { zh: '综合园区', en: 'Mixed park' },
} as const;

export const application = {
  park: text({
    label: { zh: '园区名称', en: 'Park name' },
    ask: { zh: '贵园区的名称是？', en: 'What is the name of your park?' },
    min: 2,
    max: 60,
  }),
  creditCode: creditCode({
    label: { zh: '统一社会信用代码', en: 'Credit code' },
    ask: {
      zh: '贵园区运营单位的统一社会信用代码是？',
      en: 'What is the unified social credit code of the park’s operator?',
    },
  }),
  province: choice({
    label: { zh: '省份', en: 'Province' },
    ask: {
      zh: '园区在哪个省（自治区、直辖市）？',
      en: 'Which province is the park in?',
    },
    options: provinces,
  }),
  kind: choice({
    label: { zh: '园区类型', en: 'Kind of park' },
    ask: { zh: '园区的主要类型是？', en: 'What kind of park is it, mainly?' },
    options: kinds,
  }),
  specialties: text({
    label: { zh: '特色业务', en: 'Specialities' },
    ask: {
      zh: '园区有哪些特色业务？请用一两句话说明。',
      en: 'What does the park specialise in? One or two sentences will do.',
    },
    min: 2,
    max: 200,
    long: true,
  }),
  size: optional(
    number({
      label: { zh: '入驻企业数', en: 'Resident companies' },
      ask: { zh: '目前入驻企业大约有多少家？', en: 'About how many companies are in the park?' },
      min: 0,
      max: 100_000,
    }),
  ),
  representative: text({
    label: { zh: '负责人', en: 'Head of the park' },
    ask: { zh: '园区负责人的姓名是？', en: 'Who heads the park?' },
    min: 2,
    max: 40,
    personal: true,
  }),
  contact: text({
    label: { zh: '联系人', en: 'Contact' },
    ask: { zh: '日常联系人的姓名是？', en: 'Who is the day-to-day contact?' },
    min: 2,
    max: 40,
    personal: true,
  }),
  phone: phone({
    label: { zh: '联系电话', en: 'Phone' },
    ask: { zh: '联系电话是？', en: 'What is the contact’s phone number?' },
  }),
  consent: yesNo({
    label: { zh: '同意处理个人信息', en: 'Consent to processing' },
    ask: {
      zh: '秘书处将仅为办理入会使用以上姓名和电话，您可以随时要求删除。是否同意？',
      en: 'The secretariat will use these names and the phone number for this application only, and deletes them on request. Do you agree?',
    },
  }),
  abroad: yesNo({
    label: { zh: '同意境外存储', en: 'Consent to storage abroad' },
    ask: {
      zh: '部分工作人员使用 Slack 办公，其数据存储在境外。是否同意在 Slack 上显示以上姓名和电话？不同意不影响申请，届时将隐去显示。',
      en: 'Some of the staff work on Slack, which stores data outside China. May the names and the phone number be shown there? If not, they are masked there and your application goes on all the same.',
    },
  }),
} as const;

export const kindTitle = (kind: string) =>
  Object.entries(kinds).find(([id]) => id === kind)?.[1] ?? same(kind);
