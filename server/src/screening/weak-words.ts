// Words that people build passwords around and that a list of words used abroad does not rank high enough.

/** What offices, this product, seasons, months and cities put into passwords. */
const office = `admin administrator administrateur root login logon signin passwd password passwort pass pwd secret master
  welcome latchkey crm erp saas user users guest demo test testing tester temp default changeme letmein hello office
  company corp sales manager system server service support account money business customer client boss team staff
  spring summer autumn fall winter january february march april june july august september october november december
  monday tuesday wednesday thursday friday saturday sunday china beijing shanghai guangzhou shenzhen hangzhou nanjing
  chengdu chongqing wuhan tianjin suzhou xian qingdao dalian xiamen hongkong taiwan zhongguo
  huawei xiaomi alibaba taobao tencent baidu weixin wechat alipay dingding`;

/** Feelings and greetings in pinyin, and what Chinese offices type. */
const pinyin = `woaini woai aini iloveyou iloveu loveyou love woaiwojia woaiziji wobuaini xiangni xihuanni laopo laogong
  laoban baobei baobao qinaide nihao nimen women haha hehe xixi mima denglu huanying gongsi xiaoshou kehu caiwu jingli
  guanliyuan guanli xitong ceshi yonghu zhanghao mimashi wodemima wangjile shengri kuaile shengrikuaile pingan jiankang
  xingfu yishengyishi yongyuan tiantian meimei didi gege jiejie mama baba wodeai facai gongxifacai zhaocaijinbao
  dajidali jixiang ruyi caonima shabi`;

const han = `密码 我的密码 我爱你 你好 欢迎 管理员 公司 客户 登录 测试 系统 销售 经理 老板 宝贝 老婆 老公 生日快乐 恭喜发财 一生一世
  发财 平安 幸福 爱你`;

export const weakWords: ReadonlySet<string> = new Set(`${office} ${pinyin} ${han}`.trim().split(/\s+/));

/** Numbers that mean something: to the ear (520: I love you), to the hand (a numeric pad), or to luck. */
export const tellingNumbers: readonly string[] =
  '5201314 1314520 1314521 7758521 7758258 5211314 520520 1314 520 521 530 584 666 888 168 518 998 911 110 119 007 147258369 147258 258369 369258 159357 159753 357159 741852963 741852 963852741 963852 789456123 789456 456123 321654987 112233 11223344 1122334455 112233445566 123321 1234321 12344321 1234554321 123454321 100200 010203 102030 1010 13579 24680 1357924680 9527 10086 10010 12306'.split(
    ' ',
  );
