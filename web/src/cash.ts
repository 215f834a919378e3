// Cash of a plan and of its rivals by week: what they are called, and how much has come in by then.
import { type Money } from './format';
import { said, type Words } from './lang';

export type Curve = { week: number; start: string; cash_so_far: Money }[];

const policies: Words = {
  optimal: ['the plan', '方案'],
  hold: ['doing nothing', '不做动作'],
  playbook: ['the playbook', '清仓规则'],
  liquidate: ['all out in bulk now', '立即批量清货'],
};
export const policyName = (id: string): string => said(policies, id) ?? id;

// Weeks in which nothing comes stand in no curve.
export function cashSoFar(curve: Curve, week: number): number {
  let sum = 0;
  for (const w of curve) if (w.week <= week) sum = Number(w.cash_so_far.amount);
  return sum;
}
