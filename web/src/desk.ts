// What people carry out: the shapes of the server's answers, and how a list of actions is cut and grouped.
import { type Money } from './format';

export type ActionState =
  | 'proposed'
  | 'approved'
  | 'put_off'
  | 'left_out'
  | 'written'
  | 'refused'
  | 'live'
  | 'finished'
  | 'ended_early'
  | 'never_seen';
export interface TodoAction {
  id: string;
  marketplace: string;
  sku: string;
  asin: string | null;
  link: string | null;
  title: string | null;
  owner: string | null;
  channel: string;
  channel_name: string;
  price: Money | null;
  price_now: Money | null;
  discount: number | null;
  from: string;
  to: string;
  by: string;
  late: boolean;
  in_plan: boolean;
  units: number | null;
  leaves: boolean;
  gain: Money | null;
  how: 'file' | 'clicks' | 'message';
  how_name: string;
  screen: string;
  irreversible: boolean;
  state: ActionState;
  state_name: string;
  approved: boolean;
  confirmed: boolean;
  done: boolean;
  file: string | null;
  refusal: string | null;
  decided_by: string | null;
  decided_at: string | null;
  decided_why: string | null;
  why: string;
  checks: { text: string; checked: boolean }[];
}
export interface Todo {
  week: string;
  to: string;
  today: string;
  plan_id: number;
  total: number; // of the filter; actions are the first of them
  states: Record<string, number>; // of the filter
  facets: Record<'owner' | 'marketplace' | 'kind' | 'state', { value: string; label: string; count: number }[]>;
  notes: string[];
  reviews: Decision[]; // whose day has come
  actions: TodoAction[];
}
export interface WrittenFile {
  id: number | null;
  name: string;
  kind: string;
  marketplace: string | null;
  sha256: string;
  person: string | null;
  at: string | null;
  actions: string[];
}
export interface CarriedOut {
  week: string;
  files: WrittenFile[];
  held_back: { id: string; marketplace: string; sku: string; why: string }[];
  notes: string[];
}
export interface Tracked extends TodoAction {
  seen: { on: string | null; price: Money | null; units: number | null; ended_on: string | null };
  planned: { units: number; cash: Money | null };
  actual: { units: number | null; cash: Money | null; price: Money | null };
  held: { units: number | null; cash: Money | null };
  band: { low: number | null; high: number | null };
  within_band: boolean | null;
  cause: string;
  cause_name: string;
}
export interface Track {
  from: string;
  to: string;
  total: number; // actions are the first of them
  actions: Tracked[];
  account: { actions: number; without_money: number; base_currency: string; sentence: string };
  weeks: { start: string; planned: Money; came: Money; low: Money; high: Money }[];
  learned: { channel: string; name: string; factor: number; low: number; high: number; runs: number }[];
  notes: string[];
}
export interface Decision {
  id: number;
  action: string | null;
  marketplace: string;
  sku: string;
  kind: string;
  name: string;
  person: string | null;
  at: string;
  why: string | null;
  until: string | null;
  review_on: string | null;
  review_due: boolean;
  undone: boolean;
  undoes: number | null;
}

// What the address says of the list, and what the server is asked.
export interface WeekView {
  owner: string;
  kind: string;
  marketplace: string;
  state: string;
  q: string;
}
const fields = ['owner', 'kind', 'marketplace', 'state', 'q'] as const;
export const readWeek = (query: URLSearchParams): WeekView =>
  Object.fromEntries(fields.map((field) => [field, query.get(field) ?? ''])) as unknown as WeekView;
export function writeWeek(view: WeekView): URLSearchParams {
  return new URLSearchParams(fields.filter((field) => view[field]).map((field) => [field, view[field]]));
}

// One page an owner: the most gain first, no more than a page holds; those left over are counted.
export interface OwnerList {
  owner: string;
  groups: Programme[];
  more: number;
}
export function byOwner(actions: TodoAction[], most: number): OwnerList[] {
  const owners = new Map<string, TodoAction[]>();
  for (const action of actions) owners.set(action.owner ?? '', [...(owners.get(action.owner ?? '') ?? []), action]);
  return [...owners].map(([owner, own]) => ({
    owner,
    groups: programmes(own.slice(0, most)),
    more: Math.max(0, own.length - most),
  }));
}

// By programme, so that one form serves all of its SKUs; the programme with the most gain first.
export interface Programme {
  key: string;
  name: string;
  screen: string;
  actions: TodoAction[];
  gain: Record<string, number>; // by currency
}
export function programmes(actions: TodoAction[]): Programme[] {
  const groups = new Map<string, Programme>();
  for (const action of actions) {
    const key = `${action.channel} ${action.marketplace}`;
    let group = groups.get(key);
    if (!group) {
      group = { key, name: `${action.channel_name} · ${action.marketplace}`, screen: action.screen, actions: [], gain: {} };
      groups.set(key, group);
    }
    group.actions.push(action);
    if (action.gain) group.gain[action.gain.currency] = (group.gain[action.gain.currency] ?? 0) + Number(action.gain.amount);
  }
  return [...groups.values()];
}
