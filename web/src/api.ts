// The server: one function that asks, and the shapes of what it says.
import { type Cell, type Kind, type Money } from './format';
import { lang, t } from './lang';
import type { LimitsCost } from './parts/Limits';

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    title: string,
    readonly next: string | null,
  ) {
    super(title);
  }
}

let csrf = '';
export const setCsrf = (token: string): void => void (csrf = token);

// A server that is gone is told as such, in the reader's language.
async function reach(address: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(address, options);
  } catch (fault) {
    if (options.signal?.aborted) throw fault;
    throw new Problem(
      0,
      'unreachable',
      t('The server does not answer.', '服务器无响应。'),
      t('Is destock serve running?', '请确认 destock serve 正在运行。'),
    );
  }
}

export async function ask<T>(path: string, method = 'GET', body?: unknown, signal?: AbortSignal): Promise<T> {
  const raw = body instanceof Blob;
  const answer = await reach(`/api/v1${path}`, {
    method,
    signal,
    headers: {
      'Accept-Language': lang(),
      'X-CSRF-Token': csrf,
      ...(body !== undefined && { 'Content-Type': raw ? 'application/octet-stream' : 'application/json' }),
    },
    body: body === undefined ? undefined : raw ? body : JSON.stringify(body),
  });
  if (answer.status === 204) return undefined as T;
  const json: unknown = await answer.json().catch(() => null);
  if (!answer.ok) {
    const told = (json ?? {}) as { code?: string; title?: string; next?: string | null };
    throw new Problem(answer.status, told.code ?? '', told.title ?? answer.statusText, told.next ?? null);
  }
  return json as T;
}

export interface Session {
  name: string | null;
  role: 'viewer' | 'operator' | 'owner';
  csrf: string;
  accounts: { id: number; name: string }[];
}
export interface Column {
  id: string;
  name: string;
  kind: Kind;
  decimals: number;
  shown: boolean;
}
export type Row = Record<string, Cell>;
export interface Page {
  name: string;
  total: number;
  offset: number;
  as_of: string;
  columns: Column[];
  facets: Record<string, { value: string; label: string; rows: number }[]>;
  more_facets: Record<string, number>; // values beyond those told
  base_currency: string; // that money is filtered and sorted in
  without_rate: string[]; // currencies that cannot be
  rows: Row[];
}
export interface Figure {
  id: string;
  name: string;
  kind: Kind;
  value: Cell;
}
export interface Worst {
  marketplace: string;
  sku: string;
  title: string;
  owner: string;
  amount: Money;
}
// What a plan brings over doing nothing up to a day, and what is left when its weeks are over.
export interface OverHolding {
  by: string;
  cash: Money | null;
  cash_if_held: Money | null;
  more_than_holding: Money | null;
  horizon_end: string;
  after_horizon: Record<string, { within_horizon: Money | null; units_left: number; value_after: Money | null }>;
}
export interface ShippedRate {
  from: string;
  to: string;
  rate: number;
  day: string;
}
export interface Overview {
  as_of: string;
  account: string;
  base_currency: string;
  alarm_share: number;
  figures: Figure[];
  bands: { id: string; name: string; skus: number }[];
  cohorts: { band: string; units: number; value: Money; surcharge_a_month: Money; surcharge_after_next_crossing: Money }[];
  holding_by_month: { month: string; storage: Money; surcharge: Money }[];
  worst: { excess: Worst[]; holding: Worst[] };
  trend: { day: string; stock_value: Money; excess_value: Money | null }[];
  plan: null | {
    id: number;
    current: boolean;
    lines: number;
    as_of: string;
    expected_net_recovery: Money | null;
    expected_net_recovery_p10: Money | null;
    expected_net_recovery_p90: Money | null;
    hold_net_recovery: Money | null;
    playbook_net_recovery: Money | null;
    upper_bound: Money | null;
    gap: number | null;
    curves: Record<string, { week: number; start: string; cash_so_far: Money }[]>;
    first_day: string;
    over_holding: OverHolding;
    not_in_totals: number;
    this_week: {
      marketplace: string;
      sku: string;
      owner: string;
      tag: string;
      channel: string;
      channel_name: string;
      price: Money | null;
      start: string;
      end: string;
      expected_cash: Money | null;
      gain: Money | null;
      reason: string;
    }[];
    this_week_actions: number;
  };
  reports: { report: string; name: string; marketplace: string; day: string; age_days: number; stale: boolean }[];
  missing: {
    holding_unknown_skus: number;
    cost_unknown_skus: number;
    ages_unknown_skus: number;
    rates: string[];
    shipped_rates: ShippedRate[];
    not_in_sums: string[];
  };
  warnings: string[];
}
export interface Action {
  week: number;
  start: string;
  end: string;
  channel: string;
  price: Money | null;
  discount: number | null;
  expected_units: number | null;
  expected_cash: Money | null;
  units_out: number;
  reason: string;
  checks: string[];
  // Of one SKU's line: expected_units = base × price × placement × rest.
  factors?: { base: number; price: number; placement: number; rest: number; placement_says: string; guess: boolean } | null;
}
export interface Line {
  marketplace: string;
  sku: string;
  title: string | null;
  owner: string | null;
  tag: string | null;
  band: string;
  units: number;
  net_recovery: Money;
  net_recovery_p10: Money | null;
  net_recovery_p90: Money | null;
  upper_bound: Money | null;
  hold_net_recovery: Money | null;
  playbook_net_recovery: Money | null;
  cost_of_delay: Record<string, Money>;
  half_out_by: string | null;
  sure_out_by: string | null;
  elasticity: number | null;
  turning_elasticity: number | null;
  why: string;
  actions: Action[];
  weeks: { week: number; start: string; units_start: number; units_sold: number; units_out: number; cash: Money; storage: Money | null }[];
  next_best: { channel: string; net_recovery: Money } | null;
  gain: Money | null;
  leave_alone: boolean;
  if_offered: { channel: string; start: string; end: string; price: Money; net_recovery: Money } | null;
  assumptions: string[];
  choice?: Choice | null;
}
export interface Lines {
  total: number;
  offset: number;
  lines: Line[];
}
export interface Choice {
  marketplace: string;
  sku: string;
  approved: boolean; // and the line is what was approved
  needs_look: boolean; // approved or locked, and the line has become another since, or is gone
  in_plan: boolean;
  pinned: 'no' | 'locked' | 'excluded';
  wishes: Record<string, unknown> | null;
  person: string;
  at: string;
}
export interface Plan {
  plan_id: number;
  policy: string;
  as_of: string;
  horizon_weeks: number;
  created_at: string;
  current: boolean;
  base_currency: string;
  expected_net_recovery: Money | null;
  expected_net_recovery_p10: Money | null;
  expected_net_recovery_p90: Money | null;
  upper_bound: Money | null;
  gap: number | null;
  more_than_playbook: Money | null;
  playbook_net_recovery: Money | null;
  hold_net_recovery: Money | null;
  counts: { lines: number; approved: number; locked: number; excluded: number; to_look_at: number; actions_approved: number };
  first_day: string;
  over_holding: OverHolding;
  not_in_totals: {
    marketplace: string;
    sku: string;
    title: string | null;
    owner: string | null;
    units: number;
    reason: string;
    reason_name: string;
  }[];
  notes: { channel: string; name: string; how: string; about: string; skus: number; try_on: string[] }[];
  channel_names: Record<string, string>;
  channels_used: string[];
  left_out: Choice[];
  to_look_at: Choice[];
  wishes: Record<string, unknown> | null;
  limits: LimitsCost | null;
  planned_anew: number | null;
  warnings: string[];
}
export interface Upload {
  name: string;
  report: string | null;
  report_name: string | null;
  needs_day: boolean;
  needs_marketplace: boolean;
}
export interface Job {
  id: number;
  kind: 'import' | 'plan';
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';
  person: string;
  created_at: string;
  step: string;
  done: number;
  total: number;
  request: Record<string, unknown> | null;
  result: Record<string, unknown> | null;
}
export interface Setting {
  id: string;
  group: string;
  name: string;
  unit: 'share' | 'months' | 'times' | 'number' | 'units' | 'days' | 'weeks';
  value: number | number[];
  default: number | number[];
}
export type Ending = 'x.x9' | 'x.99' | 'none' | 'x8';
export interface Settings {
  rules: Setting[];
  channels: { id: string; name: string; marketplaces: string[]; how: string; on: boolean; needs_offer: boolean; offered: boolean }[];
  price_endings: { marketplace: string; name: string; currency: string; value: Ending; default: Ending }[];
  programmes: { id: string; name: string; marketplaces: string[]; on: boolean; without: string[] }[];
  base_currency: string | null;
  left_aside: string[];
}
