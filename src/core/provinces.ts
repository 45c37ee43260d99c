import { same, type Text } from './text.js';

/** The 34 provincial-level divisions by the short names in use; the Chinese one is the id. */
export const provinces = {
  北京: { zh: '北京', en: 'Beijing' },
  天津: { zh: '天津', en: 'Tianjin' },
  河北: { zh: '河北', en: 'Hebei' },
  山西: { zh: '山西', en: 'Shanxi' },
  内蒙古: { zh: '内蒙古', en: 'Inner Mongolia' },
  辽宁: { zh: '辽宁', en: 'Liaoning' },
  吉林: { zh: '吉林', en: 'Jilin' },
  黑龙江: { zh: '黑龙江', en: 'Heilongjiang' },
  上海: { zh: '上海', en: 'Shanghai' },
  江苏: { zh: '江苏', en: 'Jiangsu' },
  浙江: { zh: '浙江', en: 'Zhejiang' },
  安徽: { zh: '安徽', en: 'Anhui' },
  福建: { zh: '福建', en: 'Fujian' },
  江西: { zh: '江西', en: 'Jiangxi' },
  山东: { zh: '山东', en: 'Shandong' },
  河南: { zh: '河南', en: 'Henan' },
  湖北: { zh: '湖北', en: 'Hubei' },
  湖南: { zh: '湖南', en: 'Hunan' },
  广东: { zh: '广东', en: 'Guangdong' },
  广西: { zh: '广西', en: 'Guangxi' },
  海南: { zh: '海南', en: 'Hainan' },
  重庆: { zh: '重庆', en: 'Chongqing' },
  四川: { zh: '四川', en: 'Sichuan' },
  贵州: { zh: '贵州', en: 'Guizhou' },
  云南: { zh: '云南', en: 'Yunnan' },
  西藏: { zh: '西藏', en: 'Tibet' },
  陕西: { zh: '陕西', en: 'Shaanxi' },
  甘肃: { zh: '甘肃', en: 'Gansu' },
  青海: { zh: '青海', en: 'Qinghai' },
  宁夏: { zh: '宁夏', en: 'Ningxia' },
  新疆: { zh: '新疆', en: 'Xinjiang' },
  香港: { zh: '香港', en: 'Hong Kong' },
  澳门: { zh: '澳门', en: 'Macao' },
  台湾: { zh: '台湾', en: 'Taiwan' },
} as const satisfies Readonly<Record<string, Text>>;

const titles: ReadonlyMap<string, Text> = new Map(Object.entries(provinces));

export const provinceTitle = (province: string): Text => titles.get(province) ?? same(province);

/** The ids, as an alliance file names them. */
export const provinceNames: readonly string[] = Object.keys(provinces);
