// What other systems call the stages of a deal and the reasons for losing one. Pure.
import { folded } from '../folding.ts';
import type { Pipeline, Stage } from './pipelines.ts';
import { called, type Reason } from './reasons.ts';

// Stages as Salesforce, HubSpot, Odoo, EspoCRM, Twenty and Chinese systems ship them, with how likely a deal is there
// to be won (docs/imports.md names the sources).
const elsewhere: [likely: number, names: string][] = [
  [10, 'prospecting|new|newdeal|lead|初步接触|初步接洽|验证客户|线索'],
  [20, 'qualification|qualified|screening|appointmentscheduled|发现需求|初步沟通|需求发现|立项'],
  [
    40,
    'needsanalysis|valueproposition|qualifiedtobuy|meeting|presentationscheduled|需求分析|需求确认|需求沟通|价值主张|客户拜访',
  ],
  [
    60,
    'iddecisionmakers|decisionmakerboughtin|perceptionanalysis|proposal|proposition|proposalpricequote|pricequote|方案报价|方案制定|提案报价|报价|方案|招投标|产品报价',
  ],
  [80, 'negotiation|negotiationreview|contractsent|contract|谈判|商务谈判|谈判审核|合同|合同签订|签约流程'],
];
const won = 'closedwon|won|customer|赢单|成交|已成交|签约|已签约|成功|结束赢单|赢单结束|win';
const lost = 'closedlost|lost|输单|丢单|失败|流失|已关闭|无效|结束输单|输单结束|取消';

const keyOf = (name: string) => folded(name).replace(/[\s_\-/.()（）]+/g, '');
const has = (names: string, key: string) => names.split('|').includes(key);

/** The stage that is meant; without a name the first one. Null where nothing here is called so. */
export function stageIn(pipelines: Pipeline[], pipeline: string | null, name: string | null): Stage | null {
  const wanted = pipeline ? pipelines.find(one => keyOf(one.name) === keyOf(pipeline)) : undefined;
  const stages = (wanted ?? pipelines[0])?.stages ?? [];
  if (name === null) return stages.find(stage => stage.kind === 'open') ?? null;
  const key = keyOf(name);
  const named = stages.find(stage => keyOf(stage.name) === key);
  if (named) return named;
  if (!wanted)
    for (const other of pipelines) {
      const found = other.stages.find(stage => keyOf(stage.name) === key);
      if (found) return found;
    }
  if (has(won, key)) return stages.find(stage => stage.kind === 'won') ?? null;
  if (has(lost, key)) return stages.find(stage => stage.kind === 'lost') ?? null;
  const likely = elsewhere.find(([, names]) => has(names, key))?.[0];
  return likely === undefined ? null : nearest(stages, likely);
}

function nearest(stages: Stage[], likely: number): Stage | null {
  const open = stages.filter(stage => stage.kind === 'open');
  const distance = (stage: Stage) => Math.abs(stage.probability - likely);
  return open.sort((a, b) => distance(a) - distance(b))[0] ?? null;
}

const elsewhereLost: [code: string, names: string][] = [
  ['price', 'price|价格|价格过高|太贵|tooexpensive'],
  ['competitor', 'competitor|losttocompetitor|竞争对手|竞品'],
  ['no-budget', 'nobudget|budget|没有预算|预算不足|nobudgetlostfunding'],
  ['no-need', 'noneed|notinterested|没有需求|需求取消|wedonthavepeopleskills'],
  ['timing', 'timing|时机不对|推迟|nodecision|nodecisionnonresponsive'],
  ['no-reply', 'noreply|noresponse|联系不上|失联|未回复'],
];

/** Why a deal was lost, as far as that is one of our reasons; other words are kept as a remark. */
export function lostIn(text: string | null, reasons: Reason[]): { code: string; remark: string | null } {
  const key = keyOf(text ?? '');
  const code = called('lost', reasons, text ?? '') ?? elsewhereLost.find(([, names]) => has(names, key))?.[0];
  return code ? { code, remark: null } : { code: 'other', remark: text };
}

/** Why a deal was won; other words than those of a reason stay as they are. */
export const wonIn = (text: string, reasons: Reason[]): string => called('won', reasons, text) ?? text;
