// One SKU as the server tells it.
import { type Line } from './api';
import { type Money } from './format';
import { type Sum } from './parts/Together';

export interface DemandEdit {
  id: number;
  kind: 'forecast_set' | 'spike_left_out' | 'spike_again';
  from: string;
  to: string;
  units_a_week: number | null;
  times: number | null;
  says: string;
  person: string;
  at: string;
  why: string;
}
// By what an order brings, beside the playbook's rule.
export interface OrderAdvice {
  known: boolean;
  why: string;
  units: number | null;
  order_by: string | null;
  gain: Money | null;
  too_few: Money | null;
  too_many: Money | null;
  service_level: number | null;
  loss_if_double: Money | null;
  loss_if_half: Money | null;
  landed_cost: Money | null;
  net_of_sale: Money | null;
  lead_time: { mean_days: number; spread_known: boolean; basis: string };
  surplus_orders: { number: string; why: string }[];
}
export interface Restock {
  advice: string;
  order_now: number;
  reorder_point: number | null;
  order_up_to: number | null;
  reason: string;
  days_of_supply: number | null;
  stockout_date: string | null;
  lead_time_days: number;
  lead_time_assumed: boolean;
  expected_per_day: number | null;
  arrives: string | null;
  economic: OrderAdvice;
}
export interface SkuData {
  as_of: string;
  marketplace: string;
  sku: string;
  title: string;
  asin: string | null;
  link: string | null;
  health: {
    band: string;
    stock_total: number;
    available: number | null;
    reserved: number | null;
    inbound: number | null;
    stock_to_sales: number | null;
    excess_units: number;
    days_of_supply: number | null;
    price: Money | null;
    unit_value: Money | null;
    value_basis: string;
    holding_cost_now: Money | null;
    holding_cost_next_month: Money | null;
    next_181: { earliest: string; latest: string; units: number } | null;
    velocity: { weighted: number | null };
    amazon: { excess_units: number | null; recommended_action: string | null; differs_because: string | null };
    priority: string;
    notes: string[];
    owner: string | null;
    tag: string | null;
  };
  cohorts: { from_day: number; to_day: number | null; units: number; surcharge_a_month: Money | null; surcharge_after: Money | null }[];
  stockout_days: string[];
  events: { id: string; name: string; from: string; to: string }[];
  forecast: {
    weeks: { start: string; mean: number; p10: number; p50: number; p90: number }[];
    totals?: Sum[];
    elasticity: { mean: number; sd: number } | null;
    edits: DemandEdit[];
    history?: { start: string; sold: number | null; in_stock: number | null; price: number | null }[];
  };
  ladder: { stage: string; name: string; price: Money; referral_fee: Money; profit: Money }[] | null;
  ladder_missing: string | null;
  plan_id: number | null;
  plan: Line | null;
  restock: Restock;
  channel_names: Record<string, string>;
  explanation: {
    sale: { name: string; amount: Money | null; source: string }[];
    net_of_sale: Money | null;
    break_even_price: Money | null;
  } & Record<string, unknown>;
}
