import type { Directory } from '../../../src/workflows/event/chain/match.js';

/** The parks and people that the chains of these tests are matched with. Two people are called 王伟. */
export const directory: Directory = {
  parks: [
    { id: 'qingyao', names: ['青窑陶艺文化园', '青窑', 'Qingyao Ceramic Art Park', 'Qingyao'] },
    { id: 'yunfang', names: ['云坊数字文创园', '云坊', 'Yunfang Digital Creative Park', 'Yunfang'] },
    { id: 'yuequ', names: ['越渠戏剧小镇', '越渠', 'Yuequ Theatre Town', 'Yuequ'] },
    { id: 'jinchuan', names: ['锦川非遗文化园', '锦川', 'Jinchuan Heritage Park', 'Jinchuan'] },
    { id: 'qinmo', names: ['秦陌设计谷', '秦陌', 'Qinmo Design Valley', 'Qinmo'] },
    { id: 'taoxichuan', names: ['陶溪川', 'Taoxichuan'] },
  ],
  people: [
    { id: 'li-na', name: '李娜', parkId: 'qingyao' },
    { id: 'xu-wenbin', name: '徐文斌', parkId: 'qingyao' },
    { id: 'shen-yue', name: '沈悦', parkId: 'yunfang' },
    { id: 'oliver-grant', name: 'Oliver Grant', parkId: 'yunfang' },
    { id: 'he-zhiyuan', name: '何志远', parkId: 'yuequ' },
    { id: 'qian-xiaoyu', name: '钱晓雨', parkId: 'yuequ' },
    { id: 'yang-xiumei', name: '杨秀梅', parkId: 'jinchuan' },
    { id: 'luo-jian', name: '罗健', parkId: 'jinchuan' },
    { id: 'bai-yufei', name: '白宇飞', parkId: 'qinmo' },
    { id: 'ma-xiaolan', name: '马晓岚', parkId: 'qinmo' },
    { id: 'li-wei', name: '李伟', parkId: 'taoxichuan' },
    { id: 'li-wei-en', name: 'Li Wei', parkId: 'taoxichuan' },
    { id: 'wang-wei-1', name: '王伟', parkId: 'qingyao' },
    { id: 'wang-wei-2', name: '王伟', parkId: 'yunfang' },
    { id: 'chen-jing', name: '陈静', parkId: null },
    { id: 'ouyang', name: '欧阳明月', parkId: 'jinchuan' },
    { id: 'sophie-lam', name: 'Sophie Lam', parkId: 'yuequ' },
  ],
};
