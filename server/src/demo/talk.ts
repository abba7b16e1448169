// What the demo's salespeople write down: follow-ups, next steps and remarks, by how far a deal has come. In braces:
// {c} the contact, {p} a product, {n} a quantity.
import type { ActivityKind, CustomerStage } from '../db/tables.ts';
import type { Language } from '../problems.ts';

type Line = readonly [kind: ActivityKind, text: string];
type Phase = { said: readonly Line[]; next: readonly string[] };

export const talk: Record<Language, Record<CustomerStage, Phase>> = {
  'zh-CN': {
    new: {
      said: [
        ['call', '首次电话，前台转接，{c}开会中，约明天上午再联系。'],
        ['email', '发送公司介绍和{p}产品目录，等待回复。'],
        ['note', '名片来自展会，对{p}感兴趣，尚未报价。'],
        ['message', '加上微信，{c}说先看看样本册。'],
        ['call', '{c}说目前有固定供应商，愿意了解价格。'],
        ['note', '官网询盘，问{p}起订量和交期。'],
      ],
      next: ['电话跟进', '发送目录', '确认采购负责人', '约线上会议'],
    },
    contacted: {
      said: [
        ['call', '和{c}通话约一刻钟，主要采购{p}，年用量大概{n}件。'],
        ['email', '按要求补发{p}规格书和检测报告。'],
        ['message', '{c}要{p}的实拍图和包装尺寸，已发。'],
        ['meeting', '线上会议，介绍了产线和质检流程，对方有三人参加。'],
        ['call', '{c}反馈目录已转给技术部门，下周给意见。'],
        ['visit', '拜访客户办公室，看了样品间，现用的{p}质量一般。'],
        ['note', '客户偏好海运整柜，付款方式希望 30% 定金。'],
      ],
      next: ['寄样品', '整理报价', '回访意见', '约拜访时间'],
    },
    interested: {
      said: [
        ['email', '报价单已发：{p} {n}件，FOB 宁波，有效期 30 天。'],
        ['message', '样品已寄出，单号发给{c}。'],
        ['call', '{c}收到样品，做工认可，颜色要再浅一点。'],
        ['meeting', '技术对接会，确认{p}的尺寸公差和包装要求。'],
        ['call', '问到竞品报价，比我们低约 3%，但交期长两周。'],
        ['visit', '{c}来厂参观，重点看了打样和老化测试。'],
        ['email', '按客户图纸更新{p}报价，首单{n}件。'],
        ['note', '客户内部走立项流程，预计月底有结果。'],
      ],
      next: ['跟进样品反馈', '更新报价', '确认图纸', '安排验厂', '催立项结果'],
    },
    negotiating: {
      said: [
        ['call', '谈价格，{c}希望单价再降 2%，答应量到{n}件可以给。'],
        ['email', '发送合同草稿第二版，改了付款和违约条款。'],
        ['meeting', '和{c}、财务一起过合同，账期改为提单后 30 天。'],
        ['message', '{c}说法务还有一条意见，明天回。'],
        ['call', '确认{p}首单{n}件，等盖章。'],
        ['visit', '带样品去客户仓库，试装没有问题。'],
        ['note', '已向主管申请特价，批复有效期两周。'],
      ],
      next: ['等合同盖章', '申请特价', '确认交期', '核对账期', '催定金'],
    },
    won: {
      said: [
        ['note', '合同已签，定金到账，{p} {n}件排入下月生产。'],
        ['email', '发送装箱单和提单扫描件。'],
        ['call', '{c}确认收货，外箱有两处压痕，不影响使用。'],
        ['message', '尾款已收，开票资料发给{c}。'],
        ['visit', '回访，客户对交期满意，谈到追加{p}。'],
        ['meeting', '季度复盘，下季度预测{n}件。'],
        ['call', '返单意向，{c}要最新价格。'],
      ],
      next: ['回访使用情况', '谈返单', '对账', '寄新品样册'],
    },
    lost: {
      said: [
        ['call', '{c}告知已选其他供应商，主要是价格原因。'],
        ['email', '感谢邮件，约定半年后再联系。'],
        ['note', '项目取消，客户今年预算收紧。'],
        ['message', '{c}已离职，新负责人暂无采购计划。'],
      ],
      next: ['半年后回访'],
    },
  },
  en: {
    new: {
      said: [
        ['call', 'First call. {c} was in a meeting; reception suggests tomorrow morning.'],
        ['email', 'Sent our introduction and the {p} catalogue.'],
        ['note', 'Card from the autumn fair. Asked about {p}, no prices given yet.'],
        ['message', '{c} would like to see the sample book first.'],
        ['call', '{c} has a regular supplier but is happy to compare prices.'],
        ['note', 'Enquiry over the website: minimum order and lead time for {p}.'],
      ],
      next: ['Call back', 'Send the catalogue', 'Find out who buys', 'Set up a video call'],
    },
    contacted: {
      said: [
        ['call', 'Good quarter of an hour with {c}. They buy {p}, about {n} pieces a year.'],
        ['email', 'Sent data sheets and test reports for {p} as asked.'],
        ['message', '{c} wanted photographs and carton sizes of {p}; sent.'],
        ['meeting', 'Video call about our line and quality checks, three of them joined.'],
        ['call', '{c} has passed the catalogue on to the technical people, answer next week.'],
        ['visit', 'Visited their showroom. The {p} they have now are nothing special.'],
        ['note', 'They prefer full containers and 30% down.'],
      ],
      next: ['Send samples', 'Prepare a quote', 'Ask what they thought', 'Agree on a visit'],
    },
    interested: {
      said: [
        ['email', 'Quote sent: {n} pieces of {p}, FOB Ningbo, valid for 30 days.'],
        ['message', 'Samples are on their way; tracking number is with {c}.'],
        ['call', 'Samples arrived. {c} likes the finish, wants a lighter colour.'],
        ['meeting', 'Went through tolerances and packaging for {p} with their engineer.'],
        ['call', 'A competitor is 3% below us but needs two weeks more.'],
        ['visit', '{c} came to the factory and spent an hour at the test bench.'],
        ['email', 'New quote after their drawing, first order {n} pieces of {p}.'],
        ['note', 'They need approval from head office, expected by the end of the month.'],
      ],
      next: [
        'Ask about the samples',
        'Update the quote',
        'Confirm the drawing',
        'Arrange the audit',
        'Ask for a decision',
      ],
    },
    negotiating: {
      said: [
        ['call', '{c} asks for another 2%. Possible from {n} pieces.'],
        ['email', 'Second draft of the contract, payment and penalty clauses changed.'],
        ['meeting', 'Contract review with {c} and their accountant: 30 days from bill of lading.'],
        ['message', 'Their lawyer has one more remark, {c} will send it tomorrow.'],
        ['call', 'First order settled at {n} pieces of {p}, waiting for the signature.'],
        ['visit', 'Took samples to their warehouse; trial fitting went well.'],
        ['note', 'Asked for a special price, approved for two weeks.'],
      ],
      next: [
        'Get the signature',
        'Ask for a special price',
        'Confirm the ship date',
        'Check the credit terms',
        'Chase the deposit',
      ],
    },
    won: {
      said: [
        ['note', 'Signed and deposit received. {n} pieces of {p} go into next month’s production.'],
        ['email', 'Sent packing list and a scan of the bill of lading.'],
        ['call', '{c} confirms delivery. Two cartons dented, goods are fine.'],
        ['message', 'Balance paid, invoice sent to {c}.'],
        ['visit', 'Courtesy visit. Happy with the timing, talked about more {p}.'],
        ['meeting', 'Quarterly review, forecast {n} pieces for the next one.'],
        ['call', 'Wants to reorder; {c} asks for the current prices.'],
      ],
      next: ['Ask how it sells', 'Talk about a reorder', 'Reconcile the account', 'Send the new range'],
    },
    lost: {
      said: [
        ['call', '{c} went with another supplier, mostly on price.'],
        ['email', 'Thanked them and agreed to talk again in half a year.'],
        ['note', 'Project cancelled, no budget this year.'],
        ['message', '{c} has left; the successor is not buying for now.'],
      ],
      next: ['Try again in six months'],
    },
  },
};

export const remarks: Record<Language, readonly string[]> = {
  'zh-CN': [
    '旺季前备货，提前六周下单。',
    '仓库周三不收货。',
    '发票抬头与收货公司不同，开票前确认。',
    '要求外箱印中英文唛头。',
    '老板喜欢喝龙井，拜访可带样茶。',
    '合同用客户模板。',
  ],
  en: [
    'Stocks up for the season: orders six weeks ahead.',
    'Warehouse takes no deliveries on Wednesdays.',
    'Invoices go to the holding company; check before billing.',
    'Cartons need marks in both languages.',
    'Uses its own contract template.',
    'Prefers e-mail, rarely picks up the phone.',
  ],
};
