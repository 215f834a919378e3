// The zone that times are shown in: the browser's own unless another is chosen here. Days of reports and plans are the
// marketplace's and are never shifted.
import { t } from './lang';

export type Zone = 'own' | 'Asia/Shanghai' | 'UTC';
const kept = 'destock.zone';

export function zone(): Zone {
  const found = localStorage.getItem(kept);
  return found === 'Asia/Shanghai' || found === 'UTC' ? found : 'own';
}
export const setZone = (chosen: Zone): void => localStorage.setItem(kept, chosen);

export const zones = (): { value: Zone; label: string }[] => [
  { value: 'own', label: t(`this browser’s (${own()})`, `浏览器时区（${own()}）`) },
  { value: 'Asia/Shanghai', label: t('Beijing', '北京时间') },
  { value: 'UTC', label: 'UTC' },
];
const own = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
const named = (): string => (zone() === 'own' ? own() : zone());

// "2026-11-30 21:17", of an instant as the server tells it.
export function moment(at: string, of: string = named()): string {
  const instant = new Date(at);
  if (Number.isNaN(instant.getTime())) return at;
  return new Intl.DateTimeFormat('sv-SE', { timeZone: of, dateStyle: 'short', timeStyle: 'short' }).format(instant);
}
// What the zone is called beside such a time.
export function zoneName(): string {
  const name = named();
  if (name === 'Asia/Shanghai') return t('Beijing', '北京时间');
  return name === 'UTC' ? 'UTC' : name.replace(/_/g, ' ');
}
