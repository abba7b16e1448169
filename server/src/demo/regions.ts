// Where the demo's customers are: cities, streets, people's names, and numbers that nobody has. Where a country keeps
// numbers for fiction (Ofcom, NANP 555-01XX, ACMA, ARCEP, Bundesnetzagentur) it is one of those; China keeps none, so
// that its numbers carry a block of zeros.
import type { Seeded } from './seed.ts';

export type Region = 'cn' | 'uk' | 'us' | 'au' | 'de' | 'fr';

type Place = { city: string; code: string };

export type RegionFacts = {
  places: readonly Place[];
  streets: readonly string[];
  line: (dice: Seeded, code: string) => string;
  mobile: (dice: Seeded) => string;
  given: readonly string[];
  family: readonly string[];
};

const digits = (dice: Seeded, count: number) => String(dice.whole(0, 10 ** count - 1)).padStart(count, '0');

const places = (text: string): Place[] =>
  text.split(', ').map(pair => {
    const [city = '', code = ''] = pair.split('=');
    return { city, code };
  });

const words = (text: string) => text.split(' ');

export const regions: Record<Exclude<Region, 'cn'>, RegionFacts> = {
  uk: {
    places: places(
      'London=20 7946, Manchester=161 496, Leeds=113 496, Birmingham=121 496, Bristol=117 496, Glasgow=141 496, Edinburgh=131 496',
    ),
    streets: ['Canal Street', 'Mill Lane', 'Quayside', 'Station Approach', 'Foundry Road', 'Weavers Yard'],
    line: (dice, code) => `+44 ${code} 0${digits(dice, 3)}`,
    mobile: dice => `+44 7700 900${digits(dice, 3)}`,
    given: words(
      'Oliver Amelia Harriet George Priya Callum Imogen Rhys Fiona Tobias Zara Hamish Bethan Edmund',
    ),
    family: words(
      'Whitcombe Aldridge Farrow Nasir Pemberton Lockhart Osei Marlowe Thackeray Bainbridge Quill Hadley',
    ),
  },
  us: {
    places: places(
      'Seattle=206, Austin=512, Chicago=312, Boston=617, Denver=303, Atlanta=404, Portland=503, San Diego=619, Vancouver=604, Toronto=416',
    ),
    streets: [
      'Harbor Avenue',
      'Industrial Way',
      'Lakeview Drive',
      'Commerce Street',
      'Orchard Road',
      'Pier 14',
    ],
    line: (dice, code) => `+1 ${code}-555-01${digits(dice, 2)}`,
    mobile: dice => `+1 ${dice.pick(['213', '415', '646', '702', '786', '917'])}-555-01${digits(dice, 2)}`,
    given: words('Mason Olivia Tyrell Carmen Wyatt Naomi Diego Hannah Marcus Elena Trevor Kiara Joel Sofia'),
    family: words(
      'Delgado Whitaker Nakamura Brooks Castellano Ivers Holloway Mbeki Sandoval Pruitt Lindqvist Rourke',
    ),
  },
  au: {
    places: places('Sydney=2, Melbourne=3, Brisbane=7, Perth=8'),
    streets: ['Wharf Road', 'Collins Lane', 'Banksia Street', 'Depot Road'],
    line: (dice, code) => `+61 ${code} 5550 ${digits(dice, 4)}`,
    mobile: dice => `+61 491 570 ${dice.pick(['006', '156', '157', '158', '159', '110', '313', '737'])}`,
    given: words('Lachlan Matilda Jarrah Chloe Angus Freya Declan Ruby'),
    family: words('Kershaw Dunstan Papadakis Wheelan Tran Gallagher Mercer Ashby'),
  },
  de: {
    places: places('Berlin=30 23125, Hamburg=40 66969, Frankfurt=69 90009, Köln=221 4710, München=89 99998'),
    streets: ['Lagerstraße', 'Am Speicher', 'Industriepark', 'Ahornallee'],
    line: (dice, code) => `+49 ${code} ${digits(dice, 3)}`,
    mobile: dice => `+49 171 39200${digits(dice, 2)}`,
    given: words('Jonas Annika Matthias Svenja Lukas Greta Torsten Helene Emre Katrin'),
    family: words('Brandhorst Lehmkuhl Yıldız Petersen Wiechert Sommerfeld Kropp Eichendorf'),
  },
  fr: {
    places: places('Paris=1 99 00, Nantes=2 61 91, Lyon=4 65 71, Bordeaux=5 36 49'),
    streets: ['rue des Tisserands', 'quai du Port', 'avenue des Ateliers', 'chemin de la Halle'],
    line: (dice, code) => `+33 ${code} ${digits(dice, 2)} ${digits(dice, 2)}`,
    mobile: dice => `+33 6 39 98 ${digits(dice, 2)} ${digits(dice, 2)}`,
    given: words('Élodie Bastien Camille Hugo Manon Yanis Solène Mathis'),
    family: words('Garnier-Roux Delacourt Benali Marchetti Vasseur Lemoine Pichon Astier'),
  },
};

/** Chinese places, each with a district that has the streets below. */
export const chinesePlaces = words(
  '上海=021=闵行区 杭州=0571=余杭区 宁波=0574=北仑区 苏州=0512=吴中区 深圳=0755=龙岗区 广州=020=番禺区 青岛=0532=城阳区 厦门=0592=集美区 义乌=0579=稠城街道 佛山=0757=顺德区 成都=028=双流区 武汉=027=江夏区 天津=022=滨海新区 东莞=0769=虎门镇 温州=0577=瓯海区 无锡=0510=锡山区',
).map(triple => {
  const [city = '', code = '', district = ''] = triple.split('=');
  return { city, code, district };
});

export const chineseStreets = words(
  '创业路 兴工路 望海路 科技大道 金桥路 桂花街 临港大道 丰收路 文昌路 银杏街',
);

export const chineseLine = (dice: Seeded, code: string) => `${code}-5550${digits(dice, 4)}`;

const prefixes = words('133 135 136 137 138 139 150 151 156 158 159 177 180 181 186 187 188 189 191 199');

export const chineseMobile = (dice: Seeded) => `${dice.pick(prefixes)} 0000 ${digits(dice, 4)}`;

const romanised = (text: string) =>
  words(text).map(pair => {
    const [sign = '', latin = ''] = pair.split('=');
    return { sign, latin };
  });

export const chineseFamilies = romanised(
  '王=wang 李=li 张=zhang 刘=liu 陈=chen 杨=yang 黄=huang 赵=zhao 吴=wu 周=zhou 徐=xu 孙=sun 马=ma 朱=zhu 胡=hu 郭=guo 何=he 高=gao 林=lin 罗=luo 郑=zheng 梁=liang 谢=xie 宋=song 唐=tang 许=xu 韩=han 冯=feng 邓=deng 曹=cao 彭=peng 曾=zeng 肖=xiao 田=tian 董=dong 潘=pan 袁=yuan 蔡=cai 蒋=jiang 余=yu 欧阳=ouyang 吕=lv',
);

export const chineseMen = romanised(
  '建国=jianguo 志强=zhiqiang 海涛=haitao 俊杰=junjie 文博=wenbo 国栋=guodong 明辉=minghui 一鸣=yiming 振华=zhenhua 子轩=zixuan 立新=lixin 宏伟=hongwei 磊=lei 勇=yong 斌=bin 超=chao 浩然=haoran 永康=yongkang',
);

export const chineseWomen = romanised(
  '丽华=lihua 晓燕=xiaoyan 雪梅=xuemei 婷婷=tingting 佳怡=jiayi 思敏=simin 春燕=chunyan 雨桐=yutong 秀英=xiuying 梦瑶=mengyao 慧敏=huimin 静=jing 芳=fang 敏=min 琳=lin 颖=ying 欣怡=xinyi 若兰=ruolan',
);
