// Customer lists as other systems export them.
import iconv from 'iconv-lite';
import type { Language } from './browser.ts';

const chinese = `客户名称,联系电话,邮箱,城市,级别,阶段,备注
杭州西泠印务有限公司,0571-8703 6621,info@xiling-print.example,杭州,A,有意向,每年三月招标
苏州金鸡湖精密仪器有限公司,0512-6288 1907,sales@jjh-instruments.example,苏州,B,新客户,
绍兴镜湖纺织有限公司,0575-8512 3340,jinghu(at)textile.example,绍兴,B,已联系,邮箱待核实
无锡太湖水产有限公司,0510-8276 5518,order@taihu-fish.example,无锡,C,新客户,走冷链
南通江海船舶配件有限公司,0513-8351 0276,buyer@jianghai.example,南通,A,洽谈中,要英文合同
`;

const english = `Company,Phone,E-mail,City,Level,Stage,Remark
Harbour Lane Stationery Ltd,+44 20 7946 0321,info@harbourlane.example,London,A,Interested,Tender every March
Juniper Instruments GmbH,+49 40 5550 1184,sales@juniper-instruments.example,Hamburg,B,New,
Millbrook Textiles Ltd,+44 161 496 0177,millbrook(at)textiles.example,Manchester,B,Contacted,Check the address
Lakeside Fisheries Inc.,+1 206 555 0144,orders@lakeside.example,Seattle,C,New,Cold chain only
Northshore Marine Parts Ltd,+44 191 498 0102,buyer@northshore.example,Newcastle,A,Negotiating,Wants three quotes
`;

/** A list of five customers in which the fourth line, counted as a spreadsheet does, has a wrong e-mail address. */
export function customerFile(language: Language): { name: string; mimeType: string; buffer: Buffer } {
  const isChinese = language === 'zh-CN';
  return {
    name: isChinese ? '老客户名单.csv' : 'customers-old-system.csv',
    mimeType: 'text/csv',
    buffer: isChinese ? iconv.encode(chinese, 'gb18030') : Buffer.from(english),
  };
}

/** As many customers as asked for, under the headings of a Salesforce report, owned by somebody of the demo. */
export function manyCustomers(rows: number): { name: string; mimeType: string; buffer: Buffer } {
  const lines = Array.from({ length: rows }, (_, index) => {
    const number = String(index + 1).padStart(5, '0');
    return `Alder Wharf ${number} Ltd,+44 20 7946 ${number},https://alder${number}.example,London,Trade,2024-03-05`;
  });
  const head = 'Account Name,Phone,Website,Billing City,Industry,Created Date';
  return {
    name: 'report1732280.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`${[head, ...lines].join('\n')}\n`),
  };
}
