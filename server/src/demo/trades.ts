// What the demo's customers deal in, and the parts their names are made of.

export type Trade = {
  /** The industry as it stands in the record: for readers of either language. */
  industry: string;
  zh: readonly string[];
  en: readonly string[];
  slug: string;
  products: { zh: readonly string[]; en: readonly string[] };
};

export const trades: readonly Trade[] = [
  {
    industry: '家居 Home',
    zh: ['家居用品', '家具', '生活用品'],
    en: ['Furnishings', 'Homeware', 'Interiors'],
    slug: 'home',
    products: {
      zh: ['竹制收纳架', '餐具套装', '香薰摆件'],
      en: ['bamboo shelving', 'dinner sets', 'table lamps'],
    },
  },
  {
    industry: '五金 Hardware',
    zh: ['五金制品', '工具', '紧固件'],
    en: ['Hardware', 'Tools', 'Fasteners'],
    slug: 'tools',
    products: {
      zh: ['不锈钢合页', '扳手套装', '自攻螺丝'],
      en: ['steel hinges', 'wrench sets', 'wood screws'],
    },
  },
  {
    industry: '纺织 Textiles',
    zh: ['纺织', '服饰', '面料'],
    en: ['Textiles', 'Apparel', 'Linens'],
    slug: 'textile',
    products: {
      zh: ['纯棉床品', '功能面料', '羊毛围巾'],
      en: ['cotton bedding', 'stretch fabric', 'wool scarves'],
    },
  },
  {
    industry: '电子 Electronics',
    zh: ['电子科技', '智能科技', '电器'],
    en: ['Electronics', 'Devices', 'Components'],
    slug: 'tech',
    products: {
      zh: ['充电模块', '温控面板', '蓝牙音箱'],
      en: ['charging modules', 'thermostats', 'speakers'],
    },
  },
  {
    industry: '食品 Food',
    zh: ['食品', '茶业', '调味品'],
    en: ['Foods', 'Tea Merchants', 'Provisions'],
    slug: 'foods',
    products: {
      zh: ['有机绿茶', '干香菇', '坚果礼盒'],
      en: ['green tea', 'dried mushrooms', 'nut gift boxes'],
    },
  },
  {
    industry: '建材 Building',
    zh: ['建材', '卫浴', '门窗'],
    en: ['Building Supplies', 'Bathrooms', 'Flooring'],
    slug: 'build',
    products: {
      zh: ['岩板台面', '铝合金门窗', '恒温花洒'],
      en: ['stone worktops', 'window frames', 'shower sets'],
    },
  },
  {
    industry: '户外 Outdoor',
    zh: ['户外用品', '体育用品', '旅游用品'],
    en: ['Outdoor', 'Sports', 'Camping'],
    slug: 'outdoor',
    products: { zh: ['折叠露营椅', '便携帐篷', '登山杖'], en: ['folding chairs', 'tents', 'trekking poles'] },
  },
  {
    industry: '玩具 Toys',
    zh: ['玩具', '文创', '母婴用品'],
    en: ['Toys', 'Gifts', 'Nursery'],
    slug: 'toys',
    products: {
      zh: ['木制积木', '毛绒玩偶', '儿童推车'],
      en: ['wooden blocks', 'plush animals', 'strollers'],
    },
  },
  {
    industry: '物流贸易 Trade',
    zh: ['进出口', '国际贸易', '供应链'],
    en: ['Trading', 'Imports', 'Supply'],
    slug: 'trade',
    products: { zh: ['混装整柜', '拼箱货物', '包装纸箱'], en: ['mixed containers', 'part loads', 'cartons'] },
  },
];

export const chineseBrand = {
  first:
    '锦=jin 恒=heng 瑞=rui 嘉=jia 博=bo 鸿=hong 远=yuan 润=run 盛=sheng 景=jing 泰=tai 云=yun 和=he 顺=shun 德=de 启=qi 卓=zhuo 凌=ling 沐=mu 朗=lang',
  second:
    '源=yuan 达=da 丰=feng 通=tong 泽=ze 航=hang 诚=cheng 昌=chang 晟=sheng 森=sen 创=chuang 诺=nuo 宇=yu 禾=he 辰=chen 越=yue 凯=kai 信=xin 舟=zhou 澜=lan',
} as const;

export const chineseForms = ['有限公司', '有限公司', '有限公司', '有限公司', '股份有限公司', '商行'] as const;

export const latinBrand = {
  first:
    'Harbour North Bracken Tide Amber Copper Willow Stone Fern Cedar Marsh Linden Ember Falcon Heron Juniper Larch Mallow Orchard Pebble Quarry Rowan Saffron Thistle',
  second: 'line gate field water ridge brook haven mere ford well wick combe stead moor cliff dale',
} as const;

export const latinForms = {
  uk: ['Ltd', 'Ltd', 'LLP', '& Sons Ltd'],
  us: ['Inc.', 'LLC', 'Co.', 'Corp.'],
  au: ['Pty Ltd'],
  de: ['GmbH', 'GmbH', 'KG'],
  fr: ['SARL', 'SAS'],
} as const;

export const sources = {
  '展会 Trade fair': 26,
  '转介绍 Referral': 22,
  '官网 Website': 18,
  '平台询盘 Marketplace': 20,
  '电话开发 Cold call': 9,
  '老客户 Returning': 5,
} as const;

export const levels = { A: 18, B: 47, C: 35 } as const;

export const tags = {
  zh: ['重点客户', '账期30天', '需要打样', '价格敏感', '独家代理', '年度框架', '样品已寄', '春季新品'],
  en: [
    'key account',
    'net 30',
    'samples sent',
    'price-sensitive',
    'private label',
    'spring range',
    'repeat order',
  ],
} as const;

export const titles = {
  zh: ['总经理', '采购经理', '采购专员', '外贸经理', '产品经理', '财务主管', '仓储主管', '创始人'],
  en: [
    'Managing director',
    'Head of buying',
    'Buyer',
    'Product manager',
    'Operations lead',
    'Accounts',
    'Founder',
  ],
} as const;
